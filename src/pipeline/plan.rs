//! A run under way: what the inputs are, and which of their lines count.

use rayon::prelude::*;

use crate::error::Error;
use crate::field::OrderIds;
use crate::input::{Compression, Input};
use crate::line::FileId;
use crate::options::Options;
use crate::ownership::{BacklogFile, PARTITIONS, Role, SnapshotIndex, SnapshotScan};
use crate::report::{Kind, Refusal, Report};
use crate::state::State;
use crate::topic::context::InputFile;

use super::Progress;
use super::recognise::{Found, examine, file_id, recognise};

/// How closely a scan looks at the lines of all-orders files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// Every line is read in full: unreadable ones are no part of a snapshot.
    Full,
    /// Only orders and stamps: right unless an unreadable line turns up in what overlaps.
    Stamps,
}

/// A run that is under way: its inputs are recognised, and it is known which lines count.
#[derive(Debug)]
pub struct Plan<'i> {
    inputs: &'i [Input],
    found: Vec<Found>,
    /// The order ids met so far.
    pub ids: OrderIds,
    /// Which lines count.
    pub snapshots: SnapshotIndex,
    /// The greatest `last-updated-date` of every all-orders file of a scan of stamps.
    stamps: Vec<(FileId, Option<i64>)>,
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
        Self::settled(inputs, options, progress, Depth::Full)
    }

    /// The same at less cost, and provisional: only [`aggregate_surely`](Self::aggregate_surely) makes it sure.
    ///
    /// # Errors
    /// As [`Plan::new`].
    pub fn provisional(
        inputs: &'i [Input],
        options: &Options,
        progress: &dyn Progress,
    ) -> Result<Self, Error> {
        Self::settled(inputs, options, progress, Depth::Stamps)
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
        plan.settle(options, progress, Depth::Full)?;
        Ok(plan)
    }

    /// Whether a provisional plan was right: no unreadable line is of an order that several files hold, and the newest
    /// stamp of every file is that of a readable line. Only these decide who owns an order.
    fn holds(&self, state: &State) -> bool {
        let newest = |file: &FileId| {
            state
                .data_quality
                .sources
                .get(file)
                .and_then(|source| source.newest_update)
        };
        let same =
            |(file, stamp): &(FileId, Option<i64>)| newest(file).map(|moment| moment.utc) == *stamp;
        !state.data_quality.conflicting_rejects && self.stamps.iter().all(same)
    }

    /// Folds all files, and whatever the state then shows to have been guessed wrongly: anew, with what is known now.
    ///
    /// # Errors
    /// As [`Plan::fold`].
    pub fn aggregate_surely(
        &mut self,
        options: &Options,
        progress: &dyn Progress,
    ) -> Result<State, Error> {
        let mut state = self.aggregate(options, progress)?;
        if !self.holds(&state) {
            self.settle(options, progress, Depth::Full)?;
            state = self.aggregate(options, progress)?;
        }
        if state.has_broken_text() && self.examine_texts()? {
            state = self.aggregate(options, progress)?;
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

    fn settled(
        inputs: &'i [Input],
        options: &Options,
        progress: &dyn Progress,
        depth: Depth,
    ) -> Result<Self, Error> {
        let mut plan = Self::recognised(inputs, options)?;
        plan.refuse()?;
        plan.settle(options, progress, depth)?;
        Ok(plan)
    }

    fn recognised(inputs: &'i [Input], options: &Options) -> Result<Self, Error> {
        let (ids, snapshots) = (OrderIds::default(), SnapshotIndex::default());
        Ok(Self {
            inputs,
            found: recognise(inputs, options)?,
            ids,
            snapshots,
            stamps: Vec::new(),
        })
    }

    fn refuse(&self) -> Result<(), Error> {
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

    fn settle(
        &mut self,
        options: &Options,
        progress: &dyn Progress,
        depth: Depth,
    ) -> Result<(), Error> {
        let (orders, backlogs) = (self.of_kind(Kind::AllOrders), self.of_kind(Kind::Unshipped));
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
        let mut snapshot_scan: SnapshotScan = self.scan(
            &surveyed,
            depth,
            options,
            progress,
            SnapshotScan::default,
            |snapshot_scan| snapshot_scan,
        )?;
        snapshot_scan.number();
        let stamped = surveyed
            .iter()
            .filter(|file| depth == Depth::Stamps && orders.contains(file));
        self.stamps = stamped
            .map(|file| (*file, snapshot_scan.newest_update(*file)))
            .collect();
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
            .map(|partition| snapshot_scan.conflicts(partition, &orders))
            .collect();
        self.snapshots = SnapshotIndex::new(&snapshot_scan, conflicts, &backlogs, &added);
        Ok(())
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
