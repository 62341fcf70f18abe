//! The sentences of the first screen, for every format: sales, orders to ship, data status, findings.
//!
//! This is content; how it looks is the writer's: `terminal` breaks it into lines, `html` into a page, `xlsx` into cells.

mod account;
mod backlog;
mod block;
mod compared;
mod converted;
mod data_status;
mod findings;
mod gaps;
mod head;
mod incomplete;
mod measures;
mod nothing;
mod part;
mod rates;
mod span;
mod top_movers;
mod unusual;
mod verdicts;

use crate::overview::Overview;
use crate::table::{Document, Subject};

use crate::write::wrap::Flow;

pub(super) use backlog::{known_of, late_rate, range, to_ship};
pub(super) use block::{fold, totals};
pub(super) use compared::{a_day, more};
pub(super) use head::{as_of, capital, clock, ended, judged, read};
pub(super) use measures::{Change, Measure, Value};
pub(super) use nothing::{no_open_orders, no_sales};
pub(super) use part::{Missing, filled, missing, parts, tells};
pub(super) use span::{days_before, headings};
pub(super) use verdicts::{Verdicts, verdicts};

/// Something to say under a label.
#[derive(Debug)]
pub(super) struct Note {
    pub(super) label: &'static str,
    pub(super) flow: Flow,
}

/// Days that the files do not hold, to be said before sales; `None` if there are none.
pub(super) fn gaps(overview: &Overview) -> Option<Note> {
    let flow = gaps::gaps(overview)?;
    let label = "Gaps";
    Some(Note { label, flow })
}

/// The gates, where all orders stand, what must ship, whether the lines add up.
pub(super) fn notes(document: &Document, overview: &Overview) -> Vec<Note> {
    let note = |label, flow| Note { label, flow };
    if let Some(compared) = &document.compared {
        let notes = compared::notes(overview, compared).into_iter();
        let all = converted::converted(overview).map(|flow| ("Converted", flow));
        let data = ("Data", data_status::control(overview));
        return notes
            .chain(all)
            .chain([data])
            .map(|(label, flow)| note(label, flow))
            .collect();
    }
    let mut notes: Vec<Note> = data_status::gates(document)
        .map(|flow| note("Gates", flow))
        .into_iter()
        .collect();
    notes.extend(converted::converted(overview).map(|flow| note("Converted", flow)));
    notes.extend(incomplete::per_day(overview).map(|flow| note("A day", flow)));
    notes.extend(data_status::status(overview).map(|flow| note("Status", flow)));
    notes.extend(top_movers::moved(overview).map(|flow| note("Top movers", flow)));
    notes.extend(unusual::unusual(overview).map(|flow| note("Unusual", flow)));
    notes.push(note("To ship", backlog::to_ship(document, overview)));
    if !overview.shipping.account.states_late_rate() {
        notes.extend(backlog::late_rate(overview).map(|flow| note("Late rate", flow)));
    }
    notes.extend(account::account(overview).map(|flow| note("Account", flow)));
    notes.extend(account::pending(overview).map(|flow| note("Pending", flow)));
    notes.extend(account::returns(overview).map(|flow| note("Returns", flow)));
    notes.extend(rates::rates(overview).map(|flow| note("Rates", flow)));
    notes.push(note("Data", data_status::control(overview)));
    notes
}

/// What to look at next, each with what to do.
pub(super) fn findings(document: &Document, overview: &Overview) -> Vec<(String, &'static str)> {
    if document.compared.is_some() {
        return Vec::new();
    }
    findings::findings(overview)
}

/// That the unshipped files are older than the report; `None` if they are not.
pub(super) fn backlog_is_older(overview: &Overview) -> Option<String> {
    head::older(overview, Subject::Backlog)
}

/// That the all-orders files are older than the report; `None` if they are not.
pub(super) fn orders_are_older(overview: &Overview) -> Option<String> {
    head::older(overview, Subject::Orders)
}
