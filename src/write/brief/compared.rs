//! The notes of a comparison: days, top movers, sales per day, cancelled orders.

use crate::overview::{ComparedMover, Overview, SalesPerDay};
use crate::table::Compared;

use super::super::number::{change, money, percent_of_millionths};
use super::super::screen::{Piece, YELLOW};
use crate::write::sanitize::cut;
use crate::write::wrap::Flow;

/// So much of a SKU is shown in a line.
const WIDTH: usize = 24;
/// So many SKUs are named in a line, up and down.
const NAMED: usize = 3;

/// `+374.97`.
pub(in super::super) fn more(mover: &ComparedMover) -> String {
    let sign = if mover.difference() > 0 { "+" } else { "" };
    format!("{sign}{}", money(mover.difference(), mover.decimals))
}

/// The notes, each with its label.
pub(super) fn notes(overview: &Overview, compared: &Compared) -> Vec<(&'static str, Flow)> {
    let mut notes = Vec::new();
    for (label, side) in [("Then", &compared.then), ("Now", &compared.now)] {
        let text = side.to_string();
        let mut flow = Flow::default();
        flow.add(
            "",
            if side.partial {
                Piece::new(YELLOW, &text)
            } else {
                Piece::plain(&text)
            },
        );
        notes.push((label, flow));
    }
    let Some(figures) = &overview.demand.comparison else {
        return notes;
    };
    notes.extend(per_day(&figures.per_day).map(|flow| ("A day", flow)));
    for (label, movers) in [("Up", &figures.up), ("Down", &figures.down)] {
        let mut flow = Flow::default();
        for mover in movers.iter().take(NAMED) {
            let mark = match mover.mark.as_str() {
                "" => String::new(),
                mark => format!(" ({mark})"),
            };
            let sku = cut(&mover.sku, WIDTH);
            let a_day = if compared.even() { "" } else { " a day" };
            let text = format!("{sku} {} {}{a_day}{mark}", mover.currency, more(mover));
            flow.item(Piece::plain(&text));
        }
        if !flow.is_empty() {
            notes.push((label, flow));
        }
    }
    notes.extend(
        figures
            .cancelled
            .map(|shares| ("Cancelled", cancelled(shares))),
    );
    notes
}

/// Sales per day, in whole ten-thousandths.
pub(in super::super) fn a_day(sales: i128, days: i64) -> i128 {
    let days = i128::from(days.max(1));
    let half = if sales < 0 { -days } else { days };
    (2 * sales + half) / (2 * days)
}

/// What all sold a day, by currency.
fn per_day(currencies: &[SalesPerDay]) -> Option<Flow> {
    let mut flow = Flow::default();
    for sold in currencies {
        let [now, then] = sold.sales;
        let changed = match change(now, then).1 {
            changed if changed.is_empty() => changed,
            changed => format!(" ({changed})"),
        };
        let [now, then] = sold.sales.map(|sales| money(sales, sold.decimals));
        let text = format!("{} {now}, {then} then{changed}", sold.currency);
        flow.item(Piece::plain(&text));
    }
    (!flow.is_empty()).then_some(flow)
}

/// The part of all orders that were cancelled.
fn cancelled(shares: [i128; 2]) -> Flow {
    let [now, then] = shares.map(percent_of_millionths);
    let mut flow = Flow::default();
    let text = format!("{now} of orders placed, {then} then");
    flow.add("", Piece::plain(&text));
    flow
}
