//! The inputs of a command: which files, and how to read them.

mod claims;
mod holidays;
pub(crate) mod rates;
pub(crate) mod reading;

use std::path::PathBuf;

use chrono_tz::Tz;
use clap::Args as Group;
use ordersift::field::{Calendar, Day, Filter, Moment, Selection, WeekStart};
use ordersift::options::{
    DayOptions, MaxRejects, Options, ReadingOptions, ShippingOptions, TableOptions,
};
use ordersift::report::encoding::Charset;

use super::Failure;
use super::enums::{AsOf, Ships, StartDay};
use super::parsers::{account, as_of, day, encoding, threads, upload, zone};

/// Which files, and how to read them.
#[derive(Debug, Group)]
pub(crate) struct Inputs {
    /// Files, folders, patterns, or - for standard input
    #[arg(required_unless_present = "account", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// The files of one seller account; repeat it for each account
    #[arg(long, value_name = "NAME=PATH", value_parser = account)]
    pub(crate) account: Vec<(String, PathBuf)>,

    /// The moment at which lateness is judged, or `now` [default: the newest moment in the files]
    #[arg(long, value_name = "T", value_parser = as_of)]
    pub(crate) as_of: Option<AsOf>,

    /// One time zone for all days, for example Europe/Berlin or UTC [default: each marketplace's own]
    #[arg(long, env = "ORDERSIFT_TIME_ZONE", hide_env = true, value_name = "ZONE", value_parser = zone)]
    pub(crate) time_zone: Option<Tz>,

    /// The first day of purchase to count, for example 2026-07-01
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) from: Option<Day>,

    /// The last day of purchase to count
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) to: Option<Day>,

    /// Only these sales channels, for example Amazon.de
    #[arg(long, value_name = "CHANNEL,...", value_delimiter = ',')]
    pub(crate) channel: Vec<String>,

    /// Only orders that Amazon ships (fba) or that the seller ships (merchant)
    #[arg(long, value_name = "WHO")]
    pub(crate) fulfillment: Option<Ships>,

    /// Only these SKUs. A trailing * matches any suffix
    #[arg(long, value_name = "SKU,...", value_delimiter = ',')]
    pub(crate) sku: Vec<String>,

    /// Only orders to these countries, for example DE
    #[arg(long, value_name = "COUNTRY,...", value_delimiter = ',')]
    pub(crate) country: Vec<String>,

    /// The day weeks start on
    #[arg(
        long,
        env = "ORDERSIFT_WEEK_START",
        hide_env = true,
        value_name = "DAY",
        default_value = "monday"
    )]
    pub(crate) week_start: StartDay,

    /// A file of holidays, one date on each line. They are not business days
    #[arg(long, env = "ORDERSIFT_HOLIDAYS", hide_env = true, value_name = "FILE")]
    pub(crate) holidays: Option<PathBuf>,

    /// A file of A-to-z claims. Each line has an order number, the day of the claim and, if it was granted, that day
    #[arg(long, env = "ORDERSIFT_CLAIMS", hide_env = true, value_name = "FILE")]
    pub(crate) claims: Option<PathBuf>,

    /// The moment at which a ship-confirmation file among the inputs was uploaded; repeat it for each file
    #[arg(long, value_name = "[FILE=]T", value_parser = upload)]
    pub(crate) confirmed_at: Vec<(Option<String>, Moment)>,

    /// Unreadable lines that are allowed before the run fails, as a number or a percentage
    #[arg(
        long,
        env = "ORDERSIFT_MAX_REJECTS",
        hide_env = true,
        value_name = "N|P%",
        default_value = "1%"
    )]
    pub(crate) max_rejects: MaxRejects,

    /// Exit with code 1 if any line was unreadable
    #[arg(long, env = "ORDERSIFT_STRICT", hide_env = true)]
    pub(crate) strict: bool,

    /// The encoding of files without a byte-order mark, for example cp932 or windows-1252 [default: recognized by the bytes of each file]
    #[arg(long, env = "ORDERSIFT_ENCODING", hide_env = true, value_name = "NAME", value_parser = encoding)]
    pub(crate) encoding: Option<Charset>,

    /// Read settings from this file [default: an ordersift.toml beside the inputs]
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub(crate) config: Option<PathBuf>,

    /// Read no settings file
    #[arg(long)]
    pub(crate) no_config: bool,

    /// Print the settings in force, and where each comes from, and do nothing else
    #[arg(long)]
    pub(crate) print_config: bool,

    /// The number of threads [default: one for each processor]
    #[arg(long, env = "ORDERSIFT_THREADS", hide_env = true, value_name = "N", value_parser = threads)]
    pub(crate) threads: Option<u16>,
}

impl Inputs {
    /// What is meant.
    pub(crate) fn options(&self) -> Result<Options, Failure> {
        Ok(Options {
            as_of: self.as_of.map(AsOf::moment),
            days: DayOptions {
                time_zone: self.time_zone,
                week_start: if self.week_start == StartDay::Sunday {
                    WeekStart::Sunday
                } else {
                    WeekStart::Monday
                },
                calendar: match &self.holidays {
                    Some(file) => holidays::read(file)?,
                    None => Calendar::default(),
                },
            },
            selection: Selection {
                filter: Filter {
                    channels: self.channel.clone(),
                    fulfillments: self.fulfillment.map(Ships::meant).into_iter().collect(),
                    skus: self.sku.clone(),
                    countries: self.country.clone(),
                },
                from: self.from,
                to: self.to,
            },
            rates: None,
            tables: TableOptions {
                order_profiles: false,
                ..TableOptions::default()
            },
            shipping: ShippingOptions {
                confirmed_at: self.confirmed_at.clone(),
                claims: match &self.claims {
                    Some(file) => claims::read(file)?,
                    None => Vec::new(),
                },
                tracking: None,
            },
            max_rejects: self.max_rejects,
            reading: ReadingOptions {
                encoding: self.encoding,
                ..ReadingOptions::default()
            },
        })
    }
}
