//! Headings of periods and names of days, as every format writes them: `Week 2026-W30, Jul 20 to 26`, `Sun Jul 12`.

use chrono::{Datelike, NaiveDate};

use crate::overview::{Period, Span};

use crate::write::sanitize::safe;

/// The heading of a period: the long one, and a short one for narrow screens.
pub(in super::super) fn headings(span: &Span, by: Period) -> [String; 2] {
    let label = safe(&span.label);
    let days = days(span.first, span.last, None);
    if let Some(against) = &span.against {
        let against = safe(against);
        return [format!("{label} against {against}"), label.into_owned()];
    }
    match by {
        _ if label.is_empty() && span.first == span.last => {
            [format!("All data: {}", span.first), span.first.to_string()]
        }
        _ if label.is_empty() => [
            format!("All data: {} to {}", span.first, span.last),
            format!("All, {days}"),
        ],
        Period::Day => [
            span.first.format("%A %Y-%m-%d").to_string(),
            span.first.format("%a %Y-%m-%d").to_string(),
        ],
        Period::Week => [format!("Week {label}, {days}"), format!("{label}, {days}")],
        Period::Month => [span.first.format("%B %Y").to_string(), label.into_owned()],
    }
}

/// The days of the period before, as the page names them: `Jul 13 to 19`, `Sun Jul 12`.
pub(in super::super) fn days_before(span: &Span, by: Period) -> Option<String> {
    let first = by.step_back(span.first)?;
    let last = by.last_day(first)?;
    Some(if first == last {
        weekday(first, None)
    } else {
        days(first, last, None)
    })
}

/// `Jul 20 to 26`, `Jun 29 to Jul 5`; with years where the ends are of two, or of another than that of the report.
pub(super) fn days(first: NaiveDate, last: NaiveDate, year: Option<i32>) -> String {
    if first.year() != last.year() {
        let [first, last] = [first, last].map(|day| day.format("%b %-d %Y"));
        return format!("{first} to {last}");
    }
    let to = if first.month() == last.month() {
        last.format("%-d")
    } else {
        last.format("%b %-d")
    };
    let year = other_year(last, year);
    format!("{} to {to}{year}", first.format("%b %-d"))
}

/// `Sun Jul 12`, with its year where that is not the report's.
pub(super) fn weekday(day: NaiveDate, year: Option<i32>) -> String {
    format!("{}{}", day.format("%a %b %-d"), other_year(day, year))
}

/// `Jul 12`, with its year where that is not the report's.
pub(super) fn day(day: NaiveDate, year: Option<i32>) -> String {
    format!("{}{}", day.format("%b %-d"), other_year(day, year))
}

fn other_year(day: NaiveDate, year: Option<i32>) -> String {
    match year {
        Some(year) if year != day.year() => format!(" {}", day.year()),
        _ => String::new(),
    }
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
            headings(&span("2026-W30", "2026-07-20", "2026-07-26"), Period::Week)[0],
            "Week 2026-W30, Jul 20 to 26"
        );
        assert_eq!(
            headings(&span("2026-W27", "2026-06-29", "2026-07-05"), Period::Week)[1],
            "2026-W27, Jun 29 to Jul 5"
        );
        assert_eq!(
            headings(&span("2026-06", "2026-06-01", "2026-06-30"), Period::Month)[0],
            "June 2026"
        );
        assert_eq!(
            headings(&span("2026-07-26", "2026-07-26", "2026-07-26"), Period::Day)[0],
            "Sunday 2026-07-26"
        );
        assert_eq!(
            headings(&span("2026-W01", "2025-12-29", "2026-01-04"), Period::Week)[1],
            "2026-W01, Dec 29 2025 to Jan 4 2026"
        );
    }

    #[test]
    fn years_are_named_where_they_are_not_that_of_the_report() {
        let at = |text: &str| text.parse::<NaiveDate>().unwrap();
        let span = |first, last| days(at(first), at(last), Some(2026));
        assert_eq!(span("2026-07-20", "2026-07-26"), "Jul 20 to 26");
        assert_eq!(span("2025-06-29", "2025-07-05"), "Jun 29 to Jul 5 2025");
        assert_eq!(span("2024-01-01", "2025-12-01"), "Jan 1 2024 to Dec 1 2025");
        assert_eq!(span("2025-01-02", "2026-01-01"), "Jan 2 2025 to Jan 1 2026");
        assert_eq!(weekday(at("2025-12-31"), Some(2026)), "Wed Dec 31 2025");
        assert_eq!(day(at("2026-01-01"), Some(2026)), "Jan 1");
    }
}
