//! Invented documents for the tests of writers.

mod frame;
mod history;
mod tables;

use crate::field::RejectReason;
use crate::table::{Control, Document, RejectCount, Table};

use super::screen::{Period, Screen};

pub(super) use frame::HOSTILE;
use tables::{
    Sold, channels, daily, late, leak, packing, quality, rejects, status, weekly, worklist,
};

/// What a screen shows of a document, without color, by week.
pub(super) fn screen(
    document: &Document,
    width: usize,
    draw: impl Fn(&Document, &Screen, &mut dyn std::io::Write) -> std::io::Result<()>,
) -> String {
    let mut out = Vec::new();
    let screen = Screen {
        width,
        color: false,
        by: Period::Week,
        took: Some("0.21 s".into()),
    };
    draw(document, &screen, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn document(tables: Vec<Table>) -> Document {
    Document {
        as_of: Some("2026-07-27T13:58:00Z".into()),
        as_of_source: "newest last-updated-date in the files".into(),
        as_of_zone: "America/Los_Angeles".into(),
        options: Vec::new(),
        control: Control {
            lines_read: 1_204_331,
            kept: 988_120,
            superseded: 216_190,
            repeated: 0,
            rejected: 21,
        },
        rejects: vec![
            rejected(12, "item-price", RejectReason::AmountInvalid),
            rejected(9, "sku", RejectReason::SkuMissing),
        ],
        kinds: vec![("all-orders", 3), ("unshipped", 1)],
        reaches: Vec::new(),
        bytes: 312_400_000,
        gates: Vec::new(),
        compared: None,
        tables,
    }
}

fn rejected(lines: u64, column: &'static str, reason: RejectReason) -> RejectCount {
    RejectCount {
        file: "july.txt".into(),
        reason,
        column: Some(column),
        lines,
    }
}

/// Nine weeks of two marketplaces.
fn american() -> [Sold<'static>; 5] {
    [
        Sold(
            "Amazon.ca",
            "fba",
            Some("CAD"),
            &[
                (500, 570, 1_500_000),
                (610, 700, 1_891_200),
                (598, 690, 1_880_000),
                (640, 720, 1_900_000),
                (600, 700, 1_850_000),
                (606, 694, 1_891_000),
                (611, 702, 1_912_000),
            ],
        ),
        Sold("Amazon.com", "fba", None, &[(40, 44, 0)]),
        Sold(
            "Amazon.com",
            "fba",
            Some("USD"),
            &[
                (4_010, 5_002, 9_000_000),
                (5_010, 6_002, 11_410_000),
                (5_100, 6_100, 11_900_000),
                (6_900, 7_900, 15_812_000),
                (6_400, 7_500, 14_500_000),
                (7_000, 8_400, 16_900_000),
                (7_900, 9_700, 19_300_000),
                (8_080, 9_900, 20_271_812),
                (8_372, 10_189, 21_488_120),
            ],
        ),
        Sold(
            "Amazon.com",
            "merchant",
            Some("USD"),
            &[
                (900, 960, 2_401_100),
                (1_010, 1_100, 2_701_100),
                (1_200, 1_290, 3_001_100),
                (700, 760, 1_901_100),
                (1_020, 1_090, 2_601_100),
                (1_100, 1_190, 2_901_100),
                (1_231, 1_340, 3_201_100),
                (1_204, 1_310, 3_140_277),
            ],
        ),
        Sold(
            "Non-Amazon US",
            "fba",
            None,
            &[
                (40, 41, 0),
                (52, 55, 0),
                (61, 63, 0),
                (80, 85, 0),
                (88, 93, 0),
            ],
        ),
    ]
}

/// United States, Canada and multi-channel orders; a backlog; a little to look at.
pub(super) fn monday() -> Document {
    let sold = american();
    let checks = [
        ("cancelled_with_price", 812, "a:1"),
        ("days_without_orders", 1, "2026-07-12"),
        ("order_field_conflicts", 0, ""),
        ("unknown_status", 37, "a:5"),
    ];
    let buckets = [
        ("hold", 1, 1, "2026-07-27"),
        ("past_cancel_by", 0, 0, ""),
        ("overdue_2_3", 2, 2, "2026-07-24"),
        ("due_today", 12, 14, "2026-07-27"),
        ("due_tomorrow", 9, 9, "2026-07-28"),
        ("later", 17, 20, "2026-07-29"),
    ];
    document(vec![
        status(&[
            ("shipped", "Shipped", 93_100),
            ("cancelled", "Cancelled", 3_900),
            ("pending", "Pending", 2_000),
            ("unshipped", "Unshipped", 963),
            ("unknown", "Shipped - Held", 37),
        ]),
        channels(&sold),
        weekly(&sold, &["2026-W22"]),
        late(&buckets),
        worklist(&packing()),
        history::missing_sunday(),
        history::odd_summer(),
        quality(&checks),
        rejects(&[
            ("not an amount", "item-price"),
            ("not an amount", "item-price"),
            ("too few fields", ""),
        ]),
    ])
}

/// Japan alone, all-orders files alone, nothing odd.
pub(super) fn japan() -> Document {
    let sold = [
        Sold(
            "Amazon.co.jp",
            "fba",
            Some("JPY"),
            &[
                (310, 350, 90_210_000),
                (320, 360, 91_210_000),
                (300, 340, 88_210_000),
                (410, 450, 119_210_000),
            ],
        ),
        Sold(
            "Amazon.co.jp",
            "merchant",
            Some("JPY"),
            &[(10, 11, 2_210_000), (1, 1, 121_000)],
        ),
    ];
    let mut japan = document(vec![
        status(&[("shipped", "Shipped", 1_340), ("pending", "Pending", 1)]),
        channels(&sold),
        weekly(&sold, &[]),
        late(&[]),
        worklist(&[]),
        quality(&[]),
        rejects(&[]),
    ]);
    japan.as_of_zone = "Asia/Tokyo".into();
    japan.options = vec![
        ("time_zone", "Asia/Tokyo".into()),
        ("week_start", "sunday".into()),
        ("from", "2026-06-01".into()),
    ];
    japan.kinds = vec![("all-orders", 1)];
    japan.control = Control {
        lines_read: 1_341,
        kept: 1_341,
        ..Control::default()
    };
    japan.bytes = 412_800;
    japan
}

/// Three days of one file: no week is complete.
pub(super) fn three_days() -> Document {
    let sold = [
        Sold("Amazon.com", "fba", Some("USD"), &[(310, 350, 902_100)]),
        Sold("Amazon.com", "merchant", Some("USD"), &[(4, 4, 10_000)]),
    ];
    let mut days = document(vec![
        status(&[("shipped", "Shipped", 310), ("pending", "Pending", 4)]),
        channels(&sold),
        daily(&["2026-07-20", "2026-07-26"]),
        weekly(&sold, &["2026-W30"]),
        late(&[]),
        quality(&[]),
        rejects(&[]),
    ]);
    days.kinds = vec![("all-orders", 1)];
    days.control = Control {
        lines_read: 1,
        kept: 1,
        ..Control::default()
    };
    days
}

/// Forty channels of four currencies, and a great deal to look at.
pub(super) fn forty_channels() -> Document {
    let names: Vec<String> = (0..40)
        .map(|place| format!("Amazon.market-{place}.example"))
        .collect();
    let series: Vec<[(i64, i64, i128); 3]> = (0..40_i64)
        .map(|place| {
            [1, 2, 3].map(|week| {
                (
                    place * 30 + week,
                    place * 40 + week * 7,
                    i128::from(place * 70_000 + week * 123),
                )
            })
        })
        .collect();
    let codes = ["EUR", "USD", "JPY", "SEK"];
    let sold: Vec<Sold<'_>> = (0..40)
        .map(|place| {
            Sold(
                &names[place],
                if place % 3 == 0 { "merchant" } else { "fba" },
                Some(codes[place % 4]),
                &series[place],
            )
        })
        .collect();
    let checks = [
        ("channel_without_zone", 120_000, "a:1"),
        ("days_without_orders", 12, "2026-07-12"),
        ("order_field_conflicts", 1, "order 1"),
        ("something_new", 2, "a:3"),
        ("unknown_fulfillment", 6, "a:3"),
        ("unknown_status", 37, "a:5"),
    ];
    document(vec![
        status(&[
            ("shipped", "Shipped", 99_999),
            ("unknown", HOSTILE, 1),
            ("cancelled", "Cancelled", 10),
            ("pending", "Pending", 10),
            ("failed", "Lost", 10),
            ("partially_shipped", "PartiallyShipped", 10),
        ]),
        channels(&sold),
        weekly(&sold, &[]),
        late(&[
            ("past_cancel_by", 3, 3, ""),
            ("overdue_8_plus", 5, 5, ""),
            ("due_today", 1_200, 1_201, "2026-07-27T23:59:59-07:00"),
            ("later", 25, 25, "2026-07-29T23:59:59+02:00"),
            ("no_promise", 7, 7, ""),
            ("hold", 1, 1, ""),
        ]),
        quality(&checks),
        rejects(&[("not an amount", "item-price")]),
    ])
}

/// An unshipped file alone.
pub(super) fn backlog_alone() -> Document {
    let mut alone = monday();
    alone
        .tables
        .retain(|table| matches!(table.spec.name, "late" | "worklist"));
    alone.kinds = vec![("unshipped", 1)];
    alone
}

/// Text that wants to be run, seen or believed.
pub(super) fn hostile() -> Document {
    let name = leak(&"very long name of a thing ".repeat(12));
    let wide = leak(&"とても長い商品名".repeat(20));
    let sold = [
        Sold(HOSTILE, "fba", Some("USD"), &[(8, 9, 100), (9, 9, 200)]),
        Sold(
            wide,
            "merchant",
            Some("\u{1b}[0m"),
            &[(2, 2, 100), (3, 3, 200)],
        ),
        Sold("", "unknown", None, &[(1, 1, 0)]),
    ];
    let backlog = [
        (
            "113-0000001-0000001",
            "=HYPERLINK(\"http://x\")",
            HOSTILE,
            1,
            "-5",
            "2026-07-27T23:59:59-07:00",
            0,
            "due_today",
            true,
            true,
        ),
        (
            "\u{1b}]0;title\u{7}",
            "@SUM(1)",
            name,
            1,
            "+cmd|' /C calc'!A0",
            "\u{9b}2J",
            0,
            "due_today",
            false,
            false,
        ),
        (
            "113-0000002-0000002",
            "SKU",
            wide,
            123_456,
            "Standard",
            "",
            12,
            "\u{1b}[5m",
            true,
            true,
        ),
    ];
    let mut hostile = document(vec![
        status(&[
            ("shipped", "Shipped", 3),
            ("unknown", HOSTILE, 1),
            ("unknown", name, 1),
        ]),
        channels(&sold),
        weekly(&sold, &[]),
        late(&[("due_today", 1, 2, "2026-07-27T23:59:59-07:00")]),
        worklist(&backlog),
        quality(&[
            ("unknown_status", 2, "\u{1b}[0m"),
            ("days_without_orders", 2, HOSTILE),
            (HOSTILE, 2, HOSTILE),
        ]),
        history::hostile_gaps(),
        history::hostile_names(name, wide),
        rejects(&[(HOSTILE, HOSTILE)]),
    ]);
    hostile.as_of = Some(HOSTILE.into());
    hostile.as_of_source = HOSTILE.into();
    hostile.options = vec![("from", HOSTILE.into())];
    hostile
}
