//! Verdicts: what needs a person now, each with its figures and the table that proves it.

use crate::table::{JudgedGate, Subject};

use super::Overview;
use super::late_rate::{LATE_RATE_TARGET, LateRateWindow};
use super::stale_files::StaleFiles;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It costs money or the account now.
    Bad,
    /// It should be looked at.
    Warning,
}

/// Something that needs a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict<'o> {
    /// How bad it is.
    pub severity: Severity,
    /// What it is.
    pub matter: Matter<'o>,
}

/// What needs a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matter<'o> {
    /// A condition under which a job should fail.
    FailedGate(&'o JudgedGate),
    /// Orders past the day on which Amazon cancels.
    PastCancelBy(i64),
    /// Orders past their promise.
    Overdue(i64),
    /// Orders that are due today.
    DueToday(i64),
    /// A late shipment rate that is, or may be, over Amazon's target.
    LateRate(&'o LateRateWindow),
    /// What Amazon calls bad ([`ShippingOverview::account`](super::ShippingOverview::account)).
    Account,
    /// Returns that wait for more than a day, and claims ([`ReturnOverview::requests`](super::ReturnOverview::requests)).
    Returns,
    /// Days that the files lack ([`DataStatus::gaps`](super::DataStatus::gaps)).
    Gaps,
    /// Orders whose payment takes longer than it should ([`ShippingOverview::pending`](super::ShippingOverview::pending)).
    Pending,
    /// What is not as expected ([`ReviewOverview::anomalies`](super::ReviewOverview::anomalies)).
    Anomalies,
    /// Rates that stand out ([`ReviewOverview::high_rates`](super::ReviewOverview::high_rates)).
    HighRates,
    /// Files that are older than the report.
    Stale(&'o StaleFiles),
    /// Lines that could not be read ([`DataStatus::reject_reasons`](super::DataStatus::reject_reasons)).
    Rejects(u64),
    /// A check that struck, and its cases.
    Check(&'o str, i64),
}

impl Matter<'_> {
    /// The table that proves it, or `gates`.
    pub fn evidence(self) -> &'static str {
        match self {
            Self::FailedGate(_) => "gates",
            Self::PastCancelBy(_) | Self::Overdue(_) | Self::DueToday(_) => "worklist",
            Self::LateRate(_) => "late_rate",
            Self::Account => "health",
            Self::Returns => "returns",
            Self::Gaps => "coverage",
            Self::Pending => "pending",
            Self::Anomalies => "anomalies",
            Self::HighRates => "cancellations_and_returns",
            Self::Stale(_) => "sources",
            Self::Rejects(_) => "rejects",
            Self::Check(..) => "quality",
        }
    }
}

impl Overview {
    /// What needs a person now, the worst first. Nothing in a comparison: it has no moment that is now.
    pub fn verdicts<'o>(&'o self, gates: &'o [JudgedGate]) -> Vec<Verdict<'o>> {
        use Severity::{Bad, Warning};
        if self.demand.comparison.is_some() {
            return Vec::new();
        }
        let mut found: Vec<(Option<Severity>, Matter<'_>)> = Vec::new();
        let failed = gates.iter().filter(|gate| gate.failed);
        found.extend(failed.map(|gate| (Some(Bad), Matter::FailedGate(gate))));
        if let Some(open) = &self.shipping.open_orders {
            let orders = [
                (
                    Bad,
                    open.past_cancel_by,
                    Matter::PastCancelBy(open.past_cancel_by),
                ),
                (Bad, open.overdue, Matter::Overdue(open.overdue)),
                (Warning, open.due_today, Matter::DueToday(open.due_today)),
            ];
            let some = orders.into_iter().filter(|(_, orders, _)| *orders > 0);
            found.extend(some.map(|(severity, _, matter)| (Some(severity), matter)));
        }
        if !self.shipping.account.states_late_rate() {
            found.extend(self.worst_late_rate());
        }
        found.extend([
            (
                self.shipping.account.is_bad().then_some(Bad),
                Matter::Account,
            ),
            (
                either(
                    self.returns.requests.overdue > 0,
                    self.returns.requests.claims > 0,
                ),
                Matter::Returns,
            ),
            (
                (!self.data.gaps.is_empty()).then_some(Warning),
                Matter::Gaps,
            ),
            (
                either(
                    self.shipping.pending.over_maximum > 0,
                    self.shipping.pending.over_a_day > 0,
                ),
                Matter::Pending,
            ),
            (
                (!self.review.anomalies.is_empty()).then_some(Warning),
                Matter::Anomalies,
            ),
            (
                (!self.review.high_rates.is_empty()).then_some(Warning),
                Matter::HighRates,
            ),
        ]);
        // The newest backlog tells most of what is stale.
        let stale = [Subject::Backlog, Subject::Orders];
        let stale = stale
            .into_iter()
            .find_map(|subject| self.data.stale(subject));
        found.extend(stale.map(|files| (Some(Warning), Matter::Stale(files))));
        let rejected = self.data.control.rejected;
        found.push(((rejected > 0).then_some(Warning), Matter::Rejects(rejected)));
        let checks = self.data.findings().into_iter();
        found.extend(checks.map(|(check, cases)| (Some(Warning), Matter::Check(check, cases))));
        let verdict = |(severity, matter): (Option<Severity>, _)| {
            Some(Verdict {
                severity: severity?,
                matter,
            })
        };
        let mut verdicts: Vec<Verdict<'_>> = found.into_iter().filter_map(verdict).collect();
        verdicts.sort_by_key(|verdict| verdict.severity);
        verdicts
    }

    /// The window whose rate is certainly over the target, else one whose rate may be.
    fn worst_late_rate(&self) -> Option<(Option<Severity>, Matter<'_>)> {
        let windows = self.shipping.late_rate.iter();
        let over = windows.filter_map(|window| Some((window.over_target()?, window)));
        let (severity, window) = over.min_by_key(|(severity, _)| *severity)?;
        Some((Some(severity), Matter::LateRate(window)))
    }
}

impl LateRateWindow {
    /// How bad the rate is today, if it is over Amazon's target or may be.
    pub fn over_target(&self) -> Option<Severity> {
        match self.today()? {
            (low, _) if low >= LATE_RATE_TARGET => Some(Severity::Bad),
            (_, high) if high >= LATE_RATE_TARGET => Some(Severity::Warning),
            _ => None,
        }
    }
}

fn either(bad: bool, warning: bool) -> Option<Severity> {
    if bad {
        Some(Severity::Bad)
    } else {
        warning.then_some(Severity::Warning)
    }
}
