//! The first pass: which orders each file holds, how new they are there, and where.

use std::collections::BTreeMap;
use std::ops::Range;

use hashbrown::HashSet;

use crate::field::{Moment, OrderId};
use crate::line::{
    Fault, FileId, LineSink, OrderLine, OrderLineHead, Place, Row, SupplementaryLine, UnshippedLine,
};
use crate::merge::Merge;
use crate::partitioned::{PARTITIONS, Partitioned};

/// Lines of one order that stand together in one chunk.
#[derive(Debug, Clone, Copy)]
struct Run {
    id: OrderId,
    /// The greatest `last-updated-date`, then how many lines could be read. See [`stamped`].
    stamp_and_lines: u64,
    /// Which chunk of its thread, and which run of that chunk.
    chunk: u32,
    number: u32,
}

const LINES: u32 = 24;
const MOST_LINES: u64 = (1 << LINES) - 1;
/// Seconds from the year 0 to 1970, and some: no date that a report can hold is below zero after that.
const EPOCH: i64 = 1 << 38;

/// A stamp as the upper bits of a run: zero where there is none, so that any is greater.
fn stamped(stamp: Option<i64>) -> u64 {
    stamp.map_or(0, |stamp| (stamp + EPOCH).unsigned_abs() << LINES)
}

/// A chunk that was scanned.
#[derive(Debug, Clone, Copy)]
struct ScannedChunk {
    file: FileId,
    start: u64,
    runs: u32,
    /// The number of its first run among those of all chunks.
    base: u64,
}

/// How new a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Age {
    newest_update: Option<i64>,
    /// The greatest date that says when the file was made.
    newest: Option<i64>,
}

/// What the first pass leaves: twenty-four bytes for every run of lines, and how new the files are.
#[derive(Debug, Clone, Default)]
pub struct SnapshotScan {
    runs: Partitioned<Vec<Run>, Vec<ScannedChunk>>,
    /// The chunks of this thread; those of others are notes on their runs.
    chunks: Vec<ScannedChunk>,
    ages: BTreeMap<FileId, Age>,
    /// Of the chunk at hand: how new it is, and its last run's order.
    age: Age,
    open: Option<OrderId>,
}

/// A run of lines of one order, as it is settled.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) file: FileId,
    /// The greatest `last-updated-date`; zero where there is none.
    pub(super) stamp: u64,
    /// How many lines could be read.
    pub(super) lines: u64,
    /// Its number among those of all chunks.
    pub(super) number: u64,
}

impl SnapshotScan {
    #[inline]
    fn add(
        &mut self,
        place: Place,
        id: OrderId,
        stamp: Option<i64>,
        newest: Option<i64>,
        read: bool,
    ) {
        self.age.newest_update = self.age.newest_update.max(stamp);
        self.age.newest = self.age.newest.max(newest);
        let chunk = (place.file, place.chunk);
        if self
            .chunks
            .last()
            .is_none_or(|last| (last.file, last.start) != chunk)
        {
            self.chunks.push(ScannedChunk {
                file: place.file,
                start: place.chunk,
                runs: 0,
                base: 0,
            });
            self.open = None;
        }
        let place = self.chunks.len() - 1;
        let chunk = &mut self.chunks[place];
        let partition = self.runs.of(id);
        let (stamp, lines) = (stamped(stamp), u64::from(read));
        if self.open == Some(id) {
            if let Some(run) = partition.last_mut()
                && run.stamp_and_lines & MOST_LINES < MOST_LINES
            {
                let most = (run.stamp_and_lines & !MOST_LINES).max(stamp);
                run.stamp_and_lines = most | ((run.stamp_and_lines & MOST_LINES) + lines);
                return;
            }
            // So many lines that they do not fit into one record: the run has another.
            chunk.runs -= 1;
        }
        partition.push(Run {
            id,
            stamp_and_lines: stamp | lines,
            chunk: u32::try_from(place).expect("fewer than four thousand million chunks"),
            number: chunk.runs,
        });
        chunk.runs += 1;
        self.open = Some(id);
    }

    /// The greatest `last-updated-date` of a file, in seconds since 1970; `None` if it has none.
    pub fn newest_update(&self, file: FileId) -> Option<i64> {
        self.ages.get(&file).and_then(|age| age.newest_update)
    }

    /// The greatest date that says when a file was made, in seconds since 1970.
    pub(super) fn newest(&self, file: FileId) -> Option<i64> {
        self.ages.get(&file).and_then(|age| age.newest)
    }

    fn age(&mut self, file: FileId, age: Age) {
        let known = self.ages.entry(file).or_default();
        known.newest_update = known.newest_update.max(age.newest_update);
        known.newest = known.newest.max(age.newest);
    }

    /// The runs of a partition, by thread, each with the chunks that they stand in.
    fn runs(&self, partition: usize) -> impl Iterator<Item = (&[Run], &[ScannedChunk])> {
        let runs = self.runs.values(partition);
        runs.map(|(runs, chunks)| (&runs[..], chunks.map_or(&self.chunks[..], |chunks| chunks)))
    }

    /// Numbers the runs of all chunks, in any order, once all parts are taken in.
    pub fn number(&mut self) {
        let mut base = 0;
        let chunks = std::iter::once(&mut self.chunks).chain(self.runs.notes_mut());
        for chunk in chunks.flatten() {
            chunk.base = base;
            base += u64::from(chunk.runs);
        }
    }

    /// Every chunk: its file, its first byte, the numbers of its runs.
    pub(super) fn chunks(&self) -> impl Iterator<Item = (FileId, u64, Range<u64>)> {
        let all = self.chunks.iter().chain(self.runs.notes().flatten());
        all.map(|chunk| {
            let runs = chunk.base..chunk.base + u64::from(chunk.runs);
            (chunk.file, chunk.start, runs)
        })
    }

    /// The chunks that hold a line of one of these orders.
    pub(super) fn chunks_of(&self, orders: &HashSet<OrderId>) -> HashSet<(FileId, u64)> {
        let partitions = (0..PARTITIONS).filter(|_| !orders.is_empty());
        let all = partitions.flat_map(|partition| self.runs(partition));
        all.flat_map(|(runs, chunks)| {
            let of = runs.iter().filter(|run| orders.contains(&run.id));
            of.map(|run| &chunks[run.chunk as usize])
        })
        .map(|chunk| (chunk.file, chunk.start))
        .collect()
    }

    /// Every order that a file holds, some of them several times.
    pub(super) fn orders(&self) -> impl Iterator<Item = (FileId, OrderId)> {
        let all = (0..PARTITIONS).flat_map(|partition| self.runs(partition));
        all.flat_map(|(runs, chunks)| {
            let read = runs
                .iter()
                .filter(|run| run.stamp_and_lines & MOST_LINES > 0);
            read.map(|run| (chunks[run.chunk as usize].file, run.id))
        })
    }

    /// Every run of a partition: its order, and what decides whether it counts. The runs must be numbered.
    pub(super) fn candidates(
        &self,
        partition: usize,
    ) -> impl Iterator<Item = (OrderId, Candidate)> {
        self.runs(partition).flat_map(|(runs, chunks)| {
            runs.iter().map(|run| {
                let chunk = &chunks[run.chunk as usize];
                let candidate = Candidate {
                    file: chunk.file,
                    stamp: run.stamp_and_lines >> LINES,
                    lines: run.stamp_and_lines & MOST_LINES,
                    number: chunk.base + u64::from(run.number),
                };
                (run.id, candidate)
            })
        })
    }
}

impl LineSink for SnapshotScan {
    #[inline]
    fn order_line(&mut self, row: Row<'_>, line: &OrderLine<'_>) {
        self.known_line(row.place, &line.head());
    }

    #[inline]
    fn known_line(&mut self, place: Place, head: &OrderLineHead<'_>) {
        let update = head.last_updated_date.map(|moment| moment.utc);
        let newest = update.max(Some(head.purchase_date.utc));
        self.add(place, head.order_id, update, newest, true);
    }

    fn unshipped_line(&mut self, row: Row<'_>, line: &UnshippedLine<'_>) {
        let moments = [
            line.reporting_date,
            line.payments_date,
            Some(line.purchase_date),
        ];
        let newest = moments.into_iter().flatten().map(|moment| moment.utc).max();
        self.add(row.place, line.order_id, None, newest, true);
    }

    fn supplementary_line(&mut self, row: Row<'_>, line: &SupplementaryLine<'_>) {
        let order = match line {
            SupplementaryLine::Purchased(line) => line.order_id,
            SupplementaryLine::Confirmed(line) => line.order_id,
            _ => return,
        };
        self.add(row.place, order, None, None, true);
    }

    #[inline]
    fn stamped(&mut self, place: Place, order: OrderId, last_updated_date: Option<Moment>) {
        let update = last_updated_date.map(|moment| moment.utc);
        self.add(place, order, update, update, true);
    }

    /// No part of a snapshot, but a part of a run: the second pass meets it too.
    fn unreadable(&mut self, row: Row<'_>, order: Option<OrderId>, _: Fault) {
        if let Some(order) = order {
            self.add(row.place, order, None, None, false);
        }
    }

    fn reject(&mut self, _: Row<'_>, _: Fault) {}

    fn reads_texts(&self) -> bool {
        false
    }

    fn repeated_header(&mut self, _: Row<'_>) {}

    fn end_of_chunk(&mut self, start: Place, _: u64) {
        let age = std::mem::take(&mut self.age);
        self.age(start.file, age);
        self.open = None;
    }
}

impl Merge for SnapshotScan {
    fn merge(&mut self, other: Self) {
        self.open = None;
        for (file, age) in other.ages {
            self.age(file, age);
        }
        self.runs
            .take_in(other.runs, other.chunks, |chunks, _| chunks);
    }
}
