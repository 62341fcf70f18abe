//! Kept lines, cleaned and typed, as one file for other programs: Parquet or CSV, one schema for every kind of line.
//!
//! A side road of the pipeline: lines go to columns instead of a state.

mod csv;
mod gathered;
mod written;

use std::io::{self, Write};

use crate::error::Error;
use crate::input::Input;
use crate::line::FileId;
use crate::options::Options;
use crate::pipeline::{Plan, Progress, pasted};
use crate::report::{Kind, Report};
use crate::typed::Writer;

use gathered::{Gathered, Rules};

pub use crate::typed::{COLUMNS, Column, VERSION};
pub use written::Written;

/// What the file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Parquet: row groups of 65,536 lines, zstd.
    Parquet,
    /// CSV: RFC 4180; text that a spreadsheet would run is guarded, unless `raw_text`.
    Csv {
        /// Leave text as it is.
        raw_text: bool,
    },
}

/// Why nothing came of it: reading and writing are told apart, since what to do differs.
#[derive(Debug)]
pub enum ConvertError {
    /// An input.
    Input(Error),
    /// The output.
    Output(io::Error),
}

impl From<Error> for ConvertError {
    fn from(error: Error) -> Self {
        Self::Input(error)
    }
}

impl From<io::Error> for ConvertError {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// Whether the lines of a report are converted; others are skipped.
pub fn converts(report: &Report) -> bool {
    matches!(report.spec.kind, Kind::AllOrders | Kind::Unshipped)
}

/// Writes the kept lines of the all-orders and unshipped files of a plan to what `open` gives: file by file in the order of the
/// inputs, and as they stand in each. It is opened anew if a file turns out to be in another encoding than its beginning said.
///
/// # Errors
/// A file cannot be read, or holds another report; the output cannot be written; more lines are unreadable than is allowed.
pub fn convert<W: Write + Send>(
    plan: &mut Plan<'_>,
    options: &Options,
    form: Form,
    progress: &dyn Progress,
    mut open: impl FnMut() -> io::Result<W>,
) -> Result<(W, Written), ConvertError> {
    let (mut out, mut written) = once(plan, options, form, progress, open()?)?;
    if written.replaced > 0 && plan.examine_texts()? {
        drop(out);
        (out, written) = once(plan, options, form, progress, open()?)?;
    }
    let control = written.control;
    if !control.adds_up() {
        let what = format!("{control:?}");
        return Err(Error::Defect { what }.into());
    }
    let (rejected, lines_read) = (control.rejected, control.lines_read);
    if options.max_rejects.exceeded(rejected, lines_read) {
        let reasons = written.reasons.iter().map(|((column, reason), count)| {
            let named = column.map_or_else(
                || reason.to_string(),
                |column| format!("{column}: {reason}"),
            );
            (named, *count)
        });
        let mut reasons: Vec<(String, u64)> = reasons.collect();
        reasons.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
        let allowed = options.max_rejects.to_string();
        return Err(Error::TooManyRejects {
            rejected,
            lines_read,
            allowed,
            reasons,
        }
        .into());
    }
    Ok((out, written))
}

/// What batches are written to.
enum Sink<W: Write + Send> {
    Parquet(Box<Writer<W>>),
    Csv(csv::Lines<W>),
}

fn once<W: Write + Send>(
    plan: &Plan<'_>,
    options: &Options,
    form: Form,
    progress: &dyn Progress,
    out: W,
) -> Result<(W, Written), ConvertError> {
    let mut written = Written::default();
    let mut sink = match form {
        Form::Parquet => Sink::Parquet(Box::new(Writer::new(out)?)),
        Form::Csv { raw_text } => Sink::Csv(csv::Lines::new(out, raw_text)?),
    };
    let copies = plan.copies();
    for source in plan.reports().filter(|(.., report)| converts(report)) {
        let before = written.control.lines_read;
        file(plan, source, options, progress, &mut sink, &mut written)?;
        let lines = written.control.lines_read - before;
        let twins = copies.iter().filter(|twin| **twin == source.0).count() as u64;
        written.control.lines_read += lines * twins;
        written.control.repeated += lines * twins;
    }
    let out = match sink {
        Sink::Parquet(writer) => writer.finish()?,
        Sink::Csv(lines) => {
            let (out, guarded) = lines.finish()?;
            written.guarded = guarded;
            out
        }
    };
    Ok((out, written))
}

fn file<W: Write + Send>(
    plan: &Plan<'_>,
    (file, input, report): (FileId, &Input, &Report),
    options: &Options,
    progress: &dyn Progress,
    sink: &mut Sink<W>,
    written: &mut Written,
) -> Result<(), ConvertError> {
    let rules = Rules::new(plan, options, &input.name);
    let mut lines = report.header_lines;
    plan.in_order(
        (file, input, report),
        options,
        progress,
        || Gathered::new(&rules),
        |mut gathered: Gathered<'_>| -> Result<(), ConvertError> {
            if let Some(line) = gathered.other_header {
                return Err(input.refused(pasted(lines + line)).into());
            }
            gathered.batch.number_after(lines);
            lines += gathered.lines;
            gathered.count(written);
            match sink {
                Sink::Parquet(writer) => writer.add(&gathered.batch)?,
                Sink::Csv(lines) => lines.add(&gathered.batch)?,
            }
            Ok(())
        },
    )?;
    Ok(input.unchanged()?)
}
