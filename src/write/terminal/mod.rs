//! The first screen: sales, orders to ship, data status, findings.

mod block;
mod comparison;

use std::io;

use crate::overview::Overview;
use crate::table::Document;

use super::brief;
use super::screen::{Piece, Screen};
use super::{Format, Shape};
use crate::write::wrap::{Flow, LABEL};

pub(super) const FORMAT: Format = Format {
    name: "terminal",
    about: "a summary on one screen, for people",
    binary: false,
    shape: Shape::Screen(summary),
};

/// Lines of a screen, less one for the prompt that follows.
const LINES: usize = 23;

/// Writes the summary: at most 23 lines, none wider than the screen.
pub fn summary(document: &Document, screen: &Screen, out: &mut dyn io::Write) -> io::Result<()> {
    let overview = Overview::of(document, screen.by);
    let mut head = brief::read(document, screen.took.as_deref()).lines("", screen);
    if let Some(compared) = &document.compared {
        let block = comparison::lines(document, &overview, compared, screen);
        let foot = comparison::notes(document, &overview, screen);
        return write_parts(
            [head, vec![String::new()], block, vec![String::new()], foot],
            out,
        );
    }
    head.extend(brief::judged(document).lines("", screen));
    if let Some(gaps) = brief::gaps(&overview) {
        head.push(String::new());
        head.extend(gaps.flow.lines(gaps.label, screen));
    }
    let notes = brief::notes(document, &overview);
    let notes = notes.iter().map(|note| note.flow.lines(note.label, screen));
    let mut foot: Vec<String> = notes.flatten().collect();
    foot.extend(findings(document, &overview, screen));
    let room = LINES.saturating_sub(head.len() + foot.len() + 2);
    let block = block::lines(document, overview.demand.sales, screen, room);
    write_parts(
        [head, vec![String::new()], block, vec![String::new()], foot],
        out,
    )
}

fn write_parts(parts: [Vec<String>; 5], out: &mut dyn io::Write) -> io::Result<()> {
    for line in parts.into_iter().flatten() {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn findings(document: &Document, overview: &Overview, screen: &Screen) -> Vec<String> {
    let mut lines = Vec::new();
    for (text, then) in brief::findings(document, overview) {
        let mut flow = Flow::default();
        // What to do is never cut off: the finding is.
        let then = format!("({then})");
        let columns = screen.columns().saturating_sub(LABEL + then.len() + 1);
        flow.add("", Piece::plain(&text).cut(columns));
        flow.add(" ", Piece::dim(&then));
        lines.extend(flow.lines(if lines.is_empty() { "Check" } else { " " }, screen));
    }
    lines
}

#[cfg(test)]
mod tests;
