//! Days that the files lack, or nearly lack.

use chrono::NaiveDate;

use crate::table::Document;

use super::cells::Cells;

/// A file that goes on after this hour has nearly all of the day.
const EVENING: &str = "until 20";
/// Fewer orders than these are usual on days of which a part is no news.
const USUAL: i64 = 10;

/// A stretch of days that is news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
    /// How many days they are.
    pub days: i64,
    /// How many orders are usual on such days; `None` if that is not known.
    pub usual: Option<i64>,
    /// What the files hold of the days.
    pub found: GapKind,
}

/// What the files hold of days that are news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GapKind {
    /// They are in no file.
    Missing,
    /// Their files hold no order.
    Quiet,
    /// Their files hold only so many orders.
    Few(i64),
    /// A part of the day, as `until 14:30`.
    Part(String),
}

impl Gap {
    /// The gaps of a document, the newest first. Every series of files ends with a part of a day: that is news only in the period that
    /// is shown, or with files after it.
    pub(super) fn all(document: &Document, shown: Option<(NaiveDate, NaiveDate)>) -> Vec<Self> {
        let Some(table) = document.table("coverage") else {
            return Vec::new();
        };
        let cells = Cells { table };
        let rows = cells.rows().rev();
        rows.filter_map(|row| Self::of(cells, row, shown)).collect()
    }

    fn of(cells: Cells<'_>, row: usize, shown: Option<(NaiveDate, NaiveDate)>) -> Option<Self> {
        let (first, last) = (cells.day(row, "first_day")?, cells.day(row, "last_day")?);
        let usual = cells.known_count(row, "usual_orders");
        let note = cells.text(row, "note");
        let found = match cells.text(row, "found") {
            "missing" => GapKind::Missing,
            "quiet" if !note.is_empty() => GapKind::Quiet,
            "covered" | "overlap" | "part" if note == "orders are usual" => {
                GapKind::Few(cells.count(row, "orders_placed"))
            }
            "part" if usual.is_some_and(|usual| usual >= USUAL) => {
                let newest = row + 1 == cells.rows().len();
                let within = shown.is_some_and(|(from, to)| first >= from && first <= to);
                let until = note.get(..11).filter(|until| *until < EVENING)?;
                if newest && !within {
                    return None;
                }
                GapKind::Part(until.to_owned())
            }
            _ => return None,
        };
        Some(Self {
            first,
            last,
            days: cells.known_count(row, "days").unwrap_or(1),
            usual,
            found,
        })
    }
}
