//! The returns that buyers ask the seller for (docs/formats.md, Other reports): dates as `14-Jul-2025`, a blank for an
//! empty cell, lines that may end early. The XML report of the same holds the same under other names.

use crate::line::SupplementaryLine;
use crate::line::supplementary::{MerchantReturnLine, UnstoredReturn};
use crate::report::columns::{Column, optional, required};
use crate::report::reading::{AtFault, Reader};

/// The columns that are read, found by name in any layout.
pub const COLUMNS: &[Column] = &[
    required("order-id"),
    required("return-request-date"),
    required("return-request-status"),
    required("amazon-rma-id"),
    required("merchant-sku"),
    required("return-quantity"),
    optional("a-to-z-claim"),
    optional("in-policy"),
    optional("item-name"),
    optional("return-reason"),
    optional("resolution"),
    optional("currency-code"),
    optional("order-amount"),
    optional("refunded-amount"),
    optional("order-date"),
];

const ORDER_ID: usize = 0;
const REQUEST_DATE: usize = 1;
const STATUS: usize = 2;
const RMA_ID: usize = 3;
const SKU: usize = 4;
const QUANTITY: usize = 5;
const A_TO_Z_CLAIM: usize = 6;
const IN_POLICY: usize = 7;
const ITEM_NAME: usize = 8;
const REASON: usize = 9;
const RESOLUTION: usize = 10;
const CURRENCY: usize = 11;
const ORDER_AMOUNT: usize = 12;
const REFUNDED_AMOUNT: usize = 13;
const ORDER_DATE: usize = 14;

/// Reads one line.
///
/// # Errors
/// The first cell that does not hold what its column promises.
pub fn parse<'a>(line: &mut Reader<'_, 'a>) -> Result<SupplementaryLine<'a>, AtFault> {
    Ok(SupplementaryLine::MerchantReturn(MerchantReturnLine {
        order_id: line.order(ORDER_ID)?,
        rma_id: line.text(RMA_ID),
        extra: UnstoredReturn {
            request_date: line.moment(REQUEST_DATE)?,
            // No number but days_to_return hangs on it: one that cannot be read is no reason to leave the return out.
            order_date: line.any_moment(ORDER_DATE).ok().flatten(),
        },
        status: line.text(STATUS),
        a_to_z_claim: line.flag(A_TO_Z_CLAIM),
        in_policy: line.flag(IN_POLICY),
        sku: line.sku(SKU)?,
        product_name: line.name(ITEM_NAME)?,
        quantity: line.quantity(QUANTITY)?,
        reason: line.text(REASON),
        resolution: line.text(RESOLUTION),
        currency: line.currency(CURRENCY)?,
        order_amount: line.amount(ORDER_AMOUNT)?,
        refunded_amount: line.amount(REFUNDED_AMOUNT)?,
    }))
}
