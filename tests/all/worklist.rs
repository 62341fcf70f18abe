//! The worklist line by line against one that is worked out from the text of the file, at several moments: on the invented
//! backlogs, and on real ones where `ORDERSIFT_REAL` names their folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::run::{json, of_paths};
use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use ordersift::field::Moment;
use ordersift::options::Options;
use serde_json::Value;

type Cells<'t> = BTreeMap<&'t str, &'t str>;

/// Order, item, SKU, units, days overdue, bucket, cancel-by, verge.
type Line = (
    String,
    String,
    String,
    i64,
    Option<i64>,
    String,
    Option<String>,
    Option<bool>,
);

fn zone(cells: &Cells<'_>) -> Tz {
    let channel = cells.get("sales-channel").copied().unwrap_or_default();
    match (
        channel,
        cells.get("ship-country").copied().unwrap_or_default(),
    ) {
        ("Amazon.com" | "Amazon.ca", _) | ("", "US" | "CA") => Tz::America__Los_Angeles,
        ("Amazon.co.uk", _) | ("", "GB") => Tz::Europe__London,
        ("Amazon.de", _) | ("", "DE") => Tz::Europe__Paris,
        ("Amazon.co.jp", _) | ("", "JP") => Tz::Asia__Tokyo,
        other => panic!("{other:?}"),
    }
}

fn moment(text: &str) -> Option<DateTime<Utc>> {
    Some(DateTime::parse_from_rfc3339(text).ok()?.to_utc())
}

fn business(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

fn seven_business_days_after(day: NaiveDate) -> NaiveDate {
    let mut days = (1..)
        .map(|days| day + Days::new(days))
        .filter(|day| business(*day));
    days.nth(6).unwrap()
}

fn worked_out(text: &str, as_of: DateTime<Utc>) -> Vec<Line> {
    let mut rows = text
        .lines()
        .map(|row| row.split('\t').map(str::trim).collect::<Vec<_>>());
    let header: Vec<String> = rows
        .next()
        .unwrap()
        .iter()
        .map(|name| name.to_lowercase())
        .collect();
    let rows: Vec<Cells<'_>> = rows
        .filter(|row| row.len() == header.len())
        .map(|row| header.iter().map(String::as_str).zip(row).collect())
        .filter(|cells: &Cells<'_>| cells["quantity-to-ship"] != "0")
        .collect();
    let of_order = |order: &str| {
        rows.iter()
            .filter(|cells| cells["order-id"] == order)
            .collect::<Vec<_>>()
    };
    let mut lines = Vec::new();
    for cells in &rows {
        let order = of_order(cells["order-id"]);
        let promise = order
            .iter()
            .filter_map(|cells| moment(cells["promise-date"]))
            .min();
        let hold = order.iter().any(|cells| {
            cells
                .get("is-buyer-requested-cancellation")
                .is_some_and(|cell| cell.eq_ignore_ascii_case("true"))
        });
        let local = |moment: DateTime<Utc>| moment.with_timezone(&zone(order[0])).date_naive();
        let today = local(as_of);
        let overdue = promise.map(|promise| (today - local(promise)).num_days());
        let cancel_by = promise.map(|promise| seven_business_days_after(local(promise)));
        let before = |day: NaiveDate| {
            (1..9)
                .map(|days| day - Days::new(days))
                .find(|day| business(*day))
                .unwrap()
        };
        let bucket = match overdue {
            _ if hold => "hold",
            None => "no_promise",
            _ if today > cancel_by.unwrap() => "past_cancel_by",
            Some(8..) => "overdue_8_plus",
            Some(4..) => "overdue_4_7",
            Some(2..) => "overdue_2_3",
            Some(1) => "overdue_1",
            Some(0) if as_of > promise.unwrap() => "overdue_today",
            Some(0) => "due_today",
            Some(-1) => "due_tomorrow",
            Some(_) => "later",
        };
        lines.push((
            cells["order-id"].to_owned(),
            cells["order-item-id"].to_owned(),
            cells["sku"].to_owned(),
            cells["quantity-to-ship"].parse().unwrap(),
            overdue,
            bucket.to_owned(),
            cancel_by.map(|day| day.to_string()),
            cancel_by.map(|day| today >= before(day)),
        ));
    }
    lines.sort();
    lines
}

fn listed(path: &Path, as_of: DateTime<Utc>) -> Vec<Line> {
    let options = Options {
        as_of: Some((Moment::at(as_of.timestamp()), "test".into())),
        ..Options::default()
    };
    let document = of_paths(&[path.to_owned()], &options).unwrap();
    let document: Value = serde_json::from_str(&json(&document)).unwrap();
    let rows = document["tables"]["worklist"]["rows"].as_array().unwrap();
    let text = |row: &Value, name: &str| row[name].as_str().map(str::to_owned);
    let mut lines: Vec<Line> = rows
        .iter()
        .map(|row| {
            (
                text(row, "order_id").unwrap(),
                text(row, "order_item_id").unwrap(),
                text(row, "sku").unwrap(),
                row["quantity_to_ship"].as_i64().unwrap(),
                row["days_overdue"].as_i64(),
                text(row, "bucket").unwrap(),
                text(row, "cancel_by"),
                row["near_auto_cancel"].as_bool(),
            )
        })
        .collect();
    lines.sort();
    lines
}

/// Lines of every file of a folder, each file alone, at six moments from its newest line on.
fn compared(folder: &Path) -> usize {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut compared = 0;
    for path in files {
        if path.is_dir() {
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        let text: String = bytes.iter().map(|&byte| char::from(byte)).collect();
        if !text.starts_with("order-id\torder-item-id") {
            continue;
        }
        let dates = text.split(['\t', '\n']).filter_map(moment);
        let newest = dates.filter(|date| date.year() < 2100).max().unwrap() - TimeDelta::days(16);
        for hours in [0, 49, 24 * 9 + 3, 24 * 13 + 11, 24 * 18 + 20, 24 * 40] {
            let as_of = newest + TimeDelta::hours(hours);
            let expected = worked_out(&text, as_of);
            // Texts of other encodings are compared where they are names of nothing.
            let found = listed(&path, as_of);
            assert_eq!(found.len(), expected.len(), "{} {as_of}", path.display());
            for (found, expected) in found.iter().zip(&expected) {
                assert_eq!(found, expected, "{} {as_of}", path.display());
            }
            compared += found.len();
        }
    }
    compared
}

#[test]
fn every_line_of_the_invented_backlogs_is_as_it_is_worked_out() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    assert!(compared(&fixtures.join("first-week")) > 300);
}

#[test]
fn every_line_of_real_backlogs_is_as_it_is_worked_out() {
    let Some(real) = std::env::var_os("ORDERSIFT_REAL") else {
        return;
    };
    for folder in ["us-unshipped-2025", "jp-unshipped"] {
        let lines = compared(&Path::new(&real).join(folder));
        assert!(lines > 200, "{folder}: {lines} lines");
    }
}
