//! The lines of one chunk of a report, one by one, to whatever absorbs them. The one place where kinds and dialects meet.

use std::io::{self, Read};

use crate::chunk::{LONGEST_LINE, Lines};
use crate::field::OrderIds;
use crate::line::{Absorb, CUT_SHORT, Fault, FileId, OTHER_HEADER, Place, Row};

use super::columns::{Cells, MAX_COLUMNS, normalise};
use super::{Dialect, Kind, Report, all_orders, unshipped};

/// What a scan needs to know.
#[derive(Debug, Clone, Copy)]
pub struct Scan<'r> {
    /// The report that the lines are of.
    pub report: &'r Report,
    /// The order ids of the run.
    pub ids: &'r OrderIds,
}

impl Scan<'_> {
    /// Absorbs lines of a tab file; gives their number, blank ones and headers included.
    pub fn lines(self, mut lines: Lines<'_>, into: &mut impl Absorb) -> u64 {
        let mut start = lines.place();
        start.byte = start.chunk;
        let layout = &self.report.layout;
        let wanted = layout.wanted(MAX_COLUMNS);
        // Kept from line to line: a line with all its fields overwrites every cell that the layout has.
        let mut cells = Cells::default();
        while let Some(line) =
            lines.cut(wanted, |index, field| layout.keep(index, field, &mut cells))
        {
            let row = Row {
                place: line.place,
                raw: line.raw,
            };
            if line.raw.len() > LONGEST_LINE {
                into.reject(
                    row,
                    Fault {
                        reason: "line longer than 1 MiB",
                        column: None,
                        text: String::new(),
                    },
                );
            } else if line.fields == layout.width() {
                self.cells(row, &cells, into);
            } else if !line.raw.iter().all(u8::is_ascii_whitespace) {
                let first = line
                    .raw
                    .split(|byte| *byte == b'\t')
                    .next()
                    .unwrap_or_default();
                self.wrong_width(row, line.fields, first, into);
            }
        }
        into.end_of_chunk(start, lines.place().line);
        lines.place().line
    }

    /// Looks only at the order and the stamp of every line of an all-orders file; gives the number of lines. A line that
    /// [`Scan::lines`] would reject for another cell is stamped all the same: who asks must see to that.
    pub fn stamps(self, mut lines: Lines<'_>, into: &mut impl Absorb) -> u64 {
        if self.report.spec.kind != Kind::AllOrders {
            return self.lines(lines, into);
        }
        let mut start = lines.place();
        start.byte = start.chunk;
        let layout = &self.report.layout;
        let wanted = layout.wanted(all_orders::STAMP_COLUMNS);
        let mut cells = Cells::default();
        while let Some(line) =
            lines.cut(wanted, |index, field| layout.keep(index, field, &mut cells))
        {
            let whole = line.fields == layout.width() && line.raw.len() <= LONGEST_LINE;
            if !whole || is_header(cells[0]) {
                continue;
            }
            if let Some((order, update)) =
                all_orders::stamp(&cells, self.report.spec.dates, self.ids)
            {
                into.stamped(line.place, order, update);
            }
        }
        into.end_of_chunk(start, lines.place().line);
        lines.place().line
    }

    /// Absorbs all lines of a quoted file; `source` stands at its body. Gives their number.
    ///
    /// # Errors
    /// The file cannot be read, or a quotation mark opens a field that has no end.
    pub fn quoted(
        self,
        file: FileId,
        source: impl Read,
        into: &mut impl Absorb,
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
        loop {
            let (from, line) = (reader.position().byte(), reader.position().line());
            if !reader.read_byte_record(&mut record)? {
                break;
            }
            let from = record.position().map_or(from, csv::Position::byte);
            let line = record.position().map_or(line, csv::Position::line);
            let until = reader.position().byte();
            let raw = reader.get_ref().slice(from, until);
            // The reader leaves half of a CRLF to the line after it.
            let half = raw
                .iter()
                .take_while(|byte| matches!(byte, b'\r' | b'\n'))
                .count();
            let place = Place {
                byte: body + from + half as u64,
                line,
                ..start
            };
            let row = Row {
                place,
                raw: &raw[half..],
            };
            let mut cells = Cells::default();
            match self.report.layout.pick(&record, &mut cells) {
                _ if record.iter().all(|field| field.trim_ascii().is_empty()) => {}
                Ok(()) => self.cells(row, &cells, into),
                Err(found) => self.wrong_width(row, found, record.get(0).unwrap_or_default(), into),
            }
            reader.get_mut().forget(until);
        }
        let lines = reader.position().line().saturating_sub(1);
        into.end_of_chunk(start, lines);
        Ok(lines)
    }

    #[inline]
    fn cells(self, row: Row<'_>, cells: &Cells<'_>, into: &mut impl Absorb) {
        if is_header(cells[0]) {
            return self.header(row, into);
        }
        let spec = self.report.spec;
        if cells[0].is_empty()
            && cells.iter().all(|cell| cell.is_empty())
            && row.raw.iter().all(u8::is_ascii_whitespace)
        {
            return;
        }
        match spec.kind {
            Kind::AllOrders => match all_orders::parse(cells, spec.columns, spec.dates, self.ids) {
                Ok(line) => into.order_line(row, &line),
                Err(fault) => into.unreadable(row, self.ids.read(cells[0]).ok(), fault),
            },
            Kind::Unshipped => match unshipped::parse(cells, self.ids) {
                Ok(line) => into.unshipped_line(row, &line),
                Err(fault) => into.reject(row, fault),
            },
        }
    }

    fn wrong_width(self, row: Row<'_>, found: usize, first: &[u8], into: &mut impl Absorb) {
        if is_header(first) {
            return self.header(row, into);
        }
        let plural = if found == 1 { "" } else { "s" };
        let text = format!(
            "{found} field{plural}, the header has {}",
            self.report.layout.width()
        );
        let short = self.report.dialect == Dialect::Tabs && found < self.report.layout.width();
        let cut = short && !row.raw.ends_with(b"\n");
        let reason = if cut {
            CUT_SHORT
        } else {
            "wrong number of fields"
        };
        into.reject(
            row,
            Fault {
                reason,
                column: None,
                text,
            },
        );
    }

    /// The report's own header again is no line; another one means that another report was pasted below.
    fn header(self, row: Row<'_>, into: &mut impl Absorb) {
        if bare(&self.report.header).eq_ignore_ascii_case(bare(row.raw)) {
            into.repeated_header(row);
        } else {
            into.reject(
                row,
                Fault {
                    reason: OTHER_HEADER,
                    column: None,
                    text: String::new(),
                },
            );
        }
    }
}

/// A header line without what may stand around it: blanks, blank lines, a byte-order mark.
fn bare(header: &[u8]) -> &[u8] {
    let header = header.trim_ascii();
    header
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(header)
        .trim_ascii()
}

/// Whether a cell in the place of an order id is the name of that column.
#[inline]
fn is_header(cell: &[u8]) -> bool {
    matches!(cell.first(), Some(b'a' | b'A' | b'o' | b'O' | b'"' | 0xef)) && {
        let name = normalise(&cell[..cell.len().min(64)]);
        name == "amazon-order-id" || name == "order-id"
    }
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
