//! Orders whose payment Amazon has yet to verify: a report of Amazon.co.jp (docs/formats.md, Other reports).

use crate::line::SupplementaryLine;
use crate::line::supplementary::PendingLine;
use crate::report::columns::{Column, optional, required};
use crate::report::reading::{AtFault, Reader};

/// The columns that are read, found by name in any layout.
pub const COLUMNS: &[Column] = &[
    required("order-id"),
    required("order-item-id"),
    required("purchase-date"),
    required("sku"),
    required("quantity-purchased"),
    required("payment-type"),
    optional("product-name"),
];

/// Columns that only another report has.
pub const NOT: &[&str] = &["payments-date", "order-status"];

const ORDER_ID: usize = 0;
const PURCHASE_DATE: usize = 2;
const SKU: usize = 3;
const QUANTITY: usize = 4;
const PRODUCT_NAME: usize = 6;

/// Reads one line.
///
/// # Errors
/// The first cell that does not hold what its column promises.
pub fn parse<'a>(line: &mut Reader<'_, 'a>) -> Result<SupplementaryLine<'a>, AtFault> {
    let pending = PendingLine {
        order_id: line.order(ORDER_ID)?,
        purchase_date: line.moment(PURCHASE_DATE)?,
    };
    line.sku(SKU)?;
    line.quantity(QUANTITY)?;
    line.name(PRODUCT_NAME)?;
    Ok(SupplementaryLine::Pending(pending))
}
