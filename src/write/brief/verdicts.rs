//! Verdicts: what needs a person now, the worst first, each with the table that proves it.

use crate::overview::{LateRateWindow, Overview};
use crate::table::{Document, Subject};

use crate::write::number::count;
use crate::write::sanitize::safe;
use crate::write::wrap::Flow;

use super::head::{capital, clock, older};
use super::{account, backlog, findings, gaps, rates, unusual};

/// Verdicts that are told in sight; the others are folded below them.
const TOLD: usize = 5;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Severity {
    /// It costs money or the account now.
    Bad,
    /// It should be looked at.
    Warning,
}

/// Something that needs a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Verdict {
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
    pub(in super::super) told: Vec<Verdict>,
    /// The others, the worst first.
    pub(in super::super) others: Vec<Verdict>,
}

/// What needs a person now. Nothing in a comparison: it has no moment that is now.
pub(in super::super) fn verdicts(document: &Document, overview: &Overview) -> Verdicts {
    if document.compared.is_some() {
        return Verdicts::default();
    }
    let mut all: Vec<Verdict> = gates(document).collect();
    all.extend(open_orders(document, overview));
    all.extend(late_rate(document, overview));
    let noted = [
        (account::account(document), "Account: ", "health"),
        (account::returns(document), "Returns to answer: ", "returns"),
        (gaps::gaps(document, overview), "", "coverage"),
        (account::pending(document), "Pending orders: ", "pending"),
        (unusual::unusual(document), "Unusual: ", "anomalies"),
        (
            rates::rates(document),
            "Stands out: ",
            "cancellations_and_returns",
        ),
    ];
    for (flow, label, evidence) in noted {
        all.extend(flow.and_then(|flow| of_note(&flow, label, evidence)));
    }
    all.extend(stale(document));
    all.extend(findings::found(document).map(|(text, evidence)| warning(text, evidence)));
    all.sort_by_key(|verdict| verdict.severity);
    for verdict in &mut all {
        verdict.text = capital(&verdict.text);
    }
    let others = all.split_off(TOLD.min(all.len()));
    Verdicts { told: all, others }
}

fn bad(text: String, evidence: &'static str) -> Verdict {
    let severity = Severity::Bad;
    Verdict {
        severity,
        text,
        evidence,
    }
}

fn warning(text: String, evidence: &'static str) -> Verdict {
    let severity = Severity::Warning;
    Verdict {
        severity,
        text,
        evidence,
    }
}

fn gates(document: &Document) -> impl Iterator<Item = Verdict> {
    let failed = document.gates.iter().filter(|gate| gate.failed);
    failed.map(|gate| {
        let text = format!("--fail-if {}: it is {}", gate.condition, gate.found);
        bad(safe(&text).into_owned(), "gates")
    })
}

/// Orders that are overdue, or due today.
fn open_orders(document: &Document, overview: &Overview) -> Vec<Verdict> {
    let Some(open) = &overview.open_orders else {
        return Vec::new();
    };
    let due = format!("due today by 23:59 {}", clock(document, open));
    let told = [
        (
            open.past_cancel_by,
            "past the day on which Amazon cancels",
            bad as fn(String, &'static str) -> Verdict,
        ),
        (open.overdue, "overdue", bad),
        (open.due_today, &due, warning),
    ];
    let told = told.into_iter().filter(|(orders, ..)| *orders > 0);
    told.map(|(orders, what, verdict)| {
        let text = format!("{} {what}", count(orders, "order"));
        verdict(text, "worklist")
    })
    .collect()
}

/// The window whose late rate is, or may be, over Amazon's target; ours only where Amazon does not state its own.
fn late_rate(document: &Document, overview: &Overview) -> Option<Verdict> {
    if account::tells_late_rate(document) {
        return None;
    }
    let known = |window: &LateRateWindow| Some((window.days, window.today()?));
    let windows = overview.late_rate.iter().filter_map(known);
    let over = |verdict: fn(String, &'static str) -> Verdict, days, [low, high]: [i128; 2]| {
        let rate = backlog::range(low, high);
        let text = format!("late rate {rate} in {days} days, target under 4 %");
        verdict(text, "late_rate")
    };
    let mut found: Vec<Verdict> = windows
        .filter(|(_, (_, high))| *high >= backlog::TARGET)
        .map(|(days, (low, high))| {
            let proven = low >= backlog::TARGET;
            over(if proven { bad } else { warning }, days, [low, high])
        })
        .collect();
    found.sort_by_key(|verdict| verdict.severity);
    found.into_iter().next()
}

/// Files that are older than the report: what they say may have changed since.
fn stale(document: &Document) -> Option<Verdict> {
    let backlog = older(document, Subject::Backlog);
    let text = backlog.or_else(|| older(document, Subject::Orders))?;
    Some(warning(format!("{text}: add the newest one"), "sources"))
}

/// The pieces of a note that are told in red or yellow, the first two of them; `None` if none is.
fn of_note(flow: &Flow, label: &str, evidence: &'static str) -> Option<Verdict> {
    const NAMED: usize = 2;
    let tones = flow.pieces().filter_map(|(_, piece)| match piece.tone() {
        Some("bad") => Some((Severity::Bad, piece.text())),
        Some("warn") => Some((Severity::Warning, piece.text())),
        _ => None,
    });
    let struck: Vec<(Severity, &str)> = tones.collect();
    let severity = struck.iter().map(|(severity, _)| *severity).min()?;
    let texts: Vec<&str> = struck.iter().take(NAMED).map(|(_, text)| *text).collect();
    let more = struck.len().saturating_sub(NAMED);
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    Some(Verdict {
        severity,
        text: format!("{label}{}{more}", texts.join(" \u{b7} ")),
        evidence,
    })
}
