//! The periods of the first screen: days, weeks and months of the marketplace, and how many of their days the files hold.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use crate::table::{Cell, Document, is_multi_channel};

use super::cells::Cells;

/// The length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// A local day.
    Day,
    /// Seven days, from the first day of the week.
    Week,
    /// A calendar month.
    Month,
}

impl Period {
    /// The table that holds it.
    pub fn table(self) -> &'static str {
        match self {
            Self::Day => "daily",
            Self::Week => "weekly",
            Self::Month => "monthly",
        }
    }

    /// The noun.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// The first day of the period before; `None` before all dates.
    pub fn step_back(self, start: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => start.checked_sub_days(Days::new(1)),
            Self::Week => start.checked_sub_days(Days::new(7)),
            Self::Month => start.checked_sub_months(Months::new(1)),
        }
    }

    /// The last day of the period that begins on a day; `None` after all dates.
    pub fn last_day(self, first: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => Some(first),
            Self::Week => first.checked_add_days(Days::new(6)),
            Self::Month => first.checked_add_months(Months::new(1))?.pred_opt(),
        }
    }

    /// `2026-W29` as `W29`, a day as `Jul 25`, a month as `Jun`.
    pub fn short(self, label: &str, start: NaiveDate) -> String {
        match self {
            Self::Day => start.format("%b %-d").to_string(),
            Self::Week => label.rsplit('-').next().unwrap_or(label).to_owned(),
            Self::Month => start.format("%b").to_string(),
        }
    }

    /// `W30`, `Jul`, `Jul 20`, by the first day.
    pub fn name(self, first: NaiveDate) -> String {
        // A week from Sunday is named after the ISO week that its Monday is in.
        let monday = match first.weekday() {
            Weekday::Sun => first.succ_opt().unwrap_or(first),
            _ => first,
        };
        self.short(&monday.format("%G-W%V").to_string(), first)
    }
}

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
    pub(super) fn sales(&self, document: &Document) -> BTreeMap<String, PeriodSum> {
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
