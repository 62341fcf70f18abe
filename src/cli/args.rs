//! What was typed.

use std::ffi::OsString;
use std::path::PathBuf;

use chrono_tz::Tz;
use clap::{Args as Group, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use ordersift::field::{Calendar, Day, Filter, Moment, Selection, WeekStart};
use ordersift::gate::Gate;
use ordersift::options::{
    DayOptions, MaxRejects, Options, ReadingOptions, ShippingOptions, TableOptions,
};
use ordersift::report::encoding::Charset;
use ordersift::sample::Download;
use ordersift::write::ShipFrom;

use super::compare::Compare;
use super::examples::{
    CHECK_EXAMPLES, COMPARE_EXAMPLES, COMPLETIONS_EXAMPLES, CONFIRM_EXAMPLES, EXAMPLES,
    MAN_EXAMPLES, REPORT_EXAMPLES, SAMPLE_EXAMPLES, SPLIT_EXAMPLES, WORKLIST_EXAMPLES,
};
use super::manual::{Completions, Man};
use super::{Failure, claims, config, holidays};
use crate::cli::enums::{AsOf, By, Market, SampleKind, Ships, StartDay};
use crate::cli::parsers::{account, as_of, day, encoding, format_names, table_names, upload, zone};

/// Reads the command line, completed from the environment and `ordersift.toml`; ends the process where clap answers by
/// itself.
pub(crate) fn read() -> Result<Args, Failure> {
    let line: Vec<OsString> = std::env::args_os().collect();
    let matches = Args::command().get_matches_from(&line);
    let settled = config::settle(line, &matches)?;
    let matches = Args::command().try_get_matches_from(&settled.line);
    let matches = matches.map_err(|error| {
        let text = error.to_string();
        match settled.blame(&text) {
            Some(from) => {
                let text = text.strip_prefix("error: ").unwrap_or(&text).trim_end();
                Failure::Told(format!("{from}: {text}"))
            }
            None => error.exit(),
        }
    })?;
    let mut args = Args::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    if config::is_to_print(&matches) {
        args.command = Command::PrintConfig(settled.print(&matches));
    }
    Ok(args)
}

/// Weekly sales and shipping figures of an Amazon seller, from order-report files
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, disable_help_subcommand = true, max_term_width = 100, after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Say nothing but results and errors
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,

    /// Name every file that was skipped
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub(crate) verbose: bool,

    /// When to use colors
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: When,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum When {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Report sales, orders to ship, and whether the data is complete
    #[command(after_help = REPORT_EXAMPLES)]
    Report(Report),
    /// What changed between two ranges of days, or between two folders or files
    #[command(after_help = COMPARE_EXAMPLES, mut_arg("paths", |paths| paths.required_unless_present("then")))]
    Compare(Compare),
    /// What must ship, line by line in working order
    #[command(after_help = WORKLIST_EXAMPLES)]
    Worklist(Worklist),
    /// Check a list of parcels against what is open, and write the file that Amazon takes
    #[command(after_help = CONFIRM_EXAMPLES)]
    Confirm(Confirm),
    /// Write FBA and merchant lines apart: original bytes, each order's newest snapshot
    #[command(after_help = SPLIT_EXAMPLES)]
    Split(Split),
    /// Write the kept lines, cleaned and typed, as one Parquet or CSV file
    Convert(super::convert::Convert),
    /// Write SQL views that give the tables of a report over a folder of `convert --each`
    Sql(super::sql::Sql),
    /// Examine files: kind, encoding, days, gaps, overlaps, unreadable lines. Writes nothing
    #[command(after_help = CHECK_EXAMPLES)]
    Check(Check),
    /// The kinds of report that are read, and the columns each needs
    Kinds,
    /// Write an invented but realistic report, the same bytes for the same seed
    #[command(after_help = SAMPLE_EXAMPLES)]
    Sample(Sample),
    /// What a table, a column or a number means, and where its rule is from
    Explain {
        /// As it stands in the report: `skus`, `aov`, `late_open`
        name: String,
    },
    /// Write the completions of a shell
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions(Completions),
    /// Write the manual page, of the program or of a command
    #[command(after_help = MAN_EXAMPLES)]
    Man(Man),
    /// What `--print-config` makes of any command: the text to print
    #[command(skip)]
    PrintConfig(String),
}

/// Which files, and how to read them.
#[derive(Debug, Group)]
pub(crate) struct Inputs {
    /// Files, folders, patterns, or - for standard input
    #[arg(required_unless_present = "account", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// Files of one of several seller accounts; repeat for each
    #[arg(long, value_name = "NAME=PATH", value_parser = account)]
    pub(crate) account: Vec<(String, PathBuf)>,

    /// Judge lateness at this moment, or `now` [default: the newest moment in the files]
    #[arg(long, value_name = "T", value_parser = as_of)]
    pub(crate) as_of: Option<AsOf>,

    /// One time zone for all days, as Europe/Berlin or UTC [default: each marketplace's own]
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    pub(crate) time_zone: Option<Tz>,

    /// First local day of purchase to count
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) from: Option<Day>,

    /// Last local day of purchase to count
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) to: Option<Day>,

    /// Only these sales channels, as Amazon.de
    #[arg(long, value_name = "CHANNEL,...", value_delimiter = ',')]
    pub(crate) channel: Vec<String>,

    /// Only what Amazon ships (fba) or the seller (merchant)
    #[arg(long, value_name = "WHO")]
    pub(crate) fulfillment: Option<Ships>,

    /// Only these SKUs. A trailing * matches any suffix
    #[arg(long, value_name = "SKU,...", value_delimiter = ',')]
    pub(crate) sku: Vec<String>,

    /// Only orders to these countries, as DE
    #[arg(long, value_name = "COUNTRY,...", value_delimiter = ',')]
    pub(crate) country: Vec<String>,

    /// The day weeks start on
    #[arg(long, value_name = "DAY", default_value = "monday")]
    pub(crate) week_start: StartDay,

    /// Days that are no business days, a file with a date on each line
    #[arg(long, value_name = "FILE")]
    pub(crate) holidays: Option<PathBuf>,

    /// When A-to-z claims were made and granted, a file with an order and one or two dates on each line
    #[arg(long, value_name = "FILE")]
    pub(crate) claims: Option<PathBuf>,

    /// When a ship-confirmation file among the inputs was uploaded, which proves the moment; repeat for more
    #[arg(long, value_name = "[FILE=]T", value_parser = upload)]
    pub(crate) confirmed_at: Vec<(Option<String>, Moment)>,

    /// Unreadable lines allowed before the run fails: a number, or a percentage
    #[arg(long, value_name = "N|P%", default_value = "1%")]
    pub(crate) max_rejects: MaxRejects,

    /// Exit with code 1 if any line was unreadable
    #[arg(long)]
    pub(crate) strict: bool,

    /// The encoding of files without a byte-order mark, as cp932 or windows-1252 [default: by the bytes of each file]
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub(crate) encoding: Option<Charset>,

    /// Read settings from this file [default: an ordersift.toml beside the inputs]
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub(crate) config: Option<PathBuf>,

    /// Read no settings from a file
    #[arg(long)]
    pub(crate) no_config: bool,

    /// Show the settings that are in force, and where each is from, and do nothing else
    #[arg(long)]
    pub(crate) print_config: bool,

    /// Threads [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
}

#[derive(Debug, Group)]
pub(crate) struct Report {
    #[command(flatten)]
    pub(crate) inputs: Inputs,

    /// Publish into this folder, all or nothing
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,

    /// Replace files in a folder that was not written by ordersift
    #[arg(long, requires = "out")]
    pub(crate) force: bool,

    /// Formats, as a list [default: terminal, or json,csv with --out]
    #[arg(long, value_name = "FORMAT,...", value_delimiter = ',', value_parser = format_names())]
    pub(crate) format: Vec<String>,

    /// Also append the Markdown summary to this file, as `$GITHUB_STEP_SUMMARY`
    #[arg(long, value_name = "FILE")]
    pub(crate) append: Option<PathBuf>,

    /// Only these tables
    #[arg(long, value_name = "NAME,...", value_delimiter = ',', value_parser = table_names())]
    pub(crate) table: Vec<String>,

    /// Also estimate the value of units without a price, by the median price of their SKU. Sales do not include it
    #[arg(long)]
    pub(crate) estimate_pending: bool,
    /// Also convert sales to one currency, a file with a date, a currency and its rate on each line
    #[arg(long, value_name = "FILE")]
    pub(crate) fx: Option<PathBuf>,

    /// Exit with code 1 if this condition is true, as `late_open > 0`. May be repeated
    #[arg(long, value_name = "EXPR")]
    pub(crate) fail_if: Vec<Gate>,

    /// The period that the summary compares
    #[arg(long, value_name = "PERIOD", default_value = "week")]
    pub(crate) by: By,

    /// Leave text in CSV as it is, formulas too
    #[arg(long)]
    pub(crate) raw_text: bool,
}

#[derive(Debug, Group)]
pub(crate) struct Worklist {
    #[command(flatten)]
    pub(crate) inputs: Inputs,

    /// Exit with code 1 if this condition is true, as `late_open > 0`. May be repeated
    #[arg(long, value_name = "EXPR")]
    pub(crate) fail_if: Vec<Gate>,

    /// Also write Amazon's shipping confirmation file with these lines, for the packer to fill in
    #[arg(long, value_name = "FILE")]
    pub(crate) confirm_file: Option<PathBuf>,

    /// Where parcels are sent from, for that file: NAME|LINE 1|LINE 2|CITY|STATE|POSTCODE|COUNTRY
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) ship_from: Option<ShipFrom>,

    /// Also read whom and where parcels go to, and show what can go together; buyers' data, to be deleted after 30 days
    #[arg(long)]
    pub(crate) with_addresses: bool,

    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "terminal", value_parser = format_names())]
    pub(crate) format: String,

    /// Leave text in CSV as it is, formulas too
    #[arg(long)]
    pub(crate) raw_text: bool,
}

#[derive(Debug, Group)]
pub(crate) struct Confirm {
    #[command(flatten)]
    pub(crate) inputs: Inputs,

    /// The list of parcels: order-id and tracking-number, and what else of Amazon's template it has
    #[arg(long, value_name = "FILE")]
    pub(crate) tracking: PathBuf,

    /// The file to write and upload
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,

    /// Write the lines that are sound, and name those that were left out
    #[arg(long)]
    pub(crate) partial: bool,

    /// The carrier of parcels whose list names none
    #[arg(long, value_name = "NAME")]
    pub(crate) carrier: Option<String>,

    /// The day of shipment of parcels whose list names none [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) ship_date: Option<Day>,

    /// Where parcels are sent from: NAME|LINE 1|LINE 2|CITY|STATE|POSTCODE|COUNTRY
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) ship_from: Option<ShipFrom>,
}

#[derive(Debug, Group)]
pub(crate) struct Split {
    #[command(flatten)]
    pub(crate) inputs: Inputs,

    /// The folder to write into, all or nothing
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,

    /// Replace files in a folder that was not written by ordersift
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, Group)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) inputs: Inputs,
}

#[derive(Debug, Group)]
pub(crate) struct Sample {
    /// Which report to invent
    #[arg(long, default_value = "all-orders")]
    pub(crate) kind: SampleKind,

    /// Lines of data; for `unshipped`, of the all-orders report whose backlog it is
    #[arg(long, value_name = "N", default_value = "1000", value_parser = clap::value_parser!(u64).range(1..=10_000_000_000))]
    pub(crate) lines: u64,

    /// Other seeds, other orders
    #[arg(long, value_name = "S", default_value = "1")]
    pub(crate) seed: u64,

    /// A later download of the same orders
    #[arg(long)]
    pub(crate) overlap: bool,

    /// Damage some lines as real files are damaged
    #[arg(long)]
    pub(crate) dirty: bool,

    /// The encoding: utf-8, cp932, windows-1252, utf-16, … What it lacks becomes `?`
    #[arg(long, value_name = "NAME", value_parser = encoding, default_value = "utf-8")]
    pub(crate) encoding: Charset,

    /// Where the seller sells: channels, currencies, product names
    #[arg(long, default_value = "mixed")]
    pub(crate) market: Market,

    /// Write N overlapping downloads into the folder --out, one a week; the newest is of 2026-07-27
    #[arg(long, value_name = "N", requires = "out", conflicts_with = "overlap", value_parser = clap::value_parser!(u32).range(1..=Download::MOST as i64))]
    pub(crate) downloads: Option<u32>,

    /// How many days each download goes back; --lines is then about the lines of each
    #[arg(long, value_name = "D", requires = "downloads", default_value = "30", value_parser = clap::value_parser!(u32).range(1..=Download::MOST_DAYS as i64))]
    pub(crate) days: u32,

    /// Write to this file, or with --downloads to this folder, instead of standard output
    #[arg(long, value_name = "PATH")]
    pub(crate) out: Option<PathBuf>,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_names_every_number_of_a_gate() {
        for (name, _) in ordersift::gate::names() {
            let ten = name.replace("_30d", "_10d");
            assert!(REPORT_EXAMPLES.contains(&ten), "{name}");
        }
    }

    #[test]
    fn the_command_line_is_sound() {
        Args::command().debug_assert();
    }
}
