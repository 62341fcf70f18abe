//! One table as a sheet: a native table with real types.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike};
use rust_xlsxwriter::{ExcelDateTime, Format, Table as Native, TableColumn, Worksheet, XlsxError};

use crate::table::{Cell, Column, ColumnKind, Table};

use super::super::brief;
use super::super::number::grouped;
use super::number::exact;
use super::sheet_name::{self, HEAD};
use super::style::{Styles, part_color};

/// What a cell holds at most, in the units that spreadsheets count.
const TEXT: usize = 32_767;
/// Rows that are looked at for the width of a column.
const MEASURED: usize = 500;

/// Fills a sheet; the result says what did not fit, or not as a number.
pub(super) fn fill(
    sheet: &mut Worksheet,
    table: &Table,
    styles: &Styles,
    sheet_rows: u32,
) -> Result<Vec<String>, XlsxError> {
    let spec = table.spec;
    sheet.set_tab_color(part_color(spec.part));
    let about = format!("{}: {}", spec.title, brief::tells(table));
    sheet_name::head(sheet, &about, styles)?;
    let fits = usize::try_from(sheet_rows - HEAD - 1).unwrap_or(usize::MAX);
    let rows = table.height().min(fits);
    let mut left_out = Vec::new();
    if rows < table.height() {
        left_out.push(format!(
            "{}: the first {} of {} rows, a sheet holds no more; all of them are in tables/{}.csv of --format csv",
            spec.title,
            grouped(rows),
            grouped(table.height()),
            spec.name
        ));
    }
    let lanes: Vec<Lane> = table
        .columns()
        .iter()
        .enumerate()
        .map(|(place, column)| Lane::new(table, rows, place, column, styles))
        .collect();
    let (mut cut, mut as_text) = (0_usize, 0_usize);
    for (line, row) in (HEAD + 1..).zip(0..rows) {
        for (place, lane) in (0..).zip(&lanes) {
            let cell = table.cell(row, usize::from(place));
            let code = table.currency(row, usize::from(place)).unwrap_or("");
            match lane.write(sheet, (line, place), cell, code, styles)? {
                Written::Whole => {}
                Written::Cut => cut += 1,
                Written::AsText => as_text += 1,
            }
        }
    }
    if cut > 0 {
        left_out.push(format!(
            "{}: {} texts are longer than a cell holds and were cut; they are whole in tables/{}.csv",
            spec.title,
            grouped(cut),
            spec.name
        ));
    }
    if as_text > 0 {
        left_out.push(format!(
            "{}: {} numbers have more digits than a cell holds and are text: sums of cells leave them out",
            spec.title,
            grouped(as_text)
        ));
    }
    finish(sheet, table, rows, &lanes, styles)?;
    Ok(left_out)
}

/// Heading, table, widths, print set-up.
fn finish(
    sheet: &mut Worksheet,
    table: &Table,
    rows: usize,
    lanes: &[Lane],
    styles: &Styles,
) -> Result<(), XlsxError> {
    let last = u16::try_from(lanes.len().saturating_sub(1)).unwrap_or(u16::MAX);
    // A native table has at least one row.
    let end = HEAD + u32::try_from(rows.max(1)).unwrap_or(u32::MAX);
    let columns: Vec<TableColumn> = lanes
        .iter()
        .map(|lane| TableColumn::new().set_header(&lane.header))
        .collect();
    let native = Native::new()
        .set_name(table.spec.name)
        .set_columns(&columns)
        .set_alt_text_title(table.spec.title)
        .set_alt_text(table.definition());
    sheet.add_table(HEAD, 0, end, last, &native)?;
    for (place, lane) in (0..).zip(lanes) {
        sheet.set_column_width(place, u32::try_from(lane.width).unwrap_or(60))?;
        let number = matches!(
            lane.kind,
            ColumnKind::Count | ColumnKind::Money | ColumnKind::Share
        );
        let format = if number {
            &styles.head_right
        } else {
            &styles.head
        };
        sheet.write_string_with_format(HEAD, place, &lane.header, format)?;
    }
    sheet.set_freeze_panes(HEAD + 1, 0)?;
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0)
        .set_footer(format!(
            "&L{} &C{} &R&P / &N",
            "ordersift", table.spec.title
        ));
    sheet.set_repeat_rows(HEAD, HEAD)?;
    Ok(())
}

/// What the values of a column are. The period of a day is a day: a pivot table groups dates by month, but not their names.
pub(super) fn kind(table: &Table, column: &Column) -> ColumnKind {
    if table.spec.name == "daily" && column.name == "period" {
        ColumnKind::Date
    } else {
        column.kind
    }
}

/// What became of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    Whole,
    /// The end of its text is missing.
    Cut,
    /// A number as text.
    AsText,
}

/// A column on its way into a sheet.
struct Lane {
    kind: ColumnKind,
    header: String,
    width: usize,
    format: Option<Format>,
}

impl Lane {
    fn new(table: &Table, rows: usize, place: usize, column: &Column, styles: &Styles) -> Self {
        let kind = kind(table, column);
        let header = match kind {
            ColumnKind::Moment => format!("{}{}", column.name, zone(table, rows, place)),
            _ => column.name.to_owned(),
        };
        let longest = (0..rows.min(MEASURED))
            .filter_map(|row| Some(table.cell(row, place).text()?.chars().count()))
            .max();
        let (least, most) = match kind {
            ColumnKind::Money => (16, 24),
            ColumnKind::Moment => (19, 19),
            ColumnKind::Date => (11, 11),
            ColumnKind::Text => (8, 60),
            ColumnKind::Count | ColumnKind::Share | ColumnKind::Flag => (8, 20),
        };
        let width = longest
            .unwrap_or(0)
            .clamp(least, most)
            .max(header.chars().count() + 4);
        let format = match kind {
            ColumnKind::Text => Some(styles.text.clone()),
            ColumnKind::Count => Some(styles.count.clone()),
            ColumnKind::Share => Some(styles.share.clone()),
            ColumnKind::Date | ColumnKind::Moment | ColumnKind::Flag | ColumnKind::Money => None,
        };
        Self {
            kind,
            header,
            width,
            format,
        }
    }

    /// Writes a cell.
    fn write(
        &self,
        sheet: &mut Worksheet,
        (row, column): (u32, u16),
        cell: Cell<'_>,
        currency: &str,
        styles: &Styles,
    ) -> Result<Written, XlsxError> {
        match (cell, exact(cell), &self.format) {
            (Cell::Absent, ..) => {}
            (Cell::Flag(flag), ..) => {
                sheet.write_boolean_with_format(row, column, flag, &styles.flag)?;
            }
            (Cell::Text(text), ..) => {
                if let Some((moment, format)) = moment(self.kind, text, styles) {
                    sheet.write_datetime_with_format(row, column, moment, format)?;
                } else {
                    let (text, cut) = fitting(text);
                    sheet.write_string_with_format(row, column, text, &styles.text)?;
                    return Ok(if cut { Written::Cut } else { Written::Whole });
                }
            }
            (Cell::Money(_, decimals), Some(number), _) => {
                let format = styles.money(currency, decimals);
                sheet.write_number_with_format(row, column, number, &format)?;
            }
            (_, Some(number), Some(format)) => {
                sheet.write_number_with_format(row, column, number, format)?;
            }
            // More digits than a spreadsheet's number has: exact text instead of a number that is nearly right.
            (..) => {
                let text = cell.text().unwrap_or_default();
                sheet.write_string(row, column, text)?;
                return Ok(Written::AsText);
            }
        }
        Ok(Written::Whole)
    }
}

/// A day or a moment as a spreadsheet knows it, on the clock of its own place.
fn moment<'s>(
    kind: ColumnKind,
    text: &str,
    styles: &'s Styles,
) -> Option<(ExcelDateTime, &'s Format)> {
    if !matches!(kind, ColumnKind::Date | ColumnKind::Moment) {
        return None;
    }
    let day = |day: NaiveDate| {
        let (month, date) = (day.month().try_into().ok()?, day.day().try_into().ok()?);
        ExcelDateTime::from_ymd(day.year().try_into().ok()?, month, date).ok()
    };
    if let Ok(date) = text.parse::<NaiveDate>() {
        return Some((day(date)?, &styles.date));
    }
    let local: NaiveDateTime = DateTime::parse_from_rfc3339(text).ok()?.naive_local();
    let (hour, minute) = (
        local.hour().try_into().ok()?,
        local.minute().try_into().ok()?,
    );
    let moment = day(local.date())?
        .and_hms(hour, minute, local.second())
        .ok()?;
    Some((moment, &styles.moment))
}

/// Which zone the moments of a column are in, for its heading.
fn zone(table: &Table, rows: usize, column: usize) -> String {
    let mut found: Option<String> = None;
    for row in 0..rows {
        let cell = table.cell(row, column);
        let Cell::Text(text) = cell else { continue };
        let Ok(moment) = DateTime::parse_from_rfc3339(text) else {
            continue;
        };
        let offset = match moment.offset().local_minus_utc() {
            0 => "UTC".to_owned(),
            _ => format!("UTC{}", moment.offset()),
        };
        if found.as_ref().is_some_and(|known| *known != offset) {
            return " (local time)".to_owned();
        }
        found = Some(offset);
    }
    found.map_or_else(String::new, |offset| format!(" ({offset})"))
}

/// The text as far as a cell can hold it, and whether that is less than all.
pub(super) fn fitting(text: &str) -> (String, bool) {
    let mut units = 0;
    for (byte, c) in text.char_indices() {
        units += c.len_utf16();
        if units > TEXT {
            let kept: String = text[..byte].chars().rev().skip(2).collect();
            return (kept.chars().rev().chain(['…']).collect(), true);
        }
    }
    (text.to_owned(), false)
}
