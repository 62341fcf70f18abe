//! One table as Parquet: exact decimals, days as dates, text unchanged.

use std::io::{self, Write};
use std::sync::Arc;

use chrono::NaiveDate;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::{ByteArray, FixedLenByteArray};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use crate::table::{Cell, Column, ColumnKind, Table};

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
    // In memory first: tables are small, and what writes Parquet takes only what can go to another thread.
    let bytes = written(table).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn written(table: &Table) -> Result<Vec<u8>> {
    let fields = table
        .columns()
        .iter()
        .map(|column| field(column).map(Arc::new));
    let fields = fields.collect::<Result<_>>()?;
    let schema = Type::group_type_builder("table").with_fields(fields);
    let definition = table.definition();
    let about = [
        ("ordersift", env!("CARGO_PKG_VERSION")),
        ("ordersift.table", table.spec.name),
        ("ordersift.definition", definition.as_ref()),
    ];
    let about = about.map(|(key, value)| KeyValue::new(key.to_owned(), value.to_owned()));
    let properties = WriterProperties::builder()
        .set_created_by(format!("ordersift {}", env!("CARGO_PKG_VERSION")))
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_key_value_metadata(Some(about.into()))
        .build();
    let schema = Arc::new(schema.build()?);
    let mut file = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))?;
    let mut rows = file.next_row_group()?;
    let mut index = 0;
    while let Some(mut column) = rows.next_column()? {
        let cells = (0..table.height()).map(|row| table.cell(row, index));
        write(cells, column.untyped())?;
        column.close()?;
        index += 1;
    }
    rows.close()?;
    file.into_inner()
}

/// A column as Parquet describes it. Any cell may be absent.
fn field(column: &Column) -> Result<Type> {
    let decimal = |scale| Some(LogicalType::decimal(scale, PRECISION));
    let (physical, logical) = match column.kind {
        ColumnKind::Text | ColumnKind::Moment => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        ColumnKind::Count => (Physical::INT64, None),
        ColumnKind::Money => (Physical::FIXED_LEN_BYTE_ARRAY, decimal(MONEY_SCALE)),
        ColumnKind::Share => (Physical::FIXED_LEN_BYTE_ARRAY, decimal(SHARE_SCALE)),
        ColumnKind::Date => (Physical::INT32, Some(LogicalType::Date)),
        ColumnKind::Flag => (Physical::BOOLEAN, None),
    };
    let mut field = Type::primitive_type_builder(column.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical);
    if let ColumnKind::Money | ColumnKind::Share = column.kind {
        let money = column.kind == ColumnKind::Money;
        field = field
            .with_length(DECIMAL_BYTES)
            .with_precision(PRECISION)
            .with_scale(if money { MONEY_SCALE } else { SHARE_SCALE });
    }
    field.build()
}

const PRECISION: i32 = 38;
const MONEY_SCALE: i32 = 4;
const SHARE_SCALE: i32 = 6;
/// The bytes of a number of so many digits.
const DECIMAL_BYTES: i32 = 16;

/// Writes the cells of a column.
fn write<'t>(cells: impl Iterator<Item = Cell<'t>>, column: &mut ColumnWriter<'_>) -> Result<()> {
    let mut levels: Vec<i16> = Vec::new();
    let mut present = |cell: &Cell<'_>| {
        let present = *cell != Cell::Absent;
        levels.push(i16::from(present));
        present
    };
    let present: Vec<Cell<'t>> = cells.filter(|cell| present(cell)).collect();
    let levels = Some(&levels[..]);
    match column {
        ColumnWriter::ByteArrayColumnWriter(column) => {
            let texts = all(&present, |cell| match cell {
                Cell::Text(text) => Some(ByteArray::from(text)),
                _ => None,
            })?;
            column.write_batch(&texts, levels, None)?;
        }
        ColumnWriter::Int64ColumnWriter(column) => {
            let counts = all(&present, |cell| match cell {
                Cell::Count(count) => Some(count),
                _ => None,
            })?;
            column.write_batch(&counts, levels, None)?;
        }
        ColumnWriter::FixedLenByteArrayColumnWriter(column) => {
            let decimals = all(&present, |cell| match cell {
                Cell::Money(number, _) | Cell::Share(number) => {
                    Some(FixedLenByteArray::from(number.to_be_bytes().to_vec()))
                }
                _ => None,
            })?;
            column.write_batch(&decimals, levels, None)?;
        }
        ColumnWriter::Int32ColumnWriter(column) => {
            let days = all(&present, |cell| match cell {
                Cell::Text(text) => text.parse().ok().map(|day: NaiveDate| day.to_epoch_days()),
                _ => None,
            })?;
            column.write_batch(&days, levels, None)?;
        }
        ColumnWriter::BoolColumnWriter(column) => {
            let flags = all(&present, |cell| match cell {
                Cell::Flag(flag) => Some(flag),
                _ => None,
            })?;
            column.write_batch(&flags, levels, None)?;
        }
        _ => return Err(other_kind()),
    }
    Ok(())
}

/// The values of cells, all of which must be of their column's kind.
fn all<'t, T>(cells: &[Cell<'t>], value: impl Fn(Cell<'t>) -> Option<T>) -> Result<Vec<T>> {
    let values: Option<Vec<T>> = cells.iter().map(|cell| value(*cell)).collect();
    values.ok_or_else(other_kind)
}

fn other_kind() -> ParquetError {
    ParquetError::General("a cell of another kind than its column".to_owned())
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
