//! The table `hours`: orders by weekday and hour of the marketplace.

use polars::prelude::*;

use crate::table::ColumnKind::{Count, Text};
use crate::table::rows::Rows;
use crate::table::shared_columns;
use crate::table::sums::count;
use crate::table::{ALL_ORDERS, Chart, LakeView, Part, TableSpec, column};
use crate::topic::context::ReportContext;

pub(crate) const HOURS: TableSpec = TableSpec {
    name: "hours",
    title: "By hour",
    part: Part::Demand,
    filled_by: ALL_ORDERS,
    definition: "Orders of any status by weekday and hour of purchase where the marketplace is, with its clock changes. An order \
                 whose lines differ counts at the earliest. Orders of a report that gives days without a time have no hour.",
    columns: &[
        column(
            "weekday",
            "Weekday",
            Text,
            "The weekday of purchase where the marketplace is.",
        ),
        column(
            "hour",
            "Hour",
            Count,
            "The hour of purchase on a clock of the marketplace, 0 to 23; empty if the report gives no time.",
        ),
        shared_columns::ORDERS_PLACED,
    ],
    charts: &[Chart::Heat {
        title: "Orders by weekday and hour",
        rows: "weekday",
        fields: "hour",
        of: "orders_placed",
    }],
    in_lake: LakeView::Whole,
};

const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let hours = &context.state.orders.hours;
    let any = hours.iter().any(|(.., orders)| orders > 0);
    // The grid is whole, so that an hour without orders is seen as one; what has no hour is a row only where there is any.
    let rows = hours
        .iter()
        .filter(|(_, hour, orders)| any && (hour.is_some() || *orders > 0));
    Rows::of(rows)
        .text("weekday", |(weekday, ..)| {
            Some(WEEKDAYS[*weekday].to_owned())
        })
        .count("hour", |(_, hour, _)| {
            hour.and_then(|hour| i64::try_from(hour).ok())
        })
        .count("orders_placed", |(.., orders)| Some(count(*orders)))
        .frame()
}
