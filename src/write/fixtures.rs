//! Documents of fixtures, for the tests of writers.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use polars::prelude::{Column, DataFrame, Int128Chunked, IntoColumn, NewChunkedArray};

use crate::input;
use crate::options::{MaxRejects, Options};
use crate::pipeline::{self, Unwatched};
use crate::table::{Cell, ColumnKind, Document, Table};

use super::screen::{Period, Screen};

/// What a hostile product name can hold.
pub(super) const HOSTILE: &str = "\u{1b}[31m\u{202e}evil\u{9b}2J\r\n<script>\u{2028}";

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

fn document(path: PathBuf) -> Document {
    let options = Options {
        max_rejects: MaxRejects::Share(1_000_000),
        ..Options::default()
    };
    let inputs = input::gather(&[path], &[]).unwrap();
    pipeline::report(&inputs, &options, &Unwatched).unwrap()
}

fn fixture(path: &str) -> Document {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    document(root.join("fixtures").join(path))
}

/// Five marketplaces and multi-channel orders, five weeks, a backlog, a little to look at.
pub(super) fn first_week() -> Document {
    static DOCUMENT: LazyLock<Document> = LazyLock::new(|| fixture("first-week"));
    DOCUMENT.clone()
}

/// One day of an all-orders file alone: no week is complete, and nothing is odd.
pub(super) fn one_day() -> Document {
    static DOCUMENT: LazyLock<Document> = LazyLock::new(|| fixture("twin-lines"));
    DOCUMENT.clone()
}

/// An unshipped file alone.
pub(super) fn backlog_alone() -> Document {
    static DOCUMENT: LazyLock<Document> =
        LazyLock::new(|| fixture("first-week/unshipped-2026-07-30.txt"));
    DOCUMENT.clone()
}

/// The columns of the reports that are made here.
const HEADER: &str = "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\t\
                      sales-channel\tsku\titem-status\tquantity\tcurrency\titem-price\n";

fn of_text(text: &str) -> Document {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("orders.txt"), text).unwrap();
    document(folder.path().to_owned())
}

/// A week of seven orders of one channel, and one more that is not priced yet.
pub(super) fn one_unpriced() -> Document {
    let mut text = HEADER.to_owned();
    for number in 0..8 {
        let priced = if number == 7 { "\t" } else { "USD\t20" };
        let _ = writeln!(
            text,
            "111-0000000-000000{number}\t2026-07-{:02}T20:00:00+00:00\t2026-07-27T12:00:00+00:00\tShipped\tAmazon\t\
             Amazon.com\tA\tShipped\t1\t{priced}",
            20 + number % 7
        );
    }
    of_text(&text)
}

/// Forty channels of four currencies in three weeks, and a great deal to look at.
pub(super) fn forty_channels() -> Document {
    let mut text = HEADER.to_owned();
    let mut line = |week: u32, place: usize, number: usize, status: &str, price: &str| {
        let day = 6 + 7 * week + u32::try_from((place + number) % 7).unwrap();
        let ships = ["Merchant", "Amazon", "Amazon"][place % 3];
        let currency = ["EUR", "USD", "JPY", "SEK"][place % 4];
        let _ = writeln!(
            text,
            "111-{place:07}-{week}{number:06}\t2026-07-{day:02}T12:00:00+00:00\t2026-07-27T12:00:00+00:00\t{status}\t{ships}\t\
             Amazon.market-{place}.example\tSKU-{number}\t{status}\t1\t{currency}\t{price}"
        );
    };
    for (week, place) in (0..3).flat_map(|week| (0..40).map(move |place| (week, place))) {
        for number in 0..=7 + place / 4 {
            line(week, place, number, "Shipped", "20");
        }
    }
    line(1, 3, 90, "Shipped - Held", "20");
    line(1, 3, 91, "Shipped", "twenty");
    for status in ["Shipped", "Cancelled"] {
        line(1, 3, 92, status, "20");
    }
    of_text(&text)
}

/// The first week with text that wants to be run, seen or believed in the place of every name and code that comes from files.
pub(super) fn hostile() -> Document {
    static DOCUMENT: LazyLock<Document> = LazyLock::new(|| {
        let mut document = first_week();
        document.tables = document.tables.iter().map(spoilt).collect();
        document.as_of = Some(HOSTILE.into());
        document.as_of_source = HOSTILE.into();
        document.options = vec![("from", HOSTILE.into())];
        document
    });
    DOCUMENT.clone()
}

fn spoilt(table: &Table) -> Table {
    let (name, wide) = (
        "very long name of a thing ".repeat(12),
        "とても長い商品名".repeat(20),
    );
    let formula = "+cmd|' /C calc'!A0";
    let names = [
        HOSTILE,
        "=HYPERLINK(\"http://x\")",
        &wide,
        formula,
        &name,
        "",
    ];
    let codes = ["\u{1b}]0;title\u{7}", "-5", "\u{9b}2J", "\u{1b}[5m"];
    let rows = (0..table.height()).map(|row| {
        let cells = table.row(row).enumerate();
        let cells = cells.map(|(place, (column, cell))| match (cell, column.name) {
            (
                Cell::Text(_),
                "order_id" | "order_item_id" | "ship_service_level" | "ship_city" | "ship_state"
                | "example" | "text" | "file",
            ) => Cell::Text(codes[(row + place) % codes.len()]),
            (Cell::Text(_), "sku" | "product_name" | "sales_channel" | "status" | "name") => {
                Cell::Text(names[(row + place) % names.len()])
            }
            _ => cell,
        });
        cells.collect()
    });
    of_cells(table, &rows.collect::<Vec<_>>())
}

/// A table with other cells.
fn of_cells(table: &Table, rows: &[Vec<Cell<'_>>]) -> Table {
    let columns = table.columns().iter().enumerate().map(|(place, column)| {
        let cells = rows.iter().map(|row| row[place]);
        let name = column.name.into();
        let decimal = |scale: usize| {
            let values = cells.clone().map(|cell| match cell {
                Cell::Money(value, _) | Cell::Share(value) => Some(value),
                _ => None,
            });
            let values = Int128Chunked::from_iter_options(column.name.into(), values);
            values.into_decimal_unchecked(38, scale).into_column()
        };
        match column.kind {
            ColumnKind::Text | ColumnKind::Date | ColumnKind::Moment => {
                let text = |cell: Cell<'_>| cell.text().map(std::borrow::Cow::into_owned);
                Column::new(name, cells.map(text).collect::<Vec<Option<String>>>())
            }
            ColumnKind::Count => {
                let count = |cell| match cell {
                    Cell::Count(count) => Some(count),
                    _ => None,
                };
                Column::new(name, cells.map(count).collect::<Vec<Option<i64>>>())
            }
            ColumnKind::Flag => {
                let flag = |cell| match cell {
                    Cell::Flag(flag) => Some(flag),
                    _ => None,
                };
                Column::new(name, cells.map(flag).collect::<Vec<Option<bool>>>())
            }
            ColumnKind::Money => decimal(4),
            ColumnKind::Share => decimal(6),
        }
    });
    let frame = DataFrame::new(rows.len(), columns.collect()).unwrap();
    Table::from_frame(table.spec, &frame).unwrap()
}
