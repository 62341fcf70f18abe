//! The periods of the first screen: days, weeks and months of the marketplace.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

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
