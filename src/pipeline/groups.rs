//! The row groups of converted files, one after the other, for whichever thread is free.

use std::sync::{Arc, Mutex};

use crate::error::Error;
use crate::input::Converted;
use crate::line::Place;

use super::stream::{Failed, Source};

/// The row groups of several files. Few footers are kept at a time, since each is opened when the one before is through.
pub(super) struct Groups<'p> {
    state: Mutex<State<'p>>,
}

struct State<'p> {
    /// Files that were not opened yet, the next one last.
    sources: Vec<Source<'p>>,
    open: Option<(Source<'p>, Arc<Converted>)>,
    next: usize,
}

/// A row group of a file.
pub(super) struct Group<'p> {
    pub(super) source: Source<'p>,
    pub(super) lines: Arc<Converted>,
    pub(super) index: usize,
}

impl<'p> Groups<'p> {
    pub(super) fn new(mut sources: Vec<Source<'p>>) -> Self {
        sources.reverse();
        Self {
            state: Mutex::new(State {
                sources,
                open: None,
                next: 0,
            }),
        }
    }

    /// The next one; `None` once there are no more.
    pub(super) fn next(&self) -> Option<Result<Group<'p>, Failed>> {
        let mut state = self.state.lock().ok()?;
        loop {
            if let Some((source, lines)) = &state.open
                && state.next < lines.footer().groups()
            {
                let group = Group {
                    source: *source,
                    lines: Arc::clone(lines),
                    index: state.next,
                };
                state.next += 1;
                return Some(Ok(group));
            }
            let source = state.sources.pop()?;
            match opened(source) {
                Ok(lines) => state.open = Some((source, Arc::new(lines))),
                Err(error) => return Some(Err(((source.0, 0), error))),
            }
            state.next = 0;
        }
    }

    /// Leaves out all that were not read yet.
    pub(super) fn drain(&self) {
        if let Ok(mut state) = self.state.lock() {
            state.sources.clear();
            state.open = None;
        }
    }
}

fn opened((_, input, _): Source<'_>) -> Result<Converted, Error> {
    let lines = input.converted()?;
    lines.ok_or_else(|| input.unreadable(std::io::Error::other("no converted lines")))
}

impl Group<'_> {
    /// Where its lines start: they are counted instead of bytes.
    pub(super) fn start(&self) -> Place {
        let before = self.lines.footer().lines_before(self.index);
        Place {
            file: self.source.0,
            byte: before,
            chunk: before,
            line: 0,
        }
    }
}
