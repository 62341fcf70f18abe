//! The same lines in another form: what must change no number, or only in known ways.

use std::collections::BTreeMap;

use super::history::Dice;
use super::nasty::{Report, spoils};

type Cells = Vec<Vec<u8>>;

fn cut(line: &[u8]) -> Cells {
    let cells = line.split(|byte| *byte == b'\t');
    cells.map(<[u8]>::to_vec).collect()
}

/// A file as a report whose lines can be moved about.
pub fn parsed(bytes: &[u8]) -> Report {
    let mut lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let head = lines.next().unwrap().to_vec();
    let lines = lines.map(|line| {
        let bare = line.strip_suffix(b"\n").unwrap_or(line);
        match bare.strip_suffix(b"\r") {
            Some(bare) => (bare.to_vec(), b"\r\n" as &[u8]),
            None => (bare.to_vec(), b"\n" as &[u8]),
        }
    });
    Report {
        head,
        lines: lines.collect(),
        ended: bytes.ends_with(b"\n"),
    }
}

/// The names of the columns, trimmed.
fn header(report: &Report) -> Cells {
    let head = report.head.strip_prefix(b"\xef\xbb\xbf");
    let head = head.unwrap_or(&report.head).trim_ascii();
    let names = cut(head).into_iter();
    names.map(|name| name.trim_ascii().to_vec()).collect()
}

/// The id of the order that a line is of, as far as its first cell tells.
fn order(line: &[u8]) -> Vec<u8> {
    cut(line)[0].trim_ascii().to_vec()
}

/// The report with its sound cells changed; lines that are blank, headers, or too short or long stay as they are.
/// `change` takes the order, the column and the cell.
fn changed(report: &Report, mut change: impl FnMut(&[u8], &[u8], &mut Vec<u8>)) -> Report {
    let (header, mut report) = (header(report), report.clone());
    for (line, _) in &mut report.lines {
        let (order, mut cells) = (order(line), cut(line));
        if cells.len() == header.len() && order != header[0] {
            for (cell, column) in cells.iter_mut().zip(&header) {
                if !spoils(column, cell) {
                    change(&order, column, cell);
                }
            }
            *line = cells.join(&b'\t');
        }
    }
    report
}

/// What all lines of an order say the same of, in real files.
const OF_ORDERS: [&str; 9] = [
    "purchase-date",
    "last-updated-date",
    "order-status",
    "fulfillment-channel",
    "sales-channel",
    "ship-country",
    "ship-state",
    "ship-service-level",
    "is-business-order",
];

/// The report with such cells as the first line of the order has them.
pub fn with_orders_that_agree(report: &Report) -> Report {
    let mut said = BTreeMap::new();
    changed(report, |order, column, cell| {
        if OF_ORDERS.iter().any(|name| name.as_bytes() == column) {
            let known = said.entry((order.to_vec(), column.to_vec()));
            cell.clone_from(known.or_insert_with(|| cell.clone()));
        }
    })
}

/// The reports with stamps that never tie: which of them is the newest differs from order to order.
pub fn with_stamps_apart(reports: &[Report]) -> Vec<Report> {
    let reports = (0..).zip(reports);
    let apart = reports.map(|(at, report)| {
        changed(report, |order, column, cell| {
            if column == b"last-updated-date" {
                let turn = order.iter().map(|byte| u32::from(*byte)).sum::<u32>();
                let hour = (turn + at) % 12;
                *cell = format!("2026-07-28T{hour:02}:00:00Z").into_bytes();
            }
        })
    });
    apart.collect()
}

/// The lines of a report dealt to several, each under the header: all of an order to one of them.
pub fn dealt(report: &Report, parts: usize, dice: &mut Dice) -> Vec<Report> {
    let mut part = || usize::try_from(dice.below(parts as u64)).unwrap();
    let mut homes = BTreeMap::new();
    let empty = Report {
        lines: Vec::new(),
        ..report.clone()
    };
    let mut dealt = vec![empty; parts];
    for (line, end) in &report.lines {
        let home = *homes.entry(order(line)).or_insert_with(&mut part);
        dealt[home].lines.push((line.clone(), end));
    }
    dealt
}

/// The report cut at line ends into two, each under the header, at the first place from `line` on where no order is on both sides.
pub fn cut_in_two(report: &Report, line: usize) -> Option<[Report; 2]> {
    let orders: Vec<_> = report.lines.iter().map(|(line, _)| order(line)).collect();
    let between = |at: &usize| {
        !orders[..*at]
            .iter()
            .any(|order| orders[*at..].contains(order))
    };
    let at = (line..=orders.len()).find(between)?;
    let (front, back) = report.lines.split_at(at);
    let part = |lines: &[(Vec<u8>, &'static [u8])]| Report {
        lines: lines.to_vec(),
        ..report.clone()
    };
    Some([part(front), part(back)])
}

/// The report with its columns in another order. Lines with too few cells or too many keep as many.
pub fn permuted(report: &Report, dice: &mut Dice) -> Report {
    let width = header(report).len();
    let mut places: Vec<usize> = (0..width).collect();
    for at in (1..width).rev() {
        places.swap(at, usize::try_from(dice.below(at as u64 + 1)).unwrap());
    }
    let turned = |line: &[u8]| {
        let cells = cut(line);
        if cells.len() < width {
            return line.to_vec();
        }
        let front = places.iter().map(|place| cells[*place].clone());
        let turned: Cells = front.chain(cells[width..].iter().cloned()).collect();
        turned.join(&b'\t')
    };
    let start = report.head.iter().position(u8::is_ascii_lowercase);
    let (before, names) = report.head.split_at(start.unwrap());
    let end = names.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
    let (names, end) = names.split_at(end.unwrap());
    Report {
        head: [before, &turned(names), end].concat(),
        lines: report
            .lines
            .iter()
            .map(|(line, end)| (turned(line), *end))
            .collect(),
        ..report.clone()
    }
}
