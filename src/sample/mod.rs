//! Invented reports: files of any size that look like Amazon's, to try things on and to measure
//! with.
//!
//! The same options give the same bytes on any machine and any number of threads. Every order is
//! drawn from the seed and its own number alone; blocks of orders are written in parallel and
//! published in order.
//!
//! Both downloads of a seller (see [`SampleOptions::overlap`]) tell of the same orders, and the
//! unshipped report of a seed and a number of lines is the seller's backlog in the all-orders
//! report of the same seed and lines.

mod all_orders;
mod catalog;
mod clock;
mod dice;
mod dirt;
mod line;
mod market;
mod names;
mod order;
mod place;
mod plan;
mod pump;
mod text;
mod unshipped;

#[cfg(test)]
mod tests;

use self::catalog::Catalog;
use self::dirt::Dirt;
use self::line::Line;
use self::order::Order;
use self::plan::{Plan, is_twin};
use self::pump::Block;
use std::io::{Result, Write};
use std::ops::Range;

/// Which report to invent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SampleKind {
    /// Every order of the last five weeks, newest first: 34 columns, CRLF, several marketplaces.
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
    /// About 0.3 % of the lines are spoilt (2 % of an unshipped report), each in one of the ways
    /// real files are; from 500 lines on there is one of every kind, a header that replaces a line
    /// and an empty line among them. Three empty lines end the file. Lines that are not spoilt are
    /// the same as without this option.
    pub dirty: bool,
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
/// let options = SampleOptions { kind, lines: 10, seed: 1, overlap: false, dirty: false };
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
    let mut frame = [header, line_end].concat();
    out.write_all(frame.as_bytes())?;
    let mut written = pump::write_blocks(
        sample.blocks(),
        |number, block| sample.fill(number, block),
        out,
    )?;
    written.bytes += frame.len() as u64;
    if options.dirty {
        frame = line_end.repeat(3);
        out.write_all(frame.as_bytes())?;
        written.bytes += frame.len() as u64;
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
    dirt: Option<Dirt>,
}

impl Sample {
    fn new(options: &SampleOptions) -> Self {
        let plan = Plan::new(options.seed, options.lines, options.overlap);
        let catalog = Catalog::new(options.seed, options.lines);
        let dirt = options
            .dirty
            .then(|| Dirt::new(&plan, options.kind, options.lines));
        Self {
            kind: options.kind,
            plan,
            catalog,
            dirt,
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
        let (order, mut dice) = Order::draw(&self.plan, index);
        if self.kind == SampleKind::Unshipped && !unshipped::is_listed(&self.plan, &order) {
            return;
        }
        let (_, line_end) = self.layout();
        let is_twin = is_twin(index);
        let first = Line::draw(&mut dice, &order, &self.catalog, 0);
        for number in 0..self.plan.size(index) {
            let line = if number == 0 || is_twin {
                first
            } else {
                Line::draw(&mut dice, &order, &self.catalog, number)
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
            if let Some(dirt) = &self.dirt
                && let Some(damage) = dirt.of_line(index, number)
            {
                dirt.spoil(damage, &mut block.bytes, start, line_end);
            }
            block.bytes.extend_from_slice(line_end.as_bytes());
            block.lines += 1;
        }
    }
}
