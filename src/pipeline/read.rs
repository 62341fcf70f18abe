//! All files of a plan read, piece by piece, on all threads, into one state.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::chunk::{Chunk, Text};
use crate::error::Error;
use crate::input::{Compression, Input};
use crate::line::{FileId, LineSink};
use crate::merge::Merge;
use crate::options::Options;
use crate::report::scan::{Carried, Scan};
use crate::report::{Dialect, Kind, Refusal, Report};
use crate::state::State;
use crate::state::aggregator::Aggregator;
use crate::state::aggregator::AggregatorOptions;
use crate::state::superseded::ChunkStart;

use crate::typed::Look;

use super::Progress;
use super::groups::{Group, Groups};
use super::plan::{Depth, Plan};
use super::stream::{Failed, Piece, Queue, Source, pieces};

/// What a thread has to itself.
#[derive(Debug, Default)]
struct Own {
    /// Of the chunk at hand.
    bytes: Vec<u8>,
    carried: Carried,
}

impl Plan<'_> {
    /// Reads the files piece by piece, on all threads, into one state.
    pub(super) fn scan<A: LineSink + Send, S: Merge + Send>(
        &self,
        files: &[FileId],
        depth: Depth<'_>,
        options: &Options,
        progress: &dyn Progress,
        empty: impl Fn() -> A + Sync + Send,
        state: impl Fn(A) -> S + Sync + Send,
    ) -> Result<S, Error> {
        let sources = files.iter().filter_map(|file| self.source(*file));
        let (converted, sources): (Vec<Source<'_>>, Vec<Source<'_>>) =
            sources.partition(|(_, input, _)| is_converted(input));
        let groups = Groups::new(converted);
        let look = match depth {
            Depth::Stamps => Look::Stamps,
            _ if options.tables.order_profiles => Look::All,
            _ => Look::Lines,
        };
        let sources = sources.into_iter();
        let (streams, others): (Vec<Source<'_>>, Vec<Source<'_>>) =
            sources.partition(|(_, input, report)| streams(input, report));
        let chunks: Vec<(Chunk, &Input, &Report)> = others
            .into_iter()
            .flat_map(|(file, input, report)| {
                let chunks = report.chunks(file, input.len, options.reading.chunk);
                chunks.into_iter().map(move |chunk| (chunk, input, report))
            })
            .collect();
        let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
        let threads = rayon::current_num_threads();
        let work = |queue: &Queue<'_, '_>| {
            (0..threads)
                .into_par_iter()
                .with_max_len(1)
                .map(|_| {
                    let (mut absorb, mut own) = (empty(), Own::default());
                    // One chunk after the other, as they stand: files are read from front to back, whoever is free takes the next.
                    while let Some((chunk, input, report)) = take(&next, &chunks) {
                        let read =
                            self.scan_lines(*chunk, depth, (input, report), &mut own, &mut absorb);
                        let lines = read.map_err(|error| {
                            stop.store(true, Ordering::Relaxed);
                            next.store(chunks.len(), Ordering::Relaxed);
                            groups.drain();
                            queue.drain();
                            ((chunk.file, chunk.start), error)
                        })?;
                        progress.advance(chunk.end - chunk.start, lines);
                    }
                    own.bytes = Vec::new();
                    while let Some(group) = groups.next() {
                        let read = group.and_then(|group| {
                            let place = (group.source.0, group.start().byte);
                            let lines = self.scan_group(&group, depth, look, &mut absorb);
                            let lines = lines.map_err(|error| (place, error))?;
                            progress.advance(group.lines.footer().bytes(group.index), lines);
                            Ok(())
                        });
                        read.inspect_err(|_| {
                            stop.store(true, Ordering::Relaxed);
                            groups.drain();
                            queue.drain();
                        })?;
                    }
                    while let Some(piece) = queue.next() {
                        let lines = self.scan_piece(&piece, depth, &mut own, &mut absorb);
                        progress.advance(piece.read, lines);
                        queue.give_back(piece);
                    }
                    Ok(state(absorb))
                })
                .collect()
        };
        let (parts, broken) = if streams.is_empty() {
            (work(&Queue::empty()), Vec::new())
        } else {
            pieces(&streams, options, threads, &stop, work)
        };
        gathered(parts, broken)
    }

    /// Reads one chunk into a `LineSink`; gives the number of lines, blank ones and headers included.
    fn scan_lines(
        &self,
        chunk: Chunk,
        depth: Depth<'_>,
        (input, report): (&Input, &Report),
        Own { bytes, carried }: &mut Own,
        absorb: &mut impl LineSink,
    ) -> Result<u64, Error> {
        if let Some(lines) = self.lines_of_superseded(depth, (chunk.file, chunk.start)) {
            return Ok(lines);
        }
        if report.dialect != Dialect::Tabs {
            return self.scan_whole((chunk.file, input, report), absorb);
        }
        let first = chunk.start == report.body();
        let text = chunk
            .read(&input.open()?, first, input.len, bytes)
            .map_err(|source| input.unreadable(source))?;
        let scan = self.scan_of(report);
        Ok(read_as(scan, text, depth, carried, absorb))
    }

    /// Reads a file that is no tab file from its beginning to its end: what its bytes mean depends on all that stands before.
    fn scan_whole(
        &self,
        (file, input, report): Source<'_>,
        absorb: &mut impl LineSink,
    ) -> Result<u64, Error> {
        let mut broken = None;
        let lines = input.unpack(&AtomicU64::new(0), |bytes| {
            let mut text = report.encoding.text(bytes);
            io::copy(
                &mut io::Read::take(&mut text, report.body()),
                &mut io::sink(),
            )?;
            let scan = self.scan_of(report);
            let scanned = match report.dialect {
                Dialect::Xml => scan.xml(file, text, absorb),
                Dialect::Json => scan.json(file, text, absorb),
                Dialect::Quoted(_) | Dialect::Tabs => return scan.quoted(file, text, absorb),
            };
            match scanned {
                Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                    broken = Some(error);
                    Ok(0)
                }
                scanned => scanned,
            }
        })?;
        match broken {
            Some(error) => Err(input.refused(damaged(&error))),
            None => Ok(lines),
        }
    }

    fn scan_piece(
        &self,
        piece: &Piece<'_>,
        depth: Depth<'_>,
        Own { carried, .. }: &mut Own,
        absorb: &mut impl LineSink,
    ) -> u64 {
        let (file, _, report) = piece.source;
        if let Some(lines) = self.lines_of_superseded(depth, (file, piece.block.start)) {
            return lines;
        }
        let (scan, text) = (self.scan_of(report), piece.block.text(file));
        read_as(scan, text, depth, carried, absorb)
    }

    /// Reads the lines of a row group; gives their number.
    fn scan_group(
        &self,
        group: &Group<'_>,
        depth: Depth<'_>,
        look: Look,
        absorb: &mut impl LineSink,
    ) -> Result<u64, Error> {
        let start = group.start();
        if let Some(lines) = self.lines_of_superseded(depth, (start.file, start.chunk)) {
            return Ok(lines);
        }
        let (_, input, report) = group.source;
        let stamps = look == Look::Stamps && report.spec.kind == Kind::AllOrders;
        let rows = group.lines.rows(group.index, look);
        let rows = rows.map_err(|source| input.unreadable(source))?;
        Ok(if stamps {
            rows.stamps(start, &self.ids, absorb)
        } else {
            rows.pass_on(start, &self.ids, absorb)
        })
    }

    /// How many lines a chunk has that need not be read again.
    fn lines_of_superseded(&self, depth: Depth<'_>, chunk: ChunkStart) -> Option<u64> {
        let source = self.superseded.get(&chunk)?;
        matches!(depth, Depth::Counted).then_some(source.lines_read)
    }

    fn scan_of<'s>(&'s self, report: &'s Report) -> Scan<'s> {
        Scan {
            report,
            ids: &self.ids,
        }
    }

    /// Reads a file piece by piece, several at a time, each into an absorber of its own, and hands these to `take` in order.
    ///
    /// # Errors
    /// The file cannot be read, or `take` fails.
    pub fn in_order<A: LineSink + Send, E: From<Error>>(
        &self,
        source: Source<'_>,
        options: &Options,
        progress: &dyn Progress,
        empty: impl Fn() -> A + Sync,
        mut take: impl FnMut(A) -> Result<(), E>,
    ) -> Result<(), E> {
        let (file, input, report) = source;
        if let Some(lines) = input.converted()? {
            let lines = Arc::new(lines);
            let all: Vec<usize> = (0..lines.footer().groups()).collect();
            for window in all.chunks(rayon::current_num_threads()) {
                let absorbed = window.par_iter().map(|index| {
                    let group = Group {
                        source,
                        lines: Arc::clone(&lines),
                        index: *index,
                    };
                    let mut absorb = empty();
                    let lines = self.scan_group(&group, Depth::Full, Look::All, &mut absorb)?;
                    progress.advance(group.lines.footer().bytes(*index), lines);
                    Ok(absorb)
                });
                let absorbed = absorbed.collect::<Result<Vec<A>, Error>>()?;
                absorbed.into_iter().try_for_each(&mut take)?;
            }
            return Ok(());
        }
        if streams(input, report) {
            let stop = AtomicBool::new(false);
            let (taken, broken) = pieces(&[source], options, 1, &stop, |queue| {
                let mut own = Own::default();
                while let Some(piece) = queue.next() {
                    let mut absorb = empty();
                    let lines = self.scan_piece(&piece, Depth::Full, &mut own, &mut absorb);
                    progress.advance(piece.read, lines);
                    queue.give_back(piece);
                    take(absorb)?;
                }
                Ok(())
            });
            return match broken.into_iter().next() {
                Some((_, error)) => Err(error.into()),
                None => taken,
            };
        }
        for window in report
            .chunks(file, input.len, options.reading.chunk)
            .chunks(WINDOW)
        {
            let absorbed: Vec<A> = window
                .par_iter()
                .map_init(Own::default, |own, chunk| {
                    let mut absorb = empty();
                    let lines =
                        self.scan_lines(*chunk, Depth::Full, (input, report), own, &mut absorb)?;
                    progress.advance(chunk.end - chunk.start, lines);
                    Ok(absorb)
                })
                .collect::<Result<_, Error>>()?;
            absorbed.into_iter().try_for_each(&mut take)?;
        }
        Ok(())
    }

    /// Adds up all lines that count, their texts in the encodings that were recognised.
    ///
    /// # Errors
    /// A file cannot be read, or holds another report below the first.
    pub fn aggregate_as_read(
        &self,
        options: &Options,
        progress: &dyn Progress,
    ) -> Result<State, Error> {
        let rules = AggregatorOptions {
            snapshots: &self.snapshots,
            zones: options.days.zones(),
            selection: &options.selection,
            week_start: options.days.week_start,
            sku_days: options.rates.is_some(),
            estimate_pending: options.tables.estimate_pending,
            order_profiles: options.tables.order_profiles,
        };
        let files: Vec<FileId> = self.reports().map(|(file, ..)| file).collect();
        let mut state: State = self.scan(
            &files,
            Depth::Counted,
            options,
            progress,
            || Aggregator::new(rules),
            Aggregator::into_state,
        )?;
        for (&(file, _), source) in &self.superseded {
            let sources = &mut state.data_quality.sources;
            sources.entry(file).or_default().merge(source.clone());
        }
        for (file, input, report) in self.reports() {
            input.unchanged()?;
            let source = state.data_quality.sources.entry(file).or_default();
            if let Some(place) = source.other_header {
                let line = source.line_number(place, report.header_lines);
                return Err(input.refused(pasted(line)));
            }
        }
        Ok(state)
    }
}

/// Reads some lines as closely as is asked for; gives their number.
fn read_as(
    scan: Scan<'_>,
    text: Text<'_>,
    depth: Depth<'_>,
    carried: &mut Carried,
    absorb: &mut impl LineSink,
) -> u64 {
    match depth {
        Depth::Stamps => scan.stamps(text, carried, absorb),
        Depth::New(known) => scan.new_lines(text, carried, known, absorb),
        Depth::Full | Depth::Counted => scan.lines(text, carried, absorb),
    }
}

/// Chunks that are read at a time where their order matters: enough for all threads, few enough for memory to stay flat.
const WINDOW: usize = 16;

/// Whether a file is one of converted lines.
fn is_converted(input: &Input) -> bool {
    matches!(input.compression, Compression::Lines(_))
}

/// Whether a file's lines come as a stream: it cannot be read from any place. Quoted files are read by themselves.
fn streams(input: &Input, report: &Report) -> bool {
    report.dialect == Dialect::Tabs && (!input.is_plain() || report.encoding.transcodes())
}

fn gathered<S: Merge>(parts: Vec<Result<S, Failed>>, mut failed: Vec<Failed>) -> Result<S, Error> {
    let mut whole: Option<S> = None;
    for part in parts {
        match part {
            Ok(part) => match &mut whole {
                Some(whole) => whole.merge(part),
                None => whole = Some(part),
            },
            Err(error) => failed.push(error),
        }
    }
    match failed.into_iter().min_by_key(|(place, _)| *place) {
        Some((_, error)) => Err(error),
        None => Ok(whole.unwrap_or_default()),
    }
}

/// The next piece of work, if any is left.
fn take<'c, C>(next: &AtomicUsize, chunks: &'c [C]) -> Option<&'c C> {
    chunks.get(next.fetch_add(1, Ordering::Relaxed))
}

fn damaged(error: &io::Error) -> Refusal {
    Refusal {
        found: error.to_string(),
        detail: None,
        help: "the download was cut short or changed: download it again".into(),
        foreign: false,
    }
}

/// Why a file that holds another report below its own is not read.
pub fn pasted(line: u64) -> Refusal {
    Refusal {
        found: format!("another report starts at line {line}: its header is not that of line 1"),
        detail: None,
        help: "download the reports again as files of their own, or cut the file there".into(),
        foreign: false,
    }
}
