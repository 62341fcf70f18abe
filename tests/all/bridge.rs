//! The bridge to Business Reports and the estimate of what has no price, against naive sums.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::contract::{self, Fact};
use crate::common::run::{
    Files, all_orders, in_pieces, json as json_of, named, of_files, of_paths, plain, written,
};
use crate::common::sheet::{backwards, edited};
use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use ordersift::options::{DayOptions, Options, TableOptions};
use ordersift::write::{self, Period, Screen};
use rayon::ThreadPoolBuilder;
use serde_json::{Value, json};

type Day = NaiveDate;

/// A line, with what the naive reader does not read.
struct Line {
    fact: Fact,
    replacement: Option<bool>,
    /// The day in the zone of the run.
    day: Day,
}

impl Line {
    fn text(&self, name: &str) -> &str {
        &self.fact.0[name]
    }

    fn number(&self, name: &str) -> i128 {
        self.fact.1[name]
    }

    fn amazon(&self) -> bool {
        !self
            .text("sales_channel")
            .to_lowercase()
            .starts_with("non-amazon")
    }

    fn market_day(&self) -> Day {
        self.text("day").parse().unwrap()
    }
}

/// Units, ten-thousandths.
type Sums = [i128; 2];

fn sum<'l>(lines: impl Iterator<Item = &'l Line>, units: &str, sales: &str) -> Sums {
    lines.fold([0, 0], |[u, s], line| {
        [u + line.number(units), s + line.number(sales)]
    })
}

/// Units of a line and what they are worth, as far as they are estimated.
struct Worth<'l> {
    line: &'l Line,
    currency: Option<String>,
    median: Option<i128>,
    evidence: usize,
}

/// METRICS read aloud: every unit's price in a list, sorted, the one in the middle.
fn estimates(lines: &[Line]) -> Vec<Worth<'_>> {
    let counts =
        |line: &&Line| line.amazon() && line.replacement != Some(true) && line.number("units") > 0;
    let priced: Vec<&Line> = lines
        .iter()
        .filter(counts)
        .filter(|line| line.number("sold") == 1)
        .collect();
    let unpriced = lines
        .iter()
        .filter(counts)
        .filter(|line| line.number("sold") == 0);
    let worth = |line| {
        let line: &Line = line;
        let of_channel = priced
            .iter()
            .filter(|other| other.text("sales_channel") == line.text("sales_channel"));
        let in_channel: BTreeSet<&str> = of_channel
            .clone()
            .map(|other| other.text("currency"))
            .collect();
        let mut of_sku: BTreeMap<&str, Vec<i128>> = BTreeMap::new();
        for other in of_channel.filter(|other| other.text("sku") == line.text("sku")) {
            let (amount, units) = (other.number("sales"), other.number("units"));
            let price = (2 * amount + units) / (2 * units);
            for _ in 0..units {
                of_sku
                    .entry(other.text("currency"))
                    .or_default()
                    .push(price);
            }
        }
        let most = of_sku.values().map(Vec::len).max();
        let commonest = of_sku
            .iter()
            .find(|(_, prices)| Some(prices.len()) == most)
            .map(|(currency, _)| *currency);
        let currency = match (line.text("currency"), in_channel.len()) {
            ("", 1) => in_channel.first().copied(),
            ("", _) => commonest,
            (stated, _) => Some(stated),
        };
        let mut prices = currency
            .and_then(|currency| of_sku.get(currency))
            .cloned()
            .unwrap_or_default();
        prices.sort_unstable();
        let median = prices.get(prices.len().saturating_sub(1) / 2).copied();
        Worth {
            line,
            currency: currency.map(str::to_owned),
            median,
            evidence: prices.len(),
        }
    };
    unpriced.map(worth).collect()
}

/// What, its label, first and last day.
type Span = (&'static str, String, Day, Day);

fn spans(lines: &[Line]) -> Vec<Span> {
    let days: BTreeSet<Day> = lines.iter().map(|line| line.day).collect();
    let (from, to) = (*days.first().unwrap(), *days.last().unwrap());
    let month_end = |first: Day| first + Months::new(1) - Days::new(1);
    let whole = |first: &Day, last: Day| *first >= from && last <= to;
    let all =
        || (0..=(to - from).num_days()).map(|day| from + Days::new(u64::try_from(day).unwrap()));
    let week = all().rfind(|day| day.weekday() == Weekday::Mon && whole(day, *day + Days::new(6)));
    let month = all().rfind(|day| day.day() == 1 && whole(day, month_end(*day)));
    let week = week.map(|first| {
        (
            "week",
            first.format("%G-W%V").to_string(),
            first,
            first + Days::new(6),
        )
    });
    let month = month.map(|first| {
        (
            "month",
            first.format("%Y-%m").to_string(),
            first,
            month_end(first),
        )
    });
    week.into_iter()
        .chain(month)
        .chain([("all", "all".to_owned(), from, to)])
        .collect()
}

/// What the bridge is worked out from.
struct Naive<'l> {
    lines: &'l [Line],
    estimates: &'l [Worth<'l>],
    forced: bool,
}

/// A step: its name, its sums, whether the amount is a number, whether the files tell all of it.
type Step = (&'static str, Sums, bool, bool);

impl Naive<'_> {
    /// The estimates of lines of a span.
    fn worth(&self, first: Day, last: Day) -> impl Iterator<Item = &Worth<'_>> {
        let inside = move |worth: &&Worth<'_>| {
            (first..=last).contains(&worth.line.day) && worth.median.is_some()
        };
        self.estimates.iter().filter(inside)
    }

    fn currencies(&self, first: Day, last: Day) -> BTreeSet<String> {
        let inside = |day: Day| day >= first && day <= last;
        let here = self.lines.iter().filter(|line| inside(line.day));
        let shifted = self
            .lines
            .iter()
            .filter(|line| inside(line.day) != inside(line.market_day()));
        let shifted = shifted.filter(|line| line.amazon() && line.replacement != Some(true));
        let mut all: BTreeSet<String> = here
            .chain(shifted)
            .map(|line| line.text("currency").to_owned())
            .collect();
        all.extend(
            self.worth(first, last)
                .filter_map(|worth| worth.currency.clone()),
        );
        all
    }

    /// The estimate of a currency: what it moves here, units valued here, units that were counted here.
    fn estimate(&self, first: Day, last: Day, currency: &str) -> (Sums, i128, i128) {
        let (mut sums, mut valued, mut gone) = ([0, 0], 0, 0);
        for worth in self.worth(first, last) {
            let units = worth.line.number("units");
            if worth.currency.as_deref() == Some(currency) {
                valued += units;
                sums[0] += units;
                sums[1] += units * worth.median.unwrap();
            }
            if worth.line.text("currency") == currency {
                sums[0] -= units;
            }
            // Lines without a currency may be of any.
            if ["", currency].contains(&worth.line.text("currency")) {
                gone += units;
            }
        }
        (sums, valued, gone)
    }

    fn steps(&self, first: Day, last: Day, currency: &str, (from, to): (Day, Day)) -> [Step; 6] {
        let inside = |day: Day| day >= first && day <= last;
        let of = |line: &&Line| line.text("currency") == currency;
        let here = || self.lines.iter().filter(|line| inside(line.day));
        let amazon = || here().filter(|line| line.amazon());
        let ours = sum(here().filter(of), "units", "sales");
        let multi = sum(
            here().filter(of).filter(|line| !line.amazon()),
            "units",
            "sales",
        );
        let all = sum(amazon().filter(of), "quantity", "amount");
        let live = sum(amazon().filter(of), "units", "sales");
        let is_replacement = |line: &&Line| line.replacement == Some(true);
        let replacement = sum(
            amazon().filter(of).filter(is_replacement),
            "quantity",
            "amount",
        );
        let counts = |line: &&Line| line.amazon() && !is_replacement(line) && of(line);
        let moved = |arrives: bool| {
            let moves = move |line: &&Line| {
                inside(line.market_day()) == arrives && inside(line.day) != arrives
            };
            sum(
                self.lines.iter().filter(counts).filter(moves),
                "quantity",
                "amount",
            )
        };
        let (arrived, left) = (moved(true), moved(false));
        let shift = if self.forced {
            [arrived[0] - left[0], arrived[1] - left[1]]
        } else {
            [0, 0]
        };
        let (estimate, valued, gone) = self.estimate(first, last, currency);
        let any = |line: &&Line| ["", currency].contains(&line.text("currency"));
        let unpriced = amazon()
            .filter(any)
            .map(|line| line.number("unpriced_units"))
            .sum::<i128>()
            - gone;
        let cancelled = amazon()
            .filter(any)
            .filter(|line| line.number("live") + line.number("priced") == 0);
        let told = self
            .lines
            .iter()
            .filter(|line| line.replacement.is_some())
            .count();
        [
            ("our_sales", ours, true, true),
            ("non_amazon", multi.map(|sum| -sum), true, true),
            (
                "cancelled",
                [all[0] - live[0], all[1] - live[1]],
                true,
                cancelled.count() == 0,
            ),
            (
                "unpriced",
                estimate,
                unpriced == 0 || valued > 0,
                unpriced + valued == 0,
            ),
            (
                "replacement",
                replacement.map(|sum| -sum),
                told > 0,
                told == self.lines.len(),
            ),
            (
                "zone_shift",
                shift,
                true,
                !self.forced || first > from && last < to,
            ),
        ]
    }
}

/// The rows of the bridge: what, label, first and last day, currency, step, units, sales, known.
fn naive(lines: &[Line], estimating: bool, forced: bool) -> Vec<Value> {
    let estimates = if estimating {
        estimates(lines)
    } else {
        Vec::new()
    };
    let naive = Naive {
        lines,
        estimates: &estimates,
        forced,
    };
    let mut rows = Vec::new();
    let spans = spans(lines);
    let (_, _, from, to) = spans.last().unwrap().clone();
    for (what, label, first, last) in &spans {
        for currency in naive.currencies(*first, *last) {
            let steps = naive.steps(*first, *last, &currency, (from, to));
            let named = !currency.is_empty();
            // Of those without a currency nothing is shown if they have no units, whatever a replacement takes away.
            if !named
                && [0, 2, 3, 5]
                    .iter()
                    .all(|step: &usize| steps[*step].1[0] == 0)
            {
                continue;
            }
            let known = |step: &Step| step.3 && (named || step.1[0] == 0);
            let total = steps.iter().fold([0, 0], |sums, step| {
                [sums[0] + step.1[0], sums[1] + step.1[1]]
            });
            let all_known = steps.iter().all(known);
            for step in steps
                .iter()
                .chain([&("business_reports", total, true, true)])
            {
                let is_known = if step.0 == "business_reports" {
                    all_known
                } else {
                    known(step)
                };
                let sales = (step.2 && named).then(|| step.1[1].to_string());
                let currency = named.then_some(&currency);
                rows.push(json!([
                    what,
                    label,
                    first.to_string(),
                    last.to_string(),
                    currency,
                    step.0,
                    step.1[0],
                    sales,
                    is_known
                ]));
            }
        }
    }
    rows
}

/// Ten-thousandths.
fn money(value: &Value) -> Option<i128> {
    let text = value.as_str()?;
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    Some(sign * format!("{whole}{part:0<4}").parse::<i128>().unwrap())
}

fn found(document: &Value) -> Vec<Value> {
    let rows = document["tables"]["bridge"]["rows"]
        .as_array()
        .unwrap()
        .iter();
    let row = |row: &Value| {
        let [what, label, first, last, currency, step, units, known] = [
            "compares",
            "period",
            "first_day",
            "last_day",
            "currency",
            "step",
            "units",
            "known",
        ]
        .map(|name| row[name].clone());
        let sales = money(&row["sales"]).map(|sales| sales.to_string());
        json!([
            what, label, first, last, currency, step, units, sales, known
        ])
    };
    rows.map(row).collect()
}

fn document(files: &Files, options: &Options) -> Value {
    serde_json::from_str(&json_of(&of_files(files, options).unwrap())).unwrap()
}

fn asked(estimate_pending: bool, utc: bool) -> Options {
    let time_zone = utc.then_some(chrono_tz::Tz::UTC);
    let options = plain();
    Options {
        days: DayOptions {
            time_zone,
            ..options.days
        },
        tables: TableOptions {
            estimate_pending,
            ..options.tables
        },
        ..options
    }
}

/// Orders with replacements, and many lines without a price, some of them without a currency.
fn invented(seed: u64, with_replacements: bool) -> Vec<u8> {
    let text = String::from_utf8(all_orders(3_000, seed, false, false)).unwrap();
    let further: &[&str] = if with_replacements {
        &["is-replacement-order"]
    } else {
        &[]
    };
    edited(&text, further, |place, cells| {
        if with_replacements {
            cells.insert(
                "is-replacement-order".into(),
                if place % 31 == 0 { "true" } else { "false" }.into(),
            );
        }
        if place % 9 == 0 {
            cells.insert("item-price".into(), String::new());
        }
        if place % 18 == 0 {
            for (name, cell) in cells.iter_mut() {
                let amount = ["-price", "-tax", "-discount"]
                    .iter()
                    .any(|end| name.ends_with(end));
                if amount || name == "currency" {
                    cell.clear();
                }
            }
        }
        // A channel in two currencies, and a SKU that has a price nowhere.
        if cells["sales-channel"] == "Amazon.ca" && place % 4 == 0 && !cells["currency"].is_empty()
        {
            cells.insert("currency".into(), "USD".into());
        }
        if place % 50 == 7 {
            cells.insert("sku".into(), "NEVER-PRICED".into());
            cells.insert("item-price".into(), String::new());
        }
    })
}

fn read(report: &[u8], with_replacements: bool, utc: bool) -> Vec<Line> {
    let context = contract::read(report).into_iter().map(Option::unwrap);
    let line = |(place, fact): (usize, Fact)| {
        let day = if utc {
            &fact.0["bought"][..10]
        } else {
            &fact.0["day"]
        };
        let day = day.parse().unwrap();
        let replacement = with_replacements.then_some(place % 31 == 0);
        Line {
            fact,
            replacement,
            day,
        }
    };
    context.enumerate().map(line).collect()
}

#[test]
fn every_step_of_the_bridge_is_that_of_the_naive_engine() {
    for seed in [2, 11] {
        for (with_replacements, estimating, utc) in [
            (true, false, false),
            (true, true, false),
            (false, true, false),
            (true, false, true),
            (true, true, true),
            (false, false, true),
        ] {
            let report = invented(seed, with_replacements);
            let lines = read(&report, with_replacements, utc);
            let found = found(&document(&named([report]), &asked(estimating, utc)));
            let expected = naive(&lines, estimating, utc);
            for (found, expected) in found.iter().zip(&expected) {
                assert_eq!(
                    found, expected,
                    "{seed} {with_replacements} {estimating} {utc}"
                );
            }
            assert_eq!(found.len(), expected.len());
            // What the test is of is there.
            let is_there = |step: &str| found.iter().any(|row| row[5] == step && row[6] != 0);
            for (step, there) in [
                ("non_amazon", true),
                ("cancelled", true),
                ("replacement", with_replacements),
                ("zone_shift", utc),
                ("unpriced", estimating),
            ] {
                assert_eq!(is_there(step), there, "{step}");
            }
        }
    }
}

#[test]
fn the_steps_add_up_and_begin_with_what_the_other_tables_say() {
    let document = document(&named([invented(4, true)]), &asked(true, true));
    let rows = document["tables"]["bridge"]["rows"].as_array().unwrap();
    assert!(rows.len() > 7 * 4 && rows.len().is_multiple_of(7));
    for steps in rows.chunks(7) {
        let sum = |of: &dyn Fn(&Value) -> i128| steps[..6].iter().map(of).sum::<i128>();
        let units = |row: &Value| i128::from(row["units"].as_i64().unwrap());
        let sales = |row: &Value| money(&row["sales"]).unwrap_or(0);
        assert_eq!(steps[6]["step"], "business_reports");
        assert_eq!(sum(&units), units(&steps[6]));
        assert_eq!(sum(&sales), sales(&steps[6]));
        assert!(
            steps
                .iter()
                .all(|row| row["currency"] == steps[0]["currency"])
        );
        if steps[0]["compares"] != "all" {
            continue;
        }
        let table = document["tables"]["fulfillment"]["rows"]
            .as_array()
            .unwrap();
        let same = table
            .iter()
            .filter(|row| row["currency"] == steps[0]["currency"]);
        let whole = same.fold([0, 0], |[u, s], row| [u + units(row), s + sales(row)]);
        assert_eq!(whole, [units(&steps[0]), sales(&steps[0])]);
    }
}

#[test]
fn an_estimate_is_the_median_of_what_the_units_of_the_sku_cost() {
    for seed in [2, 11] {
        let report = invented(seed, true);
        let lines = read(&report, true, false);
        let mut expected: BTreeMap<[String; 4], (i128, Option<i128>, usize)> = BTreeMap::new();
        for worth in estimates(&lines) {
            let currency = worth.currency.clone().unwrap_or_default();
            let texts = ["sales_channel", "fulfillment", "sku"]
                .map(|name| worth.line.text(name).to_owned());
            let [channel, who, sku] = texts;
            let entry = expected.entry([channel, who, currency, sku]).or_default();
            *entry = (
                entry.0 + worth.line.number("units"),
                worth.median,
                worth.evidence,
            );
        }
        let document = document(&named([report]), &asked(true, false));
        let rows = document["tables"]["pending_estimate"]["rows"]
            .as_array()
            .unwrap();
        let found: Vec<_> = rows
            .iter()
            .map(|row| {
                let key = ["sales_channel", "fulfillment", "currency", "sku"]
                    .map(|name| row[name].as_str().unwrap_or("").to_owned());
                let units = i128::from(row["unpriced_units"].as_i64().unwrap());
                let median = money(&row["median_unit_price"]);
                assert_eq!(
                    money(&row["estimated_sales"]),
                    median.map(|median| median * units)
                );
                (
                    key,
                    (
                        units,
                        median,
                        usize::try_from(row["priced_units"].as_u64().unwrap()).unwrap(),
                    ),
                )
            })
            .collect();
        // In the order of their names, and each once.
        assert_eq!(found, expected.into_iter().collect::<Vec<_>>());
        let without =
            |(key, (_, median, evidence)): &([String; 4], (i128, Option<i128>, usize))| {
                key[3] == "NEVER-PRICED" && median.is_none() && *evidence == 0
            };
        assert!(found.iter().any(without));
        assert!(found.iter().filter(|row| !without(row)).count() > 50);
    }
}

#[test]
fn without_the_flag_nothing_is_estimated_and_with_it_no_sales_change() {
    let files = named([invented(2, true)]);
    let (without, with) = (
        document(&files, &asked(false, false)),
        document(&files, &asked(true, false)),
    );
    assert_eq!(without["tables"]["pending_estimate"]["rows"], json!([]));
    let tables = without["tables"].as_object().unwrap();
    for name in tables
        .keys()
        .filter(|name| !["bridge", "pending_estimate"].contains(&name.as_str()))
    {
        assert_eq!(tables[name], with["tables"][name], "{name}");
    }
    let options = &with["options"];
    assert_eq!(options["estimate_pending"], json!("true"));
    assert_eq!(without["options"]["estimate_pending"], Value::Null);
}

#[test]
fn neither_the_order_of_lines_nor_chunks_nor_threads_change_bridge_or_estimate() {
    let report = invented(7, true);
    let tables = |document: &Value| {
        ["bridge", "pending_estimate"].map(|name| document["tables"][name].clone())
    };
    let expected = tables(&document(&named([&report]), &asked(true, true)));
    let (_folder, paths) = written(&named([backwards(&report)]));
    for (chunk, threads) in [(700, 1), (30_000, 3), (1 << 20, 2)] {
        let pool = ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let options = in_pieces(chunk, asked(true, true));
        let document = pool.install(|| of_paths(&paths, &options)).unwrap();
        let document: Value = serde_json::from_str(&json_of(&document)).unwrap();
        assert_eq!(tables(&document), expected, "{chunk} {threads}");
    }
}

#[test]
fn the_first_screen_says_that_it_is_an_estimate() {
    let header = "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\tsku\titem-status\tquantity\tcurrency\titem-price\n";
    let line = |order: u32, sku: &str, quantity: u32, price: &str| {
        let (status, currency) = if price.is_empty() {
            ("Pending", "")
        } else {
            ("Shipped", "USD")
        };
        format!(
            "111-0000000-{order:07}\t2026-07-15T18:00:00Z\t2026-07-15T19:00:00Z\t{status}\tAmazon\tAmazon.com\t{sku}\t\t{quantity}\t{currency}\t{price}\n"
        )
    };
    // Units cost 10, 10, 10, 12 and 15: the median is 10, and the mean would not be.
    let text = [
        header.to_owned(),
        line(1, "MUG", 3, "30.00"),
        line(2, "MUG", 1, "12.00"),
        line(3, "MUG", 1, "15.00"),
        line(4, "MUG", 4, ""),
        line(5, "TEA", 2, ""),
    ]
    .concat();
    let screen = |options: &Options| {
        let document = of_files(&named([&text]), options).unwrap();
        let layout = Screen {
            width: 160,
            color: false,
            by: Period::Week,
            took: None,
        };
        let mut out = Vec::new();
        write::summary(&document, &layout, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        text.lines()
            .find(|line| line.contains("not priced yet"))
            .unwrap()
            .trim()
            .to_owned()
    };
    assert!(screen(&asked(false, false)).ends_with("6 units not priced yet"));
    let said = screen(&asked(true, false));
    assert!(
        said.ends_with("6 units not priced yet, about USD 40.00 (estimate for 4 of them)"),
        "{said}"
    );
}
