//! Lines that could not be read: all are counted, the first 10,000 are kept.

use std::collections::BTreeMap;

use crate::field::RejectReason;
use crate::line::{FileId, Place, Reject};

use crate::merge::Merge;

/// How many rejects are kept to be listed; all are counted.
pub const LISTED: usize = 10_000;

/// Why a line was rejected, and the column at fault if it is one.
pub type Reason = (RejectReason, Option<&'static str>);

/// The rejects of a run. The kept ones are those that stand first, by file and byte, so that no merge order matters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rejects {
    total: u64,
    counts: BTreeMap<(FileId, Reason), u64>,
    first: BTreeMap<Place, Reject>,
}

impl Rejects {
    /// Adds one.
    pub fn add(&mut self, reject: Reject) {
        self.total += 1;
        let reason = (reject.fault.reason, reject.fault.column);
        *self.counts.entry((reject.place.file, reason)).or_default() += 1;
        self.keep(reject);
    }

    /// All of them, listed or not.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// How many lines of each file were rejected for each reason.
    pub fn counts(&self) -> impl Iterator<Item = (FileId, Reason, u64)> {
        self.counts
            .iter()
            .map(|(&(file, reason), &lines)| (file, reason, lines))
    }

    /// The first ones, by place.
    pub fn listed(&self) -> impl Iterator<Item = &Reject> {
        self.first.values()
    }

    fn keep(&mut self, reject: Reject) {
        let full = self.first.len() >= LISTED;
        if full
            && self
                .first
                .last_key_value()
                .is_some_and(|(last, _)| *last < reject.place)
        {
            return;
        }
        self.first.insert(reject.place, reject);
        if self.first.len() > LISTED {
            self.first.pop_last();
        }
    }
}

impl Merge for Rejects {
    fn merge(&mut self, other: Self) {
        self.total += other.total;
        for (key, lines) in other.counts {
            *self.counts.entry(key).or_default() += lines;
        }
        other
            .first
            .into_values()
            .for_each(|reject| self.keep(reject));
    }
}
