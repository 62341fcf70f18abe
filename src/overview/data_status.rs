//! Data status: every line accounted for, what checks found, and files that are older than the report.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::table::{Cell, Control, Document, Subject, reject_reasons};

use super::cells::Cells;
use super::{Gap, StaleFiles};

/// Checks that are no reason to look: they happen in every sound file, or the program has settled them.
const SETTLED: [&str; 5] = [
    "cancelled_with_price",
    // Those that are news are gaps.
    "days_without_orders",
    "live_line_of_zero_units",
    "repeated_header",
    "days_past_promise_differs",
];

/// Checks in the order of what they can do to a number. Others come after them, by name.
const RANKED: [&str; 8] = [
    "fx_missing",
    "unknown_status",
    "unknown_fulfillment",
    "channel_without_zone",
    "order_field_conflicts",
    "snapshot_ties",
    "promise_zone_mismatch",
    "names_not_utf8",
];

/// How sound the data are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataStatus {
    /// The control totals.
    pub control: Control,
    /// Why lines were rejected and how many, the commonest reason first.
    pub reject_reasons: Vec<(String, u64)>,
    /// The cases of every check, in the order of the table `quality`.
    pub checks: Vec<CheckCount>,
    /// Order statuses that are not known, by name.
    pub unknown_statuses: Vec<String>,
    /// Files that are older than the report.
    pub stale: Vec<StaleFiles>,
    /// Days that the files lack, the newest first.
    pub gaps: Vec<Gap>,
}

/// A check of the table `quality` and its cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckCount {
    /// Its name.
    pub name: String,
    /// How often it struck; `None` if that is not known.
    pub cases: Option<i64>,
}

impl DataStatus {
    /// The data status of a document that shows a period.
    pub(super) fn of(document: &Document, shown: Option<(NaiveDate, NaiveDate)>) -> Self {
        Self {
            control: document.control,
            reject_reasons: reject_reasons(&document.rejects),
            checks: checks(document),
            unknown_statuses: unknown_statuses(document),
            stale: StaleFiles::all(document),
            gaps: Gap::all(document, shown),
        }
    }

    /// The cases of a check; `None` if there is no such check.
    pub fn cases(&self, check: &str) -> Option<i64> {
        let found = self.checks.iter().find(|known| known.name == check);
        found.and_then(|check| check.cases)
    }

    /// The checks that struck and matter, with their cases, those first that can do most to a number.
    pub fn findings(&self) -> Vec<(&str, i64)> {
        let struck = |check: &CheckCount| check.cases.filter(|cases| *cases > 0);
        let matters = |name: &str| !SETTLED.contains(&name);
        let checks = self.checks.iter().filter(|check| matters(&check.name));
        let mut found: Vec<(&str, i64)> = checks
            .filter_map(|check| Some((&*check.name, struck(check)?)))
            .collect();
        let rank = |name: &str| RANKED.iter().position(|known| *known == name);
        found.sort_by_cached_key(|(name, _)| {
            let rank = rank(name).unwrap_or(RANKED.len());
            (rank, format!("{}:", name.replace('_', " ")))
        });
        found
    }

    /// The files of a subject, if they are older than the report.
    pub fn stale(&self, subject: Subject) -> Option<&StaleFiles> {
        self.stale.iter().find(|files| files.subject == subject)
    }
}

fn checks(document: &Document) -> Vec<CheckCount> {
    let Some(table) = document.table("quality") else {
        return Vec::new();
    };
    let cells = Cells { table };
    let check = |row| CheckCount {
        name: cells.text(row, "check").to_owned(),
        cases: cells.known_count(row, "count"),
    };
    cells.rows().map(check).collect()
}

fn unknown_statuses(document: &Document) -> Vec<String> {
    let Some(table) = document.table("status") else {
        return Vec::new();
    };
    let cells = Cells { table };
    let unknown = cells.rows_with("status_group", "unknown");
    let names = unknown.filter_map(|row| match cells.cell(row, "status") {
        Cell::Text(name) => Some(name),
        _ => None,
    });
    let names: BTreeSet<&str> = names.collect();
    names.into_iter().map(str::to_owned).collect()
}
