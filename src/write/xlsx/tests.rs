#![allow(clippy::float_arithmetic, reason = "a cell of a workbook is a double")]

use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};
use chrono::{DateTime, NaiveDate};

use super::super::invented;
use super::*;
use crate::table::{Cell, ColumnKind, Table};

fn open(document: &Document) -> Xlsx<Cursor<Vec<u8>>> {
    let bytes = bytes(document, Period::Week, SHEET_ROWS).unwrap();
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

fn sheet(book: &mut Xlsx<Cursor<Vec<u8>>>, table: &Table) -> Range<Data> {
    book.worksheet_range(table.spec.title).unwrap()
}

/// Days since the last day of 1899, as spreadsheets count them.
fn serial(text: &str) -> f64 {
    let zero = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
    let local = match text.parse::<NaiveDate>() {
        Ok(day) => day.and_hms_opt(0, 0, 0).unwrap(),
        Err(_) => DateTime::parse_from_rfc3339(text).unwrap().naive_local(),
    };
    let seconds = (local - zero.and_hms_opt(0, 0, 0).unwrap()).num_seconds();
    f64::from(i32::try_from(seconds / 60).unwrap()) / 1440.0
        + f64::from(i32::try_from(seconds % 60).unwrap()) / 86_400.0
}

fn same(kind: ColumnKind, cell: Cell<'_>, found: &Data) -> bool {
    match (kind, cell, found) {
        (_, Cell::Absent | Cell::Text(""), found) => matches!(found, Data::Empty),
        (_, Cell::Flag(flag), Data::Bool(found)) => flag == *found,
        (ColumnKind::Date | ColumnKind::Moment, Cell::Text(text), Data::DateTime(found)) => {
            (serial(text) - found.as_f64()).abs() < 1e-6
        }
        (_, Cell::Text(text), Data::String(found)) => text == found,
        (_, cell, Data::Float(found)) => cell.text().unwrap().parse() == Ok(*found),
        (_, cell, Data::String(found)) => cell.text().unwrap() == *found,
        _ => false,
    }
}

#[test]
fn every_cell_of_every_table_is_read_back() {
    for document in [
        invented::monday(),
        invented::japan(),
        invented::hostile(),
        invented::backlog_alone(),
        invented::forty_channels(),
    ] {
        let mut book = open(&document);
        for table in &document.tables {
            let range = sheet(&mut book, table);
            for (place, column) in (0..).zip(table.columns()) {
                let head = range.get_value((0, place)).unwrap().to_string();
                assert!(head.starts_with(column.name), "{head}");
            }
            for row in 0..table.height() {
                for (place, (column, cell)) in (0..).zip(table.row(row)) {
                    let at = (u32::try_from(row + 1).unwrap(), place);
                    let found = range.get_value(at).unwrap_or(&Data::Empty);
                    assert!(
                        same(column.kind, cell, found),
                        "{} {at:?}: {cell:?} is not {found:?}",
                        table.spec.name
                    );
                }
            }
        }
    }
}

#[test]
fn the_summary_is_first_and_every_table_is_a_native_one() {
    let document = invented::monday();
    let mut book = open(&document);
    let names = book.sheet_names();
    assert_eq!(names[0], "Summary");
    assert_eq!(names.last().unwrap(), "Chart data");
    let summary = book.worksheet_range("Summary").unwrap();
    assert_eq!(
        summary.get_value((0, 0)).unwrap().to_string(),
        "Week 2026-W30, Jul 20 to 26"
    );
    book.load_tables().unwrap();
    let natives: Vec<String> = book.table_names().into_iter().cloned().collect();
    for table in &document.tables {
        assert!(natives.iter().any(|name| name == table.spec.name));
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = invented::monday();
    let book = || bytes(&document, Period::Week, SHEET_ROWS).unwrap();
    assert!(book() == book());
}

#[test]
fn rows_beyond_the_sheet_are_named_on_the_summary() {
    let document = invented::monday();
    let weekly = document.table("weekly").unwrap();
    assert!(weekly.height() > 4);
    let bytes = bytes(&document, Period::Week, 5).unwrap();
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    assert_eq!(sheet(&mut book, weekly).height(), 5);
    let summary = book.worksheet_range("Summary").unwrap();
    let said = summary
        .rows()
        .flatten()
        .any(|cell| cell.to_string().starts_with("By week: the first 4 of "));
    assert!(said);
}

#[test]
fn text_that_is_too_long_is_cut_and_that_is_said() {
    let long = "x".repeat(40_000);
    let (cut, was_cut) = sheet::fitting(&long);
    assert!(was_cut && cut.ends_with('…'));
    assert!(cut.encode_utf16().count() <= 32_767);
    let wide = "𝄞".repeat(20_000);
    assert!(sheet::fitting(&wide).0.encode_utf16().count() <= 32_767);
    assert_eq!(sheet::fitting("short"), ("short".to_owned(), false));
}

#[test]
fn nothing_in_the_file_is_a_formula_or_a_link() {
    let bytes = bytes(&invented::hostile(), Period::Week, SHEET_ROWS).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    for place in 0..archive.len() {
        let mut entry = archive.by_index(place).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut text = String::new();
        io::Read::read_to_string(&mut entry, &mut text).unwrap();
        assert!(!name.contains("externalLink") && !name.contains("comments"));
        if name.starts_with("xl/worksheets/sheet") {
            assert!(
                !text.contains("<f>") && !text.contains("hyperlink"),
                "{name}"
            );
        }
    }
}
