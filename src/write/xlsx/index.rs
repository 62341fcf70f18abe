//! The sheet that leads to all others.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::table::{Part, Table};

use super::super::brief;
use super::number::count;
use super::sheet_name::{self, link};
use super::style::{Styles, part_color};

pub(super) fn fill(
    sheet: &mut Worksheet,
    parts: &[Part],
    tables: &[&Table],
    has_charts: bool,
    styles: &Styles,
) -> Result<(), XlsxError> {
    sheet.set_screen_gridlines(false);
    for (column, width) in (0..).zip([34, 9, 120]) {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_row_height(0, 26)?;
    sheet.write_string_with_format(0, 0, "Index", &styles.title)?;
    let first = [
        (
            sheet_name::OVERVIEW,
            "What needs attention, the figures of the period, and how they changed",
        ),
        (sheet_name::DEFINITIONS, "What every table and column means"),
        (
            sheet_name::CHART_DATA,
            "The numbers that the charts are drawn from",
        ),
    ];
    let first = first.into_iter().take(if has_charts { 3 } else { 2 });
    let mut row = 2;
    for (name, tells) in first {
        sheet.write_url_with_format(row, 0, link(name, name), &styles.link)?;
        sheet.write_string_with_format(row, 2, tells, &styles.told_line)?;
        row += 1;
    }
    row += 1;
    for part in parts {
        row = lines(sheet, row, *part, tables, styles)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0);
    Ok(())
}

/// A part and its tables; gives the row below them.
fn lines(
    sheet: &mut Worksheet,
    mut row: u32,
    part: Part,
    tables: &[&Table],
    styles: &Styles,
) -> Result<u32, XlsxError> {
    let head = styles.part.clone().set_font_color(part_color(part));
    sheet.write_url_with_format(row, 0, link(part.name(), part.name()), &head)?;
    let mut tables = tables
        .iter()
        .filter(|table| table.spec.part == part)
        .peekable();
    if tables.peek().is_none() {
        let none = "No table has rows in these files: the sheet says what would fill them";
        sheet.write_string_with_format(row, 2, none, &styles.told_line)?;
        return Ok(row + 2);
    }
    sheet.write_string_with_format(row, 1, "Rows", &styles.head_right)?;
    sheet.write_string_with_format(row, 2, "What it tells", &styles.told_head)?;
    row += 1;
    for table in tables {
        let title = table.spec.title;
        sheet.write_url_with_format(row, 0, link(title, title), &styles.link)?;
        let rows = count(i128::try_from(table.height()).unwrap_or(i128::MAX));
        sheet.write_number_with_format(row, 1, rows, &styles.rows)?;
        sheet.write_string_with_format(row, 2, brief::tells(table), &styles.told_line)?;
        row += 1;
    }
    Ok(row + 1)
}
