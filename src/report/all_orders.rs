//! The all-orders report: every order item of any status (FORMATS 1), and the public "Amazon Sale Report" that holds the
//! same lines under other names (FORMATS 1.3).

use crate::field::{Amount, Currency, Fulfillment, Malformed, Moment, OrderId, OrderIds, quantity};
use crate::line::{Fault, OrderLine};

use super::columns::{Cells, Column, optional, required};

/// The columns that are read, found by name in any layout.
pub const COLUMNS: &[Column] = &[
    required("amazon-order-id"),
    required("purchase-date"),
    required("last-updated-date"),
    required("order-status"),
    required("fulfillment-channel"),
    required("sales-channel"),
    required("sku"),
    optional("asin"),
    optional("product-name"),
    required("item-status"),
    required("quantity"),
    required("currency"),
    required("item-price"),
    optional("item-tax"),
    optional("shipping-price"),
    optional("shipping-tax"),
    optional("gift-wrap-price"),
    optional("gift-wrap-tax"),
    optional("item-promotion-discount"),
    optional("ship-promotion-discount"),
];

/// The same columns under the names of the public sale report. Names that no file has stand for columns it lacks.
pub const SALE_REPORT_COLUMNS: &[Column] = &[
    required("order-id"),
    required("date"),
    optional("(no last-updated-date)"),
    required("status"),
    required("fulfillment"),
    required("sales-channel"),
    required("sku"),
    optional("asin"),
    optional("(no product-name)"),
    optional("(no item-status)"),
    required("qty"),
    required("currency"),
    required("amount"),
];

/// The order and its stamp are the first columns of the list: a survey looks at no more.
pub const STAMP_COLUMNS: usize = 3;

const ORDER_ID: usize = 0;
const PURCHASE_DATE: usize = 1;
const LAST_UPDATED_DATE: usize = 2;
const ORDER_STATUS: usize = 3;
const FULFILLMENT: usize = 4;
const SALES_CHANNEL: usize = 5;
const SKU: usize = 6;
const ASIN: usize = 7;
const PRODUCT_NAME: usize = 8;
const ITEM_STATUS: usize = 9;
const QUANTITY: usize = 10;
const CURRENCY: usize = 11;
const ITEM_PRICE: usize = 12;
const ITEM_TAX: usize = 13;
const SHIPPING_PRICE: usize = 14;
const SHIPPING_TAX: usize = 15;
const GIFT_WRAP_PRICE: usize = 16;
const GIFT_WRAP_TAX: usize = 17;
const ITEM_DISCOUNT: usize = 18;
const SHIP_DISCOUNT: usize = 19;

/// How a file writes its dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateForm {
    /// ISO 8601, as Amazon's own reports.
    Iso,
    /// `04-30-22`, as the public sale report.
    Short,
}

/// Reads no more of a line than its order and its `last-updated-date`; `None` if there is no order to be read.
#[inline]
pub fn stamp(
    cells: &Cells<'_>,
    dates: DateForm,
    ids: &OrderIds,
) -> Option<(OrderId, Option<Moment>)> {
    let order = ids.read(cells[ORDER_ID]).ok()?;
    Some((order, read_date(cells[LAST_UPDATED_DATE], dates).ok()))
}

/// Reads one line.
///
/// # Errors
/// The first cell, in the order of [`COLUMNS`], that does not hold what its column promises.
pub fn parse<'a>(
    cells: &Cells<'a>,
    columns: &'static [Column],
    dates: DateForm,
    ids: &OrderIds,
) -> Result<OrderLine<'a>, Fault> {
    let fault = |column: usize| {
        move |malformed: Malformed| {
            Fault::cell(
                malformed,
                columns.get(column).map_or("", |c| c.name),
                cells[column],
            )
        }
    };
    let amount = |column: usize| Amount::read(cells[column]).map_err(fault(column));
    let read_date = |column: usize| read_date(cells[column], dates).map_err(fault(column));

    let order_id = ids.read(cells[ORDER_ID]).map_err(fault(ORDER_ID))?;
    let purchase_date = read_date(PURCHASE_DATE)?;
    let last_updated_date = match cells[LAST_UPDATED_DATE] {
        [] => None,
        _ => Some(read_date(LAST_UPDATED_DATE)?),
    };
    for (column, absent) in [(ORDER_STATUS, "no order status"), (SKU, "no sku")] {
        if cells[column].is_empty() {
            return Err(fault(column)(Malformed(absent)));
        }
    }
    let quantity = quantity::read(cells[QUANTITY]).map_err(fault(QUANTITY))?;
    let currency = Currency::read(cells[CURRENCY]).map_err(fault(CURRENCY))?;
    let line_amount = amount(ITEM_PRICE)?;
    if line_amount.is_some_and(|amount| amount < Amount::default()) {
        return Err(fault(ITEM_PRICE)(Malformed("a negative price")));
    }
    let mut others = [Amount::default(); 7];
    for (column, other) in (ITEM_TAX..=SHIP_DISCOUNT).zip(&mut others) {
        *other = amount(column)?.unwrap_or_default();
    }
    if currency.is_none() {
        let amounts = std::iter::once(line_amount.unwrap_or_default()).chain(others);
        if let Some((column, _)) = (ITEM_PRICE..)
            .zip(amounts)
            .find(|(_, amount)| *amount != Amount::default())
        {
            return Err(fault(column)(Malformed("an amount without a currency")));
        }
    }
    let other = |column: usize| others[column - ITEM_TAX];
    Ok(OrderLine {
        order_id,
        purchase_date,
        last_updated_date,
        order_status: cells[ORDER_STATUS],
        item_status: cells[ITEM_STATUS],
        fulfillment: Fulfillment::read(cells[FULFILLMENT]),
        sales_channel: cells[SALES_CHANNEL],
        sku: cells[SKU],
        asin: cells[ASIN],
        product_name: cells[PRODUCT_NAME],
        quantity,
        currency,
        line_amount,
        tax: other(ITEM_TAX)
            .plus(other(SHIPPING_TAX))
            .plus(other(GIFT_WRAP_TAX)),
        shipping: other(SHIPPING_PRICE),
        gift_wrap: other(GIFT_WRAP_PRICE),
        discounts: other(ITEM_DISCOUNT).abs().plus(other(SHIP_DISCOUNT).abs()),
    })
}

#[inline]
fn read_date(cell: &[u8], dates: DateForm) -> Result<Moment, Malformed> {
    match dates {
        DateForm::Iso => Moment::read(cell),
        DateForm::Short => Moment::read_short(cell),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells<'a>(changes: &[(usize, &'a str)]) -> Cells<'a> {
        let mut cells = Cells::default();
        let good = [
            (ORDER_ID, "111-0000000-0000001"),
            (PURCHASE_DATE, "2026-07-20T10:00:00+00:00"),
            (ORDER_STATUS, "Shipped"),
            (SKU, "A"),
            (QUANTITY, "2"),
            (CURRENCY, "USD"),
            (ITEM_PRICE, "14.98"),
        ];
        for (column, text) in good.iter().chain(changes) {
            cells[*column] = text.as_bytes();
        }
        cells
    }

    fn reason(changes: &[(usize, &str)]) -> (&'static str, &'static str) {
        let fault = parse(
            &cells(changes),
            COLUMNS,
            DateForm::Iso,
            &OrderIds::default(),
        )
        .unwrap_err();
        (fault.column.unwrap(), fault.reason)
    }

    #[test]
    fn adds_up_taxes_and_takes_discounts_without_their_sign() {
        let cells = cells(&[
            (ITEM_TAX, "1.0"),
            (SHIPPING_TAX, "0.5"),
            (ITEM_DISCOUNT, "-2.0"),
            (SHIP_DISCOUNT, "1.0"),
        ]);
        let line = parse(&cells, COLUMNS, DateForm::Iso, &OrderIds::default()).unwrap();
        assert_eq!(line.tax.ten_thousandths(), 15_000);
        assert_eq!(line.discounts.ten_thousandths(), 30_000);
    }

    #[test]
    fn says_which_column_is_at_fault_and_why() {
        assert_eq!(
            reason(&[(ORDER_ID, "")]),
            ("amazon-order-id", "no order id")
        );
        assert_eq!(
            reason(&[(QUANTITY, "two")]),
            ("quantity", "not a whole quantity")
        );
        assert_eq!(
            reason(&[(ITEM_PRICE, "12,50")]),
            ("item-price", "not an amount")
        );
        assert_eq!(
            reason(&[(ITEM_PRICE, "-1.00")]),
            ("item-price", "a negative price")
        );
        assert_eq!(
            reason(&[(CURRENCY, "")]),
            ("item-price", "an amount without a currency")
        );
        assert_eq!(reason(&[(SKU, "")]), ("sku", "no sku"));
    }

    #[test]
    fn a_zero_needs_no_currency() {
        let cells = cells(&[(CURRENCY, ""), (ITEM_PRICE, ""), (SHIPPING_PRICE, "0.0")]);
        assert!(parse(&cells, COLUMNS, DateForm::Iso, &OrderIds::default()).is_ok());
    }
}
