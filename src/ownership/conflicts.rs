//! Orders that several files hold: which file's lines count.

use hashbrown::HashMap;

use super::snapshot_scan::{Candidate, SnapshotScan};
use crate::field::OrderId;
use crate::line::FileId;

/// What became of the orders of a partition that several files hold.
#[derive(Debug, Clone, Default)]
pub struct Conflicts {
    /// The runs that do not count, and those that do, by number.
    pub(super) lost: Vec<u64>,
    pub(super) won: Vec<u64>,
    /// Orders whose newest snapshots have the same stamp, but not the same number of lines.
    pub(super) uneven_ties: u64,
}

/// Settles the orders that several of some files hold, one partition after the other.
#[derive(Debug)]
pub struct Settlement<'s> {
    scan: &'s SnapshotScan,
    /// How new each of the files is; `None` for other files.
    updates: Vec<Option<i64>>,
    /// Of the partition at hand: its runs, each with another of the same order.
    runs: Vec<(Candidate, Option<u32>)>,
    /// Of every order its last run, by which the others are found.
    orders: HashMap<OrderId, u32>,
    /// Of the order at hand.
    order: Vec<Candidate>,
    snapshots: Vec<Snapshot>,
}

/// What decides between files, the greatest first: the stamp, how new the file is, how many lines, the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Snapshot {
    stamp: u64,
    newest_update: i64,
    lines: u64,
    /// By name.
    file: FileId,
}

impl<'s> Settlement<'s> {
    /// Of these files. The runs must be numbered.
    pub fn new(scan: &'s SnapshotScan, files: &[FileId]) -> Self {
        let most = files.iter().map(|file| file.0 as usize + 1).max();
        let mut updates = vec![None; most.unwrap_or(0)];
        for file in files {
            updates[file.0 as usize] = Some(scan.newest_update(*file).unwrap_or(i64::MIN));
        }
        Self {
            scan,
            updates,
            runs: Vec::new(),
            orders: HashMap::new(),
            order: Vec::new(),
            snapshots: Vec::new(),
        }
    }

    /// Settles the orders of a partition.
    pub fn of(&mut self, partition: usize) -> Conflicts {
        let mut conflicts = Conflicts::default();
        if self.updates.iter().flatten().count() < 2 {
            return conflicts;
        }
        self.gather(partition);
        for last in self.orders.values() {
            self.order.clear();
            let mut next = Some(*last);
            while let Some(run) = next {
                let (run, before) = self.runs[run as usize];
                self.order.push(run);
                next = before;
            }
            if self.order.iter().any(|run| run.file != self.order[0].file) {
                self.order.sort_unstable_by_key(|run| run.file);
                resolve(
                    &self.order,
                    &self.updates,
                    &mut self.snapshots,
                    &mut conflicts,
                );
            }
        }
        conflicts
    }

    fn gather(&mut self, partition: usize) {
        self.runs.clear();
        self.orders.clear();
        for (id, run) in self.scan.candidates(partition) {
            if let Some(Some(_)) = self.updates.get(run.file.0 as usize) {
                let number =
                    u32::try_from(self.runs.len()).expect("fewer than four thousand million");
                self.runs.push((run, self.orders.insert(id, number)));
            }
        }
    }
}

/// Settles an order by its runs, sorted by file.
fn resolve(
    order: &[Candidate],
    updates: &[Option<i64>],
    snapshots: &mut Vec<Snapshot>,
    conflicts: &mut Conflicts,
) {
    snapshots.clear();
    for runs in order.chunk_by(|a, b| a.file == b.file) {
        let file = runs[0].file;
        let lines = runs.iter().map(|run| run.lines).sum();
        if lines > 0 {
            snapshots.push(Snapshot {
                stamp: runs.iter().map(|run| run.stamp).max().unwrap_or(0),
                newest_update: updates[file.0 as usize].unwrap_or(i64::MIN),
                lines,
                file,
            });
        }
    }
    let Some(winner) = snapshots.iter().max().filter(|_| snapshots.len() > 1) else {
        return;
    };
    let uneven = |other: &Snapshot| other.stamp == winner.stamp && other.lines != winner.lines;
    conflicts.uneven_ties += u64::from(snapshots.iter().any(uneven));
    for run in order {
        if run.file == winner.file {
            conflicts.won.push(run.number);
        } else {
            conflicts.lost.push(run.number);
        }
    }
}
