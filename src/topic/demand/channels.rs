//! The table `channels`: demand by sales channel and fulfillment.

use polars::prelude::*;

use crate::table::shared_columns;
use crate::table::sums::{SHARE, averages, counts, divide, millionths};
use crate::table::{ALL_ORDERS, LakeView, Part, TableSpec};
use crate::topic::context::ReportContext;

pub(crate) const CHANNELS: TableSpec = TableSpec {
    name: "channels",
    title: "By sales channel",
    part: Part::Demand,
    filled_by: ALL_ORDERS,
    definition: "Demand by sales channel as Amazon wrote it, fulfillment, and currency. Channels that start with Non-Amazon are \
                 multi-channel orders: Amazon only ships them, at no price. share_of_units is the part of all units of the \
                 table; units add across currencies, money never does.",
    columns: &[
        shared_columns::SALES_CHANNEL,
        shared_columns::FULFILLMENT,
        shared_columns::CURRENCY,
        shared_columns::ORDERS_PLACED,
        shared_columns::ORDERS,
        shared_columns::CANCELLED_ORDERS,
        shared_columns::UNITS,
        shared_columns::UNPRICED_UNITS,
        shared_columns::SALES,
        shared_columns::SHARE_OF_UNITS,
        shared_columns::ASP,
        shared_columns::AOV,
    ],
    charts: &[],
    in_lake: LakeView::Whole,
};

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let mut frame = context
        .sales
        .by(&["sales_channel", "fulfillment", "currency"])?;
    averages(&mut frame)?;
    let units = counts(frame.column("units")?)?;
    let all: i128 = units.iter().flatten().sum();
    divide(
        &mut frame,
        "share_of_units",
        SHARE,
        units.into_iter().map(|part| (millionths(part), Some(all))),
    )?;
    context.sales.decode(frame)
}
