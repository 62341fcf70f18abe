//! Orders by status, gates, and control totals.

use crate::overview::{DemandTotals, Overview};
use crate::table::Document;

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
pub(super) fn status(overview: &Overview) -> Option<Flow> {
    let totals = overview.demand.totals.as_ref()?;
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
            estimate(totals)
        )));
    }
    Some(flow)
}

/// What they may be worth, where an estimate was asked for and there is anything to go by.
fn estimate(totals: &DemandTotals) -> String {
    let Some(estimate) = &totals.pending_estimate else {
        return String::new();
    };
    let worth = estimate.worth.iter();
    let worth = worth
        .map(|(currency, (value, decimals))| format!("{currency} {}", money(*value, *decimals)));
    let worth: Vec<String> = worth.collect();
    let of = match estimate.units_without {
        0 => String::new(),
        _ => format!(" for {} of them", grouped(estimate.units)),
    };
    format!(", about {} (estimate{of})", worth.join(" + "))
}

/// The control totals.
pub(super) fn control(overview: &Overview) -> Flow {
    let control = overview.data.control;
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
