//! The options of a sample, and the account of what was written.

use encoding_rs::{Encoding, UTF_8};

use super::market::SampleMarket;
use super::purchase_times::{DAY, FIRST_SNAPSHOT, Moment};

/// Which report to invent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SampleKind {
    /// Every order of the last five weeks, newest first: 34 columns, CRLF, several marketplaces.
    #[default]
    AllOrders,
    /// What the seller has still to ship, oldest first: 32 columns, LF. Buyer fields carry
    /// `BUYER-CANARY`.
    Unshipped,
}

/// What to invent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SampleOptions {
    /// Which report.
    pub kind: SampleKind,
    /// Exactly so many lines in the all-orders report, its header and empty lines not counted. An
    /// unshipped report belongs to the all-orders report of this length and has as many lines as
    /// that one has unshipped merchant lines.
    pub lines: u64,
    /// Another seed is another seller.
    pub seed: u64,
    /// The later of two downloads: 2026-07-30 instead of 2026-07-27. A sale has brought new orders,
    /// as many of the oldest (about a quarter) are gone, and some of those in both files have moved
    /// on; the others keep their bytes.
    pub overlap: bool,
    /// About 0.3 % of the lines are corrupted (2 % of an unshipped report), each in one of the ways
    /// real files are; from 500 lines on there is one of every kind, a header that replaces a line
    /// and an empty line among them. Three empty lines end the file. Lines that are not corrupted are
    /// the same as without this option.
    pub dirty: bool,
    /// The encoding. What it lacks becomes `?`. UTF-16 has a byte-order mark.
    pub encoding: &'static Encoding,
    /// Where the seller sells.
    pub market: SampleMarket,
    /// One of several downloads, each of about so many lines as `lines` says; takes the place of `overlap`.
    pub download: Option<Download>,
}

impl Default for SampleOptions {
    fn default() -> Self {
        Self {
            kind: SampleKind::AllOrders,
            lines: 1000,
            seed: 1,
            overlap: false,
            dirty: false,
            encoding: UTF_8,
            market: SampleMarket::Mixed,
            download: None,
        }
    }
}

/// One of several downloads a week apart, the newest on 2026-07-27. Each has all orders of its last days, and what is in several
/// moves on from one to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Download {
    /// Which of them, from 1 for the oldest.
    pub number: u32,
    /// How many there are, at most [`Download::MOST`].
    pub of: u32,
    /// How many days each goes back, at most [`Download::MOST_DAYS`].
    pub days: u32,
}

impl Download {
    /// The most downloads.
    pub const MOST: u32 = 60;
    /// The most days.
    pub const MOST_DAYS: u32 = 365;
    /// Days from one download to the next.
    pub(super) const APART: u32 = 7;

    /// The day of the download: `2026-07-27`.
    pub fn day(self) -> String {
        let (year, month, day) = self.snapshot().date();
        format!("{year}-{month:02}-{day:02}")
    }

    /// The moment of the download.
    pub(super) fn snapshot(self) -> Moment {
        Moment(FIRST_SNAPSHOT.0 - (self.of - self.number) * Self::APART * DAY)
    }
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SampleWritten {
    /// Lines, without the header and without empty ones.
    pub lines: u64,
    /// All bytes, the header's too.
    pub bytes: u64,
}
