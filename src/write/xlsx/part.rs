//! The sheet of a part: a line for each of its tables, what is missing, and its charts.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::table::{Document, Part};

use super::super::brief::{self, Missing};
use super::number::count;
use super::page::{Lines, Span};
use super::picture::{self, Picture, Shown};
use super::sheet_name::{INDEX, link};
use super::style::{Styles, part_color};

/// The columns after the title and the rows: one for each hour of a day.
const HOURS: u16 = 24;
const FIRST: u16 = 2;
const TEXT: Span = Span {
    first: FIRST,
    last: FIRST + HOURS - 1,
    letters: 140,
};
/// All columns.
const WHOLE: Span = Span {
    first: 0,
    letters: TEXT.letters + 40,
    ..TEXT
};

pub(super) fn fill(
    sheet: &mut Worksheet,
    document: &Document,
    part: Part,
    pictures: &[Picture],
    styles: &Styles,
) -> Result<(), XlsxError> {
    sheet
        .set_tab_color(part_color(part))
        .set_screen_gridlines(false)
        .set_portrait()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 1);
    sheet.set_column_width(0, 31)?;
    sheet.set_column_width(1, 9)?;
    sheet.set_column_range_width(TEXT.first, TEXT.last, 5)?;
    sheet.write_url_with_format(0, 0, link(INDEX, "‹ Index"), &styles.link)?;
    let mut lines = Lines {
        sheet,
        styles,
        row: 1,
    };
    lines.title(part.name())?;
    lines.row += 1;
    tables(&mut lines, document, part)?;
    missing(&mut lines, &brief::missing(document, part))?;
    if part == Part::Data {
        options(&mut lines, document)?;
    }
    let own = || pictures.iter().filter(|picture| picture.part == part);
    let charts = own().filter_map(|picture| match &picture.drawn {
        Shown::Chart(chart) => Some(&**chart),
        Shown::Cells(..) => None,
    });
    lines.row = picture::place(lines.sheet, lines.row, charts)?;
    for picture in own() {
        if let Shown::Cells(title, grid) = &picture.drawn {
            lines.cells(title, grid, FIRST)?;
        }
    }
    Ok(())
}

/// A line for each table that has rows.
fn tables(lines: &mut Lines<'_>, document: &Document, part: Part) -> Result<(), XlsxError> {
    let styles = lines.styles;
    let mut filled = brief::filled(document, part).peekable();
    if filled.peek().is_none() {
        lines.line(
            "No table of this part has rows in these files.",
            &styles.dim,
        )?;
        lines.row += 1;
        return Ok(());
    }
    let row = lines.row;
    let heads = [("Table", &styles.head), ("Rows", &styles.head_right)];
    for (column, (head, format)) in (0..).zip(heads) {
        lines
            .sheet
            .write_string_with_format(row, column, head, format)?;
    }
    lines
        .sheet
        .write_string_with_format(row, FIRST, "What it tells", &styles.told_head)?;
    lines.row += 1;
    for table in filled {
        let title = table.spec.title;
        let rows = count(i128::try_from(table.height()).unwrap_or(i128::MAX));
        let sheet = &mut *lines.sheet;
        sheet.write_url_with_format(lines.row, 0, link(title, title), &styles.link)?;
        sheet.write_number_with_format(lines.row, 1, rows, &styles.rows)?;
        lines.wrapped(&brief::tells(table), TEXT)?;
        lines.row += 1;
    }
    lines.row += 1;
    Ok(())
}

/// The tables that have no rows, and what would fill them.
fn missing(lines: &mut Lines<'_>, missing: &[Missing]) -> Result<(), XlsxError> {
    if missing.is_empty() {
        return Ok(());
    }
    let styles = lines.styles;
    lines.line("Without rows in this run", &styles.head)?;
    for group in missing {
        let row = lines.row;
        let titles = group.titles.join(", ");
        let text = format!("{titles}: {}", group.remedy);
        lines.wrapped(&text, WHOLE)?;
        lines.row = row + 1;
    }
    lines.row += 1;
    Ok(())
}

/// The options of the run.
fn options(lines: &mut Lines<'_>, document: &Document) -> Result<(), XlsxError> {
    if document.options.is_empty() {
        return Ok(());
    }
    let styles = lines.styles;
    lines.line("Options that changed numbers", &styles.head)?;
    for (name, value) in &document.options {
        let label = (*name, &styles.wrapped);
        lines.note(label, value, TEXT, None)?;
    }
    lines.row += 1;
    Ok(())
}
