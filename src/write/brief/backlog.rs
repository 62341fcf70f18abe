//! Orders to ship, and the late shipment rate.

use anstyle::Style;

use crate::overview::{LateRateWindow, Overview, Severity};
use crate::table::{Document, Subject};

use super::super::number::{count, grouped, percent_of_millionths};
use super::super::screen::{DIM, Piece, RED, YELLOW};
use super::head::{clock, older};
use super::nothing::no_open_orders;
use crate::write::wrap::Flow;

/// The orders that are open, most urgent first.
pub(in super::super) fn to_ship(document: &Document, overview: &Overview) -> Flow {
    let mut flow = Flow::default();
    let read = document
        .kinds
        .iter()
        .any(|(kind, files)| *kind == "unshipped" && *files > 0);
    if !read {
        flow.add("", Piece::new(DIM, no_open_orders(document)));
        return flow;
    }
    let open = overview.shipping.open_orders.clone().unwrap_or_default();
    if open.all() == 0 {
        flow.add("", Piece::plain(no_open_orders(document)));
        if let Some(older) = older(overview, Subject::Backlog) {
            flow.dot(Piece::plain(&older));
        }
        return flow;
    }
    flow.add(
        "",
        Piece::plain(&format!("{}:", count(open.all(), "order"))),
    );
    // With several marketplaces, each has its own midnight.
    let clock = clock(document, &open);
    let parts = [
        (
            open.past_cancel_by,
            RED,
            "past the day Amazon cancels".to_owned(),
        ),
        (open.overdue, RED, "overdue".to_owned()),
        (
            open.due_today,
            YELLOW,
            format!("due today by 23:59 {clock}"),
        ),
        (open.due_tomorrow, Style::new(), "due tomorrow".to_owned()),
        (open.later, Style::new(), "later".to_owned()),
        (
            open.no_promise,
            Style::new(),
            "without a promise".to_owned(),
        ),
        (
            open.on_hold,
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
    if let Some(older) = older(overview, Subject::Backlog) {
        flow.dot(Piece::plain(&older));
    }
    flow.maybe(" · ", Piece::dim("ordersift worklist"));
    flow
}

/// The late shipment rate, as far as it is known; `None` where no order bears on it.
pub(in super::super) fn late_rate(overview: &Overview) -> Option<Flow> {
    let windows = overview.shipping.late_rate.iter();
    let windows: Vec<&LateRateWindow> = windows.filter(|window| window.orders > 0).collect();
    let first = windows.first()?;
    let mut flow = Flow::default();
    if windows.iter().all(|window| window.today().is_none()) {
        let days: Vec<String> = windows
            .iter()
            .map(|window| window.days.to_string())
            .collect();
        let alike = windows.iter().all(|window| window.orders == first.orders);
        let none = if alike {
            none_due(first)
        } else {
            "no order was due yet".to_owned()
        };
        let text = format!("unknown in {} days: {none}", days.join(" and in "));
        flow.add("", Piece::plain(&text));
    } else {
        let alike = windows
            .iter()
            .all(|window| window.today().is_some() && known_of(window) == known_of(first));
        for window in &windows {
            let beside = known_of(window).filter(|_| !alike);
            let beside = beside.map_or_else(String::new, |known| format!(" ({known})"));
            let (style, text) = shown(window);
            let separator = if flow.is_empty() { "" } else { " · " };
            let text = format!("{} days: {text}{beside}", window.days);
            flow.add(separator, Piece::new(style, &text));
        }
        if let Some(known) = known_of(first).filter(|_| alike) {
            flow.dot(Piece::new(YELLOW, &known));
        }
        flow.dot(Piece::plain("target under 4 %"));
    }
    if let Some(older) = older(overview, Subject::Orders) {
        flow.dot(Piece::plain(&older));
    }
    flow.with_table("late_rate")
}

fn none_due(window: &LateRateWindow) -> String {
    format!("none of {} was due yet", count(window.orders, "order"))
}

/// The rate of a window in its style.
fn shown(window: &LateRateWindow) -> (Style, String) {
    let Some((low, high)) = window.today() else {
        return (Style::new(), format!("unknown ({})", none_due(window)));
    };
    let style = match window.over_target() {
        Some(Severity::Bad) => RED,
        Some(Severity::Warning) => YELLOW,
        None => Style::new(),
    };
    (style, range(low, high))
}

/// Two rates in millionths as a range: `2.1 % to 3.4 %`, or as one if they are the same.
pub(in super::super) fn range(low: i128, high: i128) -> String {
    let [least, most] = [low, high].map(percent_of_millionths);
    if low == high {
        least
    } else {
        format!("{least} to {most}")
    }
}

/// The share of orders whose lateness is known, if it is less than four fifths.
pub(in super::super) fn known_of(window: &LateRateWindow) -> Option<String> {
    /// In millionths.
    const ENOUGH: i128 = 800_000;
    window.today()?;
    match window.coverage {
        None => Some("no all-orders file covers these days".to_owned()),
        Some(part) if part < ENOUGH => Some(format!(
            "known for {} of orders",
            percent_of_millionths(part)
        )),
        Some(_) => None,
    }
}
