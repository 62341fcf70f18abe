//! Whole reports: what stays the same, what adds up, what parses.

#![allow(clippy::unwrap_used)]

use super::*;
use chrono::DateTime;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const KINDS: [SampleKind; 2] = [SampleKind::AllOrders, SampleKind::Unshipped];

pub(super) fn options(kind: SampleKind, lines: u64, seed: u64) -> SampleOptions {
    SampleOptions {
        kind,
        lines,
        seed,
        ..SampleOptions::default()
    }
}

pub(super) fn bytes(options: SampleOptions) -> Vec<u8> {
    let mut out = Vec::new();
    let written = write_sample(&options, &mut out).unwrap();
    assert_eq!(written.bytes, out.len() as u64);
    out
}

/// The lines without header and ends; empty ones are left out.
pub(super) fn lines(report: &[u8]) -> Vec<&[u8]> {
    report
        .split(|&byte| byte == b'\n')
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
        .filter(|line| !line.is_empty())
        .skip(1)
        .collect()
}

/// A clean report as cells by column name.
pub(super) fn rows(options: SampleOptions) -> Vec<BTreeMap<String, String>> {
    let text = String::from_utf8(bytes(options)).unwrap();
    let mut lines = text.lines();
    let header: Vec<_> = lines
        .next()
        .unwrap()
        .split('\t')
        .map(|name| name.trim().to_owned())
        .collect();
    lines
        .map(|line| {
            let cells: Vec<_> = line.split('\t').map(str::to_owned).collect();
            assert_eq!(cells.len(), header.len(), "{line}");
            header.iter().cloned().zip(cells).collect()
        })
        .collect()
}

fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

#[test]
fn bytes_do_not_depend_on_threads() {
    for (kind, dirty) in KINDS.into_iter().zip([true, false]) {
        let options = SampleOptions {
            dirty,
            overlap: dirty,
            ..options(kind, 90_000, 5)
        };
        let [one, two, seven] = [1, 2, 7].map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap();
            hash(&pool.install(|| bytes(options)))
        });
        assert_eq!(one, two);
        assert_eq!(one, seven);
        assert_eq!(one, hash(&bytes(options)));
    }
}

/// A hash by kind and length over three seeds, clean and dirty, first and later download. A change here changes the bytes of
/// every sample anyone keeps.
const GOLDEN: [[u64; 4]; 2] = [
    [
        0x13C2_A8D6_982F_D36B,
        0xF17B_90EC_B900_349D,
        0x6459_6C63_36BD_B2AD,
        0x1150_D2F9_4F16_DA85,
    ],
    [
        0x38CA_284B_9FFD_2CFF,
        0xD6FF_830E_8363_859B,
        0x2CDB_34F1_F779_2DA1,
        0xEB31_FEFC_ED06_4542,
    ],
];

#[test]
fn bytes_are_those_of_the_first_release() {
    let golden = KINDS.map(|kind| {
        [1, 7, 600, 5_003].map(|lines| {
            let mut all = Vec::new();
            for seed in [1, 42, u64::MAX] {
                for (overlap, dirty) in [(false, false), (true, false), (false, true), (true, true)]
                {
                    all.extend(bytes(SampleOptions {
                        overlap,
                        dirty,
                        ..options(kind, lines, seed)
                    }));
                }
            }
            hash(&all)
        })
    });
    assert_eq!(golden, GOLDEN, "{golden:#X?}");
}

#[test]
fn all_orders_have_exactly_the_lines_wanted() {
    for wanted in [0, 1, 2, 7, 199, 500, 4_097, 70_001] {
        for (overlap, dirty) in [(false, false), (true, false), (false, true), (true, true)] {
            let options = SampleOptions {
                overlap,
                dirty,
                ..options(SampleKind::AllOrders, wanted, 3)
            };
            let mut out = Vec::new();
            assert_eq!(write_sample(&options, &mut out).unwrap().lines, wanted);
            assert_eq!(lines(&out).len() as u64, wanted);
        }
    }
}

#[test]
fn orders_are_whole_unique_and_newest_first() {
    let rows = rows(options(SampleKind::AllOrders, 30_000, 11));
    let mut seen = BTreeSet::new();
    let orders: Vec<_> = rows
        .chunk_by(|left, right| left["amazon-order-id"] == right["amazon-order-id"])
        .collect();
    for lines in &orders {
        assert!(seen.insert(&lines[0]["amazon-order-id"]));
        for name in [
            "purchase-date",
            "last-updated-date",
            "order-status",
            "fulfillment-channel",
            "sales-channel",
            "ship-city",
        ] {
            assert!(lines.iter().all(|line| line[name] == lines[0][name]));
        }
    }
    assert!(
        orders.is_sorted_by(|newer, older| newer[0]["purchase-date"] > older[0]["purchase-date"])
    );
    let multiple = orders.iter().filter(|lines| lines.len() > 1).count() * 100 / orders.len();
    assert!((11..=13).contains(&multiple), "{multiple} %");
    assert!(
        orders
            .iter()
            .any(|lines| lines.len() > 1 && lines[0] == lines[1])
    );
}

#[test]
fn moments_parse_and_stand_in_order() {
    for overlap in [false, true] {
        let rows = rows(SampleOptions {
            overlap,
            ..options(SampleKind::AllOrders, 5_000, 2)
        });
        let snapshot = DateTime::parse_from_rfc3339(if overlap {
            "2026-07-30T13:58:00Z"
        } else {
            "2026-07-27T13:58:00Z"
        })
        .unwrap();
        for row in &rows {
            let [purchased, updated] = ["purchase-date", "last-updated-date"]
                .map(|name| DateTime::parse_from_rfc3339(&row[name]).unwrap());
            assert!(purchased <= updated && updated <= snapshot);
        }
    }
}

#[test]
fn every_kind_of_line_is_there() {
    let rows = rows(options(SampleKind::AllOrders, 20_000, 6));
    let has = |cells: &[(&str, &str)]| {
        rows.iter()
            .any(|row| cells.iter().all(|(name, cell)| row[*name] == *cell))
    };
    assert!(has(&[
        ("order-status", "Pending"),
        ("item-price", ""),
        ("currency", "")
    ]));
    assert!(has(&[
        ("order-status", "Unshipped"),
        ("fulfillment-channel", "Merchant")
    ]));
    assert!(has(&[
        ("order-status", "Shipping"),
        ("fulfillment-channel", "Amazon"),
        ("item-status", "Unshipped")
    ]));
    assert!(has(&[
        ("order-status", "Cancelled"),
        ("quantity", "0"),
        ("item-price", "")
    ]));
    assert!(has(&[
        ("order-status", "Cancelled"),
        ("quantity", "1"),
        ("currency", "USD")
    ]));
    assert!(has(&[
        ("order-status", "Shipped"),
        ("item-status", "Cancelled")
    ]));
    assert!(has(&[
        ("sales-channel", "Non-Amazon"),
        ("item-price", ""),
        ("quantity", "1")
    ]));
    assert!(has(&[
        ("is-business-order", "true"),
        ("price-designation", "Business Price")
    ]));
    assert!(
        has(&[("quantity", "100")])
            && has(&[("sales-channel", "Amazon.co.jp"), ("currency", "JPY")])
    );
    assert!(!has(&[
        ("order-status", "Shipping"),
        ("fulfillment-channel", "Merchant")
    ]));
    let parts = |name: &str, cell: &str| {
        rows.iter().filter(|row| row[name] == cell).count() * 1000 / rows.len()
    };
    assert!((770..830).contains(&parts("fulfillment-channel", "Amazon")));
    assert!((30..50).contains(&parts("order-status", "Cancelled")));
}

#[test]
fn a_later_download_agrees_on_what_has_not_changed() {
    let first = options(SampleKind::AllOrders, 20_000, 4);
    let [first, later] = [
        first,
        SampleOptions {
            overlap: true,
            ..first
        },
    ]
    .map(rows);
    let by_item =
        |rows: &[BTreeMap<String, String>]| -> BTreeMap<String, BTreeMap<String, String>> {
            rows.iter()
                .map(|row| (row["order-item-id"].clone(), row.clone()))
                .collect()
        };
    let (old, new) = (by_item(&first), by_item(&later));
    let (mut same, mut moved) = (0, BTreeSet::new());
    for (item, before) in &old {
        let Some(after) = new.get(item) else { continue };
        assert_eq!(
            ["amazon-order-id", "purchase-date", "sku"].map(|name| &before[name]),
            ["amazon-order-id", "purchase-date", "sku"].map(|name| &after[name])
        );
        if before["last-updated-date"] == after["last-updated-date"] {
            assert_eq!(before, after);
            same += 1;
        } else {
            assert!(before["last-updated-date"] < after["last-updated-date"]);
            moved.insert([before, after].map(|row| row["order-status"].as_str()));
        }
    }
    assert!(same * 100 / old.len() > 60);
    for change in [
        ["Pending", "Shipped"],
        ["Pending", "Cancelled"],
        ["Unshipped", "Shipped"],
        ["Shipping", "Shipped"],
    ] {
        assert!(moved.contains(&change), "{change:?}");
    }
    let lines_of = |rows: &[BTreeMap<String, String>]| {
        let mut counts = BTreeMap::new();
        for row in rows {
            *counts.entry(row["amazon-order-id"].clone()).or_insert(0) += 1;
        }
        counts
    };
    let (old, new) = (lines_of(&first), lines_of(&later));
    assert!(
        old.iter()
            .all(|(order, lines)| new.get(order).is_none_or(|later| later == lines))
    );
    let gone = old.keys().filter(|order| !new.contains_key(*order)).count() * 100 / old.len();
    assert!((20..30).contains(&gone), "{gone} %");
    assert!(new.keys().any(|order| !old.contains_key(order)));
}

#[test]
fn a_failing_writer_is_reported() {
    let mut room = [0_u8; 1000];
    assert!(write_sample(&options(SampleKind::AllOrders, 100, 1), &mut &mut room[..]).is_err());
}

fn download(number: u32, of: u32, days: u32) -> SampleOptions {
    SampleOptions {
        download: Some(Download { number, of, days }),
        ..options(SampleKind::AllOrders, 4_000, 9)
    }
}

#[test]
fn every_download_holds_its_last_days_in_about_the_lines_wanted() {
    for number in 1..=6 {
        let download = download(number, 6, 20);
        let day = download.download.unwrap().day();
        let snapshot = DateTime::parse_from_rfc3339(&format!("{day}T13:58:00Z")).unwrap();
        let rows = rows(download);
        assert!((3_400..4_600).contains(&rows.len()), "{}", rows.len());
        let moment = |name: &'static str| {
            rows.iter()
                .map(move |row| DateTime::parse_from_rfc3339(&row[name]).unwrap())
        };
        let (first, last) = (moment("purchase-date").min(), moment("purchase-date").max());
        assert!(moment("last-updated-date").all(|updated| updated <= snapshot));
        assert!(snapshot - last.unwrap() < chrono::TimeDelta::hours(2));
        let span = (snapshot - first.unwrap()).num_minutes();
        assert!((20 * 1440 - 60..=20 * 1440).contains(&span), "{span}");
    }
}

#[test]
fn orders_move_forward_from_download_to_download() {
    let downloads = [1, 2, 3].map(|number| rows(download(number, 3, 20)));
    let by_item = downloads.each_ref().map(|rows| -> BTreeMap<&String, _> {
        rows.iter()
            .map(|row| (&row["order-item-id"], row))
            .collect()
    });
    let mut moved = BTreeSet::new();
    for pair in by_item.windows(2) {
        let (before, after) = (&pair[0], &pair[1]);
        let both = before
            .iter()
            .filter_map(|(item, row)| Some((row, after.get(item)?)));
        let (mut shared, mut same) = (0, 0);
        for (before, after) in both {
            shared += 1;
            same += usize::from(before == after);
            assert_eq!(before["purchase-date"], after["purchase-date"]);
            assert!(before["last-updated-date"] <= after["last-updated-date"]);
            let states = [before, after].map(|row| row["order-status"].as_str());
            assert!(states[0] == states[1] || !["Shipped", "Cancelled"].contains(&states[0]));
            moved.insert(states);
        }
        let share = shared * 100 / after.len();
        assert!((55..75).contains(&share), "{share} % are in both");
        assert!(
            same < shared && same * 100 > shared * 80,
            "{same} of {shared}"
        );
    }
    for change in [
        ["Pending", "Shipped"],
        ["Unshipped", "Shipped"],
        ["Pending", "Cancelled"],
    ] {
        assert!(moved.contains(&change), "{change:?}");
    }
}

#[test]
fn a_market_has_its_own_channels_currencies_and_names() {
    let of = |market| {
        let rows = rows(SampleOptions {
            market,
            ..options(SampleKind::AllOrders, 3_000, 2)
        });
        let all =
            |name: &str| -> BTreeSet<String> { rows.iter().map(|row| row[name].clone()).collect() };
        (
            all("sales-channel").into_iter().collect::<Vec<_>>(),
            all("currency").into_iter().collect::<Vec<_>>(),
            all("product-name"),
        )
    };
    let (channels, currencies, names) = of(SampleMarket::Jp);
    assert_eq!(channels, ["Amazon.co.jp", "Non-Amazon JP"]);
    assert_eq!(currencies, ["", "JPY"]);
    for text in ["ｸﾞﾚｰ", "㈱", "髙", "①", "ソ"] {
        assert!(names.iter().any(|name| name.contains(text)), "{text}");
    }
    let (channels, currencies, _) = of(SampleMarket::Us);
    assert_eq!(channels, ["Amazon.ca", "Amazon.com", "Non-Amazon"]);
    assert_eq!(currencies, ["", "CAD", "USD"]);
    let (channels, currencies, names) = of(SampleMarket::Eu);
    let eu = [
        "Amazon.co.uk",
        "Amazon.de",
        "Amazon.es",
        "Amazon.fr",
        "Amazon.it",
    ];
    assert_eq!(channels, eu);
    assert_eq!(currencies, ["", "EUR", "GBP"]);
    for text in ["ß", "é", "ñ", "ò"] {
        assert!(names.iter().any(|name| name.contains(text)), "{text}");
    }
}

#[test]
fn an_encoding_changes_bytes_and_no_text() {
    let pairs = [
        (SampleMarket::Jp, encoding_rs::SHIFT_JIS),
        (SampleMarket::Eu, encoding_rs::WINDOWS_1252),
        (SampleMarket::Mixed, encoding_rs::UTF_16LE),
        (SampleMarket::Mixed, encoding_rs::UTF_16BE),
    ];
    for ((market, encoding), kind) in pairs.into_iter().zip(KINDS.into_iter().cycle()) {
        let plain = SampleOptions {
            market,
            ..options(kind, 6_000, 3)
        };
        let encoded = bytes(SampleOptions { encoding, ..plain });
        let plain = String::from_utf8(bytes(plain)).unwrap();
        let (decoded, _, broken) = encoding.decode(&encoded);
        assert!(!broken && decoded == plain, "{}", encoding.name());
        assert_ne!(encoded, plain.as_bytes());
    }
}
