//! Anomalies: days, weeks, channels and SKUs whose orders are not what was expected.

use chrono::NaiveDate;

use crate::table::{Cell, Document};

use super::cells::Cells;

/// Something that stands out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anomaly {
    /// What it is about.
    pub kind: AnomalyKind,
    /// The day or week in which it begins, as `2026-W30`.
    pub period: String,
    /// What there was.
    pub measured: i64,
    /// What the history predicts.
    pub expected: i64,
    /// How many weeks it stands out for; `None` of days.
    pub weeks: Option<i64>,
    /// Whether it goes on in the last week that can be judged.
    pub ongoing: bool,
}

/// What an anomaly is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnomalyKind {
    /// Orders of a day, or of days in a row.
    Day {
        /// The first day.
        first: NaiveDate,
        /// The last day.
        last: NaiveDate,
        /// The least that would be usual.
        low: i64,
        /// The most that would be usual.
        high: i64,
    },
    /// Lines with a discount, of all live lines of the week.
    Promotions {
        /// All live lines of the week.
        lines: i64,
    },
    /// Orders of a sales channel.
    Channel(String),
    /// Orders with a SKU.
    Sku(String),
}

impl Anomaly {
    /// The anomalies of a document, the farthest from what was expected first.
    pub(super) fn all(document: &Document) -> Vec<Self> {
        let Some(table) = document.table("anomalies") else {
            return Vec::new();
        };
        let cells = Cells { table };
        cells
            .rows()
            .filter_map(|row| Self::of(cells, row))
            .collect()
    }

    fn of(cells: Cells<'_>, row: usize) -> Option<Self> {
        let count = |column| cells.known_count(row, column);
        let name = || cells.text(row, "name").to_owned();
        let kind = match cells.text(row, "kind") {
            "day" => AnomalyKind::Day {
                first: cells.day(row, "first_day")?,
                last: cells.day(row, "last_day")?,
                low: count("low")?,
                high: count("high")?,
            },
            "promotions" => AnomalyKind::Promotions {
                lines: count("reference")?,
            },
            "channel" => AnomalyKind::Channel(name()),
            _ => AnomalyKind::Sku(name()),
        };
        Some(Self {
            kind,
            period: cells.text(row, "period").to_owned(),
            measured: count("measured")?,
            expected: count("expected")?,
            weeks: count("weeks"),
            ongoing: cells.cell(row, "ongoing") == Cell::Flag(true),
        })
    }
}
