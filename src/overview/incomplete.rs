//! Periods without all their days. They are compared with nothing, and their sales per day are shown instead.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::table::{Cell, Document, is_multi_channel};

use super::cells::Cells;
use super::{Period, PeriodSales};

/// A period and how many of its days are missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodDays {
    /// `W30`, `Jul`, `Jul 20`.
    pub name: String,
    /// Its first day.
    pub first: NaiveDate,
    /// Its last day.
    pub last: NaiveDate,
    /// How many of its days are in no file.
    pub gap_days: i64,
}

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

/// Sales in a currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PeriodSum {
    /// Orders that are not cancelled.
    pub orders: i64,
    /// Ten-thousandths.
    pub sales: i128,
    /// Decimals that the currency is shown with.
    pub decimals: usize,
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

impl PeriodDays {
    /// The period that begins on a day; `None` after all dates.
    pub(super) fn of(document: &Document, by: Period, first: NaiveDate) -> Option<Self> {
        let last = by.last_day(first)?;
        Some(Self {
            name: by.name(first),
            first,
            last,
            gap_days: document.gap_days(first, last),
        })
    }

    /// The newest period that is over, complete or not; `None` if the files begin after it.
    pub(super) fn newest_over(document: &Document, by: Period) -> Option<Self> {
        let (from, to) = document.days()?;
        let table = document.table(by.table())?;
        let cells = Cells { table };
        let firsts = cells.rows().filter_map(|row| cells.day(row, "first_day"));
        let newest = firsts.max()?;
        let first = if by.last_day(newest)? <= to {
            newest
        } else {
            by.step_back(newest)?
        };
        Self::of(document, by, first).filter(|period| period.first >= from)
    }

    /// All its days.
    pub fn days(&self) -> i64 {
        (self.last - self.first).num_days() + 1
    }

    /// The days that the files hold.
    pub fn held(&self) -> i64 {
        self.days() - self.gap_days
    }

    /// Amazon's sales on these days, by currency.
    fn sales(&self, document: &Document) -> BTreeMap<String, PeriodSum> {
        let mut sums: BTreeMap<String, PeriodSum> = BTreeMap::new();
        let Some(table) = document.table("daily") else {
            return sums;
        };
        let cells = Cells { table };
        for row in cells.rows() {
            let within = |day: NaiveDate| self.first <= day && day <= self.last;
            let outside = is_multi_channel(cells.text(row, "sales_channel").as_bytes());
            let partial = cells.cell(row, "partial") != Cell::Flag(false);
            if partial || outside || !cells.day(row, "first_day").is_some_and(within) {
                continue;
            }
            if let Some((sales, decimals)) = cells.money(row, "sales") {
                let currency = cells.text(row, "currency").to_owned();
                let sum = sums.entry(currency).or_default();
                sum.orders += cells.count(row, "orders");
                sum.sales += sales;
                sum.decimals = decimals;
            }
        }
        sums
    }
}
