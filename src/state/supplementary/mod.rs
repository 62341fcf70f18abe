//! Lines of other reports: returns, shipments, confirmations, pending orders, metrics. Each is kept in as few bytes as the tables
//! need.
//!
//! Unlike order lines they are kept one by one until the end: which of several files' lines count is settled then, when all
//! are in.

mod ownership;

use chrono_tz::Tz;

use crate::field::{Amount, Currency, Day, LabelId, Labels, Moment, OrderId};
use crate::line::{FileId, Place};

pub use crate::state::supplementary::ownership::CountedLines;

/// An item of an orders report. Texts are in [`SupplementaryState::texts`].
#[derive(Debug, Clone, Copy)]
pub struct Purchase {
    /// The file.
    pub file: FileId,
    /// The order.
    pub order: OrderId,
    /// `order-item-id`.
    pub item: LabelId,
    /// `sku`.
    pub sku: LabelId,
    /// `sales-channel`.
    pub channel: LabelId,
    /// `ship-service-level`.
    pub service: LabelId,
    /// When it was bought.
    pub purchase: Moment,
    /// The local day of that.
    pub day: Day,
    /// By when it was to ship; `None` where the account's columns lack it.
    pub promise: Option<Moment>,
    /// The zone of its channel or country.
    pub zone: Tz,
    /// Whether the line names its channel.
    pub channel_known: bool,
    /// In units.
    pub quantity: u32,
    /// `currency`.
    pub currency: Option<Currency>,
    /// `item-price`; `None` is unknown.
    pub amount: Option<Amount>,
    /// Taxes.
    pub tax: Amount,
    /// `shipping-price`.
    pub shipping: Amount,
    /// `gift-wrap-price`.
    pub gift_wrap: Amount,
    /// Discounts without their signs, those of further promotion lines included once settled.
    pub discounts: Amount,
}

/// A further promotion on an item of an orders report.
#[derive(Debug, Clone, Copy)]
pub struct Promotion {
    /// Where it stands.
    pub place: Place,
    /// The order.
    pub order: OrderId,
    /// `order-item-id`.
    pub item: LabelId,
    /// The discount without its sign.
    pub discounts: Amount,
}

/// An item that Amazon shipped.
#[derive(Debug, Clone, Copy)]
pub struct FbaShipment {
    /// The file.
    pub file: FileId,
    /// The order.
    pub order: OrderId,
    /// `shipment-id`.
    pub shipment: LabelId,
    /// `shipment-item-id`.
    pub item: LabelId,
    /// `carrier`.
    pub carrier: LabelId,
    /// `sales-channel`.
    pub channel: LabelId,
    /// In units.
    pub quantity: u32,
    /// Local days of purchase, shipment and estimated arrival.
    pub days: (Day, Day, Option<Day>),
}

/// An item that a buyer asks to return to the seller.
#[derive(Debug, Clone)]
pub struct MerchantReturn {
    /// The file.
    pub file: FileId,
    /// The order.
    pub order: OrderId,
    /// `Amazon RMA ID`.
    pub rma: LabelId,
    /// The day of the request.
    pub requested: Day,
    /// `Return request status`.
    pub status: LabelId,
    /// `A-to-Z Claim`.
    pub claim: Option<bool>,
    /// `In policy`.
    pub in_policy: Option<bool>,
    /// `Merchant SKU`.
    pub sku: LabelId,
    /// `Item Name`.
    pub name: LabelId,
    /// In units.
    pub quantity: u32,
    /// `Return Reason`.
    pub reason: LabelId,
    /// `Resolution`.
    pub resolution: LabelId,
    /// `Currency code`.
    pub currency: Option<Currency>,
    /// `Order Amount`.
    pub order_amount: Option<Amount>,
    /// `Refunded Amount`.
    pub refunded: Option<Amount>,
    /// `Order date`.
    pub ordered: Option<Day>,
}

/// A line of an FBA returns report. Two of them can be the same and both true, if they have no license plate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FbaReturn {
    /// The order.
    pub order: OrderId,
    /// When it came back.
    pub returned: Moment,
    /// `sku`.
    pub sku: LabelId,
    /// In units.
    pub quantity: u32,
    /// `detailed-disposition`.
    pub disposition: LabelId,
    /// `reason`.
    pub reason: LabelId,
    /// `status`.
    pub status: LabelId,
    /// `license-plate-number`.
    pub plate: LabelId,
}

/// An order whose payment is yet to be verified, by a pending-orders report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pending {
    /// The file.
    pub file: FileId,
    /// The order.
    pub order: OrderId,
    /// When it was bought.
    pub purchase: Moment,
}

/// What the seller told Amazon of a parcel.
#[derive(Debug, Clone, Copy)]
pub struct Confirmed {
    /// Where it stands.
    pub place: Place,
    /// The order.
    pub order: OrderId,
    /// `order-item-id`; an empty text means all items.
    pub item: LabelId,
    /// In units; `None` means all that is open.
    pub quantity: Option<u32>,
    /// `ship-date`.
    pub ship_date: Option<Moment>,
    /// `carrier-code`.
    pub carrier_code: LabelId,
    /// `carrier-name`.
    pub carrier_name: LabelId,
    /// `tracking-number`.
    pub tracking: LabelId,
    /// `ship-method`.
    pub method: LabelId,
    /// Amazon was not told yet.
    pub unsubmitted: bool,
}

/// A metric as Amazon computed it.
#[derive(Debug, Clone, Copy)]
pub struct Metric {
    /// The file.
    pub file: FileId,
    /// Our name for it.
    pub metric: LabelId,
    /// Amazon's id of the marketplace.
    pub marketplace: LabelId,
    /// Amazon's word for it.
    pub status: LabelId,
    /// In millionths.
    pub rate: Option<i64>,
    /// In millionths, and whether the rate is to be below.
    pub target: Option<(i64, bool)>,
    /// Its days.
    pub days: Option<(Day, Day)>,
}

/// The lines of other reports and their texts, among them those of shipping.
#[derive(Debug, Clone, Default)]
pub struct SupplementaryState {
    /// The lines.
    pub lines: SupplementaryLines,
    /// The texts.
    pub texts: Labels,
}

impl SupplementaryState {
    /// Takes in the state of another thread. Returns the ids that its texts have here.
    pub fn merge_mapped(&mut self, other: Self) -> Vec<LabelId> {
        let texts = self.texts.absorb(&other.texts);
        self.lines.absorb(other.lines, &texts);
        texts
    }
}

/// All of them, in no order.
#[derive(Debug, Clone, Default)]
pub struct SupplementaryLines {
    /// Of orders reports.
    pub purchases: Vec<Purchase>,
    /// Of orders reports too.
    pub promotions: Vec<Promotion>,
    /// Of FBA fulfilled shipments reports.
    pub fba_shipments: Vec<FbaShipment>,
    /// Of merchant returns reports.
    pub merchant_returns: Vec<MerchantReturn>,
    /// Of FBA returns reports, each with its file.
    pub fba_returns: Vec<(FbaReturn, FileId)>,
    /// Of pending-orders reports.
    pub pending: Vec<Pending>,
    /// Of ship-confirmation files.
    pub confirmed: Vec<Confirmed>,
    /// Of account-health reports.
    pub metrics: Vec<Metric>,
}

impl SupplementaryLines {
    /// Takes in those of another thread, whose texts have these ids here.
    pub fn absorb(&mut self, mut other: Self, texts: &[LabelId]) {
        let here = |id: &mut LabelId| *id = texts[id.0 as usize];
        for record in &mut other.purchases {
            let Purchase {
                item,
                sku,
                channel,
                service,
                ..
            } = record;
            [item, sku, channel, service].into_iter().for_each(here);
        }
        for record in &mut other.promotions {
            here(&mut record.item);
        }
        for record in &mut other.fba_shipments {
            let FbaShipment {
                shipment,
                item,
                carrier,
                channel,
                ..
            } = record;
            [shipment, item, carrier, channel]
                .into_iter()
                .for_each(here);
        }
        for record in &mut other.merchant_returns {
            let MerchantReturn {
                rma,
                status,
                sku,
                name,
                reason,
                resolution,
                ..
            } = record;
            [rma, status, sku, name, reason, resolution]
                .into_iter()
                .for_each(here);
        }
        for (record, _) in &mut other.fba_returns {
            let FbaReturn {
                sku,
                disposition,
                reason,
                status,
                plate,
                ..
            } = record;
            [sku, disposition, reason, status, plate]
                .into_iter()
                .for_each(here);
        }
        for record in &mut other.confirmed {
            let Confirmed {
                item,
                carrier_code,
                carrier_name,
                tracking,
                method,
                ..
            } = record;
            [item, carrier_code, carrier_name, tracking, method]
                .into_iter()
                .for_each(here);
        }
        for record in &mut other.metrics {
            let Metric {
                metric,
                marketplace,
                status,
                ..
            } = record;
            [metric, marketplace, status].into_iter().for_each(here);
        }
        self.purchases.extend(other.purchases);
        self.promotions.extend(other.promotions);
        self.fba_shipments.extend(other.fba_shipments);
        self.merchant_returns.extend(other.merchant_returns);
        self.fba_returns.extend(other.fba_returns);
        self.pending.extend(other.pending);
        self.confirmed.extend(other.confirmed);
        self.metrics.extend(other.metrics);
    }
}
