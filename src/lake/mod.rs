//! A lake: every input by itself as one Parquet file, unmerged, so that any number of machines can convert and any engine can
//! merge.
//!
//! The name of a file of lines is the SHA-256 of its content: a report that is converted twice, or was downloaded under two names,
//! is one file. A row in `files` names each input, and is written after its lines: lines without a row do not count.

mod foreign;
mod piece;
mod zones;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::input::{Compression, Input};
use crate::options::Options;
use crate::pipeline::{Plan, Progress, Unwatched, pasted};
use crate::report::{Kind, Report};
use crate::typed::lake::{
    FILES_FOLDER, FileFacts, KEY_FACTS, LAKE_FILES, LAKE_LINES, LAKE_REJECTS, LAKE_VERSION_NUMBER,
    LINES_FOLDER, NO_ACCOUNT, Named, REJECTS_FOLDER, path_of,
};
use crate::typed::{Batch, Cell, Lines, Part, Unfit, Writer, named_of};
use crate::write::{StagedFile, Staging};

use foreign::foreign;
use piece::{Piece, Rules};

/// What became of the inputs.
#[derive(Debug, Default)]
pub struct Converted {
    /// Contents whose lines were written.
    pub written: u64,
    /// Contents whose lines were there, whole.
    pub there: u64,
    /// Files that had been damaged and were written again, lines and rows.
    pub mended: u64,
    /// Inputs that are the same as another one, whatever they are called.
    pub repeated: u64,
    /// Lines of data, of contents that were written or there; of repeated inputs once.
    pub lines_read: u64,
    /// Those that could not be read.
    pub rejected: u64,
    /// Texts that are not in the encoding of their file, and hold replacement marks.
    pub replaced: u64,
    /// Inputs that are not converted, and why.
    pub skipped: Vec<(String, String)>,
    /// Inputs that should have been converted and could not be, by name.
    pub failed: Vec<(String, Failed)>,
}

/// Why an input is not in the lake.
#[derive(Debug)]
pub enum Failed {
    /// It cannot be read.
    Input(Error),
    /// The lake cannot be written, or holds what is not ours.
    Lake(io::Error),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Input(error)
    }
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Self {
        Self::Lake(error)
    }
}

impl std::fmt::Display for Failed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Input(error) => error.fmt(f),
            Self::Lake(error) => error.fmt(f),
        }
    }
}

/// Inputs that are the same, the first by name first.
struct Content<'i> {
    account: &'i str,
    sum: String,
    bytes: u64,
    inputs: Vec<&'i Input>,
}

/// How the lines of a content came to be in the lake.
enum ContentOutcome {
    Written { replaced: u64 },
    There,
    Skipped(String),
}

/// Where lines go, and how they are read.
struct LakeRun<'r> {
    lake: &'r Path,
    staging: &'r Staging,
    options: &'r Options,
    progress: &'r dyn Progress,
    again: bool,
}

/// A file of at least so many bytes is read by all threads; smaller ones are read side by side, a thread each.
const LARGE: u64 = 16 << 20;

/// Converts every input by itself into a lake. An input that fails keeps no other from being converted. `again` writes lines that
/// are there already too.
///
/// # Errors
/// An input cannot be read at all, or nothing can be written to the lake.
pub fn convert(
    inputs: &[Input],
    lake: &Path,
    staging: &Staging,
    options: &Options,
    again: bool,
    progress: &dyn Progress,
) -> Result<Converted, Failed> {
    zones::write(lake, staging, again)?;
    let mut converted = Converted::default();
    let contents = contents(inputs, &mut converted);
    progress.start(contents.iter().map(|content| content.inputs[0].len).sum());
    let run = LakeRun {
        lake,
        staging,
        options,
        progress,
        again,
    };
    let (large, small): (Vec<_>, Vec<_>) = contents
        .iter()
        .partition(|content| content.inputs[0].is_plain() && content.bytes >= LARGE);
    let converted = Mutex::new(converted);
    for content in large {
        run.convert(content, &converted);
    }
    // Threads of their own, not those of the pool: whoever waits there may be given another file to read, and another.
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..rayon::current_num_threads().min(small.len()) {
            scope.spawn(|| {
                while let Some(content) = small.get(next.fetch_add(1, Ordering::Relaxed)) {
                    run.convert(content, &converted);
                }
            });
        }
    });
    let mut converted = converted
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    converted.skipped.sort();
    converted.failed.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(converted)
}

/// The inputs by account and content, in the order of their names.
fn contents<'i>(inputs: &'i [Input], converted: &mut Converted) -> Vec<Content<'i>> {
    let mut readable: Vec<&Input> = Vec::new();
    for input in inputs {
        match &input.compression {
            Compression::Lines(_) => {
                let why = "converted lines; a lake takes the reports they were made from";
                converted.skipped.push((input.name.clone(), why.to_owned()));
            }
            Compression::Unusable(refusal) => {
                let error = input.refused(refusal.clone());
                if refusal.foreign && input.in_folder {
                    converted
                        .skipped
                        .push((input.name.clone(), refusal.found.clone()));
                } else {
                    converted.failed.push((input.name.clone(), error.into()));
                }
            }
            _ => readable.push(input),
        }
    }
    let sums: Vec<Result<(String, u64), Error>> =
        readable.par_iter().map(|input| sum(input)).collect();
    let mut contents: BTreeMap<(&str, String), Content<'_>> = BTreeMap::new();
    for (input, sum) in readable.into_iter().zip(sums) {
        let (sum, bytes) = match sum {
            Ok(sum) => sum,
            Err(error) => {
                converted.failed.push((input.name.clone(), error.into()));
                continue;
            }
        };
        let account = input.account.as_deref().unwrap_or(NO_ACCOUNT);
        let content = contents.entry((account, sum.clone()));
        let content = content.or_insert_with(|| Content {
            account,
            sum,
            bytes,
            inputs: Vec::new(),
        });
        content.inputs.push(input);
    }
    let mut contents: Vec<Content<'_>> = contents.into_values().collect();
    contents.sort_by(|a, b| a.inputs[0].name.cmp(&b.inputs[0].name));
    contents
}

/// Bytes as hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        // Writing to a text cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The SHA-256 of what is inside an input, and its size.
fn sum(input: &Input) -> Result<(String, u64), Error> {
    input.unpack(&std::sync::atomic::AtomicU64::new(0), |bytes| {
        let (mut hasher, mut size) = (Sha256::new(), 0);
        let mut buffer = vec![0; 1 << 18];
        loop {
            match bytes.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => {
                    hasher.update(&buffer[..read]);
                    size += read as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok((hex(&hasher.finalize()), size))
    })
}

impl LakeRun<'_> {
    /// Converts one content and takes note of what became of it.
    fn convert(&self, content: &Content<'_>, converted: &Mutex<Converted>) {
        let result = self.content(content);
        let mut converted = converted
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let (first, others) = (&content.inputs[0].name, content.inputs.len() as u64 - 1);
        match result {
            Ok((ContentOutcome::Skipped(why), _)) => {
                let names = content.inputs.iter().map(|input| input.name.clone());
                converted
                    .skipped
                    .extend(names.map(|name| (name, why.clone())));
            }
            Ok((state, done)) => {
                let Done { facts, mended } = done;
                match state {
                    ContentOutcome::Written { replaced } => {
                        converted.written += 1;
                        converted.replaced += replaced;
                    }
                    ContentOutcome::There | ContentOutcome::Skipped(_) => converted.there += 1,
                }
                converted.mended += mended;
                converted.repeated += others;
                converted.lines_read += facts.lines_read;
                converted.rejected += facts.rejected;
            }
            Err(failed) => converted.failed.push((first.clone(), failed)),
        }
    }

    /// Brings the lines of a content to the lake, and then a row for each of its inputs.
    fn content(&self, content: &Content<'_>) -> Result<(ContentOutcome, Done), Failed> {
        let input = content.inputs[0];
        let path = path_of(self.lake, LINES_FOLDER, content.account, &content.sum);
        let found = found(&path, facts_of)?;
        let mut mended = u64::from(matches!(found, Found::Damaged));
        let (state, facts) = match self.usable(found, &path)? {
            Some(facts) => {
                self.progress.advance(input.len, facts.lines_read);
                (ContentOutcome::There, facts)
            }
            None => match self.lines(content, input)? {
                Ok((facts, replaced)) => (ContentOutcome::Written { replaced }, facts),
                Err(why) => return Ok((ContentOutcome::Skipped(why), Done::default())),
            },
        };
        for input in &content.inputs {
            mended += u64::from(self.row(content, input, &facts)?);
        }
        Ok((state, Done { facts, mended }))
    }

    /// What need not be written again, if it is there.
    fn usable<T>(&self, found: Found<T>, path: &Path) -> io::Result<Option<T>> {
        match found {
            _ if self.again => Ok(None),
            Found::Nothing | Found::Damaged => Ok(None),
            Found::Foreign(what) => Err(foreign(path, &what)),
            Found::Whole(there) => Ok(Some(there)),
        }
    }

    /// Writes the lines of a content; within, why it is not to be converted, or what it holds and how many of its texts have
    /// replacement marks.
    fn lines(
        &self,
        content: &Content<'_>,
        input: &Input,
    ) -> Result<Result<(FileFacts, u64), String>, Failed> {
        let mut plan = Plan::lenient(std::slice::from_ref(input), self.options, &Unwatched)?;
        if let Some((input, refusal)) = plan.refused().next() {
            if refusal.foreign && input.in_folder {
                return Ok(Err(refusal.found.clone()));
            }
            return Err(input.refused(refusal.clone()).into());
        }
        if !plan.reports().any(|(.., report)| converts(report)) {
            let why = "only all-orders and unshipped reports are converted";
            return Ok(Err(why.to_owned()));
        }
        let mut staged = self.once(&plan, content)?;
        if staged.replaced > 0 && plan.examine_texts()? {
            staged = self.once(&plan, content)?;
        }
        let Staged {
            lines,
            rejects,
            facts,
            replaced,
            reasons,
        } = staged;
        let allowed = self.options.max_rejects;
        if allowed.exceeded(facts.rejected, facts.lines_read) {
            let mut reasons: Vec<(String, u64)> = reasons.into_iter().collect();
            reasons.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
            return Err(Failed::Input(Error::TooManyRejects {
                rejected: facts.rejected,
                lines_read: facts.lines_read,
                allowed: allowed.to_string(),
                reasons,
            }));
        }
        let place = |folder| path_of(self.lake, folder, content.account, &content.sum);
        if let Some(rejects) = rejects {
            rejects.place(&place(REJECTS_FOLDER))?;
        }
        lines.place(&place(LINES_FOLDER))?;
        Ok(Ok((facts, replaced)))
    }

    fn once(&self, plan: &Plan<'_>, content: &Content<'_>) -> Result<Staged, Failed> {
        let (file, input, report) = plan
            .reports()
            .next()
            .ok_or_else(|| io::Error::other("no report to read"))?;
        let rules = Rules {
            ids: &plan.ids,
            file: &content.sum,
            account: content.account,
        };
        let mut facts = FileFacts {
            kind: part_of(report).name().to_owned(),
            encoding: report.encoding.shown(),
            bytes: content.bytes,
            ..FileFacts::default()
        };
        let mut writer = Writer::of(self.staging.file()?, &LAKE_LINES)?;
        let mut rejects: Option<Writer<StagedFile>> = None;
        let mut reasons: BTreeMap<String, u64> = BTreeMap::new();
        let (mut before, mut replaced) = (report.header_lines, 0);
        plan.in_order(
            (file, input, report),
            self.options,
            self.progress,
            || Piece::new(rules),
            |mut piece: Piece<'_>| -> Result<(), Failed> {
                if let Some(line) = piece.other_header {
                    return Err(input.refused(pasted(before + line)).into());
                }
                piece.batch.number_after(before);
                piece.count(&mut facts);
                replaced += piece.batch.replaced();
                writer.add(&piece.batch)?;
                if !piece.rejects.is_empty() {
                    for (_, fault) in &piece.rejects {
                        let reason = fault.reason.to_string();
                        let named = fault
                            .column
                            .map_or_else(|| reason.clone(), |column| format!("{column}: {reason}"));
                        *reasons.entry(named).or_default() += 1;
                    }
                    let rows = piece.rejects(before);
                    let out = match &mut rejects {
                        Some(out) => out,
                        none => none.insert(Writer::of(self.staging.file()?, &LAKE_REJECTS)?),
                    };
                    out.add(&rows)?;
                }
                before += piece.lines;
                Ok(())
            },
        )?;
        input.unchanged()?;
        let about = serde_json::to_string(&facts).map_err(io::Error::other)?;
        writer.note(KEY_FACTS, about);
        Ok(Staged {
            lines: writer.finish()?,
            rejects: rejects.map(Writer::finish).transpose()?,
            facts,
            replaced,
            reasons,
        })
    }

    /// Writes the row of an input, unless it is there. Whether that one was damaged.
    fn row(&self, content: &Content<'_>, input: &Input, facts: &FileFacts) -> Result<bool, Failed> {
        let mut name = Sha256::new();
        name.update(input.name.as_bytes());
        let name = hex(&name.finalize()[..8]);
        let name = format!("{}-{name}", content.sum);
        let path = path_of(self.lake, FILES_FOLDER, content.account, &name);
        let named = Named {
            account: content.account.to_owned(),
            file: content.sum.clone(),
            name: input.name.clone(),
            compression: input.compression.name().to_owned(),
            facts: facts.clone(),
        };
        let found = found(&path, named_of)?;
        let damaged = matches!(found, Found::Damaged);
        if self.usable(found, &path)? == Some(named.clone()) {
            return Ok(false);
        }
        let mut batch = Batch::of(LAKE_FILES.columns);
        batch.push(&row_of(&named));
        let mut writer = Writer::of(self.staging.file()?, &LAKE_FILES)?;
        writer.add(&batch)?;
        let about = serde_json::to_string(&named).map_err(io::Error::other)?;
        writer.note(KEY_FACTS, about);
        writer.finish()?.place(&path)?;
        Ok(damaged)
    }
}

/// The cells of the row of an input.
fn row_of(named: &Named) -> [Cell<'_>; LAKE_FILES.columns.len()] {
    let facts = &named.facts;
    let count = |count: u64| Cell::Number(i64::try_from(count).unwrap_or(i64::MAX));
    let moment = |date: Option<(i64, bool)>| date.map_or(Cell::Null, |(utc, _)| Cell::Number(utc));
    let timed = |date: Option<(i64, bool)>| Cell::flag(date.map(|(_, timed)| timed));
    [
        Cell::Text(named.account.as_bytes()),
        Cell::Text(named.file.as_bytes()),
        Cell::Text(named.name.as_bytes()),
        Cell::Number(LAKE_VERSION_NUMBER),
        Cell::Text(facts.kind.as_bytes()),
        Cell::Text(facts.encoding.as_bytes()),
        Cell::Text(named.compression.as_bytes()),
        count(facts.bytes),
        count(facts.lines_read),
        count(facts.lines_read - facts.rejected),
        count(facts.rejected),
        moment(facts.newest_update),
        timed(facts.newest_update),
        moment(facts.newest_moment),
        moment(facts.first_purchase),
        timed(facts.first_purchase),
        moment(facts.last_purchase),
        timed(facts.last_purchase),
    ]
}

/// What was written of a content, and is not in its place yet.
struct Staged {
    lines: StagedFile,
    rejects: Option<StagedFile>,
    facts: FileFacts,
    replaced: u64,
    reasons: BTreeMap<String, u64>,
}

/// What a content holds, and how many of its files had been damaged and were written again.
#[derive(Default)]
struct Done {
    facts: FileFacts,
    mended: u64,
}

/// What is in the place of a file of a lake.
enum Found<T> {
    Nothing,
    /// A file that is cut short or changed.
    Damaged,
    /// A file of another version or program.
    Foreign(String),
    Whole(T),
}

fn found<T>(
    path: &Path,
    read: impl FnOnce(&mut File) -> io::Result<Result<T, Unfit>>,
) -> io::Result<Found<T>> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(error) => return Err(error),
    };
    Ok(match read(&mut file)? {
        Ok(there) => Found::Whole(there),
        Err(Unfit::Damaged(_)) => Found::Damaged,
        Err(Unfit::Foreign(what)) => Found::Foreign(what),
    })
}

/// What a file of lines says of its content.
fn facts_of(file: &mut File) -> io::Result<Result<FileFacts, Unfit>> {
    let lines = Lines::open(file)?;
    Ok(lines.and_then(|lines| {
        let facts = lines.note(KEY_FACTS).unwrap_or_default();
        serde_json::from_str(facts).map_err(|error| Unfit::Damaged(error.to_string()))
    }))
}

/// The kind of its lines; only reports that are converted are asked.
fn part_of(report: &Report) -> Part {
    match report.spec.kind {
        Kind::Unshipped => Part::Backlog,
        _ => Part::Orders,
    }
}

fn converts(report: &Report) -> bool {
    matches!(report.spec.kind, Kind::AllOrders | Kind::Unshipped)
}
