//! What has to leave.

use anstyle::Style;

use crate::table::Subject;
use crate::table::{Cell, Document, Table};

use super::super::flow::Flow;
use super::super::number::{count, grouped, percent_of_millionths};
use super::super::screen::{DIM, Piece, RED, YELLOW};
use super::head::{city, older};

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
        if let Some(older) = older(document, Subject::Backlog) {
            flow.dot(Piece::plain(&older));
        }
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
    if let Some(older) = older(document, Subject::Backlog) {
        flow.dot(Piece::plain(&older));
    }
    flow.maybe(" · ", Piece::dim("ordersift worklist"));
    flow
}

/// The late shipment rate, as far as it is known; `None` where no order bears on it.
pub(super) fn late_rate(document: &Document) -> Option<Flow> {
    let table = document.table("late_rate")?;
    let windows: Vec<Window> = (0..table.height())
        .filter_map(|row| Window::of(table, row))
        .collect();
    let first = windows.first()?;
    let mut flow = Flow::default();
    if windows.iter().all(|window| window.rate.is_none()) {
        let days: Vec<String> = windows
            .iter()
            .map(|window| window.days.to_string())
            .collect();
        let alike = windows.iter().all(|window| window.orders == first.orders);
        let none = if alike {
            first.none_due()
        } else {
            "no order was due yet".to_owned()
        };
        let text = format!("unknown in {} days: {none}", days.join(" and in "));
        flow.add("", Piece::plain(&text));
    } else {
        let alike = windows
            .iter()
            .all(|window| window.rate.is_some() && window.known_of() == first.known_of());
        for window in &windows {
            let beside = window.known_of().filter(|_| !alike);
            let beside = beside.map_or_else(String::new, |known| format!(" ({known})"));
            let (style, text) = window.shown();
            let separator = if flow.is_empty() { "" } else { " · " };
            let text = format!("{} days: {text}{beside}", window.days);
            flow.add(separator, Piece::new(style, &text));
        }
        if let Some(known) = first.known_of().filter(|_| alike) {
            flow.dot(Piece::new(YELLOW, &known));
        }
        flow.dot(Piece::plain("target under 4 %"));
    }
    if let Some(older) = older(document, Subject::Orders) {
        flow.dot(Piece::plain(&older));
    }
    flow.maybe(" · ", Piece::dim("--table late_rate"));
    Some(flow)
}

/// A window of the late shipment rate.
struct Window {
    days: i64,
    orders: i64,
    /// At least and at most, in millionths; `None` if no order was due yet.
    rate: Option<(i128, i128)>,
    /// The part of all orders that is known of, where all-orders files cover any of the days.
    coverage: Option<i128>,
}

impl Window {
    /// A row of the table; `None` if the window holds no order.
    fn of(table: &Table, row: usize) -> Option<Self> {
        let cell = |name: &str| Some(table.cell(row, table.index(name)?));
        let share = |name: &str| match cell(name) {
            Some(Cell::Share(share)) => Some(share),
            _ => None,
        };
        let (Cell::Count(days), Cell::Count(orders @ 1..)) =
            (cell("window_days")?, cell("orders")?)
        else {
            return None;
        };
        Some(Self {
            days,
            orders,
            rate: share("late_rate_low").zip(share("late_rate_high_today")),
            coverage: share("coverage"),
        })
    }

    fn none_due(&self) -> String {
        format!("none of {} was due yet", count(self.orders, "order"))
    }

    fn shown(&self) -> (Style, String) {
        /// Amazon's target, in millionths.
        const TARGET: i128 = 40_000;
        let Some((low, high)) = self.rate else {
            return (Style::new(), format!("unknown ({})", self.none_due()));
        };
        let style = if low >= TARGET {
            RED
        } else if high >= TARGET {
            YELLOW
        } else {
            Style::new()
        };
        let [least, most] = [low, high].map(percent_of_millionths);
        let rate = if low == high {
            least
        } else {
            format!("{least} to {most}")
        };
        (style, rate)
    }

    /// What part of all orders the rate is known of, where that is less than four fifths.
    fn known_of(&self) -> Option<String> {
        /// In millionths.
        const ENOUGH: i128 = 800_000;
        self.rate?;
        match self.coverage {
            None => Some("no all-orders file covers these days".to_owned()),
            Some(part) if part < ENOUGH => Some(format!(
                "known of {} of orders",
                percent_of_millionths(part)
            )),
            Some(_) => None,
        }
    }
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
