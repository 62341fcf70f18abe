//! The lines of one chunk of a report, one by one, to a `LineSink`. The one place where kinds and dialects meet.

use crate::chunk::{LONGEST_LINE, Line, Text};
use crate::field::{Clock, OrderId, OrderIds, RejectReason};
use crate::line::{Fault, LineSink, Place, Row};

use super::columns::{Cells, Cut, Picked, normalise, trimmed};
use super::damage::unquoted;
use super::encoding::Recoded;
use super::kinds::{all_orders, unshipped};
use super::reading::{AtFault, Reader, read_date};
use super::{Dialect, Kind, Report};

/// The order's number is the first column of every kind's list.
pub(super) const ORDER_ID: usize = all_orders::ORDER_ID;

/// What a thread carries from line to line, and from chunk to chunk. Changes no line.
#[derive(Debug, Default)]
pub struct Carried {
    clock: Clock,
    recoded: Recoded,
    unquoted: Vec<u8>,
}

/// What a scan needs to know.
#[derive(Debug, Clone, Copy)]
pub struct Scan<'r> {
    /// The report that the lines are of.
    pub report: &'r Report,
    /// The order ids of the run.
    pub ids: &'r OrderIds,
}

impl Scan<'_> {
    /// Passes on the lines of a tab file's chunk; gives their number, blank ones and headers included.
    pub fn lines(self, text: Text<'_>, carried: &mut Carried, into: &mut impl LineSink) -> u64 {
        let lines = self.absorb(text, carried, true, into);
        into.end_of_chunk(start_of(text), lines);
        lines
    }

    pub(super) fn absorb(
        self,
        text: Text<'_>,
        carried: &mut Carried,
        outer: bool,
        into: &mut impl LineSink,
    ) -> u64 {
        let layout = &self.report.layout;
        let order = layout.place(ORDER_ID).unwrap_or_default();
        text.lines(|line| {
            let row = Row {
                place: line.place,
                raw: line.raw(),
            };
            let last = || line.field(line.fields() - 1);
            if layout.fits(line.fields(), last) && row.raw.len() <= LONGEST_LINE {
                let cut = Cut {
                    line: &line,
                    layout,
                };
                if self.report.forms.quoted {
                    let picked = layout.picked(|place| Some(line.field(place)));
                    let mut buffer = std::mem::take(&mut carried.unquoted);
                    self.cells(row, &unquoted(&picked, &mut buffer), carried, into);
                    carried.unquoted = buffer;
                } else {
                    self.cells(row, cut, carried, into);
                }
            } else if row.raw.len() > LONGEST_LINE {
                let fault = Fault {
                    reason: RejectReason::LineTooLong,
                    column: None,
                    text: String::new(),
                };
                into.unreadable(row, self.order(id_of(line, order)), fault);
            } else if let (true, Some(lines)) = (outer, returned(row.raw, layout.width())) {
                into.split_at_returns();
                return self.absorb(Text::at(row.place, &lines), carried, false, into);
            } else if self.ends_early(row, line.fields()) {
                let field = |place| (place < line.fields()).then(|| line.field(place));
                self.cells(row, &layout.picked(field), carried, into);
            } else if !row.raw.iter().all(u8::is_ascii_whitespace) {
                self.wrong_width(row, line.fields(), id_of(line, order), into);
            }
            1
        })
    }

    /// Looks only at the order and the stamp of every line of an all-orders file; gives the number of lines. A line that
    /// [`Scan::lines`] would reject for anything but its order is stamped all the same: who asks must see to that.
    pub fn stamps(self, text: Text<'_>, carried: &mut Carried, into: &mut impl LineSink) -> u64 {
        let Report {
            spec,
            layout,
            forms,
            ..
        } = self.report;
        let (Kind::AllOrders, Some(order)) = (spec.kind, layout.place(ORDER_ID)) else {
            return self.lines(text, carried, into);
        };
        let stamp = layout.place(all_orders::LAST_UPDATED_DATE);
        let wanted = order.max(stamp.unwrap_or(order)) + 1;
        let lines = text.heads(
            wanted,
            &mut (&[][..], &[][..]),
            |(id, date), index, field| {
                if index == order {
                    *id = field;
                } else if Some(index) == stamp {
                    *date = field;
                }
            },
            |(id, date), place| {
                let (id, date) = (std::mem::take(id), std::mem::take(date));
                if let Some(order) = self.order(id.trim_ascii()) {
                    let date = read_date(date.trim_ascii(), forms.dates, &mut carried.clock);
                    into.stamped(place, order, date.ok());
                }
            },
        );
        into.end_of_chunk(start_of(text), lines);
        lines
    }

    /// Whether a line only leaves out empty cells at its end, as some kinds do; one that is cut off is another matter.
    pub(super) fn ends_early(self, row: Row<'_>, fields: usize) -> bool {
        let Report { spec, layout, .. } = self.report;
        let needed = (0..spec.columns.len()).filter(|column| spec.columns[*column].required);
        let most = needed.filter_map(|column| layout.place(column)).max();
        spec.padded
            && fields < layout.width()
            && Some(fields) > most.map(|place| place + 1)
            && row.raw.ends_with(b"\n")
    }

    /// The order that a line is of, where at least that can be read.
    fn order(self, id: &[u8]) -> Option<OrderId> {
        self.ids.read(id).ok().filter(|_| !is_header(id))
    }

    #[inline]
    pub(super) fn cells<'a>(
        self,
        row: Row<'_>,
        cells: impl Cells<'a>,
        Carried { clock, recoded, .. }: &mut Carried,
        into: &mut impl LineSink,
    ) {
        let id = cells.cell(ORDER_ID);
        if is_header(id) {
            return self.header(row, into);
        }
        if trimmed(id).is_empty() && row.raw.iter().all(u8::is_ascii_whitespace) {
            return;
        }
        let Report {
            spec,
            encoding,
            forms,
            ..
        } = *self.report;
        let at_fault = match spec.kind {
            Kind::AllOrders => match all_orders::parse(cells, forms, clock, self.ids) {
                Ok(line) if encoding.decodes() && into.reads_texts() => {
                    return into.order_line(row, &recoded.order_line(&line, encoding));
                }
                Ok(line) => return into.order_line(row, &line),
                Err(at_fault) => at_fault,
            },
            Kind::Unshipped => match unshipped::parse(cells, forms.dates, clock, self.ids) {
                Ok(line) if encoding.decodes() => {
                    return into.unshipped_line(row, &recoded.unshipped_line(&line, encoding));
                }
                Ok(line) => return into.unshipped_line(row, &line),
                Err(at_fault) => at_fault,
            },
            _ => {
                let mut cells: Picked<'_> = std::array::from_fn(|column| cells.cell(column));
                if encoding.decodes() {
                    cells = recoded.cells(&cells, encoding);
                }
                return self.side(row, &cells, clock, into);
            }
        };
        self.fault(row, at_fault, trimmed(id), cells, into);
    }

    /// A line of a report beside orders and backlog.
    #[inline(never)]
    fn side(self, row: Row<'_>, cells: &Picked<'_>, clock: &mut Clock, into: &mut impl LineSink) {
        let Report { spec, forms, .. } = *self.report;
        let Some(parse) = spec.side else {
            return;
        };
        let mut reader = Reader {
            cells,
            forms,
            clock,
            ids: self.ids,
        };
        match parse(&mut reader) {
            Ok(line) => into.supplementary_line(row, &line),
            Err(at_fault) => self.fault(row, at_fault, &[], cells, into),
        }
    }

    /// A line that could not be read, and of which order it is where that matters: in a report that could overlap others.
    fn fault<'a>(
        self,
        row: Row<'_>,
        at_fault: AtFault,
        id: &[u8],
        cells: impl Cells<'a>,
        into: &mut impl LineSink,
    ) {
        let Report { spec, encoding, .. } = *self.report;
        let (column, reason) = at_fault;
        let name = spec.columns.get(column).map_or("", |column| column.name);
        let fault = Fault::cell(
            reason,
            name,
            &encoding.cell(cells.cell(column).trim_ascii()),
        );
        match spec.kind {
            Kind::AllOrders => into.unreadable(row, self.order(id), fault),
            _ => into.reject(row, fault.masked()),
        }
    }

    pub(super) fn wrong_width(
        self,
        row: Row<'_>,
        found: usize,
        id: &[u8],
        into: &mut impl LineSink,
    ) {
        if is_header(id) {
            return self.header(row, into);
        }
        let text = self.report.layout.misfit(found);
        let short = self.report.dialect == Dialect::Tabs && found < self.report.layout.width();
        let cut = short && !row.raw.ends_with(b"\n");
        let reason = if cut {
            RejectReason::LineCutShort
        } else {
            RejectReason::FieldCount
        };
        let fault = Fault {
            reason,
            column: None,
            text,
        };
        into.unreadable(row, self.order(id), fault);
    }

    pub(super) fn lines_in_cell(self, row: Row<'_>, id: &[u8], into: &mut impl LineSink) {
        let fault = Fault {
            reason: RejectReason::LineInCell,
            column: None,
            text: String::new(),
        };
        into.unreadable(row, self.order(id), fault);
    }

    /// The names in a header line, as kinds list them.
    fn names(self, header: &[u8]) -> impl Iterator<Item = String> {
        let delimiter = match self.report.dialect {
            Dialect::Quoted(delimiter) => delimiter,
            _ => b'\t',
        };
        header.split(move |byte| *byte == delimiter).map(normalise)
    }

    /// The report's own header again is no line; another one means that another report was pasted below.
    fn header(self, row: Row<'_>, into: &mut impl LineSink) {
        let own = bare(&self.report.header);
        let own = own.rsplit(|byte| *byte == b'\n').next().unwrap_or(own);
        if self.names(own).eq(self.names(bare(row.raw))) {
            into.repeated_header(row);
        } else {
            into.reject(
                row,
                Fault {
                    reason: RejectReason::OtherHeader,
                    column: None,
                    text: String::new(),
                },
            );
        }
    }
}

/// A line of a wrong number of fields, its carriage returns turned into newlines, if that makes lines of the right number: they
/// ended in nothing else. `None` if any piece does not fit.
#[cold]
fn returned(raw: &[u8], width: usize) -> Option<Vec<u8>> {
    let end = raw.trim_ascii_end().len();
    memchr::memchr(b'\r', &raw[..end])?;
    let fits = |line: &[u8]| {
        line.iter().all(u8::is_ascii_whitespace)
            || memchr::memchr_iter(b'\t', line).count() + 1 == width
    };
    // Tabs at the end of the last line are cells of it, and no blanks.
    let body = raw.strip_suffix(b"\n").unwrap_or(raw);
    let ends = body.iter().rev().take_while(|byte| **byte == b'\r').count();
    let body = &body[..body.len() - ends];
    body.split(|byte| *byte == b'\r').all(fits).then(|| {
        let mut lines = raw.to_vec();
        for byte in &mut lines[..body.len()] {
            if *byte == b'\r' {
                *byte = b'\n';
            }
        }
        lines
    })
}

/// The cell of a line that its order's number would be in.
fn id_of<'b>(line: Line<'b, '_>, order: usize) -> &'b [u8] {
    let id = (order < line.fields()).then(|| line.field(order));
    id.unwrap_or_default().trim_ascii()
}

/// Where the lines of a chunk are counted from.
pub(super) fn start_of(text: Text<'_>) -> Place {
    let place = text.place();
    Place {
        byte: place.chunk,
        ..place
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
    !matches!(cell.first(), None | Some(b'0'..=b'9')) && {
        let cell = cell.trim_ascii();
        let name = normalise(&cell[..cell.len().min(64)]);
        name == "amazon-order-id" || name == "order-id"
    }
}
