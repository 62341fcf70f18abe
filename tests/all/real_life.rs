//! Folders as sellers keep them, with invented orders: yearly folders with archives, two accounts, a layout that changes in the middle
//! of a month, clocks that are changed, a year's end. Every command runs on each of them.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::common::pollution::{gzip, zip};
use crate::common::roads::{OF_FILES, OF_PERIODS, OF_SNAPSHOTS};
use crate::common::run::{Files, json, of_paths, written};
use crate::common::{first_difference, layouts, reference};
use chrono::{DateTime, Days, NaiveDate, Utc};
use ordersift::options::Options;
use ordersift::table::Document;
use serde_json::Value;

/// A line of an order.
#[derive(Clone)]
struct Line {
    order: String,
    bought: DateTime<Utc>,
    fulfillment: &'static str,
    channel: &'static str,
    currency: &'static str,
    sku: String,
    quantity: u64,
    /// Cents.
    price: u64,
    /// Hours until it is shipped, or cancelled.
    hours: u32,
    cancelled: bool,
}

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Marketplaces: name, currency.
const MARKETS: [(&str, &str); 4] = [
    ("Amazon.com", "USD"),
    ("Amazon.co.uk", "GBP"),
    ("Amazon.de", "EUR"),
    ("Amazon.co.jp", "JPY"),
];

/// So many orders a day, at all hours, from one day to the day before another; account by account their ids differ.
fn sold(account: u32, first: &str, end: &str, orders: u32) -> Vec<Line> {
    let (first, end) = (day(first), day(end));
    let mut sold = Vec::new();
    for (at, day) in first.iter_days().take_while(|day| *day < end).enumerate() {
        for number in 0..orders {
            let seed = u32::try_from(at).unwrap() * 31 + number * 7 + account;
            let (channel, currency) = MARKETS[seed as usize % if account == 1 { 3 } else { 4 }];
            let minute = number * 1440 / orders + seed % 29;
            let bought = day
                .and_hms_opt(minute / 60, minute % 60, seed % 60)
                .unwrap();
            let merchant = seed.is_multiple_of(3);
            for item in 0..=u32::from(seed.is_multiple_of(5)) {
                sold.push(Line {
                    order: format!("{:03}-{at:07}-{number:07}", 110 + account),
                    bought: bought.and_utc(),
                    fulfillment: if merchant { "Merchant" } else { "Amazon" },
                    channel,
                    currency,
                    sku: format!("SKU-{}", (seed + item) % 11),
                    quantity: u64::from(1 + (seed + item) % 3),
                    price: u64::from(500 + seed % 700 * 3),
                    hours: 5 + seed % 60,
                    cancelled: seed % 17 == 4,
                });
            }
        }
    }
    sold
}

/// The all-orders report of the days from `first` to the day before `end`, as it is downloaded at a moment.
fn orders(layout: &str, lines: &[Line], [first, end]: [&str; 2], downloaded: &str) -> Vec<u8> {
    let header = layouts::layouts("all-orders");
    let (_, header) = header
        .into_iter()
        .find(|(name, _)| *name == layout)
        .unwrap();
    let names: Vec<&str> = header.split('\t').map(str::trim).collect();
    let (first, end, downloaded) = (day(first), day(end), moment(downloaded));
    let mut text = header.clone() + "\r\n";
    let inside = |line: &&Line| {
        let day = line.bought.date_naive();
        first <= day && day < end && line.bought < downloaded
    };
    for line in lines.iter().filter(inside) {
        let done = line.bought + chrono::Duration::hours(line.hours.into());
        let (status, updated) = match (done <= downloaded, line.cancelled) {
            (false, _) => ("Pending", line.bought),
            (true, true) => ("Cancelled", done),
            (true, false) => ("Shipped", done),
        };
        let cells = names.iter().map(|name| match *name {
            "amazon-order-id" | "merchant-order-id" => line.order.clone(),
            "purchase-date" => line.bought.format("%Y-%m-%dT%H:%M:%S+00:00").to_string(),
            "last-updated-date" => updated.format("%Y-%m-%dT%H:%M:%S+00:00").to_string(),
            "order-status" | "item-status" => status.to_owned(),
            "order-item-id" => format!("{}{}", line.quantity, line.price),
            "fulfillment-channel" => line.fulfillment.to_owned(),
            "sales-channel" => line.channel.to_owned(),
            "ship-service-level" => "Standard".to_owned(),
            "product-name" => format!("Thing {}, 5\" long", line.sku),
            "sku" => line.sku.clone(),
            "asin" => format!("B0{}", line.sku),
            "quantity" => line.quantity.to_string(),
            "currency" if status != "Pending" => line.currency.to_owned(),
            "item-price" if status != "Pending" => match line.currency {
                "JPY" => format!("{}.0", line.price),
                _ => format!("{}.{:02}", line.price / 100, line.price % 100),
            },
            "ship-country" => "US".to_owned(),
            _ => String::new(),
        });
        text.push_str(&cells.collect::<Vec<_>>().join("\t"));
        text.push_str("\r\n");
    }
    text.into_bytes()
}

/// The unshipped report of the same orders at a moment.
fn unshipped(lines: &[Line], downloaded: &str) -> Vec<u8> {
    let mut text = "order-id\torder-item-id\tpurchase-date\tpayments-date\treporting-date\tpromise-date\tdays-past-promise\tsku\t\
                    product-name\tquantity-purchased\tquantity-shipped\tquantity-to-ship\tship-service-level\tship-city\t\
                    ship-state\tship-country\tsales-channel\tis-prime\n"
        .to_owned();
    let downloaded = moment(downloaded);
    let open = lines.iter().filter(|line| {
        let done = line.bought + chrono::Duration::hours(line.hours.into());
        line.fulfillment == "Merchant" && line.bought < downloaded && done > downloaded
    });
    for line in open {
        let bought = line.bought.format("%Y-%m-%dT%H:%M:%S+00:00");
        let promise = (line.bought + Days::new(2)).format("%Y-%m-%dT23:59:59+00:00");
        writeln!(
            text,
            "{}\t{}{}\t{bought}\t{bought}\t{}\t{promise}\t-1\t{}\tThing\t{quantity}\t0\t{quantity}\tStandard\tTown\t\tUS\t{}\tfalse",
            line.order,
            line.quantity,
            line.price,
            downloaded.format("%Y-%m-%dT%H:%M:%S+00:00"),
            line.sku,
            line.channel,
            quantity = line.quantity,
        )
        .unwrap();
    }
    text.into_bytes()
}

fn program(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ordersift"));
    command.env_remove("COLUMNS").env("NO_COLOR", "1");
    command
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

/// The same where it must succeed; what it printed.
fn done(folder: &Path, arguments: &[&str]) -> String {
    let output = program(folder, arguments);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let (out, error) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {error}");
    assert!(!error.contains("panicked"), "{arguments:?}: {error}");
    out
}

/// The report of a folder as JSON.
fn report(folder: &Path, inputs: &[&str]) -> Value {
    let text = done(
        folder,
        &[&["report", "--format", "json", "-q"], inputs].concat(),
    );
    serde_json::from_str(&text).unwrap()
}

fn rows<'d>(document: &'d Value, table: &str) -> &'d Vec<Value> {
    document["tables"][table]["rows"].as_array().unwrap()
}

/// The days that a document says lack, which are those between files too: lines in one file need not show them.
fn gap_days(document: &Value) -> Vec<[&Value; 2]> {
    let rows = rows(document, "coverage").iter();
    let is_gap = |row: &&Value| {
        let note = row["note"].as_str().unwrap_or_default();
        row["found"] == "missing" || note.contains("orders are usual")
    };
    rows.filter(is_gap)
        .map(|row| ["first_day", "last_day"].map(|day| &row[day]))
        .collect()
}

/// Runs every command on the inputs, and holds together what must agree: all formats are written, the worklist is that of the
/// report, `split` and `convert` say what the files say, `compare` of a range with itself finds no change, and confirmed parcels leave
/// the worklist.
fn every_command(folder: &Path, inputs: &[&str], [then, now]: [&str; 2]) -> Value {
    let with = |arguments: &[&str]| done(folder, &[arguments, inputs].concat());
    let document = report(folder, inputs);
    let control = |name: &str| document["control"][name].as_u64().unwrap();
    let counted = ["kept", "superseded", "repeated", "rejected"].map(control);
    assert_eq!(control("lines_read"), counted.iter().sum::<u64>());

    with(&[
        "report",
        "--format",
        "json,csv,xlsx,html,md,parquet",
        "--out",
        "out",
        "-q",
    ]);
    let published: Value =
        serde_json::from_slice(&fs::read(folder.join("out/report.json")).unwrap()).unwrap();
    assert_eq!(published["tables"], document["tables"]);
    for file in [
        "report.html",
        "report.md",
        "report.xlsx",
        "tables/skus.csv",
        "tables/skus.parquet",
    ] {
        assert!(
            fs::metadata(folder.join("out").join(file)).unwrap().len() > 100,
            "{file}"
        );
    }
    let screen = with(&["report", "-q"]);
    assert!(screen.contains(" lines read = "), "{screen}");
    let check = with(&["check", "-q"]);
    assert!(!check.is_empty());

    let open = rows(&document, "worklist");
    let is_backlog = |row: &&Value| row["kind"] == "unshipped" && row["role"] != "history";
    let backlog = rows(&document, "sources")
        .iter()
        .any(|row| is_backlog(&row));
    if backlog {
        let worklist = with(&["worklist", "--format", "csv", "-q"]);
        assert_eq!(worklist.lines().count(), 1 + open.len());
    } else {
        let refused = program(folder, &[&["worklist"], inputs].concat());
        assert_eq!(refused.status.code(), Some(2));
    }

    let split = with(&["split", "--out", "split"]);
    let total = format!(
        "{} read = {} written",
        control("lines_read"),
        control("kept")
    );
    assert!(split.contains(&total), "{split}");
    with(&["convert", "--out", "lines.parquet"]);
    for other in ["split", "lines.parquet"] {
        let again = of_paths(&[folder.join(other)], &Options::default()).unwrap();
        let (counted, whole) = (again.control.kept, control("kept"));
        assert_eq!(counted, whole, "{other}");
        let again: Value = serde_json::from_str(&json(&again)).unwrap();
        let same_days = gap_days(&document) == gap_days(&again);
        let unlike: &[&str] = if same_days { &[] } else { &OF_PERIODS };
        let aside = [&OF_FILES[..], &OF_SNAPSHOTS[..], unlike].concat();
        for (table, one) in document["tables"].as_object().unwrap() {
            let mut tables = [one.clone(), again["tables"][table].clone()];
            if !same_days {
                let rows = tables
                    .iter_mut()
                    .filter_map(|table| table["rows"].as_array_mut());
                rows.flatten()
                    .filter_map(|row| row.get_mut("partial"))
                    .for_each(|partial| *partial = Value::Null);
            }
            let [one, other_one] = tables;
            if !aside.contains(&table.as_str()) {
                assert_eq!(one, other_one, "{other}: {table}");
            }
        }
    }

    compares(folder, inputs, [then, now]);
    if let Some(first) = open.first() {
        let order = first["order_id"].as_str().unwrap();
        let list = format!("order-id,tracking-number,carrier\n{order},1Z1,UPS\n");
        fs::write(folder.join("parcels.csv"), list).unwrap();
        with(&[
            "confirm",
            "--tracking",
            "parcels.csv",
            "--out",
            "ship.txt",
            "-q",
        ]);
        let left = with(&["worklist", "ship.txt", "--format", "csv", "-q"]);
        let gone = open.iter().filter(|row| row["order_id"] == order).count();
        assert_eq!(left.lines().count(), 1 + open.len() - gone, "{left}");
    }
    document
}

/// Both sides of a comparison have something, and a range compared with itself has no change.
fn compares(folder: &Path, inputs: &[&str], [then, now]: [&str; 2]) {
    let compared = done(
        folder,
        &[&["compare", then, now], inputs, &["--format", "json", "-q"]].concat(),
    );
    let compared: Value = serde_json::from_str(&compared).unwrap();
    for row in rows(&compared, "comparison")
        .iter()
        .filter(|row| row["level"] == "channel")
    {
        assert!(
            row["orders"].as_i64().unwrap() + row["orders_then"].as_i64().unwrap() > 0,
            "{row}"
        );
    }
    let same = done(
        folder,
        &[&["compare", now, now], inputs, &["--format", "json", "-q"]].concat(),
    );
    let same: Value = serde_json::from_str(&same).unwrap();
    for row in rows(&same, "comparison") {
        assert_eq!(row["orders"], row["orders_then"], "{row}");
        assert_eq!(row["sales"], row["sales_then"], "{row}");
    }
}

/// The tables of demand are what the naive engine says of these files.
fn agrees(document: &Value, files: &Files) {
    if let Some(difference) = first_difference(&reference::tables(files), document) {
        panic!("{difference}");
    }
    let (_, kept, superseded, repeated, rejected) = reference::control(files);
    let total = |name: &str| -> usize {
        let orders = rows(document, "sources")
            .iter()
            .filter(|row| row["kind"] == "all-orders");
        let sum: u64 = orders.map(|row| row[name].as_u64().unwrap()).sum();
        usize::try_from(sum).unwrap()
    };
    let found = ["kept", "superseded", "repeated", "rejected"].map(total);
    assert_eq!(found, [kept, superseded, repeated, rejected]);
}

#[test]
fn yearly_folders_with_archives_and_copies() {
    let lines = sold(0, "2025-11-01", "2026-02-01", 9);
    let months = [
        orders(
            "A4",
            &lines,
            ["2025-11-01", "2025-12-01"],
            "2025-12-01T09:00:00Z",
        ),
        orders(
            "A4",
            &lines,
            ["2025-11-15", "2026-01-01"],
            "2026-01-01T09:00:00Z",
        ),
        orders(
            "A5",
            &lines,
            ["2025-12-15", "2026-01-16"],
            "2026-01-16T09:00:00Z",
        ),
        orders(
            "A5",
            &lines,
            ["2026-01-01", "2026-02-01"],
            "2026-02-01T09:00:00Z",
        ),
    ];
    let backlogs = [
        unshipped(&lines, "2026-01-16T09:00:00Z"),
        unshipped(&lines, "2026-02-01T09:00:00Z"),
    ];
    let archive = zip(&[
        ("Orders 2025/November/orders.txt", &months[0]),
        ("Orders 2025/December/orders.txt", &months[1]),
        ("__MACOSX/Orders 2025/._orders.txt", b"\0\x05\x16\x07"),
        ("Orders 2025/.DS_Store", b"\0\0\0\x01Bud1"),
    ]);
    let files: Files = vec![
        ("reports/2025/2025.zip".into(), archive),
        // The November file again as it was, beside the archive, and packed.
        ("reports/2025/old/orders nov.txt".into(), months[0].clone()),
        (
            "reports/2025/old/orders nov.txt.gz".into(),
            gzip(&months[0]),
        ),
        ("reports/2026/jan/half/orders.txt".into(), months[2].clone()),
        ("reports/2026/jan/orders.txt.gz".into(), gzip(&months[3])),
        (
            "reports/2026/backlog.zip".into(),
            zip(&[("unshipped.txt", &backlogs[0])]),
        ),
        ("reports/2026/unshipped.txt".into(), backlogs[1].clone()),
        (
            "reports/2026/notes.txt".into(),
            b"call the accountant\n".to_vec(),
        ),
    ];
    let (folder, _) = written(&files);
    let document = every_command(folder.path(), &["reports"], ["2025-12", "2026-01"]);
    let mut plain: Files = months
        .iter()
        .enumerate()
        .map(|(at, bytes)| (format!("{at}.txt"), bytes.clone()))
        .collect();
    plain.push(("4.txt".into(), months[0].clone()));
    plain.push(("5.txt".into(), months[0].clone()));
    agrees(&document, &plain);
    let count = |file: &[u8]| u64::try_from(file.split(|byte| *byte == b'\n').count()).unwrap() - 2;
    assert_eq!(document["control"]["repeated"], 2 * count(&months[0]));
    let role = |end: &str| {
        let row = rows(&document, "sources")
            .iter()
            .find(|row| row["file"].as_str().unwrap().ends_with(end));
        row.unwrap_or_else(|| panic!("{end}"))["role"].clone()
    };
    assert_eq!(role("backlog.zip/unshipped.txt"), "history");
    assert_eq!(role("2026/unshipped.txt"), "current");
    assert_eq!(role("notes.txt"), "ignored");
    assert_eq!(
        rows(&document, "worklist").len() as u64,
        count(&backlogs[1])
    );
}

#[test]
fn two_accounts_in_one_folder() {
    let (one, two) = (
        sold(0, "2026-06-01", "2026-07-01", 6),
        sold(1, "2026-06-01", "2026-07-01", 5),
    );
    let of = |lines: &[Line]| {
        orders(
            "A6",
            lines,
            ["2026-06-01", "2026-07-01"],
            "2026-07-01T09:00:00Z",
        )
    };
    let names = ["reports/one/orders.txt", "reports/two/orders.txt"];
    let mut files: Files = vec![(names[0].into(), of(&one)), (names[1].into(), of(&two))];
    let demand = files.clone();
    files.push((
        "reports/one/unshipped.txt".into(),
        unshipped(&one, "2026-07-01T09:00:00Z"),
    ));
    files.push((
        "reports/two/unshipped.txt".into(),
        unshipped(&two, "2026-07-01T08:00:00Z"),
    ));
    let named = [
        "--account",
        "one=reports/one",
        "--account",
        "two=reports/two",
    ];
    let lines = |file: usize| {
        String::from_utf8(files[file].1.clone())
            .unwrap()
            .lines()
            .count()
            - 1
    };
    let (first, second) = (lines(2), lines(3));
    assert!(first > 0 && second > 0);

    let (folder, _) = written(&files);
    let guessed = every_command(folder.path(), &["reports"], ["2026-W25", "2026-W26"]);
    agrees(&guessed, &demand);
    assert_eq!(rows(&guessed, "worklist").len(), first + second);
    let (folder, _) = written(&files);
    let told = every_command(folder.path(), &named, ["2026-W25", "2026-W26"]);
    for (table, rows) in guessed["tables"].as_object().unwrap() {
        if table != "sources" {
            assert_eq!(rows, &told["tables"][table], "{table}");
        }
    }

    // The second account was downloaded three days before: without a name it is history, with a name it is not.
    files[3].1 = unshipped(&two, "2026-06-28T08:00:00Z");
    let older = String::from_utf8(files[3].1.clone())
        .unwrap()
        .lines()
        .count()
        - 1;
    let (folder, _) = written(&files);
    let guessed = report(folder.path(), &["reports"]);
    assert_eq!(rows(&guessed, "worklist").len(), first);
    let (folder, _) = written(&files);
    let told = report(folder.path(), &named);
    assert_eq!(rows(&told, "worklist").len(), first + older);
}

#[test]
fn a_column_that_is_inserted_in_the_middle_of_a_month() {
    let lines = sold(0, "2026-05-01", "2026-06-01", 12);
    let files: Files = vec![
        (
            "a.txt".into(),
            orders(
                "A5",
                &lines,
                ["2026-05-01", "2026-05-15"],
                "2026-05-14T09:00:00Z",
            ),
        ),
        (
            "b.txt".into(),
            orders(
                "A5",
                &lines,
                ["2026-05-10", "2026-05-29"],
                "2026-05-27T20:00:00Z",
            ),
        ),
        // A day later the account has another layout, and both files hold the days before.
        (
            "c.txt".into(),
            orders(
                "A6",
                &lines,
                ["2026-05-20", "2026-05-29"],
                "2026-05-28T20:00:00Z",
            ),
        ),
        (
            "d.txt".into(),
            orders(
                "A6",
                &lines,
                ["2026-05-24", "2026-06-01"],
                "2026-06-02T09:00:00Z",
            ),
        ),
    ];
    let columns = |file: usize| {
        let header = files[file].1.split(|byte| *byte == b'\n').next();
        header.unwrap().split(|byte| *byte == b'\t').count()
    };
    assert_eq!((columns(1), columns(2)), (33, 34));
    let (folder, _) = written(&files);
    let inputs: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    let document = every_command(folder.path(), &inputs, ["2026-W20", "2026-W21"]);
    agrees(&document, &files);
    assert!(document["control"]["superseded"].as_u64().unwrap() > 100);
    // The same with the new column taken out of every file.
    let old: Files = files
        .iter()
        .map(|(name, bytes)| (name.clone(), without_item_ids(bytes)))
        .collect();
    let (_folder, paths) = written(&old);
    let one = of_paths(&paths, &Options::default()).unwrap();
    assert_eq!(tables_of(&one), document["tables"]);
}

fn tables_of(document: &Document) -> Value {
    let document: Value = serde_json::from_str(&json(document)).unwrap();
    document["tables"].clone()
}

fn without_item_ids(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let header = text.lines().next().unwrap();
    let place = header.split('\t').position(|name| name == "order-item-id");
    let lines = text.lines().map(|line| {
        let mut cells: Vec<&str> = line.split('\t').collect();
        if let Some(place) = place {
            cells.remove(place);
        }
        cells.join("\t") + "\r\n"
    });
    lines.collect::<String>().into_bytes()
}

/// Purchases about a change of clocks: the marketplace, the moment, and its day and hour there, worked out by hand.
const CLOCKS: [(usize, &str, &str, u32); 20] = [
    // Los Angeles goes forward on March 8, 2026, at 2:00, which is 10:00 UTC.
    (0, "2026-03-08T07:59:59Z", "2026-03-07", 23),
    (0, "2026-03-08T08:00:00Z", "2026-03-08", 0),
    (0, "2026-03-08T09:59:59Z", "2026-03-08", 1),
    (0, "2026-03-08T10:00:00Z", "2026-03-08", 3),
    (0, "2026-03-09T06:59:59Z", "2026-03-08", 23),
    (0, "2026-03-09T07:00:00Z", "2026-03-09", 0),
    // It goes back on November 1 at 2:00, which is 9:00 UTC: one o'clock comes twice.
    (0, "2026-11-01T06:59:59Z", "2026-10-31", 23),
    (0, "2026-11-01T08:30:00Z", "2026-11-01", 1),
    (0, "2026-11-01T09:30:00Z", "2026-11-01", 1),
    (0, "2026-11-02T07:59:59Z", "2026-11-01", 23),
    (0, "2026-11-02T08:00:00Z", "2026-11-02", 0),
    // London goes back on October 25 at 2:00, which is 1:00 UTC.
    (1, "2026-10-24T22:59:59Z", "2026-10-24", 23),
    (1, "2026-10-25T00:30:00Z", "2026-10-25", 1),
    (1, "2026-10-25T01:30:00Z", "2026-10-25", 1),
    (1, "2026-10-26T00:00:00Z", "2026-10-26", 0),
    // Berlin goes back at the same moment, at 3:00: two o'clock comes twice. Forward on March 29.
    (2, "2026-10-24T22:00:00Z", "2026-10-25", 0),
    (2, "2026-10-25T00:30:00Z", "2026-10-25", 2),
    (2, "2026-10-25T01:30:00Z", "2026-10-25", 2),
    (2, "2026-10-25T22:59:59Z", "2026-10-25", 23),
    (2, "2026-03-29T01:00:00Z", "2026-03-29", 3),
];

#[test]
fn sales_while_clocks_are_changed() {
    let lines: Vec<Line> = CLOCKS
        .iter()
        .enumerate()
        .map(|(at, (market, bought, ..))| Line {
            order: format!("111-0000000-{at:07}"),
            bought: moment(bought),
            fulfillment: "Amazon",
            channel: MARKETS[*market].0,
            currency: MARKETS[*market].1,
            sku: "SKU".into(),
            quantity: 1,
            price: 1000,
            hours: 1,
            cancelled: false,
        })
        .collect();
    let files: Files = vec![(
        "orders.txt".into(),
        orders(
            "A6",
            &lines,
            ["2026-01-01", "2027-01-01"],
            "2026-12-01T00:00:00Z",
        ),
    )];
    let (folder, _) = written(&files);
    let document = every_command(folder.path(), &["orders.txt"], ["2026-03", "2026-10"]);
    agrees(&document, &files);
    for (market, _, day, _) in CLOCKS {
        let on = CLOCKS
            .iter()
            .filter(|other| (other.0, other.2) == (market, day));
        let row = rows(&document, "daily")
            .iter()
            .find(|row| row["period"] == day && row["sales_channel"] == MARKETS[market].0);
        assert_eq!(row.unwrap()["orders"], on.count(), "{day}");
    }
    for row in rows(&document, "hours") {
        let at = CLOCKS.iter().filter(|(.., day, hour)| {
            let weekday = self::day(day).format("%A").to_string();
            row["weekday"] == weekday && row["hour"] == *hour
        });
        assert_eq!(row["orders_placed"], at.count(), "{row}");
    }
}

#[test]
fn a_year_ends_in_the_middle_of_a_week() {
    let lines = sold(0, "2026-11-30", "2027-01-18", 11);
    let weeks = [
        ("2026-11-30", "2026-12-14", "2026-12-14T12:00:00Z"),
        ("2026-12-07", "2026-12-28", "2026-12-28T12:00:00Z"),
        ("2026-12-21", "2027-01-04", "2027-01-04T12:00:00Z"),
        ("2026-12-31", "2027-01-18", "2027-01-18T12:00:00Z"),
    ];
    let files: Files = weeks
        .iter()
        .map(|(first, end, downloaded)| {
            let file = orders("A6", &lines, [*first, *end], downloaded);
            (format!("reports/{first}.txt"), file)
        })
        .collect();
    let (folder, _) = written(&files);
    let document = every_command(folder.path(), &["reports"], ["2026-W53", "2027-W01"]);
    agrees(&document, &files);
    let mut labels: Vec<String> = rows(&document, "weekly")
        .iter()
        .filter(|row| row["sales_channel"] == "Amazon.co.uk")
        .map(|row| {
            ["period", "first_day", "last_day"]
                .map(|name| row[name].as_str().unwrap())
                .join(" ")
        })
        .collect();
    labels.dedup();
    let expected = [
        "2026-W49 2026-11-30 2026-12-06",
        "2026-W50 2026-12-07 2026-12-13",
        "2026-W51 2026-12-14 2026-12-20",
        "2026-W52 2026-12-21 2026-12-27",
        "2026-W53 2026-12-28 2027-01-03",
        "2027-W01 2027-01-04 2027-01-10",
        "2027-W02 2027-01-11 2027-01-17",
    ];
    assert_eq!(labels, expected);
    // London's days are those of UTC in winter: the orders of every side are counted off the lines.
    let compared = |then: &str, now: &str| -> Value {
        let text = done(
            folder.path(),
            &["compare", then, now, "reports", "--format", "json", "-q"],
        );
        serde_json::from_str(&text).unwrap()
    };
    for (then, now, [first_then, end_then], [first, end]) in [
        (
            "2026-W53",
            "2027-W01",
            ["2026-12-28", "2027-01-04"],
            ["2027-01-04", "2027-01-11"],
        ),
        (
            "2026-12",
            "2027-01",
            ["2026-12-01", "2027-01-01"],
            ["2027-01-01", "2027-02-01"],
        ),
        (
            "2026",
            "2027",
            ["2026-01-01", "2027-01-01"],
            ["2027-01-01", "2028-01-01"],
        ),
        (
            "2026-12-31",
            "2027-01-01",
            ["2026-12-31", "2027-01-01"],
            ["2027-01-01", "2027-01-02"],
        ),
    ] {
        let document = compared(then, now);
        let orders = |first: &str, end: &str| {
            let mut orders: Vec<&str> = lines
                .iter()
                .filter(|line| line.channel == "Amazon.co.uk" && !line.cancelled)
                .filter(|line| {
                    day(first) <= line.bought.date_naive() && line.bought.date_naive() < day(end)
                })
                .map(|line| line.order.as_str())
                .collect();
            orders.dedup();
            i64::try_from(orders.len()).unwrap()
        };
        let channel = rows(&document, "comparison")
            .iter()
            .filter(|row| row["level"] == "channel" && row["sales_channel"] == "Amazon.co.uk");
        let sums = channel.fold([0, 0], |[now, then], row| {
            [
                now + row["orders"].as_i64().unwrap(),
                then + row["orders_then"].as_i64().unwrap(),
            ]
        });
        assert_eq!(
            sums,
            [orders(first, end), orders(first_then, end_then)],
            "{then} {now}"
        );
    }
}

#[test]
fn a_gap_over_a_year_s_end() {
    let lines = sold(0, "2026-11-30", "2027-01-18", 11);
    // Of two files with the turn of the year between them, in London alone.
    let london: Vec<Line> = lines
        .into_iter()
        .filter(|line| line.channel == "Amazon.co.uk")
        .collect();
    let files: Files = [
        (
            "a.txt",
            ["2026-11-30", "2026-12-28"],
            "2026-12-28T12:00:00Z",
        ),
        (
            "b.txt",
            ["2027-01-09", "2027-01-18"],
            "2027-01-18T12:00:00Z",
        ),
    ]
    .map(|(name, days, downloaded)| (name.to_owned(), orders("A6", &london, days, downloaded)))
    .into();
    let (folder, _) = written(&files);
    let document = every_command(folder.path(), &["a.txt", "b.txt"], ["2026-12", "2027-01"]);
    agrees(&document, &files);
    let missing: Vec<String> = rows(&document, "coverage")
        .iter()
        .filter(|row| row["found"] == "missing")
        .map(|row| {
            format!(
                "{} {} {}",
                row["first_day"].as_str().unwrap(),
                row["last_day"].as_str().unwrap(),
                row["days"]
            )
        })
        .collect();
    assert_eq!(missing, ["2026-12-28 2027-01-08 12"]);
}
