//! Lines of other reports: returns, shipments, confirmations, pending orders, metrics. Each is kept in as few bytes as the tables
//! need.
//!
//! Unlike order lines they are kept one by one until the end: which of several files' lines count is settled then, when all
//! are in.

mod ownership;

use chrono_tz::Tz;

use crate::field::{Day, LabelId, Labels};
use crate::line::supplementary::{
    ConfirmedLine, FbaReturnLine, FbaShipmentLine, MerchantReturnLine, MetricLine, PendingLine,
    PromotionLine, PurchasedLine,
};
use crate::line::{FileId, Place};

pub use crate::state::supplementary::ownership::CountedLines;

/// An item of an orders report. Texts are in [`SupplementaryState::texts`].
pub type StoredPurchase = PurchasedLine<LabelId, LocalPurchase>;
/// A further promotion on an item of an orders report, with its place.
pub type StoredPromotion = PromotionLine<LabelId, Place>;
/// An item that Amazon shipped.
pub type StoredFbaShipment = FbaShipmentLine<LabelId, LocalShipment>;
/// An item that a buyer asks to return to the seller.
pub type StoredMerchantReturn = MerchantReturnLine<LabelId, LocalReturn>;
/// A unit that came back to Amazon, with its file.
pub type StoredFbaReturn = FbaReturnLine<LabelId, FileId>;
/// What the seller told Amazon of a parcel, with its place.
pub type StoredConfirmation = ConfirmedLine<LabelId, Place>;
/// A metric as Amazon computed it, with its file.
pub type StoredMetric = MetricLine<LabelId, FileId>;

/// What the state adds to an item of an orders report.
#[derive(Debug, Clone, Copy)]
pub struct LocalPurchase {
    /// The file.
    pub file: FileId,
    /// The local day of purchase.
    pub day: Day,
    /// The zone of its channel or country.
    pub zone: Tz,
    /// Whether the line names its channel.
    pub channel_known: bool,
}

/// What the state adds to an item that Amazon shipped.
#[derive(Debug, Clone, Copy)]
pub struct LocalShipment {
    /// The file.
    pub file: FileId,
    /// The local day of purchase.
    pub purchase_day: Day,
    /// The local day of shipment.
    pub shipment_day: Day,
    /// The local day of the arrival that Amazon estimates.
    pub arrival_day: Option<Day>,
}

/// What the state adds to a return request.
#[derive(Debug, Clone, Copy)]
pub struct LocalReturn {
    /// The file.
    pub file: FileId,
    /// The day of the request.
    pub request_day: Day,
    /// The day of the order; `None` is unknown.
    pub order_day: Option<Day>,
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
        let texts = self.texts.merge_texts(&other.texts);
        self.lines.merge_mapped(other.lines, &texts);
        texts
    }
}

/// All of them, in no order.
#[derive(Debug, Clone, Default)]
pub struct SupplementaryLines {
    /// Of orders reports.
    pub purchases: Vec<StoredPurchase>,
    /// Of orders reports too.
    pub promotions: Vec<StoredPromotion>,
    /// Of FBA fulfilled shipments reports.
    pub fba_shipments: Vec<StoredFbaShipment>,
    /// Of merchant returns reports.
    pub merchant_returns: Vec<StoredMerchantReturn>,
    /// Of FBA returns reports.
    pub fba_returns: Vec<StoredFbaReturn>,
    /// Of pending-orders reports, each with its file.
    pub pending: Vec<(PendingLine, FileId)>,
    /// Of ship-confirmation files.
    pub confirmed: Vec<StoredConfirmation>,
    /// Of account-health reports.
    pub metrics: Vec<StoredMetric>,
}

impl SupplementaryLines {
    /// Takes in those of another thread, whose texts have these ids here.
    pub fn merge_mapped(&mut self, other: Self, texts: &[LabelId]) {
        let here = |id: LabelId| texts[id.0 as usize];
        let purchases = other.purchases.into_iter();
        self.purchases
            .extend(purchases.map(|line| line.map_text(here)));
        let promotions = other.promotions.into_iter();
        self.promotions
            .extend(promotions.map(|line| line.map_text(here)));
        let shipments = other.fba_shipments.into_iter();
        self.fba_shipments
            .extend(shipments.map(|line| line.map_text(here)));
        let returns = other.merchant_returns.into_iter();
        self.merchant_returns
            .extend(returns.map(|line| line.map_text(here)));
        let returns = other.fba_returns.into_iter();
        self.fba_returns
            .extend(returns.map(|line| line.map_text(here)));
        let confirmed = other.confirmed.into_iter();
        self.confirmed
            .extend(confirmed.map(|line| line.map_text(here)));
        let metrics = other.metrics.into_iter();
        self.metrics.extend(metrics.map(|line| line.map_text(here)));
        self.pending.extend(other.pending);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_line_takes_no_more_bytes_than_its_columns_and_padding() {
        let bytes = [
            size_of::<StoredPurchase>(),
            size_of::<StoredPromotion>(),
            size_of::<StoredFbaShipment>(),
            size_of::<StoredMerchantReturn>(),
            size_of::<StoredFbaReturn>(),
            size_of::<(PendingLine, FileId)>(),
            size_of::<StoredConfirmation>(),
            size_of::<StoredMetric>(),
        ];
        assert_eq!(bytes, [128, 56, 48, 96, 56, 32, 88, 64]);
    }
}
