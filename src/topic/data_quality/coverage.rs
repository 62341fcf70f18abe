//! The table `coverage`: days in no file, days in several files, and files that end before their last day did.

use polars::prelude::*;

use crate::field::Day;
use crate::table::shared_columns;

use crate::table::ColumnKind::{Count, Text};
use crate::table::rows::Rows;
use crate::table::sums::count;
use crate::table::{ALL_ORDERS, LakeView, Part, TableSpec, column};
use crate::topic::context::ReportContext;
use crate::topic::data_quality::day_coverage::{DayCoverage, DayFinding, DayKind, FileSpan};

pub(crate) const COVERAGE: TableSpec = TableSpec {
    name: "coverage",
    title: "Days in the files",
    part: Part::Data,
    filled_by: ALL_ORDERS,
    definition: "The days from the first to the last purchase, stretch by stretch. found: covered (in one all-orders file), overlap \
                 (in several), part (the last day of its files, and nothing in them is newer than that day: more orders may have \
                 come; only where ten orders come on a day), quiet (without orders, in a file or where fewer than ten would be expected), missing (in no file: not between the first and the last purchase \
                 of any; it may hold a few orders of places where the clock is another). The days of a file are those of the zone of most orders. note: orders are usual, on a day without an order though ten are \
                 usual, or beside a missing or such a day with less than a quarter of them. Days with this note, and those that are \
                 missing, lack: a period that holds one is partial. usual_orders: what the same weekdays hold, \
                 the median of the eight weeks before and after, if four of them are known. Ours.",
    columns: &[
        shared_columns::FIRST_DAY,
        shared_columns::LAST_DAY,
        shared_columns::DAYS,
        column(
            "found",
            "Found",
            Text,
            "What the files hold of the days: covered (one file), overlap (several), part (not over in their files), quiet (no orders), missing (in no file).",
        ),
        column(
            "files",
            "Files",
            Count,
            "How many all-orders files hold the days, from their first purchase to their last.",
        ),
        shared_columns::ORDERS_PLACED,
        shared_columns::LINES,
        column(
            "usual_orders",
            "Usual orders",
            Count,
            "What the same weekdays hold: the median of the eight weeks before and after; empty if fewer than four are known.",
        ),
        shared_columns::NOTE,
    ],
    charts: &[],
    in_lake: LakeView::Whole,
};

/// Days of one kind, one after the other.
struct CoverageStretch {
    first: Day,
    last: Day,
    shown: DayFinding,
    odd: bool,
}

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let days = context.days();
    Rows::of(stretches(days))
        .text("first_day", |row| Some(row.first.to_string()))
        .text("last_day", |row| Some(row.last.to_string()))
        .count("days", |row| Some(i64::from(row.last.0 - row.first.0) + 1))
        .text("found", |row| Some(row.shown.state.name().to_owned()))
        .count("files", |row| Some(count(row.shown.files as u64)))
        .count("orders_placed", |row| Some(count(row.shown.orders)))
        .count("lines", |row| Some(count(row.shown.lines)))
        .count("usual_orders", |row| row.shown.usual.map(count))
        .text("note", |row| note(context, &days.spans, row))
        .frame()
}

fn stretches(days: &DayCoverage) -> Vec<CoverageStretch> {
    let mut stretches: Vec<CoverageStretch> = Vec::new();
    for (day, shown) in days.all() {
        let odd = shown.lacks_orders();
        match stretches.last_mut() {
            Some(above)
                if (above.shown.state, above.shown.files, above.odd)
                    == (shown.state, shown.files, odd)
                    && shown.state != DayKind::Part =>
            {
                above.last = day;
                above.shown.orders += shown.orders;
                above.shown.lines += shown.lines;
                let both = above.shown.usual.zip(shown.usual);
                above.shown.usual = both.map(|(above, usual)| above + usual);
            }
            _ => stretches.push(CoverageStretch {
                first: day,
                last: day,
                shown: *shown,
                odd,
            }),
        }
    }
    stretches
}

/// What shows it: the files on both sides, or until when the file of the day goes.
fn note(context: &ReportContext<'_>, spans: &[FileSpan], row: &CoverageStretch) -> Option<String> {
    match row.shown.state {
        _ if row.odd => Some("orders are usual".to_owned()),
        DayKind::Covered | DayKind::Overlap | DayKind::Quiet => None,
        DayKind::Missing => {
            let name = |span: &FileSpan| context.file_name(span.file).to_owned();
            let before = spans.iter().filter(|span| span.last < row.first);
            let after = spans.iter().filter(|span| span.first > row.last);
            // Of several that end or begin on a day, the first by name.
            let before = before
                .map(|span| (span.last, std::cmp::Reverse(name(span))))
                .max()?;
            let after = after.map(|span| (span.first, name(span))).min()?;
            Some(format!("between {} and {}", before.1.0, after.1))
        }
        DayKind::Part => {
            let ending = spans.iter().filter(|span| span.last == row.first);
            let (ends, name) = ending
                .filter_map(|span| {
                    let name = context.file_name(span.file);
                    Some((span.ends?, std::cmp::Reverse(name)))
                })
                .max()?;
            let offset = crate::field::zone::offset(context.time.zone, ends);
            let minutes = (ends.utc + offset).rem_euclid(86_400) / 60;
            Some(format!(
                "until {:02}:{:02} in {}",
                minutes / 60,
                minutes % 60,
                name.0
            ))
        }
    }
}
