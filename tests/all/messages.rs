//! Every text that a person reads when a run fails, or a line does, word for word.

use std::path::PathBuf;

use crate::common::layouts::layouts;
use crate::common::run::{Files, named, of_files, of_paths, written};
use ordersift::options::Options;

const ORDERS: &str = "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\t\
fulfillment-channel\tsales-channel\tsku\tasin\titem-status\tquantity\tcurrency\titem-price\titem-tax";
const ORDER: &str = "111-0000000-0000001\t2026-07-20T10:00:00Z\t\tShipped\t\
Amazon\tAmazon.com\tA\t\t\t1\tUSD\t9.99\t";
const OPEN: &str = "order-id\torder-item-id\tpurchase-date\tpayments-date\treporting-date\t\
promise-date\tsku\tquantity-to-ship";

/// A line with one cell replaced.
fn with(line: &str, header: &str, column: &str, cell: &str) -> String {
    let mut cells: Vec<&str> = line.split('\t').collect();
    let at = header.split('\t').position(|name| name == column).unwrap();
    cells[at] = cell;
    cells.join("\t")
}

/// What a run of the files says when it fails.
fn refusal(files: &[(String, Vec<u8>)]) -> String {
    of_files(files, &Options::default())
        .unwrap_err()
        .to_string()
}

#[track_caller]
fn refused(file: impl AsRef<[u8]>, expected: &str) {
    assert_eq!(refusal(&named([file])), format!("a.txt: {expected}"));
}

const EMPTY: &str = "an empty file
  help: download it again; if it stays empty, ask for a shorter date range";

#[test]
fn an_empty_file_or_a_message_instead_of_a_report() {
    refused("", EMPTY);
    refused("\u{feff}\r\n \r\n", EMPTY);
    refused(
        "Date range exceeded. Report can be requested only upto 30 days\n",
        "no report but Amazon's message \"Date range exceeded\"
  help: ask for at most 30 days at a time and give all the files together: overlaps are merged",
    );
    refused(
        "<!DOCTYPE html><html><title>Amazon Sign-In</title>",
        "a web page\n  help: the download was not a report: sign in and download it again",
    );
}

#[test]
fn another_report() {
    for (name, header) in layouts("foreign") {
        refused(
            header,
            &format!(
                "{name}, which is not read
  help: `ordersift kinds` lists what is read: leave this one out"
            ),
        );
    }
    refused(
        "hello world\n",
        "not an Amazon report that we know\n  help: `ordersift kinds` lists what each kind needs",
    );
}

#[test]
fn no_text_table() {
    let cases: [(&[u8], &str); 12] = [
        (
            b"\x1f\x8b\x08\0\0",
            "a gzip file that ends too early
  help: download it again; none of its lines was counted, since nobody knows which are missing",
        ),
        (
            b"PK\x03\x04....orders.txt",
            "a zip archive that is cut short or damaged
  invalid Zip archive: Could not find EOCD
  help: download it again; its list of files is at its end",
        ),
        (
            b"\xd0\xcf\x11\xe0",
            "an old Excel workbook\n  help: download the report again as text",
        ),
        (
            b"%PDF-1.7\n",
            "a PDF document\n  help: download the report as text (TXT or CSV)",
        ),
        (b"\x89PNG\r\n", "an image\n  help: leave it out"),
        (
            b"PAR1",
            "a Parquet file that is cut short or damaged
  it ends within its first bytes
  help: convert the reports again; none of its lines was counted",
        ),
        (b"SQLite format 3\0", "a database\n  help: leave it out"),
        (
            b"<?xml version=\"1.0\"?>\n<AmazonEnvelope>",
            "an XML document of Amazon, but no report that is read
  help: leave it out",
        ),
        (
            b"<?xml version=\"1.0\"?>\n<x>",
            "XML\n  help: request the flat-file (TXT) report instead",
        ),
        (b"{\"a\": 1}", "JSON\n  help: leave it out"),
        (&[0; 100], "binary data\n  help: leave it out"),
        (
            &vec![b'x'; (1 << 20) + 1],
            "no table: its first line does not end within 1 MiB\n  help: leave it out",
        ),
    ];
    for (bytes, expected) in cases {
        refused(bytes, expected);
    }
}

#[test]
fn nearly_a_report() {
    refused(
        ORDER,
        "lines of orders without a header
  help: download the report again: its first line names the columns",
    );
    refused(
        ORDERS.replace("\tcurrency", ""),
        "not a known order report
  closest kind: all-orders, but `currency` is missing (10 of 11 needed columns found)
  help: `ordersift kinds` lists what each kind needs",
    );
    refused(
        ORDERS.replace("sku", "s-k-u").replace("item-price", "cost"),
        "not a known order report
  closest kind: all-orders, but `sku`, `item-price` are missing (9 of 11 needed columns found)
  help: `ordersift kinds` lists what each kind needs",
    );
    refused(
        OPEN.replace("promise-date", "promised"),
        "not a known order report
  closest kind: unshipped, but `promise-date` is missing (5 of 6 needed columns found)
  help: `ordersift kinds` lists what each kind needs",
    );
    refused(
        format!("{ORDERS}\tSKU"),
        "a table with two columns named `sku`
  help: which one counts would be a guess: download the report again",
    );
    refused(
        format!("{ORDERS}\n{ORDER}\n{OPEN}\n"),
        "another report starts at line 3: its header is not that of line 1
  help: download the reports again as files of their own, or cut the file there",
    );
}

#[test]
fn too_many_rejects() {
    let bad = |column: &str, cell: &str| with(ORDER, ORDERS, column, cell);
    let lines = [
        ORDER.into(),
        bad("quantity", "x"),
        bad("quantity", "y"),
        bad("sku", ""),
        "x".into(),
    ];
    assert_eq!(
        refusal(&named([format!("{ORDERS}\n{}\n", lines.join("\n"))])),
        "4 of 5 lines could not be read; at most 1 % may be
  2 \u{d7} quantity: not a whole quantity
  1 \u{d7} sku: no sku
  1 \u{d7} wrong number of fields
  help: `ordersift check` lists the lines; `--max-rejects` allows more"
    );
}

#[test]
fn paths_without_a_report() {
    let of = |path: &str| {
        let failed = of_paths(&[PathBuf::from(path)], &Options::default());
        failed.unwrap_err().to_string()
    };
    for path in ["no/such/file.txt", "no/such/*.txt"] {
        assert_eq!(
            of(path),
            format!(
                "{path}: cannot be read: no such file or directory
  help: check the path; a pattern such as 'reports/*.txt' may need quotes"
            )
        );
    }
    let help = "\n  help: name all-orders or unshipped reports, or a folder of them; \
                `ordersift kinds` says where to find them";
    let none = of_paths(&[], &Options::default()).unwrap_err().to_string();
    assert_eq!(
        none,
        format!("no order report found: there are no files{help}")
    );
    let names = (0..12).map(|number| format!("{number:02}.txt"));
    let files: Files = names.map(|name| (name, b"%PDF-1".to_vec())).collect();
    let (folder, _) = written(&files);
    let listed: Vec<String> = (0..10)
        .map(|number| format!("\n  {number:02}.txt: a PDF document"))
        .collect();
    let listed = listed.concat();
    assert_eq!(
        of(folder.path().to_str().unwrap()),
        format!("no order report found{listed}\n  and 2 more{help}")
    );
    let (folder, _) = written(&named([""]));
    let empty = of(folder.path().to_str().unwrap());
    assert_eq!(empty, format!("a.txt: {EMPTY}"));
}
