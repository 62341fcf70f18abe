//! The period that a report is about, and what it is called.

use chrono::{Datelike, NaiveDate};

use super::super::safe::safe;
use super::super::screen::Period;

/// The period that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Span {
    /// Its label; empty if it is the whole of the data.
    pub(in super::super) label: String,
    pub(in super::super) first: NaiveDate,
    pub(in super::super) last: NaiveDate,
    /// The label of the period before, if the files cover it.
    pub(in super::super) before: Option<String>,
    /// What it is compared with, if it was asked for: the heading names both.
    pub(in super::super) against: Option<String>,
}

impl Span {
    /// The heading, long and short.
    pub(in super::super) fn headings(&self, by: Period) -> [String; 2] {
        let label = safe(&self.label);
        let days = days(self.first, self.last);
        if let Some(against) = &self.against {
            let against = safe(against);
            return [format!("{label} against {against}"), label.into_owned()];
        }
        match by {
            _ if label.is_empty() && self.first == self.last => {
                [format!("All data: {}", self.first), self.first.to_string()]
            }
            _ if label.is_empty() => [
                format!("All data: {} to {}", self.first, self.last),
                format!("All, {days}"),
            ],
            Period::Day => [
                self.first.format("%A %Y-%m-%d").to_string(),
                self.first.format("%a %Y-%m-%d").to_string(),
            ],
            Period::Week => [format!("Week {label}, {days}"), format!("{label}, {days}")],
            Period::Month => [self.first.format("%B %Y").to_string(), label.into_owned()],
        }
    }
}

/// `Jul 20 to 26`, `Jun 29 to Jul 5`.
pub(super) fn days(first: NaiveDate, last: NaiveDate) -> String {
    let to = if first.month() == last.month() {
        last.format("%-d")
    } else {
        last.format("%b %-d")
    };
    format!("{} to {to}", first.format("%b %-d"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_name_the_days() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let span = |label: &str, first, last| Span {
            label: label.into(),
            first: day(first),
            last: day(last),
            before: None,
            against: None,
        };
        assert_eq!(
            span("2026-W30", "2026-07-20", "2026-07-26").headings(Period::Week)[0],
            "Week 2026-W30, Jul 20 to 26"
        );
        assert_eq!(
            span("2026-W27", "2026-06-29", "2026-07-05").headings(Period::Week)[1],
            "2026-W27, Jun 29 to Jul 5"
        );
        assert_eq!(
            span("2026-06", "2026-06-01", "2026-06-30").headings(Period::Month)[0],
            "June 2026"
        );
        assert_eq!(
            span("2026-07-26", "2026-07-26", "2026-07-26").headings(Period::Day)[0],
            "Sunday 2026-07-26"
        );
    }
}
