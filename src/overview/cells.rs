//! The cells of a table by the names of their columns, as values.

use chrono::NaiveDate;

use crate::table::{Cell, Table};

/// A table whose cells are read by column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cells<'d> {
    pub(super) table: &'d Table,
}

impl<'d> Cells<'d> {
    pub(super) fn rows(self) -> std::ops::Range<usize> {
        0..self.table.height()
    }

    /// The rows with a text in a column.
    pub(super) fn rows_with(
        self,
        column: &'static str,
        text: &'static str,
    ) -> impl DoubleEndedIterator<Item = usize> + use<'d> {
        self.rows()
            .filter(move |row| self.text(*row, column) == text)
    }

    /// The cell of a column; absent if the table does not have the column.
    pub(super) fn cell(self, row: usize, column: &str) -> Cell<'d> {
        let place = self.table.index(column);
        debug_assert!(
            place.is_some(),
            "{} has no column {column}",
            self.table.spec.name
        );
        place.map_or(Cell::Absent, |column| self.table.cell(row, column))
    }

    /// A text; empty if it is absent.
    pub(super) fn text(self, row: usize, column: &str) -> &'d str {
        match self.cell(row, column) {
            Cell::Text(text) => text,
            _ => "",
        }
    }

    pub(super) fn day(self, row: usize, column: &str) -> Option<NaiveDate> {
        self.text(row, column).parse().ok()
    }

    /// A count; 0 if it is absent.
    pub(super) fn count(self, row: usize, column: &str) -> i64 {
        self.known_count(row, column).unwrap_or(0)
    }

    /// A count; `None` if it is absent.
    pub(super) fn known_count(self, row: usize, column: &str) -> Option<i64> {
        match self.cell(row, column) {
            Cell::Count(count) => Some(count),
            _ => None,
        }
    }

    /// Ten-thousandths of a currency and its decimals; `None` if the amount is absent.
    pub(super) fn money(self, row: usize, column: &str) -> Option<(i128, usize)> {
        match self.cell(row, column) {
            Cell::Money(value, decimals) => Some((value, decimals)),
            _ => None,
        }
    }

    /// Millionths; `None` if the share is absent.
    pub(super) fn share(self, row: usize, column: &str) -> Option<i128> {
        match self.cell(row, column) {
            Cell::Share(millionths) => Some(millionths),
            _ => None,
        }
    }
}
