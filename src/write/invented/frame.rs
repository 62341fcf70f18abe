//! Rows of cells as a table.

use polars::prelude::{Column, DataFrame, DataType, Int128Chunked, IntoColumn, NewChunkedArray};

use crate::table::{Cell, ColumnKind, Table};
use crate::topic::TABLES;

/// What a hostile product name can hold.
pub(in super::super) const HOSTILE: &str = "\u{1b}[31m\u{202e}evil\u{9b}2J\r\n<script>\u{2028}";

/// A table of the program with these rows.
pub(super) fn table(name: &str, rows: &[Vec<Cell<'_>>]) -> Table {
    let spec = TABLES.into_iter().find(|spec| spec.name == name).unwrap();
    for row in rows {
        assert_eq!(row.len(), spec.columns.len(), "{name}: {row:?}");
    }
    let columns = spec.columns.iter().enumerate().map(|(place, column)| {
        let cells = rows.iter().map(|row| row[place]);
        let decimal = |scale: usize| {
            let values = cells.clone().map(|cell| match cell {
                Cell::Money(value, _) | Cell::Share(value) => Some(value),
                _ => None,
            });
            let values = Int128Chunked::from_iter_options(column.name.into(), values);
            values.into_decimal_unchecked(38, scale).into_column()
        };
        match column.kind {
            ColumnKind::Text | ColumnKind::Date | ColumnKind::Moment => {
                let texts = cells.map(|cell| {
                    if let Cell::Text(text) = cell {
                        Some(text)
                    } else {
                        None
                    }
                });
                Column::new(column.name.into(), texts.collect::<Vec<_>>())
                    .cast(&DataType::String)
                    .unwrap()
            }
            ColumnKind::Count => {
                let counts = cells.map(|cell| {
                    if let Cell::Count(count) = cell {
                        Some(count)
                    } else {
                        None
                    }
                });
                Column::new(column.name.into(), counts.collect::<Vec<_>>())
            }
            ColumnKind::Flag => {
                let flags = cells.map(|cell| {
                    if let Cell::Flag(flag) = cell {
                        Some(flag)
                    } else {
                        None
                    }
                });
                Column::new(column.name.into(), flags.collect::<Vec<_>>())
            }
            ColumnKind::Money => decimal(4),
            ColumnKind::Share => decimal(6),
        }
    });
    let frame = DataFrame::new(rows.len(), columns.collect()).unwrap();
    Table::from_frame(spec, &frame).unwrap()
}
