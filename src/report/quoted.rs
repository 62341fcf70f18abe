//! Quoted files, as spreadsheets save them, and the one document that is no table: read from front to back.

use std::io::{self, Read};

use crate::line::{FileId, LineSink, Place, Row};

use super::Dialect;
use super::kinds::health;
use super::scan::{Carried, ORDER_ID, Scan};

impl Scan<'_> {
    /// Passes on all lines of a quoted file; `source` stands at its body. Gives their number.
    ///
    /// # Errors
    /// The file cannot be read, or a quotation mark opens a field that has no end.
    pub fn quoted(
        self,
        file: FileId,
        source: impl Read,
        into: &mut impl LineSink,
    ) -> io::Result<u64> {
        let Dialect::Quoted(delimiter) = self.report.dialect else {
            return Err(io::Error::other("a tab file has no quoting"));
        };
        let body = self.report.body();
        let start = Place {
            file,
            byte: body,
            chunk: body,
            line: 0,
        };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(Kept {
                source,
                bytes: Vec::new(),
                from: 0,
            });
        let mut record = csv::ByteRecord::new();
        let order = self.report.layout.place(ORDER_ID).unwrap_or_default();
        let width = self.report.layout.width();
        let mut state = Carried::default();
        loop {
            let (from, line) = (reader.position().byte(), reader.position().line());
            if !reader.read_byte_record(&mut record)? {
                break;
            }
            let from = record.position().map_or(from, csv::Position::byte);
            let line = record.position().map_or(line, csv::Position::line);
            let until = reader.position().byte();
            let raw = reader.get_ref().slice(from, until);
            // The reader counts from where it stopped: before the second half of a CRLF, and before blank lines.
            let before = raw
                .iter()
                .take_while(|byte| matches!(byte, b'\r' | b'\n'))
                .count();
            let (before, raw) = raw.split_at(before);
            let place = Place {
                byte: body + from + before.len() as u64,
                line: line + memchr::memchr_iter(b'\n', before).count() as u64,
                ..start
            };
            let row = Row { place, raw };
            match self.report.layout.pick(&record) {
                _ if record.iter().all(|field| field.trim_ascii().is_empty()) => {}
                _ if record.iter().any(|cell| holds_lines(cell, width)) => {
                    let id = record.get(order).unwrap_or_default().trim_ascii();
                    self.lines_in_cell(row, id, into);
                }
                Err(found) if self.ends_early(row, found) => {
                    let cells = self.report.layout.picked(|place| record.get(place));
                    self.cells(row, &cells, &mut state, into);
                }
                Ok(cells) => self.cells(row, &cells, &mut state, into),
                Err(found) => {
                    let id = record.get(order).unwrap_or_default().trim_ascii();
                    self.wrong_width(row, found, id, into);
                }
            }
            reader.get_mut().forget(until);
        }
        let lines = reader.position().line().saturating_sub(1);
        into.end_of_chunk(start, lines);
        Ok(lines)
    }

    /// Passes on the metrics of an account-health report; gives their number.
    ///
    /// # Errors
    /// The file cannot be read, or is none.
    pub fn json(
        self,
        file: FileId,
        source: impl Read,
        into: &mut impl LineSink,
    ) -> io::Result<u64> {
        let mut text = Vec::new();
        source.take(LONGEST_QUOTED as u64).read_to_end(&mut text)?;
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
        let document = health::read(text)?;
        let place = Place {
            file,
            ..Place::default()
        };
        let entries = health::metrics(&document, |entry, line| {
            let place = Place {
                byte: entry,
                line: entry,
                ..place
            };
            let row = Row { place, raw: b"{}" };
            match line {
                Ok(line) => into.supplementary_line(row, &line),
                Err(fault) => into.reject(row, fault),
            }
        });
        into.end_of_chunk(place, entries);
        Ok(entries)
    }
}

/// Whether a cell holds the end of a line of a tab file and the beginning of another: between them are as many tabs as in any
/// line.
fn holds_lines(cell: &[u8], width: usize) -> bool {
    memchr::memchr2(b'\n', b'\r', cell).is_some()
        && memchr::memchr_iter(b'\t', cell).count() + 1 >= width
}

/// A reader that keeps what was read, so that a quoted line can be shown as it stood.
struct Kept<R> {
    source: R,
    bytes: Vec<u8>,
    from: u64,
}

const LONGEST_QUOTED: usize = 16 << 20;

impl<R> Kept<R> {
    fn slice(&self, from: u64, until: u64) -> &[u8] {
        let at = |byte: u64| {
            usize::try_from(byte.saturating_sub(self.from))
                .map_or(self.bytes.len(), |at| at.min(self.bytes.len()))
        };
        &self.bytes[at(from)..at(until)]
    }

    fn forget(&mut self, until: u64) {
        if until - self.from > 1 << 18 {
            let gone = usize::try_from(until - self.from)
                .map_or(self.bytes.len(), |gone| gone.min(self.bytes.len()));
            self.bytes.drain(..gone);
            self.from += gone as u64;
        }
    }
}

impl<R: Read> Read for Kept<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.bytes.len() > LONGEST_QUOTED {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a quotation mark opens a field that does not end within 16 MiB",
            ));
        }
        let read = self.source.read(buffer)?;
        self.bytes.extend_from_slice(&buffer[..read]);
        Ok(read)
    }
}
