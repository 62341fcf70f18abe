//! State of data quality: what each file held, rejected lines, oddities, and lines outside the days asked for.

pub mod newest;
pub mod quality;
pub mod rejects;
pub mod source;

use std::collections::BTreeMap;

use crate::field::{Day, Moment};
use crate::line::FileId;
use crate::merge::Merge;
use newest::NewestMoments;
use quality::Quality;
use rejects::Rejects;
use source::Source;

/// The state of data quality.
#[derive(Debug, Clone, Default)]
pub struct DataQualityState {
    /// What each file held.
    pub sources: BTreeMap<FileId, Source>,
    /// Lines that could not be read.
    pub rejects: Rejects,
    /// Oddities of lines that count.
    pub quality: Quality,
    /// How new the kept lines are.
    pub newest: NewestMoments,
    /// Whether a line that could not be read is of an order that several files hold.
    pub conflicting_rejects: bool,
    /// Kept lines of all-orders files that are outside what is asked for (`--from`, `--to`, filters).
    pub outside: u64,
    /// The first and the last local purchase day of them.
    pub outside_days: Option<(Day, Day)>,
}

impl DataQualityState {
    /// The greatest date in a file that says when it was made; `None` if it has none.
    pub fn newest_moment(&self, file: FileId) -> Option<Moment> {
        let source = self.sources.get(&file);
        source.and_then(|source| source.newest_moment)
    }
}

impl Merge for DataQualityState {
    fn merge(&mut self, other: Self) {
        for (file, source) in other.sources {
            self.sources.entry(file).or_default().merge(source);
        }
        self.rejects.merge(other.rejects);
        self.quality.merge(other.quality);
        self.newest.merge(other.newest);
        self.conflicting_rejects |= other.conflicting_rejects;
        self.outside += other.outside;
        self.outside_days = widest(self.outside_days, other.outside_days);
    }
}

/// From the first day of either to the last of either.
pub(crate) fn widest(one: Option<(Day, Day)>, other: Option<(Day, Day)>) -> Option<(Day, Day)> {
    match (one, other) {
        (Some(one), Some(other)) => Some((one.0.min(other.0), one.1.max(other.1))),
        (one, other) => one.or(other),
    }
}
