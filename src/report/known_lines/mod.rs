//! Lines that the first pass has read already: the next download holds most of them again, byte for byte.
//!
//! Of every line that could be read, a fingerprint and what the first pass needs are kept, in the order of the file. A later
//! line with the fingerprint that is expected at its place says the same, so its cells are not looked at. What is known at a
//! moment changes how fast lines are read, never what is found: a line that is not known is read in full.
//!
//! Fingerprints are keyed anew in every run. That a line which cannot be read has the fingerprint that is expected of a good
//! one happens once in 2⁶⁴ lines.

mod follower;
mod heads;
mod new_lines;

use std::collections::VecDeque;
use std::hash::BuildHasher;
use std::sync::{Arc, RwLock};

use hashbrown::{DefaultHashBuilder, HashMap};

use super::Report;
use crate::line::FileId;

use heads::Heads;

/// The file and first byte of a chunk.
type Start = (FileId, u64);

/// One line in so many is a landmark, by which a place in an older file is found again.
const LANDMARKS: u64 = 64;

/// What the first pass has read, for all threads.
#[derive(Debug)]
pub struct KnownLines {
    hasher: DefaultHashBuilder,
    most: usize,
    chunks: RwLock<Chunks>,
}

impl Default for KnownLines {
    fn default() -> Self {
        Self::of_at_most(Self::MOST)
    }
}

#[derive(Debug, Default)]
struct Chunks {
    by_start: HashMap<Start, Arc<KnownChunk>>,
    by_age: VecDeque<Start>,
    landmarks: HashMap<Fingerprint, (Start, usize)>,
    lines: usize,
}

/// The lines of a chunk that could be read.
#[derive(Debug)]
struct KnownChunk {
    start: Start,
    /// Where the chunk after it starts.
    end: u64,
    lines: Vec<Fingerprint>,
    /// The head of each.
    heads: Heads,
}

/// What stands for the bytes of a line and the way to read them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Fingerprint(u64);

impl Fingerprint {
    fn is_landmark(self) -> bool {
        self.0.is_multiple_of(LANDMARKS)
    }
}

impl KnownLines {
    /// So many lines are kept: twenty-five bytes each.
    pub const MOST: usize = 3 << 19;

    /// Keeps about so many lines.
    pub fn of_at_most(most: usize) -> Self {
        Self {
            hasher: DefaultHashBuilder::default(),
            most,
            chunks: RwLock::default(),
        }
    }

    /// How many lines are kept.
    pub fn len(&self) -> usize {
        self.chunks.read().map_or(0, |chunks| chunks.lines)
    }

    /// Whether none is kept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes fingerprints of lines of a report.
    fn fingerprinter(&self, report: &Report) -> Fingerprinter<'_> {
        let Report {
            spec,
            layout,
            forms,
            ..
        } = report;
        Fingerprinter {
            hasher: &self.hasher,
            report: self.hasher.hash_one((spec.name, layout, forms)),
        }
    }

    fn chunk(&self, start: Start) -> Option<Arc<KnownChunk>> {
        self.chunks.read().ok()?.by_start.get(&start).cloned()
    }

    fn landmark(&self, line: Fingerprint) -> Option<(Arc<KnownChunk>, usize)> {
        let chunks = self.chunks.read().ok()?;
        let (start, at) = chunks.landmarks.get(&line)?;
        Some((Arc::clone(chunks.by_start.get(start)?), *at))
    }

    /// Keeps the lines of a chunk. If that makes too many, those that were kept first are forgotten.
    fn keep(&self, chunk: KnownChunk) {
        let landmarks = chunk.lines.iter().enumerate();
        let landmarks: Vec<_> = landmarks.filter(|(_, line)| line.is_landmark()).collect();
        let Ok(mut chunks) = self.chunks.write() else {
            return;
        };
        for (at, line) in landmarks {
            chunks.landmarks.insert(*line, (chunk.start, at));
        }
        chunks.lines += chunk.lines.len();
        chunks.by_age.push_back(chunk.start);
        chunks.by_start.insert(chunk.start, Arc::new(chunk));
        while chunks.lines > self.most
            && let Some(oldest) = chunks.by_age.pop_front()
        {
            chunks.forget(oldest);
        }
    }
}

impl Chunks {
    fn forget(&mut self, start: Start) {
        if let Some(chunk) = self.by_start.remove(&start) {
            self.lines -= chunk.lines.len();
            self.landmarks.retain(|_, (of, _)| *of != start);
        }
    }
}

/// Takes fingerprints.
#[derive(Debug, Clone, Copy)]
struct Fingerprinter<'k> {
    hasher: &'k DefaultHashBuilder,
    report: u64,
}

impl Fingerprinter<'_> {
    #[inline]
    fn of(self, line: &[u8]) -> Fingerprint {
        Fingerprint(self.hasher.hash_one(line) ^ self.report)
    }
}
