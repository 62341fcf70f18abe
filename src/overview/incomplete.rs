//! Periods without all their days. They are compared with nothing, and their sales per day are shown instead.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::table::Document;

use super::period::{Period, PeriodDays, PeriodSum};
use super::period_sales::PeriodSales;

/// The period that is shown, and incomplete ones beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncompletePeriods {
    /// The period that is shown.
    pub shown: PeriodDays,
    /// Later periods that are over, in time order. All of them are incomplete, or they would be shown.
    pub newer: Vec<PeriodDays>,
    /// The period before it, if it is incomplete.
    pub before: Option<PeriodDays>,
    /// Amazon's sales by currency of the newest of them, of the one that is shown and of the one before, the newest first. Empty if the
    /// files hold no day of the incomplete ones.
    pub sold: Vec<(PeriodDays, BTreeMap<String, PeriodSum>)>,
}

impl IncompletePeriods {
    /// The periods beside the one that is shown; `None` if that is no complete period.
    pub(super) fn of(document: &Document, by: Period, shown: Option<&PeriodSales>) -> Option<Self> {
        let (from, to) = document.days()?;
        let shown = shown.filter(|sales| sales.complete && sales.span.against.is_none())?;
        let first = shown.span.first;
        let period = |first| PeriodDays::of(document, by, first);
        let mut newer = Vec::new();
        let mut next = by.last_day(first)?.succ_opt();
        while let Some(found) = next.and_then(period).filter(|found| found.last <= to) {
            next = found.last.succ_opt();
            newer.push(found);
        }
        newer.retain(|period| period.gap_days > 0);
        let before = by.step_back(first).and_then(period);
        let before = before.filter(|before| before.gap_days > 0 && before.first >= from);
        let shown = period(first)?;
        let incomplete = newer.last().into_iter().chain(&before);
        let mut told: Vec<&PeriodDays> = incomplete.filter(|period| period.held() > 0).collect();
        if !told.is_empty() {
            told.push(&shown);
        }
        told.sort_by_key(|period| Reverse(period.first));
        let sold = told
            .into_iter()
            .map(|period| (period.clone(), period.sales(document)));
        Some(Self {
            sold: sold.collect(),
            shown,
            newer,
            before,
        })
    }
}
