//! A run under way: what the inputs are, and which of their lines count.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::error::Error;
use crate::field::OrderIds;
use crate::input::{Compression, Input};
use crate::line::FileId;
use crate::options::Options;
use crate::ownership::{BacklogFile, Role, Settlement, SnapshotIndex, SnapshotScan};
use crate::partitioned::PARTITIONS;
use crate::report::known_lines::KnownLines;
use crate::report::{Kind, Refusal, Report};
use crate::state::State;
use crate::state::superseded::{ChunkSources, ChunkStart};
use crate::topic::context::InputFile;
use crate::topic::data_quality::state::source::Source;

use super::Progress;
use super::expected_overlap::ExpectedOverlap;
use super::recognise::{Found, examine, file_id, recognise};

/// How closely a scan looks at the lines of all-orders files.
#[derive(Debug, Clone, Copy)]
pub(super) enum Depth<'k> {
    /// Every line is read in full: unreadable ones are no part of a snapshot.
    Full,
    /// The same, but lines that are known are not read again.
    New(&'k KnownLines),
    /// Only orders and stamps: right unless an unreadable line turns up in what overlaps.
    Stamps,
    /// Every line in full, but for chunks whose lines are all superseded, which are not read again.
    Counted,
}

/// What a first pass is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FirstPass {
    /// It is right.
    Final,
    /// It is right unless a line that cannot be read turns up in what overlaps, and costs less.
    Provisional,
}

/// The greatest `last-updated-date` of each file, in seconds since 1970.
pub(super) type Stamps = Vec<(FileId, Option<i64>)>;

/// A run that is under way: its inputs are recognised, and it is known which lines count.
#[derive(Debug)]
pub struct Plan<'i> {
    inputs: &'i [Input],
    found: Vec<Found>,
    /// The order ids met so far.
    pub ids: OrderIds,
    /// Which lines count.
    pub snapshots: SnapshotIndex,
    /// What chunks add whose lines are all superseded.
    pub(super) superseded: BTreeMap<ChunkStart, Source>,
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
        let mut plan = Self::recognised(inputs, options)?;
        plan.refuse()?;
        plan.settle(options, progress, FirstPass::Final)?;
        Ok(plan)
    }

    /// The same as [`Plan::new`], but whatever is no report is skipped, as `check` does.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn lenient(
        inputs: &'i [Input],
        options: &Options,
        progress: &dyn Progress,
    ) -> Result<Self, Error> {
        let mut plan = Self::recognised(inputs, options)?;
        plan.settle(options, progress, FirstPass::Final)?;
        Ok(plan)
    }

    /// Adds up all lines that count. If texts turn out to be in another encoding than was thought, once more.
    ///
    /// # Errors
    /// A file cannot be read, or holds another report below the first.
    pub fn aggregate(
        &mut self,
        options: &Options,
        progress: &dyn Progress,
    ) -> Result<State, Error> {
        let state = self.aggregate_as_read(options, progress)?;
        if state.has_broken_text() && self.examine_texts()? {
            return self.aggregate_as_read(options, progress);
        }
        Ok(state)
    }

    /// Looks through the files that nobody has looked through for their encoding; whether any is in another one than thought.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn examine_texts(&mut self) -> Result<bool, Error> {
        let looked: Vec<Result<bool, Error>> = self
            .inputs
            .par_iter()
            .zip(&mut self.found)
            .map(|(input, found)| match found {
                Found::Report(report) if !report.examined => {
                    let before = report.encoding;
                    examine(input, report).map(|()| report.encoding != before)
                }
                _ => Ok(false),
            })
            .collect();
        looked
            .into_iter()
            .try_fold(false, |any, changed| Ok(any | changed?))
    }

    pub(super) fn recognised(inputs: &'i [Input], options: &Options) -> Result<Self, Error> {
        let (ids, snapshots) = (OrderIds::default(), SnapshotIndex::default());
        Ok(Self {
            inputs,
            found: recognise(inputs, options)?,
            ids,
            snapshots,
            superseded: BTreeMap::new(),
        })
    }

    pub(super) fn refuse(&self) -> Result<(), Error> {
        for (input, found) in self.inputs.iter().zip(&self.found) {
            if let Found::Refused(refusal) = found
                && !(refusal.foreign && input.in_folder)
            {
                return Err(input.refused(refusal.clone()));
            }
        }
        if self.reports().next().is_none() {
            let looked_at = self
                .refused()
                .map(|(input, refusal)| (input.name.clone(), refusal.found.clone()));
            return Err(Error::NoReports {
                looked_at: looked_at.collect(),
            });
        }
        Ok(())
    }

    /// How many chunks are not read again, because newer snapshots supersede all their lines.
    pub fn chunks_read_once(&self) -> usize {
        self.superseded.len()
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

    /// A file that is read, by its report.
    pub(super) fn source(&self, file: FileId) -> Option<(FileId, &'i Input, &Report)> {
        let index = file.0 as usize;
        match self.found.get(index)? {
            Found::Report(report) => Some((file, &self.inputs[index], report)),
            _ => None,
        }
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

    pub(super) fn of_kind(&self, kind: Kind) -> Vec<FileId> {
        self.reports()
            .filter(|(.., report)| report.spec.kind == kind)
            .map(|(file, ..)| file)
            .collect()
    }

    /// Finds out which lines count; gives the stamps by which it was decided if that must be verified.
    pub(super) fn settle(
        &mut self,
        options: &Options,
        progress: &dyn Progress,
        first_pass: FirstPass,
    ) -> Result<Option<Stamps>, Error> {
        let (orders, backlogs) = (self.of_kind(Kind::AllOrders), self.of_kind(Kind::Unshipped));
        let known = KnownLines::default();
        let overlap = ExpectedOverlap::of(orders.iter().filter_map(|file| self.source(*file)))?;
        let in_full = first_pass == FirstPass::Final || overlap.asks_for_full_lines();
        let depth = match (in_full, overlap.asks_for_known_lines()) {
            (true, true) => Depth::New(&known),
            (true, false) => Depth::Full,
            (false, _) => Depth::Stamps,
        };
        let beside = |(_, _, report): &(FileId, &Input, &Report)| {
            !matches!(report.spec.kind, Kind::AllOrders | Kind::Unshipped)
        };
        let added: Vec<FileId> = self
            .reports()
            .filter(beside)
            .map(|(file, ..)| file)
            .collect();
        let mut surveyed: Vec<FileId> = Vec::new();
        if orders.len() > 1 {
            surveyed.extend(&orders);
        }
        // A single backlog too, if all-orders files could tell what became of its orders.
        if backlogs.len() > 1 || !orders.is_empty() {
            surveyed.extend(&backlogs);
        }
        // What they list is watched for in all-orders files.
        if !orders.is_empty() {
            surveyed.extend(self.of_kind(Kind::OrdersReport));
            surveyed.extend(self.of_kind(Kind::Confirmation));
        }
        let bytes = |files: &mut dyn Iterator<Item = (FileId, &Input, &Report)>| {
            files.map(|(_, input, _)| input.len).sum::<u64>()
        };
        let all = bytes(&mut self.reports());
        progress
            .start(all + bytes(&mut self.reports().filter(|(file, ..)| surveyed.contains(file))));
        let (mut snapshot_scan, sources): (SnapshotScan, ChunkSources) = self.scan(
            &surveyed,
            depth,
            options,
            progress,
            <(SnapshotScan, ChunkSources)>::default,
            |scanned| scanned,
        )?;
        drop(known);
        snapshot_scan.number();
        let stamps = orders.iter().filter(|file| surveyed.contains(file));
        let stamps = stamps.map(|file| (*file, snapshot_scan.newest_update(*file)));
        let stamps = (!in_full).then(|| stamps.collect());
        let account = |file: FileId| self.inputs[file.0 as usize].account.clone();
        let backlogs: Vec<_> = backlogs
            .into_iter()
            .map(|file| BacklogFile {
                file,
                account: account(file),
            })
            .collect();
        let conflicts = (0..PARTITIONS)
            .into_par_iter()
            .map_init(|| Settlement::new(&snapshot_scan, &orders), Settlement::of)
            .collect();
        self.snapshots = SnapshotIndex::new(&snapshot_scan, conflicts, &backlogs, &added);
        self.superseded = sources.of(self.snapshots.superseded_chunks());
        Ok(stamps)
    }

    /// What tables need to know of the inputs.
    pub fn input_files(&self) -> Vec<InputFile> {
        let context = |(index, (input, found)): (usize, (&Input, &Found))| {
            let (kind, role, report, copy_of) = match found {
                Found::Report(report) => (
                    report.spec.name.to_owned(),
                    self.snapshots.role(file_id(index)),
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
            InputFile {
                name: input.name.clone(),
                kind,
                role,
                encoding: report.map_or_else(String::new, |report| report.encoding.shown()),
                compression: input.compression.name(),
                resaved: report.is_some_and(Report::is_resaved)
                    && !matches!(input.compression, Compression::Lines(_)),
                header_lines: report.map_or(0, |report| report.header_lines),
                copy_of,
            }
        };
        self.inputs
            .iter()
            .zip(&self.found)
            .enumerate()
            .map(context)
            .collect()
    }
}
