//! The table `fulfillment`: demand by fulfillment and currency.

use polars::prelude::*;

use crate::table::shared_columns;
use crate::table::sums::averages;
use crate::table::{ALL_ORDERS, LakeView, Part, TableSpec};
use crate::topic::context::ReportContext;

pub(crate) const FULFILLMENT: TableSpec = TableSpec {
    name: "fulfillment",
    title: "By fulfillment",
    part: Part::Demand,
    filled_by: ALL_ORDERS,
    definition: "Orders, units and money by fulfillment (fba, merchant, unknown) and currency. Orders count once, at home: \
                 orders_placed in any status, orders those not cancelled. Units and sales are of live lines, that is, neither \
                 order nor item cancelled; sales add item-price, which is the total of a line. A row without a currency holds \
                 lines that state none: what they will cost is unknown, not zero. asp is sales by priced unit, aov sales by \
                 order with a priced live line.",
    columns: &[
        shared_columns::FULFILLMENT,
        shared_columns::CURRENCY,
        shared_columns::ORDERS_PLACED,
        shared_columns::ORDERS,
        shared_columns::CANCELLED_ORDERS,
        shared_columns::LINES,
        shared_columns::UNITS,
        shared_columns::UNPRICED_UNITS,
        shared_columns::SALES,
        shared_columns::TAX,
        shared_columns::SHIPPING,
        shared_columns::GIFT_WRAP,
        shared_columns::DISCOUNTS,
        shared_columns::ASP,
        shared_columns::AOV,
    ],
    charts: &[],
    in_lake: LakeView::Whole,
};

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let mut frame = context.sales.by(&["fulfillment", "currency"])?;
    averages(&mut frame)?;
    context.sales.decode(frame)
}
