//! All files of a plan read, chunk by chunk, on all threads, into one state.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::chunk::Chunk;
use crate::cube::fold::Rules;
use crate::cube::{Fold, Summary};
use crate::error::Error;
use crate::field::Zones;
use crate::input::{Input, body};
use crate::line::{Absorb, FileId};
use crate::merge::Merge;
use crate::options::Options;
use crate::report::scan::Scan;
use crate::report::{Dialect, Refusal, Report};

use super::Progress;
use super::plan::{Depth, Plan};

impl Plan<'_> {
    /// Reads the files chunk by chunk, on all threads, into one state.
    pub(super) fn scan<A: Absorb + Send, S: Merge + Send>(
        &self,
        files: &[FileId],
        depth: Depth,
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
                report
                    .chunks(file, input.len, options.chunk)
                    .into_iter()
                    .map(move |chunk| (chunk, input, report))
            })
            .collect();
        let next = AtomicUsize::new(0);
        let parts: Vec<Result<S, (usize, Error)>> = (0..rayon::current_num_threads())
            .into_par_iter()
            .with_max_len(1)
            .map(|_| {
                let (mut absorb, mut buffer) = (empty(), Vec::new());
                // One chunk after the other, as they stand: files are read from front to back, whoever is free takes the next.
                while let Some((index, (chunk, input, report))) = take(&next, &chunks) {
                    let read =
                        self.scan_lines(*chunk, depth, (input, report), &mut buffer, &mut absorb);
                    let lines = read.map_err(|error| {
                        next.store(chunks.len(), Ordering::Relaxed);
                        (index, error)
                    })?;
                    progress.advance(chunk.end - chunk.start, lines);
                }
                Ok(state(absorb))
            })
            .collect();
        let mut whole: Option<S> = None;
        let mut failed: Option<(usize, Error)> = None;
        for part in parts {
            match part {
                Ok(part) => match &mut whole {
                    Some(whole) => whole.merge(part),
                    None => whole = Some(part),
                },
                Err(error) if failed.as_ref().is_none_or(|known| error.0 < known.0) => {
                    failed = Some(error);
                }
                Err(_) => {}
            }
        }
        match failed {
            Some((_, error)) => Err(error),
            None => Ok(whole.unwrap_or_default()),
        }
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
        self.scan_lines(chunk, Depth::Full, (input, report), buffer, absorb)
    }

    fn scan_lines(
        &self,
        chunk: Chunk,
        depth: Depth,
        (input, report): (&Input, &Report),
        buffer: &mut Vec<u8>,
        absorb: &mut impl Absorb,
    ) -> Result<u64, Error> {
        let scan = Scan {
            report,
            ids: &self.ids,
        };
        let unreadable = |source| input.unreadable(source);
        if report.dialect != Dialect::Tabs {
            return scan
                .quoted(chunk.file, body(input, report.body())?, absorb)
                .map_err(unreadable);
        }
        let first = chunk.start == report.body();
        let text = chunk
            .read(&input.open()?, first, input.len, buffer)
            .map_err(unreadable)?;
        Ok(if depth == Depth::Stamps {
            scan.stamps(text, absorb)
        } else {
            scan.lines(text, absorb)
        })
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
            Depth::Full,
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
        Ok(summary)
    }
}

/// The next piece of work, if any is left.
fn take<'c, C>(next: &AtomicUsize, chunks: &'c [C]) -> Option<(usize, &'c C)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    chunks.get(index).map(|chunk| (index, chunk))
}

fn pasted(line: u64) -> Refusal {
    Refusal {
        found: format!("another report starts at line {line}: its header is not that of line 1"),
        detail: None,
        help: "download the reports again as files of their own, or cut the file there".into(),
        foreign: false,
    }
}
