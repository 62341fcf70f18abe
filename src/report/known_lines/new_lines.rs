//! The lines of a chunk of which only those are read that are not known.

use super::follower::Follower;
use super::heads::Heads;
use super::{Fingerprint, Fingerprinter, KnownChunk, KnownLines};
use crate::chunk::Text;
use crate::line::{
    Fault, LineSink, OrderLine, OrderLineHead, Place, Row, SupplementaryLine, UnshippedLine,
};
use crate::report::Kind;
use crate::report::scan::{Carried, Scan, start_of};

impl Scan<'_> {
    /// The same as [`Scan::lines`] for who needs no more than a line's head: lines that are known are not read again.
    pub fn new_lines(
        self,
        text: Text<'_>,
        carried: &mut Carried,
        known: &KnownLines,
        into: &mut impl LineSink,
    ) -> u64 {
        if self.report.spec.kind != Kind::AllOrders {
            return self.lines(text, carried, into);
        }
        let (start, fingerprinter) = (start_of(text), known.fingerprinter(self.report));
        let mut follower = Follower::new(known);
        let mut read = ReadableLines {
            fingerprinter,
            lines: Vec::new(),
            heads: Heads::default(),
        };
        // Lines that are passed on, and the bytes of lines after them that are not known.
        let (mut passed, mut new) = (0, 0..0);
        for line in text.raw_lines() {
            let fingerprint = fingerprinter.of(&text.bytes()[line.clone()]);
            let Some(head) = follower.head_of(fingerprint) else {
                new.end = line.end;
                continue;
            };
            if !new.is_empty() {
                let part = text.part(new, passed);
                passed += self.absorb(part, carried, true, &mut (&mut *into, &mut read));
            }
            passed += 1;
            new = line.end..line.end;
            into.known_line(text.part(line, passed).place(), &head);
            read.add(fingerprint, &head);
        }
        let part = text.part(new, passed);
        passed += self.absorb(part, carried, true, &mut (&mut *into, &mut read));
        let ReadableLines { lines, heads, .. } = read;
        known.keep(KnownChunk {
            start: (start.file, start.byte),
            end: text.end(),
            lines,
            heads,
        });
        into.end_of_chunk(start, passed);
        passed
    }
}

/// The lines of a chunk that could be read.
#[derive(Debug)]
struct ReadableLines<'k> {
    fingerprinter: Fingerprinter<'k>,
    lines: Vec<Fingerprint>,
    heads: Heads,
}

impl ReadableLines<'_> {
    #[inline]
    fn add(&mut self, line: Fingerprint, head: &OrderLineHead<'_>) {
        if self.heads.push(head) {
            self.lines.push(line);
        }
    }
}

impl LineSink for ReadableLines<'_> {
    #[inline]
    fn order_line(&mut self, row: Row<'_>, line: &OrderLine<'_>) {
        self.add(self.fingerprinter.of(row.raw), &line.head());
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
