//! One answer by several roads: `report` on files, on their `split`, on their `convert`, on the same lines in other files and in
//! other columns, and on filters that partition the whole.
//!
//! `PROPTEST_CASES=100000 cargo test --release --test all differential::` goes on for hours.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::history::Dice;
use crate::common::nasty::{self, Report};
use crate::common::reshaped::{
    cut_in_two, dealt, parsed, permuted, with_orders_that_agree, with_stamps_apart,
};
use crate::common::roads::{
    OF_FILES, OF_SNAPSHOTS, converted, difference, kept, parquet, split_files,
};
use crate::common::run::{
    Files, all_orders, filtered, named, of_days, of_files, of_paths, plain, sample, tolerant,
    written,
};
use ordersift::convert::Form;
use ordersift::field::{Day, Filter, Fulfillment};
use ordersift::options::Options;
use ordersift::sample::SampleKind;
use ordersift::table::{Cell, Document, Subject, Table};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// So many cases, or as many as `PROPTEST_CASES` says.
fn cases(cases: u32) -> ProptestConfig {
    let asked = std::env::var_os("PROPTEST_CASES").is_some();
    let default = ProptestConfig::default();
    ProptestConfig {
        cases: if asked { default.cases } else { cases },
        failure_persistence: None,
        ..default
    }
}

fn files(reports: &[Report]) -> Files {
    named(reports.iter().map(Report::bytes))
}

fn agreeing(reports: &[Report]) -> Vec<Report> {
    reports.iter().map(with_orders_that_agree).collect()
}

fn is_of_orders(report: &Report) -> bool {
    report
        .head
        .windows(15)
        .any(|name| name == b"amazon-order-id")
}

/// Measures that add up whatever lines are dealt to which part: the table, its key, its measures.
const OF_LINES: [(&str, &str, &str); 7] = [
    (
        "fulfillment",
        "fulfillment currency",
        "lines units unpriced_units sales tax shipping gift_wrap discounts",
    ),
    (
        "status",
        "fulfillment status_group status currency",
        "lines quantity amount",
    ),
    ("channels", "sales_channel fulfillment currency", SOLD),
    ("daily", "period sales_channel fulfillment currency", SOLD),
    ("weekly", "period sales_channel fulfillment currency", SOLD),
    ("monthly", "period sales_channel fulfillment currency", SOLD),
    ("skus", "sku currency", SOLD),
];
const SOLD: &str = "units unpriced_units sales";

/// Measures that add up where every order is in one part.
const OF_ORDERS: [(&str, &str, &str); 14] = [
    (
        "fulfillment",
        "fulfillment currency",
        "orders_placed orders cancelled_orders",
    ),
    (
        "status",
        "fulfillment status_group status currency",
        "orders_placed",
    ),
    (
        "channels",
        "sales_channel fulfillment currency",
        "orders_placed orders cancelled_orders",
    ),
    ("daily", "period sales_channel fulfillment currency", PLACED),
    (
        "weekly",
        "period sales_channel fulfillment currency",
        PLACED,
    ),
    (
        "monthly",
        "period sales_channel fulfillment currency",
        PLACED,
    ),
    ("hours", "weekday hour", "orders_placed"),
    ("skus", "sku currency", "orders"),
    (
        "places",
        "ship_country ship_state currency",
        "orders_placed orders units unpriced_units sales",
    ),
    ("customers", "fulfillment customer currency", DEMAND),
    (
        "service_levels",
        "fulfillment ship_service_level currency",
        DEMAND,
    ),
    (
        "promotions",
        "currency promotion",
        "lines discounted_lines units sales discounts",
    ),
    ("baskets", "fulfillment counted_by size", "orders"),
    ("order_values", "fulfillment currency", "orders sales"),
];
const PLACED: &str = "orders_placed orders";
const DEMAND: &str = "orders_placed orders units unpriced_units sales";

/// The open lines.
const OPEN: [(&str, &str, &str); 1] =
    [("worklist", "order_id order_item_id sku", "quantity_to_ship")];
/// The marketplaces of the countries that open lines without a channel go to.
const MARKETPLACES: [&str; 4] = ["amazon.com", "amazon.co.jp", "amazon.de", "amazon.ae"];

/// The tables that kept lines do not hold all facts of. Of a backlog without a line there is nothing to keep, and then nobody knows
/// that nothing is late. Pending orders are as old as the newest moment of all-orders files shows, which may be on a line that is
/// not kept.
fn unlike_in_kept_lines(whole: &Document, lines: &Document) -> Vec<&'static str> {
    let newest = |document: &Document| {
        let mut reaches = document.reaches.iter();
        let orders = reaches.find(|reach| reach.subject == Subject::Orders);
        orders.map(|reach| reach.newest.clone())
    };
    let mut tables = [OF_FILES, OF_SNAPSHOTS].concat();
    if lines.table("late").unwrap().height() == 0 {
        tables.push("late");
    }
    if newest(whole) != newest(lines) {
        tables.push("pending");
    }
    tables
}

type Sums = BTreeMap<(Vec<String>, &'static str), i128>;

/// Adds what a table says of some measures. What is zero is left out: it needs no row.
fn add(sums: &mut Sums, table: &Table, key: &str, measures: &'static str) {
    for row in 0..table.height() {
        let key: Vec<String> = key.split(' ').map(|name| table.text(row, name)).collect();
        for measure in measures.split(' ') {
            let value = match table.cell(row, table.index(measure).unwrap()) {
                Cell::Count(count) => count.into(),
                Cell::Money(money, _) => money,
                Cell::Absent => 0,
                cell => panic!("{measure}: {cell:?}"),
            };
            *sums.entry((key.clone(), measure)).or_default() += value;
        }
    }
    sums.retain(|_, value| *value != 0);
}

/// The first measure of which the parts do not add up to the whole.
fn unlike_the_whole(
    whole: &Document,
    parts: &[Document],
    tables: &[(&'static str, &'static str, &'static str)],
) -> Option<String> {
    tables.iter().find_map(|(table, key, measures)| {
        let of = |documents: &[&Document]| {
            let mut sums = Sums::new();
            for document in documents {
                add(&mut sums, document.table(table).unwrap(), key, measures);
            }
            sums
        };
        let (whole, parts) = (of(&[whole]), of(&parts.iter().collect::<Vec<_>>()));
        let keys: BTreeSet<_> = whole.keys().chain(parts.keys()).collect();
        let unlike = keys
            .into_iter()
            .find(|key| whole.get(key) != parts.get(key));
        unlike.map(|key| {
            let (whole, parts) = (whole.get(key), parts.get(key));
            format!("{table} {key:?}: {whole:?} is in the parts {parts:?}")
        })
    })
}

/// The documents of the same files under several options.
fn under(files: &Files, options: impl IntoIterator<Item = Options>) -> Vec<Document> {
    let (_folder, paths) = written(files);
    let documents = options
        .into_iter()
        .map(|options| of_paths(&paths, &options));
    documents.map(Result::unwrap).collect()
}

/// The distinct texts of a column over all lines, as filters compare them, and some more.
fn texts(files: &Files, name: &str, more: &[&str]) -> BTreeSet<String> {
    let mut texts: BTreeSet<String> = more.iter().map(ToString::to_string).collect();
    for (_, bytes) in files {
        let text = String::from_utf8_lossy(bytes);
        let mut lines = text.trim_start_matches(['\u{feff}', '\r', '\n']).lines();
        let header: Vec<&str> = lines.next().unwrap().split('\t').map(str::trim).collect();
        if let Some(place) = header.iter().position(|column| *column == name) {
            let cells = lines.filter_map(|line| line.split('\t').nth(place));
            texts.extend(cells.map(|cell| cell.trim().to_ascii_lowercase()));
        }
    }
    texts
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn split_files_together_say_what_the_files_say(reports in nasty::reports()) {
        let files = files(&agreeing(&reports));
        let whole = of_files(&files, &plain())?;
        let (_folder, paths) = written(&files);
        let (split, control) = split_files(&paths, &plain());
        prop_assert_eq!(control, whole.control);
        if split.is_empty() {
            return Ok(());
        }
        let together = of_files(&split, &plain())?;
        prop_assert_eq!(together.control.lines_read, together.control.kept);
        let but = unlike_in_kept_lines(&whole, &together);
        prop_assert_eq!(difference(&whole, &together, &but), None);
    }

    #[test]
    fn split_files_of_each_fulfillment_add_up(reports in nasty::reports(), agree in any::<bool>()) {
        let files = files(&if agree { agreeing(&reports) } else { reports });
        let whole = of_files(&files, &plain())?;
        let (_folder, paths) = written(&files);
        let (split, _) = split_files(&paths, &plain());
        let parts: Vec<Document> = ["fba/", "merchant/", "unknown/"]
            .into_iter()
            .map(|folder| split.iter().filter(|(name, _)| name.starts_with(folder)).cloned().collect())
            .filter(|files: &Files| !files.is_empty())
            .map(|files| of_files(&files, &plain()).unwrap())
            .collect();
        prop_assert_eq!(unlike_the_whole(&whole, &parts, &OF_LINES), None);
        if agree {
            prop_assert_eq!(unlike_the_whole(&whole, &parts, &OF_ORDERS), None);
        }
    }

    #[test]
    fn what_is_asked_for_is_split_and_converted_and_nothing_else(
        reports in nasty::reports(),
        channels in subsequence(vec!["amazon.COM", "Amazon.de", "NON-amazon"], 0..2),
        countries in subsequence(vec!["us", "JP"], 0..2),
        skus in subsequence(vec!["A", "B*", "C*"], 0..3),
        fulfillments in subsequence(Fulfillment::ALL.to_vec(), 0..2),
        from in select(vec![None, Day::read(b"2026-07-20")]),
        to in select(vec![None, Day::read(b"2026-07-27")]),
    ) {
        let files = files(&agreeing(&reports));
        let texts = |texts: Vec<&str>| texts.into_iter().map(str::to_owned).collect();
        let filter = Filter {
            channels: texts(channels),
            countries: texts(countries),
            skus: texts(skus),
            fulfillments,
        };
        let options = filtered(filter, of_days(from, to, plain()));
        let (_folder, paths) = written(&files);
        let asked = [of_paths(&paths, &options)?];
        let (split, control) = split_files(&paths, &options);
        prop_assert_eq!(control, asked[0].control);
        let (lines, counted) = converted(&paths, &options, Form::Parquet).unwrap();
        prop_assert_eq!(counted.control, asked[0].control);
        let (_kept, path) = kept(&lines);
        for (way, said) in [
            ("split", if split.is_empty() { vec![] } else { vec![of_files(&split, &plain())?] }),
            ("convert", vec![of_paths(&[path], &plain())?]),
        ] {
            let tables = [&OF_LINES[..], &OF_ORDERS[..], &OPEN[..]].concat();
            let [asked] = &asked;
            prop_assert_eq!(unlike_the_whole(asked, &said, &tables), None, "{}", way);
        }
    }

    #[test]
    fn converted_lines_say_what_the_files_say(reports in nasty::reports()) {
        let files = files(&reports);
        let whole = of_files(&files, &tolerant())?;
        let (_folder, paths) = written(&files);
        let (bytes, written) = parquet(&paths);
        prop_assert_eq!(written.control, whole.control);
        let (_kept, path) = kept(&bytes);
        let lines = of_paths(&[path], &tolerant())?;
        prop_assert_eq!(lines.control.lines_read, lines.control.kept);
        let but = unlike_in_kept_lines(&whole, &lines);
        prop_assert_eq!(difference(&whole, &lines, &but), None);
    }

    #[test]
    fn orders_dealt_to_other_files_say_the_same(
        reports in nasty::reports(),
        parts in 1..4_usize,
        seed in any::<u64>(),
    ) {
        let mut dice = Dice(seed);
        let reports = with_stamps_apart(&reports);
        let whole = of_files(&files(&reports), &plain())?;
        // A backlog is a snapshot of the whole: it stays in one piece.
        let dealt: Vec<Report> = reports
            .iter()
            .flat_map(|report| {
                if is_of_orders(report) {
                    dealt(report, parts, &mut dice)
                } else {
                    vec![report.clone()]
                }
            })
            .collect();
        let parts = of_files(&files(&dealt), &plain())?;
        prop_assert_eq!(difference(&whole, &parts, &OF_FILES), None);
    }

    #[test]
    fn a_file_cut_at_line_ends_says_the_same(report in nasty::all_orders(14), at in 0..14_usize) {
        let whole = of_files(&files(std::slice::from_ref(&report)), &plain())?;
        let Some(parts) = cut_in_two(&report, at.min(report.lines.len())) else {
            return Ok(());
        };
        let parts = of_files(&files(&parts), &plain())?;
        prop_assert_eq!(difference(&whole, &parts, &OF_FILES), None);
    }

    #[test]
    fn columns_in_another_order_say_the_same(reports in nasty::reports(), seed in any::<u64>()) {
        let mut dice = Dice(seed);
        let turned: Vec<Report> = reports.iter().map(|report| permuted(report, &mut dice)).collect();
        let (one, other) = (of_files(&files(&reports), &plain())?, of_files(&files(&turned), &plain())?);
        prop_assert_eq!(one.control, other.control);
        prop_assert_eq!(difference(&one, &other, &[]), None);
    }

    #[test]
    fn filters_that_partition_the_whole_add_up(reports in nasty::reports(), agree in any::<bool>(), days in 0..3_i32) {
        let files = files(&if agree { agreeing(&reports) } else { reports });
        let whole = of_files(&files, &plain())?;
        let each = |texts: BTreeSet<String>, filter: fn(String) -> Filter| -> Vec<Options> {
            texts.into_iter().map(|text| filtered(filter(text), plain())).collect()
        };
        let ways = [
            ("channel", each(texts(&files, "sales-channel", &MARKETPLACES), |text| Filter {
                channels: vec![text],
                ..Filter::default()
            })),
            ("fulfillment", Fulfillment::ALL
                .map(|who| filtered(Filter { fulfillments: vec![who], ..Filter::default() }, plain()))
                .to_vec()),
            ("country", each(texts(&files, "ship-country", &[]), |text| Filter {
                countries: vec![text],
                ..Filter::default()
            })),
            ("days", {
                let cut = Day::read(b"2026-07-26").unwrap();
                let until = of_days(None, Some(cut.plus(-1)), plain());
                let between = of_days(Some(cut), Some(cut.plus(days)), plain());
                let from = of_days(Some(cut.plus(days + 1)), None, plain());
                vec![until, between, from]
            }),
            ("sku", ["A*", "B", "C*", "\u{e9}"]
                .map(|sku| filtered(Filter { skus: vec![sku.into()], ..Filter::default() }, plain()))
                .to_vec()),
        ];
        for (way, options) in ways {
            let parts = under(&files, options);
            for part in &parts {
                prop_assert_eq!(&part.as_of, &whole.as_of, "{}", way);
                prop_assert_eq!(part.control, whole.control, "{}", way);
            }
            prop_assert_eq!(unlike_the_whole(&whole, &parts, &OF_LINES), None, "{}", way);
            let whole_orders = way != "sku" && agree;
            if whole_orders {
                prop_assert_eq!(unlike_the_whole(&whole, &parts, &OF_ORDERS), None, "{}", way);
            }
            if way == "sku" {
                let skus = [("skus", "sku currency", "orders")];
                prop_assert_eq!(unlike_the_whole(&whole, &parts, &skus), None, "{}", way);
            }
            // A backlog is of a moment: it has no days of purchase.
            if way != "days" {
                prop_assert_eq!(unlike_the_whole(&whole, &parts, &OPEN), None, "{}", way);
            }
        }
    }
}

#[test]
fn invented_reports_say_the_same_by_every_road() {
    for seed in 0..3 {
        let reports = [
            all_orders(1200, seed, false, true),
            all_orders(1200, seed, true, true),
            sample(SampleKind::Unshipped, 1200, seed, false, true),
        ];
        // Lines of an order that disagree on fulfillment are split from each other, and read together they are two snapshots.
        let agreeing = reports
            .iter()
            .map(|report| with_orders_that_agree(&parsed(report)).bytes());
        let files = named(agreeing);
        let whole = of_files(&files, &tolerant()).unwrap();
        let (_folder, paths) = written(&files);
        let split = of_files(&split_files(&paths, &tolerant()).0, &tolerant()).unwrap();
        let (_kept, path) = kept(&parquet(&paths).0);
        let lines = of_paths(&[path], &tolerant()).unwrap();
        for (way, other) in [("split", split), ("convert", lines)] {
            let difference = difference(&whole, &other, &unlike_in_kept_lines(&whole, &other));
            assert_eq!(difference, None, "{way}, {seed}");
        }

        let mut dice = Dice(seed);
        let reports = with_stamps_apart(&reports.map(|report| parsed(&report)));
        let of_reports = |reports: &[Report]| {
            let reports: Vec<_> = reports.iter().map(Report::bytes).collect();
            of_files(&named(reports), &tolerant()).unwrap()
        };
        let whole = of_reports(&reports);
        let turned: Vec<Report> = reports
            .iter()
            .map(|report| permuted(report, &mut dice))
            .collect();
        assert_eq!(
            difference(&whole, &of_reports(&turned), &[]),
            None,
            "{seed}"
        );
        let dealt: Vec<Report> = reports[..2]
            .iter()
            .flat_map(|report| dealt(report, 4, &mut dice))
            .chain([reports[2].clone()])
            .collect();
        assert_eq!(
            difference(&whole, &of_reports(&dealt), &OF_FILES),
            None,
            "{seed}"
        );
        let alone = &reports[..1];
        let cut = cut_in_two(&alone[0], 500).unwrap();
        assert_eq!(
            difference(&of_reports(alone), &of_reports(&cut), &OF_FILES),
            None,
            "{seed}"
        );
    }
}
