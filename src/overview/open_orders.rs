//! Open orders by urgency, and pending orders by age.

use crate::table::Document;

use super::cells::Cells;

/// Open orders, each in one bucket.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OpenOrders {
    /// Past the day on which Amazon cancels.
    pub past_cancel_by: i64,
    /// Past their promise.
    pub overdue: i64,
    /// Due today.
    pub due_today: i64,
    /// Due tomorrow.
    pub due_tomorrow: i64,
    /// Due later.
    pub later: i64,
    /// Without a promise.
    pub no_promise: i64,
    /// On hold: the buyer asked to cancel.
    pub on_hold: i64,
    /// Whether the promises end at midnight of one place.
    pub one_clock: bool,
}

impl OpenOrders {
    /// The open orders of a document; `None` without an unshipped-orders report.
    pub(super) fn of(document: &Document) -> Option<Self> {
        let table = document.table("late").filter(|table| table.height() > 0)?;
        let cells = Cells { table };
        let mut open = Self::default();
        let mut offsets: Vec<&str> = Vec::new();
        for row in cells.rows() {
            let bucket = match cells.text(row, "bucket") {
                "past_cancel_by" => &mut open.past_cancel_by,
                "due_today" => &mut open.due_today,
                "due_tomorrow" => &mut open.due_tomorrow,
                "later" => &mut open.later,
                "no_promise" => &mut open.no_promise,
                "hold" => &mut open.on_hold,
                _ => &mut open.overdue,
            };
            *bucket += cells.count(row, "orders");
            let promise = cells.text(row, "oldest_promise");
            if promise.contains('T') {
                offsets.extend(promise.get(promise.len().saturating_sub(6)..));
            }
        }
        offsets.dedup();
        open.one_clock = offsets.len() < 2;
        Some(open)
    }

    /// All open orders.
    pub fn all(&self) -> i64 {
        self.late()
            + self.due_today
            + self.due_tomorrow
            + self.later
            + self.no_promise
            + self.on_hold
    }

    /// Open orders whose promise is past.
    pub fn late(&self) -> i64 {
        self.past_cancel_by + self.overdue
    }
}

/// Pending orders by age, those whose payment takes longer than it should. Half an hour is no reason to look.
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
