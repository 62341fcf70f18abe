//! Lines of the reports beside the orders and the backlog. They borrow as all lines do.

use crate::field::{Amount, Currency, Day, Moment, OrderId};

/// A line of one of them.
#[derive(Debug, Clone, Copy)]
pub enum SupplementaryLine<'a> {
    /// Of an orders report.
    Purchased(PurchasedLine<'a>),
    /// Of an orders report: one more promotion on an item that a line of its own tells of.
    Promotion(PromotionLine<'a>),
    /// Of an FBA fulfilled shipments report.
    FbaShipment(FbaShipmentLine<'a>),
    /// Of a merchant returns report.
    MerchantReturn(MerchantReturnLine<'a>),
    /// Of an FBA returns report.
    FbaReturn(FbaReturnLine<'a>),
    /// Of a pending-orders report.
    Pending(PendingLine),
    /// Of a ship-confirmation file or a tracking list.
    Confirmed(ConfirmedLine<'a>),
    /// Of an account-health report.
    Metric(MetricLine<'a>),
}

/// An item of an order that the seller ships, as it left Pending.
#[derive(Debug, Clone, Copy)]
pub struct PurchasedLine<'a> {
    /// `order-id`.
    pub order_id: OrderId,
    /// `order-item-id`.
    pub order_item_id: &'a [u8],
    /// `purchase-date`.
    pub purchase_date: Moment,
    /// `payments-date`.
    pub payments_date: Option<Moment>,
    /// `reporting-date`: when the order left Pending.
    pub reporting_date: Option<Moment>,
    /// `latest-ship-date`, by which to ship; `None` where the account's columns lack it.
    pub latest_ship_date: Option<Moment>,
    /// `sku`.
    pub sku: &'a [u8],
    /// `quantity-purchased`, in units.
    pub quantity: u32,
    /// `currency`; `None` where the report has no amounts.
    pub currency: Option<Currency>,
    /// `item-price`, the total of the line. `None` is unknown, not zero.
    pub line_amount: Option<Amount>,
    /// Item, shipping and gift-wrap tax.
    pub tax: Amount,
    /// `shipping-price`.
    pub shipping: Amount,
    /// `gift-wrap-price`.
    pub gift_wrap: Amount,
    /// Item and ship promotion discounts without their signs.
    pub discounts: Amount,
    /// `ship-service-level`.
    pub ship_service_level: &'a [u8],
    /// `sales-channel`; empty where the layout has none.
    pub sales_channel: &'a [u8],
    /// `ship-country`.
    pub ship_country: &'a [u8],
}

/// A promotion on an item, in a line that says nothing else.
#[derive(Debug, Clone, Copy)]
pub struct PromotionLine<'a> {
    /// `order-id`.
    pub order_id: OrderId,
    /// `order-item-id`.
    pub order_item_id: &'a [u8],
    /// Item and ship promotion discounts without their signs.
    pub discounts: Amount,
}

/// Units of an item that Amazon shipped.
#[derive(Debug, Clone, Copy)]
pub struct FbaShipmentLine<'a> {
    /// `amazon-order-id`.
    pub order_id: OrderId,
    /// `shipment-id`.
    pub shipment_id: &'a [u8],
    /// `sku`.
    pub sku: &'a [u8],
    /// `shipment-item-id`: no other line has it.
    pub shipment_item_id: &'a [u8],
    /// `purchase-date`.
    pub purchase_date: Moment,
    /// `payments-date`.
    pub payments_date: Option<Moment>,
    /// `reporting-date`.
    pub reporting_date: Option<Moment>,
    /// `shipment-date`.
    pub shipment_date: Moment,
    /// `estimated-arrival-date`; an estimate, not a delivery.
    pub estimated_arrival_date: Option<Moment>,
    /// `quantity-shipped`, in units.
    pub quantity: u32,
    /// `carrier`.
    pub carrier: &'a [u8],
    /// `sales-channel`.
    pub sales_channel: &'a [u8],
}

/// An item that a buyer asks to return to the seller.
#[derive(Debug, Clone, Copy)]
pub struct MerchantReturnLine<'a> {
    /// `Order ID`.
    pub order_id: OrderId,
    /// `Amazon RMA ID`.
    pub rma_id: &'a [u8],
    /// `Return request date`, a bare day.
    pub request_date: Moment,
    /// `Return request status`, as Amazon wrote it.
    pub status: &'a [u8],
    /// `A-to-Z Claim`; `None` where the report does not say.
    pub a_to_z_claim: Option<bool>,
    /// `In policy`; `None` where the report does not say.
    pub in_policy: Option<bool>,
    /// `Merchant SKU`.
    pub sku: &'a [u8],
    /// `Item Name`.
    pub product_name: &'a [u8],
    /// `Return quantity`, in units.
    pub quantity: u32,
    /// `Return Reason`.
    pub reason: &'a [u8],
    /// `Resolution`.
    pub resolution: &'a [u8],
    /// `Currency code`.
    pub currency: Option<Currency>,
    /// `Order Amount`; `None` is unknown.
    pub order_amount: Option<Amount>,
    /// `Refunded Amount`; `None` is unknown.
    pub refunded_amount: Option<Amount>,
    /// `Order date`, a bare day; `None` is unknown.
    pub order_date: Option<Moment>,
}

/// Units that came back to Amazon.
#[derive(Debug, Clone, Copy)]
pub struct FbaReturnLine<'a> {
    /// `order-id`.
    pub order_id: OrderId,
    /// `return-date`.
    pub return_date: Moment,
    /// `sku`.
    pub sku: &'a [u8],
    /// `quantity`, in units.
    pub quantity: u32,
    /// `detailed-disposition`.
    pub disposition: &'a [u8],
    /// `reason`.
    pub reason: &'a [u8],
    /// `status`.
    pub status: &'a [u8],
    /// `license-plate-number`, one for each unit; empty in old layouts.
    pub license_plate: &'a [u8],
}

/// An item of an order whose payment Amazon has yet to verify.
#[derive(Debug, Clone, Copy)]
pub struct PendingLine {
    /// `order-id`.
    pub order_id: OrderId,
    /// `purchase-date`.
    pub purchase_date: Moment,
}

/// What a seller told Amazon, or is about to: these units left with this parcel.
#[derive(Debug, Clone, Copy)]
pub struct ConfirmedLine<'a> {
    /// `order-id`.
    pub order_id: OrderId,
    /// `order-item-id`; empty means all items of the order.
    pub order_item_id: &'a [u8],
    /// `quantity`, in units; `None` means all that is open.
    pub quantity: Option<u32>,
    /// `ship-date`, as typed by the seller; `None` where nothing was typed.
    pub ship_date: Option<Moment>,
    /// `carrier-code`.
    pub carrier_code: &'a [u8],
    /// `carrier-name`.
    pub carrier_name: &'a [u8],
    /// `tracking-number`.
    pub tracking_number: &'a [u8],
    /// `ship-method`.
    pub ship_method: &'a [u8],
    /// It stands in a tracking list: Amazon was not told yet.
    pub unsubmitted: bool,
}

/// A metric of an account, as Amazon itself computed it.
#[derive(Debug, Clone, Copy)]
pub struct MetricLine<'a> {
    /// Which one, by our name for it.
    pub metric: &'a str,
    /// Amazon's id of the marketplace.
    pub marketplace: &'a str,
    /// Amazon's word for it, as `GOOD` or `AT_RISK`.
    pub status: &'a str,
    /// The rate in millionths; `None` where the report gives none.
    pub rate: Option<i64>,
    /// The target in millionths, and whether the rate is to be below it.
    pub target: Option<(i64, bool)>,
    /// The days that it is of.
    pub days: Option<(Day, Day)>,
}
