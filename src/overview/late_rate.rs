//! The late shipment rate of each window, as far as it is known.

use crate::table::Document;

use super::cells::Cells;

/// Amazon's target of the late shipment rate, in millionths.
pub const LATE_RATE_TARGET: i128 = 40_000;

/// A window of the late shipment rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateRateWindow {
    /// Its length in days.
    pub days: i64,
    /// Orders with a known promise in it.
    pub orders: i64,
    /// The rate at least, in millionths; `None` if no order was due yet.
    pub low: Option<i128>,
    /// The rate at most, in millionths; `None` if no order was due yet.
    pub high: Option<i128>,
    /// The rate at most without orders that are not due yet, in millionths; `None` if no order was due yet.
    pub high_today: Option<i128>,
    /// The part of all merchant orders that is known of, in millionths; `None` if all-orders files cover none of the days.
    pub coverage: Option<i128>,
    /// How many more orders may be late; below zero, how many are too many at most. `None` if no order was due yet.
    pub headroom: Option<i64>,
    /// The file that would narrow the range; empty if none would.
    pub narrowed_by: String,
}

impl LateRateWindow {
    /// The windows of a document; none without an unshipped-orders report.
    pub(super) fn all(document: &Document) -> Vec<Self> {
        let Some(table) = document.table("late_rate") else {
            return Vec::new();
        };
        let cells = Cells { table };
        let window = |row| Self {
            days: cells.count(row, "window_days"),
            orders: cells.count(row, "orders"),
            low: cells.share(row, "late_rate_low"),
            high: cells.share(row, "late_rate_high"),
            high_today: cells.share(row, "late_rate_high_today"),
            coverage: cells.share(row, "coverage"),
            headroom: cells.known_count(row, "headroom"),
            narrowed_by: cells.text(row, "narrowed_by").to_owned(),
        };
        cells.rows().map(window).collect()
    }

    /// At least and at most today; `None` if no order was due yet.
    pub fn today(&self) -> Option<(i128, i128)> {
        self.low.zip(self.high_today)
    }
}
