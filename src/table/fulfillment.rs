//! Who ships, and what it came to.

use polars::prelude::*;

use super::ColumnKind::{Count, Money, Text};
use super::sums::averages;
use super::{Facts, TableSpec, column};

pub(super) const FULFILLMENT: TableSpec = TableSpec {
    name: "fulfillment",
    title: "By fulfillment",
    definition: "Orders, units and money by who ships (fba, merchant, unknown) and currency. Orders count once, at home: \
                 orders_placed in any status, orders those not cancelled. Units and sales are of live lines, that is, neither \
                 order nor item cancelled; sales add item-price, which is the total of a line. A row without a currency holds \
                 lines that state none: what they will cost is unknown, not zero. asp is sales by priced unit, aov sales by \
                 order with a priced live line.",
    columns: &[
        column("fulfillment", "Fulfillment", Text),
        column("currency", "Currency", Text),
        column("orders_placed", "Orders placed", Count),
        column("orders", "Orders", Count),
        column("cancelled_orders", "Cancelled orders", Count),
        column("lines", "Lines", Count),
        column("units", "Units", Count),
        column("unpriced_units", "Units without a price", Count),
        column("sales", "Sales", Money),
        column("tax", "Tax", Money),
        column("shipping", "Shipping", Money),
        column("gift_wrap", "Gift wrap", Money),
        column("discounts", "Discounts", Money),
        column("asp", "Average price", Money),
        column("aov", "Average order", Money),
    ],
    charts: &[],
    roll_up,
};

fn roll_up(facts: &Facts<'_>) -> PolarsResult<DataFrame> {
    let mut frame = facts.by(&["fulfillment", "currency"])?;
    averages(&mut frame)?;
    facts.decode(frame)
}
