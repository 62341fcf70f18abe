//! Ownership of orders: the file whose lines of an order count, and the backlog that is current (docs/metrics.md, One order, one
//! snapshot).
//!
//! A first pass over files that could overlap leaves a [`SnapshotScan`]: every run of lines of one order, in the order in which
//! they stand. [`settle()`] turns it into [`SnapshotIndex`]: a decision for every run, which the second pass meets in the same
//! order, so that asking for it costs a step along a row of bits and no search. Rows are never compared with each other:
//! two equal rows can be two sales (docs/formats.md, All-orders report).

mod backlog;
mod conflicts;
mod snapshot_index;
mod snapshot_scan;

pub use backlog::BacklogFile;
pub use conflicts::{Conflicts, Settlement};
pub use snapshot_index::{Decision, Decisions, SnapshotIndex};
pub use snapshot_scan::SnapshotScan;

use crate::line::FileId;
use crate::partitioned::PARTITIONS;

/// What a file is taken for in this run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// An all-orders file: every order counts in the file that holds its newest snapshot.
    Orders,
    /// The newest backlog of an account.
    Current,
    /// A backlog that shares no order with the newest one of about the same moment: another account's, so it adds up.
    OtherAccount,
    /// A backlog that a newer one replaces whole.
    History,
    /// Another report: each of its lines counts once, whichever files repeat it.
    Added,
    /// Byte for byte the same as a file before it.
    Repeated,
    /// No order report; it lay in a folder and was skipped.
    Ignored,
}

impl Role {
    /// The word in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Current => "current",
            Self::OtherAccount => "other_account",
            Self::History => "history",
            Self::Added => "added",
            Self::Repeated => "repeated",
            Self::Ignored => "ignored",
        }
    }
}

/// Decides which file owns every order that several all-orders files hold, and what every unshipped file is.
pub fn settle(
    snapshot_scan: &mut SnapshotScan,
    orders: &[FileId],
    backlogs: &[BacklogFile],
) -> SnapshotIndex {
    snapshot_scan.number();
    let mut settlement = Settlement::new(snapshot_scan, orders);
    let conflicts = (0..PARTITIONS).map(|partition| settlement.of(partition));
    let conflicts = conflicts.collect();
    SnapshotIndex::new(snapshot_scan, conflicts, backlogs, &[])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::{Moment, OrderIds};
    use crate::line::{LineSink, Place};

    fn place(file: u32) -> Place {
        Place {
            file: FileId(file),
            ..Place::default()
        }
    }

    /// Lines of files, one file after the other: file, order, stamp.
    fn snapshot_scan(ids: &OrderIds, lines: &[(u32, &str, i64)]) -> SnapshotScan {
        let mut snapshot_scan = SnapshotScan::default();
        for file in lines.chunk_by(|a, b| a.0 == b.0) {
            for (file, id, stamp) in file {
                let id = ids.read(id.as_bytes()).unwrap();
                snapshot_scan.stamped(place(*file), id, Some(Moment::at(*stamp)));
            }
            snapshot_scan.end_of_chunk(place(file[0].0), file.len() as u64);
        }
        snapshot_scan
    }

    /// Which of two files owns the order x.
    fn owner(lines: &[(u32, &str, i64)]) -> u32 {
        let ids = OrderIds::default();
        let mut snapshot_scan = snapshot_scan(&ids, lines);
        let snapshots = settle(&mut snapshot_scan, &[FileId(0), FileId(1)], &[]);
        let mut decisions = Decisions::new(&snapshots);
        let mut owners = std::collections::BTreeSet::new();
        for (file, id, _) in lines {
            let decision = decisions.on(place(*file), ids.read(id.as_bytes()).unwrap());
            match (*id, decision) {
                ("x", Decision::Kept) => {
                    owners.insert(*file);
                }
                ("x", Decision::Superseded) => {}
                (_, decision) => assert_eq!(decision, Decision::Unique, "{id}"),
            }
        }
        assert_eq!(owners.len(), 1);
        owners.pop_first().unwrap()
    }

    #[test]
    fn the_greatest_stamp_wins_then_the_newer_file_then_more_lines_then_the_later_name() {
        assert_eq!(owner(&[(0, "x", 9), (1, "x", 5)]), 0);
        assert_eq!(owner(&[(0, "x", 5), (0, "y", 9), (1, "x", 5)]), 0);
        assert_eq!(owner(&[(0, "x", 5), (0, "x", 5), (1, "x", 5)]), 0);
        assert_eq!(owner(&[(0, "x", 5), (1, "x", 5)]), 1);
    }

    #[test]
    fn scattered_lines_of_an_order_are_one_snapshot() {
        assert_eq!(
            owner(&[
                (0, "x", 1),
                (0, "y", 1),
                (0, "x", 7),
                (1, "x", 6),
                (1, "x", 6),
                (1, "z", 99)
            ]),
            0
        );
    }

    #[test]
    fn a_backlog_of_another_account_adds_up_and_an_older_one_is_history() {
        let ids = OrderIds::default();
        let hour = 3600;
        let mut snapshot_scan = snapshot_scan(
            &ids,
            &[
                (0, "a", 100 * hour),
                (1, "b", 95 * hour),
                (2, "b", 94 * hour),
                (3, "c", 10 * hour),
            ],
        );
        let backlogs: Vec<_> = (0..4)
            .map(|file| BacklogFile {
                file: FileId(file),
                account: None,
            })
            .collect();
        let snapshots = settle(&mut snapshot_scan, &[], &backlogs);
        let roles: Vec<_> = (0..4).map(|file| snapshots.role(FileId(file))).collect();
        assert_eq!(
            roles,
            [
                Role::Current,
                Role::OtherAccount,
                Role::History,
                Role::History
            ]
        );
        let named: Vec<_> = (0..4)
            .map(|file| BacklogFile {
                file: FileId(file),
                account: Some(format!("{}", file % 2)),
            })
            .collect();
        let snapshots = settle(&mut snapshot_scan, &[], &named);
        assert_eq!(snapshots.role(FileId(1)), Role::Current);
        assert_eq!(snapshots.role(FileId(3)), Role::History);
    }
}
