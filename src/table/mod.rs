//! Tables that describe their own columns, and the document that they make up.
//!
//! Writers know this module and nothing else of the program. The tables themselves are in the folders of [`topic`](crate::topic).

mod chart;
mod column;
mod compared;
mod converted_columns;
mod document;
mod lake_view;
mod part;
mod reach;
pub(crate) mod rows;
pub(crate) mod shared_columns;
pub(crate) mod sums;
pub(crate) mod wilson;

use std::borrow::Cow;

use polars::prelude::{AnyValue, DataFrame, Int32Chunked, IntoColumn, PolarsResult, Series};

use crate::field::Day;
pub use crate::field::zone::{is_multi_channel, marketplace, marketplaces};

pub use chart::Chart;
pub(crate) use column::column;
pub use column::{Column, ColumnKind};
pub use compared::{Compared, SideDays};
pub use converted_columns::{CONVERTED, CONVERTED_IN};
pub use document::{Control, DayState, Document, JudgedGate, RejectCount, reject_reasons};
pub use lake_view::LakeView;
pub(crate) use part::ALL_ORDERS;
pub use part::Part;
pub use reach::{Reach, Subject};

/// The description of a table.
#[derive(Debug)]
pub struct TableSpec {
    /// The name (docs/metrics.md, Tables).
    pub name: &'static str,
    /// The heading a person reads.
    pub title: &'static str,
    /// Where a report has it.
    pub part: Part,
    /// The kinds of report that fill it, the usual one first; none if every kind does.
    pub filled_by: &'static [&'static str],
    /// What its numbers mean, in full sentences.
    pub definition: &'static str,
    /// Its columns, in order.
    pub columns: &'static [Column],
    /// How it looks as a picture.
    pub charts: &'static [Chart],
    /// How far the views over a lake give it.
    pub in_lake: LakeView,
}

/// How many decimals amounts in a currency are shown with at least.
pub fn decimals(currency: &str) -> usize {
    crate::field::Currency::decimals(currency)
}

/// A rolled-up table.
#[derive(Debug, Clone)]
pub struct Table {
    /// What it is.
    pub spec: &'static TableSpec,
    /// The columns of the spec, and those that only this run has.
    described: Vec<Column>,
    columns: Vec<Series>,
    height: usize,
    /// Where the row's currency stands; and the converted sales with theirs.
    currency: Option<usize>,
    converted: Option<(usize, usize)>,
}

/// One value of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell<'t> {
    /// Unknown, or not applicable; never zero.
    Absent,
    /// Text, a date or a moment.
    Text(&'t str),
    /// A whole number.
    Count(i64),
    /// Ten-thousandths of a currency, shown with at least so many decimals.
    Money(i128, usize),
    /// Millionths.
    Share(i128),
    /// Yes or no.
    Flag(bool),
}

impl Table {
    /// A table of a frame that has exactly the columns of a table: text and dates as `String`, counts as `Int64`, flags
    /// as `Boolean`, money as `Decimal(38, 4)`, shares as `Decimal(38, 6)`.
    ///
    /// # Errors
    /// A column is not there.
    pub fn from_frame(spec: &'static TableSpec, frame: &DataFrame) -> PolarsResult<Self> {
        // Series, not columns: of a single row polars keeps a scalar, whose text cannot be borrowed.
        let mut described = spec.columns.to_vec();
        let sales = spec
            .columns
            .iter()
            .position(|column| column.name == "sales");
        let converted = sales
            .filter(|_| frame.column(CONVERTED[0].name).is_ok())
            .map(|sales| (sales + 1, sales + 2));
        if let Some((place, _)) = converted {
            described.splice(place..place, CONVERTED);
        }
        let columns = frame.select_to_vec(described.iter().map(|column| column.name))?;
        let columns = columns
            .into_iter()
            .map(polars::prelude::Column::take_materialized_series)
            .collect();
        let height = frame.height();
        let currency = described
            .iter()
            .position(|column| column.name == "currency");
        Ok(Self {
            spec,
            described,
            columns,
            height,
            currency,
            converted,
        })
    }

    /// The columns as a frame whose days are dates, for formats that have types. Moments stay text: they carry the offset of
    /// the place.
    ///
    /// # Errors
    /// What polars refuses: a defect of the program.
    pub fn typed(&self) -> PolarsResult<DataFrame> {
        let typed = |(series, column): (&Series, &Column)| {
            if column.kind != ColumnKind::Date {
                return Ok(series.clone().into_column());
            }
            let days: Int32Chunked = series
                .str()?
                .iter()
                .map(|text| text.and_then(|text| Some(Day::read(text.as_bytes())?.0)))
                .collect();
            Ok(days.with_name(column.name.into()).into_date().into_column())
        };
        let columns: PolarsResult<Vec<_>> = self
            .columns
            .iter()
            .zip(&self.described)
            .map(typed)
            .collect();
        DataFrame::new(self.height, columns?)
    }

    /// Its columns, in order.
    pub fn columns(&self) -> &[Column] {
        &self.described
    }

    /// What its numbers mean, in full sentences.
    pub fn definition(&self) -> Cow<'static, str> {
        if self.converted.is_some() {
            (self.spec.definition.to_owned() + converted_columns::DEFINITION).into()
        } else {
            self.spec.definition.into()
        }
    }

    /// How many rows there are.
    pub fn height(&self) -> usize {
        self.height
    }

    /// The place of a column.
    pub fn index(&self, column: &str) -> Option<usize> {
        self.described.iter().position(|known| known.name == column)
    }

    /// A value by row and column. Outside the table everything is absent.
    pub fn cell(&self, row: usize, column: usize) -> Cell<'_> {
        let Some(Ok(value)) = self.columns.get(column).map(|values| values.get(row)) else {
            return Cell::Absent;
        };
        match value {
            AnyValue::String(text) => Cell::Text(text),
            AnyValue::Int64(count) => Cell::Count(count),
            AnyValue::Boolean(flag) => Cell::Flag(flag),
            AnyValue::Decimal(value, _, 4) => Cell::Money(value, self.decimals(row, column)),
            AnyValue::Decimal(value, _, _) => Cell::Share(value),
            _ => Cell::Absent,
        }
    }

    /// The value of a named column as machine formats write it; empty if it is absent or there is no such column.
    pub fn text(&self, row: usize, column: &str) -> String {
        let cell = self
            .index(column)
            .map_or(Cell::Absent, |column| self.cell(row, column));
        cell.text().unwrap_or_default().into_owned()
    }

    /// The values of one row, with their columns.
    pub fn row(&self, row: usize) -> impl Iterator<Item = (&Column, Cell<'_>)> {
        self.described
            .iter()
            .enumerate()
            .map(move |(index, column)| (column, self.cell(row, index)))
    }

    /// The currency that the money of a column is in.
    pub fn currency(&self, row: usize, column: usize) -> Option<&str> {
        let named = match self.converted {
            Some((sales, named)) if sales == column => Some(named),
            _ => self.currency,
        };
        match self.cell(row, named?) {
            Cell::Text(currency) => Some(currency),
            _ => None,
        }
    }

    fn decimals(&self, row: usize, column: usize) -> usize {
        self.currency(row, column).map_or(2, decimals)
    }
}

impl Cell<'_> {
    /// The value as machine formats write it; `None` if absent.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        Some(match *self {
            Cell::Absent => return None,
            Cell::Text(text) => text.into(),
            Cell::Count(count) => count.to_string().into(),
            Cell::Money(value, decimals) => crate::field::money::text(value, decimals).into(),
            Cell::Share(millionths) => {
                let sign = if millionths < 0 { "-" } else { "" };
                let value = millionths.unsigned_abs();
                format!("{sign}{}.{:06}", value / 1_000_000, value % 1_000_000).into()
            }
            Cell::Flag(flag) => (if flag { "true" } else { "false" }).into(),
        })
    }
}
