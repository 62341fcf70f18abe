//! A first pass that knows lines again finds what a first pass finds that reads every line in full.

use std::io::Write;

use ordersift::chunk::cut;
use ordersift::field::{OrderId, OrderIds};
use ordersift::input;
use ordersift::line::{
    Fault, FileId, LineSink, OrderLine, OrderLineHead, Place, Row, SupplementaryLine, UnshippedLine,
};
use ordersift::pipeline::{self, Plan, Unwatched};
use ordersift::report::known_lines::KnownLines;
use ordersift::report::scan::{Carried, Scan};
use ordersift::report::{Report, detect};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::common::run::{all_orders, json, named, of_files, tolerant, written};

/// What a first pass is told, and how many of the lines were known.
#[derive(Default)]
struct Told {
    all: Vec<(Place, String)>,
    known: usize,
}

impl LineSink for Told {
    fn order_line(&mut self, row: Row<'_>, line: &OrderLine<'_>) {
        self.all.push((row.place, format!("{:?}", line.head())));
    }
    fn known_line(&mut self, place: Place, head: &OrderLineHead<'_>) {
        self.all.push((place, format!("{head:?}")));
        self.known += 1;
    }
    fn unreadable(&mut self, row: Row<'_>, order: Option<OrderId>, fault: Fault) {
        self.all.push((row.place, format!("{order:?} {fault:?}")));
    }
    fn reject(&mut self, row: Row<'_>, fault: Fault) {
        self.all.push((row.place, format!("{fault:?}")));
    }
    fn unshipped_line(&mut self, _: Row<'_>, _: &UnshippedLine<'_>) {}
    fn supplementary_line(&mut self, _: Row<'_>, _: &SupplementaryLine<'_>) {}
    fn reads_texts(&self) -> bool {
        false
    }
    fn split_at_returns(&mut self) {
        self.all.push((Place::default(), "split".to_owned()));
    }
    fn repeated_header(&mut self, row: Row<'_>) {
        self.all.push((row.place, "header".to_owned()));
    }
    fn end_of_chunk(&mut self, start: Place, lines: u64) {
        self.all.push((start, format!("{lines} lines")));
    }
}

/// What is told of some files, each with its report, one after the other.
fn told(
    files: &[(Report, Vec<u8>)],
    size: u64,
    known: Option<&KnownLines>,
    ids: &OrderIds,
) -> Told {
    let mut told = Told::default();
    for (id, (report, text)) in (0..).map(FileId).zip(files) {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(text).unwrap();
        let (len, mut buffer, mut carried) = (text.len() as u64, Vec::new(), Carried::default());
        for chunk in cut(id, report.body(), len, size) {
            let first = chunk.start == report.body();
            let text = chunk.read(&file, first, len, &mut buffer).unwrap();
            let scan = Scan { report, ids };
            match known {
                Some(known) => scan.new_lines(text, &mut carried, known, &mut told),
                None => scan.lines(text, &mut carried, &mut told),
            };
        }
    }
    told
}

/// A change that the next download has.
#[derive(Debug, Clone)]
enum Change {
    Drop(Index),
    Repeat(Index),
    /// A line where another was.
    Move(Index, Index),
    /// Another byte.
    Put(Index, u8),
    Insert(Index, &'static [u8]),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    let lines: Vec<&'static [u8]> = vec![b"\n", b"x\ty\n", b"\r\n", b"\t\t\t\n", b"-\n"];
    prop_oneof![
        at().prop_map(Change::Drop),
        at().prop_map(Change::Repeat),
        (at(), at()).prop_map(|(from, to)| Change::Move(from, to)),
        (at(), any::<u8>()).prop_map(|(at, byte)| Change::Put(at, byte)),
        (at(), proptest::sample::select(lines)).prop_map(|(at, line)| Change::Insert(at, line)),
    ]
}

fn changed(lines: &mut Vec<Vec<u8>>, change: &Change) {
    match change {
        Change::Drop(at) => drop(lines.remove(at.index(lines.len()))),
        Change::Repeat(at) => lines.push(lines[at.index(lines.len())].clone()),
        Change::Move(from, to) => {
            let line = lines.remove(from.index(lines.len()));
            lines.insert(to.index(lines.len()), line);
        }
        Change::Put(at, byte) => {
            let line = at.index(lines.len());
            let place = at.index(lines[line].len());
            lines[line][place] = *byte;
        }
        Change::Insert(at, line) => lines.insert(at.index(lines.len()), line.to_vec()),
    }
}

/// Files of lines below a header, with the same report.
fn files(header: &[u8], bodies: &[Vec<Vec<u8>>]) -> Vec<(Report, Vec<u8>)> {
    let files = bodies.iter().map(|lines| {
        let text = [header, &lines.concat()].concat();
        let report = detect(header, true).unwrap();
        (report, text)
    });
    files.collect()
}

/// The header and the lines of a generated report.
fn lines(count: u64, seed: u64, dirty: bool) -> (Vec<u8>, Vec<Vec<u8>>) {
    let text = all_orders(count, seed, false, dirty);
    let mut lines = text
        .split_inclusive(|byte| *byte == b'\n')
        .map(<[u8]>::to_vec);
    (lines.next().unwrap(), lines.collect())
}

proptest! {
    #[test]
    fn what_is_told_is_the_same(
        seed in 0..40_u64,
        changes in vec(vec(change(), 0..6), 1..4),
        size in 300..60_000_u64,
    ) {
        let (header, mut body) = lines(150, seed, seed % 2 == 0);
        let mut bodies = vec![body.clone()];
        for of_file in &changes {
            // What a week adds and takes away.
            body.drain(..7);
            for change in of_file {
                changed(&mut body, change);
            }
            bodies.push(body.clone());
        }
        let (files, ids) = (files(&header, &bodies), OrderIds::default());
        let expected = told(&files, size, None, &ids);
        let known = KnownLines::default();
        let found = told(&files, size, Some(&known), &ids);
        prop_assert_eq!(found.all, expected.all);
    }
}

#[test]
fn a_line_that_cannot_be_read_is_rejected_in_every_download() {
    let (header, mut body) = lines(2_000, 4, false);
    let broken = String::from_utf8(body[700].clone()).unwrap();
    let order = broken.split('\t').next().unwrap();
    let date = broken
        .split('\t')
        .find(|cell| cell.contains("+00:00"))
        .unwrap();
    body[700] = format!("{order}\t{order}\t{date}\t{date}\n").into_bytes();
    let text = |lines: &[Vec<u8>]| [header.clone(), lines.concat()].concat();
    let files = named([text(&body), text(&body[200..])]);
    let document = of_files(&files, &tolerant()).unwrap();
    assert_eq!(document.control.rejected, 2);
    let (_folder, paths) = written(&files);
    let inputs = input::gather(&paths, &[]).unwrap();
    let mut plan = Plan::new(&inputs, &tolerant(), &Unwatched).unwrap();
    let state = plan.aggregate(&tolerant(), &Unwatched).unwrap();
    let context = plan.input_files();
    let in_full = pipeline::document(&plan, state, &context, &tolerant()).unwrap();
    assert_eq!(json(&document), json(&in_full));
}

#[test]
fn most_lines_of_the_next_download_are_known() {
    let (header, body) = lines(6_000, 1, false);
    let mut newer = body[1_000..].to_vec();
    newer.remove(2_000);
    let text = String::from_utf8(newer[3_000].clone()).unwrap();
    newer[3_000] = text.replacen("Shipped", "Cancelled", 1).into_bytes();
    let bodies = [body[..5_000].to_vec(), newer];
    let (files, ids, known) = (
        files(&header, &bodies),
        OrderIds::default(),
        KnownLines::default(),
    );
    let found = told(&files, 1 << 20, Some(&known), &ids);
    let both = 4_000;
    assert!(found.known < both, "{} lines", found.known);
    // A landmark comes once in 64 lines: that none comes in half of them happens once in 10^13 runs.
    assert!(found.known > both / 2, "{} lines", found.known);
}

#[test]
fn the_same_bytes_below_another_header_are_other_lines() {
    let (header, body) = lines(2_000, 2, false);
    let header = String::from_utf8(header).unwrap();
    // The dates have changed places.
    let other = header
        .replace("purchase-date", "-")
        .replace("last-updated-date", "purchase-date");
    let other = other.replace("\t-\t", "\tlast-updated-date\t");
    let mut both = files(header.as_bytes(), std::slice::from_ref(&body));
    both.extend(files(other.as_bytes(), &[body]));
    let (ids, known) = (OrderIds::default(), KnownLines::default());
    let found = told(&both, 1 << 20, Some(&known), &ids);
    assert_eq!(found.known, 0);
    assert_eq!(found.all, told(&both, 1 << 20, None, &ids).all);
}

#[test]
fn what_is_too_much_is_forgotten() {
    let (header, body) = lines(2_000, 3, false);
    let (ids, known) = (OrderIds::default(), KnownLines::of_at_most(1_000));
    let files = files(&header, &[body.clone(), body.clone(), body]);
    let found = told(&files, 20_000, Some(&known), &ids);
    assert_eq!(found.known, 0);
    assert_eq!(found.all, told(&files, 20_000, None, &ids).all);
    assert!(known.len() <= 1_000 + 100, "{} lines", known.len());
}
