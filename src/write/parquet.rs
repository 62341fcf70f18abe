//! One table as Parquet: exact decimals, days as dates, text unchanged.

use std::io::{self, Write};

use polars::prelude::{KeyValueMetadata, ParquetWriter};

use crate::table::Table;

use super::{Format, Shape};

pub(super) const FORMAT: Format = Format {
    name: "parquet",
    about: "a file for each table, for notebooks and databases",
    binary: true,
    shape: Shape::Table {
        extension: "parquet",
        write: |table, _, out| parquet(table, out).map(|()| 0),
    },
};

/// Writes a table as Parquet (zstd).
///
/// Counts are 64-bit integers, money `DECIMAL(38, 4)` and shares `DECIMAL(38, 6)`, days dates. Moments are text, RFC 3339
/// with their offset: a Parquet timestamp would lose whose midnight it is. The file's metadata holds what the table means.
pub fn parquet(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let definition = table.definition();
    let about = [
        ("ordersift", env!("CARGO_PKG_VERSION")),
        ("ordersift.table", table.spec.name),
        ("ordersift.definition", definition.as_ref()),
    ];
    let about = about.map(|(key, value): (&str, &str)| (key.to_owned(), value.to_owned()));
    let mut frame = table.typed().map_err(io::Error::other)?;
    let written = ParquetWriter::new(out)
        .set_parallel(false)
        .with_key_value_metadata(Some(KeyValueMetadata::from_static(about.into())))
        .finish(&mut frame);
    match written {
        Ok(_) => Ok(()),
        Err(polars::error::PolarsError::IO { error, .. }) => {
            Err(io::Error::new(error.kind(), error.to_string()))
        }
        Err(error) => Err(io::Error::other(error)),
    }
}

#[cfg(test)]
mod tests {
    use polars::prelude::*;

    use super::super::fixtures;
    use super::*;
    use crate::field::Day;
    use crate::table::ColumnKind;

    /// The table of a frame that was read back: its dates are texts again.
    fn untyped(table: &Table, mut frame: DataFrame) -> Table {
        for column in table.columns() {
            if column.kind == ColumnKind::Date {
                let days = frame.column(column.name).unwrap().date().unwrap();
                let texts: StringChunked = days
                    .physical()
                    .iter()
                    .map(|day| day.map(|day| Day(day).to_string()))
                    .collect();
                let texts = texts.with_name(column.name.into());
                frame.with_column(texts.into_column()).unwrap();
            }
        }
        Table::from_frame(table.spec, &frame).unwrap()
    }

    #[test]
    fn is_read_back_with_types_and_every_value() {
        for document in [fixtures::first_week(), fixtures::hostile()] {
            for table in &document.tables {
                let mut bytes = Vec::new();
                parquet(table, &mut bytes).unwrap();
                let frame = ParquetReader::new(io::Cursor::new(bytes)).finish().unwrap();
                assert_eq!(frame.height(), table.height());
                assert!(frame.equals_missing(&table.typed().unwrap()), "{frame:?}");
                let again = untyped(table, frame);
                for row in 0..table.height() {
                    let cells = table.row(row).map(|(_, cell)| cell);
                    assert!(cells.eq(again.row(row).map(|(_, cell)| cell)), "row {row}");
                }
            }
        }
    }
}
