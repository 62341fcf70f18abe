//! Blocks made in parallel, written in order, with bounded memory.

use super::options::SampleWritten;
use rayon::prelude::*;
use std::io::{Result, Write};
use std::mem::swap;

/// A run of whole lines.
#[derive(Debug, Default)]
pub(super) struct Block {
    number: u64,
    pub(super) bytes: Vec<u8>,
    pub(super) lines: u64,
}

/// Blocks made at a time: enough to keep a few cores busy; two such windows are in memory.
const WINDOW: u64 = 16;

/// Makes blocks `0..count` with `fill` and writes them one after the other; the next window is made
/// while one is written.
pub(super) fn write_blocks<F>(
    count: u64,
    fill: F,
    out: &mut dyn Write,
    written: &mut SampleWritten,
) -> Result<()>
where
    F: Fn(u64, &mut Block) + Sync,
{
    let mut ready = Vec::new();
    let mut coming = Vec::new();
    let mut next = 0;
    fill_window(&mut ready, next, count, &fill);
    while next < count {
        next += WINDOW;
        // The writer stays on this thread, since `out` need not be `Send`.
        rayon::in_place_scope(|scope| {
            scope.spawn(|_| fill_window(&mut coming, next, count, &fill));
            write_window(&ready, out, written)
        })?;
        swap(&mut ready, &mut coming);
    }
    Ok(())
}

fn fill_window<F>(window: &mut Vec<Block>, first: u64, count: u64, fill: &F)
where
    F: Fn(u64, &mut Block) + Sync,
{
    let numbers = first..count.min(first + WINDOW);
    window.resize_with(numbers.clone().count(), Block::default);
    for (block, number) in window.iter_mut().zip(numbers) {
        block.number = number;
        block.lines = 0;
        block.bytes.clear();
    }
    window
        .par_iter_mut()
        .for_each(|block| fill(block.number, block));
}

fn write_window(window: &[Block], out: &mut dyn Write, written: &mut SampleWritten) -> Result<()> {
    for block in window {
        out.write_all(&block.bytes)?;
        written.lines += block.lines;
        written.bytes += block.bytes.len() as u64;
    }
    Ok(())
}
