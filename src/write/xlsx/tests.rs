#![allow(clippy::float_arithmetic, reason = "a cell of a workbook is a double")]

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};
use chrono::{DateTime, NaiveDate};

use super::super::fixtures;
use super::sheet_name::HEAD;
use super::*;
use crate::table::{Cell, ColumnKind, Part, Table};

fn open(document: &Document) -> Xlsx<Cursor<Vec<u8>>> {
    let bytes = bytes(document, Period::Week, SHEET_ROWS).unwrap();
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

/// The text of every file in the workbook, by its name.
fn texts(bytes: Vec<u8>) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut texts = BTreeMap::new();
    for place in 0..archive.len() {
        let mut entry = archive.by_index(place).unwrap();
        let mut text = String::new();
        io::Read::read_to_string(&mut entry, &mut text).unwrap();
        texts.insert(entry.name().unwrap().into_owned(), text);
    }
    texts
}

/// The value of an attribute.
fn attribute<'t>(element: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = element.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

/// The elements of a name, each from its first attribute to its end.
fn elements<'t>(text: &'t str, name: &str) -> Vec<&'t str> {
    let start = format!("<{name}");
    let rests: Vec<&str> = text.split(start.as_str()).skip(1).collect();
    let own = rests.into_iter().filter(|rest| rest.starts_with(' '));
    own.map(|rest| rest.split('>').next().unwrap()).collect()
}

/// A sheet as its file has it: name, color of its tab, links as cell, place and text.
struct Written {
    name: String,
    color: Option<String>,
    links: Vec<[String; 3]>,
}

fn written(document: &Document) -> Vec<Written> {
    let texts = texts(bytes(document, Period::Week, SHEET_ROWS).unwrap());
    let names = elements(&texts["xl/workbook.xml"], "sheet");
    let sheet = |(number, sheet): (usize, &str)| {
        let text = &texts[&format!("xl/worksheets/sheet{number}.xml")];
        let links = elements(text, "hyperlink").into_iter().map(|link| {
            assert!(attribute(link, "r:id").is_none(), "{link}");
            ["ref", "location", "display"].map(|name| {
                let value = attribute(link, name).unwrap_or_default();
                value.replace("&apos;", "'").replace("&amp;", "&")
            })
        });
        let color = elements(text, "tabColor");
        Written {
            name: attribute(sheet, "name").unwrap().to_owned(),
            color: color.first().map(|color| (*color).to_owned()),
            links: links.collect(),
        }
    };
    (1..).zip(names).map(sheet).collect()
}

/// The tables with rows, in the order of their sheets.
fn with_rows(document: &Document) -> Vec<&Table> {
    let tables = |part: &Part| {
        let tables = document.tables.iter();
        let part = *part;
        tables.filter(move |table| table.spec.part == part && table.height() > 0)
    };
    Part::ALL.iter().flat_map(tables).collect()
}

/// A document in which no table has a row.
fn without_rows(document: Document) -> Document {
    let empty = |table: &Table| {
        let mut none = table.typed().unwrap().head(Some(0));
        // Days are text in the frame that a table is made of.
        let days = table.spec.columns.iter();
        for day in days.filter(|column| column.kind == ColumnKind::Date) {
            let text = polars::prelude::Column::new(day.name.into(), Vec::<String>::new());
            none.with_column(text).unwrap();
        }
        Table::from_frame(table.spec, &none).unwrap()
    };
    let tables = document.tables.iter().map(empty).collect();
    Document {
        tables,
        control: crate::table::Control::default(),
        ..document
    }
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
        fixtures::first_week(),
        fixtures::one_day(),
        fixtures::hostile(),
        fixtures::backlog_alone(),
        fixtures::forty_channels(),
    ] {
        let mut book = open(&document);
        for table in with_rows(&document) {
            let range = sheet(&mut book, table);
            for (place, column) in (0..).zip(table.columns()) {
                let head = range.get_value((HEAD, place)).unwrap().to_string();
                assert!(head.starts_with(column.name), "{head}");
            }
            for row in 0..table.height() {
                for (place, (column, cell)) in (0..).zip(table.row(row)) {
                    let at = (HEAD + 1 + u32::try_from(row).unwrap(), place);
                    let found = range.get_value(at).unwrap_or(&Data::Empty);
                    assert!(
                        same(sheet::kind(table, column), cell, found),
                        "{} {at:?}: {cell:?} is not {found:?}",
                        table.spec.name
                    );
                }
            }
        }
    }
}

#[test]
fn the_overview_is_first_and_every_table_with_rows_is_a_native_one() {
    let document = fixtures::first_week();
    let mut book = open(&document);
    let names = book.sheet_names();
    let tables = with_rows(&document);
    assert!(tables.len() < document.tables.len() || tables.len() > 5);
    let expected: Vec<&str> = [
        "Overview",
        "Index",
        "Demand",
        "Products",
        "Shipping",
        "Data",
        "Definitions",
    ]
    .into_iter()
    .chain(tables.iter().map(|table| table.spec.title))
    .chain(["Chart data"])
    .collect();
    assert_eq!(names, expected);
    let overview = book.worksheet_range("Overview").unwrap();
    assert_eq!(
        overview.get_value((0, 0)).unwrap().to_string(),
        "Week 2026-W30, Jul 20 to 26"
    );
    book.load_tables().unwrap();
    let natives: Vec<String> = book.table_names().into_iter().cloned().collect();
    assert_eq!(natives.len(), tables.len() + 1);
    for table in tables {
        assert!(natives.iter().any(|name| name == table.spec.name));
    }
}

#[test]
fn the_verdicts_are_those_of_the_first_screen() {
    let document = fixtures::first_week();
    let overview = Overview::of(&document, Period::Week);
    let range = open(&document).worksheet_range("Overview").unwrap();
    let verdicts = brief::verdicts(&document, &overview);
    assert!(!verdicts.told.is_empty());
    for verdict in &verdicts.told {
        let text = &verdict.text;
        let told = |row: &[Data]| row[1].to_string() == *text;
        assert!(range.rows().any(told), "{}", verdict.text);
    }
}

#[test]
fn links_lead_to_sheets_of_the_workbook_and_back() {
    for document in [
        fixtures::first_week(),
        fixtures::one_day(),
        fixtures::hostile(),
        fixtures::backlog_alone(),
        without_rows(fixtures::first_week()),
    ] {
        let sheets = written(&document);
        let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        let linked = |sheet: &Written, to: &str| {
            let place = format!("'{to}'!A1");
            sheet
                .links
                .iter()
                .any(|[_, location, _]| *location == place)
        };
        for sheet in &sheets {
            for [cell, location, text] in &sheet.links {
                let name = location
                    .strip_prefix('\'')
                    .and_then(|name| name.strip_suffix("'!A1"));
                let name = name.unwrap_or_else(|| panic!("{cell} to {location}"));
                assert!(names.contains(&name), "{cell} to {location}");
                // Only what the program names: no text of a file.
                assert!(
                    names.contains(&text.as_str()) || text.contains("Index"),
                    "{text}"
                );
            }
        }
        let index = sheets.iter().find(|sheet| sheet.name == "Index").unwrap();
        for name in names.iter().filter(|name| **name != "Index") {
            assert!(linked(index, name), "{name}");
        }
        for table in with_rows(&document) {
            let title = table.spec.title;
            let named = |name: &str| sheets.iter().find(|sheet| sheet.name == name).unwrap();
            assert!(linked(named(title), "Index"), "{title}");
            assert!(linked(named(table.spec.part.name()), title), "{title}");
        }
    }
}

#[test]
fn tabs_have_the_color_of_their_part() {
    let document = fixtures::first_week();
    let sheets = written(&document);
    let color = |name: &str| {
        let sheet = sheets.iter().find(|sheet| sheet.name == name).unwrap();
        sheet.color.clone()
    };
    let parts: Vec<Part> = brief::parts(&document).collect();
    for part in &parts {
        assert!(color(part.name()).is_some());
        let others = parts.iter().filter(|other| *other != part);
        for other in others {
            assert_ne!(color(part.name()), color(other.name()));
        }
    }
    for table in with_rows(&document) {
        assert_eq!(color(table.spec.title), color(table.spec.part.name()));
    }
    for name in ["Overview", "Index", "Definitions", "Chart data"] {
        assert_eq!(color(name), None);
    }
}

#[test]
fn a_table_without_rows_has_no_sheet_and_no_sheet_is_empty() {
    let full = fixtures::first_week();
    let mut some = fixtures::first_week();
    let none = without_rows(fixtures::first_week());
    let place = some
        .tables
        .iter()
        .position(|table| table.spec.name == "worklist");
    some.tables[place.unwrap()] = none.table("worklist").unwrap().clone();
    assert!(full.table("worklist").unwrap().height() > 0);
    let names = open(&some).sheet_names();
    assert!(!names.contains(&"Worklist".to_owned()) && names.contains(&"To ship".to_owned()));

    let mut nothing = none.clone();
    nothing.tables.clear();
    for document in [full, some, none, nothing] {
        let mut book = open(&document);
        for name in book.sheet_names() {
            assert!(!book.worksheet_range(&name).unwrap().is_empty(), "{name}");
        }
    }
    let names = open(&without_rows(fixtures::first_week())).sheet_names();
    assert_eq!(
        names,
        [
            "Overview",
            "Index",
            "Demand",
            "Products",
            "Shipping",
            "Data",
            "Definitions"
        ]
    );
}

#[test]
fn what_is_missing_names_the_file_that_would_fill_it() {
    let mut document = without_rows(fixtures::first_week());
    document.kinds = vec![("all-orders", 1)];
    let range = open(&document).worksheet_range("Shipping").unwrap();
    let told = |text: &str| range.rows().flatten().any(|cell| *cell == text);
    assert!(told("No table of this part has rows in these files."));
    assert!(told(
        "To ship, Worklist, Pick list: needs a file of kind unshipped"
    ));
}

#[test]
fn titles_of_tables_are_names_of_sheets() {
    let fixed = ["Overview", "Index", "Definitions", "Chart data"];
    let mut names: Vec<String> = crate::topic::TABLES
        .iter()
        .map(|spec| spec.title)
        .chain(Part::ALL.map(Part::name))
        .chain(fixed)
        .map(str::to_lowercase)
        .collect();
    for name in &names {
        assert!(name.len() <= 31 && !name.contains(['[', ']', ':', '*', '?', '/', '\\', '\'']));
    }
    let all = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), all);
}

#[test]
fn the_days_of_daily_sales_are_dates_and_every_row_has_its_numbers() {
    let document = fixtures::one_day();
    let daily = document.table("daily").unwrap();
    let range = open(&document).worksheet_range("By day").unwrap();
    // Spreadsheet programs take what touches a table for a part of it.
    assert!((0..20).all(|column| matches!(
        range.get_value((HEAD - 1, column)),
        None | Some(Data::Empty)
    )));
    for row in 0..daily.height() {
        let at = |column: &str| {
            let column = u32::try_from(daily.index(column).unwrap()).unwrap();
            let row = HEAD + 1 + u32::try_from(row).unwrap();
            range.get_value((row, column)).unwrap_or(&Data::Empty)
        };
        for day in ["period", "first_day", "last_day"] {
            assert!(matches!(at(day), Data::DateTime(_)), "{day}: {:?}", at(day));
        }
        for number in [
            "orders_placed",
            "orders",
            "units",
            "unpriced_units",
            "sales",
        ] {
            assert!(matches!(at(number), Data::Float(_)), "{number}");
        }
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = fixtures::first_week();
    let book = || bytes(&document, Period::Week, SHEET_ROWS).unwrap();
    assert!(book() == book());
}

#[test]
fn rows_beyond_the_sheet_are_named_on_the_overview() {
    let document = fixtures::first_week();
    let weekly = document.table("weekly").unwrap();
    assert!(weekly.height() > 4);
    let bytes = bytes(&document, Period::Week, HEAD + 5).unwrap();
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    assert_eq!(sheet(&mut book, weekly).height(), 7);
    let summary = book.worksheet_range("Overview").unwrap();
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
fn nothing_in_the_file_is_a_formula_or_a_link_to_elsewhere() {
    let texts = texts(bytes(&fixtures::hostile(), Period::Week, SHEET_ROWS).unwrap());
    for (name, text) in texts {
        assert!(!name.contains("externalLink") && !name.contains("comments"));
        assert!(!text.contains("TargetMode"), "{name}");
        if name.starts_with("xl/worksheets/sheet") {
            assert!(!text.contains("<f>"), "{name}");
        }
    }
}
