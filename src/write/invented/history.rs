//! Invented gaps, and what stands out.

use crate::table::{
    Cell::{Absent, Count, Flag, Text},
    Table,
};

use super::frame::{HOSTILE, table};

/// First day, last day, what is found, what is usual, note.
type Stretch = (
    &'static str,
    &'static str,
    &'static str,
    Option<i64>,
    &'static str,
);

fn coverage(stretches: &[Stretch]) -> Table {
    let row = |(first, last, found, usual, note): &Stretch| {
        let day = |text: &str| text.parse::<chrono::NaiveDate>().ok();
        let days = day(first).zip(day(last));
        let days = days.map_or(1, |(first, last)| (last - first).num_days() + 1);
        vec![
            Text(first),
            Text(last),
            Count(days),
            Text(found),
            Count(1),
            Count(0),
            Count(0),
            usual.map_or(Absent, Count),
            Text(note),
        ]
    };
    table("coverage", &stretches.iter().map(row).collect::<Vec<_>>())
}

/// Kind, name, period, last day; measured, expected, low, high; weeks and whether it lasts.
type Odd = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    (i64, i64, i64, i64),
    (i64, bool),
);

fn anomalies(rows: &[Odd]) -> Table {
    let row = |(kind, name, period, last, numbers, lasts): &Odd| {
        let (measured, expected, low, high) = *numbers;
        vec![
            Text(kind),
            Text(name),
            Text(period),
            Text(if *kind == "day" { period } else { last }),
            Text(last),
            Text(if measured > expected { "up" } else { "down" }),
            Count(measured),
            Count(expected),
            Count(low),
            Count(high),
            Absent,
            Count(8),
            Count(lasts.0),
            Flag(lasts.1),
            Count(200),
        ]
    };
    table("anomalies", &rows.iter().map(row).collect::<Vec<_>>())
}

/// A Sunday that nobody downloaded.
pub(super) fn missing_sunday() -> Table {
    coverage(&[
        ("2026-06-01", "2026-07-11", "covered", None, ""),
        (
            "2026-07-12",
            "2026-07-12",
            "missing",
            Some(1_204),
            "between a and b",
        ),
        ("2026-07-13", "2026-07-26", "covered", None, ""),
        (
            "2026-07-27",
            "2026-07-27",
            "part",
            Some(1_290),
            "until 06:58 in b",
        ),
    ])
}

/// A SKU that died, a channel that doubled, a day of next to nothing.
pub(super) fn odd_summer() -> Table {
    anomalies(&[
        (
            "sku",
            "ob-107",
            "2026-W28",
            "2026-07-26",
            (0, 41, 15, 80),
            (3, true),
        ),
        (
            "channel",
            "Amazon.ca",
            "2026-W30",
            "2026-07-26",
            (611, 304, 220, 403),
            (1, true),
        ),
        (
            "day",
            "",
            "2026-07-18",
            "2026-07-18",
            (3, 1_190, 1_020, 1_370),
            (0, false),
        ),
    ])
}

pub(super) fn hostile_gaps() -> Table {
    coverage(&[
        ("2026-06-01", "2026-06-30", HOSTILE, Some(2), HOSTILE),
        ("2026-07-01", "2026-07-02", "missing", None, HOSTILE),
    ])
}

pub(super) fn hostile_names(name: &'static str, wide: &'static str) -> Table {
    anomalies(&[
        (
            "sku",
            HOSTILE,
            HOSTILE,
            "2026-07-26",
            (0, 41, 15, 80),
            (3, true),
        ),
        (
            HOSTILE,
            wide,
            HOSTILE,
            "2026-07-26",
            (9, 41, 15, 80),
            (3, true),
        ),
        (
            "channel",
            name,
            "2026-W28",
            "2026-07-26",
            (82, 41, 15, 80),
            (1, false),
        ),
    ])
}
