//! The workbook of whole runs: its sheets are the tables that have rows, its tiles are sums of the tables, and its daily sales add up
//! to the months.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Range, Reader, Xlsx};
use ordersift::table::{Cell, Document, Part};
use ordersift::write::{Period, xlsx};

use crate::common::run::{of_paths, tolerant};

/// The row of the headings.
const HEAD: usize = 2;

/// The fixtures with unlike sets of tables: orders and a backlog, several currencies, backlogs of two accounts, other reports, lines
/// that are rejected, hostile text.
const CASES: [&str; 6] = [
    "first-week",
    "currencies",
    "backlogs",
    "other-reports",
    "bad-lines",
    "injection",
];

fn document(case: &str) -> Document {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    of_paths(&[folder.join(case)], &tolerant()).unwrap()
}

fn open(document: &Document) -> Xlsx<Cursor<Vec<u8>>> {
    let mut bytes = Vec::new();
    xlsx(document, Period::Week, &mut bytes).unwrap();
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

fn sheet(book: &mut Xlsx<Cursor<Vec<u8>>>, name: &str) -> Range<Data> {
    book.worksheet_range(name).unwrap()
}

/// The column of a heading.
fn column(range: &Range<Data>, name: &str) -> usize {
    let heads = range.rows().nth(HEAD).unwrap();
    let place = heads.iter().position(|head| *head == name);
    place.unwrap_or_else(|| panic!("{name}"))
}

/// Ten-thousandths of a cell; what is empty adds nothing.
#[expect(clippy::float_arithmetic, reason = "a cell of a workbook is a double")]
#[expect(clippy::cast_possible_truncation, reason = "it is rounded")]
fn number(cell: &Data) -> i64 {
    match cell {
        Data::Float(number) => (number * 10_000.0).round() as i64,
        Data::Empty => 0,
        other => panic!("{other:?} is no number"),
    }
}

#[test]
fn the_sheets_are_the_parts_and_the_tables_that_have_rows() {
    for case in CASES {
        let document = document(case);
        let mut book = open(&document);
        let filled = |part: &Part| {
            let part = *part;
            let tables = document.tables.iter();
            tables.filter(move |table| table.spec.part == part && table.height() > 0)
        };
        let tables: Vec<&str> = Part::ALL
            .iter()
            .flat_map(filled)
            .map(|table| table.spec.title)
            .collect();
        let names = book.sheet_names();
        let mut expected = vec!["Overview", "Index"];
        expected.extend(Part::ALL.map(Part::name));
        expected.push("Definitions");
        expected.extend(&tables);
        assert_eq!(names[..expected.len()], expected, "{case}");
        assert!(names.len() <= expected.len() + 1, "{case}: {names:?}");
        for name in &names {
            assert!(!sheet(&mut book, name).is_empty(), "{case}: {name}");
        }
        assert!(tables.len() < document.tables.len(), "{case}");
        for table in document.tables.iter().filter(|table| table.height() > 0) {
            let range = sheet(&mut book, table.spec.title);
            let rows = range.height() - HEAD - 1;
            assert_eq!(rows, table.height(), "{case}: {}", table.spec.name);
        }
    }
}

/// What a person does with a pivot table: days by month, channel, fulfillment and currency.
#[test]
fn days_of_the_sheet_add_up_to_the_sheet_of_months() {
    const MEASURES: [&str; 5] = [
        "orders_placed",
        "orders",
        "units",
        "unpriced_units",
        "sales",
    ];
    const KEYS: [&str; 3] = ["sales_channel", "fulfillment", "currency"];
    let mut unpriced = 0;
    for case in CASES.into_iter().filter(|case| *case != "other-reports") {
        let mut book = open(&document(case));
        let months: BTreeMap<Vec<String>, [i64; 5]> = {
            let range = sheet(&mut book, "By month");
            let period = column(&range, "period");
            let keys = KEYS.map(|name| column(&range, name));
            let measures = MEASURES.map(|name| column(&range, name));
            let row = |row: &[Data]| {
                let mut key = vec![row[period].to_string()];
                key.extend(keys.map(|column| row[column].to_string()));
                (key, measures.map(|column| number(&row[column])))
            };
            range.rows().skip(HEAD + 1).map(row).collect()
        };
        let range = sheet(&mut book, "By day");
        let period = column(&range, "period");
        let keys = KEYS.map(|name| column(&range, name));
        let measures = MEASURES.map(|name| column(&range, name));
        let mut sums: BTreeMap<Vec<String>, [i64; 5]> = BTreeMap::new();
        let mut rows = 0;
        for row in range.rows().skip(HEAD + 1) {
            let Data::DateTime(day) = &row[period] else {
                panic!("{case}: {:?} is no date", row[period]);
            };
            let (year, month, ..) = day.to_ymd_hms_milli();
            let mut key = vec![format!("{year}-{month:02}")];
            key.extend(keys.map(|column| row[column].to_string()));
            let sums = sums.entry(key).or_default();
            for (sum, column) in sums.iter_mut().zip(measures) {
                *sum += number(&row[column]);
            }
            // Nothing but sales without a currency is unknown.
            for column in &measures[..4] {
                assert!(matches!(row[*column], Data::Float(_)), "{case}");
            }
            let priced = !matches!(row[keys[2]], Data::Empty);
            assert_eq!(matches!(row[measures[4]], Data::Float(_)), priced, "{case}");
            unpriced += usize::from(!priced);
            rows += 1;
        }
        assert!(rows > 0, "{case}");
        assert_eq!(sums, months, "{case}");
    }
    assert!(unpriced > 0);
}

#[test]
fn the_tiles_are_sums_of_the_weekly_table() {
    let document = document("first-week");
    let weekly = document.table("weekly").unwrap();
    let newest = (0..weekly.height())
        .filter(|row| weekly.text(*row, "partial") == "false")
        .map(|row| weekly.text(row, "period"))
        .max()
        .unwrap();
    let sum = |measure: &str| -> i64 {
        let place = weekly.index(measure).unwrap();
        let rows = (0..weekly.height()).filter(|row| {
            let of = |name| weekly.text(*row, name);
            of("period") == newest
                && of("sales_channel") == "Amazon.com"
                && ["USD", ""].contains(&of("currency").as_str())
        });
        let value = |row| match weekly.cell(row, place) {
            Cell::Count(count) => count * 10_000,
            Cell::Money(value, _) => i64::try_from(value).unwrap(),
            _ => 0,
        };
        rows.map(value).sum()
    };
    let range = sheet(&mut open(&document), "Overview");
    let rows: Vec<&[Data]> = range.rows().collect();
    let names = rows.iter().position(|row| row[0] == "Sales, USD");
    let tiles: BTreeMap<String, &Data> = rows[names.unwrap()]
        .iter()
        .map(ToString::to_string)
        .zip(rows[names.unwrap() + 1])
        .filter(|(name, _)| !name.is_empty())
        .collect();
    assert_eq!(tiles.len(), 6, "{tiles:?}");
    assert!(sum("sales") > 0);
    for (tile, measure) in [
        ("Sales, USD", "sales"),
        ("Units", "units"),
        ("Orders", "orders"),
    ] {
        assert_eq!(number(tiles[tile]), sum(measure), "{tile}");
    }
}

#[test]
fn only_a_backlog_has_a_workbook_of_what_must_ship() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/backlogs/b-new.txt");
    let document = of_paths(&[file], &tolerant()).unwrap();
    let mut book = open(&document);
    let overview = sheet(&mut book, "Overview");
    assert_eq!(
        overview.get_value((0, 0)).unwrap().to_string(),
        "What must ship"
    );
    let demand = sheet(&mut book, "Demand");
    let told: Vec<String> = demand.rows().flatten().map(ToString::to_string).collect();
    let missing = |text: &String| {
        text.starts_with("By fulfillment, By status")
            && text.contains("needs a file of kind all-orders")
    };
    assert!(told.iter().any(missing), "{told:?}");
    assert!(book.sheet_names().contains(&"Worklist".to_owned()));
    assert!(!book.sheet_names().contains(&"By day".to_owned()));
}
