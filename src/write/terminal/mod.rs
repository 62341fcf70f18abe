//! The first screen: what sold, what must ship, whether the data is sound, what to look at next.

mod backlog;
mod block;
mod head;
mod look;
mod sales;
mod sound;

use std::io;

use crate::table::Document;

use super::screen::Screen;
use super::{Format, Shape};

pub(super) use head::as_of;

pub(super) const FORMAT: Format = Format {
    name: "terminal",
    about: "a summary on one screen, for people",
    shape: Shape::Screen(summary),
};

/// Lines of a screen, less one for the prompt that follows.
const LINES: usize = 23;

/// Writes the summary: at most 23 lines, none wider than the screen.
pub fn summary(document: &Document, screen: &Screen, out: &mut dyn io::Write) -> io::Result<()> {
    let head = head::lines(document, screen);
    let mut foot = sound::status(document, screen);
    foot.extend(backlog::lines(document, screen));
    foot.extend(sound::control(document, screen));
    foot.extend(look::lines(document, screen));
    let room = LINES.saturating_sub(head.len() + foot.len() + 2);
    let block = block::lines(document, screen, room);
    for part in [head, vec![String::new()], block, vec![String::new()], foot] {
        for line in part {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
