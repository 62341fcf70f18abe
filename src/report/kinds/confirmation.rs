//! Ship-confirmation files (`Flat.File.ShippingConfirm`), whose names may follow some leading lines, and tracking lists as
//! carriers' programs write them, under the same names (docs/formats.md, Other reports).

use crate::field::RejectReason;
use crate::line::SupplementaryLine;
use crate::line::supplementary::ConfirmedLine;
use crate::report::columns::{Column, optional, required};
use crate::report::reading::{AtFault, Reader};

/// The columns that are read, found by name in any layout.
pub const COLUMNS: &[Column] = &[
    required("order-id").or("amazon-order-id"),
    optional("order-item-id"),
    optional("quantity"),
    required("ship-date"),
    optional("carrier-code").or("carrier"),
    optional("carrier-name"),
    required("tracking-number").or("tracking-id"),
    optional("ship-method"),
];

/// The same of a tracking list, which needs no more than an order and its parcel.
pub const TRACKING_COLUMNS: &[Column] = &[
    required("order-id").or("amazon-order-id"),
    optional("order-item-id"),
    optional("quantity"),
    optional("ship-date"),
    optional("carrier-code").or("carrier"),
    optional("carrier-name"),
    required("tracking-number").or("tracking-id"),
    optional("ship-method"),
];

/// Columns that only another report has.
pub const NOT: &[&str] = &["purchase-date", "return-date", "shipment-item-id"];

const ORDER_ID: usize = 0;
const ORDER_ITEM_ID: usize = 1;
const QUANTITY: usize = 2;
const SHIP_DATE: usize = 3;
const CARRIER_CODE: usize = 4;
const CARRIER_NAME: usize = 5;
const TRACKING_NUMBER: usize = 6;
const SHIP_METHOD: usize = 7;

/// Reads one line of a ship-confirmation file. Amazon takes none without a day.
///
/// # Errors
/// The first cell that does not hold what its column promises.
pub fn parse<'a>(line: &mut Reader<'_, 'a>) -> Result<SupplementaryLine<'a>, AtFault> {
    if line.is_blank(SHIP_DATE) {
        return Err((SHIP_DATE, RejectReason::DateMissing));
    }
    Ok(SupplementaryLine::Confirmed(read(line)?))
}

/// Reads one line of a tracking list.
///
/// # Errors
/// The first cell that does not hold what its column promises.
pub fn parse_tracking<'a>(line: &mut Reader<'_, 'a>) -> Result<SupplementaryLine<'a>, AtFault> {
    let line = read(line)?;
    Ok(SupplementaryLine::Confirmed(ConfirmedLine {
        unsubmitted: true,
        ..line
    }))
}

fn read<'a>(line: &mut Reader<'_, 'a>) -> Result<ConfirmedLine<&'a [u8]>, AtFault> {
    let quantity = if line.is_blank(QUANTITY) {
        None
    } else {
        Some(line.quantity(QUANTITY)?)
    };
    // Amazon takes `NULL` for nothing, and deletes what was there.
    let tracking_number = match line.text(TRACKING_NUMBER) {
        null if null.eq_ignore_ascii_case(b"null") => &[],
        _ => line.whole(TRACKING_NUMBER, RejectReason::TrackingSpoilt)?,
    };
    Ok(ConfirmedLine {
        order_id: line.order(ORDER_ID)?,
        order_item_id: line.item(ORDER_ITEM_ID)?,
        quantity,
        ship_date: line.any_day(SHIP_DATE)?,
        carrier_code: line.text(CARRIER_CODE),
        carrier_name: line.text(CARRIER_NAME),
        tracking_number,
        ship_method: line.text(SHIP_METHOD),
        unsubmitted: false,
        extra: (),
    })
}
