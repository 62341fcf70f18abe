//! The unshipped-orders report: the seller's backlog at one moment (docs/formats.md, Unshipped report).
//!
//! It is full of buyers' names and addresses. Their columns are not in the list below, so they are never looked at.

use crate::field::{Clock, DateForm, OrderIds, RejectReason, order_id, quantity};
use crate::line::{Address, UnshippedLine};
use crate::report::columns::{Cells, Column, optional, required, trimmed};
use crate::report::reading::{AtFault, read_date, whole_sku, yes_or_no};

/// The columns that are read, found by name in any layout.
pub const COLUMNS: &[Column] = &[
    required("order-id"),
    required("order-item-id"),
    required("purchase-date"),
    optional("payments-date"),
    optional("reporting-date"),
    required("promise-date"),
    optional("days-past-promise"),
    required("sku"),
    optional("product-name"),
    required("quantity-to-ship"),
    optional("ship-service-level"),
    optional("sales-channel"),
    optional("ship-city"),
    optional("ship-state"),
    optional("ship-country"),
    optional("is-prime"),
    optional("is-business-order"),
    optional("is-buyer-requested-cancellation"),
    optional("verge-of-cancellation"),
];

/// The same and what a shipper writes on a parcel: only where addresses were asked for (docs/metrics.md, Buyers' data).
pub const ADDRESSED_COLUMNS: &[Column] = &[
    COLUMNS[0],
    COLUMNS[1],
    COLUMNS[2],
    COLUMNS[3],
    COLUMNS[4],
    COLUMNS[5],
    COLUMNS[6],
    COLUMNS[7],
    COLUMNS[8],
    COLUMNS[9],
    COLUMNS[10],
    COLUMNS[11],
    COLUMNS[12],
    COLUMNS[13],
    COLUMNS[14],
    COLUMNS[15],
    COLUMNS[16],
    COLUMNS[17],
    COLUMNS[18],
    optional("recipient-name"),
    optional("ship-address-1"),
    optional("ship-address-2"),
    optional("ship-address-3"),
    optional("ship-postal-code"),
    optional("ship-phone-number").or("buyer-phone-number"),
];

const ORDER_ID: usize = 0;
const ORDER_ITEM_ID: usize = 1;
const PURCHASE_DATE: usize = 2;
const PAYMENTS_DATE: usize = 3;
const REPORTING_DATE: usize = 4;
const PROMISE_DATE: usize = 5;
const DAYS_PAST_PROMISE: usize = 6;
const SKU: usize = 7;
const PRODUCT_NAME: usize = 8;
const QUANTITY_TO_SHIP: usize = 9;
const SHIP_SERVICE_LEVEL: usize = 10;
const SALES_CHANNEL: usize = 11;
const SHIP_CITY: usize = 12;
const SHIP_STATE: usize = 13;
const SHIP_COUNTRY: usize = 14;
const IS_PRIME: usize = 15;
const IS_BUSINESS: usize = 16;
const CANCELLATION: usize = 17;
const VERGE: usize = 18;
/// Absent unless addresses were asked for, so that nothing is there to be read.
const ADDRESS: usize = 19;

/// Reads one line.
///
/// What only informs a packer (`days-past-promise`, the yes-or-no columns) never keeps a parcel off the list: unreadable
/// is unknown there.
///
/// # Errors
/// The first cell, in the order of [`COLUMNS`], that does not hold what its column promises.
pub fn parse<'a>(
    cells: impl Cells<'a>,
    dates: DateForm,
    clock: &mut Clock,
    ids: &OrderIds,
) -> Result<UnshippedLine<'a>, AtFault> {
    let cell = |column: usize| trimmed(cells.cell(column));
    let fault = |column: usize| move |reason: RejectReason| (column, reason);
    let order_id = ids.read(cell(ORDER_ID)).map_err(fault(ORDER_ID))?;
    let purchase_date =
        read_date(cell(PURCHASE_DATE), dates, clock).map_err(fault(PURCHASE_DATE))?;
    let mut moment = |column: usize| match cell(column) {
        [] => Ok(None),
        cell => read_date(cell, dates, clock)
            .map(Some)
            .map_err(fault(column)),
    };
    let (payments_date, reporting_date) = (moment(PAYMENTS_DATE)?, moment(REPORTING_DATE)?);
    let promise_date = moment(PROMISE_DATE)?;
    if cell(SKU).is_empty() {
        return Err(fault(SKU)(RejectReason::SkuMissing));
    }
    whole_sku(cell(SKU)).map_err(fault(SKU))?;
    if order_id::holds_order_id(cell(PRODUCT_NAME)) {
        return Err(fault(PRODUCT_NAME)(RejectReason::LineInCell));
    }
    let quantity_to_ship =
        quantity::read(cell(QUANTITY_TO_SHIP)).map_err(fault(QUANTITY_TO_SHIP))?;
    Ok(UnshippedLine {
        order_id,
        order_item_id: cell(ORDER_ITEM_ID),
        purchase_date,
        payments_date,
        reporting_date,
        promise_date,
        days_past_promise: std::str::from_utf8(cell(DAYS_PAST_PROMISE))
            .ok()
            .and_then(|text| text.parse().ok()),
        sku: cell(SKU),
        product_name: cell(PRODUCT_NAME),
        quantity_to_ship,
        ship_service_level: cell(SHIP_SERVICE_LEVEL),
        sales_channel: cell(SALES_CHANNEL),
        ship_city: cell(SHIP_CITY),
        ship_state: cell(SHIP_STATE),
        ship_country: cell(SHIP_COUNTRY),
        is_prime: yes_or_no(cell(IS_PRIME)),
        is_business: yes_or_no(cell(IS_BUSINESS)),
        buyer_requested_cancellation: yes_or_no(cell(CANCELLATION)) == Some(true),
        verge_of_cancellation: yes_or_no(cell(VERGE)),
        address: Address::of(std::array::from_fn(|part| cell(ADDRESS + part))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::columns::Picked;

    #[test]
    fn no_column_that_names_a_buyer_is_read() {
        let private = [
            "buyer",
            "recipient",
            "phone",
            "address",
            "postal",
            "cpf",
            "gift",
            "customized",
            "purchase-order-number",
        ];
        for column in COLUMNS
            .iter()
            .filter(|column| column.name != "is-buyer-requested-cancellation")
        {
            assert!(
                !private.iter().any(|word| column.name.contains(word)),
                "{}",
                column.name
            );
        }
    }

    #[test]
    fn an_unreadable_day_count_keeps_no_parcel_off_the_list() {
        let mut cells = Picked::default();
        cells[ORDER_ID] = b"250-0000000-0000001";
        cells[PURCHASE_DATE] = b"2022-04-20T00:02:05+00:00";
        cells[SKU] = b"A";
        cells[QUANTITY_TO_SHIP] = b"1";
        cells[DAYS_PAST_PROMISE] = b"soon";
        cells[IS_PRIME] = b"maybe";
        let line = parse(
            &cells,
            DateForm::Iso,
            &mut Clock::default(),
            &OrderIds::default(),
        )
        .unwrap();
        assert_eq!(
            (line.days_past_promise, line.is_prime, line.promise_date),
            (None, None, None)
        );
    }
}
