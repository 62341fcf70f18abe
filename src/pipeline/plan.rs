//! A run under way: which lines count, and all of them read, chunk by chunk, on all threads.

use rayon::prelude::*;

use crate::chunk::{Chunk, cut};
use crate::cube::fold::Rules;
use crate::cube::{Fold, Summary};
use crate::error::Error;
use crate::field::{OrderIds, Zones};
use crate::input::{Input, body};
use crate::line::{Absorb, FileId};
use crate::merge::Merge;
use crate::options::Options;
use crate::overlap::{self, BacklogFile, Holdings, Role, Survey};
use crate::report::scan::Scan;
use crate::report::{Dialect, Encoding, Kind, Refusal, Report};
use crate::table::InputFacts;

use super::Progress;
use super::recognise::{Found, file_id, recognise};

/// A run that is under way: its inputs are recognised, and it is known which lines count.
#[derive(Debug)]
pub struct Plan<'i> {
    inputs: &'i [Input],
    found: Vec<Found>,
    /// The order ids met so far.
    pub ids: OrderIds,
    /// Which lines count.
    pub holdings: Holdings,
}

impl<'i> Plan<'i> {
    /// Recognises the inputs and settles their overlaps.
    ///
    /// # Errors
    /// A file cannot be read; a named file, or one in a folder that is nearly a report, is refused; no file is a report.
    pub fn new(
        inputs: &'i [Input],
        options: &Options,
        progress: &dyn Progress,
    ) -> Result<Self, Error> {
        let plan = Self::lenient(inputs, options, progress)?;
        for (input, found) in inputs.iter().zip(&plan.found) {
            if let Found::Refused(refusal) = found
                && !(refusal.foreign && input.in_folder)
            {
                return Err(input.refused(refusal.clone()));
            }
        }
        if plan.reports().next().is_none() {
            let looked_at = plan
                .refused()
                .map(|(input, refusal)| (input.name.clone(), refusal.found.clone()));
            return Err(Error::NoReports {
                looked_at: looked_at.collect(),
            });
        }
        Ok(plan)
    }

    /// The same, but whatever is no report is left alone, as `check` does.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn lenient(
        inputs: &'i [Input],
        options: &Options,
        progress: &dyn Progress,
    ) -> Result<Self, Error> {
        let found = recognise(inputs)?;
        let mut plan = Self {
            inputs,
            found,
            ids: OrderIds::default(),
            holdings: Holdings::default(),
        };
        plan.settle(options, progress)?;
        Ok(plan)
    }

    /// The files that are not read, and why.
    pub fn refused(&self) -> impl Iterator<Item = (&'i Input, &Refusal)> {
        self.inputs
            .iter()
            .zip(&self.found)
            .filter_map(|(input, found)| match found {
                Found::Refused(refusal) => Some((input, refusal)),
                _ => None,
            })
    }

    /// The files that are read, by their reports.
    pub fn reports(&self) -> impl Iterator<Item = (FileId, &'i Input, &Report)> {
        let inputs = self.inputs;
        self.found
            .iter()
            .enumerate()
            .filter_map(move |(index, found)| match found {
                Found::Report(report) => Some((file_id(index), &inputs[index], report)),
                _ => None,
            })
    }

    /// Of every file that is a copy of another, that other.
    pub fn copies(&self) -> Vec<FileId> {
        let twin = |found: &Found| {
            if let Found::Copy(_, twin) = found {
                Some(*twin)
            } else {
                None
            }
        };
        self.found.iter().filter_map(twin).collect()
    }

    fn of_kind(&self, kind: Kind) -> Vec<FileId> {
        self.reports()
            .filter(|(.., report)| report.spec.kind == kind)
            .map(|(file, ..)| file)
            .collect()
    }

    fn settle(&mut self, options: &Options, progress: &dyn Progress) -> Result<(), Error> {
        let (orders, backlogs) = (self.of_kind(Kind::AllOrders), self.of_kind(Kind::Unshipped));
        let mut surveyed: Vec<FileId> = Vec::new();
        for files in [&orders, &backlogs] {
            surveyed.extend(if files.len() > 1 {
                files.as_slice()
            } else {
                &[]
            });
        }
        let bytes = |files: &mut dyn Iterator<Item = (FileId, &Input, &Report)>| {
            files.map(|(_, input, _)| input.len).sum::<u64>()
        };
        let all = bytes(&mut self.reports());
        progress
            .start(all + bytes(&mut self.reports().filter(|(file, ..)| surveyed.contains(file))));
        let mut survey: Survey =
            self.scan(&surveyed, options, progress, Survey::default, |survey| {
                survey
            })?;
        survey.runs.par_sort_unstable();
        let account = |file: FileId| self.inputs[file.0 as usize].account.clone();
        let backlogs: Vec<_> = backlogs
            .into_iter()
            .map(|file| BacklogFile {
                file,
                account: account(file),
            })
            .collect();
        self.holdings = overlap::settle(&survey, &orders, &backlogs);
        Ok(())
    }

    /// Reads the files chunk by chunk, on all threads, into one state.
    fn scan<A: Absorb + Send, S: Merge + Send>(
        &self,
        files: &[FileId],
        options: &Options,
        progress: &dyn Progress,
        empty: impl Fn() -> A + Sync + Send,
        state: impl Fn(A) -> S + Sync + Send,
    ) -> Result<S, Error> {
        let reports: Vec<_> = self
            .reports()
            .filter(|(file, ..)| files.contains(file))
            .collect();
        let chunks: Vec<(Chunk, &Input, &Report)> = reports
            .into_iter()
            .flat_map(|(file, input, report)| {
                let size = if report.dialect == Dialect::Tabs {
                    options.chunk
                } else {
                    u64::MAX
                };
                cut(file, report.body(), input.len, size)
                    .into_iter()
                    .map(move |chunk| (chunk, input, report))
            })
            .collect();
        chunks
            .par_iter()
            .try_fold(
                || (empty(), Vec::new()),
                |(mut absorb, mut buffer), (chunk, input, report)| {
                    let lines = self.scan_chunk(*chunk, input, report, &mut buffer, &mut absorb)?;
                    progress.advance(chunk.end - chunk.start, lines);
                    Ok((absorb, buffer))
                },
            )
            .map(|part| part.map(|(absorb, _)| state(absorb)))
            .try_reduce(S::default, |mut whole, part| {
                whole.merge(part);
                Ok(whole)
            })
    }

    /// Reads one chunk into whatever absorbs it; gives the number of lines, blank ones and headers included.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn scan_chunk(
        &self,
        chunk: Chunk,
        input: &Input,
        report: &Report,
        buffer: &mut Vec<u8>,
        absorb: &mut impl Absorb,
    ) -> Result<u64, Error> {
        let scan = Scan {
            report,
            ids: &self.ids,
        };
        let unreadable = |source| input.unreadable(source);
        if report.dialect == Dialect::Tabs {
            let first = chunk.start == report.body();
            let lines = chunk.read(&input.open()?, first, input.len, buffer);
            Ok(scan.lines(lines.map_err(unreadable)?, absorb))
        } else {
            scan.quoted(chunk.file, body(input, report.body())?, absorb)
                .map_err(unreadable)
        }
    }

    /// Folds all files.
    ///
    /// # Errors
    /// A file cannot be read, or holds another report below the first.
    pub fn fold(&self, options: &Options, progress: &dyn Progress) -> Result<Summary, Error> {
        let rules = Rules {
            holdings: &self.holdings,
            zones: Zones {
                forced: options.time_zone,
            },
            from: options.from,
            to: options.to,
        };
        let files: Vec<FileId> = self.reports().map(|(file, ..)| file).collect();
        let mut summary: Summary = self.scan(
            &files,
            options,
            progress,
            || Fold::new(rules),
            Fold::into_summary,
        )?;
        for (file, input, report) in self.reports() {
            let source = summary.sources.entry(file).or_default();
            if let Some(place) = source.other_header {
                let line = source.line_number(place, report.header_lines);
                return Err(input.refused(pasted(line)));
            }
        }
        summary
            .orders
            .records
            .par_sort_unstable_by_key(|record| record.id);
        Ok(summary)
    }

    /// What tables need to know of the inputs.
    pub fn input_facts(&self) -> Vec<InputFacts> {
        let facts = |(index, (input, found)): (usize, (&Input, &Found))| {
            let (kind, role, report, copy_of) = match found {
                Found::Report(report) => (
                    report.spec.name.to_owned(),
                    self.holdings.role(file_id(index)),
                    Some(report),
                    None,
                ),
                Found::Copy(report, twin) => (
                    report.spec.name.to_owned(),
                    Role::Repeated,
                    Some(report),
                    Some(*twin),
                ),
                Found::Refused(refusal) => (refusal.found.clone(), Role::Ignored, None, None),
            };
            InputFacts {
                name: input.name.clone(),
                kind,
                role,
                encoding: match report.map(|report| report.encoding) {
                    Some(Encoding::Utf8Bom) => "utf-8 (byte-order mark)",
                    Some(Encoding::Unmarked) => "read as utf-8 (no mark)",
                    None => "",
                },
                header_lines: report.map_or(0, |report| report.header_lines),
                copy_of,
            }
        };
        self.inputs
            .iter()
            .zip(&self.found)
            .enumerate()
            .map(facts)
            .collect()
    }
}

fn pasted(line: u64) -> Refusal {
    Refusal {
        found: format!("another report starts at line {line}: its header is not that of line 1"),
        detail: None,
        help: "download the reports again as files of their own, or cut the file there".into(),
        foreign: false,
    }
}
