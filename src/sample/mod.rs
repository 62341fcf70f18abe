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
mod options;
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
use std::io::{Result, Write};
use std::ops::Range;

pub use self::market::SampleMarket;
pub use self::options::{Download, SampleKind, SampleOptions, SampleWritten};

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
