//! The progress bar of a long run: bytes, speed, time left. It is shown on a terminal after half a second, on stderr.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use ordersift::pipeline::Progress;

use super::screen::Screen;

/// A bar that appears when a run turns out to be long.
#[derive(Debug)]
pub(crate) struct Bar {
    wanted: bool,
    started: Instant,
    bytes: AtomicU64,
    lines: AtomicU64,
    drawing: Mutex<Option<ProgressBar>>,
    total: AtomicU64,
}

const PATIENCE: Duration = Duration::from_millis(500);

impl Bar {
    pub(crate) fn new(screen: &Screen) -> Self {
        let (bytes, lines, total) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
        Self {
            wanted: screen.shows_progress(),
            started: Instant::now(),
            bytes,
            lines,
            drawing: Mutex::new(None),
            total,
        }
    }

    /// Takes the bar off the screen.
    pub(crate) fn clear(&self) {
        if let Ok(mut bar) = self.drawing.lock()
            && let Some(bar) = bar.take()
        {
            bar.finish_and_clear();
        }
    }
}

impl Progress for Bar {
    fn start(&self, bytes: u64) {
        // A run whose overlaps must be settled anew starts again.
        self.bytes.store(0, Ordering::Relaxed);
        self.total.store(bytes, Ordering::Relaxed);
    }

    fn advance(&self, bytes: u64, lines: u64) {
        let done = self.bytes.fetch_add(bytes, Ordering::Relaxed) + bytes;
        let lines = self.lines.fetch_add(lines, Ordering::Relaxed) + lines;
        let elapsed = self.started.elapsed();
        if !self.wanted || elapsed < PATIENCE {
            return;
        }
        // A thread that finds the bar in use leaves it to the other one.
        if let Ok(mut bar) = self.drawing.try_lock() {
            let bar = bar.get_or_insert_with(|| {
                drawn(self.total.load(Ordering::Relaxed)).with_elapsed(elapsed)
            });
            let per_second = u128::from(lines) * 1000 / elapsed.as_millis().max(1);
            bar.set_message(format!("{} lines/s", grouped(per_second)));
            bar.set_position(done);
        }
    }
}

fn drawn(total: u64) -> ProgressBar {
    let template = "{bar:24} {bytes} of {total_bytes}  {bytes_per_sec}  {msg}  {eta} left";
    let style =
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr()).with_style(style)
}

fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
