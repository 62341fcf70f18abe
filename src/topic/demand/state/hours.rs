//! Counts of orders by weekday and hour.

use crate::field::Day;
use crate::merge::Merge;

/// Hours of a day, and before them the one that is not known.
const SLOTS: usize = 25;

/// Orders by weekday and hour of the marketplace, each counted once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours([[u64; SLOTS]; 7]);

impl Default for Hours {
    fn default() -> Self {
        Self([[0; SLOTS]; 7])
    }
}

/// An hour of a day in a number that sorts: 0 where the report gave no time, else the hour and one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Slot(pub(crate) u8);

impl Slot {
    /// The slot of an hour; `None` is not known.
    pub fn of(hour: Option<u8>) -> Self {
        Self(hour.map_or(0, |hour| hour.min(23) + 1))
    }
}

impl Hours {
    #[inline]
    pub(crate) fn at(&mut self, day: Day, slot: Slot) -> &mut u64 {
        &mut self.0[usize::try_from(day.weekday()).unwrap_or(0)][usize::from(slot.0)]
    }

    /// Weekday (Monday is 0), hour (`None` is not known) and orders, in order.
    pub fn iter(&self) -> impl Iterator<Item = (usize, Option<usize>, u64)> {
        self.0.iter().enumerate().flat_map(|(weekday, slots)| {
            slots
                .iter()
                .enumerate()
                .map(move |(slot, orders)| (weekday, slot.checked_sub(1), *orders))
        })
    }
}

impl Merge for Hours {
    fn merge(&mut self, other: Self) {
        for (all, more) in self.0.iter_mut().flatten().zip(other.0.iter().flatten()) {
            *all += more;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_begin_on_monday_and_reach_before_1970() {
        for (day, weekday) in [("1970-01-01", 3), ("2026-07-20", 0), ("1969-12-28", 6)] {
            let mut hours = Hours::default();
            *hours.at(Day::read(day.as_bytes()).unwrap(), Slot::of(Some(23))) += 1;
            assert_eq!(
                hours.iter().find(|(.., orders)| *orders > 0),
                Some((weekday, Some(23), 1)),
                "{day}"
            );
        }
    }
}
