//! Which file owns an order, and which backlog is the present one (METRICS 2).
//!
//! A first pass over files that could overlap leaves a [`Survey`]; [`settle`] turns it into [`Holdings`], which the second
//! pass asks line by line. Rows are never compared with each other: two equal rows can be two sales (FORMATS 6.5).

use std::collections::BTreeMap;

use hashbrown::{HashMap, HashSet};

use crate::field::{Moment, OrderId};
use crate::line::{Absorb, Fault, FileId, OrderLine, Place, Row, UnshippedLine};
use crate::merge::Merge;

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
pub struct Run {
    id: OrderId,
    file: FileId,
    lines: u32,
    /// The greatest `last-updated-date`; the least number there is where no line has one.
    stamp: i64,
}

/// How new a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Age {
    newest_update: Option<i64>,
    /// The greatest date that says when the file was made.
    newest: Option<i64>,
}

/// What the first pass leaves: twenty-four bytes for every run of lines, and how new the files are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Survey {
    /// In no order that means anything, until they are settled.
    pub runs: Vec<Run>,
    ages: BTreeMap<FileId, Age>,
    /// Of the chunk at hand, and whether its last run may go on.
    age: Age,
    open: bool,
}

impl Survey {
    #[inline]
    fn add(&mut self, file: FileId, id: OrderId, stamp: Option<i64>, newest: Option<i64>) {
        self.age.newest_update = self.age.newest_update.max(stamp);
        self.age.newest = self.age.newest.max(newest);
        let stamp = stamp.unwrap_or(i64::MIN);
        match self.runs.last_mut() {
            Some(run) if self.open && run.id == id && run.lines < u32::MAX => {
                run.stamp = run.stamp.max(stamp);
                run.lines += 1;
            }
            _ => self.runs.push(Run {
                id,
                file,
                lines: 1,
                stamp,
            }),
        }
        self.open = true;
    }

    /// The greatest `last-updated-date` of a file, in seconds since 1970; `None` if it has none.
    pub fn newest_update(&self, file: FileId) -> Option<i64> {
        self.ages.get(&file).and_then(|age| age.newest_update)
    }

    fn age(&mut self, file: FileId, age: Age) {
        let known = self.ages.entry(file).or_default();
        known.newest_update = known.newest_update.max(age.newest_update);
        known.newest = known.newest.max(age.newest);
    }
}

impl Absorb for Survey {
    #[inline]
    fn order_line(&mut self, row: Row<'_>, line: &OrderLine<'_>) {
        let update = line.last_updated_date.map(|moment| moment.utc);
        let newest = update.max(Some(line.purchase_date.utc));
        self.add(row.place.file, line.order_id, update, newest);
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

    #[inline]
    fn stamped(&mut self, place: Place, order: OrderId, last_updated_date: Option<Moment>) {
        let update = last_updated_date.map(|moment| moment.utc);
        self.add(place.file, order, update, update);
    }

    fn reject(&mut self, _: Row<'_>, _: Fault) {}

    fn repeated_header(&mut self, _: Row<'_>) {}

    fn end_of_chunk(&mut self, start: Place, _: u64) {
        let age = std::mem::take(&mut self.age);
        self.age(start.file, age);
        self.open = false;
    }
}

impl Merge for Survey {
    fn merge(&mut self, other: Self) {
        self.open = false;
        for (file, age) in other.ages {
            self.age(file, age);
        }
        if self.runs.is_empty() {
            self.runs = other.runs;
        } else {
            self.runs.extend(other.runs);
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

    /// Whether several all-orders files hold an order.
    pub fn contested(&self, order: OrderId) -> bool {
        self.owners.contains_key(&order)
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

/// Decides which file owns every order that several all-orders files hold, and what every unshipped file is. The runs of
/// the survey must be sorted.
pub fn settle(survey: &Survey, orders: &[FileId], backlogs: &[BacklogFile]) -> Holdings {
    let mut holdings = Holdings::default();
    settle_backlogs(survey, backlogs, &mut holdings);
    if orders.len() > 1 {
        settle_orders(survey, orders, &mut holdings);
    }
    holdings
}

/// Greatest stamp; then the file with the newest update; then more lines; then the later name, which is the later id.
fn settle_orders(survey: &Survey, orders: &[FileId], holdings: &mut Holdings) {
    let newest = |file: FileId| survey.newest_update(file);
    let mut snapshots = Vec::new();
    for order in survey.runs.chunk_by(|a, b| a.id == b.id) {
        if order[0].file == order[order.len() - 1].file {
            continue;
        }
        snapshots.clear();
        for runs in order
            .chunk_by(|a, b| a.file == b.file)
            .filter(|runs| orders.contains(&runs[0].file))
        {
            let stamp = runs.iter().map(|run| run.stamp).max();
            let lines: u64 = runs.iter().map(|run| u64::from(run.lines)).sum();
            snapshots.push((stamp, newest(runs[0].file), lines, runs[0].file));
        }
        let Some(winner) = snapshots.iter().max().filter(|_| snapshots.len() > 1) else {
            continue;
        };
        let uneven = snapshots
            .iter()
            .any(|other| other.0 == winner.0 && other.2 != winner.2);
        holdings.uneven_ties += u64::from(uneven);
        holdings.owners.insert(order[0].id, winner.3);
    }
}

fn settle_backlogs(survey: &Survey, backlogs: &[BacklogFile], holdings: &mut Holdings) {
    let mut ids: BTreeMap<FileId, HashSet<OrderId>> = backlogs
        .iter()
        .map(|backlog| (backlog.file, HashSet::new()))
        .collect();
    for run in &survey.runs {
        if let Some(ids) = ids.get_mut(&run.file) {
            ids.insert(run.id);
        }
    }
    let newest_of = |file: FileId| survey.ages.get(&file).and_then(|age| age.newest);
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
            survey.open &= survey
                .runs
                .last()
                .is_some_and(|run| run.file == FileId(*file));
            survey.add(FileId(*file), id, Some(*stamp), Some(*stamp));
            let age = std::mem::take(&mut survey.age);
            survey.age(FileId(*file), age);
        }
        survey.runs.sort_unstable();
        survey
    }

    fn owner(lines: &[(u32, &str, i64)]) -> u32 {
        let ids = OrderIds::default();
        let holdings = settle(&survey(&ids, lines), &[FileId(0), FileId(1)], &[]);
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
        let holdings = settle(&survey, &[], &backlogs);
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
        let holdings = settle(&survey, &[], &named);
        assert_eq!(holdings.role(FileId(1)), Role::Current);
        assert_eq!(holdings.role(FileId(3)), Role::History);
    }
}
