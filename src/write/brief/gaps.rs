//! Days that are in no file, and the periods that lack them.

use chrono::NaiveDate;

use crate::overview::Overview;
use crate::table::{Document, Table};

use super::super::number::{count, count_of, grouped};
use super::super::screen::{Piece, YELLOW};
use super::head::year;
use super::span::{days, weekday};
use crate::write::wrap::Flow;

/// Stretches that are named: the newest.
const NAMED: usize = 3;
/// A file that goes on after this hour has nearly all of the day.
const EVENING: &str = "until 20";
/// Fewer orders than these are usual on days of which a part is no news.
const USUAL: i64 = 10;

/// The gaps, the newest first; `None` if all days are held.
pub(super) fn gaps(document: &Document, overview: &Overview) -> Option<Flow> {
    let table = document.table("coverage")?;
    let shown = overview.sales.as_ref();
    let shown = shown.map(|sales| (sales.span.first, sales.span.last));
    let mut gaps: Vec<String> = Vec::new();
    for row in (0..table.height()).rev() {
        gaps.extend(gap(table, row, shown, year(document)));
    }
    let mut flow = Flow::default();
    let more = gaps.len().saturating_sub(NAMED);
    for gap in gaps.iter().take(NAMED) {
        let separator = if flow.is_empty() { "" } else { " \u{b7} " };
        flow.add(separator, Piece::new(YELLOW, gap));
    }
    if more > 0 {
        flow.dot(Piece::plain(&format!("and {} more", grouped(more))));
    }
    if let Some(periods) = overview.incomplete.as_ref().filter(|_| !flow.is_empty()) {
        let shown = &periods.shown.name;
        match &periods.newer[..] {
            [] => {}
            [only] => flow.dot(Piece::plain(&format!(
                "{} lacks {}: {shown} is the last complete {}",
                only.name,
                count(only.gap_days, "day"),
                overview.by.noun()
            ))),
            several => flow.dot(Piece::plain(&format!(
                "{} since {shown} lack days",
                count_of(several.len(), overview.by.noun())
            ))),
        }
        if let Some(before) = &periods.before {
            let gap_days = count(before.gap_days, "day");
            let text = format!("{} lacks {gap_days}: no fair comparison", before.name);
            flow.dot(Piece::plain(&text));
        }
    }
    if flow.is_empty() {
        return None;
    }
    flow.maybe(" \u{b7} ", Piece::dim("--table coverage"));
    Some(flow)
}

/// A stretch as a reader says it, if it is news. Every series of files ends with a part of a day: that is news only in the
/// period that is shown, or with files after it.
fn gap(
    table: &Table,
    row: usize,
    shown: Option<(NaiveDate, NaiveDate)>,
    year: Option<i32>,
) -> Option<String> {
    let of = |column: &str| table.text(row, column);
    let (first, last): (NaiveDate, NaiveDate) =
        (of("first_day").parse().ok()?, of("last_day").parse().ok()?);
    let long = table.text(row, "days").parse().unwrap_or(1_i64);
    let usual = of("usual_orders").parse::<i64>();
    let when = if first == last {
        weekday(first, year)
    } else {
        days(first, last, year)
    };
    let usually = usual
        .as_ref()
        .map(|usual| format!("usually {}", count(*usual, "order")));
    match of("found").as_str() {
        "missing" => {
            let mut more: Vec<String> = Vec::new();
            more.extend((long > 1).then(|| count(long, "day")));
            more.extend(usually);
            let more = if more.is_empty() {
                String::new()
            } else {
                format!(" ({})", more.join(", "))
            };
            Some(format!("{when} in no file{more}"))
        }
        "quiet" if !of("note").is_empty() => {
            let usually = usually.map_or_else(|_| String::new(), |usually| format!(" ({usually})"));
            Some(format!("{when} without an order{usually}"))
        }
        "covered" | "overlap" | "part" if of("note") == "orders are usual" => {
            let orders = of("orders_placed").parse::<i64>().unwrap_or(0);
            let usually = usually.map_or_else(|_| String::new(), |usually| format!(" ({usually})"));
            Some(format!(
                "{when} with only {}{usually}",
                count(orders, "order")
            ))
        }
        "part" if usual.is_ok_and(|usual| usual >= USUAL) => {
            let newest = row + 1 == table.height();
            let within = shown.is_some_and(|(from, to)| first >= from && first <= to);
            let note = of("note");
            let until = note.get(..11).filter(|until| **until < *EVENING)?;
            (within || !newest).then(|| format!("{when} only {until}"))
        }
        _ => None,
    }
}
