//! Account health as Amazon itself states it.

use crate::table::Document;

use super::cells::Cells;

/// Amazon's own figures of account health. Empty without an account-health report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccountHealth {
    /// The status of the account in each marketplace.
    pub statuses: Vec<AccountStatus>,
    /// The metrics that Amazon states.
    pub metrics: Vec<AccountMetric>,
}

/// The status of an account in a marketplace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountStatus {
    /// Amazon's word for it, as `NORMAL`.
    pub status: String,
    /// The marketplace.
    pub marketplace: String,
}

impl AccountStatus {
    /// Whether the account can sell without limits.
    pub fn is_normal(&self) -> bool {
        self.status == "NORMAL"
    }
}

/// A metric as Amazon computed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountMetric {
    /// Our name for it, as `late_shipment_rate`.
    pub metric: String,
    /// The days that it is of; `None` if Amazon does not say.
    pub days: Option<i64>,
    /// The rate in millionths; `None` if Amazon gives none.
    pub rate: Option<i128>,
    /// Amazon's target, as `under 4 %`.
    pub target: String,
    /// Whether Amazon calls it bad.
    pub is_bad: bool,
}

impl AccountMetric {
    /// Whether it is the late shipment rate.
    pub fn is_late_rate(&self) -> bool {
        self.metric == "late_shipment_rate"
    }
}

impl AccountHealth {
    pub(super) fn of(document: &Document) -> Self {
        let Some(table) = document.table("health") else {
            return Self::default();
        };
        let cells = Cells { table };
        let status = |row: usize| AccountStatus {
            status: cells.text(row, "rating").to_owned(),
            marketplace: cells.text(row, "marketplace").to_owned(),
        };
        let metric = |row: usize| AccountMetric {
            metric: cells.text(row, "metric").to_owned(),
            days: cells.known_count(row, "window_days"),
            rate: cells.share(row, "high"),
            target: cells.text(row, "target").to_owned(),
            is_bad: cells.text(row, "rating") == "BAD",
        };
        let statuses = cells.rows_with("metric", "account_status").map(status);
        Self {
            statuses: statuses.collect(),
            metrics: cells.rows_with("basis", "exact").map(metric).collect(),
        }
    }

    /// Whether Amazon calls anything bad.
    pub fn is_bad(&self) -> bool {
        self.statuses.iter().any(|status| !status.is_normal())
            || self.metrics.iter().any(|metric| metric.is_bad)
    }

    /// Whether Amazon itself gives the late shipment rate, which replaces ours.
    pub fn states_late_rate(&self) -> bool {
        self.metrics.iter().any(AccountMetric::is_late_rate)
    }
}
