//! Calendar days, and the weeks and months they fall in.

use chrono::{Datelike, NaiveDate};

use crate::field::two_digits;

/// A calendar day in some place: days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Day(pub i32);

/// Which day a week starts on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WeekStart {
    /// ISO weeks.
    #[default]
    Monday,
    /// Weeks from Sunday, named after the ISO week that their Monday is in.
    Sunday,
}

const EPOCH_FROM_CE: i32 = 719_163;
/// From 1 March of the year 0 to 1970-01-01.
const DAYS_TO_EPOCH: i32 = 719_468;

impl Day {
    /// The day of a calendar date, `None` if there is no such date or the year has not four digits.
    ///
    /// Counts in integers alone, from 1 March so that a leap day ends its year: every line has two or three dates.
    pub fn from_date(year: i32, month: u32, day: u32) -> Option<Self> {
        const DAYS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let most = *DAYS.get(usize::try_from(month.checked_sub(1)?).ok()?)?;
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        if day == 0 || day > most + u32::from(leap && month == 2) || !(0..=9999).contains(&year) {
            return None;
        }
        let (months, year) = if month > 2 {
            (month - 3, year)
        } else {
            (month + 9, year - 1)
        };
        let of_year = (153 * months + 2) / 5 + day - 1;
        let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        Some(Self(
            year * 365 + leaps + i32::try_from(of_year).ok()? - DAYS_TO_EPOCH,
        ))
    }

    /// Reads `YYYY-MM-DD`, as options and holiday lists write it.
    ///
    /// ```
    /// use ordersift::field::Day;
    /// assert_eq!(Day::read(b"1970-01-02"), Some(Day(1)));
    /// assert_eq!(Day::read(b"2026-02-29"), None);
    /// ```
    pub fn read(text: &[u8]) -> Option<Self> {
        let [a, b, c, d, b'-', m1, m2, b'-', d1, d2] = *text else {
            return None;
        };
        let year = two_digits(&[a, b])? * 100 + two_digits(&[c, d])?;
        Self::from_date(
            i32::try_from(year).ok()?,
            two_digits(&[m1, m2])?,
            two_digits(&[d1, d2])?,
        )
    }

    /// As a `chrono` date.
    pub fn date(self) -> NaiveDate {
        let from_ce = self.0.saturating_add(EPOCH_FROM_CE);
        NaiveDate::from_num_days_from_ce_opt(from_ce).unwrap_or(if self.0 < 0 {
            NaiveDate::MIN
        } else {
            NaiveDate::MAX
        })
    }

    /// The day `days` later, or earlier if negative.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Monday to Friday.
    pub fn is_weekday(self) -> bool {
        self.weekday() < 5
    }

    /// The first day of the week this day is in.
    #[must_use]
    pub fn week(self, start: WeekStart) -> Self {
        match start {
            WeekStart::Monday => self.plus(-self.weekday()),
            WeekStart::Sunday => self.plus(-((self.weekday() + 1) % 7)),
        }
    }

    /// The number of the week this day is in, counted from 1970.
    #[inline]
    pub fn week_number(self, start: WeekStart) -> Week {
        Week((self.0 + days_before(start)).div_euclid(7))
    }

    /// `2026-W30`, for the first day of a week.
    pub fn week_label(self, start: WeekStart) -> String {
        let monday = if start == WeekStart::Sunday {
            self.plus(1)
        } else {
            self
        };
        let week = monday.date().iso_week();
        format!("{:04}-W{:02}", week.year(), week.week())
    }

    /// The first day of this day's month.
    #[must_use]
    pub fn month(self) -> Self {
        Self::from(
            self.date()
                .with_day(1)
                .expect("every month has a first day"),
        )
    }

    /// The last day of this day's month.
    #[must_use]
    pub fn month_end(self) -> Self {
        self.month().plus(31).month().plus(-1)
    }

    /// `2026-07`.
    pub fn month_label(self) -> String {
        self.date().format("%Y-%m").to_string()
    }

    /// Days since Monday.
    pub fn weekday(self) -> i32 {
        (self.0 + 3).rem_euclid(7)
    }
}

/// How many days of the week of 1970-01-01, a Thursday, were over by then.
fn days_before(start: WeekStart) -> i32 {
    match start {
        WeekStart::Monday => 3,
        WeekStart::Sunday => 4,
    }
}

/// A week by its number; its days depend on where weeks start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Week(pub i32);

impl Week {
    /// Its first day.
    pub fn first_day(self, start: WeekStart) -> Day {
        Day(self.0 * 7 - days_before(start))
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        Self(date.num_days_from_ce() - EPOCH_FROM_CE)
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.date().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::read(text.as_bytes()).unwrap()
    }

    #[test]
    fn every_date_is_the_day_that_chrono_says() {
        for year in (0..=9999).step_by(7).chain([1900, 2000, 2100, 2400]) {
            for month in 0..=13 {
                for day in 0..=32 {
                    let expected = NaiveDate::from_ymd_opt(year, month, day).map(Day::from);
                    assert_eq!(
                        Day::from_date(year, month, day),
                        expected,
                        "{year}-{month}-{day}"
                    );
                }
            }
        }
        assert_eq!(Day::from_date(-1, 1, 1), None);
    }

    #[test]
    fn weeks_start_where_they_are_told_to() {
        assert_eq!(day("2026-07-26").week(WeekStart::Monday), day("2026-07-20"));
        assert_eq!(day("2026-07-26").week(WeekStart::Sunday), day("2026-07-26"));
        assert_eq!(day("2026-07-20").week_label(WeekStart::Monday), "2026-W30");
        assert_eq!(day("2026-07-19").week_label(WeekStart::Sunday), "2026-W30");
        assert_eq!(day("2024-12-30").week_label(WeekStart::Monday), "2025-W01");
    }

    #[test]
    fn months_end_on_their_last_day() {
        assert_eq!(day("2024-02-10").month_end(), day("2024-02-29"));
        assert_eq!(day("2026-12-01").month_end(), day("2026-12-31"));
        assert_eq!(day("2026-12-31").month_label(), "2026-12");
    }
}
