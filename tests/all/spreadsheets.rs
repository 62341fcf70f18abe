//! Reports that a spreadsheet program opened and saved: right, rejected or refused, and never silently wrong. The table in
//! `docs/spreadsheets.md` is what is found here.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;

use crate::common::run::{of_files, sample, tolerant};
use crate::common::spreadsheets::{Format, LOCALES, Locale, Program, formats, saved, saved_with};
use ordersift::sample::SampleKind;
use ordersift::table::{Cell, Document};

/// A report before anybody opened it.
struct Original {
    name: &'static str,
    separator: char,
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// How a saved report was taken.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Right,
    /// Some lines or all are not counted, by these codes.
    Rejected(String),
    Refused(String),
    /// Texts are damaged, no number but those by these texts is wrong, and `quality` says so.
    Flagged(String),
    Silent(String),
}

impl Original {
    fn text(&self, without: &[u64]) -> String {
        let rows = (2..).zip(&self.rows);
        let kept = rows.filter(|(line, _)| !without.contains(line));
        let rows = std::iter::once(&self.header).chain(kept.map(|(_, row)| row));
        let cell = |cell: &String| {
            if self.separator == ',' && cell.contains([',', '"']) {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell.clone()
            }
        };
        let lines = rows.map(|row| {
            let cells: Vec<String> = row.iter().map(cell).collect();
            cells.join(&self.separator.to_string()) + "\n"
        });
        lines.collect()
    }

    fn place(&self, column: &str) -> usize {
        let found = self.header.iter().position(|name| name.trim() == column);
        found.unwrap_or_else(|| panic!("no column {column}"))
    }

    fn cell(&self, row: usize, column: &str) -> &str {
        &self.rows[row][self.place(column)]
    }

    fn set(&mut self, row: usize, column: &str, cell: impl Into<String>) {
        let place = self.place(column);
        self.rows[row][place] = cell.into();
    }
}

/// Names that break careless readers. None of them starts with a quotation mark that is not closed: that is a case of its own.
const NAMES: [&str; 5] = [
    "Board 12\" x 18\"",
    "\"Best\" board, big; flat",
    "\u{30d7}\u{30ec}\u{30df}\u{30a2}\u{30e0} \u{9752}",
    "K\u{fc}chenbrett, Gr\u{f6}\u{df}e L",
    "Shelf 12\"",
];

fn read(report: &[u8]) -> (Vec<String>, Vec<Vec<String>>) {
    let text = String::from_utf8(report.to_vec()).unwrap();
    let row = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>();
    let mut rows = text.lines().map(row);
    (rows.next().unwrap(), rows.collect())
}

/// An invented report of one of the two kinds that `sample` makes; days up to `days` only.
fn invented(name: &'static str, kind: SampleKind, lines: u64, days: usize) -> Original {
    let (header, rows) = read(&sample(kind, lines, 7, false, false));
    let mut report = Original {
        name,
        separator: '\t',
        header,
        rows,
    };
    let dates = [
        "purchase-date",
        "last-updated-date",
        "payments-date",
        "reporting-date",
        "promise-date",
    ];
    let mut orders: Vec<String> = Vec::new();
    for row in 0..report.rows.len() {
        let id = report.rows[row][0].clone();
        let order = orders.iter().position(|known| *known == id);
        let order = order.unwrap_or_else(|| {
            orders.push(id);
            orders.len() - 1
        });
        for date in dates {
            let has = report.header.iter().any(|column| column == date);
            if has && !report.cell(row, date).is_empty() {
                let time = report.cell(row, date)[10..].to_owned();
                report.set(row, date, format!("2026-07-{:02}{time}", order % days + 1));
            }
        }
    }
    // The names are of SKUs, so that every line of a SKU has the same.
    for (row, name) in NAMES.into_iter().enumerate() {
        report.set(row, "product-name", name);
    }
    report
}

/// A report of other columns, made of the lines of another.
fn made(
    name: &'static str,
    separator: char,
    header: &str,
    of: &Original,
    row: impl Fn(usize) -> Vec<String>,
) -> Original {
    Original {
        name,
        separator,
        header: header.split(separator).map(str::to_owned).collect(),
        rows: (0..of.rows.len()).map(row).collect(),
    }
}

/// The layout of FORMATS 1.3. Channels of two sides of the world, so that a day which becomes midnight in UTC is another one.
fn sale_report(orders: &Original) -> Original {
    let header = "index,Order ID,Date,Status,Fulfilment,Sales Channel ,ship-service-level,Style,SKU,Category,Size,ASIN,\
                  Courier Status,Qty,currency,Amount,ship-city,ship-state,ship-postal-code,ship-country,promotion-ids,B2B,\
                  fulfilled-by,Unnamed: 22";
    made("sale report", ',', header, orders, |row| {
        let of = |column: &str| orders.cell(row, column).to_owned();
        let date = of("purchase-date");
        let priced = !of("currency").is_empty();
        let promotions = if row % 3 == 0 {
            "Amazon PLCC 1,Amazon PLCC 2"
        } else {
            ""
        };
        vec![
            row.to_string(),
            of("amazon-order-id"),
            format!("{}-{}-{}", &date[5..7], &date[8..10], &date[2..4]),
            of("order-status"),
            of("fulfillment-channel"),
            ["Amazon.in", "Amazon.com"][usize::from(row % 4 == 0)].to_owned(),
            of("ship-service-level"),
            "SET1".to_owned(),
            of("sku"),
            "Set".to_owned(),
            "S".to_owned(),
            of("asin"),
            String::new(),
            of("quantity"),
            if priced { "INR" } else { "" }.to_owned(),
            if priced {
                format!("{}.{}", row * 7 + 399, row % 10)
            } else {
                String::new()
            },
            "MUMBAI".to_owned(),
            "MAHARASHTRA".to_owned(),
            "400081.0".to_owned(),
            "IN".to_owned(),
            promotions.to_owned(),
            ["False", "True"][usize::from(row % 5 == 0)].to_owned(),
            "Easy Ship".to_owned(),
            String::new(),
        ]
    })
}

fn fba_returns(orders: &Original) -> Original {
    let header = "return-date\torder-id\tsku\tasin\tfnsku\tproduct-name\tquantity\tfulfillment-center-id\t\
                  detailed-disposition\treason\tstatus\tlicense-plate-number\tcustomer-comments";
    made("fba-returns", '\t', header, orders, |row| {
        let of = |column: &str| orders.cell(row, column).to_owned();
        let text = str::to_owned;
        vec![
            of("purchase-date"),
            of("amazon-order-id"),
            of("sku"),
            of("asin"),
            text("X0001"),
            of("product-name"),
            text("1"),
            text("LEX1"),
            ["SELLABLE", "DAMAGED"][row % 2].to_owned(),
            text("UNWANTED_ITEM"),
            text("Unit returned to inventory"),
            format!("LPN{row}"),
            text(""),
        ]
    })
}

fn merchant_returns(orders: &Original) -> Original {
    let header = "Order ID\tOrder date\tReturn request date\tReturn request status\tAmazon RMA ID\tLabel cost\tCurrency code\t\
                  A-to-Z Claim\tIs prime\tASIN\tMerchant SKU\tItem Name\tReturn quantity\tReturn Reason\tIn policy\t\
                  Resolution\tOrder Amount\tOrder quantity\tRefunded Amount";
    made("merchant-returns", '\t', header, orders, |row| {
        let of = |column: &str| orders.cell(row, column).to_owned();
        let text = str::to_owned;
        // Months whose names differ between languages, and one whose name does not.
        let month = ["May", "Jul", "Dec"][row % 3];
        vec![
            of("amazon-order-id"),
            format!("01-{month}-2025"),
            format!("{}-{month}-2025", &of("purchase-date")[8..10]),
            ["Approved", "PendingApproval"][row % 2].to_owned(),
            format!("D{row}RMA"),
            text("4.10"),
            text("USD"),
            text("N"),
            text("N"),
            of("asin"),
            of("sku"),
            of("product-name"),
            text("1"),
            text("CR-DEFECTIVE"),
            text("Y"),
            text("StandardRefund"),
            text("39.90"),
            text("1"),
            ["", "39.90"][row % 2].to_owned(),
        ]
    })
}

/// All five kinds, with these days of the month.
fn originals(days: usize) -> [Original; 5] {
    let orders = invented("all-orders", SampleKind::AllOrders, 40, days);
    let backlog = invented("unshipped", SampleKind::Unshipped, 500, days);
    let others = (
        sale_report(&orders),
        fba_returns(&orders),
        merchant_returns(&orders),
    );
    [orders, backlog, others.0, others.1, others.2]
}

type Numbers = BTreeMap<&'static str, Vec<String>>;

/// Every number of a document by what it is of; names may differ.
fn numbers(document: &Document) -> Numbers {
    let about_files = ["sources", "quality", "rejects"];
    let tables = document
        .tables
        .iter()
        .filter(|table| !about_files.contains(&table.spec.name));
    let rows = tables.map(|table| {
        let columns = 0..table.spec.columns.len();
        let columns: Vec<usize> = columns
            .filter(|column| !table.spec.columns[*column].name.ends_with("product_name"))
            .collect();
        let rows = (0..table.height()).map(|row| {
            let cells = columns.iter().map(|column| {
                let cell = table.cell(row, *column);
                cell.text().unwrap_or_default().into_owned()
            });
            cells.collect::<Vec<_>>().join(",")
        });
        (table.spec.name, rows.collect())
    });
    rows.collect()
}

/// The lines and codes of all rejects.
fn rejects(document: &Document) -> Vec<(u64, String)> {
    let table = document.table("rejects").unwrap();
    let at = |name: &str| table.index(name).unwrap();
    let row = |row: usize| {
        let Cell::Count(line) = table.cell(row, at("line")) else {
            panic!("a line without a number")
        };
        let code = table.cell(row, at("code")).text().unwrap().into_owned();
        (u64::try_from(line).unwrap(), code)
    };
    (0..table.height()).map(row).collect()
}

fn run(bytes: &[u8]) -> Result<Document, ordersift::Error> {
    of_files(&[("report.txt".to_owned(), bytes.to_vec())], &tolerant())
}

/// Checks of `quality` that tell of damaged texts, and the tables whose rows these texts name.
const FLAGS: [(&str, &[&str]); 2] = [
    ("order_item_id_spoilt", &["worklist"]),
    ("text_lost", &["places"]),
];

/// What the program makes of a saved report.
fn judged(original: &Original, saved: &[u8], clean: &Clean) -> Outcome {
    let document = match run(saved) {
        Ok(document) => document,
        Err(error) => {
            let text = error.to_string();
            let first = text.lines().next().unwrap_or_default();
            return Outcome::Refused(first.rsplit(": ").next().unwrap_or_default().to_owned());
        }
    };
    let found = rejects(&document);
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, code) in &found {
        *codes.entry(code).or_default() += 1;
    }
    let codes: Vec<&str> = codes.into_keys().collect();
    let reason = codes.join(", ");
    if document.control.kept == 0 {
        return Outcome::Rejected(format!("all: {reason}"));
    }
    if document.control.kept + found.len() as u64 != original.rows.len() as u64 {
        return Outcome::Silent(format!("lines: {:?}", document.control));
    }
    let lines: Vec<u64> = found.iter().map(|(line, _)| *line).collect();
    let expected = clean.numbers(original, &lines);
    let flagged: Vec<_> = FLAGS
        .iter()
        .filter(|(check, _)| flagged(&document, check))
        .collect();
    let excused = |table: &str| flagged.iter().any(|(_, tables)| tables.contains(&table));
    for (table, rows) in numbers(&document) {
        if rows != expected[table] && !excused(table) {
            let differs = rows.iter().zip(&expected[table]).find(|(a, b)| a != b);
            return Outcome::Silent(format!("{table}: {differs:?}"));
        }
    }
    if !found.is_empty() {
        return Outcome::Rejected(format!("some: {reason}"));
    }
    if flagged.is_empty() {
        return Outcome::Right;
    }
    let checks: Vec<&str> = flagged.iter().map(|(check, _)| *check).collect();
    Outcome::Flagged(checks.join(", "))
}

fn flagged(document: &Document, check: &str) -> bool {
    let table = document.table("quality").unwrap();
    (0..table.height()).any(|row| {
        table.text(row, "check") == check
            && table.cell(row, table.index("count").unwrap()) != Cell::Count(0)
    })
}

/// The numbers of originals without some of their lines, worked out once each.
#[derive(Default)]
struct Clean(Mutex<BTreeMap<String, Numbers>>);

impl Clean {
    fn numbers(&self, original: &Original, without: &[u64]) -> Numbers {
        let text = original.text(without);
        if let Some(known) = self.0.lock().unwrap().get(&text) {
            return known.clone();
        }
        let numbers = numbers(&run(text.as_bytes()).unwrap());
        self.0.lock().unwrap().insert(text, numbers.clone());
        numbers
    }
}

const PROGRAMS: [(Program, &str); 3] = [
    (Program::Excel, "Excel"),
    (Program::Sheets, "Google Sheets"),
    (Program::Numbers, "Numbers"),
];

fn label(program: Program, format: Format) -> &'static str {
    match (program, format) {
        (Program::Excel, Format::Csv) => "CSV UTF-8",
        (_, Format::CodePage | Format::Csv) => "CSV",
        (_, Format::CodePageTabs) => "Text (tabs)",
        (Program::Excel, Format::Tabs) => "Unicode Text",
        (_, Format::Tabs) => "TSV",
        (_, Format::Workbook) => "XLSX",
    }
}

fn bytes(original: &Original, program: Program, locale: &Locale, format: Format) -> Vec<u8> {
    let separator = original.separator;
    saved(&original.text(&[]), separator, program, locale, format)
}

/// The same with lines that end in LF.
fn bytes_in_lf(original: &Original, program: Program, locale: &Locale, format: Format) -> Vec<u8> {
    let separator = original.separator;
    saved_with(
        &original.text(&[]),
        separator,
        program,
        locale,
        format,
        "\n",
    )
}

/// Everything that the three programs make of five reports in five locales.
fn matrix() -> BTreeMap<(usize, usize, usize), Vec<[Outcome; 2]>> {
    let reports = [originals(12), originals(28)];
    let clean = Clean::default();
    let tasks: Vec<(usize, usize, usize)> = (0..5)
        .flat_map(|report| {
            PROGRAMS
                .iter()
                .enumerate()
                .flat_map(move |(program, (of, _))| {
                    (0..formats(*of).len()).map(move |format| (report, program, format))
                })
        })
        .collect();
    let (next, done) = (Mutex::new(tasks.iter()), Mutex::new(BTreeMap::new()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                loop {
                    let Some(&(report, program, format)) = next.lock().unwrap().next() else {
                        return;
                    };
                    let of = PROGRAMS[program].0;
                    let row = LOCALES.iter().map(|locale| {
                        [0, 1].map(|days| {
                            let original: &Original = &reports[days][report];
                            let saved = bytes(original, of, locale, formats(of)[format]);
                            judged(original, &saved, &clean)
                        })
                    });
                    let row = row.collect();
                    done.lock().unwrap().insert((report, program, format), row);
                }
            });
        }
    });
    done.into_inner().unwrap()
}

fn cell([few, all]: &[Outcome; 2]) -> String {
    let text = |outcome: &Outcome| match outcome {
        Outcome::Right => "right".to_owned(),
        Outcome::Rejected(reason) => format!("rejected, {reason}"),
        Outcome::Refused(reason) => format!("refused: {reason}"),
        Outcome::Flagged(reason) => format!("right, flagged: {reason}"),
        Outcome::Silent(reason) => format!("SILENT {reason}"),
    };
    if few == all {
        text(all)
    } else {
        format!("{} (days 1 to 12: {})", text(all), text(few))
    }
}

const TABLE: &str = "<!-- from tests/all/spreadsheets.rs -->\n";
const END: &str = "<!-- end -->";

/// `ORDERSIFT_MATRIX=write cargo test --test all spreadsheets::` writes the table anew.
#[test]
fn no_number_is_silently_wrong_and_the_table_of_the_docs_is_what_happens() {
    let found = matrix();
    let names = originals(12).map(|report| report.name);
    let mut table = String::new();
    let mut silent = Vec::new();
    for (report, name) in names.iter().enumerate() {
        let locales = LOCALES.map(|locale| locale.name).join(" | ");
        writeln!(table, "\n### {name}\n\n| program, format | {locales} |").unwrap();
        writeln!(table, "|---|{}", "---|".repeat(LOCALES.len())).unwrap();
        for (at, (program, program_name)) in PROGRAMS.iter().enumerate() {
            for (place, format) in formats(*program).iter().enumerate() {
                let label = format!("{program_name}, {}", label(*program, *format));
                let row = &found[&(report, at, place)];
                let cells: Vec<String> = row.iter().map(cell).collect();
                writeln!(table, "| {label} | {} |", cells.join(" | ")).unwrap();
                for (locale, outcomes) in LOCALES.iter().zip(row) {
                    let wrong = outcomes
                        .iter()
                        .filter(|outcome| matches!(outcome, Outcome::Silent(_)));
                    silent.extend(
                        wrong.map(|what| format!("{name}, {label}, {}: {what:?}", locale.name)),
                    );
                }
            }
        }
    }
    assert!(silent.is_empty(), "{}", silent.join("\n"));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/spreadsheets.md");
    let docs = std::fs::read_to_string(path).unwrap();
    let (before, rest) = docs.split_once(TABLE).unwrap();
    let (shown, after) = rest.split_once(END).unwrap();
    let table = format!("{table}\n");
    if std::env::var_os("ORDERSIFT_MATRIX").is_some() {
        std::fs::write(path, format!("{before}{TABLE}{table}{END}{after}")).unwrap();
    } else {
        assert_eq!(shown, table, "{path} is not what happens");
    }
}

#[test]
fn carriage_returns_change_no_number() {
    let clean = Clean::default();
    for original in originals(28) {
        for (program, _) in PROGRAMS {
            for locale in [&LOCALES[0], &LOCALES[2]] {
                let format = formats(program)[0];
                let lf = bytes_in_lf(&original, program, locale, format);
                let Ok(lf) = run(&lf) else { continue };
                let crlf = run(&bytes(&original, program, locale, format)).unwrap();
                assert_eq!(numbers(&lf), numbers(&crlf), "{}", original.name);
            }
        }
        assert!(!clean.numbers(&original, &[]).is_empty());
    }
}

/// Excel, Google Sheets and Numbers take a quotation mark at the start of a name for the beginning of a quoted cell. The next
/// one that ends a name closes it: what stood between is in one cell, and the line has as many cells as any.
#[test]
fn lines_that_a_quotation_mark_took_in_are_rejected_by_name() {
    for mut original in originals(28) {
        let name = match original.name {
            "all-orders" | "unshipped" | "fba-returns" => "product-name",
            "merchant-returns" => "Item Name",
            _ => continue,
        };
        for row in 0..original.rows.len() {
            original.set(row, name, "Board");
        }
        original.set(5, name, "\"Best board");
        original.set(7, name, "Shelf 12\"");
        let [whole, without] = [&[][..], &[7, 8, 9]]
            .map(|lines| numbers(&run(original.text(lines).as_bytes()).unwrap()));
        for (program, program_name) in PROGRAMS {
            for format in formats(program) {
                let saved = bytes(&original, program, &LOCALES[0], *format);
                let document = run(&saved).unwrap();
                let what = format!(
                    "{}, {program_name}, {}",
                    original.name,
                    label(program, *format)
                );
                let codes: Vec<String> = rejects(&document)
                    .into_iter()
                    .map(|(_, code)| code)
                    .collect();
                let known = |code: &String| code == "line_in_cell" || code == "field_count";
                let dates = codes.iter().all(|code| code.starts_with("date"));
                if dates && document.control.kept == 0 {
                    continue;
                }
                assert!(codes.iter().all(known), "{what}: {codes:?}");
                // A tab file has no quoting for the program, so that its lines stay what they were.
                let tabs = matches!(format, Format::Tabs | Format::CodePageTabs);
                assert!(tabs || !codes.is_empty(), "{what}");
                let expected = if codes.is_empty() { &whole } else { &without };
                // Order item ids and letters that a code page lacks are cases of their own.
                // In a tab file the quotation marks stay part of promotions: not every one in it is a spreadsheet's.
                let aside = |table: &str| {
                    ["worklist", "places"].contains(&table) || tabs && table == "promotions"
                };
                for (table, rows) in numbers(&document) {
                    assert!(aside(table) || rows == expected[table], "{what}: {table}");
                }
            }
        }
    }
}

#[test]
fn a_sku_that_became_an_error_or_a_rounded_number_is_rejected() {
    let [mut original, ..] = originals(28);
    for (row, sku) in ["=A1", "-ABC", "1E5", "12345678901234"].iter().enumerate() {
        original.set(row + 2, "sku", *sku);
    }
    let saved = bytes(&original, Program::Excel, &LOCALES[0], Format::Csv);
    let expected = [
        (4, "sku_error"),
        (5, "sku_error"),
        (6, "sku_spoilt"),
        (7, "sku_spoilt"),
    ];
    let expected = expected.map(|(line, code)| (line, code.to_owned()));
    assert_eq!(rejects(&run(&saved).unwrap()), expected);
    let saved = bytes(&original, Program::Excel, &LOCALES[0], Format::Workbook);
    assert_eq!(rejects(&run(&saved).unwrap()), expected[..2]);
}

fn ordersift(arguments: &[&dyn AsRef<std::ffi::OsStr>]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ordersift"));
    for argument in arguments {
        command.arg(argument.as_ref());
    }
    let output = command.arg("--no-config").output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

const BACKLOG: &str = "order-id\torder-item-id\tpurchase-date\tpromise-date\tsku\tquantity-to-ship\tship-country\n\
    114-5000000-0000001\t10069820468942\t2026-07-19T12:00:00+00:00\t2026-07-22T06:59:59+00:00\tA\t1\tUS\n\
    114-5000000-0000001\t10069820468943\t2026-07-19T12:00:00+00:00\t2026-07-22T06:59:59+00:00\tB\t1\tUS\n";

#[test]
fn an_order_item_id_that_was_rounded_is_flagged_and_never_confirmed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("unshipped.csv");
    let confirmed = folder.path().join("ship.txt");
    let saved = saved(BACKLOG, '\t', Program::Excel, &LOCALES[0], Format::Csv);
    std::fs::write(&path, saved).unwrap();
    let (code, list, _) = ordersift(&[&"worklist", &path, &"--format", &"csv"]);
    assert_eq!((code, list.lines().count()), (Some(0), 3), "{list}");
    assert!(!list.contains("E+"), "{list}");
    let (_, quality, _) = ordersift(&[
        &"report",
        &path,
        &"--table",
        &"quality",
        &"--format",
        &"csv",
    ]);
    assert!(
        quality.contains("order_item_id_spoilt,2,unshipped.csv:2"),
        "{quality}"
    );
    let (code, _, message) = ordersift(&[&"worklist", &path, &"--confirm-file", &confirmed]);
    assert_eq!(code, Some(2), "{message}");
    assert!(message.contains("rounded 2 order item ids"), "{message}");
    assert!(!Path::new(&confirmed).exists());
    // Converted lines have no number either, and are confirmed as little.
    for file in ["lines.csv", "lines.parquet"] {
        let lines = folder.path().join(file);
        let (code, _, message) = ordersift(&[&"convert", &path, &"--out", &lines]);
        assert_eq!(code, Some(0), "{message}");
        if file == "lines.csv" {
            let text = std::fs::read_to_string(&lines).unwrap();
            assert!(!text.contains("E+"), "{text}");
            continue;
        }
        let (code, _, message) = ordersift(&[&"worklist", &lines, &"--confirm-file", &confirmed]);
        assert_eq!(code, Some(2), "{message}");
        assert!(
            message.contains("2 lines of the worklist have no order item id"),
            "{message}"
        );
    }
}

#[test]
fn a_tracking_number_that_was_rounded_is_never_confirmed() {
    let folder = tempfile::tempdir().unwrap();
    let (backlog, list) = (
        folder.path().join("unshipped.txt"),
        folder.path().join("list"),
    );
    let out = folder.path().join("ship.txt");
    std::fs::write(&backlog, BACKLOG).unwrap();
    let tracking = "order-id,order-item-id,tracking-number,carrier-code,ship-date\n\
        114-5000000-0000001,,00340434161094042557,DHL,2026-07-20\n";
    let good = "order-id,order-item-id,tracking-number,carrier-code,ship-date\n\
        114-5000000-0000001,,1Z999AA10123456784,DHL,2026-07-20\n";
    let confirm = |text: &str, program: Program, locale: &Locale, format: Format| {
        let _ = std::fs::remove_file(&out);
        std::fs::write(&list, saved(text, ',', program, locale, format)).unwrap();
        let (code, _, message) = ordersift(&[
            &"confirm",
            &backlog,
            &"--tracking",
            &list,
            &"--out",
            &out,
            &"--as-of",
            &"2026-07-21T12:00:00Z",
        ]);
        (
            code,
            message,
            std::fs::read_to_string(&out).unwrap_or_default(),
        )
    };
    for (program, name) in PROGRAMS {
        for locale in &LOCALES {
            for format in formats(program) {
                let what = format!("{name}, {}, {}", label(program, *format), locale.name);
                let (code, message, written) = confirm(tracking, program, locale, *format);
                assert_eq!((code, written.as_str()), (Some(2), ""), "{what}: {message}");
                assert!(
                    message.contains("spoilt by a spreadsheet"),
                    "{what}: {message}"
                );
                let (code, message, written) = confirm(good, program, locale, *format);
                if code == Some(0) {
                    let line = "114-5000000-0000001\t\t\t2026-07-20\tDHL\t\t1Z999AA10123456784\t";
                    assert_eq!(written.lines().nth(1), Some(line), "{what}: {message}");
                } else {
                    assert!(message.contains("date that"), "{what}: {message}");
                }
            }
        }
    }
}

/// The other commands on what is right in the table.
#[test]
fn every_command_gives_of_a_saved_report_what_it_gives_of_the_original() {
    let folder = tempfile::tempdir().unwrap();
    let mut compared = 0;
    for original in originals(28) {
        let [plain, path] = ["original", "saved"].map(|of| {
            let folder = folder.path().join(of);
            std::fs::create_dir_all(&folder).unwrap();
            folder.join("report.txt")
        });
        std::fs::write(&plain, original.text(&[])).unwrap();
        let expected = said(folder.path(), &plain, &plain);
        let clean = numbers(&run(original.text(&[]).as_bytes()).unwrap());
        for (program, name) in PROGRAMS {
            for locale in [&LOCALES[0], &LOCALES[2]] {
                for format in formats(program) {
                    let saved = bytes(&original, program, locale, *format);
                    if !run(&saved).is_ok_and(|document| numbers(&document) == clean) {
                        continue;
                    }
                    compared += 1;
                    std::fs::write(&path, saved).unwrap();
                    let label = label(program, *format);
                    let what = format!("{}, {name}, {label}, {}", original.name, locale.name);
                    for ((command, found), (_, expected)) in said(folder.path(), &path, &plain)
                        .into_iter()
                        .zip(&expected)
                    {
                        assert_eq!(&found, expected, "{what}: {command}");
                    }
                }
            }
        }
    }
    assert!(compared >= 25, "{compared}");
}

/// What the commands say of a file: numbers, and no names of files or products.
fn said(folder: &Path, path: &Path, original: &Path) -> Vec<(&'static str, String)> {
    let (split, parquet) = (folder.join("split"), folder.join("lines.parquet"));
    let table = |of: &Path, name: &str| {
        let (code, text, message) =
            ordersift(&[&"report", &of, &"--table", &name, &"--format", &"csv"]);
        if code == Some(0) { text } else { message }
    };
    let of = |of: &Path| {
        ["fulfillment", "daily", "returns", "late"]
            .map(|name| table(of, name))
            .concat()
    };
    let mut said = Vec::new();
    let (code, check, _) = ordersift(&[&"check", &path]);
    let lines = check
        .lines()
        .find(|line| line.starts_with("All files"))
        .unwrap_or_default();
    said.push(("check", format!("{code:?} {lines}")));
    let (code, list, message) = ordersift(&[&"worklist", &path, &"--format", &"json"]);
    let list = if code == Some(0) {
        let document: serde_json::Value = serde_json::from_str(&list).unwrap();
        let mut rows = document["tables"]["worklist"]["rows"].clone();
        for row in rows.as_array_mut().unwrap() {
            row["product_name"].take();
        }
        rows.to_string()
    } else {
        message
    };
    said.push(("worklist", list));
    let (code, _, message) = ordersift(&[&"split", &path, &"--out", &split]);
    said.push(("split", if code == Some(0) { of(&split) } else { message }));
    let (code, _, message) = ordersift(&[&"convert", &path, &"--out", &parquet]);
    said.push((
        "convert",
        if code == Some(0) {
            of(&parquet)
        } else {
            message
        },
    ));
    let (code, compared, message) = ordersift(&[&"compare", &path, &original, &"--format", &"csv"]);
    said.push(("compare", if code == Some(0) { compared } else { message }));
    let _ = (
        std::fs::remove_dir_all(split),
        std::fs::remove_file(parquet),
    );
    said
}
