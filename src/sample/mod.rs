//! Invented reports: files of any size that look like Amazon's, to try things on and to measure
//! with.
//!
//! The same options give the same bytes on any machine and any number of threads. Every order is
//! drawn from the seed and its own number alone; blocks of orders are written in parallel and
//! published in order.
//!
//! All downloads of a seller (see [`SampleOptions::overlap`] and [`Download`]) tell of the same orders, and the
//! unshipped report of a seed and a number of lines is the seller's backlog in the all-orders
//! report of the same seed and lines.

mod all_orders;
mod block_writer;
mod catalog;
mod cells;
mod corruption;
mod encode;
mod line;
mod market;
mod order;
mod plan;
mod product_name;
mod purchase_times;
mod rng;
mod unshipped;

#[cfg(test)]
mod tests;

use self::block_writer::Block;
use self::catalog::Catalog;
use self::corruption::Corruption;
use self::line::Line;
use self::order::Order;
use self::plan::{Plan, has_equal_lines};
use encoding_rs::{Encoding, UTF_8};
use std::io::{Result, Write};
use std::ops::Range;

pub use self::market::SampleMarket;

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

    /// The day of the download: `2026-07-27`.
    pub fn day(self) -> String {
        let (year, month, day) = self.snapshot().date();
        format!("{year}-{month:02}-{day:02}")
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

/// Invents a report and writes it.
///
/// Purchase times strictly fall from order to order as long as there are fewer than about a million
/// orders; beyond that some share a second.
///
/// ```
/// use ordersift::sample::{SampleKind, SampleOptions, write_sample};
///
/// let kind = SampleKind::AllOrders;
/// let options = SampleOptions { kind, lines: 10, ..SampleOptions::default() };
/// let mut report = Vec::new();
/// assert_eq!(write_sample(&options, &mut report)?.lines, 10);
/// assert!(report.starts_with(b"amazon-order-id\t"));
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
///
/// Only those of `out`.
pub fn write_sample(options: &SampleOptions, out: &mut dyn Write) -> Result<SampleWritten> {
    let sample = Sample::new(options);
    let (header, line_end) = sample.layout();
    let mut written = SampleWritten { lines: 0, bytes: 0 };
    let put_frame = |out: &mut dyn Write, written: &mut SampleWritten, frame: String| {
        let mut frame = frame.into_bytes();
        encode::encode(&mut frame, options.encoding);
        written.bytes += frame.len() as u64;
        out.write_all(&frame)
    };
    let mark = encode::mark(options.encoding);
    put_frame(out, &mut written, [mark, header, line_end].concat())?;
    let fill = |number, block: &mut Block| {
        sample.fill(number, block);
        encode::encode(&mut block.bytes, options.encoding);
    };
    block_writer::write_blocks(sample.blocks(), fill, out, &mut written)?;
    if options.dirty {
        put_frame(out, &mut written, line_end.repeat(3))?;
    }
    Ok(written)
}

/// Orders in a block: about a megabyte of text.
const BLOCK: u64 = 4096;

/// Everything that is the same for all blocks.
struct Sample {
    kind: SampleKind,
    plan: Plan,
    catalog: Catalog,
    corruption: Option<Corruption>,
}

impl Sample {
    fn new(options: &SampleOptions) -> Self {
        let plan = Plan::new(options);
        let catalog = Catalog::new(options.seed, options.lines, &plan.markets);
        let corruption = options
            .dirty
            .then(|| Corruption::new(&plan, options.kind, options.lines));
        Self {
            kind: options.kind,
            plan,
            catalog,
            corruption,
        }
    }

    fn layout(&self) -> (&'static str, &'static str) {
        match self.kind {
            SampleKind::AllOrders => (all_orders::HEADER, all_orders::LINE_END),
            SampleKind::Unshipped => (unshipped::HEADER, unshipped::LINE_END),
        }
    }

    fn blocks(&self) -> u64 {
        (self.plan.orders.end - self.plan.orders.start).div_ceil(BLOCK)
    }

    fn fill(&self, number: u64, block: &mut Block) {
        let Range { start, end } = self.plan.orders;
        match self.kind {
            SampleKind::AllOrders => {
                let last = end - number * BLOCK;
                for index in (last.saturating_sub(BLOCK).max(start)..last).rev() {
                    self.put_order(index, block);
                }
            }
            SampleKind::Unshipped => {
                let first = start + number * BLOCK;
                for index in first..end.min(first + BLOCK) {
                    self.put_order(index, block);
                }
            }
        }
    }

    fn put_order(&self, index: u64, block: &mut Block) {
        let (order, mut rng) = Order::draw(&self.plan, index);
        if self.kind == SampleKind::Unshipped && !unshipped::is_listed(&self.plan, &order) {
            return;
        }
        let (_, line_end) = self.layout();
        let has_equal_lines = has_equal_lines(index);
        let first = Line::draw(&mut rng, &order, &self.catalog, 0);
        for number in 0..self.plan.size(index) {
            let line = if number == 0 || has_equal_lines {
                first
            } else {
                Line::draw(&mut rng, &order, &self.catalog, number)
            };
            let start = block.bytes.len();
            match self.kind {
                SampleKind::AllOrders => {
                    all_orders::put_line(&mut block.bytes, &self.plan, &order, &line);
                }
                SampleKind::Unshipped => {
                    unshipped::put_line(&mut block.bytes, &self.plan, &order, &line);
                }
            }
            if let Some(corruption) = &self.corruption
                && let Some(damage) = corruption.of_line(index, number)
            {
                corruption.corrupt(damage, &mut block.bytes, start, line_end);
            }
            block.bytes.extend_from_slice(line_end.as_bytes());
            block.lines += 1;
        }
    }
}
