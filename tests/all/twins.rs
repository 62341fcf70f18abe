//! The fast path and its slow twin: lines cut by vector code and cells read a word at a time say what splitting at every
//! newline and every tab, and reading digit by digit, says. Whatever the bytes, and wherever the file is cut.
//!
//! `PROPTEST_CASES=1000000 cargo test --release --test all twins::` goes on for hours.

use std::fs::File;
use std::io::Write;

use crate::common::slow::{self, Heard, Said};
use ordersift::chunk::cut;
use ordersift::field::OrderIds;
use ordersift::line::{
    Fault, FileId, LineSink, OrderLine, Place, Row, SupplementaryLine, UnshippedLine,
};
use ordersift::report::{
    Report, detect,
    scan::{Carried, Scan},
};
use ordersift::sample::{SampleKind, SampleOptions, write_sample};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Writes down what a scan hands on.
struct Ear<'i> {
    ids: &'i OrderIds,
    heard: Vec<Heard>,
}

impl Ear<'_> {
    fn note(&mut self, place: Place, said: Said) {
        self.heard.push(Heard {
            byte: place.byte,
            said,
        });
    }
}

impl LineSink for Ear<'_> {
    fn order_line(&mut self, row: Row<'_>, line: &OrderLine<'_>) {
        let said = Said::of_order_line(line, self.ids);
        self.note(row.place, said);
    }
    fn unshipped_line(&mut self, row: Row<'_>, line: &UnshippedLine<'_>) {
        let said = Said::of_unshipped_line(line, self.ids);
        self.note(row.place, said);
    }
    fn supplementary_line(&mut self, _: Row<'_>, _: &SupplementaryLine<'_>) {}
    fn reject(&mut self, row: Row<'_>, fault: Fault) {
        self.note(row.place, Said::Fault(fault.column, fault.reason.text()));
    }
    fn stamped(
        &mut self,
        place: Place,
        order: ordersift::field::OrderId,
        update: Option<ordersift::field::Moment>,
    ) {
        let update = update.map(|moment| moment.to_string());
        self.note(place, Said::Stamp(self.ids.text(order), update));
    }
    fn repeated_header(&mut self, row: Row<'_>) {
        self.note(row.place, Said::Header);
    }
    fn end_of_chunk(&mut self, _: Place, _: u64) {}
}

/// What the program hears of a file that is read in chunks of so many bytes, and how many lines it counts.
fn fast(text: &[u8], report: &Report, size: u64, stamps: bool) -> (Vec<Heard>, u64) {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(text).unwrap();
    let (ids, len) = (OrderIds::default(), text.len() as u64);
    let scan = Scan { report, ids: &ids };
    let mut ear = Ear {
        ids: &ids,
        heard: Vec::new(),
    };
    let (mut buffer, mut lines) = (Vec::new(), 0);
    let file: &File = &file;
    for chunk in cut(FileId(0), report.body(), len, size) {
        let first = chunk.start == report.body();
        let text = chunk.read(file, first, len, &mut buffer).unwrap();
        lines += if stamps {
            scan.stamps(text, &mut Carried::default(), &mut ear)
        } else {
            scan.lines(text, &mut Carried::default(), &mut ear)
        };
    }
    (ear.heard, lines)
}

/// The first thing that is heard otherwise, fast and slow.
fn first_difference<'h>(
    fast: &'h [Heard],
    slow: &'h [Heard],
) -> Option<(Option<&'h Heard>, Option<&'h Heard>)> {
    let places = 0..fast.len().max(slow.len());
    let pairs = places.map(|at| (fast.get(at), slow.get(at)));
    pairs.into_iter().find(|(fast, slow)| fast != slow)
}

/// A change to some bytes of a report.
#[derive(Debug, Clone)]
enum Spoil {
    Put(Index, u8),
    Insert(Index, Vec<u8>),
    Cut(Index, usize),
    Repeat(Index, usize),
    /// Another cell in place of the one that a byte is in.
    Cell(Index, &'static [u8]),
}

/// Cells on the edge of what can be read.
const CELLS: &[&[u8]] = &[
    b"",
    b" ",
    b"2026-07-20T24:00:00+00:00",
    b"2026-07-20T23:59:59+00:00",
    b"2026-07-20T23:59:60+00:00",
    b"2026-07-20T23:60:00+00:00",
    b"2026-02-29T00:00:00+00:00",
    b"2024-02-29T00:00:00+00:00",
    b"2026-07-20T10:00:00-07:00",
    b"2026-07-20 10:00:00+00:00",
    b"2026-07-20T10:00:00Z",
    b"2026-07-20T10:00:00.5+00:00",
    b"2026-07-20",
    b"0000-00-00",
    b"\0\0\0\0\0\0\0\0\0\0T00:00:00+00:00",
    b"1970-01-01T00:00:00+00:00",
    b" 2026-07-20T10:00:00+00:00 ",
    b"9999-12-31T23:59:59+00:00",
    b"0000-01-01T00:00:00+00:00",
    b"1.",
    b".5",
    b"0.5",
    b"0.1234",
    b"0.12345",
    b"0.12340",
    b"-0.0",
    b"-1.5",
    b" 5.0 ",
    b"1..5",
    b"1.5.",
    b"12345678",
    b"1234567.8",
    b"123456789.99",
    b"999999999999.9999",
    b"1000000000000",
    b"00000001",
    b"0000.0001",
    b"1,5",
    b"1e3",
    b"111-2222222-3333333",
    b"S01-2222222-3333333",
    b"S1A-2222222-3333333",
    b"111-2222222.3333333",
    b"111-222222-23333333",
    b"999-9999999-9999999",
    b"1.4E+14",
    b" 111-2222222-3333333",
    b"x",
    b"USD",
    b"usd",
    b"US",
    b"EURO",
    b"Amazon",
    b"AMAZON",
    b" Merchant ",
    b"0",
    b"1.0",
    b"10.00",
    b"999999999",
    b"1000000000",
    b"+1",
    b"Cancelled",
    b"amazon-order-id",
    b"order-id",
];

impl Spoil {
    fn apply(&self, text: &mut Vec<u8>, from: usize) {
        let place = |index: &Index| from + index.index((text.len() - from).max(1));
        match self {
            Self::Put(at, byte) => {
                let at = place(at);
                if let Some(place) = text.get_mut(at) {
                    *place = *byte;
                }
            }
            Self::Insert(at, bytes) => {
                let at = place(at).min(text.len());
                text.splice(at..at, bytes.iter().copied());
            }
            Self::Cut(at, len) => {
                let at = place(at).min(text.len());
                text.drain(at..(at + len).min(text.len()));
            }
            Self::Repeat(at, len) => {
                let at = place(at).min(text.len());
                let part = text[at..(at + len).min(text.len())].to_vec();
                text.splice(at..at, part);
            }
            Self::Cell(at, cell) => {
                let at = place(at).min(text.len());
                let ends = |byte: &u8| matches!(byte, b'\t' | b'\n');
                let start = text[..at]
                    .iter()
                    .rposition(ends)
                    .map_or(from, |edge| edge + 1);
                let end = text[at..]
                    .iter()
                    .position(ends)
                    .map_or(text.len(), |edge| at + edge);
                text.splice(start.max(from).min(end)..end, cell.iter().copied());
            }
        }
    }
}

fn spoil() -> impl Strategy<Value = Spoil> {
    let bytes = select(b"\t\t\n\n\r 0123456789.-:+TZS,\"eE/\0\x0b\x8a\x89\xff\xe3a".to_vec());
    prop_oneof![
        6 => (any::<Index>(), bytes.clone()).prop_map(|(at, byte)| Spoil::Put(at, byte)),
        3 => (any::<Index>(), vec(bytes, 1..6)).prop_map(|(at, bytes)| Spoil::Insert(at, bytes)),
        6 => (any::<Index>(), select(CELLS)).prop_map(|(at, cell)| Spoil::Cell(at, cell)),
        1 => (any::<Index>(), 1..80_usize).prop_map(|(at, len)| Spoil::Cut(at, len)),
        1 => (any::<Index>(), 1..500_usize).prop_map(|(at, len)| Spoil::Repeat(at, len)),
    ]
}

fn sample(kind: SampleKind, lines: u64, seed: u64, dirty: bool) -> Vec<u8> {
    let mut text = Vec::new();
    let options = SampleOptions {
        kind,
        lines,
        seed,
        overlap: false,
        dirty,
        ..SampleOptions::default()
    };
    write_sample(&options, &mut text).unwrap();
    text
}

proptest! {
    #[test]
    fn every_line_says_the_same_however_it_is_read(
        seed in 0..1000_u64,
        dirty in any::<bool>(),
        unshipped in any::<bool>(),
        spoils in vec(spoil(), 0..40),
        size in prop_oneof![1..200_u64, 200..20_000_u64],
    ) {
        let kind = if unshipped { SampleKind::Unshipped } else { SampleKind::AllOrders };
        let mut text = sample(kind, 20 + seed % 30, seed, dirty);
        let report = detect(&text, true).unwrap();
        for spoil in &spoils {
            spoil.apply(&mut text, report.header.len());
        }
        let (heard, lines) = fast(&text, &report, size, false);
        let (expected, counted) = slow::lines(&text, &report);
        prop_assert_eq!(first_difference(&heard, &expected), None);
        prop_assert_eq!(lines, counted);
        if !unshipped {
            let (stamps, lines) = fast(&text, &report, size, true);
            let expected = slow::stamps(&text, &report);
            prop_assert_eq!(first_difference(&stamps, &expected), None);
            prop_assert_eq!(lines, slow::count(&text, &report));
        }
    }
}

#[test]
fn every_fixture_says_the_same_however_it_is_read() {
    let mut looked_at = 0;
    for case in std::fs::read_dir("fixtures").unwrap() {
        for path in std::fs::read_dir(case.unwrap().path()).unwrap() {
            let path = path.unwrap().path();
            let Ok(text) = std::fs::read(&path) else {
                continue;
            };
            let Ok(report) = detect(&text, true) else {
                continue;
            };
            // The twin knows orders and backlogs only.
            let other = report.spec.side.is_some();
            if other || report.dialect != ordersift::report::Dialect::Tabs {
                continue;
            }
            looked_at += 1;
            for size in [if text.len() < 5000 { 1 } else { 300 }, 64_000, 1 << 20] {
                let found = fast(&text, &report, size, false);
                assert_eq!(found, slow::lines(&text, &report), "{}", path.display());
            }
        }
    }
    assert!(looked_at > 15);
}
