//! How much of the all-orders files newer files are likely to hold again, from a few lines of each. This decides only how the
//! first pass reads them, so a wrong guess costs time and changes no number.

use crate::chunk::Chunk;
use crate::error::Error;
use crate::field::OrderIds;
use crate::input::Input;
use crate::line::{
    Fault, FileId, LineSink, OrderLine, Place, Row, SupplementaryLine, UnshippedLine,
};
use crate::report::known_lines::KnownLines;
use crate::report::scan::{Carried, Scan};
use crate::report::{Dialect, Report};

/// How many places of a file are looked at, and how many bytes at each.
const SAMPLES: u64 = 8;
const SAMPLE: u64 = 4 << 10;

/// Files of less are read in no time.
const LEAST: u64 = 16 << 20;

/// Above this share, in hundredths, reading every line in full the first time is cheaper: what is superseded is then not read a
/// second time, and knowing lines again saves more than it costs. Measured with the downloads of `benches/rivals`.
const WORTHWHILE: u64 = 45;

/// What is expected of some files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ExpectedOverlap {
    bytes: u64,
    /// Of the bytes, how many newer files are likely to hold too, in hundredths.
    share: u64,
    /// About how many lines the longest file has.
    longest: u64,
}

/// The purchases of some lines of a file, in seconds since 1970.
#[derive(Debug, Default)]
struct Sampled {
    bytes: u64,
    purchases: Vec<i64>,
    newest_update: Option<i64>,
}

impl Sampled {
    /// About how many lines the file has.
    fn lines(&self) -> u64 {
        self.bytes * self.purchases.len() as u64 / (SAMPLES * SAMPLE)
    }
}

impl ExpectedOverlap {
    /// Of all-orders files.
    ///
    /// # Errors
    /// A file cannot be read.
    pub(super) fn of<'i>(
        files: impl Iterator<Item = (FileId, &'i Input, &'i Report)>,
    ) -> Result<Self, Error> {
        let sampled = files.map(|(_, input, report)| sample(input, report));
        let sampled: Vec<Sampled> = sampled.collect::<Result<_, _>>()?;
        Ok(Self {
            bytes: sampled.iter().map(|file| file.bytes).sum(),
            share: share(&sampled),
            longest: sampled.iter().map(Sampled::lines).max().unwrap_or(0),
        })
    }

    /// Whether the first pass should read lines in full, though two columns might be enough.
    pub(super) fn asks_for_full_lines(self) -> bool {
        self.bytes >= LEAST && self.share >= WORTHWHILE
    }

    /// Whether the first pass, where it reads lines in full, should know those again that it has read before.
    pub(super) fn asks_for_known_lines(self) -> bool {
        let kept = self.longest <= KnownLines::MOST as u64;
        self.bytes < LEAST || self.share >= WORTHWHILE && kept
    }
}

/// The share of the bytes that newer files are likely to hold too, in hundredths.
fn share(files: &[Sampled]) -> u64 {
    let mut superseded = 0;
    for (index, file) in files.iter().enumerate() {
        let newer = files.iter().enumerate().filter(|(other_index, other)| {
            (other.newest_update, *other_index) > (file.newest_update, index)
        });
        let spans: Vec<_> = newer
            .filter_map(|(_, other)| {
                let purchases = || other.purchases.iter();
                Some(*purchases().min()?..=*purchases().max()?)
            })
            .collect();
        let held = |purchase: &&i64| spans.iter().any(|span| span.contains(purchase));
        let again = file.purchases.iter().filter(held).count() as u64;
        superseded += file.bytes * again / (file.purchases.len() as u64).max(1);
    }
    let all: u64 = files.iter().map(|file| file.bytes).sum();
    superseded * 100 / all.max(1)
}

fn sample(input: &Input, report: &Report) -> Result<Sampled, Error> {
    let mut sampled = Sampled {
        bytes: input.len,
        ..Sampled::default()
    };
    let body = report.body();
    let size = input.len.saturating_sub(body);
    if report.dialect != Dialect::Tabs || !input.is_plain() || size < SAMPLES * SAMPLE {
        return Ok(sampled);
    }
    let (file, ids, mut buffer) = (input.open()?, OrderIds::default(), Vec::new());
    let (scan, mut carried) = (Scan { report, ids: &ids }, Carried::default());
    for index in 0..SAMPLES {
        let start = body + (size - SAMPLE) * index / (SAMPLES - 1);
        let chunk = Chunk {
            file: FileId::default(),
            start,
            end: start + SAMPLE,
        };
        let text = chunk
            .read(&file, start == body, input.len, &mut buffer)
            .map_err(|source| input.unreadable(source))?;
        scan.lines(text, &mut carried, &mut sampled);
    }
    Ok(sampled)
}

impl LineSink for Sampled {
    fn order_line(&mut self, _: Row<'_>, line: &OrderLine<'_>) {
        self.purchases.push(line.purchase_date.utc);
        let update = line.last_updated_date.map(|moment| moment.utc);
        self.newest_update = self.newest_update.max(update);
    }

    fn unshipped_line(&mut self, _: Row<'_>, _: &UnshippedLine<'_>) {}

    fn supplementary_line(&mut self, _: Row<'_>, _: &SupplementaryLine<'_>) {}

    fn reject(&mut self, _: Row<'_>, _: Fault) {}

    fn reads_texts(&self) -> bool {
        false
    }

    fn repeated_header(&mut self, _: Row<'_>) {}

    fn end_of_chunk(&mut self, _: Place, _: u64) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(days: std::ops::Range<i64>) -> Sampled {
        Sampled {
            bytes: 100,
            newest_update: days.clone().last(),
            purchases: days.collect(),
        }
    }

    #[test]
    fn of_two_files_only_the_older_one_is_superseded_where_the_newer_one_has_its_days() {
        assert_eq!(share(&[file(0..7), file(7..14)]), 0);
        assert_eq!(share(&[file(0..10), file(5..15)]), 25);
        assert_eq!(share(&[file(5..15), file(0..10)]), 25);
        assert_eq!(share(&[file(0..10), file(0..10)]), 50);
        assert_eq!(share(&[]), 0);
    }
}
