//! The sheet that says what every table and column means.

use rust_xlsxwriter::{Table as Native, TableColumn, Worksheet, XlsxError};

use crate::table::{ColumnKind, Document};

use super::page;
use super::sheet_name::{self, HEAD};
use super::style::Styles;

const COLUMNS: [(&str, u32); 5] = [
    ("table", 14),
    ("column", 22),
    ("label", 24),
    ("kind", 10),
    ("meaning", 110),
];
/// Letters of a meaning in a line.
const LETTERS: usize = 115;

pub(super) fn fill(
    sheet: &mut Worksheet,
    document: &Document,
    styles: &Styles,
) -> Result<(), XlsxError> {
    sheet_name::head(sheet, "What every table and column means.", styles)?;
    let mut row = HEAD;
    for table in &document.tables {
        let spec = table.spec;
        row += 1;
        let definition = table.definition();
        let cells = [spec.name, "", spec.title, "table", &definition];
        line(sheet, row, cells, styles)?;
        for column in table.columns() {
            row += 1;
            let means = column.meaning;
            let cells = [
                spec.name,
                column.name,
                column.label,
                kind(column.kind),
                means,
            ];
            line(sheet, row, cells, styles)?;
        }
    }
    let columns: Vec<TableColumn> = COLUMNS
        .iter()
        .map(|(name, _)| TableColumn::new().set_header(*name))
        .collect();
    let native = Native::new().set_name("definitions").set_columns(&columns);
    sheet.add_table(HEAD, 0, row.max(HEAD + 1), 4, &native)?;
    for (place, (_, width)) in (0..).zip(COLUMNS) {
        sheet.set_column_width(place, width)?;
    }
    sheet.set_freeze_panes(HEAD + 1, 0)?;
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(HEAD, HEAD)?;
    Ok(())
}

fn line(
    sheet: &mut Worksheet,
    row: u32,
    cells: [&str; 5],
    styles: &Styles,
) -> Result<(), XlsxError> {
    for (place, cell) in (0..).zip(cells) {
        sheet.write_string_with_format(row, place, cell, &styles.wrapped)?;
    }
    page::set_height(sheet, row, cells[4], LETTERS)?;
    Ok(())
}

fn kind(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text => "text",
        ColumnKind::Count => "count",
        ColumnKind::Money => "money",
        ColumnKind::Share => "share",
        ColumnKind::Date => "date",
        ColumnKind::Moment => "moment",
        ColumnKind::Flag => "flag",
    }
}
