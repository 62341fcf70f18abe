//! The options of a run that change its numbers.

use std::path::PathBuf;

use chrono_tz::Tz;

use crate::field::{Calendar, Day, Filter, Moment, Rates, Selection, WeekStart, Zones};
use crate::report::encoding::{self, Charset};

/// What changes the numbers of a run, checked and complete.
///
/// ```
/// use ordersift::field::{Day, Selection};
/// use ordersift::options::Options;
/// let selection = Selection { from: Day::read(b"2026-07-01"), ..Selection::default() };
/// let options = Options { selection, ..Options::default() };
/// assert_eq!(options.shown(), [("from", "2026-07-01".to_owned())]);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The moment that lateness is judged at, and where it is from; `None` takes the newest moment that the files prove.
    pub as_of: Option<(Moment, String)>,
    /// How days are told.
    pub days: DayOptions,
    /// Which lines are asked for.
    pub selection: Selection,
    /// The rates by which sales are converted to one currency, beside their own; `None` not to.
    pub rates: Option<Rates>,
    /// The tables that are asked for.
    pub tables: TableOptions,
    /// What the seller says of shipping.
    pub shipping: ShippingOptions,
    /// How many lines may be unreadable before the run fails.
    pub max_rejects: MaxRejects,
    /// How files are read.
    pub reading: ReadingOptions,
}

/// How days are told.
#[derive(Debug, Clone, Default)]
pub struct DayOptions {
    /// One zone for every line, or `None` for each marketplace's own.
    pub time_zone: Option<Tz>,
    /// Where weeks start.
    pub week_start: WeekStart,
    /// Which days are business days, of which Amazon counts seven after a promise.
    pub calendar: Calendar,
}

impl DayOptions {
    /// The zones of lines.
    pub fn zones(&self) -> Zones {
        Zones {
            forced: self.time_zone,
        }
    }
}

/// The tables and columns that are filled only if they are asked for.
#[derive(Debug, Clone, Copy)]
pub struct TableOptions {
    /// Whether the tables of whole orders ([`ORDER_PROFILE_TABLES`](crate::topic::ORDER_PROFILE_TABLES)) are asked for. Otherwise they
    /// are empty and the run is faster (docs/performance.md).
    pub order_profiles: bool,
    /// Whether to estimate what units without a price are worth. Changes no sales.
    pub estimate_pending: bool,
    /// Whether to read whom and where parcels go to: buyers' fields, which nothing else reads.
    pub addresses: bool,
}

impl Default for TableOptions {
    fn default() -> Self {
        Self {
            order_profiles: true,
            estimate_pending: false,
            addresses: false,
        }
    }
}

/// What the seller says of shipping, which is in no report.
#[derive(Debug, Clone, Default)]
pub struct ShippingOptions {
    /// When ship-confirmation files were uploaded, by name of the file; without a name, all others.
    pub confirmed_at: Vec<(Option<String>, Moment)>,
    /// When A-to-z claims were made and granted.
    pub claims: Vec<Claim>,
    /// The list of parcels to confirm.
    pub tracking: Option<Tracking>,
}

/// How files are read. Changes no number.
#[derive(Debug, Clone, Copy)]
pub struct ReadingOptions {
    /// The encoding of files without a byte-order mark, or `None` to decide by their bytes.
    pub encoding: Option<Charset>,
    /// The size of the pieces that files are read in, in bytes.
    pub chunk: u64,
}

impl Default for ReadingOptions {
    fn default() -> Self {
        Self {
            encoding: None,
            chunk: crate::chunk::CHUNK,
        }
    }
}

impl Options {
    /// The options that changed numbers, as the document names them.
    pub fn shown(&self) -> Vec<(&'static str, String)> {
        let mut shown = Vec::new();
        let mut show = |name, value: Option<String>| shown.extend(value.map(|value| (name, value)));
        show(
            "time_zone",
            self.days.time_zone.map(|zone| zone.name().to_owned()),
        );
        show(
            "week_start",
            (self.days.week_start == WeekStart::Sunday).then(|| "sunday".to_owned()),
        );
        show("from", self.selection.from.map(|day| day.to_string()));
        show("to", self.selection.to.map(|day| day.to_string()));
        let Filter {
            channels,
            fulfillments,
            skus,
            countries,
        } = &self.selection.filter;
        let ships: Vec<String> = fulfillments
            .iter()
            .map(|who| who.name().to_owned())
            .collect();
        for (name, wanted) in [
            ("channel", channels),
            ("fulfillment", &ships),
            ("sku", skus),
            ("country", countries),
        ] {
            show(name, (!wanted.is_empty()).then(|| wanted.join(" ")));
        }
        show(
            "estimate_pending",
            self.tables.estimate_pending.then(|| true.to_string()),
        );
        let holidays: Vec<String> = self
            .days
            .calendar
            .holidays()
            .map(|day| day.to_string())
            .collect();
        show(
            "holidays",
            (!holidays.is_empty()).then(|| holidays.join(" ")),
        );
        let uploads = self
            .shipping
            .confirmed_at
            .iter()
            .map(|(file, moment)| match file {
                Some(file) => format!("{file}={moment}"),
                None => moment.to_string(),
            });
        let uploads: Vec<String> = uploads.collect();
        show(
            "confirmed_at",
            (!uploads.is_empty()).then(|| uploads.join(" ")),
        );
        show(
            "claims",
            (!self.shipping.claims.is_empty()).then(|| self.shipping.claims.len().to_string()),
        );
        show(
            "fx",
            self.rates
                .as_ref()
                .map(|rates| format!("{} {}", rates.target.as_str(), rates.name)),
        );
        show("encoding", self.reading.encoding.map(encoding::name));
        shown
    }
}

/// An A-to-z claim on an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The order's id.
    pub order: String,
    /// When it was made.
    pub claimed: Day,
    /// When it was granted; `None` if it was not.
    pub granted: Option<Day>,
}

/// A list of parcels, and what holds where it says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tracking {
    /// The input that is the list, whatever else it might be.
    pub file: PathBuf,
    /// The day of shipment; `None` is the local day of the report.
    pub ship_date: Option<Day>,
    /// The carrier.
    pub carrier: Option<String>,
}

/// How many lines may be unreadable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MaxRejects {
    /// This many.
    Lines(u64),
    /// This part of all lines, in millionths.
    Share(u64),
}

impl Default for MaxRejects {
    /// One in a hundred.
    fn default() -> Self {
        Self::Share(10_000)
    }
}

impl MaxRejects {
    /// Whether so many rejects of so many lines are too many.
    pub fn exceeded(self, rejected: u64, lines_read: u64) -> bool {
        match self {
            Self::Lines(most) => rejected > most,
            Self::Share(millionths) => {
                u128::from(rejected) * 1_000_000 > u128::from(lines_read) * u128::from(millionths)
            }
        }
    }
}

impl std::str::FromStr for MaxRejects {
    type Err = String;

    /// Reads `50` (lines) or `0.5%`.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("`{text}` is neither a number of lines (50) nor a percentage (0.5%)");
        let Some(percent) = text.strip_suffix('%') else {
            return text.parse().map(Self::Lines).map_err(|_| wrong());
        };
        let (whole, decimals) = percent
            .trim()
            .split_once('.')
            .unwrap_or((percent.trim(), ""));
        if decimals.len() > 4 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(wrong());
        }
        let whole: u64 = whole.parse().map_err(|_| wrong())?;
        let decimals: u64 = format!("{decimals:0<4}").parse().map_err(|_| wrong())?;
        if whole > 100 {
            Err(wrong())
        } else {
            Ok(Self::Share(whole * 10_000 + decimals))
        }
    }
}

impl std::fmt::Display for MaxRejects {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Lines(lines) => write!(f, "{lines}"),
            Self::Share(millionths) => {
                let decimals = format!("{:04}", millionths % 10_000);
                let decimals = decimals.trim_end_matches('0');
                let point = if decimals.is_empty() { "" } else { "." };
                write!(f, "{}{point}{decimals} %", millionths / 10_000)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_lines_and_percentages_and_writes_them_back() {
        assert_eq!("50".parse(), Ok(MaxRejects::Lines(50)));
        assert_eq!("0.5%".parse(), Ok(MaxRejects::Share(5_000)));
        assert_eq!("1%".parse::<MaxRejects>().unwrap().to_string(), "1 %");
        assert_eq!(MaxRejects::Share(5_000).to_string(), "0.5 %");
        for bad in ["", "%", "x", "-1", "101%", "1.23456%", "1.x%"] {
            assert!(bad.parse::<MaxRejects>().is_err(), "{bad}");
        }
    }

    #[test]
    fn one_in_a_hundred_is_allowed_and_no_more() {
        assert!(!MaxRejects::default().exceeded(1, 100));
        assert!(MaxRejects::default().exceeded(2, 100));
        assert!(!MaxRejects::default().exceeded(0, 0));
    }
}
