//! The orders of a file, their numbers of lines, and the few whose situation is preset.

use super::market::{Market, markets};
use super::options::{Download, SampleOptions};
use super::purchase_times::{DAY, FIRST_SNAPSHOT, HOUR, LATER_SNAPSHOT, Moment, PurchaseTimes};
use super::rng::{Subject, key, mix};
use std::ops::Range;

/// Orders are numbered by purchase, the oldest is 0. All downloads of a seller see the same orders
/// under the same numbers.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) seed: u64,
    pub(super) snapshot: Moment,
    pub(super) markets: Vec<Market>,
    pub(super) purchases: PurchaseTimes,
    /// The orders of the file.
    pub(super) orders: Range<u64>,
    size_key: u64,
    /// Orders that take as many lines as were left: the newest of each file, so that line counts
    /// come out exactly.
    fitted: Vec<(u64, u32)>,
    /// By order number.
    presets: Vec<(u64, Preset)>,
}

/// A situation given to an order so that even a small report has something of everything that is urgent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Preset {
    /// The moment at which the order is in it.
    pub(super) snapshot: Moment,
    pub(super) situation: Situation,
}

/// What an order is at a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Situation {
    /// Payment not yet cleared; the buyer may lose interest before it is.
    Pending { will_be_cancelled: bool },
    /// To be shipped by the seller, due so many days after the day of the snapshot.
    Backlog { due: i32, asked_to_cancel: bool },
}

/// Hours before the snapshot and situation, most needed first: small files get the head of the list.
const SITUATIONS: [(u32, Situation); 12] = [
    (120, backlog(-1)),
    (72, backlog(0)),
    (50, backlog(1)),
    (30, backlog(2)),
    (3, pending(true)),
    (
        96,
        Situation::Backlog {
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
        Situation::Backlog {
            due: 1,
            asked_to_cancel: true,
        },
    ),
    (5, pending(false)),
];

const fn pending(will_be_cancelled: bool) -> Situation {
    Situation::Pending { will_be_cancelled }
}

const fn backlog(due: i32) -> Situation {
    Situation::Backlog {
        due,
        asked_to_cancel: false,
    }
}

/// An order has at most so many lines.
const MOST_LINES: u64 = 4;

impl Plan {
    pub(super) fn new(options: &SampleOptions) -> Self {
        let (seed, lines) = (options.seed, options.lines);
        let markets = markets(options.market);
        let mut plan = Self {
            seed,
            snapshot: FIRST_SNAPSHOT,
            purchases: PurchaseTimes::new(0, &markets),
            markets,
            orders: 0..0,
            size_key: key(seed, Subject::OrderSize),
            fitted: Vec::new(),
            presets: Vec::new(),
        };
        match options.download {
            Some(download) => plan.take_download(lines, download),
            None => plan.take_first_or_later(lines, options.overlap),
        }
        plan
    }

    fn take_first_or_later(&mut self, lines: u64, overlap: bool) {
        self.take_first_window(lines);
        let known = self.orders.end;
        self.purchases = PurchaseTimes::new(known, &self.markets);
        let newest = self.purchases.orders_at_later_snapshot();
        self.preset_orders(known, known, FIRST_SNAPSHOT);
        self.preset_orders(known, newest, LATER_SNAPSHOT);
        if overlap && lines > 0 {
            self.snapshot = LATER_SNAPSHOT;
            self.take_later_window(lines, newest);
        }
    }

    /// The orders of the last days before one of several downloads.
    fn take_download(&mut self, lines: u64, download: Download) {
        let days = (download.of - 1) * Download::APART + download.days;
        self.take_first_window(lines * u64::from(days) / u64::from(download.days));
        let known = self.orders.end;
        self.purchases = PurchaseTimes::of_days(days, known, &self.markets);
        for number in 1..=download.of {
            let snapshot = Download { number, ..download }.snapshot();
            self.preset_orders(known / u64::from(download.of), known, snapshot);
        }
        self.snapshot = download.snapshot();
        // Whole spans only: no order is purchased outside of the days.
        let times = &self.purchases;
        let first = times.index_at(Moment(self.snapshot.0 - download.days * DAY));
        let first =
            first + u64::from(times.span(first).0.plus(download.days * DAY) < self.snapshot);
        let end = times.index_at(self.snapshot);
        let end = end + u64::from(times.span(end).1 <= self.snapshot);
        self.orders = first.min(known)..end.min(known);
    }

    /// How many lines an order has.
    pub(super) fn size(&self, index: u64) -> u32 {
        let fitted = self.fitted.iter().find(|(order, _)| *order == index);
        fitted.map_or_else(|| self.natural_size(index), |&(_, size)| size)
    }

    pub(super) fn preset(&self, index: u64) -> Option<Preset> {
        let found = self
            .presets
            .binary_search_by_key(&index, |(order, _)| *order);
        found.ok().map(|at| self.presets[at].1)
    }

    /// The orders set up as the backlog of this file's snapshot.
    pub(super) fn preset_backlog(&self) -> impl Iterator<Item = u64> {
        let due_now = |preset: &Preset| {
            preset.snapshot == self.snapshot
                && matches!(preset.situation, Situation::Backlog { .. })
        };
        self.presets
            .iter()
            .filter(move |(_, preset)| due_now(preset))
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

    fn preset_orders(&mut self, known: u64, end: u64, snapshot: Moment) {
        // A tiny report must stay an ordinary one: at most every sixth order is preset.
        for (hours, situation) in SITUATIONS
            .into_iter()
            .zip(0..known / 6)
            .map(|(entry, _)| entry)
        {
            let mut index = self
                .purchases
                .index_at(Moment(snapshot.0 - hours * HOUR))
                .min(end - 1);
            while index > 0 && self.preset(index).is_some() {
                index -= 1;
            }
            if let Err(at) = self
                .presets
                .binary_search_by_key(&index, |(order, _)| *order)
            {
                self.presets.insert(
                    at,
                    (
                        index,
                        Preset {
                            snapshot,
                            situation,
                        },
                    ),
                );
            }
        }
    }

    fn natural_size(&self, index: u64) -> u32 {
        let hash = self.size_hash(index);
        match (hash >> 32) % 1000 {
            0..80 => 2,
            80..107 => 3,
            107..120 => 4,
            _ if has_equal_lines(index) => 2,
            _ => 1,
        }
    }

    fn size_hash(&self, index: u64) -> u64 {
        mix(self.size_key ^ index)
    }
}

/// Whether an order holds the same line more than once: units sent from several warehouses. One order
/// in 3000 does, and the first comes late enough to be in both downloads of a seller with 200
/// lines.
pub(super) fn has_equal_lines(index: u64) -> bool {
    index % 3000 == 150
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(seed: u64, lines: u64, overlap: bool) -> Plan {
        Plan::new(&SampleOptions {
            lines,
            seed,
            overlap,
            ..SampleOptions::default()
        })
    }

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
                let plan = plan(wanted ^ 3, wanted, overlap);
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
        let (first, later) = (plan(8, 20_000, false), plan(8, 20_000, true));
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
    fn every_situation_is_preset_once_for_each_snapshot() {
        for seed in 0..40 {
            let plan = plan(seed, 200, true);
            assert_eq!(plan.presets.len(), 2 * SITUATIONS.len());
            assert_eq!(
                plan.preset_backlog()
                    .filter(|index| plan.orders.contains(index))
                    .count(),
                10
            );
        }
    }
}
