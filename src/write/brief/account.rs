//! Account health as Amazon states it, pending orders, and return requests.

use std::collections::BTreeMap;

use anstyle::Style;

use crate::table::Subject;
use crate::table::{Cell, Document};

use super::super::number::{count, grouped, percent_of_millionths};
use super::super::screen::{Piece, RED, YELLOW};
use super::head::older;
use crate::write::wrap::Flow;

/// Amazon's own verdict, from its account-health report; `None` without one.
pub(super) fn account(document: &Document) -> Option<Flow> {
    let table = document.table("health")?;
    let mut flow = Flow::default();
    let rows = |metric: &'static str| {
        (0..table.height()).filter(move |row| table.text(*row, "metric") == metric)
    };
    for row in rows("account_status") {
        let (status, market) = (table.text(row, "rating"), table.text(row, "marketplace"));
        let style = if status == "NORMAL" {
            Style::new()
        } else {
            RED
        };
        let separator = if flow.is_empty() { "" } else { " \u{b7} " };
        flow.add(
            separator,
            Piece::new(style, &format!("{status} ({market})")),
        );
    }
    for row in 0..table.height() {
        let (metric, bad) = (
            table.text(row, "metric"),
            table.text(row, "rating") == "BAD",
        );
        let exact = table.text(row, "basis") == "exact";
        if !exact || !bad && metric != "late_shipment_rate" {
            continue;
        }
        let name = metric.replace('_', " ");
        let days = table.text(row, "window_days");
        let rate = match table.cell(row, table.index("high")?) {
            Cell::Share(rate) => format!(" {}", percent_of_millionths(rate)),
            _ => String::new(),
        };
        let target = table.text(row, "target");
        let separator = if flow.is_empty() { "" } else { " \u{b7} " };
        flow.add(
            separator,
            Piece::new(
                if bad { RED } else { Style::new() },
                &format!("{name}{rate} in {days} days, target {target}"),
            ),
        );
    }
    if flow.is_empty() {
        return None;
    }
    flow.maybe(" \u{b7} ", Piece::dim("--table health"));
    Some(flow)
}

/// Whether Amazon itself gives the late shipment rate, which replaces ours.
pub(super) fn tells_late_rate(document: &Document) -> bool {
    document.table("health").is_some_and(|table| {
        (0..table.height()).any(|row| {
            table.text(row, "metric") == "late_shipment_rate" && table.text(row, "basis") == "exact"
        })
    })
}

/// Returns that wait for an answer, and claims; `None` if there are none.
pub(super) fn returns(document: &Document) -> Option<Flow> {
    let table = document.table("returns")?;
    let rows = |is: &dyn Fn(usize) -> bool| (0..table.height()).filter(|row| is(*row)).count();
    let waiting = rows(&|row| !table.text(row, "answer_by").is_empty());
    let overdue = rows(&|row| table.text(row, "answer_overdue") == "true");
    let claims = rows(&|row| table.text(row, "claim") == "true");
    if waiting + claims == 0 {
        return came_back(document);
    }
    let mut flow = Flow::default();
    flow.add("", Piece::plain(&format!("{} to answer", grouped(waiting))));
    if overdue > 0 {
        let overdue = format!("{} for more than a day", grouped(overdue));
        flow.add(": ", Piece::new(RED, &overdue));
    }
    if claims > 0 {
        let claims = count(i128::try_from(claims).unwrap_or(i128::MAX), "A-to-z claim");
        flow.dot(Piece::new(YELLOW, &claims));
    }
    if let Some(older) = older(document, Subject::Returns) {
        flow.dot(Piece::plain(&older));
    }
    flow.maybe(" \u{b7} ", Piece::dim("--table returns"));
    Some(flow)
}

/// What came back, and the commonest reason.
fn came_back(document: &Document) -> Option<Flow> {
    let table = document.table("returned_units")?;
    let mut reasons: BTreeMap<String, i64> = BTreeMap::new();
    for row in 0..table.height() {
        let units = table.text(row, "units").parse::<i64>().unwrap_or(0);
        *reasons.entry(table.text(row, "return_reason")).or_default() += units;
    }
    let all: i64 = reasons.values().sum();
    let (reason, most) = reasons.into_iter().rev().max_by_key(|(_, units)| *units)?;
    let mut flow = Flow::default();
    flow.add("", Piece::plain(&count(all, "unit")));
    if !reason.is_empty() {
        flow.add(
            ", ",
            Piece::plain(&format!("{} of them {reason}", grouped(most))),
        );
    }
    flow.maybe(" \u{b7} ", Piece::dim("--table returned_units"));
    Some(flow)
}

/// Merchant orders whose payment takes longer than it should; `None` if there are none. Half an hour is no reason to look.
pub(super) fn pending(document: &Document) -> Option<Flow> {
    let table = document.table("pending")?;
    let mut flow = Flow::default();
    for (age, style, words) in [
        ("beyond_maximum", RED, "over 21 days, Amazon's maximum"),
        ("payment_trouble", YELLOW, "over 24 hours"),
    ] {
        let of_age = (0..table.height()).filter(|row| table.text(*row, "age") == age);
        let orders: i64 = of_age
            .filter_map(|row| table.text(row, "orders").parse::<i64>().ok())
            .sum();
        if orders > 0 {
            let separator = if flow.is_empty() { "" } else { " \u{b7} " };
            flow.add(
                separator,
                Piece::new(style, &format!("{} {words}", grouped(orders))),
            );
        }
    }
    if flow.is_empty() {
        return None;
    }
    flow.maybe(" \u{b7} ", Piece::dim("do not ship these"));
    if let Some(older) = older(document, Subject::Orders) {
        flow.dot(Piece::plain(&older));
    }
    Some(flow)
}
