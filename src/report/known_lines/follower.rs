//! A place in what is known, which moves on with the lines of a chunk.

use std::sync::Arc;

use super::{Fingerprint, KnownChunk, KnownLines};
use crate::line::OrderLineHead;

/// So many lines may be missing from the new file between two that both have.
const AHEAD: usize = 8;

/// After so many lines that are not where they are expected, the place is given up.
const PATIENCE: u32 = 16;

/// A place in what is known: where the next line is expected.
#[derive(Debug)]
pub(super) struct Follower<'k> {
    known: &'k KnownLines,
    chunk: Option<Arc<KnownChunk>>,
    next: usize,
    missed: u32,
}

impl<'k> Follower<'k> {
    /// Nothing is expected yet.
    pub(super) fn new(known: &'k KnownLines) -> Self {
        Self {
            known,
            chunk: None,
            next: 0,
            missed: 0,
        }
    }

    /// The head of the next line, if it is known.
    #[inline]
    pub(super) fn head_of(&mut self, line: Fingerprint) -> Option<OrderLineHead<'_>> {
        let at = self.find(line)?;
        self.next = at + 1;
        self.missed = 0;
        self.chunk.as_ref().map(|chunk| chunk.heads.get(at))
    }

    #[inline]
    fn find(&mut self, line: Fingerprint) -> Option<usize> {
        if let Some(chunk) = &self.chunk
            && self.next == chunk.lines.len()
        {
            self.chunk = self.known.chunk((chunk.start.0, chunk.end));
            self.next = 0;
        }
        if let Some(chunk) = &self.chunk {
            let rest = &chunk.lines[self.next..];
            let ahead = &rest[..rest.len().min(AHEAD)];
            if let Some(at) = ahead.iter().position(|known| *known == line) {
                return Some(self.next + at);
            }
            self.missed += 1;
            if self.missed < PATIENCE {
                return None;
            }
            self.chunk = None;
        }
        if !line.is_landmark() {
            return None;
        }
        let (chunk, at) = self.known.landmark(line)?;
        self.chunk = Some(chunk);
        Some(at)
    }
}
