//! The report as a workbook: a summary with charts, a sheet for each table, the definitions.
//!
//! Nothing from a file is ever a formula, a link, a note, or the name of anything: text goes into cells as strings
//! (docs/reliability.md, Outputs). The metadata is fixed, so the same tables give the same bytes.

mod chart;
mod definitions;
mod number;
mod sheet;
mod sheet_name;
mod style;
mod summary;

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::overview::Overview;
use crate::table::Document;

use super::plot::{Plot, plots};
use super::screen::Period;
use super::{Format, Shape};

use chart::ChartData;
use style::Styles;

pub(super) const FORMAT: Format = Format {
    name: "xlsx",
    about: "a workbook with charts, for spreadsheets",
    binary: true,
    shape: Shape::Document {
        file: "report.xlsx",
        write: xlsx,
    },
};

/// Rows of a sheet, its heading included. What is more is left out, and the summary says so.
const SHEET_ROWS: u32 = 1_048_576;

/// Writes the document as a workbook; `by` is the period that its summary compares.
pub fn xlsx(document: &Document, by: Period, out: &mut dyn Write) -> io::Result<()> {
    let bytes = bytes(document, by, SHEET_ROWS).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn bytes(document: &Document, by: Period, sheet_rows: u32) -> Result<Vec<u8>, XlsxError> {
    let styles = Styles::new();
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(
        &DocProperties::new()
            .set_title("ordersift report")
            .set_author(concat!("ordersift ", env!("CARGO_PKG_VERSION")))
            .set_creation_datetime(&made),
    );
    book.add_worksheet().set_name("Summary")?;
    let mut left_out = Vec::new();
    for table in &document.tables {
        let sheet = book.add_worksheet();
        left_out.extend(sheet::fill(sheet, table, &styles, sheet_rows)?);
    }
    definitions::fill(book.add_worksheet(), document, &styles)?;
    let mut data = ChartData::new(book.add_worksheet(), &styles)?;
    let overview = Overview::of(document, by);
    let plots = first_plots(document, by);
    let charts = data.charts(&plots)?;
    let sparks = summary::sparks(&overview, &mut data)?;
    let sheet = book.worksheet_from_index(0)?;
    let mut summary = summary::Page::new(sheet, &styles)?;
    summary.fill(document, &overview, &sparks)?;
    summary.remark(&left_out)?;
    summary.place(&plots, &charts)?;
    book.save_to_buffer()
}

/// The pictures of the summary: of all periods only the one that is compared, and that one first.
fn first_plots(document: &Document, by: Period) -> Vec<Plot> {
    let periods = [Period::Day, Period::Week, Period::Month].map(Period::table);
    let others = document
        .tables
        .iter()
        .filter(|table| !periods.contains(&table.spec.name));
    let first = document.table(by.table()).into_iter();
    first.chain(others).flat_map(plots).collect()
}

#[cfg(test)]
mod tests;
