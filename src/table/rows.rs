//! Tables that are listed rather than summed: built row by row.

use polars::prelude::*;

use super::sums::{MONEY, SHARE, decimals, quotient};

/// The columns of a listed table, filled side by side.
#[derive(Debug)]
pub(crate) struct Rows<T> {
    rows: Vec<T>,
    columns: Vec<PolarsResult<Column>>,
}

impl<T> Rows<T> {
    pub(crate) fn of(rows: impl IntoIterator<Item = T>) -> Self {
        Self {
            rows: rows.into_iter().collect(),
            columns: Vec::new(),
        }
    }

    pub(crate) fn text(mut self, name: &str, of: impl Fn(&T) -> Option<String>) -> Self {
        let values: Vec<Option<String>> = self
            .rows
            .iter()
            .map(of)
            .map(|text| text.filter(|text| !text.is_empty()))
            .collect();
        self.columns.push(Ok(Column::new(name.into(), values)));
        self
    }

    pub(crate) fn count(mut self, name: &str, of: impl Fn(&T) -> Option<i64>) -> Self {
        let values: Vec<_> = self.rows.iter().map(of).collect();
        self.columns.push(Ok(Column::new(name.into(), values)));
        self
    }

    pub(crate) fn flag(mut self, name: &str, of: impl Fn(&T) -> Option<bool>) -> Self {
        let values: Vec<_> = self.rows.iter().map(of).collect();
        self.columns.push(Ok(Column::new(name.into(), values)));
        self
    }

    /// Ten-thousandths of the row's currency.
    pub(crate) fn money(mut self, name: &str, of: impl Fn(&T) -> Option<i128>) -> Self {
        let values = self.rows.iter().map(of).collect();
        self.columns.push(decimals(name, values, MONEY));
        self
    }

    /// A part and its whole, divided and rounded once; absent where the whole is zero.
    pub(crate) fn share(mut self, name: &str, of: impl Fn(&T) -> Option<(i64, i64)>) -> Self {
        let share = |row| {
            let (part, whole) = of(row)?;
            quotient(i128::from(part) * 1_000_000, whole.into())
        };
        let values = self.rows.iter().map(share).collect();
        self.columns.push(decimals(name, values, SHARE));
        self
    }

    /// The same of large numbers, as amounts.
    pub(crate) fn part(mut self, name: &str, of: impl Fn(&T) -> Option<(i128, i128)>) -> Self {
        let part = |row| {
            let (part, whole) = of(row)?;
            quotient(part * 1_000_000, whole)
        };
        let values = self.rows.iter().map(part).collect();
        self.columns.push(decimals(name, values, SHARE));
        self
    }

    pub(crate) fn frame(self) -> PolarsResult<DataFrame> {
        let columns: PolarsResult<Vec<Column>> = self.columns.into_iter().collect();
        DataFrame::new(self.rows.len(), columns?)
    }
}
