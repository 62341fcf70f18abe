//! A finished run: its tables, and what must be known to read them.

use crate::field::RejectReason;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::{Cell, Compared, Reach, Table};

/// The control totals (docs/metrics.md, One order, one snapshot). They add up, or there is no document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Control {
    /// Lines of data in all files.
    pub lines_read: u64,
    /// Lines in the numbers.
    pub kept: u64,
    /// Lines of orders, or of backlogs, that a newer file replaces.
    pub superseded: u64,
    /// Lines of files that are the same as another, byte for byte.
    pub repeated: u64,
    /// Lines that could not be read.
    pub rejected: u64,
}

impl Control {
    /// Whether every line read is accounted for, once.
    pub fn adds_up(&self) -> bool {
        self.lines_read == self.kept + self.superseded + self.repeated + self.rejected
    }
}

/// What became of a condition under which a job should fail (`--fail-if`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JudgedGate {
    /// As it was written.
    pub condition: String,
    /// Whether it is so, or cannot be known.
    pub failed: bool,
    /// What the number was found to be.
    pub found: String,
}

/// How many lines of a file were rejected for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectCount {
    /// The file, as `sources` names it.
    pub file: String,
    /// The reason.
    pub reason: RejectReason,
    /// The column at fault, `None` if it is the line as a whole.
    pub column: Option<&'static str>,
    /// Lines, listed in table `rejects` or not.
    pub lines: u64,
}

/// What a run gives.
#[derive(Debug, Clone)]
pub struct Document {
    /// The moment that late and pending are judged at, RFC 3339; `None` if no file proves one.
    pub as_of: Option<String>,
    /// Where that moment is from.
    pub as_of_source: String,
    /// The zone it is shown in on a screen: that of the channel with the most orders.
    pub as_of_zone: String,
    /// The options that changed numbers, as name and value.
    pub options: Vec<(&'static str, String)>,
    /// Every line accounted for.
    pub control: Control,
    /// Every rejected line counted, by file and reason.
    pub rejects: Vec<RejectCount>,
    /// How many files of each kind were read: name, count.
    pub kinds: Vec<(&'static str, usize)>,
    /// How far the files of each kind go.
    pub reaches: Vec<Reach>,
    /// Bytes of all files that were read.
    pub bytes: u64,
    /// The gates that were asked for, those that failed first.
    pub gates: Vec<JudgedGate>,
    /// What is compared; `None` in a report.
    pub compared: Option<Compared>,
    /// The tables, in the order of [`TABLES`](crate::topic::TABLES).
    pub tables: Vec<Table>,
}

impl Document {
    /// A table by its name.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.spec.name == name)
    }

    /// The first and the last day of purchase; `None` without an all-orders report.
    pub fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let table = self.table("coverage")?;
        let last = table.height().checked_sub(1)?;
        let day = |row, column| table.text(row, column).parse().ok();
        Some((day(0, "first_day")?, day(last, "last_day")?))
    }

    /// How many days from one to another the files lack: days that are in no file, or nearly without an order though many are
    /// usual (table `coverage`).
    pub fn gap_days(&self, first: NaiveDate, last: NaiveDate) -> i64 {
        let Some(table) = self.table("coverage") else {
            return 0;
        };
        let within = |row: usize| {
            let (from, to, held) = stretch(table, row)?;
            (held == DayState::Missing).then(|| (to.min(last) - from.max(first)).num_days() + 1)
        };
        let rows = (0..table.height()).filter_map(within);
        rows.filter(|days| *days > 0).sum()
    }

    /// What the files hold of each day from the first to the last purchase; `None` without an all-orders report.
    pub fn day_states(&self) -> Option<(NaiveDate, Vec<DayState>)> {
        let (table, (first, last)) = (self.table("coverage")?, self.days()?);
        let place = |day: NaiveDate| usize::try_from((day - first).num_days()).ok();
        let mut states = vec![DayState::Covered; place(last)? + 1];
        for row in 0..table.height() {
            let Some((from, to, held)) = stretch(table, row) else {
                continue;
            };
            let days = place(from).zip(place(to));
            if let Some(days) = days.and_then(|(from, to)| states.get_mut(from..=to)) {
                days.fill(held);
            }
        }
        Some((first, states))
    }

    /// A count of a table's row whose first column is `key`: of `quality`, of `late`.
    pub fn count(&self, table: &str, key: &str, column: &str) -> Option<i64> {
        let table = self.table(table)?;
        let column = table.index(column)?;
        let row = (0..table.height()).find(|row| table.cell(*row, 0) == Cell::Text(key))?;
        match table.cell(row, column) {
            Cell::Count(count) => Some(count),
            _ => None,
        }
    }
}

/// What the files hold of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayState {
    /// All of it.
    Covered,
    /// A part: it is not over in its files.
    Part,
    /// Nothing: it is in no file, or nearly without an order though many are usual.
    Missing,
}

/// A stretch of days of the table `coverage`, and what the files hold of them.
fn stretch(table: &Table, row: usize) -> Option<(NaiveDate, NaiveDate, DayState)> {
    let is = |column: &str, text: &str| table.text(row, column) == text;
    let day = |column: &str| table.text(row, column).parse::<NaiveDate>().ok();
    let held = if is("found", "missing") || is("note", "orders are usual") {
        DayState::Missing
    } else if is("found", "part") {
        DayState::Part
    } else {
        DayState::Covered
    };
    Some((day("first_day")?, day("last_day")?, held))
}

/// How many lines were rejected for each reason in all files, the commonest first: `item-price: not an amount`.
pub fn reject_reasons(counts: &[RejectCount]) -> Vec<(String, u64)> {
    let mut lines: BTreeMap<String, u64> = BTreeMap::new();
    for count in counts {
        let reason = match count.column {
            Some(column) => format!("{column}: {}", count.reason),
            None => count.reason.to_string(),
        };
        *lines.entry(reason).or_default() += count.lines;
    }
    let mut reasons: Vec<_> = lines.into_iter().collect();
    reasons.sort_by_key(|(_, lines)| Reverse(*lines));
    reasons
}
