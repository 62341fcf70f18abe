//! The unshipped files that are the present backlog.

use std::collections::BTreeMap;

use hashbrown::HashSet;

use crate::field::OrderId;
use crate::line::FileId;

use super::{Role, SnapshotScan};

/// Backlogs of two accounts are downloaded within so many seconds of each other, or one of them is history.
const SAME_MOMENT: i64 = 12 * 3600;

/// An unshipped file and the account that it was said to be of (`--account`), `None` if nothing was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BacklogFile {
    /// The file.
    pub file: FileId,
    /// The account's name.
    pub account: Option<String>,
}

/// The role of every unshipped file.
pub(super) fn roles(
    snapshot_scan: &SnapshotScan,
    backlogs: &[BacklogFile],
) -> BTreeMap<FileId, Role> {
    let mut roles = BTreeMap::new();
    let mut ids: BTreeMap<FileId, HashSet<OrderId>> = backlogs
        .iter()
        .map(|backlog| (backlog.file, HashSet::new()))
        .collect();
    if backlogs.len() > 1 {
        for (file, id) in snapshot_scan.orders() {
            if let Some(ids) = ids.get_mut(&file) {
                ids.insert(id);
            }
        }
    }
    let newest_of = |file: FileId| snapshot_scan.newest(file);
    let mut newest_first: Vec<&BacklogFile> = backlogs.iter().collect();
    newest_first.sort_by_key(|backlog| std::cmp::Reverse((newest_of(backlog.file), backlog.file)));
    let mut accounts: HashSet<&str> = HashSet::new();
    let mut shown: Vec<FileId> = Vec::new();
    for backlog in newest_first {
        let role = match (&backlog.account, shown.first()) {
            (Some(account), _) if accounts.insert(account) => Role::Current,
            (Some(_), _) => Role::History,
            (None, None) => Role::Current,
            (None, Some(newest)) => {
                let moments = newest_of(*newest).zip(newest_of(backlog.file));
                let near = moments.is_some_and(|(newest, this)| newest - this <= SAME_MOMENT);
                let apart = shown
                    .iter()
                    .all(|file| ids[file].is_disjoint(&ids[&backlog.file]));
                if near && apart {
                    Role::OtherAccount
                } else {
                    Role::History
                }
            }
        };
        if backlog.account.is_none() && role != Role::History {
            shown.push(backlog.file);
        }
        roles.insert(backlog.file, role);
    }
    roles
}

/// The orders that these scanned files tell of.
pub(super) fn watched(snapshot_scan: &SnapshotScan, files: &HashSet<FileId>) -> HashSet<OrderId> {
    if files.is_empty() {
        return HashSet::new();
    }
    let orders = snapshot_scan
        .orders()
        .filter(|(file, _)| files.contains(file));
    orders.map(|(_, order)| order).collect()
}
