//! What a history says by itself: its gaps, and what its own past did not predict. Nothing else may be named.
//! `ORDERSIFT_HISTORY=DIR cargo test --test all history::` writes one with all five facts, to look at.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::history::{CHANNELS, History, SKUS, Sold, first_day, sku};
use crate::common::run::{self, Files, all_orders, in_pieces, json, named, of_files, plain};
use chrono::Days;
use ordersift::table::Document;
use ordersift::write::{Period, Screen};
use serde_json::Value;

fn document(history: &History) -> Document {
    of_files(&history.files(&history.sold()), &plain()).unwrap()
}

fn rows(document: &Document, table: &str) -> Vec<Value> {
    let value: Value = serde_json::from_str(&json(document)).unwrap();
    value["tables"][table]["rows"].as_array().unwrap().clone()
}

fn screen(document: &Document) -> String {
    let screen = Screen {
        width: 100,
        color: false,
        by: Period::Week,
        took: None,
    };
    let mut out = Vec::new();
    ordersift::write::summary(document, &screen, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Kind, name and period of everything that is named.
fn stands_out(document: &Document) -> Vec<String> {
    let rows = rows(document, "anomalies");
    let mut named: Vec<String> = rows
        .iter()
        .map(|row| {
            let of = |name: &str| row[name].as_str().unwrap_or("-").to_owned();
            format!(
                "{} {} {} {}",
                of("kind"),
                of("name"),
                of("period"),
                of("direction")
            )
        })
        .collect();
    named.sort();
    named
}

#[test]
fn nothing_is_named_where_nothing_is_planted() {
    let mut wrong = Vec::new();
    for seed in 0..48 {
        let history = History {
            restless: seed % 8 > 3,
            tail: u32::try_from(seed % 4).unwrap(),
            orders: [40, 100, 160, 300][usize::try_from(seed / 8 % 4).unwrap()],
            ..History::of(seed)
        };
        wrong.extend(faults(&document(&history), &[]).map(|fault| format!("{seed}: {fault}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_named_where_next_to_nothing_is_sold() {
    let mut wrong = Vec::new();
    for seed in 0..24 {
        let history = History {
            orders: 1 + seed % 3,
            tail: u32::try_from(seed % 4).unwrap(),
            ..History::of(100 + seed)
        };
        wrong.extend(faults(&document(&history), &[]).map(|fault| format!("{seed}: {fault}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_named_in_invented_reports() {
    for (seed, lines) in (0..4).flat_map(|seed| [(seed, 300), (seed, 5_000), (seed, 40_000)]) {
        let report = all_orders(lines, seed, false, false);
        let document = of_files(&named([report]), &plain()).unwrap();
        let faults: Vec<String> = faults(&document, &[]).collect();
        assert!(faults.is_empty(), "{seed} {lines}: {}", faults.join("\n"));
    }
}

/// What can be planted, and how it is named.
fn plant(history: &mut History, what: usize, turn: u32) -> String {
    let week = 12 + turn % 4;
    let label = |week: u32| {
        let first = first_day() + Days::new(u64::from(7 * week));
        first.format("%G-W%V").to_string()
    };
    match what {
        0 => {
            let dead = 1 + turn as usize % 9;
            history.dead = Some((dead, week));
            format!("sku {} {} down", sku(dead), label(week))
        }
        1 => {
            let channel = 1 + turn as usize % 3;
            history.doubled = Some((channel, week));
            format!("channel {} {} up", CHANNELS[channel].0, label(week))
        }
        2 => {
            history.promotion = Some(week);
            format!("promotions - {} up", label(week))
        }
        3 => {
            // A Saturday, but for every third another day.
            let day = 7 * week
                + if turn.is_multiple_of(3) {
                    1 + turn % 6
                } else {
                    5
                };
            history.outage = Some((day, 3));
            history.tail = 2;
            let day = first_day() + Days::new(day.into());
            format!("day - {day} down")
        }
        _ => {
            // Lately too, but never the first and the last.
            history.lost = Some([8, 9, 10, 11, 4, 13, 14][turn as usize % 7]);
            "gap".to_owned()
        }
    }
}

/// What is named and not expected, and what is expected and not named.
fn faults(document: &Document, expected: &[String]) -> std::vec::IntoIter<String> {
    let mut found = stands_out(document);
    let coverage = rows(document, "coverage");
    // Every file but the last was made after its last day, and says so.
    let parts = coverage
        .iter()
        .rev()
        .skip(1)
        .filter(|row| row["found"] == "part");
    found.extend(parts.map(ToString::to_string));
    let is = |row: &&Value| row["found"] == "missing" || row["note"] == "orders are usual";
    found.extend(
        coverage
            .iter()
            .filter(is)
            .map(|row| match row["days"].as_i64() {
                Some(7) => "gap".to_owned(),
                _ => row.to_string(),
            }),
    );
    let screen = screen(document);
    let told = [("Unusual", "anomalies"), ("Gaps", "coverage")].map(|(label, table)| {
        let any = found
            .iter()
            .any(|name| (name == "gap") == (table == "coverage"));
        (any != screen.contains(&format!("\n{label} "))).then(|| format!("{label}: {screen}"))
    });
    let missed = expected.iter().filter(|name| !found.contains(name));
    let missed: Vec<String> = missed.map(|name| format!("not named: {name}")).collect();
    let more = found.iter().filter(|name| !expected.contains(name));
    let more: Vec<String> = more.map(|name| format!("named: {name}")).collect();
    let all = missed.into_iter().chain(more);
    let all: Vec<String> = all.chain(told.into_iter().flatten()).collect();
    all.into_iter()
}

#[test]
fn what_is_planted_is_named_and_nothing_else() {
    let mut wrong = Vec::new();
    for what in 0..5 {
        for turn in 0..12 {
            let mut history = History {
                orders: [110, 160, 300][turn as usize % 3],
                ..History::of(u64::from(1_000 + 100 * what + turn))
            };
            let name = plant(&mut history, what as usize, turn);
            let faults = faults(&document(&history), std::slice::from_ref(&name));
            wrong.extend(faults.map(|fault| format!("{what} {turn} ({name}): {fault}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// All five, each in a week of its own.
fn all(seed: u64, turn: u32) -> (History, Vec<String>) {
    let mut history = History::of(seed);
    let mut names: Vec<String> = (0..4)
        .map(|what| plant(&mut history, usize::try_from(what).unwrap(), turn + what))
        .collect();
    history.lost = Some(7 + turn % 5);
    names.push("gap".to_owned());
    (history, names)
}

#[test]
fn all_together_are_named_and_nothing_else() {
    let mut wrong = Vec::new();
    for turn in 0..24 {
        let (history, names) = all(u64::from(5_000 + turn), turn);
        if let Some(folder) = std::env::var_os("ORDERSIFT_HISTORY").filter(|_| turn == 5) {
            for (name, bytes) in history.files(&history.sold()) {
                std::fs::write(std::path::Path::new(&folder).join(name), bytes).unwrap();
            }
        }
        let faults = faults(&document(&history), &names);
        wrong.extend(faults.map(|fault| format!("{turn}: {fault}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The middle one; of two the mean, rounded down.
fn median(mut values: Vec<i64>) -> i64 {
    values.sort_unstable();
    let (low, high) = (values[(values.len() - 1) / 2], values[values.len() / 2]);
    i64::midpoint(low, high)
}

/// `part * factor / whole`, rounded half up.
fn scaled(part: i64, factor: i64, whole: i64) -> i64 {
    (2 * part * factor + whole) / (2 * whole)
}

/// What a row should say was measured and was expected, from the lines themselves; `None` where a gap beside it is too near
/// to be told in few words.
fn by_hand(history: &History, sold: &[Sold], row: &Value) -> Option<(i64, i64)> {
    let held: Vec<&Sold> = sold.iter().filter(|line| history.holds(line)).collect();
    let at = |line: &Sold| (line.day - first_day()).num_days();
    let count = |is: &dyn Fn(&Sold) -> bool| {
        let orders = held.iter().filter(|line| is(line)).map(|line| &line.order);
        i64::try_from(orders.collect::<BTreeSet<_>>().len()).unwrap()
    };
    let name = row["name"].as_str().unwrap_or_default();
    let first: chrono::NaiveDate = row["first_day"].as_str().unwrap().parse().unwrap();
    let day = (first - first_day()).num_days();
    let (week, lost) = (day / 7, i64::from(history.lost.unwrap_or(99)));
    let promoted = i64::from(history.promotion.unwrap_or(99));
    let before = |from: i64, out: &dyn Fn(i64) -> bool| {
        let weeks = (from.max(week - 13)..week).rev();
        weeks.filter(|week| !out(*week)).take(8).collect::<Vec<_>>()
    };
    let of_week = |line: &Sold, week: i64| at(line).div_euclid(7) == week;
    match row["kind"].as_str().unwrap() {
        "channel" => {
            let orders =
                |week: i64| count(&|line| of_week(line, week) && CHANNELS[line.channel].0 == name);
            let before = before(0, &|week| week == lost || week == promoted);
            Some((
                orders(week),
                median(before.into_iter().map(orders).collect()),
            ))
        }
        "sku" => {
            let live = |line: &Sold, week: i64| of_week(line, week) && !line.cancelled;
            let orders = |week: i64| count(&|line| live(line, week) && sku(line.sku) == name);
            let all = |week: i64| -> i64 {
                let each = (0..SKUS).map(|sku| count(&|line| live(line, week) && line.sku == sku));
                each.sum()
            };
            let now = all(week);
            let before = before(0, &|week| week == lost);
            let shares = before
                .into_iter()
                .map(|week| scaled(orders(week), now, all(week)));
            Some((orders(week), median(shares.collect())))
        }
        "promotions" => {
            let lines = |week: i64, discounted: bool| {
                let lines = held
                    .iter()
                    .filter(|line| of_week(line, week) && !line.cancelled);
                let lines = lines.filter(|line| line.discounted || !discounted);
                i64::try_from(lines.count()).unwrap()
            };
            let (now, before) = (lines(week, false), before(0, &|week| week == lost));
            assert_eq!(row["reference"], now);
            let shares = before
                .into_iter()
                .map(|week| scaled(lines(week, true), now, lines(week, false)));
            Some((lines(week, true), median(shares.collect())))
        }
        _ if (lost - week).abs() <= 1 => None,
        _ => {
            let orders = |day: i64| count(&|line| at(line) == day);
            let rest = |day: i64| -> i64 {
                let monday = day.div_euclid(7) * 7;
                (monday..monday + 7)
                    .filter(|other| *other != day)
                    .map(orders)
                    .sum()
            };
            let before = before(1, &|week| (week - lost).abs() <= 1);
            let now = rest(day);
            let weekday = day % 7;
            let shares = before.into_iter().map(|week| {
                let day = 7 * week + weekday;
                scaled(orders(day), now, rest(day))
            });
            Some((orders(day), median(shares.collect())))
        }
    }
}

#[test]
fn what_is_measured_and_expected_is_what_the_lines_say() {
    let mut compared = BTreeMap::new();
    for turn in 0..8 {
        let (history, _) = all(u64::from(6_000 + turn), turn);
        let sold = history.sold();
        let document = of_files(&history.files(&sold), &plain()).unwrap();
        for row in rows(&document, "anomalies") {
            if let Some((measured, expected)) = by_hand(&history, &sold, &row) {
                let found = (
                    row["measured"].as_i64().unwrap(),
                    row["expected"].as_i64().unwrap(),
                );
                assert_eq!(found, (measured, expected), "{turn}: {row}");
                *compared.entry(row["kind"].to_string()).or_insert(0) += 1;
            }
        }
    }
    assert_eq!(compared.len(), 4, "{compared:?}");
    assert!(compared.values().all(|rows| *rows > 3), "{compared:?}");
}

#[test]
fn neither_threads_nor_pieces_nor_the_order_of_files_change_what_is_said() {
    let (history, _) = all(7_000, 5);
    let files = history.files(&history.sold());
    let at = |threads: usize, chunk: u64, files: &Files| {
        let options = in_pieces(chunk, plain());
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        let document = pool.build().unwrap().install(|| of_files(files, &options));
        let document = document.unwrap();
        ["anomalies", "coverage"].map(|table| rows(&document, table))
    };
    let one = at(1, 1 << 20, &files);
    assert!(one[0].len() > 3, "{one:?}");
    assert_eq!(one, at(7, 1 << 20, &files));
    assert_eq!(one, at(2, 1 << 12, &files));
    let backwards: Files = files.into_iter().rev().collect();
    assert_eq!(one, at(2, 1 << 20, &backwards));
}

#[test]
fn a_gap_is_said_before_what_it_spoils() {
    let lost = |week| History {
        lost: Some(week),
        tail: 2,
        ..History::of(8_000)
    };
    let screen_of = |history: &History| screen(&document(history));
    let text = screen_of(&lost(14));
    let (gap, block) = (
        text.find("\nGaps ").unwrap(),
        text.find("\nWeek 2026-W30").unwrap(),
    );
    assert!(gap < block, "{text}");
    assert!(
        text.contains("Jul 13 to 19 in no file (7 days, usually "),
        "{text}"
    );
    assert!(
        text.contains("W29 lacks 7 days: no fair comparison"),
        "{text}"
    );
    let text = screen_of(&lost(9));
    assert!(text.contains("Jun 8 to 14 in no file"), "{text}");
    assert!(!text.contains("lacks"), "{text}");
}

#[test]
fn a_day_without_any_order_is_a_gap_and_said_once() {
    let history = History {
        outage: Some((7 * 14 + 5, 0)),
        tail: 2,
        ..History::of(8_001)
    };
    let document = document(&history);
    let text = screen(&document);
    assert!(
        text.contains("Gaps       Sat Jul 18 without an order (usually "),
        "{text}"
    );
    assert_eq!(text.matches("Jul 18").count(), 1, "{text}");
    assert_eq!(stands_out(&document), [""; 0]);
    assert_eq!(
        document.count("quality", "days_without_orders", "count"),
        Some(1)
    );
}

/// Which of a week's days are in no file: from a day of the history on, so many.
type Superseded = (u32, u32);

/// The files without some days: as if nobody had downloaded them, or, `joined`, as one file that cannot know it.
fn gapped(history: &History, (from, days): Superseded, joined: bool) -> Files {
    let zone = chrono_tz::America::Los_Angeles;
    let at = |line: &Sold| {
        let day = line.bought.with_timezone(&zone).date_naive();
        (day - first_day()).num_days()
    };
    let (before, after): (Vec<Sold>, Vec<Sold>) = history
        .sold()
        .into_iter()
        .filter(|line| !(i64::from(from)..i64::from(from + days)).contains(&at(line)))
        .partition(|line| at(line) < i64::from(from));
    let (mut files, late) = (history.files(&before), history.files(&after));
    files.extend(
        late.into_iter()
            .map(|(name, bytes)| (format!("late-{name}"), bytes)),
    );
    if joined {
        let mut text = files[0].1.clone();
        for (_, bytes) in &files[1..] {
            text.extend_from_slice(run::body(bytes));
        }
        files = vec![("all.txt".to_owned(), text)];
    }
    files
}

/// The screen, the page and the Markdown of files.
fn pages(document: &Document) -> [String; 3] {
    let mut out = [Vec::new(), Vec::new()];
    ordersift::write::html(document, Period::Week, &mut out[0]).unwrap();
    ordersift::write::markdown(document, Period::Week, &mut out[1]).unwrap();
    let [html, markdown] = out.map(|bytes| String::from_utf8(bytes).unwrap());
    [screen(document), html, markdown]
}

fn judged(document: &Document, condition: &str) -> String {
    let gate: ordersift::gate::Gate = condition.parse().unwrap();
    let judged = gate.judge(document);
    assert!(
        judged.failed,
        "{condition} is judged by days that are not there: {}",
        judged.found
    );
    judged.found
}

fn weekly_partial(document: &Document) -> BTreeSet<String> {
    let rows = rows(document, "weekly");
    let partial = rows.iter().filter(|row| row["partial"] == true);
    partial
        .map(|row| row["period"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_week_before_that_lacks_days_is_compared_with_nothing() {
    let history = History {
        tail: 2,
        ..History::of(9_000)
    };
    // Tuesday to Thursday of W29. The Tuesday holds a few orders of places where it was Monday in Los Angeles.
    for (joined, is_gap) in [(false, 3), (true, 3)] {
        let files = gapped(&history, (7 * 14 + 1, 3), joined);
        let document = of_files(&files, &plain()).unwrap();
        let partial = weekly_partial(&document);
        assert!(
            partial.contains("2026-W29") && !partial.contains("2026-W30"),
            "{partial:?}"
        );
        for text in pages(&document) {
            assert!(text.contains("Week 2026-W30"), "{text}");
            assert!(
                text.contains(&format!("W29 lacks {is_gap} days: no fair comparison")),
                "{text}"
            );
            assert!(
                !text.contains("vs W29")
                    && !text.contains("vs Jul 13 to 19")
                    && !text.contains("Moved"),
                "{text}"
            );
            let held = format!("in W29 ({} of 7 days)", 7 - is_gap);
            let [now, then] = ["in W30, ", &held].map(|words| text.contains(words));
            assert!(now && then, "{text}");
        }
        assert_eq!(rows(&document, "movers"), [Value::Null; 0]);
        let changes = rows(&document, "changes");
        let weeks: Vec<&Value> = changes
            .iter()
            .filter(|row| row["compares"] == "week")
            .collect();
        assert!(weeks.len() > 4);
        for row in weeks {
            assert_eq!(row["period"], "2026-W30");
            for name in [
                "orders_before",
                "orders_change",
                "units_change",
                "sales_change",
                "sales_difference",
                "sales_vs_mean_4",
                "mark",
            ] {
                assert_eq!(row[name], Value::Null, "{name}: {row}");
            }
        }
        for condition in [
            "orders_wow < -0.1%",
            "units_wow < -0.1%",
            "sales_wow[USD] < -0.1%",
        ] {
            assert_eq!(
                judged(&document, condition),
                format!("not known: the week from 2026-07-13 lacks {is_gap} days")
            );
        }
    }
}

#[test]
fn the_newest_week_is_not_shown_where_it_lacks_days() {
    let history = History {
        tail: 2,
        ..History::of(9_001)
    };
    for (joined, is_gap) in [(false, 3), (true, 3)] {
        let files = gapped(&history, (7 * 15 + 1, 3), joined);
        let document = of_files(&files, &plain()).unwrap();
        for text in pages(&document) {
            assert!(text.contains("Week 2026-W29"), "{text}");
            // The page names the days.
            let named = ["vs W28", "vs Jul 6 to 12"].map(|words| text.contains(words));
            assert!(named.contains(&true), "{text}");
            assert!(
                text.contains(&format!(
                    "W30 lacks {is_gap} days: W29 is the last complete week"
                )),
                "{text}"
            );
            let held = format!("in W30 ({} of 7 days)", 7 - is_gap);
            assert!(text.contains(&held), "{text}");
        }
        assert!(
            rows(&document, "changes")
                .iter()
                .filter(|row| row["compares"] == "week")
                .all(|row| row["period"] == "2026-W29" && !row["orders_before"].is_null())
        );
        assert!(
            rows(&document, "movers")
                .iter()
                .all(|row| row["period"] == "2026-W29")
        );
        assert_eq!(
            judged(&document, "orders_wow < -0.1%"),
            format!("not known: the week from 2026-07-20 lacks {is_gap} days")
        );
    }
}

#[test]
fn a_week_in_no_file_is_not_a_week_that_sold_nothing() {
    let history = History {
        lost: Some(15),
        tail: 2,
        ..History::of(9_002)
    };
    let document = document(&history);
    let text = screen(&document);
    assert!(
        text.contains("W30 lacks 7 days: W29 is the last complete week"),
        "{text}"
    );
    assert!(!text.contains("A day"), "{text}");
    assert_eq!(
        judged(&document, "orders_wow < -0.1%"),
        "not known: the week from 2026-07-20 lacks 7 days"
    );
}

#[test]
fn a_month_that_lacks_days_is_compared_with_nothing() {
    let history = History {
        weeks: 18,
        ..History::of(9_003)
    };
    // The twelfth of June: July is complete, and the last one.
    let document = of_files(&gapped(&history, (67, 1), false), &plain()).unwrap();
    let month = |by| {
        let screen = Screen {
            width: 100,
            color: false,
            by,
            took: None,
        };
        let mut out = Vec::new();
        ordersift::write::summary(&document, &screen, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let text = month(Period::Month);
    assert!(text.contains("July 2026"), "{text}");
    assert!(!text.contains("vs Jun"), "{text}");
    assert!(
        text.contains("Jun lacks 1 day: no fair comparison"),
        "{text}"
    );
    let changes = rows(&document, "changes");
    let months = changes.iter().filter(|row| row["compares"] == "month");
    assert!(
        months
            .map(|row| &row["orders_before"])
            .all(serde_json::Value::is_null)
    );
    // The weeks are complete, and their movers are named as those of a week under a month.
    assert!(text.contains("Top movers week 2026-W32: "), "{text}");
    let week = month(Period::Week);
    assert!(week.contains("\nTop movers hs-"), "{week}");
}

#[test]
fn a_gap_names_its_years_where_they_are_not_that_of_the_report() {
    let head = "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\tsku\titem-status\tquantity\tcurrency\titem-price\n";
    let day = |first: u32, day: &str| {
        let line = |number: u32| {
            format!(
                "111-0000000-{number:07}\t{day}T18:00:00Z\t{day}T19:00:00Z\tShipped\tAmazon\tAmazon.com\tMUG\tShipped\t1\tUSD\t5\n"
            )
        };
        (first..first + 30).map(line).collect::<String>()
    };
    let files = named([
        [head, &day(100, "2023-12-31")].concat(),
        [
            head,
            &day(200, "2025-12-02"),
            &day(300, "2025-12-03"),
            &day(400, "2026-01-02"),
        ]
        .concat(),
        [head, &day(500, "2026-01-06")].concat(),
    ]);
    let text = screen(&of_files(&files, &plain()).unwrap());
    assert!(
        text.contains("Jan 1 2024 to Dec 1 2025 in no file (701 days"),
        "{text}"
    );
    assert!(text.contains("Jan 3 to 5 in no file"), "{text}");
}
