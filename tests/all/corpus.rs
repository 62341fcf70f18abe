//! Everything the fuzzers ever found, and the files they start from, read once more; and variants of them.
//!
//! `ORDERSIFT_FUZZ=600 cargo test --locked corpus::` makes variants for ten minutes. Unlike `cargo fuzz`, it
//! needs no other compiler, and does not look for variants that take new branches.

use std::time::{Duration, Instant};

use crate::common::fuzzed;

/// So many variants of every file are made in every run of the tests.
const VARIANTS: usize = 3;

fn replay(target: &str, check: fn(&[u8])) {
    let folder = std::path::Path::new("fuzz/corpus").join(target);
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() >= 5, "{} files for {target}", files.len());
    let files: Vec<Vec<u8>> = files
        .iter()
        .map(|file| {
            let bytes = std::fs::read(file).unwrap();
            let found = std::panic::catch_unwind(|| check(&bytes));
            assert!(found.is_ok(), "{} breaks {target}", file.display());
            bytes
        })
        .collect();
    let seconds = std::env::var("ORDERSIFT_FUZZ").ok();
    let seconds: Option<u64> = seconds.map(|seconds| seconds.parse().unwrap());
    let until = seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let mut chance = Chance(until.map_or(1, |_| seed()));
    let mut made = 0;
    while until.map_or(made < VARIANTS * files.len(), |until| {
        Instant::now() < until
    }) {
        let variant = variant(&files, &mut chance);
        let found = std::panic::catch_unwind(|| check(&variant));
        if found.is_err() {
            let path = std::env::temp_dir().join(format!("ordersift-breaks-{target}"));
            std::fs::write(&path, &variant).unwrap();
            panic!("{} breaks {target}", path.display());
        }
        made += 1;
    }
    assert!(
        made >= VARIANTS * files.len(),
        "{made} variants of {target}"
    );
    if until.is_some() {
        let said = format!("{target}: {made} variants\n");
        std::io::Write::write_all(&mut std::io::stderr(), said.as_bytes()).unwrap();
    }
}

fn seed() -> u64 {
    let since = std::time::UNIX_EPOCH.elapsed().unwrap();
    since.as_secs() << 20 | u64::from(since.subsec_micros()) | 1
}

/// Numbers by chance.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % bound.max(1)
    }

    fn range(&mut self, len: usize, most: usize) -> std::ops::Range<usize> {
        let start = self.below(len + 1);
        start..(start + self.below(most)).min(len)
    }
}

/// Bytes that mean something to a reader of reports.
const TELLING: &[&[u8]] = &[
    b"\t",
    b"\n",
    b"\r\n",
    b"\r",
    b"\"",
    b"\"\"",
    b",",
    b";",
    b".",
    b"-",
    b"+",
    b"0",
    b"9",
    b" ",
    b"\xa0",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\0",
    b"\x83\x5c",
    b"\xe3\x81\x82",
    b"1E+05",
    b"2026-02-29",
    b"T24:00:00",
    b"+00:00",
    b"99999999999999999999",
    b"111-0000000-0000001",
    b"amazon-order-id",
    b"Cancelled",
    b"#NAME?",
    b"<",
    b"PK\x03\x04",
    b"\x1f\x8b",
];

/// A file of the corpus with a few changes: bytes are flipped, cut out, doubled, put in, or come from another file.
fn variant(files: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = files[chance.below(files.len())].clone();
    for _ in 0..=chance.below(6) {
        let len = bytes.len();
        match chance.below(7) {
            0 if len > 0 => bytes[chance.below(len)] ^= 1 << chance.below(8),
            1 => drop(bytes.drain(chance.range(len, 40))),
            2 => {
                let piece = bytes[chance.range(len, 400)].to_vec();
                let at = chance.below(len + 1);
                bytes.splice(at..at, piece);
            }
            3 => bytes.truncate(chance.below(len + 1)),
            4 => {
                let other = &files[chance.below(files.len())];
                let piece = other[chance.range(other.len(), 400)].to_vec();
                let replaced = chance.range(len, 40);
                bytes.splice(replaced, piece);
            }
            _ => {
                let piece = TELLING[chance.below(TELLING.len())];
                let at = chance.range(len, 4);
                bytes.splice(at, piece.iter().copied());
            }
        }
    }
    bytes
}

#[test]
fn detection_takes_any_bytes() {
    replay("detect", fuzzed::detect);
}

#[test]
fn cells_take_any_bytes() {
    replay("fields", fuzzed::fields);
}

#[test]
fn lines_are_what_the_slow_twin_hears() {
    replay("lines", fuzzed::lines);
}

#[test]
fn the_pipeline_takes_any_bytes() {
    replay("pipeline", fuzzed::pipeline);
}
