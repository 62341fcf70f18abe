//! Orders by status, gates, and control totals.

use std::collections::BTreeMap;

use crate::overview::Overview;
use crate::table::{Cell, Document};

use crate::write::number::{count, grouped, money, share};
use crate::write::screen::{GREEN, Piece, RED, YELLOW};
use crate::write::wrap::Flow;

/// Groups that are always named; the others where there is room. All are in the table.
const GROUPS: usize = 3;

/// The gates that were asked for, those that failed first.
pub(super) fn gates(document: &Document) -> Option<Flow> {
    let mut flow = Flow::default();
    for (place, gate) in document.gates.iter().enumerate() {
        let (style, word) = if gate.failed {
            (RED, "failed")
        } else {
            (GREEN, "passed")
        };
        let text = format!("{word}: {} (it is {})", gate.condition, gate.found);
        flow.add(
            if place == 0 { "" } else { " · " },
            Piece::new(style, &text),
        );
    }
    (!document.gates.is_empty()).then_some(flow)
}

/// The share of every status group in all orders.
pub(super) fn status(document: &Document, overview: &Overview) -> Option<Flow> {
    let totals = overview.totals.as_ref()?;
    let all: i64 = totals.statuses.iter().map(|(_, orders)| orders).sum();
    if all == 0 {
        return None;
    }
    let mut flow = Flow::default();
    flow.add("", Piece::plain(&format!("{}:", count(all, "order"))));
    for (place, (group, orders)) in totals.statuses.iter().enumerate() {
        let piece = Piece::plain(&format!(
            "{} {}",
            share(*orders, all),
            group.replace('_', " ")
        ));
        match place {
            0 => flow.add(" ", piece),
            1..GROUPS => flow.dot(piece),
            _ => flow.maybe(" · ", piece),
        }
    }
    if totals.unpriced_units_of_amazon > 0 {
        flow.dot(Piece::dim(&format!(
            "{} not priced yet{}",
            count(totals.unpriced_units_of_amazon, "unit"),
            estimate(document)
        )));
    }
    Some(flow)
}

/// What they may be worth, where an estimate was asked for and there is anything to go by.
fn estimate(document: &Document) -> String {
    let Some(table) = document.table("pending_estimate") else {
        return String::new();
    };
    let mut worth: BTreeMap<String, (i128, usize)> = BTreeMap::new();
    let (mut with, mut without) = (0, 0);
    for row in 0..table.height() {
        let cell = |column: &str| {
            table
                .index(column)
                .map_or(Cell::Absent, |column| table.cell(row, column))
        };
        match (cell("estimated_sales"), cell("unpriced_units")) {
            (Cell::Money(value, decimals), Cell::Count(units)) => {
                with += units;
                let sum = worth.entry(table.text(row, "currency")).or_default();
                *sum = (sum.0 + value, decimals);
            }
            (_, Cell::Count(units)) => without += units,
            _ => {}
        }
    }
    if worth.is_empty() {
        return String::new();
    }
    let worth: Vec<String> = worth
        .into_iter()
        .map(|(currency, (value, decimals))| format!("{currency} {}", money(value, decimals)))
        .collect();
    let of = match without {
        0 => String::new(),
        _ => format!(" for {} of them", grouped(with)),
    };
    format!(", about {} (estimate{of})", worth.join(" + "))
}

/// The control totals.
pub(super) fn control(document: &Document) -> Flow {
    let control = document.control;
    let mut flow = Flow::default();
    flow.add(
        "",
        Piece::plain(&format!("{} read", count(control.lines_read, "line"))),
    );
    flow.add(
        " = ",
        Piece::plain(&format!("{} kept", grouped(control.kept))),
    );
    flow.add(
        " + ",
        Piece::plain(&format!("{} superseded", grouped(control.superseded))),
    );
    flow.add(
        " + ",
        Piece::plain(&format!("{} repeated", grouped(control.repeated))),
    );
    let rejected = format!("{} rejected", grouped(control.rejected));
    flow.add(
        " + ",
        if control.rejected > 0 {
            Piece::new(YELLOW, &rejected)
        } else {
            Piece::plain(&rejected)
        },
    );
    if !control.adds_up() {
        flow.dot(Piece::new(RED, "this does not add up"));
    }
    flow
}
