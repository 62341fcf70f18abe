//! The kept lines of one piece of a file, column by column.

use std::collections::BTreeMap;

use crate::field::{OrderId, OrderIds, RejectReason};
use crate::line::{Fault, LineSink, OrderLine, Place, Row, SupplementaryLine, UnshippedLine};
use crate::options::Options;
use crate::ownership::{Decision, Decisions, Role, SnapshotIndex};
use crate::pipeline::{Asked, Plan};
use crate::typed::{Batch, Origin, order, unshipped};

use super::written::Written;

/// What is the same for all pieces of a file.
#[derive(Debug)]
pub(super) struct Rules<'p> {
    snapshots: &'p SnapshotIndex,
    ids: &'p OrderIds,
    options: &'p Options,
    name: &'p str,
}

impl<'p> Rules<'p> {
    pub(super) fn new(plan: &'p Plan<'_>, options: &'p Options, name: &'p str) -> Self {
        Self {
            snapshots: &plan.snapshots,
            ids: &plan.ids,
            options,
            name,
        }
    }
}

/// The kept lines of one piece of a file, and what became of the others.
#[derive(Debug)]
pub(super) struct Gathered<'p> {
    rules: &'p Rules<'p>,
    decisions: Decisions<'p>,
    asked: Asked<'p>,
    pub(super) batch: Batch,
    /// Lines of the piece, blank ones and headers included.
    pub(super) lines: u64,
    /// The line of the piece at which another report starts.
    pub(super) other_header: Option<u64>,
    read: u64,
    superseded: u64,
    outside: u64,
    reasons: BTreeMap<(Option<&'static str>, RejectReason), u64>,
}

impl<'p> Gathered<'p> {
    pub(super) fn new(rules: &'p Rules<'p>) -> Self {
        Self {
            rules,
            decisions: Decisions::new(rules.snapshots),
            asked: Asked::new(rules.options),
            batch: Batch::default(),
            lines: 0,
            other_header: None,
            read: 0,
            superseded: 0,
            outside: 0,
            reasons: BTreeMap::new(),
        }
    }

    /// Adds what was counted to the whole.
    pub(super) fn count(&mut self, written: &mut Written) {
        let rejected: u64 = self.reasons.values().sum();
        written.control.lines_read += self.read;
        written.control.superseded += self.superseded;
        written.control.rejected += rejected;
        written.control.kept += self.batch.len() as u64 + self.outside;
        written.outside += self.outside;
        written.replaced += self.batch.replaced();
        for (reason, count) in std::mem::take(&mut self.reasons) {
            *written.reasons.entry(reason).or_default() += count;
        }
    }
}

impl LineSink for Gathered<'_> {
    fn order_line(&mut self, row: Row<'_>, line: &OrderLine<'_>) {
        self.read += 1;
        if self.decisions.on(row.place, line.order_id) == Decision::Superseded {
            self.superseded += 1;
            return;
        }
        let rules = self.rules;
        let Some((day, zone)) = self.asked.order_line(line) else {
            self.outside += 1;
            return;
        };
        let origin = Origin {
            file: rules.name,
            line: row.place.line,
            ids: rules.ids,
            zone,
            day,
        };
        order(&mut self.batch, origin, line, None);
    }

    fn unshipped_line(&mut self, row: Row<'_>, line: &UnshippedLine<'_>) {
        self.read += 1;
        let rules = self.rules;
        let role = rules.snapshots.role(row.place.file);
        if !matches!(role, Role::Current | Role::OtherAccount) {
            self.superseded += 1;
            return;
        }
        let Some((day, zone)) = self.asked.unshipped_line(line) else {
            self.outside += 1;
            return;
        };
        let origin = Origin {
            file: rules.name,
            line: row.place.line,
            ids: rules.ids,
            zone,
            day,
        };
        unshipped(&mut self.batch, origin, line, None);
    }

    /// No other report is converted.
    fn supplementary_line(&mut self, _: Row<'_>, _: &SupplementaryLine<'_>) {}

    fn unreadable(&mut self, row: Row<'_>, order: Option<OrderId>, fault: Fault) {
        if let Some(order) = order {
            self.decisions.on(row.place, order);
        }
        self.reject(row, fault);
    }

    fn reject(&mut self, row: Row<'_>, fault: Fault) {
        self.read += 1;
        if fault.reason == RejectReason::OtherHeader {
            self.other_header.get_or_insert(row.place.line);
        }
        let reason = (fault.column, fault.reason);
        *self.reasons.entry(reason).or_default() += 1;
    }

    fn repeated_header(&mut self, _: Row<'_>) {}

    fn end_of_chunk(&mut self, _: Place, lines: u64) {
        self.lines += lines;
    }
}
