//! Days from one to another, as a person names them.

use super::day::{Day, WeekStart};

/// All days from one to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The first day.
    pub first: Day,
    /// The last day, not before the first.
    pub last: Day,
}

impl Range {
    /// Reads a day, a week (`2026-W30`), a month (`2026-07`), a year (`2026`), or two of them with `..` between: from the first
    /// day of the one to the last day of the other. `None` is a text that does not look like any of these.
    ///
    /// # Errors
    /// What looks like one and is none: no such day, no end, the end before the beginning.
    ///
    /// ```
    /// use ordersift::field::{Day, Range, WeekStart};
    /// let july = Range::read("2026-07", WeekStart::Monday).unwrap().unwrap();
    /// assert_eq!((july.first, july.days()), (Day::read(b"2026-07-01").unwrap(), 31));
    /// assert_eq!(Range::read("july", WeekStart::Monday), Ok(None));
    /// ```
    pub fn read(text: &str, start: WeekStart) -> Result<Option<Self>, &'static str> {
        let Some((from, to)) = text.split_once("..") else {
            return if is_shaped(text) {
                period(text, start).map(Some)
            } else {
                Ok(None)
            };
        };
        match (is_shaped(from), is_shaped(to)) {
            (true, true) => {
                let (from, to) = (period(from, start)?, period(to, start)?);
                if to.last < from.first {
                    return Err("it ends before it begins");
                }
                Ok(Some(Self {
                    first: from.first,
                    last: to.last,
                }))
            }
            (true, false) if to.is_empty() => Err("it has no end"),
            (false, true) if from.is_empty() => Err("it has no beginning"),
            _ => Ok(None),
        }
    }

    /// How many days it has.
    pub fn days(self) -> i32 {
        self.last.0 - self.first.0 + 1
    }
}

/// `2026`, `2026-07`, `2026-W30` or `2026-07-13`, whatever the digits are.
fn is_shaped(text: &str) -> bool {
    let shape: Vec<u8> = text
        .bytes()
        .map(|byte| if byte.is_ascii_digit() { b'0' } else { byte })
        .collect();
    matches!(
        &shape[..],
        b"0000" | b"0000-00" | b"0000-W00" | b"0000-w00" | b"0000-00-00"
    )
}

/// The days of a text of that shape.
fn period(text: &str, start: WeekStart) -> Result<Range, &'static str> {
    let number = |from: usize, to: usize| {
        let digits = text.get(from..to).unwrap_or_default();
        digits.parse::<u32>().unwrap_or_default()
    };
    let year = i32::try_from(number(0, 4)).unwrap_or_default();
    let day = |month, day| Day::from_date(year, month, day);
    match text.len() {
        4 => {
            let whole = day(1, 1).zip(day(12, 31));
            let (first, last) = whole.ok_or("there is no such year")?;
            Ok(Range { first, last })
        }
        7 => {
            let first = day(number(5, 7), 1).ok_or("there is no such month")?;
            Ok(Range {
                first,
                last: first.month_end(),
            })
        }
        8 => week(text, number(6, 8), day(1, 4), start),
        _ => {
            let day = day(number(5, 7), number(8, 10)).ok_or("there is no such day")?;
            Ok(Range {
                first: day,
                last: day,
            })
        }
    }
}

/// A week by its number; the fourth of January is in the first one.
fn week(
    text: &str,
    number: u32,
    in_first: Option<Day>,
    start: WeekStart,
) -> Result<Range, &'static str> {
    let none = "there is no such week";
    let monday = in_first.ok_or(none)?.week(WeekStart::Monday);
    let weeks = i32::try_from(number).map_err(|_| none)? - 1;
    let monday = monday.plus(7 * weeks);
    if !monday
        .week_label(WeekStart::Monday)
        .eq_ignore_ascii_case(text)
    {
        return Err(none);
    }
    let first = match start {
        WeekStart::Monday => monday,
        WeekStart::Sunday => monday.plus(-1),
    };
    Ok(Range {
        first,
        last: first.plus(6),
    })
}

impl std::fmt::Display for Range {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.first == self.last {
            self.first.fmt(f)
        } else {
            write!(f, "{} to {}", self.first, self.last)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Option<String>, &'static str> {
        Range::read(text, WeekStart::Monday).map(|range| range.map(|range| range.to_string()))
    }

    #[test]
    fn reads_days_weeks_months_years_and_what_is_between_two() {
        for (text, expected) in [
            ("2026-07-13", "2026-07-13"),
            ("2026-07-13..2026-07-19", "2026-07-13 to 2026-07-19"),
            ("2026-02", "2026-02-01 to 2026-02-28"),
            ("2024-02", "2024-02-01 to 2024-02-29"),
            ("2026", "2026-01-01 to 2026-12-31"),
            ("2026-W30", "2026-07-20 to 2026-07-26"),
            ("2026-w01", "2025-12-29 to 2026-01-04"),
            ("2026-W53", "2026-12-28 to 2027-01-03"),
            ("2026-05..2026-07", "2026-05-01 to 2026-07-31"),
            ("2026-W29..2026-07-21", "2026-07-13 to 2026-07-21"),
        ] {
            assert_eq!(read(text), Ok(Some(expected.to_owned())), "{text}");
        }
        let sunday = Range::read("2026-W30", WeekStart::Sunday).unwrap().unwrap();
        assert_eq!(sunday.to_string(), "2026-07-19 to 2026-07-25");
    }

    #[test]
    fn what_looks_like_a_range_and_is_none_is_told() {
        for (text, expected) in [
            ("2026-13", "there is no such month"),
            ("2026-02-29", "there is no such day"),
            ("2025-W53", "there is no such week"),
            ("2026-W00", "there is no such week"),
            ("2026-07-19..2026-07-13", "it ends before it begins"),
            ("2026-07-13..", "it has no end"),
            ("..2026-07-13", "it has no beginning"),
        ] {
            assert_eq!(read(text), Err(expected), "{text}");
        }
    }

    #[test]
    fn paths_are_no_ranges() {
        for text in [
            "reports", "../2026", "july.txt", "26-07", "-", "", "20260713", "2026/07",
        ] {
            assert_eq!(read(text), Ok(None), "{text}");
        }
    }
}
