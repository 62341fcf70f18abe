//! Invented tables, built row by row.

use crate::table::{Cell, Table};

use super::frame;
use Cell::{Absent, Count, Flag, Money, Text};

/// A row of sales: channel, fulfillment, currency, then for each week orders, units, and cents or whole yen.
pub(super) struct Sold<'s>(
    pub(super) &'s str,
    pub(super) &'s str,
    pub(super) Option<&'s str>,
    pub(super) &'s [(i64, i64, i128)],
);

pub(super) const WEEKS: [(&str, &str, &str); 9] = [
    ("2026-W22", "2026-05-25", "2026-05-31"),
    ("2026-W23", "2026-06-01", "2026-06-07"),
    ("2026-W24", "2026-06-08", "2026-06-14"),
    ("2026-W25", "2026-06-15", "2026-06-21"),
    ("2026-W26", "2026-06-22", "2026-06-28"),
    ("2026-W27", "2026-06-29", "2026-07-05"),
    ("2026-W28", "2026-07-06", "2026-07-12"),
    ("2026-W29", "2026-07-13", "2026-07-19"),
    ("2026-W30", "2026-07-20", "2026-07-26"),
];

pub(super) fn table(name: &str, rows: &[Vec<Cell<'_>>]) -> Table {
    frame::table(name, rows)
}

pub(super) fn currency(code: Option<&str>) -> Cell<'_> {
    code.map_or(Absent, Text)
}

/// The weekly table of these sales, the last week of a series being W30; weeks named partial are.
pub(super) fn weekly(sold: &[Sold<'_>], partial: &[&str]) -> Table {
    let mut rows = Vec::new();
    for (place, (label, first, last)) in WEEKS.iter().enumerate() {
        for Sold(channel, fulfillment, code, series) in sold {
            let Some((orders, units, sales)) = (place + series.len())
                .checked_sub(WEEKS.len())
                .map(|week| series[week])
            else {
                continue;
            };
            if orders == 0 {
                continue;
            }
            let (sales, unpriced) = if code.is_some() {
                (sales * 100, 0)
            } else {
                (0, units)
            };
            rows.push(vec![
                Text(label),
                Text(first),
                Text(last),
                Flag(partial.contains(label)),
                Text(channel),
                Text(fulfillment),
                currency(*code),
                Count(orders + 2),
                Count(orders),
                Count(units),
                Count(unpriced),
                Money(sales, 2),
            ]);
        }
    }
    table("weekly", &rows)
}

pub(super) fn channels(sold: &[Sold<'_>]) -> Table {
    fn row<'s>(Sold(channel, fulfillment, code, series): &Sold<'s>) -> Vec<Cell<'s>> {
        let (orders, units, sales) = series.iter().fold((0, 0, 0), |sum, week| {
            (sum.0 + week.0, sum.1 + week.1, sum.2 + week.2)
        });
        let unpriced = if code.is_some() { 0 } else { units };
        let sales = Money(if code.is_some() { sales * 100 } else { 0 }, 2);
        let counts = [orders + 2, orders, 2, units, unpriced].map(Count);
        [
            &[Text(channel), Text(fulfillment), currency(*code)][..],
            &counts,
            &[sales, Absent, Absent, Absent],
        ]
        .concat()
    }
    table("channels", &sold.iter().map(row).collect::<Vec<_>>())
}

pub(super) fn daily(days: &[&str]) -> Table {
    let row = |day: &&'static str| {
        let key = [
            Text(day),
            Text(day),
            Text(day),
            Flag(false),
            Text("Amazon.com"),
            Text("fba"),
            Text("USD"),
        ];
        [&key[..], &[3, 3, 3, 0].map(Count), &[Money(300_000, 2)]].concat()
    };
    let days: Vec<&'static str> = days
        .iter()
        .map(|day| {
            WEEKS
                .iter()
                .flat_map(|week| [week.1, week.2])
                .find(|known| known == day)
                .unwrap()
        })
        .collect();
    table("daily", &days.iter().map(row).collect::<Vec<_>>())
}

pub(super) fn status(groups: &[(&str, &str, i64)]) -> Table {
    let row = |(group, status, orders): &(&'static str, &'static str, i64)| {
        vec![
            Text("fba"),
            Text(group),
            Text(status),
            Absent,
            Count(*orders),
            Count(*orders),
            Count(*orders),
            Money(0, 2),
            Cell::Share(0),
        ]
    };
    let groups: Vec<(&'static str, &'static str, i64)> = groups
        .iter()
        .map(|(group, status, orders)| (leak(group), leak(status), *orders))
        .collect();
    table("status", &groups.iter().map(row).collect::<Vec<_>>())
}

/// Tests are short-lived.
pub(super) fn leak(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

pub(super) fn late(buckets: &[(&'static str, i64, i64, &'static str)]) -> Table {
    let row = |(bucket, orders, units, promise): &(&'static str, i64, i64, &'static str)| {
        let promise = if promise.is_empty() {
            Absent
        } else {
            Text(promise)
        };
        vec![
            Text(bucket),
            Count(*orders),
            Count(*orders),
            Count(*units),
            promise,
        ]
    };
    table("late", &buckets.iter().map(row).collect::<Vec<_>>())
}

/// One open line: order, SKU, name, units, service, promise, days overdue, bucket, prime, business.
pub(super) type Open = (
    &'static str,
    &'static str,
    &'static str,
    i64,
    &'static str,
    &'static str,
    i64,
    &'static str,
    bool,
    bool,
);

pub(super) fn worklist(lines: &[Open]) -> Table {
    let row =
        |&(order, sku, name, units, service, promise, overdue, bucket, prime, business): &Open| {
            let hold = if bucket == "hold" {
                Text("buyer_requested_cancellation")
            } else {
                Absent
            };
            vec![
                Text(order),
                Text("1"),
                Text(sku),
                Text(name),
                Count(units),
                Text(service),
                Text(promise),
                Count(overdue),
                Text(bucket),
                Text("2026-08-05"),
                Flag(false),
                Absent,
                hold,
                Flag(prime),
                Flag(business),
                Text("Tulsa"),
                Text("OK"),
                Text("US"),
            ]
        };
    table("worklist", &lines.iter().map(row).collect::<Vec<_>>())
}

pub(super) fn quality(checks: &[(&'static str, i64, &'static str)]) -> Table {
    let row = |(check, count, place): &(&'static str, i64, &'static str)| {
        vec![Text(check), Count(*count), Text(place)]
    };
    table("quality", &checks.iter().map(row).collect::<Vec<_>>())
}

pub(super) fn rejects(lines: &[(&'static str, &'static str)]) -> Table {
    let row = |(reason, column): &(&'static str, &'static str)| {
        vec![
            Text("july.txt"),
            Count(7),
            Count(700),
            Text("code"),
            Text(reason),
            Text(column),
            Text("x"),
        ]
    };
    table("rejects", &lines.iter().map(row).collect::<Vec<_>>())
}

/// A morning's backlog.
pub(super) fn packing() -> [Open; 6] {
    [
        (
            "113-0000001-0000001",
            "MUG-1",
            "Mug, white",
            1,
            "Standard",
            "2026-07-27T23:59:59-07:00",
            0,
            "hold",
            false,
            false,
        ),
        (
            "113-0000002-0000002",
            "TEA-BLUE",
            "Teapot, blue, 1.2 litres, with a lid and a strainer",
            1,
            "Standard",
            "2026-07-24T23:59:59-07:00",
            3,
            "overdue_2_3",
            false,
            false,
        ),
        (
            "113-0000003-0000003",
            "MUG-1",
            "Mug, white",
            1,
            "Standard",
            "2026-07-25T23:59:59-07:00",
            2,
            "overdue_2_3",
            false,
            false,
        ),
        (
            "113-0000004-0000004",
            "MUG-1",
            "Mug, white",
            3,
            "Expedited",
            "2026-07-27T23:59:59-07:00",
            0,
            "due_today",
            true,
            false,
        ),
        (
            "113-0000004-0000004",
            "TEA-GREEN",
            "Teapot, green",
            1,
            "Expedited",
            "2026-07-27T23:59:59-07:00",
            0,
            "due_today",
            true,
            false,
        ),
        (
            "113-0000005-0000005",
            "MUG-1",
            "Mug, white",
            1,
            "Standard",
            "2026-07-30",
            -3,
            "later",
            false,
            true,
        ),
    ]
}
