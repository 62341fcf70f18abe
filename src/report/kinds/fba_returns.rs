//! FBA returns reports: units that buyers sent back to Amazon, a line for each (docs/formats.md, Other reports). Comments of buyers
//! are never read.

use crate::line::SupplementaryLine;
use crate::line::supplementary::FbaReturnLine;
use crate::report::columns::{Column, optional, required};
use crate::report::reading::{AtFault, Reader};

/// The columns that are read, found by name in any layout.
pub const COLUMNS: &[Column] = &[
    required("order-id").or("amazon-order-id"),
    required("return-date"),
    required("sku"),
    required("quantity"),
    required("detailed-disposition"),
    optional("reason"),
    optional("status"),
    optional("license-plate-number"),
    optional("product-name"),
];

const ORDER_ID: usize = 0;
const RETURN_DATE: usize = 1;
const SKU: usize = 2;
const QUANTITY: usize = 3;
const DISPOSITION: usize = 4;
const REASON: usize = 5;
const STATUS: usize = 6;
const LICENSE_PLATE: usize = 7;
const PRODUCT_NAME: usize = 8;

/// Reads one line.
///
/// # Errors
/// The first cell that does not hold what its column promises.
pub fn parse<'a>(line: &mut Reader<'_, 'a>) -> Result<SupplementaryLine<'a>, AtFault> {
    line.name(PRODUCT_NAME)?;
    Ok(SupplementaryLine::FbaReturn(FbaReturnLine {
        order_id: line.order(ORDER_ID)?,
        return_date: line.moment(RETURN_DATE)?,
        sku: line.sku(SKU)?,
        quantity: line.quantity(QUANTITY)?,
        disposition: line.text(DISPOSITION),
        reason: line.text(REASON),
        status: line.text(STATUS),
        license_plate: line.text(LICENSE_PLATE),
        extra: (),
    }))
}
