//! `convert`: the lines of a run as a file of columns, and the same numbers from it as from the reports.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use crate::common::history::History;
use crate::common::roads::{OF_FILES, OF_SNAPSHOTS, cells, converted, difference, kept, parquet};
use crate::common::run::{
    all_orders, filtered, in_pieces, named, of_days, of_paths, sample, tolerant, written,
};
use ordersift::convert::{ConvertError, Form, convert};
use ordersift::field::OrderIds;
use ordersift::input::{self, Input};
use ordersift::pipeline::{Plan, Unwatched};
use ordersift::sample::SampleKind;
use ordersift::table::Document;
use ordersift::typed::{Lines, Look, Part};
use polars::prelude::*;

#[test]
fn converted_lines_are_utf_8_and_nothing_more_is_said_of_their_encoding() {
    let (_folder, paths) = written(&named([all_orders(20, 1, false, false)]));
    let (_kept, path) = kept(&parquet(&paths).0);
    let document = of_paths(&[path], &tolerant()).unwrap();
    let sources = document.table("sources").unwrap();
    assert_eq!(sources.text(0, "encoding"), "utf-8");
}

fn same_tables(reports: &Document, lines: &Document, but: &[&str], what: &str) {
    assert_eq!(lines.control.rejected, 0, "{what}");
    if let Some(difference) = difference(reports, lines, &[&OF_FILES, but].concat()) {
        panic!("{what}: {difference}");
    }
}

/// The fixtures whose inputs are all-orders and unshipped reports only.
fn fixtures() -> Vec<PathBuf> {
    let folders = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")).unwrap();
    let mut folders: Vec<PathBuf> = folders.map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders.retain(|folder| {
        let inputs = inputs(folder);
        let plan = Plan::new(&inputs, &tolerant(), &Unwatched).unwrap();
        plan.reports()
            .all(|(.., report)| ordersift::convert::converts(report))
    });
    folders
}

/// The inputs of a fixture, without its expected tables.
fn paths_of(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.is_file() && path.extension().is_none_or(|end| end != "md"));
    paths.sort();
    paths
}

fn inputs(folder: &Path) -> Vec<Input> {
    input::gather(&paths_of(folder), &[]).unwrap()
}

#[test]
fn every_fixture_gives_the_same_tables_from_its_lines_as_from_its_reports() {
    let folders = fixtures();
    assert!(folders.len() > 10, "{folders:?}");
    for folder in folders {
        let paths = paths_of(&folder);
        let reports = of_paths(&paths, &tolerant()).unwrap();
        let (bytes, written) = parquet(&paths);
        assert_eq!(written.control, reports.control, "{}", folder.display());
        let (_folder, path) = kept(&bytes);
        let lines = of_paths(&[path], &tolerant()).unwrap();
        same_tables(
            &reports,
            &lines,
            &OF_SNAPSHOTS,
            &folder.display().to_string(),
        );
    }
}

#[test]
fn the_late_rate_of_one_snapshot_is_the_same_too() {
    let files = named([
        all_orders(2_000, 7, false, false),
        sample(SampleKind::Unshipped, 2_000, 7, false, false),
    ]);
    let (_folder, paths) = written_files(&files);
    let reports = of_paths(&paths, &tolerant()).unwrap();
    let (_kept, path) = kept(&parquet(&paths).0);
    let lines = of_paths(&[path], &tolerant()).unwrap();
    assert!(reports.table("worklist").unwrap().height() > 0);
    same_tables(&reports, &lines, &[], "one snapshot");
}

use self::written as written_files;

/// Overlapping downloads with damaged lines, and the backlog of the same orders.
fn dirty() -> Vec<(String, Vec<u8>)> {
    named([
        all_orders(4_000, 3, false, true),
        all_orders(4_000, 3, true, true),
        sample(SampleKind::Unshipped, 4_000, 3, false, true),
        all_orders(4_000, 3, false, true),
    ])
}

#[test]
fn dirt_and_overlap_change_nothing_and_no_thread_count_or_piece_changes_a_byte() {
    let (_folder, paths) = written_files(&dirty());
    let reports = of_paths(&paths, &tolerant()).unwrap();
    let (bytes, written) = parquet(&paths);
    assert_eq!(written.control, reports.control);
    assert!(written.control.superseded > 0 && written.control.repeated > 0);
    assert!(written.control.rejected > 0);
    let (_kept, path) = kept(&bytes);
    same_tables(
        &reports,
        &of_paths(&[path], &tolerant()).unwrap(),
        &OF_SNAPSHOTS,
        "dirt",
    );
    let csv = Form::Csv { raw_text: false };
    let (text, _) = converted(&paths, &tolerant(), csv).unwrap();
    for (threads, chunk) in [(1, 10_000), (2, 64), (7, 1 << 20)] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        let options = in_pieces(chunk, tolerant());
        pool.build().unwrap().install(|| {
            let (again, counted) = converted(&paths, &options, Form::Parquet).unwrap();
            assert!(again == bytes, "{threads} threads, pieces of {chunk}");
            assert_eq!(counted, written);
            assert!(converted(&paths, &options, csv).unwrap().0 == text);
        });
    }
}

#[test]
fn a_missing_file_is_a_gap_within_the_lines_of_the_others() {
    let history = History {
        seed: 7,
        weeks: 15,
        orders: 150,
        dead: Some((6, 12)),
        lost: Some(6),
        ..History::default()
    };
    let (_folder, paths) = written(&history.files(&history.sold()));
    let reports = of_paths(&paths, &tolerant()).unwrap();
    let (_kept, path) = kept(&parquet(&paths).0);
    let lines = of_paths(&[path], &tolerant()).unwrap();
    same_tables(&reports, &lines, &[], "a missing file");
    let named = reports.table("anomalies").unwrap().height();
    assert_eq!(named, 1, "the SKU that is sold no more");
}

#[test]
fn lines_of_several_row_groups_are_all_there_and_numbered() {
    let report = all_orders(140_000, 11, false, false);
    let (_folder, paths) = written_files(&named([&report]));
    let (bytes, written) = parquet(&paths);
    assert_eq!(written.control.kept, 140_000);
    let frame = ParquetReader::new(Cursor::new(&bytes)).finish().unwrap();
    assert_eq!(frame.height(), 140_000);
    let numbers = frame.column("line").unwrap().i64().unwrap();
    assert!(numbers.iter().flatten().eq(2..140_002));
    let (_kept, path) = kept(&bytes);
    let reports = of_paths(&paths, &tolerant()).unwrap();
    same_tables(
        &reports,
        &of_paths(&[path], &tolerant()).unwrap(),
        &[],
        "groups",
    );
}

/// Sums of live lines by the texts of some columns, as polars reads the file: units, and sales in ten-thousandths.
fn grouped(frame: &DataFrame, keys: &[&str]) -> BTreeMap<Vec<String>, (u64, i128)> {
    let text = |name: &str, row: usize| {
        let column = frame.column(name).unwrap().str().unwrap();
        column.get(row).unwrap_or_default().to_owned()
    };
    let live = frame.column("live").unwrap().bool().unwrap();
    let quantity = frame.column("quantity").unwrap().i32().unwrap();
    let prices = frame.column("item_price").unwrap();
    assert_eq!(prices.dtype(), &DataType::Decimal(18, 4));
    let prices = prices.decimal().unwrap().physical().clone();
    let mut sums: BTreeMap<Vec<String>, (u64, i128)> = BTreeMap::new();
    for row in 0..frame.height() {
        let key: Vec<String> = keys.iter().map(|key| text(key, row)).collect();
        let (units, sales) = sums.entry(key).or_default();
        if live.get(row) == Some(true) {
            *units += u64::try_from(quantity.get(row).unwrap()).unwrap();
            *sales += prices.get(row).unwrap_or_default();
        }
    }
    sums
}

#[test]
fn what_polars_adds_up_is_what_the_tables_say() {
    let (_folder, paths) = written_files(&dirty()[..2]);
    let document = of_paths(&paths, &tolerant()).unwrap();
    let frame = ParquetReader::new(Cursor::new(parquet(&paths).0))
        .finish()
        .unwrap();
    let types = ["purchase_date", "purchase_day", "live", "line"].map(|name| {
        let column = frame.column(name).unwrap();
        column.dtype().to_string()
    });
    assert!(
        types[0].starts_with("datetime[μs") && types[0].contains("+00:00"),
        "{types:?}"
    );
    assert_eq!(types[1..], ["date", "bool", "i64"]);
    for (name, keys) in [
        (
            "channels",
            &["sales_channel", "fulfillment", "currency"][..],
        ),
        ("fulfillment", &["fulfillment", "currency"][..]),
    ] {
        let table = document.table(name).unwrap();
        let sums = grouped(&frame, keys);
        let text = |row: usize, column: &str| table.text(row, column);
        let (mut units, mut sales) = (0_u64, 0_i128);
        for row in 0..table.height() {
            let key: Vec<String> = keys.iter().map(|key| text(row, key)).collect();
            let found = sums.get(&key).copied().unwrap_or_default();
            assert_eq!(text(row, "units"), found.0.to_string(), "{name} {key:?}");
            let said = text(row, "sales").replace('.', "");
            // An unpriced group has no sales, and a sum of nothing is none.
            let said: i128 = if said.is_empty() {
                0
            } else {
                said.parse().unwrap()
            };
            let scale = if key.last().unwrap() == "JPY" {
                10_000
            } else {
                100
            };
            assert_eq!(said * scale, found.1, "{name} {key:?}");
            units += found.0;
            sales += found.1;
        }
        assert!(units > 0 && sales > 0);
        assert_eq!(sums.values().map(|sum| sum.0).sum::<u64>(), units, "{name}");
    }
}

#[test]
fn a_converted_file_converted_again_differs_only_in_where_its_lines_stood() {
    let (_folder, paths) = written_files(&dirty()[..3]);
    let (bytes, first) = parquet(&paths);
    let (_kept, path) = kept(&bytes);
    let (again, second) = parquet(std::slice::from_ref(&path));
    assert_eq!(first.control.kept, second.control.kept);
    assert_eq!(second.control.kept, second.control.lines_read);
    let read = |bytes: Vec<u8>| {
        let frame = ParquetReader::new(Cursor::new(bytes)).finish().unwrap();
        frame.drop("file").unwrap().drop("line").unwrap()
    };
    // The backlog stands last in both.
    assert!(read(bytes).equals_missing(&read(again.clone())));
    let (_kept, path) = kept(&again);
    assert!(parquet(&[path]).0 == again, "the third is the second");
}

/// Everything that is awkward in a quoted file: tabs, line ends and quotation marks in texts, days without a time, decimal commas.
const QUOTED: &str = "amazon-order-id,purchase-date,last-updated-date,order-status,fulfillment-channel,sales-channel,sku,asin,product-name,item-status,quantity,currency,item-price,item-tax,shipping-tax,gift-wrap-tax,ship-promotion-discount,promotion-ids\r\n\
\"odd\tid\",2026-07-20,2026-07-21,Shipped,Amazon,Amazon.com,\"A\nB\",B1,\"say \"\"hi\"\"\r\nthere\tnow\",Shipped,1,USD,999999999999.9999,999999999999.9999,999999999999.9999,999999999999.9999,-5,\"a,b\"\r\n\
111-0000000-0000001,2026-07-20T23:59:59-07:00,,Cancelled,Merchant,Amazon.com,\"\"\"X\"\"\",,=1+1,,2,USD,1.5,,,,,\r\n\
111-0000000-0000002,9999-12-31T23:59:59-23:59,0000-01-01T00:00:00+23:59,Pending,?,Non-Amazon US,Y,,\u{fffd},,3,,,,,,,\r\n";

#[test]
fn tabs_line_ends_days_without_a_time_and_the_largest_amounts_survive() {
    let files = vec![("a.csv".to_owned(), QUOTED.as_bytes().to_vec())];
    let (_folder, paths) = written_files(&files);
    let reports = of_paths(&paths, &tolerant()).unwrap();
    assert_eq!((reports.control.kept, reports.control.rejected), (3, 0));
    let (bytes, _) = parquet(&paths);
    let (_kept, path) = kept(&bytes);
    let lines = of_paths(std::slice::from_ref(&path), &tolerant()).unwrap();
    same_tables(&reports, &lines, &[], "quoted");
    let frame = ParquetReader::new(Cursor::new(&bytes)).finish().unwrap();
    let nulls = |name: &str| frame.column(name).unwrap().null_count();
    assert_eq!((nulls("purchase_date"), nulls("purchase_day")), (1, 0));
    assert_eq!(
        (nulls("last_updated_date"), nulls("last_updated_day")),
        (2, 2)
    );
    let (again, _) = parquet(&[path]);
    let again = ParquetReader::new(Cursor::new(&again)).finish().unwrap();
    let but = |frame: &DataFrame| frame.drop("file").unwrap().drop("line").unwrap();
    assert!(but(&frame).equals_missing(&but(&again)));
}

#[test]
fn a_file_whose_encoding_shows_late_is_converted_in_it() {
    let mut report = all_orders(5_000, 5, false, false);
    report.retain(u8::is_ascii);
    assert!(report.len() > 1 << 20, "its head says nothing");
    let line = report
        .split_inclusive(|byte| *byte == b'\n')
        .nth(1)
        .unwrap()
        .to_vec();
    let line = String::from_utf8(line).unwrap();
    let names = "\u{c9}t\u{e9} fran\u{e7}ais, gr\u{f6}\u{df}er f\u{fc}r M\u{e4}nner";
    let product = line.split('\t').nth(10).unwrap().to_owned();
    let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(names);
    let at = line.find(&product).unwrap();
    for _ in 0..9 {
        report.extend_from_slice(&line.as_bytes()[..at]);
        report.extend_from_slice(&latin);
        report.extend_from_slice(&line.as_bytes()[at + product.len()..]);
    }
    let (_folder, paths) = written_files(&named([&report]));
    let (bytes, written) = parquet(&paths);
    assert_eq!(written.replaced, 0);
    let frame = ParquetReader::new(Cursor::new(&bytes)).finish().unwrap();
    let said = frame
        .column("product_name")
        .unwrap()
        .str()
        .unwrap()
        .iter()
        .flatten();
    assert_eq!(said.filter(|text| *text == names).count(), 9);
    let reports = of_paths(&paths, &tolerant()).unwrap();
    let (_kept, path) = kept(&bytes);
    same_tables(
        &reports,
        &of_paths(&[path], &tolerant()).unwrap(),
        &[],
        "late",
    );
}

#[test]
fn only_what_is_asked_for_is_written_and_the_rest_is_counted() {
    let (_folder, paths) = written_files(&dirty()[..3]);
    let filter = ordersift::field::Filter {
        fulfillments: vec![ordersift::field::Fulfillment::Merchant],
        channels: vec!["amazon.com".into()],
        ..Default::default()
    };
    let from = ordersift::field::Day::read(b"2026-07-10");
    let options = filtered(filter, of_days(from, None, tolerant()));
    let (bytes, written) = converted(&paths, &options, Form::Parquet).unwrap();
    let frame = ParquetReader::new(Cursor::new(&bytes)).finish().unwrap();
    assert_eq!(
        frame.height() as u64,
        written.control.kept - written.outside
    );
    assert!(written.outside > 0 && frame.height() > 0);
    let document = of_paths(&paths, &options).unwrap();
    let (_kept, path) = kept(&bytes);
    let lines = of_paths(&[path], &options).unwrap();
    for name in [
        "channels",
        "fulfillment",
        "status",
        "skus",
        "worklist",
        "late",
    ] {
        let of = |document: &Document| cells(document.table(name).unwrap());
        assert_eq!(of(&document), of(&lines), "{name}");
    }
}

/// The lines of each of the parts of a file, or that it is refused. Never a panic.
fn shown(bytes: &[u8]) -> Option<Vec<String>> {
    let lines = Lines::open(Cursor::new(bytes)).ok()?.ok()?;
    let parts = Part::ALL.map(|part| {
        let (mut text, ids) = (String::new(), OrderIds::default());
        for group in 0..lines.groups() {
            let rows = lines.group(Cursor::new(bytes), group, part, Look::All);
            let rows = rows.ok()?;
            for row in 0..rows.len() {
                let shown = match part {
                    Part::Orders => format!("{:?}", rows.order(row, &ids)),
                    Part::Backlog => format!("{:?}", rows.unshipped(row, &ids)),
                };
                text.push_str(&shown);
            }
        }
        Some(text)
    });
    parts.into_iter().collect()
}

#[test]
fn no_change_of_a_byte_and_no_cut_changes_a_line_or_goes_unnoticed() {
    let (_folder, paths) = written_files(&named([
        all_orders(30, 1, false, false),
        sample(SampleKind::Unshipped, 300, 1, false, false),
    ]));
    let (bytes, _) = parquet(&paths);
    let sound = shown(&bytes).unwrap();
    assert!(sound.iter().all(|text| text.len() > 300));
    for len in 0..bytes.len() {
        assert!(shown(&bytes[..len]).is_none(), "cut at {len}");
    }
    let (mut refused, mut unmoved) = (0, 0);
    for at in 0..bytes.len() {
        let change = [1, 0x10, 0x80, 0xff][at % 4];
        let mut changed = bytes.clone();
        changed[at] ^= change;
        match shown(&changed) {
            None => refused += 1,
            Some(text) => {
                assert!(text == sound, "byte {at} ^ {change:#x} is another line");
                unmoved += 1;
            }
        }
    }
    // What may change unnoticed is what nobody reads: statistics, and who wrote it.
    assert!(refused > unmoved, "{refused} refused, {unmoved} the same");
}

#[test]
fn the_same_lines_in_two_converted_files_are_counted_once_and_others_are_no_copy() {
    let report = all_orders(3_000, 4, false, false);
    let folder = tempfile::tempdir().unwrap();
    let convert = |name: &str, report: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, report).unwrap();
        let lines = path.with_extension("parquet");
        fs::write(&lines, parquet(&[path]).0).unwrap();
        lines
    };
    let first = convert("a.txt", &report);
    // Other bytes, the same lines.
    let text = String::from_utf8_lossy(&report).replace('\n', "\r\n");
    let same = convert("b.txt", text.as_bytes());
    let other = convert("c.txt", &report[..report.len() / 2]);
    let control = |paths: &[PathBuf]| of_paths(paths, &tolerant()).unwrap().control;
    let twice = control(&[first.clone(), same]);
    assert_eq!((twice.kept, twice.repeated), (3_000, 3_000));
    let overlap = control(&[first, other]);
    assert_eq!((overlap.kept, overlap.repeated), (3_000, 0));
    assert!(overlap.superseded > 1_000);
}

#[test]
fn damaged_and_foreign_files_are_refused_by_name() {
    let (_folder, paths) = written_files(&named([all_orders(30, 1, false, false)]));
    let (bytes, _) = parquet(&paths);
    let refusal = |bytes: &[u8]| {
        let (_folder, path) = kept(bytes);
        of_paths(&[path], &tolerant()).unwrap_err().to_string()
    };
    let cut = refusal(&bytes[..bytes.len() / 2]);
    assert!(
        cut.starts_with("lines.parquet: a Parquet file that is cut short or damaged"),
        "{cut}"
    );
    let mut flipped = bytes.clone();
    flipped[100] ^= 1;
    let flipped = refusal(&flipped);
    assert!(flipped.contains("its checksum is another one"), "{flipped}");
    let mut frame = df!("sku" => ["A"], "units" => [1]).unwrap();
    let mut other = Vec::new();
    ParquetWriter::new(&mut other).finish(&mut frame).unwrap();
    let foreign = refusal(&other);
    assert!(
        foreign.contains("did not write") && foreign.contains("`ordersift.lines` = 1"),
        "{foreign}"
    );
    let newer = memchr_replace(
        &bytes,
        b"ordersift.lines\x18\x011",
        b"ordersift.lines\x18\x012",
    );
    let newer = refusal(&newer);
    assert!(newer.contains("is 2; this program reads 1"), "{newer}");
}

fn memchr_replace(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = bytes
        .windows(from.len())
        .position(|window| window == from)
        .unwrap();
    [&bytes[..at], to, &bytes[at + from.len()..]].concat()
}

#[test]
fn a_csv_has_the_same_cells_and_guards_what_would_run() {
    let files = vec![("a.csv".to_owned(), QUOTED.as_bytes().to_vec())];
    let (_folder, paths) = written_files(&files);
    let (text, written) = converted(&paths, &tolerant(), Form::Csv { raw_text: false }).unwrap();
    let (raw, none) = converted(&paths, &tolerant(), Form::Csv { raw_text: true }).unwrap();
    assert_eq!((written.guarded, none.guarded), (1, 0));
    let read = |text: &[u8]| {
        let mut reader = csv::Reader::from_reader(text);
        let header: Vec<String> = reader
            .headers()
            .unwrap()
            .iter()
            .map(str::to_owned)
            .collect();
        let rows = reader.records().map(|row| {
            let row = row.unwrap();
            header
                .iter()
                .cloned()
                .zip(row.iter().map(str::to_owned))
                .collect()
        });
        rows.collect::<Vec<BTreeMap<String, String>>>()
    };
    let (guarded, raw) = (read(&text), read(&raw));
    assert_eq!((guarded.len(), raw.len()), (3, 3));
    assert_eq!(raw[0]["order_id"], "odd\tid");
    assert_eq!(raw[0]["product_name"], "say \"hi\"\r\nthere\tnow");
    assert_eq!(raw[0]["tax"], "2999999999999.9997");
    assert_eq!(
        (
            raw[0]["purchase_date"].as_str(),
            raw[0]["purchase_day"].as_str()
        ),
        ("", "2026-07-20")
    );
    assert_eq!(
        (
            raw[1]["product_name"].as_str(),
            guarded[1]["product_name"].as_str()
        ),
        ("=1+1", "'=1+1")
    );
    assert_eq!(
        (raw[1]["purchase_date"].as_str(), raw[1]["live"].as_str()),
        ("2026-07-21T06:59:59Z", "false")
    );
    assert_eq!(
        (
            raw[2]["item_price"].as_str(),
            raw[2]["fulfillment"].as_str()
        ),
        ("", "unknown")
    );
}

#[test]
fn what_cannot_be_written_leaves_nothing_behind() {
    struct Full(usize);
    impl Write for Full {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 = self
                .0
                .checked_sub(bytes.len())
                .ok_or(std::io::ErrorKind::StorageFull)?;
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let (_folder, paths) = written_files(&named([all_orders(2_000, 1, false, false)]));
    let inputs = input::gather(&paths, &[]).unwrap();
    let options = tolerant();
    for form in [Form::Parquet, Form::Csv { raw_text: false }] {
        for room in [0, 3, 1_000, 60_000] {
            let mut plan = Plan::new(&inputs, &options, &Unwatched).unwrap();
            let done = convert(&mut plan, &options, form, &Unwatched, || Ok(Full(room)));
            match done.map(|_| ()).unwrap_err() {
                ConvertError::Output(error) => {
                    assert_eq!(
                        error.kind(),
                        std::io::ErrorKind::StorageFull,
                        "{form:?} {room}"
                    );
                }
                ConvertError::Input(error) => panic!("{error}"),
            }
        }
    }
}

/// The program with these arguments, in a folder: its exit code, what it said, and what it said beside.
fn program(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_ordersift"));
    let done = program
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (done.status.code(), text(done.stdout), text(done.stderr))
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_target_that_cannot_be_is_refused_and_a_failed_run_leaves_nothing() {
    let (folder, _) = written_files(&named([all_orders(500, 2, false, true)]));
    let folder = folder.path();
    fs::create_dir(folder.join("dir.csv")).unwrap();
    fs::write(folder.join("old.csv"), "old").unwrap();
    for (arguments, expected) in [
        (
            &["convert", "a.txt", "--out", "lines.xlsx"][..],
            "neither `.parquet` nor `.csv`",
        ),
        (&["convert", "a.txt", "--out", "old.csv"], "exists already"),
        (&["convert", "a.txt", "--out", "dir.csv"], "is a folder"),
        (
            &[
                "convert", "a.txt", "--format", "csv", "--force", "--out", "a.txt",
            ],
            "is one of the inputs",
        ),
        (
            &[
                "convert",
                "a.txt",
                "--max-rejects",
                "0",
                "--out",
                "lines.csv",
            ],
            "lines could not be read",
        ),
        (
            &[
                "convert",
                "a.txt",
                "--max-rejects",
                "0",
                "--force",
                "--out",
                "old.csv",
            ],
            "lines could not be read",
        ),
    ] {
        let (code, _, told) = program(folder, arguments);
        assert_eq!(code, Some(2), "{arguments:?} {told}");
        assert!(told.contains(expected), "{arguments:?} {told}");
        assert_eq!(
            names(folder),
            ["a.txt", "dir.csv", "old.csv"],
            "{arguments:?}"
        );
    }
    assert_eq!(fs::read(folder.join("old.csv")).unwrap(), b"old");
    let (code, said, told) = program(
        folder,
        &[
            "convert",
            "a.txt",
            "--max-rejects",
            "50%",
            "--strict",
            "--force",
            "--out",
            "old.csv",
        ],
    );
    assert_eq!(code, Some(1), "{told}");
    assert!(
        said.contains("lines  old.csv") && said.contains(" superseded + 0 repeated + "),
        "{said}"
    );
    assert!(
        fs::read(folder.join("old.csv"))
            .unwrap()
            .starts_with(b"kind,file,line,order_id,")
    );
}

#[test]
fn every_command_takes_converted_lines() {
    let (folder, _) = written_files(&dirty()[..3]);
    let folder = folder.path();
    let reports = ["a.txt", "b.txt", "c.txt", "--max-rejects", "50%"];
    let run = |command: &[&str], inputs: &[&str], more: &[&str]| {
        let (code, said, told) = program(folder, &[command, inputs, more].concat());
        assert_eq!(code, Some(0), "{command:?}: {told}");
        said
    };
    run(&["convert"], &reports, &["--out", "l.parquet"]);
    let lines = ["l.parquet"];
    let csv = ["--format", "csv"];
    assert_eq!(
        run(&["worklist"], &reports, &csv),
        run(&["worklist"], &lines, &csv)
    );
    let checked = run(&["check"], &lines, &[]);
    for part in Part::ALL {
        assert!(
            checked.contains(&format!("l.parquet/{}", part.name())),
            "{checked}"
        );
    }
    run(&["split"], &lines, &["--out", "split"]);
    assert_eq!(names(&folder.join("split/fba")), ["l.parquet"]);
    assert_eq!(
        names(&folder.join("split/fba/l.parquet")),
        ["all-orders.txt"]
    );
    let split = of_paths(
        &[folder.join("split/fba"), folder.join("split/merchant")],
        &tolerant(),
    );
    let whole = of_paths(&[folder.join("l.parquet")], &tolerant()).unwrap();
    let split = split.unwrap();
    for name in ["fulfillment", "worklist"] {
        let of = |document: &Document| cells(document.table(name).unwrap());
        // Lines of an unknown fulfillment are in a third folder.
        let known = |rows: Vec<Vec<Option<String>>>| -> Vec<Vec<Option<String>>> {
            let unknown = |row: &Vec<Option<String>>| row[0].as_deref() == Some("unknown");
            rows.into_iter().filter(|row| !unknown(row)).collect()
        };
        assert_eq!(known(of(&split)), known(of(&whole)), "{name}");
    }
}

#[test]
fn the_page_and_the_help_name_every_column_with_its_type_and_what_null_says() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/lines.md"));
    let page = page.unwrap();
    let (_, help, _) = program(Path::new("."), &["convert", "--help"]);
    let rows: Vec<&str> = page
        .lines()
        .filter(|line| line.starts_with("| `"))
        .collect();
    for (column, row) in ordersift::convert::COLUMNS.iter().zip(rows) {
        let null = if column.required() {
            "never null"
        } else {
            column.null
        };
        let (name, content) = (column.name, column.content.name());
        assert_eq!(
            row,
            format!("| `{name}` | {content} | {} | {null} |", column.means)
        );
        assert!(
            help.lines().any(|line| line.trim_start().starts_with(name)),
            "{name}"
        );
    }
}
