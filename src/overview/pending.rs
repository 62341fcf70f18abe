//! Orders whose payment takes longer than it should. Half an hour is no reason to look.

use crate::table::Document;

use super::cells::Cells;

/// Pending orders by age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PendingOrders {
    /// Orders older than Amazon's maximum of 21 days.
    pub over_maximum: i64,
    /// Orders older than a day, not those above.
    pub over_a_day: i64,
}

impl PendingOrders {
    pub(super) fn of(document: &Document) -> Self {
        let Some(table) = document.table("pending") else {
            return Self::default();
        };
        let cells = Cells { table };
        let of_age = |age: &'static str| {
            let rows = cells.rows_with("age", age);
            rows.map(|row| cells.count(row, "orders")).sum()
        };
        Self {
            over_maximum: of_age("beyond_maximum"),
            over_a_day: of_age("payment_trouble"),
        }
    }
}
