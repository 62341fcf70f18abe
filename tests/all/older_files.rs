//! Files of one kind beside newer files of another: every number is judged at a moment that its own files prove, or it is said
//! how old they are.

use crate::common::run::{Files, json, named, of_files};
use ordersift::field::Moment;
use ordersift::options::Options;
use ordersift::table::Document;
use ordersift::write::{Period, Screen};
use serde_json::{Value, json};

const ALL_ORDERS: &str = "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\tsku\titem-status\tquantity\tcurrency\titem-price\n";
const UNSHIPPED: &str = "order-id\torder-item-id\tpurchase-date\treporting-date\tpromise-date\tsku\tquantity-to-ship\tsales-channel\tship-country\n";
const PENDING: &str =
    "order-id\torder-item-id\tpurchase-date\tsku\tproduct-name\tquantity-purchased\tpayment-type\n";
const RETURNS: &str = "Order ID\tOrder date\tReturn request date\tReturn request status\tAmazon RMA ID\tMerchant SKU\tItem Name\tReturn quantity\tReturn Reason\tIn policy\n";

fn ordered(number: u32, bought: &str, updated: &str, status: &str) -> String {
    format!(
        "111-0000000-{number:07}\t{bought}\t{updated}\t{status}\tMerchant\tAmazon.com\tMUG\t{status}\t1\tUSD\t5.00\n"
    )
}

fn open(number: u32, bought: &str, promise: &str) -> String {
    format!(
        "111-0000000-{number:07}\t{number}\t{bought}\t{bought}\t{promise}\tMUG\t1\tAmazon.com\tUS\n"
    )
}

/// Three pending orders in a file whose newest moment is noon of 20 June in UTC.
fn june() -> String {
    [
        ALL_ORDERS.to_owned(),
        ordered(1, "2026-06-20T11:50:00Z", "2026-06-20T11:50:00Z", "Pending"),
        ordered(2, "2026-06-20T10:00:00Z", "2026-06-20T10:00:00Z", "Pending"),
        ordered(3, "2026-06-17T12:00:00Z", "2026-06-17T12:00:00Z", "Pending"),
        ordered(
            4,
            "2026-06-19T12:00:00Z",
            "2026-06-20T12:00:00Z",
            "Cancelled",
        ),
        ordered(5, "2026-06-18T12:00:00Z", "2026-06-18T12:00:00Z", "Shipped"),
    ]
    .concat()
}

/// A backlog of 27 July.
fn july() -> String {
    let order = open(9, "2026-07-27T12:00:00Z", "2026-07-29T06:59:59Z");
    [UNSHIPPED.to_owned(), order].concat()
}

fn report(files: &Files, as_of: Option<&str>) -> Document {
    let moment = |text: &str| Moment::read(text.as_bytes()).unwrap();
    let options = Options {
        as_of: as_of.map(|text| (moment(text), "--as-of".into())),
        ..Options::default()
    };
    of_files(files, &options).unwrap()
}

fn rows(document: &Document, table: &str) -> Vec<Value> {
    let value: Value = serde_json::from_str(&json(document)).unwrap();
    value["tables"][table]["rows"].as_array().unwrap().clone()
}

fn screen(document: &Document) -> String {
    let screen = Screen {
        width: 200,
        color: false,
        by: Period::Week,
        took: None,
    };
    let mut out = Vec::new();
    ordersift::write::summary(document, &screen, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn ages(document: &Document) -> Vec<Value> {
    let rows = rows(document, "pending");
    let of = |row: &Value| json!([row["fulfillment"], row["age"], row["orders"]]);
    rows.iter().map(of).collect()
}

#[test]
fn pending_ages_are_those_at_the_newest_moment_of_the_all_orders_files() {
    let expected = [
        json!(["merchant", "payment_trouble", 1]),
        json!(["merchant", "held", 1]),
        json!(["merchant", "fresh", 1]),
    ];
    let files = named([june(), july()]);
    let document = report(&files, None);
    assert_eq!(
        document.as_of.as_deref(),
        Some("2026-07-27T12:00:00Z"),
        "the moment of all else"
    );
    assert_eq!(ages(&document), expected);
    // A moment that is asked for changes nothing: what became of a pending order since is in no file.
    assert_eq!(
        ages(&report(&files, Some("2026-08-01T00:00:00Z"))),
        expected
    );
    // An earlier one does.
    let earlier = report(&files, Some("2026-06-20T10:10:00Z"));
    assert_eq!(
        ages(&earlier)[1..],
        [json!(["merchant", "fresh", 2])],
        "{:?}",
        ages(&earlier)
    );
    let text = screen(&document);
    assert!(
        text.contains("Pending    1 over 24 hours · do not ship these · the all-orders file ends Jun 20, 37 days earlier"),
        "{text}"
    );
    // Files of one moment need no such word.
    let text = screen(&report(&named([june()]), None));
    assert!(
        text.contains("Pending    1 over 24 hours · do not ship these\n"),
        "{text}"
    );
}

#[test]
fn orders_of_a_pending_report_are_as_old_as_that_report_shows() {
    let order = |number: u32, bought: &str| {
        format!("111-0000000-{number:07}\t{number}\t{bought}\tMUG\tMug\t1\tKonbini\n")
    };
    let pending = [
        PENDING.to_owned(),
        order(1, "2026-06-20T10:00:00Z"),
        order(2, "2026-06-20T11:00:00Z"),
    ]
    .concat();
    let document = report(&named([pending, july()]), None);
    assert_eq!(
        ages(&document),
        [
            json!(["reported", "held", 1]),
            json!(["reported", "fresh", 1])
        ]
    );
}

#[test]
fn the_cancellation_rate_is_that_of_the_last_days_of_the_all_orders_files() {
    let document = report(&named([june(), july()]), None);
    let health = rows(&document, "health");
    let row = health
        .iter()
        .find(|row| row["metric"] == "cancellation_rate")
        .unwrap();
    assert_eq!(row["high"], "0.200000", "{row}");
    assert_eq!(
        row["improved_by"],
        "an all-orders report up to 2026-07-27: the newest ends on 2026-06-20"
    );
    let health = rows(&report(&named([june()]), None), "health");
    let row = health
        .iter()
        .find(|row| row["metric"] == "cancellation_rate")
        .unwrap();
    assert_eq!(
        (&row["high"], &row["improved_by"]),
        (&json!("0.200000"), &Value::Null)
    );
}

#[test]
fn a_backlog_that_is_older_than_the_report_says_so() {
    let backlog = [
        UNSHIPPED.to_owned(),
        open(8, "2026-06-20T12:00:00Z", "2026-06-23T06:59:59Z"),
    ]
    .concat();
    let newer = [
        ALL_ORDERS.to_owned(),
        ordered(1, "2026-07-26T11:50:00Z", "2026-07-27T12:00:00Z", "Shipped"),
    ]
    .concat();
    let document = report(&named([backlog.clone(), newer]), None);
    let words = "the unshipped file ends Jun 20, 37 days earlier";
    let text = screen(&document);
    let line = text
        .lines()
        .find(|line| line.starts_with("To ship"))
        .unwrap();
    assert!(line.contains(words), "{text}");
    let mut out = Vec::new();
    let wide = Screen {
        width: 200,
        color: false,
        by: Period::Week,
        took: None,
    };
    ordersift::write::worklist(&document, &wide, &mut out).unwrap();
    let list = String::from_utf8(out).unwrap();
    assert!(list.contains(words), "{list}");
    let alone = screen(&report(&named([backlog]), None));
    assert!(!alone.contains("earlier"), "{alone}");
}

#[test]
fn returns_that_are_older_than_the_report_say_so() {
    let line = "111-0000000-0000001\t01-Jun-2026\t20-Jun-2026\tPendingApproval\tR1\tMUG\tMug\t1\tbroken\tY\n";
    let returns = [RETURNS.to_owned(), line.to_owned()].concat();
    let document = report(&named([returns, july()]), None);
    let text = screen(&document);
    let line = text
        .lines()
        .find(|line| line.starts_with("Returns"))
        .unwrap();
    assert!(
        line.contains("the merchant-returns file ends Jun 20, 37 days earlier"),
        "{text}"
    );
}
