//! The table `order_values`: quantiles of the value of orders.

use polars::prelude::*;

use crate::table::shared_columns;
use crate::topic::orders::state::order_stats::{Group, QUANTILES, Values};

use crate::table::ColumnKind::Money;
use crate::table::rows::Rows;
use crate::table::sums::{count, quotient};
use crate::table::{ALL_ORDERS, LakeView, Part, TableSpec, column};
use crate::topic::context::ReportContext;

pub(crate) const ORDER_VALUES: TableSpec = TableSpec {
    name: "order_values",
    title: "Value of orders",
    part: Part::Demand,
    filled_by: ALL_ORDERS,
    definition: "What an order is worth: the line amounts of its live lines, of orders that hold a live line with a price, by who \
                 ships and currency; orders in two currencies are left out. p50 is the median: the least amount that half of the \
                 orders do not exceed, and so on. These are exact: amounts of orders, not estimates. aov is the mean.",
    columns: &[
        shared_columns::FULFILLMENT,
        shared_columns::CURRENCY,
        shared_columns::ORDERS,
        shared_columns::SALES,
        shared_columns::AOV.labelled("Mean"),
        column("least", "Least", Money, "The least amount."),
        column(
            "p10",
            "10 %",
            Money,
            "The least amount that 10 % of the orders do not exceed.",
        ),
        column(
            "p25",
            "25 %",
            Money,
            "The least amount that 25 % of the orders do not exceed.",
        ),
        column(
            "p50",
            "Median",
            Money,
            "The median: the least amount that half of the orders do not exceed.",
        ),
        column(
            "p75",
            "75 %",
            Money,
            "The least amount that 75 % of the orders do not exceed.",
        ),
        column(
            "p90",
            "90 %",
            Money,
            "The least amount that 90 % of the orders do not exceed.",
        ),
        column(
            "p99",
            "99 %",
            Money,
            "The least amount that 99 % of the orders do not exceed.",
        ),
        column("most", "Most", Money, "The greatest amount."),
    ],
    charts: &[],
    in_lake: LakeView::Whole,
};

type ValueRow<'c> = &'c (Group, Values);

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let rows = Rows::of(&context.state.orders.stats.values)
        .text("fulfillment", |((who, _), _): &ValueRow<'_>| {
            Some(who.name().to_owned())
        })
        .text("currency", |((_, currency), _)| {
            Some(currency.as_str().to_owned())
        })
        .count("orders", |(_, values)| Some(count(values.orders)))
        .money("sales", |(_, values)| Some(values.sum.0))
        .money("aov", |(_, values)| {
            quotient(values.sum.0, values.orders.into())
        })
        .money("least", |(_, values)| Some(values.least.0))
        .money("most", |(_, values)| Some(values.most.0));
    let quantiles = QUANTILES.iter().enumerate();
    let rows = quantiles.fold(rows, |rows, (place, percent)| {
        rows.money(&format!("p{percent}"), move |(_, values)| {
            Some(values.quantiles[place].0)
        })
    });
    rows.frame()
}
