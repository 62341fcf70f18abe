//! The report context: all that a table may read, and the steps that many tables share.

mod input_file;
mod sales_frame;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use polars::prelude::*;

use crate::field::{
    Calendar, Currency, Day, Fulfillment, Moment, OrderIds, Rates, StatusGroup, WeekStart, Zones,
};
use crate::state::finished::FinishedState;

use crate::table::CONVERTED;
use crate::table::sums::{blank, integers, sum};
use crate::topic::context::sales_frame::{currencies, in_order, sales_frame};
use crate::topic::data_quality::day_coverage::DayCoverage;
use crate::topic::demand::converted::{UNCONVERTED, of_sums};
use crate::topic::shipping::confirmation_status::Parcels;
use crate::topic::shipping::judged_order::Judged;
use crate::topic::shipping::promise::Open;

pub use input_file::InputFile;
use input_file::file_name;

/// What tables are rolled up from.
#[derive(Debug)]
pub struct ReportContext<'c> {
    /// The state.
    pub state: &'c FinishedState,
    /// The inputs.
    pub inputs: &'c [InputFile],
    /// The order ids of the run.
    pub ids: &'c OrderIds,
    /// The moment that lateness is judged at; `None` if no file proves one.
    pub as_of: Option<Moment>,
    /// Which zones the days are in.
    pub zones: Zones,
    /// The zone of most orders, for what names no place.
    pub zone: chrono_tz::Tz,
    /// Where weeks start.
    pub week_start: WeekStart,
    /// Which days are business days.
    pub calendar: Calendar,
    /// When ship-confirmation files were uploaded, by name of the file; without a name, all others.
    pub confirmed_at: Vec<(Option<String>, Moment)>,
    /// When A-to-z claims were made and granted, by order.
    pub claims: BTreeMap<String, (Day, Option<Day>)>,
    /// The day of shipment and the carrier of parcels that Amazon was not told of yet, where their list says nothing.
    pub unsubmitted: (Option<Day>, Option<String>),
    /// Orders whose newest snapshots tie but differ in lines.
    pub uneven_ties: u64,
    /// First and last local purchase day of the kept lines.
    pub coverage: Option<(Day, Day)>,
    /// What the files show of every day; several tables ask.
    days: OnceLock<DayCoverage>,
    /// What is proven of merchant orders; several tables ask.
    pub(crate) judged: OnceLock<Vec<Judged>>,
    /// What ship-confirmation files say; several tables ask.
    pub(crate) parcels: OnceLock<Parcels<'c>>,
    /// The open lines in working order; several tables ask.
    pub(crate) open: OnceLock<Vec<Open<'c>>>,
    /// By which rates sales are converted, if they are.
    pub rates: Option<&'c Rates>,
    /// The sales cube, its texts as numbers that sort as they do.
    sales: DataFrame,
    statuses: Vec<Option<String>>,
    channels: Vec<Option<String>>,
    currencies: Vec<Option<String>>,
}

/// Names of the measures of the sales frame.
const MEASURES: [&str; 9] = [
    "orders_placed",
    "orders",
    "cancelled_orders",
    "priced_orders",
    "lines",
    "quantity",
    "units",
    "unpriced_units",
    "priced_units",
];
const AMOUNTS: [&str; 6] = [
    "sales",
    "amount",
    "tax",
    "shipping",
    "gift_wrap",
    "discounts",
];

impl<'c> ReportContext<'c> {
    /// The facts of a run.
    ///
    /// # Errors
    /// What polars refuses: a defect of the program.
    pub fn new(
        state: &'c FinishedState,
        inputs: &'c [InputFile],
        ids: &'c OrderIds,
        as_of: Option<Moment>,
        zones: Zones,
        week_start: WeekStart,
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
        let coverage = with_lines().min().zip(with_lines().max());
        let currencies = currencies(state);
        let sales = sales_frame(state, &currencies, rates)?;
        let shown: Vec<_> = currencies
            .iter()
            .map(|currency| currency.map(|known| known.as_str().to_owned()))
            .collect();
        let (statuses, channels) = (
            in_order(&state.labels.statuses),
            in_order(&state.labels.channels),
        );
        Ok(Self {
            state,
            inputs,
            ids,
            as_of,
            zones,
            zone: zones.forced.unwrap_or(chrono_tz::Tz::UTC),
            week_start,
            calendar: Calendar::default(),
            confirmed_at: Vec::new(),
            claims: BTreeMap::new(),
            unsubmitted: (None, None),
            uneven_ties: 0,
            rates,
            coverage,
            days: OnceLock::new(),
            judged: OnceLock::new(),
            parcels: OnceLock::new(),
            open: OnceLock::new(),
            sales,
            statuses,
            channels,
            currencies: shown,
        })
    }

    /// The sales cube with days cut to the start of their period, summed by the keys and sorted by them.
    pub(crate) fn by_period(
        &self,
        keys: &[&str],
        start: impl Fn(Day) -> Day,
    ) -> PolarsResult<DataFrame> {
        let mut frame = self.sales.clone();
        let starts: Int32Chunked = frame
            .column("day")?
            .i32()?
            .apply_values(|day| start(Day(day)).0);
        frame.with_column(starts.with_name("day".into()).into_column())?;
        self.sum_by(&frame, keys)
    }

    /// The sales cube summed by the keys and sorted by them.
    pub(crate) fn by(&self, keys: &[&str]) -> PolarsResult<DataFrame> {
        self.sum_by(&self.sales, keys)
    }

    /// Turns the numbers of the key columns back into texts.
    pub(crate) fn decode(&self, mut frame: DataFrame) -> PolarsResult<DataFrame> {
        let fulfillments: Vec<_> = Fulfillment::ALL
            .into_iter()
            .map(|who| Some(who.name().to_owned()))
            .collect();
        let groups: Vec<_> = StatusGroup::ALL
            .into_iter()
            .map(|group| Some(group.name().to_owned()))
            .collect();
        let texts: [(&str, &[Option<String>]); 5] = [
            ("fulfillment", &fulfillments),
            ("status_group", &groups),
            ("status", &self.statuses),
            ("sales_channel", &self.channels),
            ("currency", &self.currencies),
        ];
        for (name, texts) in texts {
            let Ok(codes) = frame.column(name).and_then(|column| column.u32()) else {
                continue;
            };
            let decoded: StringChunked = codes
                .iter()
                .map(|code| {
                    code.and_then(|code| texts.get(code as usize))
                        .and_then(|text| text.as_deref())
                })
                .collect();
            frame.with_column(decoded.with_name(name.into()).into_column())?;
        }
        Ok(frame)
    }

    /// A currency's number in the key columns; 0 is none.
    pub(crate) fn currency_code(&self, currency: Option<Currency>) -> u32 {
        let wanted = currency.as_ref().map(Currency::as_str);
        let place = self
            .currencies
            .iter()
            .position(|known| known.as_deref() == wanted);
        place
            .and_then(|place| u32::try_from(place).ok())
            .unwrap_or(0)
    }

    /// A text of another report, fit to be shown.
    pub(crate) fn text(&self, id: crate::field::LabelId) -> String {
        crate::field::label::shown(self.state.supplementary.texts.get(id))
    }

    /// What the files show of every day.
    pub(crate) fn days(&self) -> &DayCoverage {
        self.days
            .get_or_init(|| DayCoverage::of(self.state, self.inputs, self.zone, self.coverage))
    }

    /// What ship-confirmation files say.
    pub(crate) fn parcels(&self) -> &Parcels<'c> {
        self.parcels.get_or_init(|| {
            let name = |file| file_name(self.inputs, file);
            Parcels::of(self.state, self.as_of, &self.confirmed_at, name)
        })
    }

    /// The local day of the moment that all is judged at.
    pub(crate) fn today(&self, zone: chrono_tz::Tz) -> Option<Day> {
        self.as_of
            .map(|moment| moment.day(crate::field::zone::offset(zone, moment)))
    }

    /// The greatest date in a file that says when it was made.
    pub(crate) fn moment_of(&self, file: crate::line::FileId) -> Option<Moment> {
        self.state.data_quality.newest_moment(file)
    }

    /// The line number of a place.
    pub(crate) fn line_number(&self, place: crate::line::Place) -> u64 {
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
    pub(crate) fn file_name(&self, file: crate::line::FileId) -> &str {
        file_name(self.inputs, file)
    }

    /// The frame summed by the keys and sorted by them. Money without a currency is not a number.
    fn sum_by(&self, frame: &DataFrame, keys: &[&str]) -> PolarsResult<DataFrame> {
        let converted = self.rates.map(|_| [CONVERTED[0].name, UNCONVERTED]);
        let measures: Vec<&str> = MEASURES
            .into_iter()
            .chain(AMOUNTS)
            .chain(converted.into_iter().flatten())
            .collect();
        let mut sums = sum(frame, keys, &measures)?;
        if keys.contains(&"currency") {
            let known = sums.column("currency")?.u32()?.not_equal(0);
            for amount in AMOUNTS {
                let masked = blank(sums.column(amount)?, &known)?;
                sums.with_column(masked)?;
            }
            if let Some(rates) = self.rates {
                let whole = sums.column(UNCONVERTED)?.i64()?.equal(0) & known;
                let masked = blank(sums.column(CONVERTED[0].name)?, &whole)?;
                for column in of_sums(integers(&masked)?, rates)? {
                    sums.with_column(column)?;
                }
            }
        }
        sums.sort(keys, SortMultipleOptions::default())
    }
}
