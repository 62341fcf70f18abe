//! The all-orders report: every order item of any status (docs/formats.md, All-orders report), and the public "Amazon
//! Sale Report" that holds the same lines under other names (docs/formats.md, Sale report).

use crate::field::{
    Amount, Clock, Currency, Fulfillment, NumberForm, OrderIds, RejectReason, order_id, quantity,
};
use crate::line::OrderLine;
use crate::report::columns::{Cells, Column, absent, optional, required, trimmed};
use crate::report::forms::Forms;
use crate::report::reading::{AtFault, read_date, whole_sku, yes_or_no};

/// The columns that are read, each once: its place in the list, its name in the report, and in the public sale report.
macro_rules! columns {
    ($($place:ident: $column:expr, $of_sale_report:expr;)*) => {
        #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "they become constants")]
        enum Places { $($place),* }
        $(pub(crate) const $place: usize = Places::$place as usize;)*

        /// The columns that are read, found by name in any layout.
        pub const COLUMNS: &[Column] = &[$($column),*];

        /// The same columns under the names of the public sale report.
        pub const SALE_REPORT_COLUMNS: &[Column] = &[$($of_sale_report),*];
    };
}

columns! {
    ORDER_ID: required("amazon-order-id"), required("order-id");
    PURCHASE_DATE: required("purchase-date"), required("date");
    LAST_UPDATED_DATE: required("last-updated-date"), absent();
    ORDER_STATUS: required("order-status"), required("status");
    FULFILLMENT: required("fulfillment-channel"), required("fulfillment");
    SALES_CHANNEL: required("sales-channel"), required("sales-channel");
    SKU: required("sku"), required("sku");
    ASIN: optional("asin"), optional("asin");
    PRODUCT_NAME: optional("product-name"), absent();
    ITEM_STATUS: required("item-status"), optional("courier-status");
    QUANTITY: required("quantity"), required("qty");
    CURRENCY: required("currency"), required("currency");
    ITEM_PRICE: required("item-price"), required("amount");
    ITEM_TAX: optional("item-tax"), absent();
    SHIPPING_PRICE: optional("shipping-price"), absent();
    SHIPPING_TAX: optional("shipping-tax"), absent();
    GIFT_WRAP_PRICE: optional("gift-wrap-price"), absent();
    GIFT_WRAP_TAX: optional("gift-wrap-tax"), absent();
    ITEM_DISCOUNT: optional("item-promotion-discount"), absent();
    SHIP_DISCOUNT: optional("ship-promotion-discount"), absent();
    SHIP_STATE: optional("ship-state"), optional("ship-state");
    SHIP_COUNTRY: optional("ship-country"), optional("ship-country");
    SHIP_SERVICE_LEVEL: optional("ship-service-level"), optional("ship-service-level");
    IS_BUSINESS: optional("is-business-order"), optional("b2b");
    IS_REPLACEMENT: optional("is-replacement-order"), absent();
    PROMOTION_IDS: optional("promotion-ids"), optional("promotion-ids");
}

/// What only the shape of demand is made of: not looked at where nobody asks for it.
pub const ORDER_PROFILE_TABLES: [usize; 4] =
    [SHIP_STATE, SHIP_SERVICE_LEVEL, IS_BUSINESS, PROMOTION_IDS];

/// Reads one line.
///
/// # Errors
/// The first cell, in the order of [`COLUMNS`], that does not hold what its column promises.
#[inline]
pub fn parse<'a>(
    cells: impl Cells<'a>,
    Forms { dates, numbers, .. }: Forms,
    clock: &mut Clock,
    ids: &OrderIds,
) -> Result<OrderLine<'a>, AtFault> {
    let at = |column: usize| move |reason: RejectReason| (column, reason);
    let order_id = ids.read(cells.cell(ORDER_ID)).map_err(at(ORDER_ID))?;
    let purchase_date =
        read_date(cells.cell(PURCHASE_DATE), dates, clock).map_err(at(PURCHASE_DATE))?;
    let last_updated_date = match trimmed(cells.cell(LAST_UPDATED_DATE)) {
        [] => None,
        cell => Some(read_date(cell, dates, clock).map_err(at(LAST_UPDATED_DATE))?),
    };
    let (order_status, sku) = (trimmed(cells.cell(ORDER_STATUS)), trimmed(cells.cell(SKU)));
    if order_status.is_empty() {
        return Err((ORDER_STATUS, RejectReason::StatusMissing));
    }
    if sku.is_empty() {
        return Err((SKU, RejectReason::SkuMissing));
    }
    whole_sku(sku).map_err(at(SKU))?;
    let product_name = trimmed(cells.cell(PRODUCT_NAME));
    if order_id::holds_order_id(product_name) {
        return Err((PRODUCT_NAME, RejectReason::LineInCell));
    }
    let quantity = quantity::read(cells.cell(QUANTITY)).map_err(at(QUANTITY))?;
    let currency = Currency::read(cells.cell(CURRENCY)).map_err(at(CURRENCY))?;
    let line_amount = Amount::read_in(cells.cell(ITEM_PRICE), numbers).map_err(at(ITEM_PRICE))?;
    let others = Others::read(cells, numbers)?;
    if line_amount.is_some_and(|amount| amount < Amount::default()) {
        return Err((ITEM_PRICE, RejectReason::AmountNegative));
    }
    if currency.is_none() {
        others.are_nothing(line_amount.unwrap_or_default())?;
    }
    Ok(OrderLine {
        order_id,
        purchase_date,
        last_updated_date,
        order_status,
        item_status: trimmed(cells.cell(ITEM_STATUS)),
        fulfillment: Fulfillment::read(cells.cell(FULFILLMENT)),
        sales_channel: trimmed(cells.cell(SALES_CHANNEL)),
        sku,
        asin: trimmed(cells.cell(ASIN)),
        product_name,
        quantity,
        currency,
        line_amount,
        tax: others
            .of(ITEM_TAX)
            .plus(others.of(SHIPPING_TAX))
            .plus(others.of(GIFT_WRAP_TAX)),
        shipping: others.of(SHIPPING_PRICE),
        gift_wrap: others.of(GIFT_WRAP_PRICE),
        discounts: others
            .of(ITEM_DISCOUNT)
            .abs()
            .plus(others.of(SHIP_DISCOUNT).abs()),
        ship_country: trimmed(cells.cell(SHIP_COUNTRY)),
        ship_state: trimmed(cells.cell(SHIP_STATE)),
        ship_service_level: trimmed(cells.cell(SHIP_SERVICE_LEVEL)),
        is_business: flag(cells.cell(IS_BUSINESS)),
        is_replacement: flag(cells.cell(IS_REPLACEMENT)),
        promotion_ids: trimmed(cells.cell(PROMOTION_IDS)),
    })
}

/// Yes or no; `None` where the layout does not say, or says something else.
#[inline]
fn flag(cell: &[u8]) -> Option<bool> {
    match cell {
        [] => None,
        b"true" => Some(true),
        b"false" => Some(false),
        cell => yes_or_no(trimmed(cell)),
    }
}

/// The amounts of a line besides its price; an empty cell adds nothing.
struct Others([Amount; 7]);

impl Others {
    #[inline]
    fn read<'a>(cells: impl Cells<'a>, numbers: NumberForm) -> Result<Self, AtFault> {
        let mut others = Self([Amount::default(); 7]);
        for (column, other) in (ITEM_TAX..=SHIP_DISCOUNT).zip(&mut others.0) {
            let cell = cells.cell(column);
            if !cell.is_empty()
                && let Some(amount) =
                    Amount::read_in(cell, numbers).map_err(|malformed| (column, malformed))?
            {
                *other = amount;
            }
        }
        Ok(others)
    }

    #[inline]
    fn of(&self, column: usize) -> Amount {
        self.0[column - ITEM_TAX]
    }

    /// A line without a currency may say `0.0`, but no amount.
    fn are_nothing(&self, line_amount: Amount) -> Result<(), AtFault> {
        let mut amounts = (ITEM_PRICE..).zip(std::iter::once(line_amount).chain(self.0));
        match amounts.find(|(_, amount)| *amount != Amount::default()) {
            Some((column, _)) => Err((column, RejectReason::AmountWithoutCurrency)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::columns::Picked;

    fn cells<'a>(changes: &[(usize, &'a str)]) -> Picked<'a> {
        let mut cells = Picked::default();
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

    fn parsed<'a>(cells: &Picked<'a>) -> Result<OrderLine<'a>, AtFault> {
        let (mut clock, ids) = (Clock::default(), OrderIds::default());
        parse(cells, Forms::AMAZON, &mut clock, &ids)
    }

    fn reason(changes: &[(usize, &str)]) -> (&'static str, &'static str) {
        let (column, malformed) = parsed(&cells(changes)).unwrap_err();
        (COLUMNS[column].name, malformed.text())
    }

    #[test]
    fn adds_up_taxes_and_takes_discounts_without_their_sign() {
        let cells = cells(&[
            (ITEM_TAX, "1.0"),
            (SHIPPING_TAX, "0.5"),
            (ITEM_DISCOUNT, "-2.0"),
            (SHIP_DISCOUNT, "1.0"),
        ]);
        let line = parsed(&cells).unwrap();
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
            ("item-price", "an amount with a comma")
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
        assert!(parsed(&cells).is_ok());
    }
}
