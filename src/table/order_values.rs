//! What orders are worth.

use polars::prelude::*;

use crate::cube::census::{Group, QUANTILES, Values};

use super::ColumnKind::{Count, Money, Text};
use super::rows::Rows;
use super::sums::{count, quotient};
use super::{Facts, TableSpec, column};

pub(super) const ORDER_VALUES: TableSpec = TableSpec {
    name: "order_values",
    title: "Value of orders",
    definition: "What an order is worth: the line amounts of its live lines, of orders that hold a live line with a price, by who \
                 ships and currency; orders in two currencies are left out. p50 is the median: the least amount that half of the \
                 orders do not exceed, and so on. These are exact: amounts of orders, not estimates. aov is the mean.",
    columns: &[
        column("fulfillment", "Fulfillment", Text),
        column("currency", "Currency", Text),
        column("orders", "Orders", Count),
        column("sales", "Sales", Money),
        column("aov", "Mean", Money),
        column("least", "Least", Money),
        column("p10", "10 %", Money),
        column("p25", "25 %", Money),
        column("p50", "Median", Money),
        column("p75", "75 %", Money),
        column("p90", "90 %", Money),
        column("p99", "99 %", Money),
        column("most", "Most", Money),
    ],
    charts: &[],
    roll_up,
};

type Row<'c> = &'c (Group, Values);

fn roll_up(facts: &Facts<'_>) -> PolarsResult<DataFrame> {
    let rows = Rows::of(&facts.counted.census.values)
        .text("fulfillment", |((who, _), _): &Row<'_>| {
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
