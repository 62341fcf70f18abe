//! Business days: Monday to Friday, less the holidays that a seller names.

use std::collections::BTreeSet;

use super::day::Day;

/// Which days are business days.
///
/// ```
/// use ordersift::field::{Calendar, Day};
/// let day = |text: &str| Day::read(text.as_bytes()).unwrap();
/// let calendar = Calendar::new([day("2026-07-03")]);
/// assert_eq!(calendar.after(day("2026-07-02"), 1), day("2026-07-06"));
/// assert_eq!(calendar.before(day("2026-07-06")), day("2026-07-02"));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    holidays: BTreeSet<Day>,
}

impl Calendar {
    /// The calendar with these holidays.
    pub fn new(holidays: impl IntoIterator<Item = Day>) -> Self {
        Self {
            holidays: holidays.into_iter().collect(),
        }
    }

    /// A day of a week that is no holiday.
    pub fn is_business_day(&self, day: Day) -> bool {
        day.is_weekday() && !self.holidays.contains(&day)
    }

    /// The day that is `count` business days later.
    pub fn after(&self, day: Day, count: u32) -> Day {
        let mut day = day;
        let mut left = count;
        while left > 0 {
            day = day.plus(1);
            left -= u32::from(self.is_business_day(day));
        }
        day
    }

    /// The last business day before this one.
    pub fn before(&self, day: Day) -> Day {
        let mut day = day.plus(-1);
        while !self.is_business_day(day) {
            day = day.plus(-1);
        }
        day
    }

    /// The holidays, in order.
    pub fn holidays(&self) -> impl Iterator<Item = Day> {
        self.holidays.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::read(text.as_bytes()).unwrap()
    }

    #[test]
    fn weekends_do_not_count() {
        let calendar = Calendar::default();
        // A Saturday promise: the week after it begins to count on Monday.
        assert_eq!(calendar.after(day("2026-07-18"), 7), day("2026-07-28"));
        assert_eq!(calendar.after(day("2026-07-17"), 7), day("2026-07-28"));
        assert_eq!(calendar.before(day("2026-07-20")), day("2026-07-17"));
    }

    #[test]
    fn holidays_do_not_count_either() {
        let calendar = Calendar::new([day("2026-12-25"), day("2027-01-01"), day("2026-12-26")]);
        assert_eq!(calendar.after(day("2026-12-24"), 1), day("2026-12-28"));
        assert_eq!(calendar.after(day("2026-12-30"), 2), day("2027-01-04"));
        assert_eq!(calendar.before(day("2026-12-28")), day("2026-12-24"));
        // A holiday on a weekend takes no second day.
        assert_eq!(calendar.after(day("2026-12-28"), 3), day("2026-12-31"));
    }
}
