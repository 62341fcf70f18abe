//! What has to leave.

use anstyle::Style;

use crate::table::{Cell, Document};

use super::super::flow::Flow;
use super::super::number::{count, grouped, percent_of_millionths};
use super::super::screen::{DIM, Piece, RED, YELLOW};
use super::head::city;

/// The orders that are open, most urgent first.
pub(super) fn to_ship(document: &Document) -> Flow {
    let mut flow = Flow::default();
    let read = document
        .kinds
        .iter()
        .any(|(kind, files)| *kind == "unshipped" && *files > 0);
    if !read {
        flow.add(
            "",
            Piece::new(
                DIM,
                "unknown without an unshipped-orders report: add the newest one",
            ),
        );
        return flow;
    }
    let all = orders(document, |_| true);
    if all == 0 {
        flow.add(
            "",
            Piece::plain("nothing: no order is open in the newest unshipped file"),
        );
        return flow;
    }
    flow.add("", Piece::plain(&format!("{}:", count(all, "order"))));
    let overdue = orders(document, |bucket| bucket.starts_with("overdue"));
    let no_promise = orders(document, |bucket| bucket == "no_promise");
    let later = orders(document, |bucket| bucket == "later");
    let parts = [
        (
            orders(document, |bucket| bucket == "past_cancel_by"),
            RED,
            "past the day Amazon cancels".to_owned(),
        ),
        (overdue, RED, "overdue".to_owned()),
        (
            orders(document, |bucket| bucket == "due_today"),
            YELLOW,
            format!("due today by 23:59 {}", clock(document)),
        ),
        (
            orders(document, |bucket| bucket == "due_tomorrow"),
            Style::new(),
            "due tomorrow".to_owned(),
        ),
        (later, Style::new(), "later".to_owned()),
        (no_promise, Style::new(), "without a promise".to_owned()),
        (
            orders(document, |bucket| bucket == "hold"),
            Style::new(),
            "on hold (buyer asked to cancel)".to_owned(),
        ),
    ];
    let mut separator = " ";
    for (orders, style, text) in parts.into_iter().filter(|(orders, ..)| *orders > 0) {
        flow.add(
            separator,
            Piece::new(style, &format!("{} {text}", grouped(orders))),
        );
        separator = " · ";
    }
    flow.maybe(" · ", Piece::dim("ordersift worklist"));
    flow
}

/// The late shipment rate, as far as it is known; `None` where no order bears on it.
pub(super) fn late_rate(document: &Document) -> Option<Flow> {
    /// Amazon's target, in millionths.
    const TARGET: i128 = 40_000;
    let table = document.table("late_rate")?;
    let column = |name: &str| table.index(name);
    let (days, low, high) = (
        column("window_days")?,
        column("late_rate_low")?,
        column("late_rate_high_today")?,
    );
    let mut flow = Flow::default();
    for row in 0..table.height() {
        let (Cell::Count(days), Cell::Share(low), Cell::Share(high)) = (
            table.cell(row, days),
            table.cell(row, low),
            table.cell(row, high),
        ) else {
            continue;
        };
        let style = if low >= TARGET {
            RED
        } else if high >= TARGET {
            YELLOW
        } else {
            Style::new()
        };
        let rate = if low == high {
            percent_of_millionths(low)
        } else {
            format!(
                "{} to {}",
                percent_of_millionths(low),
                percent_of_millionths(high)
            )
        };
        let separator = if flow.is_empty() { "" } else { " · " };
        flow.add(
            separator,
            Piece::new(style, &format!("{days} days: {rate}")),
        );
    }
    if flow.is_empty() {
        return None;
    }
    flow.dot(Piece::plain("target under 4 %"));
    flow.maybe(" · ", Piece::dim("--table late_rate"));
    Some(flow)
}

/// Orders in the buckets that match.
fn orders(document: &Document, matches: impl Fn(&str) -> bool) -> i64 {
    let Some(table) = document.table("late") else {
        return 0;
    };
    let Some(column) = table.index("orders") else {
        return 0;
    };
    let of = |row: usize| match (table.cell(row, 0), table.cell(row, column)) {
        (Cell::Text(bucket), Cell::Count(orders)) if matches(bucket) => orders,
        _ => 0,
    };
    (0..table.height()).map(of).sum()
}

/// Whose 23:59 it is: with several marketplaces, each its own.
fn clock(document: &Document) -> String {
    let mut offsets: Vec<&str> = Vec::new();
    if let Some(table) = document.table("late") {
        let promise = table.index("oldest_promise");
        offsets.extend(
            (0..table.height()).filter_map(|row| match table.cell(row, promise?) {
                Cell::Text(promise) if promise.contains('T') => {
                    promise.get(promise.len().saturating_sub(6)..)
                }
                _ => None,
            }),
        );
    }
    offsets.dedup();
    if offsets.len() > 1 {
        "local time".to_owned()
    } else {
        city(document)
    }
}
