//! Returns: requests that wait for an answer, claims, and what came back.

use std::collections::BTreeMap;

use crate::table::{Cell, Document};

use super::cells::Cells;

/// Return requests of merchant orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReturnRequests {
    /// Those that wait for an answer.
    pub waiting: usize,
    /// Those of them that have waited for more than a day.
    pub overdue: usize,
    /// Those with an A-to-z claim.
    pub claims: usize,
}

impl ReturnRequests {
    pub(super) fn of(document: &Document) -> Self {
        let Some(table) = document.table("returns") else {
            return Self::default();
        };
        let cells = Cells { table };
        let flagged = |column: &'static str| {
            let rows = cells.rows();
            rows.filter(move |row| cells.cell(*row, column) == Cell::Flag(true))
        };
        let waits = |row: &usize| !cells.text(*row, "answer_by").is_empty();
        Self {
            waiting: cells.rows().filter(waits).count(),
            overdue: flagged("answer_overdue").count(),
            claims: flagged("claim").count(),
        }
    }
}

/// Units that came back, or that buyers asked to return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnedUnits {
    /// All of them.
    pub units: i64,
    /// The commonest reason; of equally common ones, the first by name. Empty if none is stated.
    pub reason: String,
    /// Units of that reason.
    pub units_of_reason: i64,
}

impl ReturnedUnits {
    /// The units of a document; `None` if there are none.
    pub(super) fn of(document: &Document) -> Option<Self> {
        let table = document.table("returned_units")?;
        let cells = Cells { table };
        let mut reasons: BTreeMap<&str, i64> = BTreeMap::new();
        for row in cells.rows() {
            let units = cells.count(row, "units");
            *reasons.entry(cells.text(row, "return_reason")).or_default() += units;
        }
        let units = reasons.values().sum();
        let commonest = reasons.into_iter().rev().max_by_key(|(_, units)| *units);
        let (reason, units_of_reason) = commonest?;
        Some(Self {
            units,
            reason: reason.to_owned(),
            units_of_reason,
        })
    }
}
