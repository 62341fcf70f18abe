//! What must not matter, does not: how a file is cut, how many threads read it, in which order paths and lines come.

use crate::common::nasty::{self, Report};
use crate::common::run::{
    Files, all_orders, body, change, in_pieces, json, named, of_days, of_paths, published, sample,
    tolerant, value, written,
};
use ordersift::Error;
use ordersift::chunk::CHUNK;
use ordersift::field::Day;
use ordersift::options::{Options, TableOptions};
use ordersift::sample::SampleKind;
use ordersift::write::{Period, Screen};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use rayon::ThreadPoolBuilder;
use serde_json::{Value, json};
use std::path::PathBuf;

fn files(reports: &[Report]) -> Files {
    named(reports.iter().map(Report::bytes))
}

/// The document of the paths, read in chunks of so many bytes by so many threads.
fn text(paths: &[PathBuf], chunk: u64, threads: usize) -> Result<String, Error> {
    text_from(None, paths, chunk, threads)
}

/// The same of purchases from a day on.
fn text_from(
    from: Option<Day>,
    paths: &[PathBuf],
    chunk: u64,
    threads: usize,
) -> Result<String, Error> {
    let pool = ThreadPoolBuilder::new().num_threads(threads).build();
    let options = in_pieces(chunk, of_days(from, None, tolerant()));
    let document = pool.unwrap().install(|| of_paths(paths, &options))?;
    Ok(json(&document))
}

/// The document without what says where in its file a line stands.
fn placeless(mut document: Value) -> Value {
    document["tables"]["rejects"] = Value::Null;
    for row in document["tables"]["quality"]["rows"]
        .as_array_mut()
        .unwrap()
    {
        row["example_place"] = Value::Null;
    }
    document
}

fn chunk() -> impl Strategy<Value = u64> {
    prop_oneof![1 => Just(1_u64), 4 => 2..60_u64, 4 => 60..2000_u64]
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn any_chunk_size_any_threads_and_any_order_of_paths_give_the_same_bytes(
        reports in nasty::reports(),
        chunk in chunk(),
        threads in select(vec![1_usize, 2, 7]),
        order in any::<Index>(),
        from in select(vec![None, Day::read(b"2026-07-20"), Day::read(b"2030-01-01")]),
    ) {
        let (_folder, mut paths) = written(&files(&reports));
        let plain = text_from(from, &paths, CHUNK, 1)?;
        let turn = order.index(paths.len());
        paths.rotate_left(turn);
        prop_assert_eq!(plain, text_from(from, &paths, chunk, threads)?);
    }

    #[test]
    fn the_order_of_lines_changes_places_only(
        (reports, shuffled) in nasty::reports().prop_flat_map(|reports| {
            let shuffled = reports.iter().map(shuffled).collect::<Vec<_>>();
            (Just(reports), shuffled)
        }),
    ) {
        let plain = placeless(published(&files(&reports))?);
        let shuffled = placeless(published(&files(&shuffled))?);
        prop_assert_eq!(change(&plain, &shuffled), None);
    }

    #[test]
    fn a_copy_of_a_file_changes_no_table_and_its_lines_are_repeated(
        reports in nasty::reports(),
        which in any::<Index>(),
    ) {
        let mut files = files(&reports);
        let alone = published(&files)?;
        let copied = which.get(&files).clone();
        files.push(("z.txt".into(), copied.1.clone()));
        let both = published(&files)?;
        let row = |document: &Value, name: &str| {
            let rows = document["tables"]["sources"]["rows"].as_array().unwrap();
            rows.iter().find(|row| row["file"] == name).unwrap().clone()
        };
        for (name, table) in alone["tables"].as_object().unwrap() {
            if name != "sources" {
                prop_assert_eq!(table, &both["tables"][name], "{}", name);
            }
        }
        let lines = &row(&both, "z.txt")["lines_read"];
        prop_assert_eq!(&row(&both, "z.txt")["repeated"], lines);
        prop_assert_eq!(&row(&both, "z.txt")["role"], "repeated");
        prop_assert_eq!(lines, &row(&alone, &copied.0)["lines_read"]);
        let mut control = alone["control"].clone();
        for total in ["lines_read", "repeated"] {
            control[total] = json!(control[total].as_u64().unwrap() + lines.as_u64().unwrap());
        }
        prop_assert_eq!(control, both["control"].clone());
    }
}

fn shuffled(report: &Report) -> impl Strategy<Value = Report> + use<> {
    let report = report.clone();
    Just(report.lines.clone())
        .prop_shuffle()
        .prop_map(move |lines| Report {
            lines,
            ..report.clone()
        })
}

#[test]
fn four_files_of_a_seller_give_the_same_bytes_however_they_are_read() {
    let seller = |kind, overlap, dirty| sample(kind, 1500, 7, overlap, dirty);
    let files = named([
        seller(SampleKind::AllOrders, false, true),
        seller(SampleKind::AllOrders, true, false),
        seller(SampleKind::Unshipped, false, true),
        seller(SampleKind::Unshipped, true, false),
    ]);
    let (_folder, mut paths) = written(&files);
    let plain = text(&paths, CHUNK, 1).unwrap();
    for (chunk, threads) in [(997, 7), (4096, 2), (50_000, 7), (u64::MAX, 2)] {
        paths.rotate_left(1);
        assert!(
            plain == text(&paths, chunk, threads).unwrap(),
            "{chunk} bytes, {threads} threads"
        );
    }
}

#[test]
fn another_seed_is_another_document() {
    let [one, other] = [1, 2].map(|seed| value(&named([all_orders(300, seed, false, false)])));
    assert_ne!(one["tables"]["fulfillment"], other["tables"]["fulfillment"]);
}

#[test]
fn lines_of_a_large_file_from_last_to_first_give_the_same_tables() {
    let report = all_orders(3000, 11, false, true);
    let header = &report[..report.len() - body(&report).len()];
    let mut lines: Vec<&[u8]> = body(&report)
        .split_inclusive(|byte| *byte == b'\n')
        .collect();
    lines.reverse();
    let backwards = [header, &lines.concat()].concat();
    let [plain, backwards] =
        [report.clone(), backwards].map(|report| placeless(value(&named([report]))));
    assert_eq!(change(&plain, &backwards), None);
}

#[test]
fn twin_lines_both_count() {
    let once = all_orders(400, 3, false, false);
    let twice = [once.as_slice(), body(&once)].concat();
    let [one, two] = [once, twice].map(|report| value(&named([report])));
    assert_eq!(two["control"]["kept"], 800);
    let sum = |document: &Value, column: &str| -> i64 {
        let rows = document["tables"]["fulfillment"]["rows"]
            .as_array()
            .unwrap();
        rows.iter().map(|row| row[column].as_i64().unwrap()).sum()
    };
    for column in ["lines", "units", "unpriced_units"] {
        assert_eq!(2 * sum(&one, column), sum(&two, column), "{column}");
    }
    for column in ["orders_placed", "orders", "cancelled_orders"] {
        assert_eq!(sum(&one, column), sum(&two, column), "{column}");
    }
}

#[test]
fn line_ends_marks_and_blank_lines_change_no_table() {
    let report = String::from_utf8(all_orders(200, 5, false, false)).unwrap();
    let unix = report.replace("\r\n", "\n");
    let plain = value(&named([&unix]));
    let marked = format!("\u{feff}\n{unix}");
    let airy = unix.replace('\n', "\n\n \n");
    for other in [
        report.as_str(),
        &unix.replace('\n', "\r\r\n"),
        unix.trim_end(),
        &marked,
        &airy,
    ] {
        let other = value(&named([other]));
        assert_eq!(plain["control"], other["control"]);
        for (name, table) in plain["tables"].as_object().unwrap() {
            if !["sources", "quality"].contains(&name.as_str()) {
                assert_eq!(table, &other["tables"][name], "{name}");
            }
        }
    }
}

/// Where no order is left to say which zone most are of, the lines of the backlog say so, whichever is read first.
#[test]
fn a_backlog_alone_is_judged_in_one_zone_whatever_is_read_first() {
    let header = "order-id\torder-item-id\tpurchase-date\tpayments-date\treporting-date\t\
                  promise-date\tsku\tquantity-to-ship\tsales-channel\n";
    // The last names the order of the first, in another marketplace.
    let line = |order: u32| {
        let channel = ["Amazon.com", "Amazon.co.jp", "Amazon.com", "Amazon.co.jp"][order as usize];
        let (order, date) = (order % 3, "2026-07-28T00:00:00Z");
        format!(
            "111-0000000-000000{order}\t1\t{date}\t{date}\t{date}\t2026-07-30T06:59:59+00:00\tA\t1\t{channel}\n"
        )
    };
    let shown = |orders: &[u32]| {
        let lines: String = orders.iter().map(|order| line(*order)).collect();
        placeless(value(&named([format!("{header}{lines}")])))
    };
    let usual = shown(&[0, 1, 2]);
    assert_eq!(change(&usual, &shown(&[1, 0, 2])), None);
    assert_eq!(change(&usual, &shown(&[2, 1, 0])), None);
    assert_eq!(change(&shown(&[0, 3]), &shown(&[3, 0])), None);
}

/// A channel starts with `Non-Amazon` in any case: tables, screen, page and gates agree on it.
#[test]
fn the_case_of_a_channel_outside_amazon_changes_no_number() {
    let reports = [
        all_orders(4_000, 3, true, false),
        all_orders(4_000, 4, false, false),
    ];
    let asked = |spelled: &str| {
        let files = reports.iter().map(|report| {
            let text = String::from_utf8(report.clone()).unwrap();
            assert!(text.contains("Non-Amazon"));
            text.replace("Non-Amazon", spelled)
        });
        let options = tolerant();
        let options = Options {
            tables: TableOptions {
                estimate_pending: true,
                ..options.tables
            },
            ..options
        };
        let (_folder, paths) = written(&named(files));
        let document = of_paths(&paths, &options).unwrap();
        let mut screen = Vec::new();
        let size = Screen {
            width: 120,
            color: false,
            by: Period::Week,
            took: None,
        };
        ordersift::write::summary(&document, &size, &mut screen).unwrap();
        let mut page = Vec::new();
        ordersift::write::html(&document, Period::Week, &mut page).unwrap();
        let gates = ordersift::gate::names().map(|(name, _)| {
            let gate: ordersift::gate::Gate = format!("{name} > 0").parse().unwrap();
            format!("{name} {:?}", gate.judge(&document))
        });
        let gates = gates.collect::<Vec<_>>().join("\n");
        let all = [
            json(&document),
            String::from_utf8(screen).unwrap(),
            String::from_utf8(page).unwrap(),
            gates,
        ];
        all.map(|text| text.replace(spelled, "Non-Amazon"))
    };
    let usual = asked("Non-Amazon");
    for spelled in ["NON-AMAZON", "non-amazon"] {
        for (usual, other) in usual.iter().zip(asked(spelled)) {
            let first = usual.lines().zip(other.lines()).find(|(a, b)| a != b);
            assert_eq!(first, None, "{spelled}");
        }
    }
}
