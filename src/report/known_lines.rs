//! Lines that the first pass has read already: the next download holds most of them again, byte for byte.
//!
//! Of every line that could be read, a fingerprint and what the first pass needs are kept, in the order of the file. A later
//! line with the fingerprint that is expected at its place says the same, so its cells are not looked at. What is known at a
//! moment changes how fast lines are read, never what is found: a line that is not known is read in full.
//!
//! Fingerprints are keyed anew in every run. That a line which cannot be read has the fingerprint that is expected of a good
//! one happens once in 2⁶⁴ lines.

use std::collections::VecDeque;
use std::hash::BuildHasher;
use std::sync::{Arc, RwLock};

use hashbrown::{DefaultHashBuilder, HashMap};

use crate::chunk::Text;
use crate::field::{Moment, OrderId};
use crate::line::{
    Fault, FileId, LineSink, OrderLine, OrderLineHead, Place, Row, SupplementaryLine, UnshippedLine,
};

use super::scan::{Carried, Scan, start_of};
use super::{Kind, Report};

/// The file and first byte of a chunk.
type Start = (FileId, u64);

/// One line in so many is a landmark, by which a place in an older file is found again.
const LANDMARKS: u64 = 64;

/// So many lines may be missing from the new file between two that both have.
const AHEAD: usize = 8;

/// After so many lines that are not where they are expected, the place is given up.
const PATIENCE: u32 = 16;

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

/// Heads of lines, packed.
#[derive(Debug, Default)]
struct Heads {
    orders: Vec<(OrderId, [u32; 2])>,
    kinds: Vec<u8>,
    named: Vec<HeadKind>,
}

/// What is the same in most heads.
#[derive(Debug, Clone, PartialEq, Eq)]
struct HeadKind {
    sales_channel: Box<[u8]>,
    /// Whether the purchase has a time of day, and the update, if there is one.
    purchase_timed: bool,
    update_timed: Option<bool>,
}

impl Heads {
    /// Packs one more; says whether it can be.
    fn push(&mut self, head: &OrderLineHead<'_>) -> bool {
        let kind = |kind: &HeadKind| {
            *kind.sales_channel == *head.sales_channel
                && kind.purchase_timed == head.purchase_date.timed
                && kind.update_timed == head.last_updated_date.map(|update| update.timed)
        };
        let same = (self.kinds.last())
            .filter(|last| kind(&self.named[usize::from(**last)]))
            .map(|last| usize::from(*last));
        let number = same
            .or_else(|| self.named.iter().position(kind))
            .unwrap_or(self.named.len());
        let update = head.last_updated_date.map_or(0, |update| update.utc);
        let moments = (u32::try_from(head.purchase_date.utc), u32::try_from(update));
        let (Ok(number), (Ok(purchase), Ok(update))) = (u8::try_from(number), moments) else {
            return false;
        };
        if usize::from(number) == self.named.len() {
            self.named.push(HeadKind {
                sales_channel: head.sales_channel.into(),
                purchase_timed: head.purchase_date.timed,
                update_timed: head.last_updated_date.map(|update| update.timed),
            });
        }
        self.kinds.push(number);
        self.orders.push((head.order_id, [purchase, update]));
        true
    }

    #[inline]
    fn get(&self, index: usize) -> OrderLineHead<'_> {
        let (order_id, [purchase, update]) = self.orders[index];
        let kind = &self.named[usize::from(self.kinds[index])];
        let moment = |utc: u32, timed| Moment {
            utc: i64::from(utc),
            timed,
        };
        OrderLineHead {
            order_id,
            purchase_date: moment(purchase, kind.purchase_timed),
            last_updated_date: kind.update_timed.map(|timed| moment(update, timed)),
            sales_channel: &kind.sales_channel,
        }
    }
}

/// What stands for the bytes of a line and the way to read them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Fingerprint(u64);

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
    pub(super) fn reader(&self, report: &Report) -> Reader<'_> {
        let Report {
            spec,
            layout,
            forms,
            ..
        } = report;
        Reader {
            hasher: &self.hasher,
            report: self.hasher.hash_one((spec.name, layout, forms)),
        }
    }

    /// Follows the lines of a chunk through the chunks that are known.
    pub(super) fn follow(&self) -> Follower<'_> {
        Follower {
            known: self,
            chunk: None,
            next: 0,
            missed: 0,
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
pub(super) struct Reader<'k> {
    hasher: &'k DefaultHashBuilder,
    report: u64,
}

impl Reader<'_> {
    #[inline]
    pub(super) fn fingerprint(self, line: &[u8]) -> Fingerprint {
        Fingerprint(self.hasher.hash_one(line) ^ self.report)
    }
}

/// A place in what is known: where the next line is expected.
#[derive(Debug)]
pub(super) struct Follower<'k> {
    known: &'k KnownLines,
    chunk: Option<Arc<KnownChunk>>,
    next: usize,
    missed: u32,
}

impl Follower<'_> {
    /// The head of the next line, if it is known.
    #[inline]
    fn head_of(&mut self, line: Fingerprint) -> Option<OrderLineHead<'_>> {
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

impl Scan<'_> {
    /// The same as [`Scan::lines`] for who needs no more than a line's head: of lines that are known, nothing else is read.
    pub fn new_lines(
        self,
        text: Text<'_>,
        carried: &mut Carried,
        known: &KnownLines,
        into: &mut impl LineSink,
    ) -> u64 {
        if self.report.spec.kind != Kind::AllOrders {
            return self.lines(text, carried, into);
        }
        let (start, reader) = (start_of(text), known.reader(self.report));
        let mut follower = known.follow();
        let mut read = Read {
            reader,
            lines: Vec::new(),
            heads: Heads::default(),
        };
        // Lines that are passed on, and lines after them that are not known.
        let (mut passed, mut new) = (0, 0..0);
        for line in text.raw_lines() {
            let fingerprint = reader.fingerprint(&text.bytes()[line.clone()]);
            let Some(head) = follower.head_of(fingerprint) else {
                new.end = line.end;
                continue;
            };
            if !new.is_empty() {
                let part = text.part(new, passed);
                passed += self.absorb(part, carried, true, &mut (&mut *into, &mut read));
            }
            passed += 1;
            new = line.end..line.end;
            into.known_line(text.part(line, passed).place(), &head);
            read.add(fingerprint, &head);
        }
        let part = text.part(new, passed);
        passed += self.absorb(part, carried, true, &mut (&mut *into, &mut read));
        let Read { lines, heads, .. } = read;
        known.keep(KnownChunk {
            start: (start.file, start.byte),
            end: text.end(),
            lines,
            heads,
        });
        into.end_of_chunk(start, passed);
        passed
    }
}

/// The lines of a chunk that could be read.
#[derive(Debug)]
struct Read<'k> {
    reader: Reader<'k>,
    lines: Vec<Fingerprint>,
    heads: Heads,
}

impl Read<'_> {
    #[inline]
    fn add(&mut self, line: Fingerprint, head: &OrderLineHead<'_>) {
        if self.heads.push(head) {
            self.lines.push(line);
        }
    }
}

impl LineSink for Read<'_> {
    #[inline]
    fn order_line(&mut self, row: Row<'_>, line: &OrderLine<'_>) {
        self.add(self.reader.fingerprint(row.raw), &line.head());
    }

    fn unshipped_line(&mut self, _: Row<'_>, _: &UnshippedLine<'_>) {}

    fn supplementary_line(&mut self, _: Row<'_>, _: &SupplementaryLine<'_>) {}

    fn reject(&mut self, _: Row<'_>, _: Fault) {}

    fn reads_texts(&self) -> bool {
        false
    }

    fn repeated_header(&mut self, _: Row<'_>) {}

    fn end_of_chunk(&mut self, _: Place, _: u64) {}
}
