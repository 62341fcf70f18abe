//! The report as a workbook: an overview with charts, an index, a sheet for each part, the definitions, and a sheet for each table
//! that has rows.
//!
//! Nothing from a file is ever a formula, a link, a note, or the name of anything: text goes into cells as strings
//! (docs/reliability.md, Outputs). Links lead from sheet to sheet only. The metadata is fixed, so the same tables give the same bytes.

mod chart;
mod definitions;
mod index;
mod number;
mod overview;
mod page;
mod part;
mod picture;
mod sheet;
mod sheet_name;
mod style;

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::overview::Overview;
use crate::table::{Document, Part, Table};

use super::brief;
use super::screen::Period;
use super::{Format, Shape};

use chart::ChartData;
use picture::Picture;
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

/// Rows of a sheet, its heading included. What is more is left out, and the overview says so.
const SHEET_ROWS: u32 = 1_048_576;

/// Writes the document as a workbook; `by` is the period that its overview compares.
pub fn xlsx(document: &Document, by: Period, out: &mut dyn Write) -> io::Result<()> {
    let bytes = bytes(document, by, SHEET_ROWS).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn bytes(document: &Document, by: Period, sheet_rows: u32) -> Result<Vec<u8>, XlsxError> {
    let styles = Styles::new();
    let overview = Overview::of(document, by);
    let parts: Vec<Part> = brief::parts(document).collect();
    let tables: Vec<&Table> = parts
        .iter()
        .flat_map(|part| brief::filled(document, *part))
        .collect();
    let mut book = book()?;
    add_sheets(&mut book, &parts, &tables)?;

    let mut left_out = Vec::new();
    for table in &tables {
        let sheet = book.worksheet_from_name(table.spec.title)?;
        left_out.extend(sheet::fill(sheet, table, &styles, sheet_rows)?);
    }
    let sheet = book.worksheet_from_name(sheet_name::DEFINITIONS)?;
    definitions::fill(sheet, document, &styles)?;
    let mut data = ChartData::new(book.worksheet_from_name(sheet_name::CHART_DATA)?, &styles)?;
    let pictures = Picture::all(&tables, document, &overview, &mut data)?;
    let curves = overview::Curves::of(&overview, &mut data)?;
    let has_charts = !data.is_empty();
    if !has_charts {
        book.worksheets_mut().pop();
    }
    let sheet = book.worksheet_from_name(sheet_name::INDEX)?;
    index::fill(sheet, &parts, &tables, has_charts, &styles)?;
    for part in &parts {
        let sheet = book.worksheet_from_name(part.name())?;
        part::fill(sheet, document, *part, &pictures, &styles)?;
    }
    let sheet = book.worksheet_from_name(sheet_name::OVERVIEW)?;
    let page = overview::Page::new(sheet, &styles)?;
    page.fill(document, &overview, &curves, &pictures, &left_out)?;
    book.save_to_buffer()
}

/// A workbook without a sheet.
fn book() -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(
        &DocProperties::new()
            .set_title("ordersift report")
            .set_author(concat!("ordersift ", env!("CARGO_PKG_VERSION")))
            .set_creation_datetime(&made),
    );
    Ok(book)
}

/// Adds all sheets in their order, still empty.
fn add_sheets(book: &mut Workbook, parts: &[Part], tables: &[&Table]) -> Result<(), XlsxError> {
    let first = [sheet_name::OVERVIEW, sheet_name::INDEX].into_iter();
    let names = first
        .chain(parts.iter().map(|part| part.name()))
        .chain([sheet_name::DEFINITIONS])
        .chain(tables.iter().map(|table| table.spec.title))
        .chain([sheet_name::CHART_DATA]);
    for name in names {
        book.add_worksheet().set_name(name)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
