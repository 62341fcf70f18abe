//! Cancellations and returns against a naive engine: sums by name, and ends of intervals by bisection.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::contract::{self, Fact};
use crate::common::run::{
    Files, all_orders, in_pieces, json as json_of, named, of_files, of_paths, plain, value, written,
};
use crate::common::sheet::{backwards, edited};
use chrono::{Days, NaiveDate};
use ordersift::write::{self, Period, Screen};
use rayon::ThreadPoolBuilder;
use serde_json::{Map, Value, json};

const BILLION: i128 = 1_000_000_000;

/// A part of a whole as tables write it.
fn share(part: i128, whole: i128) -> Value {
    if whole == 0 {
        return Value::Null;
    }
    let millionths = (2 * part * 1_000_000 + whole) / (2 * whole);
    json!(format!(
        "{}.{:06}",
        millionths / 1_000_000,
        millionths % 1_000_000
    ))
}

/// Both ends of the interval in thousand-millionths, by bisection: there `(k/n - p)² = 16 p (1 - p) / n`.
fn ends(k: i128, n: i128) -> (i128, i128) {
    let outside = |p: i128| (k * BILLION - n * p).pow(2) > 16 * n * p * (BILLION - p);
    let edge = |mut out: i128, mut inside: i128| {
        if !outside(out) {
            return out;
        }
        while (out - inside).abs() > 1 {
            let middle = i128::midpoint(out, inside);
            if outside(middle) {
                out = middle;
            } else {
                inside = middle;
            }
        }
        inside
    };
    let own = k * BILLION / n;
    (edge(0, own), edge(BILLION, own))
}

/// The cells of a rate and what it is compared with.
fn rate(
    prefix: &str,
    of: &str,
    row: &mut Map<String, Value>,
    own: (i128, i128),
    others: (i128, i128),
) {
    let name = |what: &str| format!("{prefix}_{what}");
    let (k, n) = own;
    row.insert(of.to_owned(), share(k, n));
    row.insert(name("usual"), share(others.0, others.1));
    let (low, high) = if n > 0 { ends(k, n) } else { (0, 0) };
    let end = |end: i128| {
        if n > 0 {
            share(end, BILLION)
        } else {
            Value::Null
        }
    };
    row.insert(name("low"), end(low));
    row.insert(name("high"), end(high));
    let enough = k >= 10 && n >= 30 && others.1 >= 30;
    let above = others.1 > 0 && low > ends(others.0, others.1).1;
    let out = (n > 0 && others.1 > 0).then_some(enough && above);
    row.insert(name("stands_out"), json!(out));
}

/// A returned unit, or several.
struct Back {
    order: String,
    sku: String,
    who: &'static str,
    units: i128,
    days: Option<i128>,
    reason: String,
}

#[derive(Default)]
struct FirstPass {
    lines: i128,
    cancelled: i128,
    units: i128,
    returned: i128,
    elsewhere: i128,
    days: Vec<i128>,
    reasons: BTreeMap<String, i128>,
    any: bool,
    known: bool,
}

/// What adds up by what the rows are of and their names.
fn tallied(lines: &[Fact], backs: &[Back]) -> BTreeMap<(String, String), FirstPass> {
    let names = ["fulfillment", "sales_channel", "sku"];
    let mut all: BTreeMap<(String, String), FirstPass> = BTreeMap::new();
    let mut channel_of: BTreeMap<&str, &str> = BTreeMap::new();
    for (texts, numbers) in lines {
        channel_of.insert(&texts["order"], &texts["sales_channel"]);
        for name in names {
            let first_pass = all
                .entry((name.to_owned(), texts[name].clone()))
                .or_default();
            first_pass.lines += 1;
            first_pass.cancelled += 1 - numbers["live"];
            first_pass.units += numbers["units"];
        }
    }
    for back in backs {
        let channel = channel_of.get(back.order.as_str());
        let mut keys = vec![("fulfillment", back.who), ("sku", &back.sku)];
        keys.extend(channel.map(|channel| ("sales_channel", *channel)));
        for (by, name) in keys {
            let first_pass = all.entry((by.to_owned(), name.to_owned())).or_default();
            if channel.is_some() {
                first_pass.returned += back.units;
            } else {
                first_pass.elsewhere += back.units;
            }
            if !back.reason.is_empty() {
                *first_pass.reasons.entry(back.reason.clone()).or_default() += back.units;
            }
            for _ in 0..back.units {
                first_pass.days.extend(back.days);
            }
        }
    }
    for ((by, name), first_pass) in &mut all {
        for back in backs
            .iter()
            .filter(|back| by != "fulfillment" || back.who == name)
        {
            first_pass.any = true;
            first_pass.known |= channel_of.contains_key(back.order.as_str());
        }
    }
    all
}

/// The table by what its rows are of and their names.
fn naive(lines: &[Fact], backs: &[Back]) -> BTreeMap<(String, String), Value> {
    let all = tallied(lines, backs);
    let sum = |by: &str, of: &dyn Fn(&FirstPass) -> i128| -> i128 {
        all.iter()
            .filter(|((kind, _), _)| kind == by)
            .map(|(_, first_pass)| of(first_pass))
            .sum()
    };
    let mut rows = BTreeMap::new();
    for ((by, name), first_pass) in &all {
        let known =
            |first_pass: &FirstPass, number: i128| if first_pass.known { number } else { 0 };
        let (cancelled, lines) = (sum(by, &|t| t.cancelled), sum(by, &|t| t.lines));
        let (returned, units) = (
            sum(by, &|t| known(t, t.returned)),
            sum(by, &|t| known(t, t.units)),
        );
        if by == "sku" && first_pass.cancelled + first_pass.returned + first_pass.elsewhere == 0 {
            continue;
        }
        let mut row = Map::new();
        let mut put = |name: &str, value: Value| row.insert(name.to_owned(), value);
        put("group_type", json!(by));
        put("name", json!(name));
        put("lines", json!(first_pass.lines));
        put("cancelled_lines", json!(first_pass.cancelled));
        put("units", json!(first_pass.units));
        put(
            "returned_units",
            if first_pass.known {
                json!(first_pass.returned)
            } else {
                Value::Null
            },
        );
        let elsewhere = first_pass.any && by != "sales_channel";
        put(
            "returned_elsewhere",
            if elsewhere {
                json!(first_pass.elsewhere)
            } else {
                Value::Null
            },
        );
        let mut days = first_pass.days.clone();
        days.sort_unstable();
        put(
            "days_to_return",
            json!(days.get(days.len().saturating_sub(1) / 2)),
        );
        let most = first_pass.reasons.values().max();
        let reason = first_pass
            .reasons
            .iter()
            .find(|(_, units)| Some(*units) == most);
        put("return_reason", json!(reason.map(|(reason, _)| reason)));
        let own = (first_pass.cancelled, first_pass.lines);
        rate(
            "cancellation",
            "cancellation_rate",
            &mut row,
            own,
            (cancelled - own.0, lines - own.1),
        );
        if first_pass.known && first_pass.returned <= first_pass.units {
            let own = (first_pass.returned, first_pass.units);
            rate(
                "return",
                "return_rate",
                &mut row,
                own,
                (returned - own.0, units - own.1),
            );
        } else {
            for name in [
                "return_rate",
                "return_low",
                "return_high",
                "return_stands_out",
            ] {
                row.insert(name.to_owned(), Value::Null);
            }
            let others = (
                returned - known(first_pass, first_pass.returned),
                units - known(first_pass, first_pass.units),
            );
            let usual = if first_pass.known {
                share(others.0, others.1)
            } else {
                Value::Null
            };
            row.insert("return_usual".to_owned(), usual);
        }
        rows.insert((by.clone(), name.clone()), Value::Object(row));
    }
    rows
}

fn rows(document: &Value) -> Vec<Value> {
    let table = &document["tables"]["cancellations_and_returns"];
    table["rows"].as_array().unwrap().clone()
}

fn context(report: &[u8]) -> Vec<Fact> {
    contract::read(report).into_iter().flatten().collect()
}

/// The SKUs by number of lines, most first.
fn commonest(lines: &[Fact]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (texts, _) in lines {
        *counts.entry(&texts["sku"]).or_default() += 1;
    }
    let mut skus: Vec<(&str, usize)> = counts.into_iter().collect();
    skus.sort_by_key(|(sku, lines)| (std::cmp::Reverse(*lines), *sku));
    skus.into_iter().map(|(sku, _)| sku.to_owned()).collect()
}

/// Orders of which one SKU is cancelled often, and returns of which another has many.
fn invented() -> (Files, Vec<Fact>, Vec<Back>) {
    let text = String::from_utf8(all_orders(4_000, 5, false, false)).unwrap();
    let skus = commonest(&context(text.as_bytes()));
    let orders = edited(&text, &[], |place, cells| {
        if cells["sku"] == skus[0] && place % 3 == 0 {
            cells.insert("item-status".into(), "Cancelled".into());
        }
    });
    let lines = context(&orders);
    let mut fba = vec!["return-date\torder-id\tsku\tquantity\tdetailed-disposition\treason\tstatus\tlicense-plate-number\n".to_owned()];
    let mut merchant = vec![
        "Order ID\tOrder date\tReturn request date\tReturn request status\tAmazon RMA ID\tMerchant SKU\tReturn quantity\tReturn Reason\n"
            .to_owned(),
    ];
    let reasons = ["DEFECTIVE", "UNWANTED_ITEM", "SWITCHEROO", "DEFECTIVE"];
    let mut backs = Vec::new();
    for (place, (texts, numbers)) in lines.iter().enumerate() {
        let much = texts["sku"] == skus[1] && place % 2 == 0;
        if numbers["units"] == 0 || !(much || place % 17 == 0) {
            continue;
        }
        let day: NaiveDate = texts["day"].parse().unwrap();
        let later = day + Days::new(u64::try_from(place % 23).unwrap());
        let elsewhere = place % 5 == 0;
        let order = if elsewhere {
            format!("199-0000000-{place:07}")
        } else {
            texts["order"].clone()
        };
        let (sku, reason, units) = (&texts["sku"], reasons[place % 4], numbers["units"]);
        let is_fba = texts["fulfillment"] == "fba";
        if is_fba {
            fba.push(format!(
                "{later}T12:00:00+00:00\t{order}\t{sku}\t{units}\tSELLABLE\t{reason}\tUnit returned to inventory\tLPN{place}\n"
            ));
        } else {
            let [bought, asked] = [day, later].map(|day| day.format("%d-%b-%Y").to_string());
            merchant.push(format!(
                "{order}\t{bought}\t{asked}\tApproved\tRMA{place}\t{sku}\t{units}\t{reason}\n"
            ));
        }
        backs.push(Back {
            who: if is_fba { "fba" } else { "merchant" },
            sku: sku.clone(),
            units,
            // The day of an FBA purchase is in the all-orders file only.
            days: (!is_fba || !elsewhere).then(|| i128::try_from(place % 23).unwrap()),
            reason: reason.to_owned(),
            order,
        });
    }
    (
        named([
            orders,
            fba.concat().into_bytes(),
            merchant.concat().into_bytes(),
        ]),
        lines,
        backs,
    )
}

#[test]
fn cancellations_and_returns_are_those_of_the_naive_engine() {
    let (files, lines, backs) = invented();
    let found = rows(&value(&files));
    let expected = naive(&lines, &backs);
    assert_eq!(found.len(), expected.len());
    for row in &found {
        let key = ["group_type", "name"].map(|name| row[name].as_str().unwrap_or("").to_owned());
        let [by, name] = key;
        assert_eq!(*row, expected[&(by, name)]);
    }
    // Worst first: what stands out, then by the greater low end; SKUs after the rest.
    let rank = |row: &Value| {
        let out =
            ["cancellation_stands_out", "return_stands_out"].map(|name| row[name] == json!(true));
        let lows = ["cancellation_low", "return_low"]
            .map(|name| row[name].as_str().unwrap_or("").to_owned());
        let place = ["fulfillment", "sales_channel", "sku"]
            .iter()
            .position(|by| row["group_type"] == **by);
        (
            place,
            std::cmp::Reverse(out.iter().filter(|out| **out).count()),
            std::cmp::Reverse(lows.into_iter().max()),
        )
    };
    assert!(found.is_sorted_by_key(rank));
    // And the two that were made to stand out do.
    let skus = commonest(&lines);
    for (sku, rate) in [
        (&skus[0], "cancellation_stands_out"),
        (&skus[1], "return_stands_out"),
    ] {
        let row = found
            .iter()
            .find(|row| row["group_type"] == "sku" && row["name"] == **sku)
            .unwrap();
        assert_eq!(row[rate], json!(true), "{sku}");
    }
}

#[test]
fn without_returns_of_these_orders_nothing_is_said_of_returns() {
    let (files, lines, _) = invented();
    let expected = naive(&lines, &[]);
    let found = rows(&value(&files[..1]));
    assert_eq!(found.len(), expected.len());
    for row in &found {
        assert_eq!(row["return_rate"], Value::Null);
        assert_eq!(row["returned_units"], Value::Null);
        let key = ["group_type", "name"].map(|name| row[name].as_str().unwrap_or("").to_owned());
        let [by, name] = key;
        assert_eq!(*row, expected[&(by, name)]);
    }
}

#[test]
fn neither_the_order_of_lines_nor_chunks_nor_threads_change_a_rate() {
    let (files, ..) = invented();
    let expected = rows(&value(&files));
    let turned: Files = files
        .iter()
        .map(|(name, bytes)| (name.clone(), backwards(bytes)))
        .collect();
    let (_folder, paths) = written(&turned);
    for (chunk, threads) in [(500, 1), (20_000, 3), (1 << 20, 2)] {
        let pool = ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let options = in_pieces(chunk, plain());
        let document = pool.install(|| of_paths(&paths, &options)).unwrap();
        let document: Value = serde_json::from_str(&json_of(&document)).unwrap();
        assert_eq!(rows(&document), expected, "{chunk} {threads}");
    }
}

const HEADER: &str = "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\tsku\titem-status\tquantity\tcurrency\titem-price\n";

#[test]
fn a_status_tells_of_a_return_once_and_not_beside_a_report_that_tells_of_it() {
    let line = |order: u32, sku: &str, status: &str, item: &str| {
        format!(
            "404-0000000-{order:07}\t2026-07-10T08:00:00+00:00\t2026-07-20T08:00:00+00:00\t{status}\tMerchant\tAmazon.in\t{sku}\t{item}\t2\tINR\t100\n"
        )
    };
    let orders = [
        HEADER.to_owned(),
        line(1, "TEA", "Shipped - Returned to Seller", "Shipped"),
        line(2, "TEA", "Shipped - Rejected by Buyer", "Shipped"),
        line(2, "MUG", "Shipped - Rejected by Buyer", "Cancelled"),
        line(3, "TEA", "Shipped - Delivered to Buyer", "Shipped"),
        line(4, "MUG", "Shipped - Returning to Seller", "Shipped"),
    ]
    .concat();
    let returns = "Order ID\tReturn request date\tReturn request status\tAmazon RMA ID\tMerchant SKU\tReturn quantity\n\
                   404-0000000-0000001\t15-Jul-2026\tApproved\tR1\tTEA\t1\n";
    let found = rows(&value(&named([orders.as_bytes(), returns.as_bytes()])));
    let of = |name: &str| found.iter().find(|row| row["name"] == name).unwrap();
    // One unit of the first order by the report, two of the second by its status.
    assert_eq!(
        (&of("TEA")["units"], &of("TEA")["returned_units"]),
        (&json!(6), &json!(3))
    );
    assert_eq!(of("TEA")["days_to_return"], json!(5));
    assert_eq!(
        (&of("MUG")["units"], &of("MUG")["returned_units"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(of("Amazon.in")["returned_units"], json!(5));
    assert_eq!(of("Amazon.in")["returned_elsewhere"], Value::Null);
    assert_eq!(of("merchant")["returned_units"], json!(5));
}

#[test]
fn the_first_screen_names_at_most_two_and_only_if_something_stands_out() {
    let screen = |files: &Files| {
        let document = of_files(files, &plain()).unwrap();
        let layout = Screen {
            width: 200,
            color: false,
            by: Period::Week,
            took: None,
        };
        let mut out = Vec::new();
        write::summary(&document, &layout, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let line = text.lines().find(|line| line.starts_with("Rates"));
        line.map(str::to_owned)
    };
    let (files, lines, _) = invented();
    let said = screen(&files).unwrap();
    let skus = commonest(&lines);
    assert_eq!(said.matches("(others ").count(), 2, "{said}");
    assert!(
        said.contains(&format!("SKU {}: ", skus[0]))
            && said.contains(&format!("SKU {}: ", skus[1])),
        "{said}"
    );
    let names: BTreeSet<&str> = said.split_whitespace().collect();
    assert!(
        names.contains("cancelled") && names.contains("returned"),
        "{said}"
    );
    let dull = edited(
        std::str::from_utf8(&files[0].1).unwrap(),
        &[],
        |_, cells| {
            cells.insert("item-status".into(), "Shipped".into());
            cells.insert("order-status".into(), "Shipped".into());
        },
    );
    assert_eq!(screen(&named([dull])), None);
}
