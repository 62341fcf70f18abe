//! The content of each file: its lines, days and newest moments.

use std::collections::{BTreeMap, BTreeSet};

use crate::field::{Moment, RejectReason};
use crate::line::{Place, Reject};

use crate::merge::Merge;

/// What was read of one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// Lines of data: blank lines and headers are none.
    pub lines_read: u64,
    /// Lines that are in the numbers.
    pub kept: u64,
    /// Lines of orders whose newer snapshot is in another file.
    pub superseded: u64,
    /// Lines that could not be read.
    pub rejected: u64,
    /// Of all lines that could be read.
    pub first_purchase: Option<Moment>,
    /// Of all lines that could be read.
    pub last_purchase: Option<Moment>,
    /// The greatest `last-updated-date`.
    pub newest_update: Option<Moment>,
    /// The greatest date that says when the file was made.
    pub newest_moment: Option<Moment>,
    /// As Amazon wrote them.
    pub sales_channels: BTreeSet<Box<[u8]>>,
    /// The first header of another report between the lines.
    pub other_header: Option<Place>,
    /// Lines of every chunk, blank ones and headers included, by its first byte.
    chunks: BTreeMap<u64, u64>,
}

impl Source {
    /// Adds a line that could be read.
    #[inline]
    pub fn read(&mut self, purchase: Moment, update: Option<Moment>, newest: Option<Moment>) {
        self.lines_read += 1;
        raise(&mut self.newest_moment, newest);
        if self.first_purchase.is_none_or(|first| purchase < first) {
            self.first_purchase = Some(purchase);
        }
        raise(&mut self.last_purchase, Some(purchase));
        raise(&mut self.newest_update, update);
    }

    /// Adds a line of a report beside orders and backlog: when it was bought, where it says so, and how new it shows the file.
    pub fn read_supplementary(&mut self, purchase: Option<Moment>, newest: Option<Moment>) {
        self.lines_read += 1;
        raise(&mut self.newest_moment, newest);
        raise(&mut self.last_purchase, purchase);
        self.first_purchase = match (self.first_purchase, purchase) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }

    /// Adds a line that could not.
    pub fn reject(&mut self, reject: &Reject) {
        self.lines_read += 1;
        self.rejected += 1;
        if reject.fault.reason == RejectReason::OtherHeader {
            self.other_header = Some(
                self.other_header
                    .map_or(reject.place, |first| first.min(reject.place)),
            );
        }
    }

    /// A chunk of the file is done.
    pub fn end_of_chunk(&mut self, start: u64, lines: u64) {
        *self.chunks.entry(start).or_default() += lines;
    }

    /// The number of the line at a place, the first line of the file being 1. `header_lines` stand before the chunks.
    pub fn line_number(&self, place: Place, header_lines: u64) -> u64 {
        header_lines
            + self
                .chunks
                .range(..place.chunk)
                .map(|(_, lines)| lines)
                .sum::<u64>()
            + place.line
    }
}

/// Raises the greatest moment known. Few moments are greater, which a processor foresees.
#[inline]
pub(crate) fn raise(greatest: &mut Option<Moment>, moment: Option<Moment>) {
    if moment > *greatest {
        *greatest = moment;
    }
}

impl Merge for Source {
    fn merge(&mut self, other: Self) {
        self.lines_read += other.lines_read;
        self.kept += other.kept;
        self.superseded += other.superseded;
        self.rejected += other.rejected;
        self.first_purchase = match (self.first_purchase, other.first_purchase) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        self.last_purchase = self.last_purchase.max(other.last_purchase);
        self.newest_update = self.newest_update.max(other.newest_update);
        self.newest_moment = self.newest_moment.max(other.newest_moment);
        self.sales_channels.extend(other.sales_channels);
        self.other_header = match (self.other_header, other.other_header) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        for (start, lines) in other.chunks {
            *self.chunks.entry(start).or_default() += lines;
        }
    }
}
