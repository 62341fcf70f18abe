//! Lines whose order status itself says that the parcel came back (India).

use crate::field::{Fulfillment, LabelId, OrderId};

/// Such a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReturnedLine {
    /// The order.
    pub order: OrderId,
    /// The SKU, among those of orders.
    pub sku: LabelId,
    /// Its sales channel.
    pub channel: LabelId,
    /// Who shipped it.
    pub fulfillment: Fulfillment,
    /// In units.
    pub units: u32,
}
