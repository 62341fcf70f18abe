//! The FBA fulfilled shipments report: one line for every shipped item, so that an order that Amazon splits stands there
//! several times (docs/formats.md, Other reports). Its buyers' columns are never looked at.

use crate::field::RejectReason;
use crate::line::SupplementaryLine;
use crate::line::supplementary::{FbaShipmentLine, UnstoredShipment};
use crate::report::columns::{Column, optional, required};
use crate::report::reading::{AtFault, Reader};

/// The columns that are read, found by name in any layout.
pub const COLUMNS: &[Column] = &[
    required("amazon-order-id"),
    required("shipment-id"),
    required("shipment-item-id"),
    required("purchase-date"),
    required("shipment-date"),
    required("quantity-shipped"),
    optional("payments-date"),
    optional("reporting-date"),
    optional("estimated-arrival-date"),
    optional("carrier"),
    optional("sales-channel"),
    optional("sku"),
    optional("product-name"),
];

const ORDER_ID: usize = 0;
const SHIPMENT_ID: usize = 1;
const SHIPMENT_ITEM_ID: usize = 2;
const PURCHASE_DATE: usize = 3;
const SHIPMENT_DATE: usize = 4;
const QUANTITY: usize = 5;
const PAYMENTS_DATE: usize = 6;
const REPORTING_DATE: usize = 7;
const ESTIMATED_ARRIVAL_DATE: usize = 8;
const CARRIER: usize = 9;
const SALES_CHANNEL: usize = 10;
const SKU: usize = 11;
const PRODUCT_NAME: usize = 12;

/// Reads one line.
///
/// # Errors
/// The first cell that does not hold what its column promises.
pub fn parse<'a>(line: &mut Reader<'_, 'a>) -> Result<SupplementaryLine<'a>, AtFault> {
    line.name(PRODUCT_NAME)?;
    if line.is_blank(SHIPMENT_ITEM_ID) {
        return Err((SHIPMENT_ITEM_ID, RejectReason::ShipmentItemIdMissing));
    }
    Ok(SupplementaryLine::FbaShipment(FbaShipmentLine {
        order_id: line.order(ORDER_ID)?,
        shipment_id: line.text(SHIPMENT_ID),
        shipment_item_id: line.whole(SHIPMENT_ITEM_ID, RejectReason::ShipmentItemIdSpoilt)?,
        extra: UnstoredShipment {
            sku: line.text(SKU),
            purchase_date: line.moment(PURCHASE_DATE)?,
            payments_date: line.any_moment(PAYMENTS_DATE)?,
            reporting_date: line.any_moment(REPORTING_DATE)?,
            shipment_date: line.moment(SHIPMENT_DATE)?,
            estimated_arrival_date: line.any_moment(ESTIMATED_ARRIVAL_DATE)?,
        },
        quantity: line.quantity(QUANTITY)?,
        carrier: line.text(CARRIER),
        sales_channel: line.text(SALES_CHANNEL),
    }))
}
