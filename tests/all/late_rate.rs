//! The late shipment rate against histories whose every moment is known: the truth lies between floor and ceiling.
#![allow(
    clippy::unwrap_used,
    clippy::float_arithmetic,
    clippy::format_push_string,
    clippy::naive_bytecount,
    reason = "a test may panic, and take its time"
)]

use std::collections::BTreeMap;

use crate::common::run::{Files, json, named, of_files};
use chrono::{DateTime, Days, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use ordersift::field::Moment;
use ordersift::options::Options;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;

/// 2026-06-01 in UTC.
const START: i64 = 1_780_272_000;
const HOUR: i64 = 3600;

/// What truly happened to an order, in seconds.
#[derive(Debug, Clone)]
struct Order {
    bought: i64,
    promise: i64,
    /// When it was confirmed, or cancelled.
    ended: i64,
    cancelled: bool,
    /// How long after that Amazon last touched it.
    touched: i64,
    /// How many days before it was confirmed the seller says it was shipped.
    typed: u64,
}

/// What was downloaded, and when.
#[derive(Debug, Clone)]
enum Download {
    Unshipped(i64),
    AllOrders(i64),
    /// An orders report with its ship-by column.
    Orders(i64),
    /// What the seller has confirmed so far.
    Confirmed(i64),
}

fn at(seconds: i64) -> DateTime<Utc> {
    Utc.timestamp_opt(seconds, 0).unwrap()
}

fn text(seconds: i64) -> String {
    at(seconds).format("%Y-%m-%dT%H:%M:%S+00:00").to_string()
}

/// The end of the local day so many days later.
fn promise(zone: Tz, bought: i64, days: u64) -> i64 {
    let day = at(bought).with_timezone(&zone).date_naive() + Days::new(days);
    let end = day.and_time(NaiveTime::from_hms_opt(23, 59, 59).unwrap());
    zone.from_local_datetime(&end).unwrap().timestamp()
}

fn id(place: usize) -> String {
    format!("111-{place:07}-0000001")
}

fn bytes(orders: &[Order], download: &Download) -> Vec<u8> {
    let mut out = String::new();
    match *download {
        Download::Unshipped(now) => {
            out.push_str("order-id\torder-item-id\tpurchase-date\tpromise-date\tsku\tquantity-to-ship\tship-country\n");
            for (place, order) in orders.iter().enumerate() {
                if order.bought <= now && now < order.ended {
                    let (id, bought, due) = (id(place), text(order.bought), text(order.promise));
                    out.push_str(&format!("{id}\t{place}\t{bought}\t{due}\tS\t1\tUS\n"));
                }
            }
        }
        Download::Orders(now) => {
            out.push_str("order-id\torder-item-id\tpurchase-date\tpayments-date\tsku\tquantity-purchased\tlatest-ship-date\tship-country\n");
            for (place, order) in orders
                .iter()
                .enumerate()
                .filter(|(_, order)| order.bought <= now)
            {
                let (id, bought, due) = (id(place), text(order.bought), text(order.promise));
                out.push_str(&format!(
                    "{id}\t{place}\t{bought}\t{bought}\tS\t1\t{due}\tUS\n"
                ));
            }
        }
        Download::Confirmed(now) => {
            out.push_str(
                "order-id\torder-item-id\tquantity\tship-date\tcarrier-code\ttracking-number\n",
            );
            let told = |order: &Order| order.ended <= now && !order.cancelled;
            for (place, order) in orders.iter().enumerate().filter(|(_, order)| told(order)) {
                let (id, day) = (id(place), typed(order));
                out.push_str(&format!("{id}\t{place}\t1\t{day}\tUPS\t1Z{place}\n"));
            }
        }
        Download::AllOrders(now) => {
            out.push_str("amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\tsku\titem-status\tquantity\tcurrency\titem-price\n");
            for (place, order) in orders.iter().enumerate() {
                if order.bought > now {
                    continue;
                }
                let (status, updated) = match (order.ended <= now, order.cancelled) {
                    (false, _) => ("Unshipped", order.bought),
                    (true, true) => ("Cancelled", order.ended),
                    (true, false) => ("Shipped", now.min(order.ended + order.touched)),
                };
                let (id, bought, updated) = (id(place), text(order.bought), text(updated));
                out.push_str(&format!(
                    "{id}\t{bought}\t{updated}\t{status}\tMerchant\tAmazon.com\tS\t\t1\tUSD\t1.00\n"
                ));
            }
        }
    }
    out.into_bytes()
}

/// The day that the seller typed when he confirmed: nobody confirms before that.
fn typed(order: &Order) -> String {
    let day = at(order.ended)
        .with_timezone(&chrono_tz::America::Los_Angeles)
        .date_naive();
    (day - Days::new(order.typed)).to_string()
}

fn files(orders: &[Order], downloads: &[Download]) -> Files {
    named(downloads.iter().map(|download| bytes(orders, download)))
}

fn report(files: &Files, now: i64) -> Value {
    let options = Options {
        as_of: Some((Moment::at(now), "test".into())),
        ..Options::default()
    };
    serde_json::from_str(&json(&of_files(files, &options).unwrap())).unwrap()
}

/// The proof of every order, and whether it is open.
fn proofs(report: &Value) -> BTreeMap<String, (String, bool)> {
    let rows = report["tables"]["late_orders"]["rows"].as_array().unwrap();
    let row = |row: &Value| {
        let text = |name: &str| row[name].as_str().unwrap().to_owned();
        (
            text("order_id"),
            (text("proof"), row["open"].as_bool().unwrap()),
        )
    };
    rows.iter().map(row).collect()
}

fn share(row: &Value, name: &str) -> f64 {
    row[name].as_str().unwrap().parse().unwrap()
}

fn orders() -> impl Strategy<Value = Vec<Order>> {
    let order = (
        0..200_i64,
        0..4_u64,
        1..150_i64,
        any::<bool>(),
        0..3_u8,
        0..48_i64,
        0..3_u64,
    );
    vec(order, 1..40).prop_map(|orders| {
        orders
            .into_iter()
            .map(|(bought, days, took, late_touch, fate, touched, typed)| {
                let bought = START + bought * HOUR + 1800;
                Order {
                    bought,
                    promise: promise(chrono_tz::America::Los_Angeles, bought, days),
                    ended: bought + took * HOUR,
                    cancelled: fate == 0,
                    touched: if late_touch { touched * HOUR } else { 0 },
                    typed,
                }
            })
            .collect()
    })
}

fn downloads() -> impl Strategy<Value = Vec<Download>> {
    let download = (1..320_i64, 0..6_u8).prop_map(|(hour, kind)| {
        let now = START + hour * HOUR;
        match kind {
            0 | 1 => Download::Unshipped(now),
            2 | 3 => Download::AllOrders(now),
            4 => Download::Orders(now),
            _ => Download::Confirmed(now),
        }
    });
    vec(download, 1..8)
}

fn last(downloads: &[Download]) -> i64 {
    let moment = |download: &Download| match *download {
        Download::Unshipped(now)
        | Download::AllOrders(now)
        | Download::Orders(now)
        | Download::Confirmed(now) => now,
    };
    downloads.iter().map(moment).max().unwrap()
}

/// Files that hold at least one line each: an empty file proves nothing and is refused as a report without a line.
fn with_lines(orders: &[Order], downloads: &[Download]) -> Vec<Download> {
    let any = |download: &&Download| {
        bytes(orders, download)
            .iter()
            .filter(|byte| **byte == b'\n')
            .count()
            > 1
    };
    downloads.iter().filter(any).cloned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn the_truth_lies_between_floor_and_ceiling(orders in orders(), downloads in downloads()) {
        let downloads = with_lines(&orders, &downloads);
        prop_assume!(!downloads.is_empty());
        let now = last(&downloads);
        let report = report(&files(&orders, &downloads), now);
        let proofs = proofs(&report);
        let mut truth = (0_u32, 0_u32);
        // Cancelled after the newest backlog that lists it: no file can know.
        let mut cancelled_unseen = false;
        for (place, order) in orders.iter().enumerate() {
            let Some((proof, open)) = proofs.get(&id(place)) else { continue };
            // What is cancelled by now is out; the files may not have shown it.
            let cancelled = order.cancelled && order.ended <= now;
            let late = order.ended > order.promise;
            if !cancelled {
                truth = (truth.0 + u32::from(late), truth.1 + 1);
            }
            cancelled_unseen |= cancelled && proof == "late";
            match proof.as_str() {
                "late" => prop_assert!(late && (*open || !cancelled), "{order:?}"),
                "on_time" => prop_assert!(!late && !cancelled, "{order:?}"),
                "not_due" => prop_assert!(now <= order.promise, "{order:?}"),
                _ => {}
            }
        }
        let rows = report["tables"]["late_rate"]["rows"].as_array().unwrap();
        if let (Some(row), (late, all @ 1..)) = (rows.last(), truth) {
            let rate = f64::from(late) / f64::from(all);
            if row["orders"] == row["not_due"] {
                // Nothing was judged: no rate, and none that looks like one.
                prop_assert!(row["late_rate_low"].is_null() && row["late_rate_high"].is_null(), "{row}");
                prop_assert!(proofs.values().all(|(proof, _)| proof == "not_due"));
                return Ok(());
            }
            prop_assert!(share(row, "late_rate_low") <= rate + 1e-6 || cancelled_unseen, "{row}");
            prop_assert!(rate <= share(row, "late_rate_high") + 1e-6, "{row}: {rate}");
            prop_assert!(share(row, "late_rate_high_today") <= share(row, "late_rate_high"));
        }
    }

    #[test]
    fn a_further_file_never_widens_the_interval(orders in orders(), downloads in downloads()) {
        let downloads = with_lines(&orders, &downloads);
        prop_assume!(downloads.len() > 1);
        let now = last(&downloads);
        // Of the same orders, all that ever were: those of which nothing is proven are between floor and ceiling. What is still
        // open may yet be cancelled, which is news, so that it is left aside.
        let all = proofs(&report(&files(&orders, &downloads), now));
        let fewer = proofs(&report(&files(&orders, &downloads[1..]), now));
        let still_open = |order: &String| fewer.get(order).is_some_and(|(_, open)| *open);
        let count = |proofs: &BTreeMap<String, (String, bool)>, wanted: &str| {
            let settled = proofs.iter().filter(|(order, _)| !still_open(order));
            settled.filter(|(_, (proof, _))| proof == wanted).count()
        };
        prop_assert!(count(&all, "late") >= count(&fewer, "late"), "the floor");
        prop_assert!(count(&all, "on_time") >= count(&fewer, "on_time"), "the ceiling");
    }

    #[test]
    fn a_further_file_takes_no_proof_back(orders in orders(), downloads in downloads()) {
        let downloads = with_lines(&orders, &downloads);
        prop_assume!(downloads.len() > 1);
        let now = last(&downloads);
        let all = proofs(&report(&files(&orders, &downloads), now));
        let fewer = proofs(&report(&files(&orders, &downloads[1..]), now));
        for (order, (proof, open)) in &fewer {
            // An order that was open may have been cancelled since, which the further file shows.
            if matches!(proof.as_str(), "late" | "on_time") && !open {
                prop_assert_eq!(&all[order].0, proof);
            }
        }
    }
}

/// One order, listed a second before or after its promise and seen shipped later, in a place of the world.
fn verge(zone: Tz, channel: &str, bought: &str, listed_after: i64) -> String {
    let bought = DateTime::parse_from_rfc3339(bought).unwrap().timestamp();
    let due = promise(zone, bought, 1);
    let listed = due + listed_after;
    let unshipped = format!(
        "order-id\torder-item-id\tpurchase-date\treporting-date\tpromise-date\tsku\tquantity-to-ship\tsales-channel\n\
         {}\t1\t{}\t{}\t{}\tS\t1\t{channel}\n",
        id(1),
        text(bought),
        text(listed),
        text(due)
    );
    let shipped = format!(
        "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\tsku\titem-status\tquantity\tcurrency\titem-price\n\
         {}\t{}\t{}\tShipped\tMerchant\t{channel}\tS\t\t1\tUSD\t1.00\n",
        id(1),
        text(bought),
        text(due + listed_after.max(0) + 60)
    );
    let report = report(&named([unshipped, shipped]), due + 2 * HOUR);
    assert_eq!(
        report["tables"]["late_rate"]["rows"][0]["orders"], 1,
        "{report}"
    );
    proofs(&report)[&id(1)].0.clone()
}

#[test]
fn a_promise_ends_with_the_last_second_of_the_day_in_los_angeles() {
    let verge = |after| {
        verge(
            chrono_tz::America::Los_Angeles,
            "Amazon.com",
            "2026-06-01T18:00:00Z",
            after,
        )
    };
    assert_eq!((verge(0).as_str(), verge(1).as_str()), ("unknown", "late"));
}

#[test]
fn a_promise_ends_with_the_last_second_of_the_day_in_tokyo() {
    let verge = |after| {
        verge(
            chrono_tz::Asia::Tokyo,
            "Amazon.co.jp",
            "2026-06-01T18:00:00Z",
            after,
        )
    };
    assert_eq!(
        (verge(-HOUR).as_str(), verge(1).as_str()),
        ("unknown", "late")
    );
}

#[test]
fn a_promise_ends_with_the_last_second_of_the_day_in_london_when_clocks_change() {
    let verge = |after| {
        verge(
            chrono_tz::Europe::London,
            "Amazon.co.uk",
            "2026-10-24T12:00:00Z",
            after,
        )
    };
    assert_eq!(
        (verge(-HOUR).as_str(), verge(1).as_str()),
        ("unknown", "late")
    );
}

#[test]
fn a_promise_ends_with_the_last_second_of_the_year_in_kolkata() {
    let verge = |after| {
        verge(
            chrono_tz::Asia::Kolkata,
            "Amazon.in",
            "2026-12-30T12:00:00Z",
            after,
        )
    };
    assert_eq!(
        (verge(-HOUR).as_str(), verge(1).as_str()),
        ("unknown", "late")
    );
}

#[test]
fn without_an_unshipped_report_there_is_no_rate() {
    let orders = [Order {
        bought: START,
        promise: START + HOUR,
        ended: START + 2 * HOUR,
        cancelled: false,
        touched: 0,
        typed: 0,
    }];
    let report = report(
        &files(&orders, &[Download::AllOrders(START + 9 * HOUR)]),
        START + 9 * HOUR,
    );
    assert_eq!(
        report["tables"]["late_rate"]["rows"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
}

#[test]
fn headroom_counts_how_many_more_may_be_late() {
    // A hundred orders in time but one: three more may be late, for four of a hundred are four percent.
    let order = |place: i64| Order {
        bought: START + place,
        promise: START + 30 * HOUR,
        ended: START + if place == 0 { 40 } else { 2 } * HOUR,
        cancelled: false,
        touched: 0,
        typed: 0,
    };
    let orders: Vec<Order> = (0..100).map(order).collect();
    let downloads = [
        Download::Unshipped(START + HOUR),
        Download::Unshipped(START + 35 * HOUR),
        Download::AllOrders(START + 41 * HOUR),
    ];
    // A backlog's moment is the newest date in it: here a purchase, long before the promise.
    let report = report(&files(&orders, &downloads), START + 41 * HOUR);
    let row = &report["tables"]["late_rate"]["rows"][0];
    assert_eq!(
        (&row["orders"], &row["on_time"], &row["unknown"]),
        (&100.into(), &99.into(), &1.into())
    );
    assert_eq!(row["headroom"], 2);
    assert_eq!(row["late_rate_high_today"], "0.010000");
}

/// An unshipped file of 12 orders bought on 20 July and due on the day after tomorrow, as of that evening.
fn none_due() -> (String, i64) {
    let bought = DateTime::parse_from_rfc3339("2026-07-20T18:00:00Z")
        .unwrap()
        .timestamp();
    let mut out = String::from(
        "order-id\torder-item-id\tpurchase-date\treporting-date\tpromise-date\tsku\tquantity-to-ship\tsales-channel\n",
    );
    let due = text(promise(chrono_tz::America::Los_Angeles, bought, 2));
    for place in 0..12 {
        let bought = text(bought);
        out.push_str(&format!(
            "{}\t{place}\t{bought}\t{bought}\t{due}\tS\t1\tAmazon.com\n",
            id(place)
        ));
    }
    (out, bought + 6 * HOUR)
}

/// So many merchant orders on a day, each an hour after the one before.
fn sold(day: &str, orders: usize, first: usize) -> String {
    let start = DateTime::parse_from_rfc3339(&format!("{day}T08:00:00Z"))
        .unwrap()
        .timestamp();
    let mut lines = String::new();
    for place in 0..orders {
        let bought = text(start + i64::try_from(place).unwrap() * HOUR / 4);
        lines.push_str(&format!(
            "{}\t{bought}\t{bought}\tUnshipped\tMerchant\tAmazon.com\tS\t\t1\tUSD\t1.00\n",
            id(first + place)
        ));
    }
    lines
}

const ALL_ORDERS: &str = "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\tsku\titem-status\tquantity\tcurrency\titem-price\n";

fn document(files: &Files, now: i64) -> ordersift::table::Document {
    let options = Options {
        as_of: Some((Moment::at(now), "test".into())),
        ..Options::default()
    };
    of_files(files, &options).unwrap()
}

fn late_rate_line(document: &ordersift::table::Document) -> String {
    let screen = ordersift::write::Screen {
        width: 200,
        color: false,
        by: ordersift::write::Period::Week,
        took: None,
    };
    let mut out = Vec::new();
    ordersift::write::summary(document, &screen, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    let line = text.lines().find(|line| line.starts_with("Late rate"));
    line.unwrap_or_else(|| panic!("{text}")).to_owned()
}

#[test]
fn a_rate_over_orders_none_of_which_was_due_is_unknown() {
    let (unshipped, now) = none_due();
    let files = named([unshipped]);
    let found = report(&files, now);
    for row in found["tables"]["late_rate"]["rows"].as_array().unwrap() {
        assert_eq!(
            (&row["orders"], &row["not_due"]),
            (&12.into(), &12.into()),
            "{row}"
        );
        for name in [
            "late_rate_low",
            "late_rate_high",
            "late_rate_high_today",
            "rate_if_today_slips",
            "coverage",
            "headroom",
        ] {
            assert_eq!(row[name], Value::Null, "{name}: {row}");
        }
    }
    for row in found["tables"]["late_rate_by"]["rows"].as_array().unwrap() {
        let rates = (&row["late_rate_low"], &row["late_rate_high"]);
        assert_eq!(rates, (&Value::Null, &Value::Null), "{row}");
    }
    let health = found["tables"]["health"]["rows"].as_array().unwrap();
    let ours = health.iter().filter(|row| {
        row["metric"]
            .as_str()
            .unwrap()
            .starts_with("late_shipment_rate")
    });
    for row in ours {
        assert_eq!(row["basis"], "not_computable", "{row}");
        assert_eq!(
            (&row["low"], &row["high"]),
            (&Value::Null, &Value::Null),
            "{row}"
        );
        assert_eq!(
            row["improved_by"],
            "reports of later days: no order of these days was due yet"
        );
    }
    let document = document(&files, now);
    let gate: ordersift::gate::Gate = "late_rate_high_10d >= 4%".parse().unwrap();
    let judged = gate.judge(&document);
    assert!(judged.failed);
    assert_eq!(
        judged.found,
        "not known: none of the merchant orders of 10 days was due yet"
    );
    assert_eq!(
        late_rate_line(&document),
        "Late rate  unknown in 10 and in 30 days: none of 12 orders was due yet · --table late_rate"
    );
}

#[test]
fn coverage_counts_only_days_that_all_orders_files_cover() {
    let (unshipped, now) = none_due();
    // Late enough for all orders to be due, and open still.
    let now = now + 5 * 24 * HOUR;
    let newer = format!(
        "{unshipped}{}\t99\t{day}\t{day}\t2026-08-01T06:59:59Z\tS\t1\tAmazon.com\n",
        id(99),
        day = text(now - HOUR)
    );
    let coverage = |all_orders: &str| {
        let files = named([newer.clone(), format!("{ALL_ORDERS}{all_orders}")]);
        let report = report(&files, now);
        let rows = report["tables"]["late_rate"]["rows"].as_array().unwrap();
        (
            rows.iter()
                .map(|row| row["coverage"].clone())
                .collect::<Vec<_>>(),
            late_rate_line(&document(&files, now)),
        )
    };
    // A file that ends five weeks before the windows covers none of their days.
    let (found, line) = coverage(&sold("2026-06-10", 20, 500));
    assert_eq!(found, [Value::Null, Value::Null]);
    assert!(
        line.contains("no all-orders file covers these days"),
        "{line}"
    );
    assert!(
        line.contains("the all-orders file ends Jun 10, 45 days earlier"),
        "{line}"
    );
    // Of 48 orders of 20 July twelve are in the unshipped file; the thirteenth is of a day that no all-orders file covers.
    let (found, line) = coverage(&(sold("2026-07-18", 12, 700) + &sold("2026-07-20", 48, 0)));
    assert_eq!(found, [Value::from("0.200000"), Value::from("0.200000")]);
    assert!(line.contains("known for 20.0 % of orders"), "{line}");
}
