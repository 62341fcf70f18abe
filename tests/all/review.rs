//! The weekly review against a naive engine: what changed, which SKUs made the difference, how much hangs on few of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::history::{History, Sold, first_day};
use crate::common::reference::{self, Tables};
use crate::common::run::{
    Files, all_orders, filtered, json as json_of, named, of_files, tolerant, value,
};
use crate::common::{contract, first_difference};
use chrono::{Days, Months, NaiveDate};
use ordersift::field::{Filter, Fulfillment};
use serde_json::{Map, Value, json};

type Day = NaiveDate;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// Ten-thousandths.
fn money(value: &Value) -> i128 {
    let text = value.as_str().unwrap_or("0");
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{part:0<4}").parse().unwrap()
}

/// A part of a whole as tables write it.
fn share(part: i128, whole: i128) -> Value {
    if whole == 0 {
        return Value::Null;
    }
    let millionths = (2 * part.abs() * 1_000_000 + whole) / (2 * whole);
    let sign = if part < 0 && millionths > 0 { "-" } else { "" };
    json!(format!(
        "{sign}{}.{:06}",
        millionths / 1_000_000,
        millionths % 1_000_000
    ))
}

/// Orders, units, sales.
type Sums = [i128; 3];

/// A way to cut time: its name, the first day of the period of a day, the first day of the period after.
type Cut = (&'static str, fn(Day) -> Day, fn(Day) -> Day);

const CUTS: [Cut; 2] = [
    (
        "week",
        |day| day.week(chrono::Weekday::Mon).first_day(),
        |first| first + Days::new(7),
    ),
    (
        "month",
        |day| chrono::Datelike::with_day(&day, 1).unwrap(),
        |first| first + Months::new(1),
    ),
];

/// The table `changes`, from the naive engine's days.
fn changes(tables: &Tables, gap_days: &BTreeSet<String>) -> Vec<Map<String, Value>> {
    let daily = &tables["daily"];
    let days: Vec<Day> = daily
        .iter()
        .map(|row| day(row["first_day"].as_str().unwrap()))
        .collect();
    let (from, to) = (*days.iter().min().unwrap(), *days.iter().max().unwrap());
    let mut rows = Vec::new();
    for (name, start, next) in CUTS {
        let covered = |first: Day| {
            let days = first.to_string()..next(first).to_string();
            first >= from
                && next(first) - Days::new(1) <= to
                && gap_days.range(days).next().is_none()
        };
        // A period in which nothing was sold is one all the same.
        let firsts = from.iter_days().take_while(|day| *day <= to).map(start);
        let Some(first) = firsts.filter(|first| covered(*first)).max() else {
            continue;
        };
        let back =
            |periods: usize| (0..periods).fold(first, |first, _| start(first - Days::new(1)));
        let mut groups: BTreeMap<[String; 4], BTreeMap<Day, Sums>> = BTreeMap::new();
        for row in daily {
            let text = |name: &str| row[name].as_str().unwrap_or("").to_owned();
            let (channel, who, currency) =
                (text("sales_channel"), text("fulfillment"), text("currency"));
            let amount = |name: &str| i128::from(row[name].as_i64().unwrap());
            let sums = [amount("orders"), amount("units"), money(&row["sales"])];
            let first = start(day(row["first_day"].as_str().unwrap()));
            let all = [
                "0".into(),
                "all Amazon".into(),
                String::new(),
                currency.clone(),
            ];
            let outside = channel.to_lowercase().starts_with("non-amazon");
            let keys = [
                (!outside).then_some(all),
                Some(["1".into(), channel, who, currency]),
            ];
            for key in keys.into_iter().flatten() {
                let known = groups.entry(key).or_default().entry(first).or_default();
                (0..3).for_each(|at| known[at] += sums[at]);
            }
        }
        for ([_, channel, who, currency], series) in groups {
            let at = |first: Day| series.get(&first).copied().unwrap_or_default();
            let (now, then) = (at(first), covered(back(1)).then(|| at(back(1))));
            if [Some(now), Some(at(back(1)))]
                .iter()
                .flatten()
                .all(|sums| sums[0] + sums[1] == 0)
            {
                continue;
            }
            let priced = !currency.is_empty();
            let mean = |periods: usize| {
                let all = (1..=periods).map(back).collect::<Vec<_>>();
                let sum: i128 = all.iter().map(|first| at(*first)[2]).sum();
                let known = priced && all.iter().all(|first| covered(*first));
                if known {
                    share(now[2] * i128::try_from(periods).unwrap() - sum, sum)
                } else {
                    Value::Null
                }
            };
            let change =
                |at: usize| then.map_or(Value::Null, |then| share(now[at] - then[at], then[at]));
            let year = if name == "week" { back(52) } else { back(12) };
            let last_year = if priced && covered(year) {
                share(now[2] - at(year)[2], at(year)[2])
            } else {
                Value::Null
            };
            let row = json!({
                "compares": name, "first_day": first.to_string(), "sales_channel": channel, "fulfillment": who, "currency": currency,
                "orders": now[0], "orders_before": then.map(|then| then[0]), "orders_change": change(0),
                "units": now[1], "units_before": then.map(|then| then[1]), "units_change": change(1),
                "sales_change": if priced { change(2) } else { Value::Null },
                "difference": then.filter(|_| priced).map(|then| now[2] - then[2]),
                "sales_vs_mean_4": mean(4), "sales_vs_mean_8": mean(8), "sales_vs_last_year": last_year,
                "mark": match (then.map(|then| then[0]), now[0]) { (Some(0), 1..) => Some("new"), (Some(1..), 0) => Some("gone"), _ => None },
            });
            rows.push(row.as_object().unwrap().clone());
        }
    }
    rows
}

/// The program's rows under the same names.
fn found(document: &Value) -> Vec<Map<String, Value>> {
    let rows = document["tables"]["changes"]["rows"].as_array().unwrap();
    let same = |row: &Value| {
        let mut row = row.as_object().unwrap().clone();
        let difference = row.remove("sales_difference").unwrap();
        let known = !difference.is_null();
        row.insert(
            "difference".into(),
            if known {
                json!(money(&difference))
            } else {
                Value::Null
            },
        );
        for name in ["period", "sales", "sales_before"] {
            row.remove(name);
        }
        for name in ["fulfillment", "currency", "sales_channel"] {
            let text = row[name].as_str().unwrap_or("").to_owned();
            row.insert(name.into(), json!(text));
        }
        row
    };
    rows.iter().map(same).collect()
}

fn check_changes(files: &Files) {
    let expected = changes(&reference::tables(files), &reference::gap_days(files));
    let mut found = found(&value(files));
    let mut wanted = expected;
    // The reference sorts texts as bytes too; the order of rows is the contract's and is looked at elsewhere.
    for rows in [&mut found, &mut wanted] {
        rows.sort_by_key(|row| json!(row).to_string());
    }
    assert!(found.len() > 5, "a test that compares nothing");
    assert_eq!(found.len(), wanted.len());
    for (found, wanted) in found.iter().zip(&wanted) {
        assert_eq!(json!(found), json!(wanted));
    }
}

#[test]
fn changes_are_those_of_the_naive_engine() {
    for seed in 1..5 {
        check_changes(&named([all_orders(4_000, seed, false, true)]));
    }
    check_changes(&named([
        all_orders(6_000, 9, false, false),
        all_orders(6_000, 9, true, false),
    ]));
}

/// The files of a history without some days, each cut in two where they are.
fn gapped(history: &History, lost: &[(u32, u32)]) -> Files {
    let zone = chrono_tz::America::Los_Angeles;
    let at = |line: &Sold| {
        let day = line.bought.with_timezone(&zone).date_naive();
        u32::try_from((day - first_day()).num_days().max(0)).unwrap()
    };
    let mut parts: BTreeMap<usize, Vec<Sold>> = BTreeMap::new();
    for line in history.sold() {
        let at = at(&line);
        if !lost
            .iter()
            .any(|(from, days)| (*from..from + days).contains(&at))
        {
            let part = lost.iter().filter(|(from, _)| at > *from).count();
            parts.entry(part).or_default().push(line);
        }
    }
    let files = parts.iter().flat_map(|(part, sold)| {
        let files = history.files(sold).into_iter();
        files.map(move |(name, bytes)| (format!("{part}-{name}"), bytes))
    });
    files.collect()
}

#[test]
fn periods_that_lack_days_are_those_of_the_naive_engine() {
    let history = |seed, orders| History {
        orders,
        tail: 2,
        ..History::of(seed)
    };
    for (seed, orders, lost, is_gap) in [
        (1, 160, &[(7 * 14 + 1, 3)][..], true),
        (2, 160, &[(7 * 15 + 2, 1), (7 * 12, 9)], true),
        (3, 12, &[(7 * 13, 7), (7 * 15 + 6, 1)], true),
        (4, 2, &[(7 * 14, 5), (7 * 10, 2)], true),
        // Of so few orders, that none came on three days says nothing.
        (5, 1, &[(7 * 14, 3)], false),
        (6, 160, &[], false),
    ] {
        let files = gapped(&history(seed, orders), lost);
        check_changes(&files);
        let document = value(&files);
        let difference = first_difference(&reference::tables(&files), &document);
        assert_eq!(difference, None, "seed {seed}");
        let gap_days = reference::gap_days(&files);
        assert_eq!(!gap_days.is_empty(), is_gap, "seed {seed}: {gap_days:?}");
    }
}

/// By currency and SKU: sales of this week and the last, and units.
type Weeks = BTreeMap<(String, String), [i128; 4]>;

/// Of one file, whose orders all count.
fn weeks(bytes: &[u8]) -> (Weeks, Day) {
    let lines: Vec<contract::Fact> = contract::read(bytes).into_iter().flatten().collect();
    let days: Vec<Day> = lines.iter().map(|line| day(&line.0["day"])).collect();
    let (from, to) = (*days.iter().min().unwrap(), *days.iter().max().unwrap());
    let start = CUTS[0].1;
    let complete = |first: &Day| *first >= from && *first + Days::new(6) <= to;
    let first = days
        .iter()
        .map(|day| start(*day))
        .filter(complete)
        .max()
        .unwrap();
    let mut weeks = Weeks::new();
    for (line, day) in lines.iter().zip(days) {
        let Some(week) = [first, first - Days::new(7)]
            .iter()
            .position(|week| *week == start(day))
        else {
            continue;
        };
        let sums = weeks
            .entry((line.0["currency"].clone(), line.0["sku"].clone()))
            .or_default();
        sums[week] += line.1["sales"];
        sums[2 + week] += line.1["units"];
    }
    weeks.retain(|(currency, _), _| !currency.is_empty());
    (weeks, first)
}

#[test]
fn movers_are_those_of_the_naive_engine() {
    for seed in 1..4 {
        let bytes = all_orders(9_000, seed, false, true);
        let (weeks, first) = weeks(&bytes);
        let total = |currency: &str, week: usize| -> i128 {
            weeks
                .iter()
                .filter(|((of, _), _)| of == currency)
                .map(|(_, sums)| sums[week])
                .sum()
        };
        let mut expected = Vec::new();
        let currencies: std::collections::BTreeSet<&String> =
            weeks.keys().map(|(currency, _)| currency).collect();
        for currency in currencies {
            for up in [true, false] {
                let mut list: Vec<_> = weeks
                    .iter()
                    .filter(|((of, _), sums)| {
                        let weighs = (0..2).any(|week| {
                            sums[week] > 0 && sums[week] * 1000 >= total(currency, week)
                        });
                        of == currency && sums[0] != sums[1] && (sums[0] > sums[1]) == up && weighs
                    })
                    .collect();
                list.sort_by_key(|((_, sku), sums)| (-(sums[0] - sums[1]).abs(), sku.clone()));
                for ((_, sku), sums) in list.into_iter().take(10) {
                    let mark = match sums {
                        [_, 0, ..] => json!("new"),
                        [0, ..] => json!("gone"),
                        _ => Value::Null,
                    };
                    let direction = if up { "up" } else { "down" };
                    expected.push(json!([
                        currency,
                        direction,
                        sku,
                        sums[0] - sums[1],
                        share(sums[0] - sums[1], sums[1]),
                        sums[2],
                        sums[3],
                        mark
                    ]));
                }
            }
        }
        let document = value(&named([bytes]));
        let rows = document["tables"]["movers"]["rows"].as_array().unwrap();
        let found: Vec<Value> = rows
            .iter()
            .map(|row| {
                json!([
                    row["currency"],
                    row["direction"],
                    row["sku"],
                    money(&row["sales_difference"]),
                    row["sales_change"],
                    row["units"],
                    row["units_before"],
                    row["mark"]
                ])
            })
            .collect();
        assert_eq!(found, expected, "seed {seed}, week of {first}");
        assert!(found.len() > 20, "a test that compares nothing");
    }
}

#[test]
fn concentration_is_that_of_the_skus() {
    let document = value(&named([all_orders(9_000, 5, false, false)]));
    let skus = document["tables"]["skus"]["rows"].as_array().unwrap();
    for row in document["tables"]["concentration"]["rows"]
        .as_array()
        .unwrap()
    {
        let of = skus.iter().filter(|sku| sku["currency"] == row["currency"]);
        let sales: Vec<i128> = of
            .map(|sku| money(&sku["sales"]))
            .filter(|sales| *sales > 0)
            .collect();
        let all: i128 = sales.iter().sum();
        let top = |count: usize| share(sales[..count].iter().sum(), all);
        assert_eq!(row["skus_sold"], sales.len());
        assert_eq!(money(&row["sales"]), all);
        assert_eq!(row["share_of_top_sku"], top(1));
        for (percent, name) in [
            (1, "share_of_top_1"),
            (10, "share_of_top_10"),
            (20, "share_of_top_20"),
        ] {
            assert_eq!(
                row[name],
                top((sales.len() * percent).div_ceil(100)),
                "{name}"
            );
        }
        let needed =
            (1..=sales.len()).find(|count| sales[..*count].iter().sum::<i128>() * 100 >= all * 80);
        assert_eq!(row["skus_for_80"], needed.unwrap());
    }
}

#[test]
fn what_is_not_covered_whole_is_not_compared() {
    let line = |number: u32, day: &str, price: &str| {
        format!(
            "111-0000000-{number:07}\t{day}T18:00:00Z\t{day}T19:00:00Z\tShipped\tAmazon\tAmazon.com\tMUG\tShipped\t1\tUSD\t{price}\n"
        )
    };
    let header = "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\tsku\titem-status\tquantity\tcurrency\titem-price\n";
    // From a Wednesday to a Sunday week after: one week is whole, the one before is not.
    let short = [
        header.to_owned(),
        line(1, "2026-07-15", "5"),
        line(2, "2026-07-20", "10"),
        line(3, "2026-07-26", "10"),
    ]
    .concat();
    let document = value(&named([short]));
    let row = &document["tables"]["changes"]["rows"][0];
    assert_eq!(
        (&row["period"], &row["sales"]),
        (&json!("2026-W30"), &json!("20.00"))
    );
    assert_eq!(
        (&row["sales_before"], &row["sales_change"], &row["mark"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    assert_eq!(
        document["tables"]["movers"]["rows"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
    // A week earlier, and it is.
    let long = [
        header.to_owned(),
        line(1, "2026-07-13", "5"),
        line(2, "2026-07-20", "10"),
        line(3, "2026-07-26", "10"),
    ]
    .concat();
    let document = value(&named([long]));
    let row = &document["tables"]["changes"]["rows"][0];
    assert_eq!(
        (&row["sales_before"], &row["sales_change"]),
        (&json!("5.00"), &json!("3.000000"))
    );
    let mover = &document["tables"]["movers"]["rows"][0];
    assert_eq!(
        (&mover["direction"], &mover["sales_difference"]),
        (&json!("up"), &json!("15.00"))
    );
}

/// The lines of a file of which a column says what is wanted.
fn only(text: &str, column: &str, wanted: &dyn Fn(&str) -> bool) -> String {
    let header = text.lines().next().unwrap();
    let at = header
        .split('\t')
        .position(|name| name.trim() == column)
        .unwrap();
    let mut lines = text.split_inclusive('\n');
    let mut kept = lines.next().unwrap().to_owned();
    kept.extend(lines.filter(|line| {
        line.split('\t')
            .nth(at)
            .is_some_and(|cell| wanted(cell.trim()))
    }));
    kept
}

/// The tables of demand.
fn demand(text: &str, filter: Filter) -> Vec<Value> {
    let options = filtered(filter, tolerant());
    let document = of_files(&named([text]), &options).unwrap();
    let document: Value = serde_json::from_str(&json_of(&document)).unwrap();
    let names = [
        "fulfillment",
        "status",
        "channels",
        "daily",
        "weekly",
        "hours",
        "changes",
        "movers",
        "skus",
        "concentration",
    ];
    names.map(|name| document["tables"][name].clone()).to_vec()
}

#[test]
fn what_is_asked_for_is_what_is_left_if_the_other_lines_are_gone() {
    let text = String::from_utf8(all_orders(5_000, 3, false, false)).unwrap();
    let all = demand(&text, Filter::default());
    let words = |words: &[&str]| {
        words
            .iter()
            .map(|word| (*word).to_owned())
            .collect::<Vec<_>>()
    };
    let same = |filter: Filter, column: &str, wanted: &dyn Fn(&str) -> bool| {
        let found = demand(&text, filter);
        assert_eq!(
            found,
            demand(&only(&text, column, wanted), Filter::default()),
            "{column}"
        );
        assert!(
            found != all && !found[0]["rows"].as_array().unwrap().is_empty(),
            "{column}"
        );
    };
    let channels = words(&["amazon.DE", "Amazon.ca"]);
    same(
        Filter {
            channels,
            ..Filter::default()
        },
        "sales-channel",
        &|cell| ["Amazon.de", "Amazon.ca"].contains(&cell),
    );
    let fulfillments = vec![Fulfillment::Merchant];
    same(
        Filter {
            fulfillments,
            ..Filter::default()
        },
        "fulfillment-channel",
        &|cell| cell == "Merchant",
    );
    let skus = words(&["KT*", "ob-107"]);
    same(
        Filter {
            skus,
            ..Filter::default()
        },
        "sku",
        &|cell| cell.starts_with("KT") || cell == "ob-107",
    );
    let countries = words(&["gb", "US"]);
    same(
        Filter {
            countries,
            ..Filter::default()
        },
        "ship-country",
        &|cell| ["GB", "US"].contains(&cell),
    );
}
