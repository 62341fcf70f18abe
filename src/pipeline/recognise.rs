//! Recognition of the inputs, and of inputs that are the same.

use std::io;
use std::sync::atomic::AtomicU64;

use encoding_rs::UTF_8;
use hashbrown::HashMap;
use rayon::prelude::*;

use crate::chunk::{Blocks, Chunk};
use crate::error::Error;
use crate::input::{Compression, Input};
use crate::line::FileId;
use crate::options::Options;
use crate::report::detect::HEAD;
use crate::report::encoding::{Ballot, Charset, Evidence};
use crate::report::kinds::all_orders;
use crate::report::{
    ADDRESSED, Dialect, Encoding, Kind, Refusal, Report, TRACKING, detect_among, detect_in,
};

/// What an input turned out to be.
#[derive(Debug)]
pub enum Found {
    /// A report to read.
    Report(Report),
    /// A report to read, the same byte for byte as that input.
    Copy(Report, FileId),
    /// Something else.
    Refused(Refusal),
}

/// What the inputs are, one by one.
///
/// # Errors
/// A file cannot be read.
pub fn recognise(inputs: &[Input], options: &Options) -> Result<Vec<Found>, Error> {
    let looked: Vec<Result<Looked, Error>> = inputs
        .par_iter()
        .map(|input| look(input, options))
        .collect();
    let mut found: Vec<Found> = Vec::new();
    let mut by_start: HashMap<Vec<u8>, Vec<usize>> = HashMap::new();
    for (index, (input, looked)) in inputs.iter().zip(looked).enumerate() {
        let (start, report) = match looked {
            Ok(Ok(looked)) => looked,
            // What is packed and damaged is one file's trouble; `check` goes on with the others.
            Ok(Err(refusal)) | Err(Error::Refused { refusal, .. }) => {
                found.push(Found::Refused(refusal));
                continue;
            }
            Err(error) => return Err(error),
        };
        let twins = by_start.entry(start).or_default();
        let mut copy_of = None;
        for &twin in twins.iter() {
            if input.same_bytes(&inputs[twin])? {
                copy_of = Some(file_id(twin));
                break;
            }
        }
        found.push(if let Some(twin) = copy_of {
            Found::Copy(report, twin)
        } else {
            twins.push(index);
            Found::Report(report)
        });
    }
    Ok(found)
}

/// The first bytes of a file and the report that it is, or why it is none.
type Looked = Result<(Vec<u8>, Report), Refusal>;

/// Files that are the same start the same.
const START: usize = 4 << 10;

fn look(input: &Input, options: &Options) -> Result<Looked, Error> {
    let (mut head, whole) = input.head(HEAD as u64)?;
    // The text of a workbook and the header of converted lines are made here, so nothing has to be found out about them.
    let encoding = match input.compression {
        Compression::Sheet(_) | Compression::Lines(_) => Encoding::utf_8(),
        _ => Encoding::sniff(&head, options.reading.encoding),
    };
    let list = options
        .shipping
        .tracking
        .as_ref()
        .map(|tracking| &tracking.file);
    let tracking = list.is_some() && list == input.path.as_ref();
    let detected = if tracking {
        detect_among(std::slice::from_ref(&TRACKING), encoding, &head, whole)
    } else {
        let addressed = options
            .tables
            .addresses
            .then(|| detect_among(std::slice::from_ref(&ADDRESSED), encoding, &head, whole).ok());
        match addressed.flatten() {
            Some(report) => Ok(report),
            None => detect_in(encoding, &head, whole),
        }
    };
    Ok(match detected {
        Err(refusal) => Err(refusal),
        Ok(mut report) => {
            if !options.tables.order_profiles && report.spec.kind == Kind::AllOrders {
                report.layout.forget(&all_orders::ORDER_PROFILE_TABLES);
            }
            if report.forms_open {
                settle_forms(input, &mut report)?;
            }
            let doubtful = broken(&head) || report.dialect == Dialect::Xml;
            if doubtful && report.encoding.evidence == Evidence::Valid {
                match proven(input, &report, (&head, whole))? {
                    Some(charset) => {
                        report.encoding.charset = charset;
                        report.encoding.evidence = Evidence::Text;
                    }
                    None => examine(input, &mut report)?,
                }
            }
            head.truncate(START);
            if let Some(lines) = input.converted()? {
                let start = lines.start();
                head.extend(start.map_err(|source| input.unreadable(source))?);
                report.examined = true;
            }
            Ok((head, report))
        }
    })
}

/// Looks at all lines of a file whose head leaves open how it writes dates and quotation marks.
fn settle_forms(input: &Input, report: &mut Report) -> Result<(), Error> {
    input.unpack(&AtomicU64::new(0), |bytes| {
        let mut text = report.encoding.text(bytes);
        io::copy(
            &mut io::Read::take(&mut text, report.body()),
            &mut io::sink(),
        )?;
        report.settle_forms(text)
    })
}

/// How many places of a file are looked at behind its head, and how many bytes at each.
const SAMPLES: u64 = 16;
const SAMPLE: u64 = 64 << 10;

/// How many of the first bytes are looked at where the rest cannot be read from any place. Few reports are longer.
const STREAM_SAMPLE: u64 = 16 << 20;

/// The encoding that the lines at the head of a file prove, and lines all over the rest of it, or if it is compressed, more lines
/// of its beginning; `None` if they prove none.
fn proven(
    input: &Input,
    report: &Report,
    (head, whole): (&[u8], bool),
) -> Result<Option<Charset>, Error> {
    if report.dialect == Dialect::Xml || report.encoding.transcodes() {
        return Ok(None);
    }
    let mut ballot = Ballot::default();
    if !whole && !input.is_plain() {
        let (head, whole) = input.head(STREAM_SAMPLE)?;
        look_at_lines(&mut ballot, &head, whole);
        return Ok(ballot.proven());
    }
    look_at_lines(&mut ballot, head, whole);
    if !whole {
        let file = input.open()?;
        let mut buffer = Vec::new();
        let rest = input.len.saturating_sub(head.len() as u64);
        for sample in 1..=SAMPLES {
            let end = head.len() as u64 + rest * sample / SAMPLES;
            let chunk = Chunk {
                file: FileId::default(),
                start: end.saturating_sub(SAMPLE.min(rest / SAMPLES)),
                end,
            };
            if chunk.start == chunk.end {
                continue;
            }
            let text = chunk
                .read(&file, false, input.len, &mut buffer)
                .map_err(|source| input.unreadable(source))?;
            text.lines(|line| {
                ballot.line(line.raw());
                1
            });
        }
    }
    Ok(ballot.proven())
}

/// Looks at the lines of the first bytes of a file; at the last one too if it is whole.
fn look_at_lines(ballot: &mut Ballot, head: &[u8], whole: bool) {
    let end = match memchr::memrchr(b'\n', head) {
        _ if whole => head.len(),
        last => last.map_or(0, |last| last + 1),
    };
    for line in head[..end].split_inclusive(|byte| *byte == b'\n') {
        ballot.line(line);
    }
}

/// Whether bytes are no UTF-8, but for a character at the end that is cut off.
fn broken(head: &[u8]) -> bool {
    std::str::from_utf8(head).is_err_and(|error| error.error_len().is_some())
}

/// Looks at all lines of a file for what they say about its encoding.
///
/// # Errors
/// The file cannot be read.
pub(super) fn examine(input: &Input, report: &mut Report) -> Result<(), Error> {
    let encoding = report.encoding;
    let ballot = input.unpack(&AtomicU64::new(0), |bytes| {
        let mut blocks = Blocks::new(encoding.text(bytes), 0, 1 << 20)?;
        let (mut ballot, mut buffer) = (Ballot::default(), Vec::new());
        while let Some(block) = blocks.next(buffer)? {
            for line in block.bytes.split_inclusive(|byte| *byte == b'\n') {
                ballot.line(line);
            }
            buffer = block.bytes;
        }
        Ok(ballot)
    })?;
    let charset = ballot.count();
    let guessed = matches!(encoding.evidence, Evidence::Valid | Evidence::Text);
    if guessed && charset != encoding.charset {
        report.encoding.charset = charset;
        report.encoding.evidence = if charset == UTF_8 {
            Evidence::Valid
        } else {
            Evidence::Text
        };
    }
    report.examined = true;
    Ok(())
}

/// The id of an input, which is its place among them.
pub(super) fn file_id(index: usize) -> FileId {
    FileId(u32::try_from(index).expect("fewer than four thousand million files"))
}
