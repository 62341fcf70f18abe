//! The report context: all that a table may read, and the steps that many tables share.

mod input_file;
mod sales_frame;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono_tz::Tz;
use polars::prelude::PolarsResult;

use crate::field::{
    Calendar, Day, LabelId, Moment, OrderIds, Rates, WeekStart, Zones, label, zone,
};
use crate::line::{FileId, Place};
use crate::state::finished::FinishedState;

use crate::topic::data_quality::day_coverage::DayCoverage;
use crate::topic::shipping::confirmation_status::ConfirmedOrders;
use crate::topic::shipping::judged_order::Judged;
use crate::topic::shipping::promise::Open;

pub use input_file::InputFile;
use input_file::file_name;
pub(crate) use sales_frame::SalesFrame;

/// What tables are rolled up from.
#[derive(Debug)]
pub struct ReportContext<'c> {
    /// The state.
    pub state: &'c FinishedState,
    /// The inputs.
    pub inputs: &'c [InputFile],
    /// The order ids of the run.
    pub ids: &'c OrderIds,
    /// Orders whose newest snapshots tie but differ in lines.
    pub uneven_ties: u64,
    /// The moment of the report, and how days are told.
    pub time: ReportTime<'c>,
    /// What the seller says of shipping.
    pub statements: Statements<'c>,
    /// By which rates sales are converted, if they are.
    pub rates: Option<&'c Rates>,
    /// First and last local purchase day of the kept lines.
    pub coverage: Option<(Day, Day)>,
    /// The sales cube.
    pub(crate) sales: SalesFrame<'c>,
    shared: Shared<'c>,
}

/// The moment of a report, and how days are told.
#[derive(Debug, Clone, Copy)]
pub struct ReportTime<'c> {
    /// The moment that lateness is judged at; `None` if no file proves one.
    pub as_of: Option<Moment>,
    /// Which zones the days are in.
    pub zones: Zones,
    /// The zone of most orders, for what names no place.
    pub zone: Tz,
    /// Where weeks start.
    pub week_start: WeekStart,
    /// Which days are business days.
    pub calendar: &'c Calendar,
}

impl ReportTime<'_> {
    /// The local day of the moment that all is judged at.
    pub(crate) fn today(&self, zone: Tz) -> Option<Day> {
        self.as_of
            .map(|moment| moment.day(zone::offset(zone, moment)))
    }
}

/// What the seller says of shipping, which is in no report.
#[derive(Debug, Default)]
pub struct Statements<'c> {
    /// When ship-confirmation files were uploaded, by name of the file; without a name, all others.
    pub confirmed_at: &'c [(Option<String>, Moment)],
    /// When A-to-z claims were made and granted, by order.
    pub claims: BTreeMap<&'c str, (Day, Option<Day>)>,
    /// The day of shipment of parcels that Amazon was not told of yet, where their list says nothing.
    pub ship_date: Option<Day>,
    /// The carrier of these parcels, where their list says nothing.
    pub carrier: Option<&'c str>,
}

/// What several tables ask, worked out once.
#[derive(Debug, Default)]
struct Shared<'c> {
    days: OnceLock<DayCoverage>,
    judged: OnceLock<Vec<Judged>>,
    confirmed: OnceLock<ConfirmedOrders<'c>>,
    open: OnceLock<Vec<Open<'c>>>,
}

impl<'c> ReportContext<'c> {
    /// The context of a run.
    ///
    /// # Errors
    /// What polars refuses: a defect of the program.
    pub fn new(
        state: &'c FinishedState,
        inputs: &'c [InputFile],
        ids: &'c OrderIds,
        uneven_ties: u64,
        time: ReportTime<'c>,
        statements: Statements<'c>,
        rates: Option<&'c Rates>,
    ) -> PolarsResult<Self> {
        let with_lines = || {
            state
                .demand
                .sales
                .iter()
                .filter(|(_, cell)| cell.lines > 0)
                .map(|(key, _)| key.day)
        };
        Ok(Self {
            state,
            inputs,
            ids,
            uneven_ties,
            time,
            statements,
            rates,
            coverage: with_lines().min().zip(with_lines().max()),
            sales: SalesFrame::of(state, rates)?,
            shared: Shared::default(),
        })
    }

    /// A text of another report, fit to be shown.
    pub(crate) fn text(&self, id: LabelId) -> String {
        label::shown(self.state.supplementary.texts.get(id))
    }

    /// What the files show of every day.
    pub(crate) fn days(&self) -> &DayCoverage {
        let days = || DayCoverage::of(self.state, self.inputs, self.time.zone, self.coverage);
        self.shared.days.get_or_init(days)
    }

    /// What is proven of merchant orders.
    pub(crate) fn judged(&self, judge: impl FnOnce() -> Vec<Judged>) -> &[Judged] {
        self.shared.judged.get_or_init(judge)
    }

    /// What ship-confirmation files say.
    pub(crate) fn confirmed(&self) -> &ConfirmedOrders<'c> {
        self.shared.confirmed.get_or_init(|| {
            let name = |file| file_name(self.inputs, file);
            let confirmed_at = self.statements.confirmed_at;
            ConfirmedOrders::of(self.state, self.time.as_of, confirmed_at, name)
        })
    }

    /// The open lines in working order.
    pub(crate) fn open(&self, all: impl FnOnce() -> Vec<Open<'c>>) -> &[Open<'c>] {
        self.shared.open.get_or_init(all)
    }

    /// The greatest date in a file that says when it was made.
    pub(crate) fn moment_of(&self, file: FileId) -> Option<Moment> {
        self.state.data_quality.newest_moment(file)
    }

    /// The line number of a place.
    pub(crate) fn line_number(&self, place: Place) -> u64 {
        let header = self
            .inputs
            .get(place.file.0 as usize)
            .map_or(0, |input| input.header_lines);
        self.state
            .data_quality
            .sources
            .get(&place.file)
            .map_or(0, |source| source.line_number(place, header))
    }

    /// The name of a file.
    pub(crate) fn file_name(&self, file: FileId) -> &str {
        file_name(self.inputs, file)
    }
}
