//! `compare` against the naive engine: the lines of every side, cut out of the file, counted by themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::common::contract;
use crate::common::reference::{self, Tables};
use crate::common::run::{Files, all_orders, json as json_of, named, of_days, plain, written};
use ordersift::field::{Range, WeekStart};
use ordersift::input;
use ordersift::pipeline::{self, SideInputs, Unwatched};
use serde_json::{Map, Value, json};

/// The document that compares two ranges of files.
fn compared(files: &[(String, Vec<u8>)], then: &str, now: &str) -> Value {
    let (_folder, paths) = written(files);
    let inputs = input::gather(&paths, &[]).unwrap();
    let side = |name: &str| {
        let range = Range::read(name, WeekStart::Monday).unwrap().unwrap();
        let options = of_days(Some(range.first), Some(range.last), plain());
        let inputs = SideInputs {
            name,
            inputs: &inputs,
            options: &options,
        };
        pipeline::side(inputs, &Unwatched).unwrap()
    };
    let document = pipeline::compare(side(then), side(now), true).unwrap();
    serde_json::from_str(&json_of(&document)).unwrap()
}

/// The lines of these days, of every order's newest snapshot, as a file. Their days are those of the naive engine.
fn only(bytes: &[u8], first: &str, last: &str) -> Vec<u8> {
    let mut lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let mut kept = lines.next().unwrap().to_vec();
    // What the naive engine takes for no line at all.
    let is_line = |line: &&[u8]| {
        !line.trim_ascii().is_empty() && !line.trim_ascii().starts_with(b"amazon-order-id")
    };
    let lines = lines.filter(is_line);
    for (line, fact) in lines.zip(contract::read(bytes)) {
        let inside = fact.is_some_and(|fact| {
            let day = fact.0["day"].as_str();
            first <= day && day <= last
        });
        if inside {
            kept.extend(line);
        }
    }
    kept
}

/// Ten-thousandths.
fn money(value: &Value) -> Option<i128> {
    let text = value.as_str()?;
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    Some(format!("{whole}{part:0<4}").parse().unwrap())
}

/// Rounded half away from zero.
fn quotient(part: i128, whole: i128) -> Option<i128> {
    let half = (2 * part.abs() + whole).checked_div(2 * whole)?;
    Some(half * part.signum())
}

/// A change as tables write it.
fn change(now: i128, then: i128) -> Value {
    if then <= 0 {
        return Value::Null;
    }
    let millionths = quotient((now - then) * 1_000_000, then).unwrap();
    let sign = if millionths < 0 { "-" } else { "" };
    let size = millionths.abs();
    json!(format!(
        "{sign}{}.{:06}",
        size / 1_000_000,
        size % 1_000_000
    ))
}

type Key = (&'static str, String, String, String, String);

/// What the naive engine says of a side: orders placed, orders, units, sales by row; asp and aov where its tables have them.
type Naive = BTreeMap<Key, ([i128; 4], Option<[Value; 2]>)>;

fn naive(tables: &Tables) -> Naive {
    let mut rows = Naive::new();
    let text = |row: &Map<String, Value>, name: &str| row[name].as_str().unwrap_or("").to_owned();
    for row in &tables["channels"] {
        let count = |name: &str| i128::from(row[name].as_i64().unwrap());
        let sums = [
            count("orders_placed"),
            count("orders"),
            count("units"),
            money(&row["sales"]).unwrap_or(0),
        ];
        let (channel, who) = (text(row, "sales_channel"), text(row, "fulfillment"));
        let currency = text(row, "currency");
        let mut keys = vec![(
            "channel",
            channel.clone(),
            who.clone(),
            String::new(),
            currency.clone(),
        )];
        if !channel.to_lowercase().starts_with("non-amazon") {
            let none = String::new;
            keys.push(("fulfillment", none(), who, none(), currency.clone()));
            keys.push(("all", none(), none(), none(), currency));
        }
        for key in keys {
            let averages =
                (key.0 == "channel").then(|| ["asp", "aov"].map(|name| row[name].clone()));
            let known = rows.entry(key).or_insert(([0; 4], averages));
            (0..4).for_each(|at| known.0[at] += sums[at]);
        }
    }
    for row in &tables["skus"] {
        let count = |name: &str| i128::from(row[name].as_i64().unwrap());
        let key = (
            "sku",
            String::new(),
            String::new(),
            text(row, "sku"),
            text(row, "currency"),
        );
        let sums = [
            0,
            count("orders"),
            count("units"),
            money(&row["sales"]).unwrap_or(0),
        ];
        rows.insert(key, (sums, None));
    }
    rows
}

/// Compares a document with the naive engine's tables of both sides; gives how many rows there were.
fn check(document: &Value, then: &Tables, now: &Tables, days: [i128; 2]) -> usize {
    let (then, now) = (naive(then), naive(now));
    let sold = |sums: &[i128; 4]| sums[..3].iter().sum::<i128>() > 0;
    let expected: BTreeSet<&Key> = then
        .iter()
        .chain(&now)
        .filter(|(_, (sums, _))| sold(sums))
        .map(|(key, _)| key)
        .collect();
    let rows = document["tables"]["comparison"]["rows"].as_array().unwrap();
    // What lacks days is compared by the day, if at all.
    let partial = ["then", "now"].map(|side| document["compared"][side]["partial"] == true);
    let change_of_sums = |now: i128, then: i128| match partial {
        [false, false] => change(now, then),
        _ => Value::Null,
    };
    let mut seen = BTreeSet::new();
    for row in rows {
        let text = |name: &str| row[name].as_str().unwrap_or("").to_owned();
        let level = ["all", "fulfillment", "channel", "sku"]
            .into_iter()
            .find(|level| *level == text("level"))
            .unwrap();
        let key = (
            level,
            text("sales_channel"),
            text("fulfillment"),
            text("sku"),
            text("currency"),
        );
        assert!(expected.contains(&key) && seen.insert(key.clone()), "{row}");
        let [t, n] = [&then, &now].map(|side| side.get(&key).map_or([0; 4], |(sums, _)| *sums));
        for (place, name) in [(1, "orders"), (2, "units")] {
            assert_eq!(row[name], json!(n[place]), "{row}");
            assert_eq!(row[format!("{name}_then")], json!(t[place]), "{row}");
            assert_eq!(
                row[format!("{name}_change")],
                change_of_sums(n[place], t[place]),
                "{row}"
            );
        }
        let mark = match (t[1], n[1]) {
            (0, 1..) => json!("new"),
            (1.., 0) => json!("gone"),
            _ => Value::Null,
        };
        assert_eq!(row["mark"], mark, "{row}");
        let [days_then, days_now] = days;
        if key.4.is_empty() {
            assert!(
                row["sales"].is_null() && row["sales_difference"].is_null(),
                "{row}"
            );
        } else {
            assert_eq!(money(&row["sales"]), Some(n[3]), "{row}");
            assert_eq!(money(&row["sales_then"]), Some(t[3]), "{row}");
            assert_eq!(money(&row["sales_difference"]), Some(n[3] - t[3]), "{row}");
            assert_eq!(row["sales_change"], change_of_sums(n[3], t[3]), "{row}");
            assert_eq!(
                money(&row["sales_per_day"]),
                quotient(n[3], days_now),
                "{row}"
            );
            assert_eq!(
                money(&row["sales_per_day_then"]),
                quotient(t[3], days_then),
                "{row}"
            );
            let a_day = change(n[3] * days_then, t[3] * days_now);
            assert_eq!(row["sales_per_day_change"], a_day, "{row}");
        }
        for (side, [asp, aov, share]) in [
            (&now, ["asp", "aov", "cancelled_share"]),
            (&then, ["asp_then", "aov_then", "cancelled_share_then"]),
        ] {
            if let Some((_, Some([asp_naive, aov_naive]))) = side.get(&key) {
                assert_eq!([&row[asp], &row[aov]], [asp_naive, aov_naive], "{row}");
            }
            // Of every currency of the row's channel and fulfillment.
            let whole = side.iter().filter(|(other, _)| {
                (other.0, &other.1, &other.2) == (key.0, &key.1, &key.2) && level != "sku"
            });
            let orders = whole.fold([0; 2], |sum, (_, (sums, _))| {
                [sum[0] + sums[0], sum[1] + sums[1]]
            });
            let cancelled = quotient((orders[0] - orders[1]) * 1_000_000, orders[0]);
            let found = row[share]
                .as_str()
                .map(|text| text.replace('.', "").parse().unwrap());
            assert_eq!(found, cancelled, "{row}");
        }
    }
    assert_eq!(rows.len(), expected.len());
    rows.len()
}

#[test]
fn ranges_of_one_file_are_compared_as_the_naive_engine_does() {
    for (seed, then, now, spans, days) in [
        (
            1,
            "2026-06",
            "2026-07",
            [("2026-06-01", "2026-06-30"), ("2026-07-01", "2026-07-31")],
            [30, 31],
        ),
        (
            2,
            "2026-W28",
            "2026-W29",
            [("2026-07-06", "2026-07-12"), ("2026-07-13", "2026-07-19")],
            [7, 7],
        ),
        (
            3,
            "2026-07-03..2026-07-05",
            "2026-07-10",
            [("2026-07-03", "2026-07-05"), ("2026-07-10", "2026-07-10")],
            [3, 1],
        ),
    ] {
        let bytes = all_orders(9_000, seed, false, true);
        let document = compared(&named([&bytes]), then, now);
        let [before, after] =
            spans.map(|(first, last)| reference::tables(&named([only(&bytes, first, last)])));
        let told = &document["compared"];
        let days = if told["now"]["partial"] == true || told["then"]["partial"] == true {
            [&told["then"], &told["now"]].map(|side| i128::from(side["days"].as_i64().unwrap()))
        } else {
            days
        };
        let rows = check(&document, &before, &after, days);
        assert!(rows > 100, "a test that compares nothing: {rows}");
    }
}

#[test]
fn folders_are_compared_each_by_itself() {
    let sides: [Files; 2] = [
        named([all_orders(3_000, 4, false, false)]),
        named([all_orders(3_000, 4, true, false)]),
    ];
    let read = |name, files: &Files| {
        let (_folder, paths) = written(files);
        let inputs = input::gather(&paths, &[]).unwrap();
        let inputs = SideInputs {
            name,
            inputs: &inputs,
            options: &plain(),
        };
        pipeline::side(inputs, &Unwatched).unwrap()
    };
    let (then, now) = (read("then", &sides[0]), read("now", &sides[1]));
    let days = [&then.days, &now.days].map(|side| i128::from(side.days));
    let lines = then.document.control.lines_read + now.document.control.lines_read;
    let document = pipeline::compare(then, now, false).unwrap();
    assert!(document.control.lines_read == lines && document.control.adds_up());
    let document: Value = serde_json::from_str(&json_of(&document)).unwrap();
    let [then, now] = sides.map(|files| reference::tables(&files));
    assert!(check(&document, &then, &now, days) > 100);
}

#[test]
fn skus_stand_in_the_order_of_their_weight() {
    let document = compared(
        &named([all_orders(9_000, 5, false, false)]),
        "2026-06",
        "2026-07",
    );
    let rows = document["tables"]["comparison"]["rows"].as_array().unwrap();
    let skus: Vec<&Value> = rows.iter().filter(|row| row["level"] == "sku").collect();
    let key = |row: &&Value| {
        let difference = money(&row["sales_difference"]).unwrap_or(0).abs();
        let text = |name: &str| row[name].as_str().unwrap_or("").to_owned();
        (text("currency"), -difference, text("sku"))
    };
    assert!(skus.len() > 50 && skus.is_sorted_by_key(key));
    assert!(skus.iter().any(|row| !row["product_name"].is_null()));
}

const HEADER: &str = "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\tsku\titem-status\tquantity\tcurrency\titem-price\n";

fn line(number: u32, day: &str, status: &str, price: &str) -> String {
    let currency = if price.is_empty() { "" } else { "USD" };
    format!(
        "111-0000000-{number:07}\t{day}T18:00:00Z\t{day}T19:00:00Z\t{status}\tAmazon\tAmazon.com\tMUG\t{status}\t1\t{currency}\t{price}\n"
    )
}

/// One shop, from Wednesday 15 to Sunday 26 July.
fn shop() -> String {
    [
        HEADER.to_owned(),
        line(1, "2026-07-15", "Shipped", "5"),
        line(2, "2026-07-16", "Cancelled", ""),
        line(3, "2026-07-20", "Shipped", "10"),
        line(4, "2026-07-26", "Shipped", "10"),
    ]
    .concat()
}

#[test]
fn a_range_that_is_not_covered_is_marked_and_compared_by_the_day() {
    let document = compared(&named([shop()]), "2026-W29", "2026-W30");
    assert_eq!(
        document["compared"]["then"],
        json!({"name": "2026-W29", "first_day": "2026-07-15", "last_day": "2026-07-19", "days": 5, "partial": true})
    );
    assert_eq!(document["compared"]["now"]["partial"], false);
    let row = &document["tables"]["comparison"]["rows"][1];
    assert_eq!(
        (&row["level"], &row["currency"]),
        (&json!("all"), &json!("USD"))
    );
    assert_eq!((&row["days_then"], &row["days"]), (&json!(5), &json!(7)));
    assert_eq!(row["partial_sides"], "then");
    assert_eq!(
        (&row["sales_per_day"], &row["sales_per_day_then"]),
        (&json!("2.8571"), &json!("1.00"))
    );
    assert_eq!(row["sales_per_day_change"], "1.857143");
    // The cancelled order states no currency, and is in the share all the same.
    assert_eq!(row["cancelled_share_then"], "0.500000");
    assert_eq!(row["cancelled_share_points"], "-0.500000");
}

#[test]
fn a_day_without_sales_inside_the_files_is_no_gap() {
    let document = compared(
        &named([shop()]),
        "2026-07-17..2026-07-19",
        "2026-07-20..2026-07-22",
    );
    assert_eq!(document["compared"]["then"]["partial"], false);
    let rows = document["tables"]["comparison"]["rows"].as_array().unwrap();
    assert!(
        rows.iter()
            .all(|row| row["mark"] == "new" && row["days_then"] == 3)
    );
}

fn program(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ordersift"));
    command
        .current_dir(folder)
        .env("COLUMNS", "80")
        .env("NO_COLOR", "1");
    command.args(args).output().unwrap()
}

fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    std::fs::write(path.join("shop.txt"), shop()).unwrap();
    (folder, path)
}

#[test]
fn every_wrong_use_says_what_to_type() {
    let (_folder, path) = folder();
    for (args, told) in [
        (
            &["2026-W29", "2026-W30"][..],
            "`ordersift compare 2026-W29 2026-W30 PATH...`",
        ),
        (
            &["2026-W29", "shop.txt"],
            "`ordersift compare 2026-W29 RANGE PATH...`",
        ),
        (
            &["shop.txt", "2026-W29"],
            "`ordersift compare RANGE 2026-W29 PATH...`",
        ),
        (
            &["shop.txt", "shop.txt", "shop.txt"],
            "two folders or files take no third: `shop.txt`",
        ),
        (
            &["2026-W29", "2026-W54", "shop.txt"],
            "`2026-W54` is not a range: there is no such week",
        ),
        (
            &["2026-07-20..2026-07-13", "2026", "shop.txt"],
            "it ends before it begins",
        ),
        (
            &["2026-W29", "2026-W30", "shop.txt", "--from", "2026-07-15"],
            "--from and --to say it again",
        ),
        (
            &["shop.txt", "shop.txt", "--account", "us=shop.txt"],
            "two folders are two runs",
        ),
        (&["-", "-"], "standard input can be one side, not both"),
        (
            &["2025-W29", "2026-W30", "shop.txt"],
            "2025-W29: no day of it is in the files, which cover 2026-07-15 to 2026-07-26",
        ),
        (&["july/", "shop.txt"], "july/: cannot be read"),
        (
            &["2026-W29", "2026-W30", "shop.txt", "--format", "json,csv"],
            "standard output takes one format",
        ),
    ] {
        let output = program(&path, &[&["compare"], args].concat());
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {text}");
        assert!(
            text.contains(told) && text.contains("help: "),
            "{args:?}: {text}"
        );
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn the_screen_says_how_much_where_and_which() {
    let (_folder, path) = folder();
    let output = program(
        &path,
        &[
            "compare",
            "2026-07-15..2026-07-19",
            "2026-07-20..2026-07-24",
            "shop.txt",
        ],
    );
    let expected = "
2026-07-20 to 2026-07-24 against 2026-07-15 to 2026-07-19

                 orders  change  units       sales  difference    change
Amazon.com  FBA       1   0.0 %      1  USD  10.00       +5.00  +100.0 %

    SKU       sales  then  difference    change
Up  MUG  USD  10.00  5.00       +5.00  +100.0 %

Then       2026-07-15 to 2026-07-19, 5 days
Now        2026-07-20 to 2026-07-24, 5 days
Cancelled  0.0 % of orders placed, 50.0 % then
Data       4 lines read = 4 kept + 0 superseded + 0 repeated + 0 rejected
";
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0));
    let (_, screen) = text.split_once('\n').unwrap();
    assert_eq!(screen, expected);
}

#[test]
fn partial_and_uneven_ranges_are_said() {
    let (_folder, path) = folder();
    let output = program(&path, &["compare", "2026-W29", "2026-W30", "shop.txt"]);
    let (screen, told) = (
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    );
    assert!(
        told.contains(
            "2026-W29 is partial: of the days asked for, the files hold 2026-07-15 to 2026-07-19"
        ),
        "{told}"
    );
    assert!(
        told.contains("5 days then, 7 now: compare sales per day"),
        "{told}"
    );
    assert!(
        screen.contains("5 days, partial")
            && screen.contains("A day      USD 2.86, 1.00 then (+185.7 %)"),
        "{screen}"
    );
    let both = program(&path, &["compare", "2026-07", "2026-W30", "shop.txt"]);
    assert!(
        String::from_utf8(both.stderr)
            .unwrap()
            .contains("the ranges have days in common")
    );
    let turned = program(&path, &["compare", "2026-07-20", "2026-07-15", "shop.txt"]);
    assert!(
        String::from_utf8(turned.stderr)
            .unwrap()
            .contains("the first range is the later one")
    );
}

#[test]
fn every_format_writes_it_and_a_folder_is_published() {
    let (_folder, path) = folder();
    let args = |format| {
        [
            "compare", "2026-W29", "2026-W30", "shop.txt", "--format", format,
        ]
    };
    for format in ["json", "csv", "html", "xlsx", "md", "parquet", "terminal"] {
        let output = program(&path, &args(format));
        assert_eq!(output.status.code(), Some(0), "{format}");
        assert!(output.stdout.len() > 100, "{format}");
    }
    let page = String::from_utf8(program(&path, &args("md")).stdout).unwrap();
    assert!(page.starts_with("## 2026-W30 against 2026-W29"), "{page}");
    assert!(
        page.contains("- **A day**: USD 2.86, 1.00 then") && !page.contains("To ship"),
        "{page}"
    );
    let output = program(
        &path,
        &[
            "compare", "2026-W29", "2026-W30", "shop.txt", "--out", "monday",
        ],
    );
    assert_eq!(output.status.code(), Some(0));
    let names = ["report.json", "tables/comparison.csv", "manifest.json"];
    assert!(
        names
            .iter()
            .all(|name| path.join("monday").join(name).is_file())
    );
    let two = program(
        &path,
        &["compare", "./shop.txt", "./shop.txt", "--out", "twice"],
    );
    assert_eq!(two.status.code(), Some(0));
    let manifest: Value =
        serde_json::from_slice(&std::fs::read(path.join("twice/manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["inputs"].as_array().unwrap().len(), 2);
    assert_eq!(manifest["control"]["lines_read"], 8);
    assert_eq!(
        manifest["options"]["then"],
        "shop.txt: 2026-07-15 to 2026-07-26, 12 days"
    );
}

#[test]
fn filters_apply_to_both_sides_and_cover_nothing_less() {
    let (_folder, path) = folder();
    let args = [
        "compare",
        "2026-07-15..2026-07-19",
        "2026-W30",
        "shop.txt",
        "--format",
        "json",
        "--sku",
        "CUP",
    ];
    let output = program(&path, &args);
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["tables"]["comparison"]["rows"], json!([]));
    assert_eq!(document["compared"]["then"]["partial"], false);
    assert_eq!(document["options"]["sku"], "CUP");
}

#[test]
fn explain_knows_the_table() {
    let (_folder, path) = folder();
    let output = program(&path, &["explain", "comparison"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        text.contains("comparison: table, Then and now") && text.contains("sales_per_day_change"),
        "{text}"
    );
    let column = program(&path, &["explain", "partial_sides"]);
    assert!(
        String::from_utf8(column.stdout)
            .unwrap()
            .contains("column of comparison")
    );
}
