//! The sentences of verdicts.

use crate::overview::{LateRateWindow, Matter, Overview, Severity};
use crate::table::Document;

use crate::write::number::count;
use crate::write::sanitize::safe;
use crate::write::screen::Piece;
use crate::write::wrap::Flow;

use super::head::{capital, clock, ended};
use super::{account, backlog, findings, gaps, rates, unusual};

/// Verdicts that are told in sight; the others are folded below them.
const TOLD: usize = 5;

/// A verdict as a reader is told it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct ToldVerdict {
    pub(in super::super) severity: Severity,
    /// What it is, in a sentence without a full stop.
    pub(in super::super) text: String,
    /// The table that proves it, or `gates`.
    pub(in super::super) evidence: &'static str,
}

/// The verdicts of a document.
#[derive(Debug, Default)]
pub(in super::super) struct Verdicts {
    /// The worst ones, the worst first.
    pub(in super::super) told: Vec<ToldVerdict>,
    /// The others, the worst first.
    pub(in super::super) others: Vec<ToldVerdict>,
}

/// What needs a person now. Nothing in a comparison.
pub(in super::super) fn verdicts(document: &Document, overview: &Overview) -> Verdicts {
    let told = |matter: Matter<'_>| capital(&text(document, overview, matter));
    let verdicts = overview.verdicts(&document.gates).into_iter();
    let mut all: Vec<ToldVerdict> = verdicts
        .map(|verdict| ToldVerdict {
            severity: verdict.severity,
            text: told(verdict.matter),
            evidence: verdict.matter.evidence(),
        })
        .collect();
    let others = all.split_off(TOLD.min(all.len()));
    Verdicts { told: all, others }
}

fn text(document: &Document, overview: &Overview, matter: Matter<'_>) -> String {
    let orders = |orders: i64, what: &str| format!("{} {what}", count(orders, "order"));
    match matter {
        Matter::FailedGate(gate) => {
            let text = format!("--fail-if {}: it is {}", gate.condition, gate.found);
            safe(&text).into_owned()
        }
        Matter::PastCancelBy(late) => orders(late, "past the day on which Amazon cancels"),
        Matter::Overdue(late) => orders(late, "overdue"),
        Matter::DueToday(due) => {
            let open = overview.shipping.open_orders.as_ref();
            let clock = open.map_or_else(String::new, |open| clock(document, open));
            orders(due, &format!("due today by 23:59 {clock}"))
        }
        Matter::LateRate(window) => late_rate(window),
        Matter::Account => of_note("Account: ", account::account(overview)),
        Matter::Returns => of_note("Returns to answer: ", account::returns(overview)),
        Matter::Gaps => of_note("", gaps::gaps(overview)),
        Matter::Pending => of_note("Pending orders: ", account::pending(overview)),
        Matter::Anomalies => of_note("Unusual: ", unusual::unusual(overview)),
        Matter::HighRates => of_note("Stands out: ", rates::rates(overview)),
        Matter::Stale(files) => format!("{}: add the newest one", ended(files)),
        Matter::Rejects(_) => findings::rejects(&overview.data),
        Matter::Check(check, cases) => findings::struck(&overview.data, check, cases),
    }
}

fn late_rate(window: &LateRateWindow) -> String {
    let (low, high) = window.today().unwrap_or_default();
    let rate = backlog::range(low, high);
    format!("late rate {rate} in {} days, target under 4 %", window.days)
}

/// The pieces of a note that are told in red or yellow, the first two of them.
fn of_note(label: &str, flow: Option<Flow>) -> String {
    const NAMED: usize = 2;
    let flow = flow.unwrap_or_default();
    let pieces = flow.pieces().map(|(_, piece)| piece);
    let struck: Vec<&str> = pieces
        .filter(|piece| matches!(piece.tone(), Some("bad" | "warn")))
        .map(Piece::text)
        .collect();
    let more = match struck.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let named = &struck[..NAMED.min(struck.len())];
    format!("{label}{}{more}", named.join(" \u{b7} "))
}
