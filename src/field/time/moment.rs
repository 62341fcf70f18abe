//! A moment as a report writes it: a date, with or without a time and an offset.

use crate::field::{RejectReason, form, two_digits};

use super::day::Day;

/// A moment, or a bare day where the report gave no time.
///
/// Sorted by the moment; a bare day stands at its midnight in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub utc: i64,
    /// Whether the report gave a time of day.
    pub timed: bool,
}

pub(crate) const DAY_SECONDS: i64 = 86_400;

/// No short date is of this year of the century, or an earlier one: the numbers of months end here.
const SHORT_DATES_AFTER: u32 = 12;

/// The months as reports name them.
const MONTHS: [&[u8; 3]; 12] = [
    b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec",
];

impl Moment {
    /// A moment with a time of day.
    pub fn at(utc: i64) -> Self {
        Self { utc, timed: true }
    }

    /// Reads `2026-05-08T23:36:26+00:00`: blank for `T`, fractions of a second (dropped) and a missing offset (UTC)
    /// allowed, and a bare `2026-05-08`. `2026/5/8 23:36`, as spreadsheets write it in Japan, is the same: no country puts the day
    /// before the month behind a year.
    ///
    /// # Errors
    /// Every other form. `30/04/2022` and serial numbers among them: the day they mean is a guess.
    ///
    /// ```
    /// use ordersift::field::Moment;
    /// let summer = Moment::read(b"2026-05-08T23:36:26-07:00").unwrap();
    /// assert_eq!(summer.to_string(), "2026-05-09T06:36:26Z");
    /// ```
    pub fn read(cell: &[u8]) -> Result<Self, RejectReason> {
        let read = Self::iso(cell).or_else(|| Self::year_first(cell));
        read.ok_or_else(|| match form::numbers(cell) {
            Some(_) => RejectReason::DateRewritten,
            None if cell.is_empty() => RejectReason::DateMissing,
            None if serial(cell) => RejectReason::DateSerial,
            None if form::short_year(cell) => RejectReason::DateShortYear,
            None => RejectReason::DateInvalid,
        })
    }

    /// Reads a date that a spreadsheet wrote anew: `30/04/2022`, `30.4.2022 18:30`, `4/30/2022 6:30:05 PM`. As everywhere, no
    /// offset is UTC.
    ///
    /// # Errors
    /// Every other form, but those that [`Moment::read`] takes.
    ///
    /// ```
    /// use ordersift::field::Moment;
    /// assert_eq!(Moment::read_rewritten(b"5/4/2022 18:30", true).unwrap().to_string(), "2022-04-05T18:30:00Z");
    /// assert_eq!(Moment::read_rewritten(b"5/4/2022", false).unwrap().to_string(), "2022-05-04");
    /// ```
    pub fn read_rewritten(cell: &[u8], day_first: bool) -> Result<Self, RejectReason> {
        let Some((
            form::Numbers {
                first,
                second,
                year,
            },
            rest,
        )) = form::numbers(cell)
        else {
            return Self::read(cell);
        };
        let (day, month) = if day_first {
            (first, second)
        } else {
            (second, first)
        };
        let day = Day::from_date(i32::try_from(year).unwrap_or(0), month, day);
        let moment = day.and_then(|day| match rest {
            [] => Some(Self::on(day)),
            [b' ' | b'T', time @ ..] => {
                Some(Self::at(i64::from(day.0) * DAY_SECONDS + clock_time(time)?))
            }
            _ => None,
        });
        moment.ok_or(RejectReason::DateOrder)
    }

    /// Reads the dates of the public "Amazon Sale Report": `04-30-22` (month first), `30.04.22` in re-saved copies.
    ///
    /// # Errors
    /// Every other form. `2022-05-04` is `04-05-22` that somebody's program took for the fourth of May, or `05-04-22`: which, only
    /// the whole file can tell. `22.05.04` is what a program that expects the year first makes of `04-05-22`: the report holds no
    /// year as early as that.
    pub fn read_short(cell: &[u8]) -> Result<Self, RejectReason> {
        let parts = match *cell {
            [a, b, b'-', c, d, b'-', e, f] => Some((
                two_digits(&[a, b]),
                two_digits(&[c, d]),
                two_digits(&[e, f]),
            )),
            [a, b, b'.', c, d, b'.', e, f] => Some((
                two_digits(&[c, d]),
                two_digits(&[a, b]),
                two_digits(&[e, f]),
            )),
            _ => None,
        };
        let Some(parts) = parts else {
            return match Self::read(cell) {
                Ok(_) => Err(RejectReason::DateRewritten),
                Err(RejectReason::DateInvalid) => Err(RejectReason::ShortDateInvalid),
                Err(reason) => Err(reason),
            };
        };
        let (Some(month), Some(day), Some(year)) = parts else {
            return Err(RejectReason::ShortDateInvalid);
        };
        if cell[2] == b'.' && year <= SHORT_DATES_AFTER {
            return Err(RejectReason::DateRewritten);
        }
        Day::from_date(2000 + i32::try_from(year).unwrap_or(0), month, day)
            .map(Self::on)
            .ok_or(RejectReason::ShortDateInvalid)
    }

    /// Reads the dates of a copy of the same whose dates a program rewrote as `2022-04-30`, in text or as date cells.
    ///
    /// # Errors
    /// Every other form, and a year that is no year of such a report but the number of a month.
    pub fn read_day(cell: &[u8]) -> Result<Self, RejectReason> {
        let moment = Self::read(date_of_midnight(cell))?;
        if cell[..4] <= b"2012"[..] {
            return Err(RejectReason::DateRewritten);
        }
        Ok(moment)
    }

    /// Reads the dates of the returns report: `14-Jul-2025`, `14-Jul-25` where Excel saved it, and the date cells of a workbook.
    ///
    /// # Errors
    /// Every other form, but those that [`Moment::read`] takes.
    ///
    /// ```
    /// use ordersift::field::Moment;
    /// assert_eq!(Moment::read_named(b"14-Jul-2025").unwrap().to_string(), "2025-07-14");
    /// assert_eq!(Moment::read_named(b"14-Jul-25").unwrap().to_string(), "2025-07-14");
    /// assert!(Moment::read_named(b"14-Juli-2025").is_err());
    /// ```
    pub fn read_named(cell: &[u8]) -> Result<Self, RejectReason> {
        let Some((day, [b'-', a, b, c, b'-', year @ ..])) = form::short(cell) else {
            return Self::read(date_of_midnight(cell)).map_err(|reason| match reason {
                RejectReason::DateInvalid => RejectReason::NamedDateInvalid,
                reason => reason,
            });
        };
        let name = [*a, *b, *c].map(|letter| letter.to_ascii_lowercase());
        let month = (1..).zip(MONTHS).find(|(_, known)| **known == name);
        let year = match *year {
            [a, b, c, d] => two_digits(&[a, b]).zip(two_digits(&[c, d])),
            [a, b] => two_digits(&[a, b]).map(|year| (20, year)),
            _ => None,
        };
        let found = month.zip(year).and_then(|((month, _), (century, year))| {
            Day::from_date(i32::try_from(century * 100 + year).ok()?, month, day)
        });
        found.map(Self::on).ok_or(RejectReason::NamedDateInvalid)
    }

    /// A bare day.
    pub fn on(day: Day) -> Self {
        Self {
            utc: i64::from(day.0) * DAY_SECONDS,
            timed: false,
        }
    }

    /// The day in a place that is `offset` seconds ahead of UTC. A bare day is that day everywhere.
    pub fn day(self, offset: i64) -> Day {
        let local = if self.timed {
            self.utc + offset
        } else {
            self.utc
        };
        Day(i32::try_from(local.div_euclid(DAY_SECONDS)).expect("four-digit years fit"))
    }

    fn year_first(cell: &[u8]) -> Option<Self> {
        let [a, b, c, d, b'/', rest @ ..] = cell else {
            return None;
        };
        let year = two_digits(&[*a, *b])? * 100 + two_digits(&[*c, *d])?;
        let (month, [b'/', rest @ ..]) = form::short(rest)? else {
            return None;
        };
        let (day, rest) = form::short(rest)?;
        let day = Day::from_date(i32::try_from(year).ok()?, month, day)?;
        match rest {
            [] => Some(Self::on(day)),
            [b' ', time @ ..] => Some(Self::at(i64::from(day.0) * DAY_SECONDS + clock_time(time)?)),
            _ => None,
        }
    }

    fn iso(cell: &[u8]) -> Option<Self> {
        let day = Day::read(cell.get(..10)?)?;
        let rest = &cell[10..];
        if rest.is_empty() {
            return Some(Self::on(day));
        }
        let [b'T' | b' ', h1, h2, b':', m1, m2, b':', s1, s2, rest @ ..] = rest else {
            return None;
        };
        let (hour, minute, second) = (
            two_digits(&[*h1, *h2])?,
            two_digits(&[*m1, *m2])?,
            two_digits(&[*s1, *s2])?,
        );
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let offset = offset(without_fraction(rest)?)?;
        let time = i64::from(hour * 3600 + minute * 60 + second);
        Some(Self::at(i64::from(day.0) * DAY_SECONDS + time - offset))
    }
}

/// The date of a workbook's date cell, which is a midnight without a zone; any other cell as it is. For columns that hold days:
/// in one of moments, a midnight is a moment.
pub(crate) fn date_of_midnight(cell: &[u8]) -> &[u8] {
    match cell.strip_suffix(b" 00:00:00") {
        Some(date) if date.len() == 10 => date,
        _ => cell,
    }
}

/// Whether a cell is a count of days since 1900, as spreadsheets keep dates: four or five digits and a fraction perhaps.
fn serial(cell: &[u8]) -> bool {
    let mut parts = cell.splitn(2, |byte| matches!(byte, b'.' | b','));
    let numeric = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    parts
        .next()
        .is_some_and(|days| matches!(days.len(), 4 | 5) && numeric(days))
        && parts.all(numeric)
}

/// `18:30`, `18:30:05` or `6:30 PM` as seconds of a day.
fn clock_time(time: &[u8]) -> Option<i64> {
    let (time, noon) = match time {
        [time @ .., b' ', b'A' | b'a', b'M' | b'm'] => (time, Some(0)),
        [time @ .., b' ', b'P' | b'p', b'M' | b'm'] => (time, Some(12)),
        _ => (time, None),
    };
    let (hour, rest) = form::short(time)?;
    let (minute, second) = match *rest {
        [b':', a, b] => (two_digits(&[a, b])?, 0),
        [b':', a, b, b':', c, d] => (two_digits(&[a, b])?, two_digits(&[c, d])?),
        _ => return None,
    };
    let hour = match noon {
        None => hour,
        Some(_) if hour == 0 || hour > 12 => return None,
        Some(noon) => hour % 12 + noon,
    };
    (hour <= 23 && minute <= 59 && second <= 59)
        .then(|| i64::from(hour * 3600 + minute * 60 + second))
}

/// `.123Z` without `.123`.
fn without_fraction(rest: &[u8]) -> Option<&[u8]> {
    let Some(fraction) = rest.strip_prefix(b".") else {
        return Some(rest);
    };
    let digits = fraction
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    (digits > 0).then(|| &fraction[digits..])
}

/// Seconds ahead of UTC.
fn offset(zone: &[u8]) -> Option<i64> {
    let (sign, h1, h2, m1, m2) = match *zone {
        [] | [b'Z'] => return Some(0),
        [b'+', h1, h2, b':', m1, m2] => (1, h1, h2, m1, m2),
        [b'-', h1, h2, b':', m1, m2] => (-1, h1, h2, m1, m2),
        _ => return None,
    };
    let (hours, minutes) = (two_digits(&[h1, h2])?, two_digits(&[m1, m2])?);
    (hours <= 23 && minutes <= 59).then(|| sign * i64::from(hours * 3600 + minutes * 60))
}

impl std::fmt::Display for Moment {
    /// RFC 3339 in UTC; a bare day as a date.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let day = self.day(0);
        if !self.timed {
            return day.fmt(f);
        }
        let time = self.utc.rem_euclid(DAY_SECONDS);
        write!(
            f,
            "{day}T{:02}:{:02}:{:02}Z",
            time / 3600,
            time / 60 % 60,
            time % 60
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> String {
        Moment::read(text.as_bytes()).unwrap().to_string()
    }

    #[test]
    fn reads_the_forms_that_reports_hold() {
        assert_eq!(utc("2026-05-08T23:36:26+00:00"), "2026-05-08T23:36:26Z");
        assert_eq!(utc("2022-04-04T13:48:17+09:00"), "2022-04-04T04:48:17Z");
        assert_eq!(utc("2009-01-01 10:50:49.250-08:00"), "2009-01-01T18:50:49Z");
        assert_eq!(utc("2026-05-08T23:36:26"), "2026-05-08T23:36:26Z");
        assert_eq!(utc("1969-12-31T23:59:59Z"), "1969-12-31T23:59:59Z");
        assert_eq!(utc("2026-05-08"), "2026-05-08");
        assert_eq!(utc("2026/5/8"), "2026-05-08");
        assert_eq!(utc("2026/05/08 23:36"), "2026-05-08T23:36:00Z");
        assert_eq!(utc("2026/12/31 9:05:01"), "2026-12-31T09:05:01Z");
    }

    #[test]
    fn refuses_every_form_that_would_be_a_guess() {
        let bad = [
            "",
            "30/04/2026",
            "45413",
            "2026-13-45",
            "2026-02-29",
            "2026-05-08T24:00:00Z",
            "2026-05-08T23:36:26+ 00:00",
            "2026/13/01",
            "2026/2/29",
            "2026/5/8x",
            "2026/5-8",
            "26/5/8",
        ];
        for text in bad {
            assert!(Moment::read(text.as_bytes()).is_err(), "{text}");
        }
    }

    #[test]
    fn names_what_a_spreadsheet_did_to_a_date() {
        let reason = |text: &str| Moment::read(text.as_bytes()).unwrap_err().text();
        for text in ["30/04/2022", "4/5/2022 18:30", "30.04.2022", "04-30-2022"] {
            assert_eq!(reason(text), "a date that a spreadsheet rewrote", "{text}");
        }
        for text in ["44681", "44681.7710", "44681,5"] {
            assert_eq!(
                reason(text),
                "a spreadsheet's serial number instead of a date",
                "{text}"
            );
        }
        for text in ["30/04/22", "4/5/22 18:30", "30.04.22", "22-04-30"] {
            let expected = "a date that a spreadsheet rewrote with two digits of the year";
            assert_eq!(reason(text), expected, "{text}");
        }
        for text in ["446811", "44681.", "2022", "30/04", "30/04/2", "30/04/222"] {
            assert!(
                reason(text).starts_with("not a date of the form") || text == "2022",
                "{text}"
            );
        }
    }

    #[test]
    fn reads_rewritten_dates_in_the_order_that_is_known() {
        let read = |text: &str, day_first| {
            Moment::read_rewritten(text.as_bytes(), day_first).map(|moment| moment.to_string())
        };
        assert_eq!(
            read("30/04/2022 18:30", true).unwrap(),
            "2022-04-30T18:30:00Z"
        );
        assert_eq!(
            read("4/30/2022 12:30:05 AM", false).unwrap(),
            "2022-04-30T00:30:05Z"
        );
        assert_eq!(
            read("4/30/2022 6:30 PM", false).unwrap(),
            "2022-04-30T18:30:00Z"
        );
        assert_eq!(
            read("2022-04-30T10:00:00Z", true).unwrap(),
            "2022-04-30T10:00:00Z"
        );
        for (text, day_first) in [
            ("4/30/2022", true),
            ("30/4/2022", false),
            ("29/2/2022", true),
            ("1/1/2022 24:00", true),
            ("1/1/2022 13:00 PM", true),
            ("1/1.2022", true),
            ("1/1/20222", true),
        ] {
            assert!(read(text, day_first).is_err(), "{text}");
        }
    }

    #[test]
    fn reads_the_short_dates_of_the_public_sale_report() {
        assert_eq!(
            Moment::read_short(b"04-30-22").unwrap().to_string(),
            "2022-04-30"
        );
        assert_eq!(
            Moment::read_short(b"30.04.22").unwrap().to_string(),
            "2022-04-30"
        );
        assert!(Moment::read_short(b"30-04-22").is_err());
    }

    #[test]
    fn what_a_program_made_of_short_dates_is_not_believed() {
        // What LibreOffice makes of 04-05-22 in Japan, Excel in Britain and in Germany, LibreOffice of what that saved.
        for text in [
            "2004-05-22",
            "04/05/2022",
            "04.05.2022",
            "22.05.04",
            "2022-05-04 00:00:00",
        ] {
            assert_eq!(
                Moment::read_short(text.as_bytes()),
                Err(RejectReason::DateRewritten),
                "{text}"
            );
        }
        let day = |text: &str| Moment::read_day(text.as_bytes()).map(|day| day.to_string());
        assert_eq!(day("2022-04-30").unwrap(), "2022-04-30");
        assert_eq!(day("2022-04-30 00:00:00").unwrap(), "2022-04-30");
        assert_eq!(day("2004-05-22"), Err(RejectReason::DateRewritten));
        assert!(day("04-30-22").is_err() && day("").is_err());
    }

    #[test]
    fn a_named_month_leaves_no_doubt_about_the_order() {
        let read = |text: &str| Moment::read_named(text.as_bytes()).map(|day| day.to_string());
        assert_eq!(read("14-Jul-25").unwrap(), "2025-07-14");
        assert_eq!(read("2025-07-14 00:00:00").unwrap(), "2025-07-14");
        for (text, reason) in [
            ("07/14/2025", RejectReason::DateRewritten),
            ("07/14/25", RejectReason::DateShortYear),
            ("45852", RejectReason::DateSerial),
            ("14. Jul 25", RejectReason::NamedDateInvalid),
            ("14-Jul-2", RejectReason::NamedDateInvalid),
            ("", RejectReason::DateMissing),
        ] {
            assert_eq!(read(text), Err(reason), "{text}");
        }
    }
}
