//! Where it sold.

use polars::prelude::*;

use super::ColumnKind::{Count, Money, Share, Text};
use super::sums::{SHARE, averages, counts, divide, millionths};
use super::{Facts, TableSpec, column};

pub(super) const CHANNELS: TableSpec = TableSpec {
    name: "channels",
    title: "By sales channel",
    definition: "Demand by sales channel as Amazon wrote it, who ships, and currency. Channels that start with Non-Amazon are \
                 multi-channel orders: Amazon only ships them, at no price. share_of_units is the part of all units of the \
                 table; units add across currencies, money never does.",
    columns: &[
        column("sales_channel", "Sales channel", Text),
        column("fulfillment", "Fulfillment", Text),
        column("currency", "Currency", Text),
        column("orders_placed", "Orders placed", Count),
        column("orders", "Orders", Count),
        column("cancelled_orders", "Cancelled orders", Count),
        column("units", "Units", Count),
        column("unpriced_units", "Units without a price", Count),
        column("sales", "Sales", Money),
        column("share_of_units", "Share of units", Share),
        column("asp", "Average price", Money),
        column("aov", "Average order", Money),
    ],
    charts: &[],
    roll_up,
};

fn roll_up(facts: &Facts<'_>) -> PolarsResult<DataFrame> {
    let mut frame = facts.by(&["sales_channel", "fulfillment", "currency"])?;
    averages(&mut frame)?;
    let units = counts(frame.column("units")?)?;
    let all: i128 = units.iter().flatten().sum();
    divide(
        &mut frame,
        "share_of_units",
        SHARE,
        units.into_iter().map(|part| (millionths(part), Some(all))),
    )?;
    facts.decode(frame)
}
