//! Which file owns an order, and which backlog is the present one (METRICS 2).
//!
//! A first pass over files that could overlap leaves a [`Survey`]; [`settle`] turns it into [`Holdings`], which the second
//! pass asks line by line. Rows are never compared with each other: two equal rows can be two sales (FORMATS 6.5).

use std::collections::BTreeMap;

use hashbrown::{HashMap, HashSet};

use crate::cube::Merge;
use crate::field::OrderId;
use crate::line::{Absorb, Fault, FileId, OrderLine, Place, Row, UnshippedLine};

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
    /// Byte for byte the same as a file before it.
    Repeated,
    /// No order report; it lay in a folder and was left alone.
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
            Self::Repeated => "repeated",
            Self::Ignored => "ignored",
        }
    }
}

/// Backlogs of two accounts are downloaded within so many seconds of each other, or one of them is history.
const SAME_MOMENT: i64 = 12 * 3600;

/// Lines of one order that stand together in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Run {
    id: OrderId,
    /// The greatest `last-updated-date`; the least number there is where no line has one.
    stamp: i64,
    lines: u32,
}

/// What the first pass leaves of one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct FileSurvey {
    runs: Vec<Run>,
    newest_update: Option<i64>,
    /// The greatest date that says when the file was made.
    newest: Option<i64>,
}

/// What the first pass leaves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Survey {
    files: BTreeMap<FileId, FileSurvey>,
    /// Whether the last run of `Survey::last` may go on.
    open: Option<FileId>,
}

impl Survey {
    fn add(&mut self, file: FileId, id: OrderId, stamp: Option<i64>, newest: Option<i64>) {
        let open = self.open == Some(file);
        self.open = Some(file);
        let survey = self.files.entry(file).or_default();
        survey.newest_update = survey.newest_update.max(stamp);
        survey.newest = survey.newest.max(newest);
        let stamp = stamp.unwrap_or(i64::MIN);
        match survey.runs.last_mut() {
            Some(run) if open && run.id == id && run.lines < u32::MAX => {
                run.stamp = run.stamp.max(stamp);
                run.lines += 1;
            }
            _ => survey.runs.push(Run {
                id,
                stamp,
                lines: 1,
            }),
        }
    }
}

impl Absorb for Survey {
    fn order_line(&mut self, row: Row<'_>, line: &OrderLine<'_>) {
        let update = line.last_updated_date.map(|moment| moment.utc);
        self.add(
            row.place.file,
            line.order_id,
            update,
            update.max(Some(line.purchase_date.utc)),
        );
    }

    fn unshipped_line(&mut self, row: Row<'_>, line: &UnshippedLine<'_>) {
        let moments = [
            line.reporting_date,
            line.payments_date,
            Some(line.purchase_date),
        ];
        let newest = moments.into_iter().flatten().map(|moment| moment.utc).max();
        self.add(row.place.file, line.order_id, None, newest);
    }

    fn reject(&mut self, _: Row<'_>, _: Fault) {}

    fn repeated_header(&mut self, _: Row<'_>) {}

    fn end_of_chunk(&mut self, _: Place, _: u64) {
        self.open = None;
    }
}

impl Merge for Survey {
    fn merge(&mut self, other: Self) {
        self.open = None;
        for (file, theirs) in other.files {
            let ours = self.files.entry(file).or_default();
            ours.newest_update = ours.newest_update.max(theirs.newest_update);
            ours.newest = ours.newest.max(theirs.newest);
            if ours.runs.is_empty() {
                ours.runs = theirs.runs;
            } else {
                ours.runs.extend(theirs.runs);
            }
        }
    }
}

/// Which lines count.
#[derive(Debug, Clone, Default)]
pub struct Holdings {
    roles: BTreeMap<FileId, Role>,
    /// The owners of the orders that several all-orders files hold.
    owners: HashMap<OrderId, FileId>,
    /// Orders whose newest snapshots have the same stamp in several files, but not the same number of lines.
    pub uneven_ties: u64,
}

impl Holdings {
    /// The role of a file; an all-orders one needs no saying.
    pub fn role(&self, file: FileId) -> Role {
        self.roles.get(&file).copied().unwrap_or(Role::Orders)
    }

    /// Gives a file a role.
    pub fn set_role(&mut self, file: FileId, role: Role) {
        self.roles.insert(file, role);
    }

    /// Whether a file's lines of an order count.
    #[inline]
    pub fn keeps(&self, order: OrderId, file: FileId) -> bool {
        self.owners.is_empty() || self.owners.get(&order).is_none_or(|owner| *owner == file)
    }
}

/// An unshipped file and the account that it was said to be of (`--account`), `None` if nothing was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BacklogFile {
    /// The file.
    pub file: FileId,
    /// The account's name.
    pub account: Option<String>,
}

/// Decides which file owns every order that several all-orders files hold, and what every unshipped file is.
pub fn settle(survey: Survey, orders: &[FileId], backlogs: &[BacklogFile]) -> Holdings {
    let mut holdings = Holdings::default();
    settle_backlogs(&survey, backlogs, &mut holdings);
    if orders.len() > 1 {
        settle_orders(survey, orders, &mut holdings);
    }
    holdings
}

/// Greatest stamp; then the file with the newest update; then more lines; then the later name, which is the later id.
fn settle_orders(survey: Survey, orders: &[FileId], holdings: &mut Holdings) {
    let newest: BTreeMap<FileId, Option<i64>> = survey
        .files
        .iter()
        .map(|(file, survey)| (*file, survey.newest_update))
        .collect();
    let files = survey
        .files
        .into_iter()
        .filter(|(file, _)| orders.contains(file));
    let mut runs: Vec<(FileId, Run)> = files
        .flat_map(|(file, survey)| survey.runs.into_iter().map(move |run| (file, run)))
        .collect();
    runs.sort_unstable_by_key(|(file, run)| (run.id, *file));
    for order in runs.chunk_by(|a, b| a.1.id == b.1.id) {
        if order[0].0 == order[order.len() - 1].0 {
            continue;
        }
        let snapshots = order.chunk_by(|a, b| a.0 == b.0).map(|runs| {
            let file = runs[0].0;
            let stamp = runs.iter().map(|(_, run)| run.stamp).max();
            let lines: u64 = runs.iter().map(|(_, run)| u64::from(run.lines)).sum();
            (stamp, newest.get(&file).copied().flatten(), lines, file)
        });
        let snapshots: Vec<_> = snapshots.collect();
        let Some(winner) = snapshots.iter().max() else {
            continue;
        };
        holdings.uneven_ties += u64::from(
            snapshots
                .iter()
                .any(|other| other.0 == winner.0 && other.2 != winner.2),
        );
        holdings.owners.insert(order[0].1.id, winner.3);
    }
}

fn settle_backlogs(survey: &Survey, backlogs: &[BacklogFile], holdings: &mut Holdings) {
    let none = FileSurvey::default();
    let of = |file: FileId| survey.files.get(&file).unwrap_or(&none);
    let mut newest_first: Vec<&BacklogFile> = backlogs.iter().collect();
    newest_first.sort_by_key(|backlog| std::cmp::Reverse((of(backlog.file).newest, backlog.file)));
    let mut accounts: HashSet<&str> = HashSet::new();
    let mut shown: Vec<(FileId, HashSet<OrderId>)> = Vec::new();
    for backlog in newest_first {
        let survey = of(backlog.file);
        let role = match &backlog.account {
            Some(account) if accounts.insert(account) => Role::Current,
            Some(_) => Role::History,
            None => match shown.first() {
                None => Role::Current,
                Some((newest, _)) => {
                    let near = of(*newest)
                        .newest
                        .zip(survey.newest)
                        .is_some_and(|(newest, this)| newest - this <= SAME_MOMENT);
                    let shared = survey
                        .runs
                        .iter()
                        .any(|run| shown.iter().any(|(_, ids)| ids.contains(&run.id)));
                    if near && !shared {
                        Role::OtherAccount
                    } else {
                        Role::History
                    }
                }
            },
        };
        if backlog.account.is_none() && role != Role::History {
            shown.push((backlog.file, survey.runs.iter().map(|run| run.id).collect()));
        }
        holdings.set_role(backlog.file, role);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::OrderIds;

    fn survey(ids: &OrderIds, lines: &[(u32, &str, i64)]) -> Survey {
        let mut survey = Survey::default();
        for (file, id, stamp) in lines {
            let id = ids.read(id.as_bytes()).unwrap();
            survey.add(FileId(*file), id, Some(*stamp), Some(*stamp));
        }
        survey
    }

    fn owner(lines: &[(u32, &str, i64)]) -> u32 {
        let ids = OrderIds::default();
        let holdings = settle(survey(&ids, lines), &[FileId(0), FileId(1)], &[]);
        let id = ids.read(b"x").unwrap();
        assert_ne!(holdings.keeps(id, FileId(0)), holdings.keeps(id, FileId(1)));
        u32::from(holdings.keeps(id, FileId(1)))
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
        let survey = survey(
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
        let holdings = settle(survey.clone(), &[], &backlogs);
        let roles: Vec<_> = (0..4).map(|file| holdings.role(FileId(file))).collect();
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
        let holdings = settle(survey, &[], &named);
        assert_eq!(holdings.role(FileId(1)), Role::Current);
        assert_eq!(holdings.role(FileId(3)), Role::History);
    }
}
