//! The tables `daily`, `weekly` and `monthly`: demand by period of the marketplace.

use polars::prelude::*;

use crate::field::Day;
use crate::table::shared_columns;

use crate::table::ColumnKind::Flag;
use crate::table::{ALL_ORDERS, Chart, Column as Described, LakeView, Part, TableSpec, column};
use crate::topic::context::ReportContext;

const COLUMNS: &[Described] = &[
    shared_columns::PERIOD,
    shared_columns::FIRST_DAY,
    shared_columns::LAST_DAY,
    column(
        "partial",
        "Partial",
        Flag,
        "Whether the files do not cover all days of the period, at its ends or between them. Partial periods are in no comparison.",
    ),
    shared_columns::SALES_CHANNEL,
    shared_columns::FULFILLMENT,
    shared_columns::CURRENCY,
    shared_columns::ORDERS_PLACED,
    shared_columns::ORDERS,
    shared_columns::UNITS,
    shared_columns::UNPRICED_UNITS,
    shared_columns::SALES,
];

pub(crate) const DAILY: TableSpec = TableSpec {
    name: "daily",
    title: "By day",
    part: Part::Demand,
    filled_by: ALL_ORDERS,
    definition: "Demand by the day of purchase where the marketplace is, not in UTC, by sales channel, fulfillment, and currency. \
                 A day is partial if it lacks (see coverage) and holds orders of other time zones alone.",
    columns: COLUMNS,
    charts: &[Chart::Trend {
        title: "Orders by day",
        by: "fulfillment",
        of: "orders",
    }],
    in_lake: LakeView::Whole,
};

pub(crate) const WEEKLY: TableSpec = TableSpec {
    name: "weekly",
    title: "By week",
    part: Part::Demand,
    filled_by: ALL_ORDERS,
    definition: "Demand by week of purchase, from Monday (ISO) or Sunday. A week is partial if the files do not cover all its \
                 days: if it begins before the first local purchase day, ends after the last, or holds a day that is in no \
                 file, or nearly without an order though ten are usual (see coverage). Partial weeks are in no comparison.",
    columns: COLUMNS,
    charts: &[Chart::Trend {
        title: "Sales by week",
        by: "sales_channel",
        of: "sales",
    }],
    in_lake: LakeView::Whole,
};

pub(crate) const MONTHLY: TableSpec = TableSpec {
    name: "monthly",
    title: "By month",
    part: Part::Demand,
    filled_by: ALL_ORDERS,
    definition: "Demand by calendar month of purchase. A month is partial if the files do not cover all its days, as a week is.",
    columns: COLUMNS,
    charts: &[Chart::Trend {
        title: "Sales by month",
        by: "sales_channel",
        of: "sales",
    }],
    in_lake: LakeView::Whole,
};

pub(crate) fn daily(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    roll_up(context, |day| day, |day| day, |day| day.to_string())
}

pub(crate) fn weekly(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let start = context.time.week_start;
    roll_up(
        context,
        |day| day.week(start),
        |first| first.plus(6),
        |first| first.week_label(start),
    )
}

pub(crate) fn monthly(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    roll_up(context, Day::month, Day::month_end, Day::month_label)
}

fn roll_up(
    context: &ReportContext<'_>,
    start: impl Fn(Day) -> Day,
    end: impl Fn(Day) -> Day,
    label: impl Fn(Day) -> String,
) -> PolarsResult<DataFrame> {
    let mut frame = context
        .sales
        .by_period(&["day", "sales_channel", "fulfillment", "currency"], start)?;
    let starts: Vec<Day> = frame
        .column("day")?
        .i32()?
        .iter()
        .flatten()
        .map(Day)
        .collect();
    let partial = |first: Day| {
        let outside = |(from, to)| first < from || end(first) > to;
        context.coverage.is_none_or(outside) || context.days().gap_days(first, end(first)) > 0
    };
    let texts = |name: &str, of: &dyn Fn(Day) -> String| {
        Column::new(
            name.into(),
            starts.iter().map(|day| of(*day)).collect::<Vec<_>>(),
        )
    };
    let columns = [
        texts("period", &label),
        texts("first_day", &|first| first.to_string()),
        texts("last_day", &|first| end(first).to_string()),
        Column::new(
            "partial".into(),
            starts
                .iter()
                .map(|first| partial(*first))
                .collect::<Vec<bool>>(),
        ),
    ];
    for column in columns {
        frame.with_column(column)?;
    }
    context.sales.decode(frame)
}
