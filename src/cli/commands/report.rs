//! `ordersift report`: the main job.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args as Group;
use ordersift::gate::Gate;
use ordersift::options::{Options, TableOptions};
use ordersift::table::Document;
use ordersift::topic::ORDER_PROFILE_TABLES;
use ordersift::write::{self, Format, Shape};

use crate::cli::enums::By;
use crate::cli::inputs::reading::{gather, read_with};
use crate::cli::inputs::{Inputs, rates};
use crate::cli::outputs::gates::{outcome, watch};
use crate::cli::outputs::remarks::{remark_rates, remark_rejects};
use crate::cli::outputs::sums::Sums;
use crate::cli::outputs::{self, Style, formats, layout, open};
use crate::cli::parsers::{format_names, table_names};
use crate::cli::screen::Screen;
use crate::cli::{Failure, Outcome};

const EXAMPLES: &str = "\
Examples:
  ordersift report reports/
  ordersift report reports/ --by month --week-start sunday
  ordersift report reports/ --channel Amazon.de --sku 'MUG*' --from 2026-07-01
  ordersift report 'reports/2026-*.txt' --table skus --format csv > skus.csv
  ordersift report reports/ --out monday/ --format xlsx,html
  ordersift report reports/ --fx rates.csv                   sales also in one currency
  ordersift report reports/ --fail-if 'late_open > 0' --fail-if 'rejected_share >= 0.1%'
  ordersift report reports/ --append summary.md

--fail-if compares one of these numbers with another number, by >, >=, <, <=, == or !=:
  lines_read rejected rejected_share orders_placed orders cancelled_orders cancelled_share
  units unpriced_units sales[USD] orders_wow units_wow sales_wow[USD]
  to_ship late_open past_cancel_by due_today on_hold quality[CHECK]
  late_rate_low_10d late_rate_high_10d late_rate_high_today_10d, and the same with 30d
An unknown number fails.

--fx takes a CSV file with the header date,currency,rate_usd: the value of one unit of the currency in USD. A rate is valid until the next one, for at most seven days. Sums that include a day without a rate are not converted.

Settings: the options that --print-config lists can be set in an ordersift.toml beside the inputs (time-zone = 'Europe/Berlin'), or in the environment (ORDERSIFT_TIME_ZONE). `format` there sets the files that --out writes. Options replace the environment, which replaces the file.";

#[derive(Debug, Group)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Report {
    #[command(flatten)]
    pub(crate) inputs: Inputs,

    /// Write files into this folder: all of them, or none if the run fails
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,

    /// Replace files in a folder that ordersift did not write
    #[arg(long, requires = "out")]
    pub(crate) force: bool,

    /// Formats, separated by commas [default: terminal, or json,csv with --out]
    #[arg(long, env = "ORDERSIFT_FORMAT", hide_env = true, value_name = "FORMAT,...", value_delimiter = ',', value_parser = format_names())]
    pub(crate) format: Vec<String>,

    /// Also append the Markdown summary to this file, for example `$GITHUB_STEP_SUMMARY`
    #[arg(long, value_name = "FILE")]
    pub(crate) append: Option<PathBuf>,

    /// Only these tables
    #[arg(long, env = "ORDERSIFT_TABLE", hide_env = true, value_name = "NAME,...", value_delimiter = ',', value_parser = table_names())]
    pub(crate) table: Vec<String>,

    /// Also estimate the value of units without a price, by the median price of their SKU. Sales do not include the estimate
    #[arg(long, env = "ORDERSIFT_ESTIMATE_PENDING", hide_env = true)]
    pub(crate) estimate_pending: bool,

    /// Also convert sales to one currency, by a file of rates: see below
    #[arg(long, value_name = "FILE")]
    pub(crate) fx: Option<PathBuf>,

    /// Exit with code 1 if this condition is true, for example `late_open > 0`; repeat it for more conditions
    #[arg(
        long,
        env = "ORDERSIFT_FAIL_IF",
        hide_env = true,
        value_delimiter = ';',
        value_name = "EXPR"
    )]
    pub(crate) fail_if: Vec<Gate>,

    /// The period that the summary compares
    #[arg(
        long,
        env = "ORDERSIFT_BY",
        hide_env = true,
        value_name = "PERIOD",
        default_value = "week"
    )]
    pub(crate) by: By,

    /// Write text to CSV unchanged, even if a spreadsheet program would run it as a formula
    #[arg(long, env = "ORDERSIFT_RAW_TEXT", hide_env = true)]
    pub(crate) raw_text: bool,
}

pub(crate) fn run(report: &Report, screen: &Screen) -> Result<Outcome, Failure> {
    let formats = formats(&report.format, report.out.as_deref(), report.table.len())?;
    let inputs = gather(&report.inputs)?;
    let publication = report
        .out
        .as_deref()
        .map(|out| open(out, report.force, inputs.iter()))
        .transpose()?;
    let inputs = Arc::new(inputs);
    let sums = publication
        .is_some()
        .then(|| Sums::begin(&inputs, report.inputs.threads));
    let options = Options {
        tables: TableOptions {
            order_profiles: asks_for_order_profiles(report, &formats),
            estimate_pending: report.estimate_pending,
            addresses: false,
        },
        rates: report.fx.as_deref().map(rates::read).transpose()?,
        ..report.inputs.options()?
    };
    let mut document = read_with(&options, &inputs, screen)?;
    remark_rates(&document, screen);
    watch(&mut document, &report.fail_if);
    let style = Style {
        by: report.by.period(),
        raw_text: report.raw_text,
    };
    let screens = formats
        .iter()
        .any(|format| matches!(format.shape, Shape::Screen(_)));
    if screens {
        let layout = layout(style.by, screen);
        let mut out = screen.stdout();
        if report.table.is_empty() {
            write::summary(&document, &layout, &mut out)?;
        }
        for name in &report.table {
            if let Some(table) = document.table(name) {
                write::listing(table, &layout, &mut out)?;
            }
        }
        out.flush()?;
    }
    let summary = report
        .append
        .as_ref()
        .map(|_| outputs::summary(&document, style.by))
        .transpose()?;
    keep(&mut document, &report.table);
    if !screens || !report.table.is_empty() {
        remark_rejects(&document, screen);
    }
    if let (Some(publication), Some(sums), Some(out)) = (publication, sums, &report.out) {
        outputs::publish(publication, &document, &formats, style, vec![sums])?;
        let took = screen.elapsed();
        screen.remark(&format!("published {} in {took}", out.join("").display()));
    } else if !screens {
        outputs::show(&document, formats[0], style)?;
    }
    // Last: what is appended cannot be taken back.
    if let (Some(path), Some(summary)) = (&report.append, summary) {
        outputs::append(&summary, path)?;
    }
    Ok(outcome(&report.inputs, &document))
}

/// Whether any output shows a table of whole orders; the first screen does not.
fn asks_for_order_profiles(report: &Report, formats: &[&Format]) -> bool {
    let screens = (formats.iter()).all(|format| matches!(format.shape, Shape::Screen(_)));
    let named = (report.table.iter()).any(|name| ORDER_PROFILE_TABLES.contains(&name.as_str()));
    named || report.append.is_some() || report.table.is_empty() && !screens
}

fn keep(document: &mut Document, names: &[String]) {
    if !names.is_empty() {
        document
            .tables
            .retain(|table| names.iter().any(|name| name == table.spec.name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_names_every_number_of_a_gate() {
        for (name, _) in ordersift::gate::names() {
            let ten = name.replace("_30d", "_10d");
            assert!(EXAMPLES.contains(&ten), "{name}");
        }
    }
}
