//! The shape of demand against a naive engine: places, customers, service levels, promotions, sizes and values of orders, and
//! what is bought together, all worked out from the text.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::run::{self, Files, all_orders, body, named, value};
use ordersift::options::{Options, TableOptions};
use serde_json::{Value, json};

/// A line by the names of its columns.
type Line = BTreeMap<String, String>;

fn lines(bytes: &[u8]) -> Vec<Line> {
    let text = String::from_utf8_lossy(bytes);
    let mut rows = text.lines().map(|row| row.split('\t'));
    let names: Vec<String> = rows
        .next()
        .unwrap()
        .map(|name| name.trim().to_owned())
        .collect();
    let line = |row: std::str::Split<'_, char>| {
        let cells = row.map(|cell| cell.trim().to_owned());
        names.iter().cloned().zip(cells).collect()
    };
    rows.map(line).collect()
}

/// Ten-thousandths.
fn money(text: &str) -> i128 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if text.is_empty() {
        0
    } else {
        format!("{whole}{part:0<4}").parse().unwrap()
    }
}

/// Every order's newest snapshot: files of later downloads have later names, and their stamps are never equal.
fn orders(files: &Files) -> BTreeMap<String, Vec<Line>> {
    let mut snapshots: BTreeMap<String, BTreeMap<(String, usize), Vec<Line>>> = BTreeMap::new();
    for (place, (_, bytes)) in files.iter().enumerate() {
        let mut of_file: BTreeMap<String, Vec<Line>> = BTreeMap::new();
        for line in lines(bytes) {
            of_file
                .entry(line["amazon-order-id"].clone())
                .or_default()
                .push(line);
        }
        for (order, lines) in of_file {
            let stamp = lines
                .iter()
                .map(|line| line["last-updated-date"].clone())
                .max()
                .unwrap();
            snapshots
                .entry(order)
                .or_default()
                .insert((stamp, place), lines);
        }
    }
    let newest = |(order, mut all): (String, BTreeMap<_, _>)| (order, all.pop_last().unwrap().1);
    snapshots.into_iter().map(newest).collect()
}

fn is_cancelled(line: &Line, column: &str) -> bool {
    ["cancelled", "canceled"].contains(&&*line[column].to_lowercase())
}

fn is_live(line: &Line) -> bool {
    !is_cancelled(line, "order-status") && !is_cancelled(line, "item-status")
}

fn fulfillment(line: &Line) -> &'static str {
    match &*line["fulfillment-channel"] {
        "Amazon" | "AFN" => "fba",
        "Merchant" | "MFN" => "merchant",
        _ => "unknown",
    }
}

/// The least currency of lines with a price.
fn currency(lines: &[Line]) -> String {
    let priced = lines.iter().filter(|line| !line["item-price"].is_empty());
    priced
        .map(|line| line["currency"].clone())
        .min()
        .unwrap_or_default()
}

/// Orders placed, orders, units, unpriced units, sales.
type Sums = [i128; 5];

/// By a key of every order, and its currency.
fn by(files: &Files, key: impl Fn(&[Line]) -> Vec<String>) -> BTreeMap<Vec<String>, Sums> {
    let mut sums: BTreeMap<Vec<String>, Sums> = BTreeMap::new();
    for lines in orders(files).into_values() {
        let mut key = key(&lines);
        key.push(currency(&lines));
        let sums = sums.entry(key).or_default();
        sums[0] += 1;
        sums[1] += i128::from(!is_cancelled(&lines[0], "order-status"));
        for line in lines.iter().filter(|line| is_live(line)) {
            let units: i128 = line["quantity"].parse().unwrap();
            sums[2] += units;
            sums[3] += if line["item-price"].is_empty() {
                units
            } else {
                0
            };
            sums[4] += money(&line["item-price"]);
        }
    }
    sums
}

fn rows<'d>(document: &'d Value, table: &str) -> &'d Vec<Value> {
    document["tables"][table]["rows"].as_array().unwrap()
}

fn text(row: &Value, column: &str) -> String {
    row[column].as_str().unwrap_or("").to_owned()
}

fn found(document: &Value, table: &str, keys: &[&str]) -> BTreeMap<Vec<String>, Sums> {
    let sums = |row: &Value| {
        let count = |name: &str| i128::from(row[name].as_i64().unwrap());
        [
            count("orders_placed"),
            count("orders"),
            count("units"),
            count("unpriced_units"),
            money(&text(row, "sales")),
        ]
    };
    let key = |row: &Value| {
        keys.iter()
            .chain(&["currency"])
            .map(|key| text(row, key))
            .collect()
    };
    rows(document, table)
        .iter()
        .map(|row| (key(row), sums(row)))
        .collect()
}

/// A clean report alone, and two downloads of the same orders.
fn cases() -> Vec<Files> {
    let twice = |seed| {
        [
            all_orders(4_000, seed, false, false),
            all_orders(4_000, seed, true, false),
        ]
    };
    vec![
        named([all_orders(6_000, 11, false, false)]),
        named(twice(12)),
        named([
            all_orders(9_000, 13, false, false),
            all_orders(5_000, 14, false, false),
        ]),
    ]
}

#[test]
fn places_are_those_of_the_naive_engine() {
    for files in cases() {
        let expected = by(&files, |lines| {
            let least = |column: &str| lines.iter().map(|line| line[column].clone()).min().unwrap();
            let (country, state) = ordersift::field::region::normalise(
                least("ship-country").as_bytes(),
                least("ship-state").as_bytes(),
            );
            vec![country, state]
        });
        assert!(expected.len() > 20);
        assert_eq!(
            found(&value(&files), "places", &["ship_country", "ship_state"]),
            expected
        );
    }
}

#[test]
fn customers_and_service_levels_are_those_of_the_naive_engine() {
    for files in cases() {
        let document = value(&files);
        let expected = by(&files, |lines| {
            vec![
                lines[0]["ship-service-level"].clone(),
                fulfillment(&lines[0]).to_owned(),
            ]
        });
        assert!(expected.len() > 5);
        assert_eq!(
            found(
                &document,
                "service_levels",
                &["ship_service_level", "fulfillment"]
            ),
            expected
        );
        let expected = by(&files, |lines| {
            let customer = match lines[0].get("is-business-order").map(|cell| &**cell) {
                Some("true") => "business",
                Some("false") => "consumer",
                _ => "unknown",
            };
            vec![customer.to_owned(), fulfillment(&lines[0]).to_owned()]
        });
        assert!(expected.len() > 5);
        assert_eq!(
            found(&document, "customers", &["customer", "fulfillment"]),
            expected
        );
    }
}

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

#[test]
fn promotions_are_those_of_the_naive_engine() {
    for files in cases() {
        let mut live: BTreeMap<String, i128> = BTreeMap::new();
        let mut sums: BTreeMap<(String, String), [i128; 5]> = BTreeMap::new();
        for line in orders(&files)
            .values()
            .flatten()
            .filter(|line| is_live(line))
        {
            let currency = line["currency"].clone();
            *live.entry(currency.clone()).or_default() += 1;
            let discount = money(line["item-promotion-discount"].trim_start_matches('-'))
                + money(line["ship-promotion-discount"].trim_start_matches('-'));
            // The promotions of the sample begin with words, and then comes a long number or a code.
            let family = |id: &str| {
                let plain = |word: &&str| {
                    let digits = word.chars().filter(char::is_ascii_digit).count();
                    digits < 3 && (digits == 0 || digits < word.len() && word.len() < 8)
                };
                let words = id.trim().split([' ', '-']).take_while(plain);
                words.collect::<Vec<_>>().join(" ")
            };
            let ids = line["promotion-ids"].split(',').filter(|id| !id.is_empty());
            let mut families: BTreeSet<String> = ids.map(family).collect();
            if discount > 0 {
                families.insert("any discount".to_owned());
            }
            for family in families {
                let sums = sums.entry((currency.clone(), family)).or_default();
                let more = [
                    1,
                    i128::from(discount > 0),
                    line["quantity"].parse().unwrap(),
                    money(&line["item-price"]),
                    discount,
                ];
                (0..5).for_each(|at| sums[at] += more[at]);
            }
        }
        let document = value(&files);
        let mut found = BTreeMap::new();
        for row in rows(&document, "promotions") {
            let count = |name: &str| i128::from(row[name].as_i64().unwrap());
            let currency = text(row, "currency");
            let sums = [
                count("lines"),
                count("discounted_lines"),
                count("units"),
                money(&text(row, "sales")),
                money(&text(row, "discounts")),
            ];
            assert_eq!(row["share_of_lines"], share(sums[0], live[&currency]));
            if !currency.is_empty() {
                assert_eq!(row["depth"], share(sums[4], sums[3]));
            }
            // As the naive families are joined.
            found.insert((currency, text(row, "promotion").replace('-', " ")), sums);
        }
        assert!(sums.len() > 8, "{sums:?}");
        assert_eq!(found, sums);
    }
}

/// Live lines of an order on Amazon's channels.
fn basket(lines: &[Line]) -> Option<Vec<&Line>> {
    let live: Vec<&Line> = lines.iter().filter(|line| is_live(line)).collect();
    let outside = lines[0]["sales-channel"]
        .to_lowercase()
        .starts_with("non-amazon");
    (!live.is_empty() && !outside).then_some(live)
}

fn skus(live: &[&Line]) -> BTreeSet<String> {
    live.iter().map(|line| line["sku"].clone()).collect()
}

#[test]
fn sizes_of_orders_are_those_of_the_naive_engine() {
    for files in cases() {
        let mut expected: BTreeMap<[String; 3], i128> = BTreeMap::new();
        for lines in orders(&files).values() {
            let Some(live) = basket(lines) else { continue };
            let units: usize = live
                .iter()
                .map(|line| line["quantity"].parse::<usize>().unwrap())
                .sum();
            for (by, size) in [
                ("units", units),
                ("lines", live.len()),
                ("skus", skus(&live).len()),
            ] {
                let size = if size < 5 {
                    size.to_string()
                } else {
                    "5 or more".to_owned()
                };
                *expected
                    .entry([fulfillment(&lines[0]).to_owned(), by.to_owned(), size])
                    .or_default() += 1;
            }
        }
        let document = value(&files);
        let row = |row: &Value| {
            let key = ["fulfillment", "counted_by", "size"].map(|name| text(row, name));
            (key, i128::from(row["orders"].as_i64().unwrap()))
        };
        let found: BTreeMap<_, _> = rows(&document, "baskets").iter().map(row).collect();
        assert!(expected.len() > 15);
        assert_eq!(found, expected);
    }
}

#[test]
fn values_of_orders_are_exact_quantiles() {
    for files in cases() {
        let mut values: BTreeMap<(String, String), Vec<i128>> = BTreeMap::new();
        for lines in orders(&files).values() {
            let priced = lines
                .iter()
                .filter(|line| is_live(line) && !line["item-price"].is_empty());
            let amounts: Vec<i128> = priced.map(|line| money(&line["item-price"])).collect();
            if !amounts.is_empty() {
                let key = (fulfillment(&lines[0]).to_owned(), currency(lines));
                values.entry(key).or_default().push(amounts.iter().sum());
            }
        }
        let document = value(&files);
        let found = rows(&document, "order_values");
        assert_eq!(found.len(), values.len());
        assert!(values.len() > 3);
        for (row, ((who, currency), mut amounts)) in found.iter().zip(values) {
            amounts.sort_unstable();
            assert_eq!(
                (text(row, "fulfillment"), text(row, "currency")),
                (who, currency)
            );
            assert_eq!(row["orders"], amounts.len());
            assert_eq!(money(&text(row, "sales")), amounts.iter().sum::<i128>());
            for (percent, name) in [
                (10, "p10"),
                (25, "p25"),
                (50, "p50"),
                (75, "p75"),
                (90, "p90"),
                (99, "p99"),
            ] {
                let at = (amounts.len() * percent).div_ceil(100).max(1);
                assert_eq!(
                    money(&text(row, name)),
                    amounts[at - 1],
                    "{name} of {}",
                    amounts.len()
                );
            }
            assert_eq!(money(&text(row, "least")), amounts[0]);
            assert_eq!(money(&text(row, "most")), *amounts.last().unwrap());
        }
    }
}

#[test]
fn pairs_are_those_of_the_naive_engine() {
    for files in cases() {
        let (mut pairs, mut holders, mut all) = (
            BTreeMap::<(String, String), i128>::new(),
            BTreeMap::<String, i128>::new(),
            0,
        );
        for lines in orders(&files).values() {
            let Some(live) = basket(lines) else { continue };
            all += 1;
            let skus: Vec<String> = skus(&live).into_iter().collect();
            for (place, sku) in skus.iter().enumerate() {
                *holders.entry(sku.clone()).or_default() += 1;
                for other in &skus[place + 1..] {
                    *pairs.entry((sku.clone(), other.clone())).or_default() += 1;
                }
            }
        }
        let mut list: Vec<_> = pairs
            .into_iter()
            .filter(|(_, orders)| *orders >= 2)
            .collect();
        list.sort_by_key(|((sku, other), orders)| (-orders, sku.clone(), other.clone()));
        let by_chance = |(sku, other): &(String, String)| holders[sku] * holders[other];
        let mut by_lift: Vec<_> = list
            .iter()
            .filter(|(_, orders)| *orders >= 5)
            .cloned()
            .collect();
        by_lift
            .sort_by(|(a, m), (b, n)| (n * by_chance(a)).cmp(&(m * by_chance(b))).then(a.cmp(b)));
        by_lift.truncate(50);
        let first: Vec<_> = list.iter().take(50).cloned().collect();
        let rest = list
            .iter()
            .skip(50)
            .filter(|pair| by_lift.contains(pair))
            .cloned();
        let expected: Vec<_> = first.into_iter().chain(rest).collect();
        let document = value(&files);
        let found: Vec<_> = rows(&document, "bought_together")
            .iter()
            .map(|row| {
                (
                    (text(row, "sku"), text(row, "other_sku")),
                    i128::from(row["orders"].as_i64().unwrap()),
                )
            })
            .collect();
        assert_eq!(found, expected);
        assert!(found.len() > 5, "{}", found.len());
        for row in rows(&document, "bought_together") {
            let pair = (text(row, "sku"), text(row, "other_sku"));
            let orders = i128::from(row["orders"].as_i64().unwrap());
            assert_eq!(row["lift"], share(orders * all, by_chance(&pair)));
            assert_eq!(row["share_with"], share(orders, holders[&pair.0]));
        }
    }
}

#[test]
fn lines_in_any_order_and_chunks_of_any_size_give_the_same_shape() {
    let report = all_orders(3_000, 15, false, false);
    let header = report.len() - body(&report).len();
    let mut all: Vec<&[u8]> = body(&report)
        .split_inclusive(|byte| *byte == b'\n')
        .collect();
    // Far apart what stood together.
    all.sort_by_key(|line| {
        line.iter().fold(7_u64, |mixed, byte| {
            mixed.wrapping_mul(31).wrapping_add(u64::from(*byte))
        })
    });
    let shuffled = [&report[..header], &all.concat()].concat();
    let tables = [
        "places",
        "customers",
        "service_levels",
        "promotions",
        "baskets",
        "order_values",
        "bought_together",
    ];
    let plain = value(&named([report]));
    for chunk in [512, 40_000] {
        let options = run::in_pieces(chunk, run::tolerant());
        let document = run::of_files(&named([shuffled.clone()]), &options).unwrap();
        let other: Value = serde_json::from_str(&run::json(&document)).unwrap();
        for table in tables {
            assert!(!rows(&plain, table).is_empty());
            assert_eq!(rows(&other, table), rows(&plain, table), "{table}");
        }
    }
}

#[test]
fn an_order_in_two_currencies_is_worth_nothing_that_can_be_said() {
    let line = |order: u32, sku: &str, currency: &str, price: &str| {
        format!(
            "111-0000000-{order:07}\t2026-07-20T18:00:00Z\t2026-07-21T19:00:00Z\tShipped\tAmazon\tAmazon.com\t{sku}\tShipped\t1\t{currency}\t{price}\tUS\tca.\n"
        )
    };
    let header = "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\tsku\titem-status\tquantity\tcurrency\titem-price\tship-country\tship-state\n";
    let lines = [
        line(1, "A", "USD", "5"),
        line(2, "A", "USD", "7"),
        line(1, "B", "CAD", "3"),
        line(3, "A", "", ""),
    ];
    for order in [[0, 1, 2, 3], [0, 2, 1, 3], [2, 0, 3, 1]] {
        let report: String = std::iter::once(header.to_owned())
            .chain(order.map(|at| lines[at].clone()))
            .collect();
        let document = value(&named([report]));
        let sales = |row: &Value| {
            (
                self::text(row, "currency"),
                row["sales"].clone(),
                row["orders"].clone(),
            )
        };
        let places: Vec<_> = rows(&document, "places").iter().map(sales).collect();
        assert_eq!(
            places,
            [
                (String::new(), Value::Null, json!(1)),
                ("CAD".into(), json!("3.00"), json!(1)),
                ("USD".into(), json!("12.00"), json!(1)),
            ]
        );
        assert_eq!(rows(&document, "places")[2]["ship_state"], "CA");
        let values = rows(&document, "order_values");
        assert_eq!((values.len(), &values[0]["sales"]), (1, &json!("7.00")));
    }
}

#[test]
fn without_the_shape_of_demand_every_other_table_is_the_same() {
    let files = named([
        all_orders(3_000, 16, false, true),
        all_orders(3_000, 16, true, false),
    ]);
    let options = run::plain();
    let options = Options {
        tables: TableOptions {
            order_profiles: false,
            ..options.tables
        },
        ..options
    };
    let whole = run::of_files(&files, &run::plain()).unwrap();
    let whole: Value = serde_json::from_str(&run::json(&whole)).unwrap();
    let document = run::of_files(&files, &options).unwrap();
    let less: Value = serde_json::from_str(&run::json(&document)).unwrap();
    for (table, content) in whole["tables"].as_object().unwrap() {
        if ordersift::topic::ORDER_PROFILE_TABLES.contains(&table.as_str()) {
            assert!(!rows(&whole, table).is_empty());
            // Sizes and places alike: nobody asked, so nothing is said.
            assert!(rows(&less, table).is_empty(), "{table}");
        } else {
            assert_eq!(&less["tables"][table], content, "{table}");
        }
    }
}

#[test]
fn an_order_at_home_where_none_of_its_lines_is_counts_wherever_they_stand() {
    let line = |order: u32, who: &str, currency: &str, price: &str, status: &str| {
        format!(
            "111-0000000-{order:07}\t2026-07-20T18:00:00Z\t2026-07-21T19:00:00Z\tShipped\t{who}\tAmazon.com\tA\t{status}\t1\t{currency}\t{price}\n"
        )
    };
    let header = "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\tsku\titem-status\tquantity\tcurrency\titem-price\n";
    // Amazon ships the one line and the other is in the lesser currency: together, Amazon ships in the lesser currency.
    let sold = line(1, "Amazon", "USD", "0", "Shipped");
    let cancelled = line(1, "Merchant", "EUR", "3", "Cancelled");
    let other = line(2, "Merchant", "GBP", "4", "Shipped");
    let together = [header, &sold, &cancelled, &other].concat();
    let apart = [header, &sold, &other, &cancelled].concat();
    let (together, apart) = (value(&named([together])), value(&named([apart])));
    for table in ordersift::topic::ORDER_PROFILE_TABLES {
        assert_eq!(rows(&together, table), rows(&apart, table), "{table}");
    }
    let worth = &rows(&together, "order_values")[0];
    assert_eq!(
        (&worth["fulfillment"], &worth["currency"]),
        (&json!("fba"), &json!("EUR"))
    );
}
