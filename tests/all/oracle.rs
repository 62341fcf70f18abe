//! Three engines, one answer: the program, a naive reading of METRICS, and polars reading the files by itself.

use crate::common::nasty::{self, Report};
use crate::common::run::{Files, all_orders, named, published, value};
use crate::common::{first_difference, oracle, reference};
use ordersift::report::{Dialect, Kind, detect};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The first difference between the document and the naive engine.
fn difference(files: &[(String, Vec<u8>)], document: &Value) -> Option<String> {
    let (read, kept, superseded, repeated, rejected) = reference::control(files);
    let totals = [
        ("lines_read", read),
        ("kept", kept),
        ("superseded", superseded),
        ("repeated", repeated),
        ("rejected", rejected),
    ];
    for (name, total) in totals {
        if document["control"][name] != total {
            return Some(format!(
                "control {name}: expected {total}, found {}",
                document["control"][name]
            ));
        }
    }
    first_difference(&reference::tables(files), document)
}

fn agrees(files: &[(String, Vec<u8>)]) {
    if let Some(difference) = difference(files, &value(files)) {
        panic!("{difference}");
    }
}

/// The same by both oracles. The files must be clean.
fn all_three_agree(files: &[(String, Vec<u8>)]) {
    agrees(files);
    oracle::assert_matches(&value(files), &oracle::totals(files).unwrap());
}

#[test]
fn a_clean_file_gives_what_both_oracles_say() {
    all_three_agree(&named([all_orders(2500, 1, false, false)]));
}

#[test]
fn two_overlapping_files_give_what_both_oracles_say() {
    all_three_agree(&named([
        all_orders(2000, 2, false, false),
        all_orders(2000, 2, true, false),
    ]));
}

#[test]
fn three_overlapping_files_give_what_both_oracles_say() {
    let earlier = all_orders(1500, 3, false, false);
    let middle = earlier[..earlier.len() / 2].to_vec();
    let end = middle.iter().rposition(|byte| *byte == b'\n').unwrap();
    all_three_agree(&named([
        all_orders(1500, 3, true, false),
        earlier.clone(),
        middle[..=end].to_vec(),
        earlier,
    ]));
}

#[test]
fn the_files_of_two_sellers_add_up() {
    all_three_agree(&named([
        all_orders(800, 4, false, false),
        all_orders(700, 5, false, false),
    ]));
}

#[test]
fn dirty_files_give_what_the_naive_engine_says() {
    for seed in [6, 7] {
        agrees(&named([
            all_orders(1500, seed, false, true),
            all_orders(1500, seed, true, true),
        ]));
    }
}

#[test]
fn an_order_of_a_hundred_skus_that_disagree_counts_once_for_each() {
    let header = "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\t\
                  fulfillment-channel\tsales-channel\tsku\titem-status\tquantity\tcurrency\t\
                  item-price\n";
    let line = |number: usize| {
        let order = number % 7 / 6;
        let status = if number == 150 { "Pending" } else { "Shipped" };
        let currency = ["USD", "CAD", "CAD"][number % 3];
        format!(
            "111-0000000-000000{order}\t2026-07-20T10:00:00Z\t\t{status}\tAmazon\tAmazon.com\t\
             S{:02}\t\t1\t{currency}\t1.5\n",
            number % 100
        )
    };
    let lines: String = (0..300).map(line).collect();
    all_three_agree(&named([format!("{header}{lines}")]));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nasty_files_give_what_the_naive_engine_says(reports in vec(nasty::all_orders(14), 1..4)) {
        let files = named(reports.iter().map(Report::bytes));
        let difference = difference(&files, &published(&files)?);
        prop_assert!(difference.is_none(), "{}", difference.unwrap());
    }
}

/// The tab-separated all-orders files of a folder and the folders in it, under their paths from there.
fn all_orders_of(folder: &Path) -> Files {
    let mut files = Files::new();
    let mut open = vec![folder.to_owned()];
    while let Some(inner) = open.pop() {
        for entry in std::fs::read_dir(inner).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            if detect(&bytes, true).is_ok_and(|report| {
                report.spec.kind == Kind::AllOrders && report.dialect == Dialect::Tabs
            }) {
                files.push((
                    path.strip_prefix(folder).unwrap().display().to_string(),
                    bytes,
                ));
            }
        }
    }
    files.sort();
    files
}

/// Compares over the all-orders files of every folder in a folder; says how many there were.
fn every_folder_of(folder: &Path) -> usize {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(folder).map_or(Vec::new(), |entries| {
        entries.map(|entry| entry.unwrap().path()).collect()
    });
    folders.sort();
    let folders = folders
        .into_iter()
        .filter(|path| path.is_dir())
        .map(|path| (all_orders_of(&path), path));
    let mut compared = 0;
    for (files, path) in folders.filter(|(files, _)| !files.is_empty()) {
        let plain_tabs = files
            .iter()
            .all(|(_, bytes)| bytes.starts_with(b"amazon-order-id\t"));
        let document = value(&files);
        if let Some(difference) = difference(&files, &document) {
            panic!("{}: {difference}", path.display());
        }
        if plain_tabs && document["control"]["rejected"] == 0 {
            oracle::assert_matches(&document, &oracle::totals(&files).unwrap());
        }
        compared += 1;
    }
    compared
}

#[test]
fn every_fixture_gives_what_the_oracles_say() {
    every_folder_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"));
}

/// For use by hand: `ORDERSIFT_REAL=FOLDER cargo test --test all oracle::real`, each folder in it being one seller's.
#[test]
fn real_files_give_what_the_oracles_say() {
    let Some(folder) = std::env::var_os("ORDERSIFT_REAL") else {
        return;
    };
    assert!(
        every_folder_of(Path::new(&folder)) > 0,
        "no all-orders file in any folder there"
    );
}
