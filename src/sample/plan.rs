//! Which orders a file holds, how many lines each has, and which few are set up by hand.

use super::clock::{Clock, FIRST_SNAPSHOT, HOUR, LATER_SNAPSHOT, Moment};
use super::dice::{Subject, key, mix};
use std::ops::Range;

/// Orders are numbered by purchase, the oldest is 0. Both downloads of a seller see the same orders
/// under the same numbers.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) seed: u64,
    pub(super) snapshot: Moment,
    pub(super) clock: Clock,
    /// The orders of the file.
    pub(super) orders: Range<u64>,
    size_key: u64,
    /// Orders that take as many lines as were left: the newest of each file, so that line counts
    /// come out exactly.
    fitted: Vec<(u64, u32)>,
    /// By order number.
    roles: Vec<(u64, Role)>,
}

/// A part given to an order so that even a small report has something of everything that is urgent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Role {
    /// The download it is played for.
    pub(super) snapshot: Moment,
    pub(super) part: Part,
}

/// What the order is at its snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Payment not yet cleared; the buyer may lose interest before it is.
    Pending { will_be_cancelled: bool },
    /// To be shipped by the seller, due so many days after the day of the snapshot.
    Backlog { due: i32, asked_to_cancel: bool },
}

/// Hours before the snapshot and part, most needed first: small files get the head of the list.
const CAST: [(u32, Part); 12] = [
    (120, backlog(-1)),
    (72, backlog(0)),
    (50, backlog(1)),
    (30, backlog(2)),
    (3, pending(true)),
    (
        96,
        Part::Backlog {
            due: 7,
            asked_to_cancel: true,
        },
    ),
    (60, backlog(0)),
    (150, backlog(-2)),
    (20, backlog(3)),
    (12, backlog(4)),
    (
        40,
        Part::Backlog {
            due: 1,
            asked_to_cancel: true,
        },
    ),
    (5, pending(false)),
];

const fn pending(will_be_cancelled: bool) -> Part {
    Part::Pending { will_be_cancelled }
}

const fn backlog(due: i32) -> Part {
    Part::Backlog {
        due,
        asked_to_cancel: false,
    }
}

/// An order has at most so many lines.
const MOST_LINES: u64 = 4;

impl Plan {
    pub(super) fn new(seed: u64, lines: u64, overlap: bool) -> Self {
        let mut plan = Self {
            seed,
            snapshot: FIRST_SNAPSHOT,
            clock: Clock::new(0),
            orders: 0..0,
            size_key: key(seed, Subject::OrderSize),
            fitted: Vec::new(),
            roles: Vec::new(),
        };
        plan.take_first_window(lines);
        let known = plan.orders.end;
        plan.clock = Clock::new(known);
        let newest = plan.clock.orders_at_later_snapshot();
        plan.cast(known, known, FIRST_SNAPSHOT);
        plan.cast(known, newest, LATER_SNAPSHOT);
        if overlap && lines > 0 {
            plan.snapshot = LATER_SNAPSHOT;
            plan.take_later_window(lines, newest);
        }
        plan
    }

    /// How many lines an order has.
    pub(super) fn size(&self, index: u64) -> u32 {
        let fitted = self.fitted.iter().find(|(order, _)| *order == index);
        fitted.map_or_else(|| self.natural_size(index), |&(_, size)| size)
    }

    pub(super) fn role(&self, index: u64) -> Option<Role> {
        let found = self.roles.binary_search_by_key(&index, |(order, _)| *order);
        found.ok().map(|at| self.roles[at].1)
    }

    /// The orders set up as the backlog of this file's snapshot.
    pub(super) fn cast_backlog(&self) -> impl Iterator<Item = u64> {
        let due_now = |role: &Role| {
            role.snapshot == self.snapshot && matches!(role.part, Part::Backlog { .. })
        };
        self.roles
            .iter()
            .filter(move |(_, role)| due_now(role))
            .map(|(index, _)| *index)
    }

    /// From the first order on, until the lines are full.
    fn take_first_window(&mut self, lines: u64) {
        let mut left = lines;
        let mut end = 0;
        while left > 0 {
            let size = self.natural_size(end);
            if u64::from(size) >= left {
                self.fitted.push((end, u32::try_from(left).unwrap_or(size)));
            }
            left = left.saturating_sub(u64::from(size));
            end += 1;
        }
        self.orders = 0..end;
    }

    /// From the newest order back. That one is new, so it may take whatever number of lines is left
    /// over: nothing shared is cut.
    fn take_later_window(&mut self, lines: u64, newest: u64) {
        let mut start = newest - 1;
        let mut taken = 0;
        while taken + MOST_LINES < lines {
            start -= 1;
            taken += u64::from(self.size(start));
        }
        self.fitted
            .push((newest - 1, u32::try_from(lines - taken).unwrap_or(1)));
        self.orders = start..newest;
    }

    fn cast(&mut self, known: u64, end: u64, snapshot: Moment) {
        // A tiny report must stay an ordinary one: at most every sixth order plays a part.
        for (hours, part) in CAST.into_iter().zip(0..known / 6).map(|(entry, _)| entry) {
            let mut index = self
                .clock
                .index_at(Moment(snapshot.0 - hours * HOUR))
                .min(end - 1);
            while index > 0 && self.role(index).is_some() {
                index -= 1;
            }
            if let Err(at) = self.roles.binary_search_by_key(&index, |(order, _)| *order) {
                self.roles.insert(at, (index, Role { snapshot, part }));
            }
        }
    }

    fn natural_size(&self, index: u64) -> u32 {
        let hash = self.size_hash(index);
        match (hash >> 32) % 1000 {
            0..80 => 2,
            80..107 => 3,
            107..120 => 4,
            _ if is_twin(index) => 2,
            _ => 1,
        }
    }

    fn size_hash(&self, index: u64) -> u64 {
        mix(self.size_key ^ index)
    }
}

/// A twin order holds the same line more than once: units sent from several warehouses. One order
/// in 3000 is one, and the first comes late enough to be in both downloads of a seller with 200
/// lines.
pub(super) fn is_twin(index: u64) -> bool {
    index % 3000 == 150
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(plan: &Plan) -> u64 {
        plan.orders
            .clone()
            .map(|index| u64::from(plan.size(index)))
            .sum()
    }

    #[test]
    fn windows_hold_exactly_the_lines_wanted() {
        for wanted in (0..300).chain([4_321, 50_000]) {
            for overlap in [false, true] {
                let plan = Plan::new(wanted ^ 3, wanted, overlap);
                assert_eq!(lines(&plan), wanted, "{wanted} {overlap}");
                assert!(
                    plan.orders
                        .clone()
                        .all(|index| (1..=4).contains(&plan.size(index)))
                );
            }
        }
    }

    #[test]
    fn shared_orders_keep_their_size_and_a_quarter_is_gone() {
        let (first, later) = (Plan::new(8, 20_000, false), Plan::new(8, 20_000, true));
        let shared = later.orders.start..first.orders.end;
        assert!(
            shared
                .clone()
                .all(|index| first.size(index) == later.size(index))
        );
        let gone = later.orders.start * 100 / first.orders.end;
        assert!((20..30).contains(&gone), "{gone} % gone");
    }

    #[test]
    fn every_part_is_played_once_for_each_snapshot() {
        for seed in 0..40 {
            let plan = Plan::new(seed, 200, true);
            assert_eq!(plan.roles.len(), 2 * CAST.len());
            assert_eq!(
                plan.cast_backlog()
                    .filter(|index| plan.orders.contains(index))
                    .count(),
                10
            );
        }
    }
}
