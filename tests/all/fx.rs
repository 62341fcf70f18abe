//! `--fx` against a naive conversion: what the lines of a day sold, times the rate that a list gives when it is read aloud.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::common::contract;
use crate::common::run::{all_orders, json as json_of, named, of_files, plain};
use chrono::{Datelike, Days, NaiveDate};
use ordersift::field::{Currency, Day, Rates};
use ordersift::options::Options;
use serde_json::{Value, json};

/// Date, currency, rate as text.
type List = Vec<(NaiveDate, &'static str, String)>;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A list for every working day of summer; the rates of some currencies have more decimals than others, and those of Canada
/// begin late.
fn list() -> List {
    let mut list = List::new();
    let mut on = day("2025-01-01");
    while on < day("2027-01-01") {
        let step = on.ordinal();
        if on.weekday().num_days_from_monday() < 5 {
            list.push((on, "EUR", format!("1.{:04}", 500 + step)));
            list.push((on, "GBP", format!("1.2{:09}", step * 1_234_567)));
            list.push((on, "JPY", format!("0.006{step:03}")));
            list.push((on, "SEK", format!("0.09{step:03}")));
            list.push((on, "MXN", format!("0.05{step:03}")));
            if on >= day("2026-07-06") {
                list.push((on, "CAD", format!("0.7{step:03}")));
            }
        }
        on = on + Days::new(1);
    }
    list
}

fn currency(text: &str) -> Currency {
    Currency::read(text.as_bytes()).unwrap().unwrap()
}

fn rates(list: &List, target: &str) -> Rates {
    let mut rates = Rates::new("rates.csv".into(), currency(target));
    for (on, of, rate) in list {
        let day = Day::read(on.to_string().as_bytes()).unwrap();
        assert!(rates.add(currency(of), day, Rates::read(rate).unwrap()));
    }
    rates
}

/// An amount of ten-thousandths converted, by looking back day by day for a rate, and with digits of text.
fn naive(amount: i128, of: &str, on: NaiveDate, list: &List, target: &str) -> Option<i128> {
    if amount == 0 || of == target {
        return Some(amount);
    }
    let rate = (0..7).find_map(|back| {
        let on = on - Days::new(back);
        list.iter()
            .find(|(day, currency, _)| (*day, *currency) == (on, of))
    });
    let (whole, decimals) = rate?.2.split_once('.').unwrap();
    let scale = 10_i128.pow(u32::try_from(decimals.len()).unwrap());
    let product = amount * format!("{whole}{decimals}").parse::<i128>().unwrap();
    let (low, rest) = (product.div_euclid(scale), product.rem_euclid(scale));
    let up = 2 * rest > scale || 2 * rest == scale && product > 0;
    Some(low + i128::from(up))
}

/// Ten-thousandths.
fn money(value: &Value) -> Option<i128> {
    let text = value.as_str()?;
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    Some(format!("{whole}{part:0<4}").parse().unwrap())
}

/// The row that a cell belongs to.
type Of<'o> = &'o dyn Fn(NaiveDate, &[String]) -> Vec<String>;

/// By day, and whatever else the cell is of: what sold, and in which currency.
type Cells = BTreeMap<(NaiveDate, Vec<String>), i128>;

/// What the lines of a file sold, by day and these names, of which the last is the currency.
fn cells(bytes: &[u8], names: &[&'static str]) -> Cells {
    let mut cells = Cells::new();
    for line in contract::read(bytes).into_iter().flatten() {
        let key = names.iter().map(|name| line.0[name].clone()).collect();
        *cells.entry((day(&line.0["day"]), key)).or_default() += line.1["sales"];
    }
    cells
}

fn converted(bytes: &[u8], options: &Options) -> Value {
    let document = of_files(&named([bytes]), options).unwrap();
    serde_json::from_str(&json_of(&document)).unwrap()
}

/// Compares every row of a table; gives how many had a sum, and how many lacked a rate.
fn check(
    document: &Value,
    table: &str,
    expected: &BTreeMap<Vec<String>, Option<i128>>,
    keys: &[&str],
    target: &str,
) -> [usize; 2] {
    let mut counts = [0; 2];
    for row in document["tables"][table]["rows"].as_array().unwrap() {
        let key: Vec<String> = keys
            .iter()
            .map(|name| row[name].as_str().unwrap_or("").to_owned())
            .collect();
        if row["currency"].is_null() {
            assert!(
                row["sales_converted"].is_null() && row["converted_currency"].is_null(),
                "{row}"
            );
            continue;
        }
        let wanted = expected.get(&key).copied().unwrap_or(Some(0));
        assert_eq!(money(&row["sales_converted"]), wanted, "{table} {row}");
        let named = wanted.map_or(Value::Null, |_| json!(target));
        assert_eq!(row["converted_currency"], named, "{row}");
        counts[usize::from(wanted.is_none())] += 1;
    }
    counts
}

#[test]
fn every_table_adds_what_the_days_come_to() {
    let list = list();
    for (seed, target) in [(1, "USD"), (2, "EUR")] {
        let bytes = all_orders(8_000, seed, false, true);
        let options = Options {
            rates: Some(rates(&list, target)),
            ..plain()
        };
        let document = converted(&bytes, &options);
        assert_eq!(document["options"]["fx"], format!("{target} rates.csv"));
        // Rates to the euro would be other ones; that these are odd changes nothing.
        let list: List = list
            .iter()
            .filter(|(_, of, _)| *of != target)
            .cloned()
            .collect();
        let daily = cells(&bytes, &["sales_channel", "fulfillment", "currency"]);
        let value = |(on, key): &(NaiveDate, Vec<String>), sum: i128| {
            naive(sum, key.last().unwrap(), *on, &list, target)
        };
        let week = |on: NaiveDate| on - Days::new(on.weekday().num_days_from_monday().into());
        let month = |on: NaiveDate| on.with_day(1).unwrap();
        let first = |on: NaiveDate, key: &[String]| [&[on.to_string()], key].concat();
        let tables: [(&str, &[&str], Of<'_>); 5] = [
            ("fulfillment", &["fulfillment", "currency"], &|_, key| {
                key[1..].to_vec()
            }),
            (
                "channels",
                &["sales_channel", "fulfillment", "currency"],
                &|_, key| key.to_vec(),
            ),
            (
                "daily",
                &["first_day", "sales_channel", "fulfillment", "currency"],
                &|on, key| first(on, key),
            ),
            (
                "weekly",
                &["first_day", "sales_channel", "fulfillment", "currency"],
                &|on, key| first(week(on), key),
            ),
            (
                "monthly",
                &["first_day", "sales_channel", "fulfillment", "currency"],
                &|on, key| first(month(on), key),
            ),
        ];
        let sum = |cells: &Cells, of: Of<'_>| {
            let mut sums: BTreeMap<Vec<String>, Option<i128>> = BTreeMap::new();
            for (cell, amount) in cells {
                let known = sums.entry(of(cell.0, &cell.1)).or_insert(Some(0));
                *known = known
                    .zip(value(cell, *amount))
                    .map(|(sum, more)| sum + more);
            }
            sums
        };
        for (table, keys, of) in tables {
            let [known, unknown] = check(&document, table, &sum(&daily, of), keys, target);
            assert!(
                known > 3 && unknown > 0,
                "{table} {seed}: {known} {unknown}"
            );
        }
        let skus = sum(&cells(&bytes, &["sku", "currency"]), &|_, key| key.to_vec());
        let [known, unknown] = check(&document, "skus", &skus, &["sku", "currency"], target);
        assert!(known > 100 && unknown > 0, "{known} {unknown}");
        let by_day = cells(&bytes, &["currency"]);
        let missing: Vec<_> = by_day
            .iter()
            .filter(|(cell, sum)| !cell.1[0].is_empty() && value(cell, **sum).is_none())
            .collect();
        let quality = document["tables"]["quality"]["rows"].as_array().unwrap();
        let row = quality
            .iter()
            .find(|row| row["check"] == "fx_missing")
            .unwrap();
        let ((on, of), _) = missing[0];
        assert_eq!(
            (&row["count"], &row["example_place"]),
            (&json!(missing.len()), &json!(format!("{} {on}", of[0])))
        );
    }
}

#[test]
fn without_rates_nothing_is_there_and_with_them_all_else_is_the_same() {
    let bytes = all_orders(4_000, 3, false, true);
    let without = converted(&bytes, &plain());
    let text = without["tables"].to_string();
    assert!(!text.contains("converted") && !text.contains("fx_missing"));
    let options = Options {
        rates: Some(rates(&list(), "USD")),
        ..plain()
    };
    let mut with = converted(&bytes, &options);
    let tables = with["tables"].as_object_mut().unwrap();
    let mut added = Vec::new();
    for (name, table) in tables.iter_mut() {
        let columns = table["columns"].as_array_mut().unwrap();
        let before = columns.len();
        let sales = columns.iter().position(|column| column["name"] == "sales");
        if let Some(at) = columns
            .iter()
            .position(|column| column["name"] == "sales_converted")
        {
            assert_eq!(Some(at), sales.map(|sales| sales + 1));
        }
        columns.retain(|column| {
            !["sales_converted", "converted_currency"].contains(&column["name"].as_str().unwrap())
        });
        if columns.len() < before {
            added.push(name.clone());
        }
        let rows = table["rows"].as_array_mut().unwrap();
        rows.retain(|row| row["check"] != "fx_missing");
        for row in rows {
            row.as_object_mut().unwrap().remove("sales_converted");
            row.as_object_mut().unwrap().remove("converted_currency");
        }
    }
    assert_eq!(with["tables"], without["tables"]);
    added.sort_unstable();
    assert_eq!(
        added,
        [
            "channels",
            "daily",
            "fulfillment",
            "monthly",
            "skus",
            "weekly"
        ]
    );
}

const HEADER: &str = "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\tsku\titem-status\tquantity\tcurrency\titem-price\n";

/// Two weeks of two shops: ten euros and ten pounds on two Mondays, and on Saturday and Sunday after the second.
fn shops() -> String {
    let mut text = HEADER.to_owned();
    for (number, day) in (1..).zip(["2026-07-06", "2026-07-13", "2026-07-18", "2026-07-19"]) {
        for (shop, currency) in [("de", "EUR"), ("co.uk", "GBP")] {
            let line = format!(
                "{}-0000000-{number:07}\t{day}T10:00:00Z\t{day}T19:00:00Z\tShipped\tAmazon\tAmazon.{shop}\tMUG\tShipped\t1\t{currency}\t10\n",
                if shop == "de" { 111 } else { 222 }
            );
            text.push_str(&line);
        }
    }
    text
}

fn program(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ordersift"));
    command
        .current_dir(folder)
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1");
    command.args(args).output().unwrap()
}

fn folder(rates: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    std::fs::write(path.join("shops.txt"), shops()).unwrap();
    std::fs::write(path.join("rates.csv"), rates).unwrap();
    (folder, path)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_rate_holds_over_the_weekend_and_for_seven_days_at_most() {
    // That of Monday 13 holds to Sunday 19; that of the 12th does not.
    let list = "date,currency,USD\n2026-07-06,EUR,1.5\n2026-07-13,EUR,1.1\n2026-07-06,GBP,1.3\n2026-07-12,GBP,1.2\n";
    let (_folder, path) = folder(list);
    let output = program(
        &path,
        &[
            "report",
            "shops.txt",
            "--fx",
            "rates.csv",
            "--table",
            "channels",
            "--format",
            "csv",
        ],
    );
    let found: Vec<String> = text(&output.stdout)
        .lines()
        .skip(1)
        .map(|line| {
            line.split(',')
                .skip(8)
                .take(3)
                .collect::<Vec<_>>()
                .join(",")
        })
        .collect();
    // Pounds, then euros: of the pounds the 19th is not known, so their sum is not.
    assert_eq!(
        found,
        ["40.00,,", "40.00,48.00,USD"].map(str::to_owned),
        "{}",
        text(&output.stdout)
    );
    assert!(
        text(&output.stderr).contains("no rate for 1 day by currency, first GBP 2026-07-19"),
        "{}",
        text(&output.stderr)
    );
    let screen = program(&path, &["report", "shops.txt", "--fx", "rates.csv"]);
    let screen = text(&screen.stdout);
    assert!(
        screen.contains("Converted  USD unknown: a day has no rate · at the rates of rates.csv"),
        "{screen}"
    );
    assert!(screen.contains("1 day by currency has no rate"), "{screen}");
}

#[test]
fn the_screen_says_what_all_comes_to_and_compare_too() {
    let list = "date;currency;rate_usd\n2026-07-06;EUR;1,5\n2026-07-13;EUR;1,1\n2026-07-06;GBP;2\n2026-07-13;GBP;2\n";
    let (_folder, path) = folder(list);
    let screen = text(&program(&path, &["report", "shops.txt", "--fx", "rates.csv"]).stdout);
    // 3 x 10 x 1.1 + 3 x 10 x 2 against 10 x 1.5 + 10 x 2.
    assert!(
        screen.contains("Converted  USD 93.00 (+165.7 %) · at the rates of rates.csv"),
        "{screen}"
    );
    let args = [
        "compare",
        "2026-W28",
        "2026-W29",
        "shops.txt",
        "--fx",
        "rates.csv",
    ];
    let screen = text(&program(&path, &args).stdout);
    assert!(
        screen.contains("Converted  USD 93.00 (+165.7 %)"),
        "{screen}"
    );
    let csv = text(&program(&path, &[&args[..], &["--format", "csv"]].concat()).stdout);
    let row = csv
        .lines()
        .find(|line| line.starts_with("converted,"))
        .unwrap();
    assert!(
        row.starts_with("converted,,,,,USD,6,2,2.000000,6,2,2.000000,93.00,35.00,58.00,1.657143,"),
        "{row}"
    );
    let plain = program(
        &path,
        &[
            "compare",
            "2026-W28",
            "2026-W29",
            "shops.txt",
            "--format",
            "csv",
        ],
    );
    let rest: Vec<&str> = csv
        .lines()
        .filter(|line| !line.starts_with("converted,"))
        .collect();
    assert_eq!(rest, text(&plain.stdout).lines().collect::<Vec<_>>());
}

#[test]
fn every_format_writes_the_column_and_explain_knows_it() {
    let (_folder, path) = folder(
        "date,currency,rate_usd\n2026-07-06,EUR,1.5\n2026-07-13,EUR,1.1\n2026-07-06,GBP,2\n2026-07-13,GBP,2\n",
    );
    let args = [
        "report",
        "shops.txt",
        "--fx",
        "rates.csv",
        "--out",
        "out",
        "--format",
        "json,csv,html,xlsx,md,parquet",
    ];
    let output = program(&path, &args);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    for file in [
        "report.json",
        "report.html",
        "report.md",
        "tables/weekly.csv",
        "tables/weekly.parquet",
    ] {
        let bytes = std::fs::read(path.join("out").join(file)).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let named = text.contains("sales_converted") || text.contains("Sales converted");
        assert!(named, "{file}");
    }
    let json: Value =
        serde_json::from_slice(&std::fs::read(path.join("out/report.json")).unwrap()).unwrap();
    assert!(
        json["definitions"]["skus"]
            .as_str()
            .unwrap()
            .contains("--fx FILE")
    );
    let page = text(&program(&path, &["explain", "sales_converted"]).stdout);
    assert!(
        page.contains("column of fulfillment, channels, daily, weekly, monthly, skus"),
        "{page}"
    );
}

#[test]
fn wrong_rates_are_told_with_their_line() {
    for (list, told) in [
        ("", "rates.csv:1: there is no header"),
        (
            "day,currency,rate\n",
            "rates.csv:1: the header is not date, currency, rate",
        ),
        (
            "date,currency,rate,more\n",
            "rates.csv:1: the header is not date, currency, rate",
        ),
        (
            "date,currency,price\n",
            "rates.csv:1: `price` is neither `rate` nor a currency",
        ),
        (
            "date,currency,rate_usd\n2026-07-32,EUR,1\n",
            "rates.csv:2: `2026-07-32` is not a day",
        ),
        (
            "date,currency,rate_usd\n2026-07-01,EURO,1\n",
            "rates.csv:2: `EURO` is not a currency",
        ),
        (
            "date,currency,rate_usd\n\n2026-07-01,EUR,0\n",
            "rates.csv:3: `0` is not a rate",
        ),
        (
            "date,currency,rate_usd\n2026-07-01,EUR,-1.1\n",
            "rates.csv:2: `-1.1` is not a rate",
        ),
        (
            "date,currency,rate_usd\n2026-07-01,EUR,1.12345678901\n",
            "is not a rate: a number above zero of at most ten decimals",
        ),
        (
            "date,currency,rate_usd\n2026-07-01,EUR\n",
            "rates.csv:2: not a date, a currency and a rate",
        ),
        (
            "date,currency,rate_usd\n2026-07-01,EUR,1,1\n",
            "rates.csv:2: 4 cells, the header has 3",
        ),
        (
            "date,currency,rate_usd\n2026-07-01,EUR,1.1\n2026-07-01,EUR,1.2\n",
            "rates.csv:3: another rate of EUR on 2026-07-01",
        ),
        (
            "date,currency,rate_usd\n2026-07-01,USD,1.1\n",
            "rates.csv:2: USD in USD is 1, not this",
        ),
        (
            "date,currency,rate\n2026-07-01,EUR,1.1\n",
            "`rate` does not say of what currency",
        ),
    ] {
        let (_folder, path) = folder(list);
        for args in [
            &["report", "shops.txt", "--fx", "rates.csv"][..],
            &[
                "compare",
                "2026-W28",
                "2026-W29",
                "shops.txt",
                "--fx",
                "rates.csv",
            ],
        ] {
            let output = program(&path, args);
            let error = text(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{list:?}: {error}");
            assert!(
                error.contains(told) && error.contains("help: "),
                "{list:?}: {error}"
            );
        }
    }
    let (_folder, path) = folder("");
    let output = program(&path, &["report", "shops.txt", "--fx", "none.csv"]);
    assert!(text(&output.stderr).contains("none.csv: cannot be read"));
}

#[test]
fn a_plain_rate_is_of_the_currency_that_is_one() {
    let (_folder, path) = folder(
        "\u{feff}Currency,\"Rate\",Date\nEUR,1.5,2026-07-06\nEUR,1.1,2026-07-13\nusd,1,2026-07-06\nGBP,2,2026-07-06\nGBP,2,2026-07-13\n",
    );
    let output = program(
        &path,
        &[
            "report",
            "shops.txt",
            "--fx",
            "rates.csv",
            "--table",
            "channels",
            "--format",
            "csv",
        ],
    );
    assert!(
        text(&output.stdout).contains(",40.00,48.00,USD,"),
        "{}{}",
        text(&output.stdout),
        text(&output.stderr)
    );
}
