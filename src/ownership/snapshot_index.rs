//! An index of snapshots: whether each run of lines of one order counts.

use std::collections::BTreeMap;

use hashbrown::HashSet;

use crate::field::OrderId;
use crate::line::{FileId, Place};

use super::Role;
use super::backlog::{BacklogFile, roles, watched};
use super::conflicts::Conflicts;
use super::snapshot_scan::SnapshotScan;

/// Whether lines count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// They do: no other file holds their order.
    Unique,
    /// They do: theirs is the newest snapshot of the order.
    Kept,
    /// They do not: another file has a newer snapshot.
    Superseded,
}

/// Which lines count.
#[derive(Debug, Clone, Default)]
pub struct SnapshotIndex {
    roles: BTreeMap<FileId, Role>,
    /// By file and first byte of a chunk, the number of its first run.
    chunks: BTreeMap<(FileId, u64), u64>,
    /// A bit for every run of every chunk.
    lost: Bits,
    won: Bits,
    /// The chunks in which every run is superseded and no order is watched, by file and first byte.
    superseded: Vec<(FileId, u64)>,
    /// Orders whose newest snapshots have the same stamp in several files, but not the same number of lines.
    pub uneven_ties: u64,
    /// The orders that unshipped files and such list.
    watched: HashSet<OrderId>,
}

impl SnapshotIndex {
    /// Whether some unshipped file, orders report or ship-confirmation file tells of the order. What all-orders files say of it
    /// bounds when it was shipped.
    #[inline]
    pub fn watches(&self, order: OrderId) -> bool {
        !self.watched.is_empty() && self.watched.contains(&order)
    }

    /// Gathers what became of all partitions; `added` are the files of other kinds.
    pub fn new(
        snapshot_scan: &SnapshotScan,
        conflicts: Vec<Conflicts>,
        backlogs: &[BacklogFile],
        added: &[FileId],
    ) -> Self {
        let mut roles = roles(snapshot_scan, backlogs);
        let listing: HashSet<FileId> = roles.keys().chain(added).copied().collect();
        roles.extend(added.iter().map(|file| (*file, Role::Added)));
        let mut snapshots = Self {
            roles,
            watched: watched(snapshot_scan, &listing),
            ..Self::default()
        };
        if conflicts.iter().all(|resolve| resolve.lost.is_empty()) {
            return snapshots;
        }
        let chunks = || snapshot_scan.chunks();
        snapshots.chunks = chunks()
            .map(|(file, start, runs)| ((file, start), runs.start))
            .collect();
        let runs = chunks().map(|(.., runs)| runs.end - runs.start).sum();
        (snapshots.lost, snapshots.won) = (Bits::new(runs), Bits::new(runs));
        for Conflicts {
            lost,
            won,
            uneven_ties,
        } in conflicts
        {
            for run in lost {
                snapshots.lost.set(run);
            }
            for run in won {
                snapshots.won.set(run);
            }
            snapshots.uneven_ties += uneven_ties;
        }
        let watched = snapshot_scan.chunks_of(&snapshots.watched);
        let superseded = chunks().filter(|(file, start, runs)| {
            !watched.contains(&(*file, *start)) && runs.clone().all(|run| snapshots.lost.get(run))
        });
        snapshots.superseded = superseded.map(|(file, start, _)| (file, start)).collect();
        snapshots
    }

    /// The chunks in which every line that is of an order is superseded, and of no order that is [`watched`](Self::watches).
    pub fn superseded_chunks(&self) -> impl Iterator<Item = (FileId, u64)> {
        self.superseded.iter().copied()
    }

    /// The role of a file; an all-orders one needs no saying.
    pub fn role(&self, file: FileId) -> Role {
        self.roles.get(&file).copied().unwrap_or(Role::Orders)
    }

    /// Gives a file a role.
    pub fn set_role(&mut self, file: FileId, role: Role) {
        self.roles.insert(file, role);
    }
}

/// The decisions on the lines of chunk after chunk. Every line whose order can be read must be asked for, in the order in which
/// they stand: that is how a run is known.
#[derive(Debug, Clone)]
pub struct Decisions<'h> {
    snapshots: &'h SnapshotIndex,
    chunk: Option<(FileId, u64)>,
    /// The number of the next run; `None` in a chunk that was not scanned.
    next: Option<u64>,
    run: Option<(OrderId, Decision)>,
}

impl<'h> Decisions<'h> {
    /// None asked for yet.
    pub fn new(snapshots: &'h SnapshotIndex) -> Self {
        Self {
            snapshots,
            chunk: None,
            next: None,
            run: None,
        }
    }

    /// The decision on a line.
    #[inline]
    pub fn on(&mut self, place: Place, order: OrderId) -> Decision {
        if self.snapshots.chunks.is_empty() {
            return Decision::Unique;
        }
        if self.chunk != Some((place.file, place.chunk)) {
            self.chunk = Some((place.file, place.chunk));
            self.next = self
                .snapshots
                .chunks
                .get(&(place.file, place.chunk))
                .copied();
            self.run = None;
        }
        match self.run {
            Some((known, decision)) if known == order => decision,
            _ => {
                let decision = self.step();
                self.run = Some((order, decision));
                decision
            }
        }
    }

    #[inline]
    fn step(&mut self) -> Decision {
        let Some(next) = &mut self.next else {
            return Decision::Unique;
        };
        let run = *next;
        *next += 1;
        if self.snapshots.lost.get(run) {
            Decision::Superseded
        } else if self.snapshots.won.get(run) {
            Decision::Kept
        } else {
            Decision::Unique
        }
    }
}

/// Many yeses and noes.
#[derive(Debug, Clone, Default)]
struct Bits(Vec<u64>);

impl Bits {
    fn new(count: u64) -> Self {
        let words =
            usize::try_from(count.div_ceil(64)).expect("a bit for every run fits into memory");
        Self(vec![0; words])
    }

    fn set(&mut self, bit: u64) {
        if let Some(word) = usize::try_from(bit / 64)
            .ok()
            .and_then(|at| self.0.get_mut(at))
        {
            *word |= 1 << (bit % 64);
        }
    }

    #[inline]
    fn get(&self, bit: u64) -> bool {
        let word = usize::try_from(bit / 64).ok().and_then(|at| self.0.get(at));
        word.is_some_and(|word| word >> (bit % 64) & 1 == 1)
    }
}
