//! FBA and merchant lines apart: every order's winning snapshot, byte for byte, under the header of its file.
//!
//! A side road of the pipeline: lines are routed by their fulfillment instead of a state.

mod text;

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::error::Error;
use crate::field::{Fulfillment, OrderId, OrderIds};
use crate::input::{Compression, Input};
use crate::line::{
    Fault, FileId, LineSink, OrderLine, Place, Row, SupplementaryLine, UnshippedLine,
};
use crate::options::Options;
use crate::ownership::{Decision, Decisions, Role, SnapshotIndex};
use crate::pipeline::{Asked, Plan, Progress};
use crate::report::{Dialect, Kind, Refusal, Report};
use crate::table::Control;

/// Where the lines of one fulfillment and one file go.
pub trait Outlets {
    /// An open file.
    type Out: Write;

    /// Opens the file `name`, say `fba/july.txt`.
    ///
    /// # Errors
    /// It cannot be made.
    fn open(&mut self, name: &str) -> io::Result<Self::Out>;

    /// Takes back a file that is written to its end.
    ///
    /// # Errors
    /// It did not reach its place.
    fn close(&mut self, out: Self::Out) -> io::Result<()>;
}

/// What was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Lines by the name of the file they went to.
    pub files: BTreeMap<String, u64>,
    /// Every line accounted for, those of copies as repeated.
    pub control: Control,
    /// Kept lines that were not asked for, and are in no file.
    pub outside: u64,
}

/// Splits the all-orders and unshipped files of a plan: the lines that are asked for. Unshipped files hold merchant lines only; those
/// of the current backlog go to `merchant`.
///
/// # Errors
/// A file cannot be read; the output cannot be written.
pub fn split(
    plan: &Plan<'_>,
    options: &Options,
    progress: &dyn Progress,
    outlets: &mut impl Outlets,
) -> Result<Written, SplitError> {
    let mut written = Written::default();
    let copies = plan.copies();
    for (_, input, report) in plan.reports() {
        if report.dialect == Dialect::Xml && splits(report) {
            return Err(input.refused(elements()).into());
        }
    }
    for (file, input, report) in plan.reports().filter(|(.., report)| splits(report)) {
        let before = written.control.lines_read;
        split_file(
            plan,
            (file, input, report),
            options,
            progress,
            outlets,
            &mut written,
        )?;
        let lines = written.control.lines_read - before;
        let repeated = lines * copies.iter().filter(|twin| **twin == file).count() as u64;
        written.control.lines_read += repeated;
        written.control.repeated += repeated;
    }
    Ok(written)
}

/// Whether a report holds lines of both fulfillments, or of the backlog; others are skipped.
pub fn splits(report: &Report) -> bool {
    matches!(report.spec.kind, Kind::AllOrders | Kind::Unshipped)
}

fn elements() -> Refusal {
    Refusal {
        found: "an XML report, which has no lines to split byte for byte".into(),
        detail: None,
        help: "request the flat-file (TXT) all-orders report instead".into(),
        foreign: false,
    }
}

fn split_file<O: Outlets>(
    plan: &Plan<'_>,
    (file, input, report): (FileId, &Input, &Report),
    options: &Options,
    progress: &dyn Progress,
    outlets: &mut O,
    written: &mut Written,
) -> Result<(), SplitError> {
    let mut open: BTreeMap<Fulfillment, (String, O::Out)> = BTreeMap::new();
    let converted = matches!(input.compression, Compression::Lines(_));
    let empty = || Routed::new(plan, report, options, converted);
    plan.in_order(
        (file, input, report),
        options,
        progress,
        empty,
        |routed: Routed<'_>| -> Result<(), SplitError> {
            written.control.lines_read += routed.lines_read;
            written.control.superseded += routed.superseded;
            written.control.rejected += routed.rejected;
            written.control.kept += routed.outside;
            written.outside += routed.outside;
            for (fulfillment, (bytes, lines)) in routed.lines {
                let (name, out) = match open.entry(fulfillment) {
                    std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
                    std::collections::btree_map::Entry::Vacant(entry) => {
                        // Converted lines become text.
                        let end = if converted { ".txt" } else { "" };
                        let file = safe_name(&input.name);
                        let name = format!("{}/{file}{end}", fulfillment.name());
                        let mut out = outlets.open(&name)?;
                        out.write_all(&report.header)?;
                        entry.insert((name, out))
                    }
                };
                out.write_all(&bytes)?;
                written.control.kept += lines;
                *written.files.entry(name.clone()).or_default() += lines;
            }
            Ok(())
        },
    )?;
    for (_, out) in open.into_values() {
        outlets.close(out)?;
    }
    Ok(())
}

/// Why a split failed: reading and writing are told apart, since what to do differs.
#[derive(Debug)]
pub enum SplitError {
    /// An input.
    Input(Error),
    /// An output.
    Output(io::Error),
}

impl From<Error> for SplitError {
    fn from(error: Error) -> Self {
        Self::Input(error)
    }
}

impl From<io::Error> for SplitError {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// The lines of one chunk by fulfillment.
struct Routed<'p> {
    snapshots: &'p SnapshotIndex,
    ids: &'p OrderIds,
    decisions: Decisions<'p>,
    asked: Asked<'p>,
    /// Whether lines have no bytes yet.
    converted: bool,
    /// What ends a line of a quoted file, whose lines come without; `None` where lines are as they stand in the file.
    line_end: Option<&'static [u8]>,
    lines: BTreeMap<Fulfillment, (Vec<u8>, u64)>,
    lines_read: u64,
    superseded: u64,
    rejected: u64,
    outside: u64,
}

impl<'p> Routed<'p> {
    fn new(plan: &'p Plan<'_>, report: &Report, options: &'p Options, converted: bool) -> Self {
        let snapshots = &plan.snapshots;
        let line_end: &[u8] = if report.header.ends_with(b"\r\n") {
            b"\r\n"
        } else {
            b"\n"
        };
        let line_end = (report.dialect != Dialect::Tabs).then_some(line_end);
        Self {
            snapshots,
            ids: &plan.ids,
            decisions: Decisions::new(snapshots),
            asked: Asked::new(options),
            converted,
            line_end,
            lines: BTreeMap::new(),
            lines_read: 0,
            superseded: 0,
            rejected: 0,
            outside: 0,
        }
    }

    /// Adds a line to those of a fulfillment; `text` writes one that has no bytes yet.
    fn route(
        &mut self,
        row: Row<'_>,
        fulfillment: Fulfillment,
        text: impl FnOnce(&OrderIds, bool, &mut Vec<u8>),
    ) {
        let (bytes, lines) = self.lines.entry(fulfillment).or_default();
        *lines += 1;
        if self.converted {
            return text(self.ids, self.line_end.is_some(), bytes);
        }
        let mut line = row.raw;
        if self.line_end.is_some() {
            while let [head @ .., b'\r' | b'\n'] = line {
                line = head;
            }
        }
        bytes.extend_from_slice(line);
        bytes.extend_from_slice(self.line_end.unwrap_or_default());
    }
}

impl LineSink for Routed<'_> {
    fn order_line(&mut self, row: Row<'_>, line: &OrderLine<'_>) {
        self.lines_read += 1;
        if self.decisions.on(row.place, line.order_id) == Decision::Superseded {
            self.superseded += 1;
        } else if self.asked.order_line(line).is_some() {
            self.route(row, line.fulfillment, |ids, quoted, out| {
                text::order(line, ids, quoted, out);
            });
        } else {
            self.outside += 1;
        }
    }

    fn unshipped_line(&mut self, row: Row<'_>, line: &UnshippedLine<'_>) {
        self.lines_read += 1;
        let role = self.snapshots.role(row.place.file);
        if !matches!(role, Role::Current | Role::OtherAccount) {
            self.superseded += 1;
        } else if self.asked.unshipped_line(line).is_some() {
            self.route(row, Fulfillment::Merchant, |ids, quoted, out| {
                text::unshipped(line, ids, quoted, out);
            });
        } else {
            self.outside += 1;
        }
    }

    /// No other report is split.
    fn supplementary_line(&mut self, _: Row<'_>, _: &SupplementaryLine<'_>) {}

    fn unreadable(&mut self, row: Row<'_>, order: Option<OrderId>, fault: Fault) {
        if let Some(order) = order {
            self.decisions.on(row.place, order);
        }
        self.reject(row, fault);
    }

    fn reject(&mut self, _: Row<'_>, _: Fault) {
        self.lines_read += 1;
        self.rejected += 1;
    }

    fn repeated_header(&mut self, _: Row<'_>) {}

    fn end_of_chunk(&mut self, _: Place, _: u64) {}
}

/// The name of an input as a path that cannot leave the folder it is put in.
fn safe_name(name: &str) -> String {
    let parts = name
        .split(['/', '\\'])
        .filter(|part| !matches!(*part, "" | "." | ".."));
    let safe: Vec<String> = parts.map(|part| part.replace([':', '\0'], "_")).collect();
    if safe.is_empty() || name == "-" {
        "stdin.txt".to_owned()
    } else {
        safe.join("/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_out_of_the_folder() {
        assert_eq!(safe_name("../../etc/passwd"), "etc/passwd");
        assert_eq!(safe_name("C:\\a\\b.txt"), "C_/a/b.txt");
        assert_eq!(safe_name("-"), "stdin.txt");
        assert_eq!(safe_name(".."), "stdin.txt");
    }
}
