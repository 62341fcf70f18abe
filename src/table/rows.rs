//! Tables that are listed rather than summed: built row by row.

use polars::prelude::*;

/// The columns of a listed table, filled side by side.
#[derive(Debug)]
pub(super) struct Rows<T> {
    rows: Vec<T>,
    columns: Vec<Column>,
}

impl<T> Rows<T> {
    pub(super) fn of(rows: impl IntoIterator<Item = T>) -> Self {
        Self {
            rows: rows.into_iter().collect(),
            columns: Vec::new(),
        }
    }

    pub(super) fn text(mut self, name: &str, of: impl Fn(&T) -> Option<String>) -> Self {
        let values: Vec<Option<String>> = self
            .rows
            .iter()
            .map(of)
            .map(|text| text.filter(|text| !text.is_empty()))
            .collect();
        self.columns.push(Column::new(name.into(), values));
        self
    }

    pub(super) fn count(mut self, name: &str, of: impl Fn(&T) -> Option<i64>) -> Self {
        self.columns.push(Column::new(
            name.into(),
            self.rows.iter().map(of).collect::<Vec<_>>(),
        ));
        self
    }

    pub(super) fn flag(mut self, name: &str, of: impl Fn(&T) -> Option<bool>) -> Self {
        self.columns.push(Column::new(
            name.into(),
            self.rows.iter().map(of).collect::<Vec<_>>(),
        ));
        self
    }

    pub(super) fn frame(self) -> PolarsResult<DataFrame> {
        DataFrame::new(self.rows.len(), self.columns)
    }
}
