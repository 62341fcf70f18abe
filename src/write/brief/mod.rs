//! What a report says first, in any format: what sold, what must ship, whether the data is sound, what to look at next.
//!
//! This is content; how it looks is the writer's: `terminal` breaks it into lines, `html` into a page, `xlsx` into cells.

mod account;
mod backlog;
mod block;
mod compared;
mod converted;
mod gaps;
mod head;
mod incomplete;
mod look;
mod moved;
mod rates;
mod sales;
mod sound;
mod span;
mod unusual;

use crate::table::Document;

use super::flow::Flow;
use super::screen::Period;

pub(super) use block::{fold, totals};
pub(super) use compared::{Mover, a_day, movers};
pub(super) use head::{as_of, judged, older, read};
pub(super) use sales::{PERIODS, Sold, Sums, of_sides};
pub(super) use span::Span;

/// What sold in a period.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) span: Span,
    pub(super) sold: Vec<Sold>,
    /// `false` if no period is covered whole, and all of the data is shown instead.
    pub(super) complete: bool,
}

impl Block {
    /// The last complete period; `None` if there is no order.
    pub(super) fn of(document: &Document, by: Period) -> Option<Self> {
        if let Some((span, mut sold)) = sales::of_sides(document) {
            if span.before.is_none() {
                for row in &mut sold {
                    row.series.remove(0);
                }
            }
            return Some(Self {
                span,
                sold,
                complete: true,
            });
        }
        let period = sales::of_period(document, by);
        let complete = period.is_some();
        let (span, sold) = period.or_else(|| sales::of_all(document))?;
        Some(Self {
            span,
            sold,
            complete,
        })
    }
}

/// Something to say under a label.
#[derive(Debug)]
pub(super) struct Note {
    pub(super) label: &'static str,
    pub(super) flow: Flow,
}

/// Days that the files do not hold, to be said before what sold; `None` if there are none.
pub(super) fn gaps(document: &Document, by: Period) -> Option<Note> {
    let flow = gaps::gaps(document, by)?;
    let label = "Gaps";
    Some(Note { label, flow })
}

/// The gates, where all orders stand, what must ship, whether the lines add up.
pub(super) fn notes(document: &Document, by: Period) -> Vec<Note> {
    let note = |label, flow| Note { label, flow };
    if let Some(compared) = &document.compared {
        let notes = compared::notes(document, compared).into_iter();
        let all = converted::converted(document, by).map(|flow| ("Converted", flow));
        let data = ("Data", sound::control(document));
        return notes
            .chain(all)
            .chain([data])
            .map(|(label, flow)| note(label, flow))
            .collect();
    }
    let mut notes: Vec<Note> = sound::gates(document)
        .map(|flow| note("Gates", flow))
        .into_iter()
        .collect();
    notes.extend(converted::converted(document, by).map(|flow| note("Converted", flow)));
    notes.extend(incomplete::per_day(document, by).map(|flow| note("A day", flow)));
    notes.extend(sound::status(document).map(|flow| note("Status", flow)));
    notes.extend(moved::moved(document, by).map(|flow| note("Top movers", flow)));
    notes.extend(unusual::unusual(document).map(|flow| note("Unusual", flow)));
    notes.push(note("To ship", backlog::to_ship(document)));
    if !account::tells_late_rate(document) {
        notes.extend(backlog::late_rate(document).map(|flow| note("Late rate", flow)));
    }
    notes.extend(account::account(document).map(|flow| note("Account", flow)));
    notes.extend(account::pending(document).map(|flow| note("Pending", flow)));
    notes.extend(account::returns(document).map(|flow| note("Returns", flow)));
    notes.extend(rates::rates(document).map(|flow| note("Rates", flow)));
    notes.push(note("Data", sound::control(document)));
    notes
}

/// What to look at next, each with what to do.
pub(super) fn findings(document: &Document) -> Vec<(String, &'static str)> {
    if document.compared.is_some() {
        return Vec::new();
    }
    look::findings(document)
}
