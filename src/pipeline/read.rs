//! All files of a plan read, chunk by chunk, on all threads, into one state.

use rayon::prelude::*;

use crate::chunk::{Chunk, cut};
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
                    let lines =
                        self.scan_lines(*chunk, depth, (input, report), &mut buffer, &mut absorb)?;
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
        let lines = chunk
            .read(&input.open()?, first, input.len, buffer)
            .map_err(unreadable)?;
        Ok(if depth == Depth::Stamps {
            scan.stamps(lines, absorb)
        } else {
            scan.lines(lines, absorb)
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
        summary
            .orders
            .records
            .par_sort_unstable_by_key(|record| record.id);
        Ok(summary)
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
