//! `ordersift report`: the main job.

use std::io::Write;
use std::sync::Arc;

use ordersift::options::{Options, TableOptions};
use ordersift::table::Document;
use ordersift::topic::ORDER_PROFILE_TABLES;
use ordersift::write::{self, Format, Shape};

use super::args::Report;
use super::outcome::{outcome, watch};
use super::output::{self, Style, formats, layout, open};
use super::reading::{gather, read_with};
use super::remarks::{remark_rates, remark_rejects};
use super::screen::Screen;
use super::sums::Sums;
use super::{Failure, Outcome, rates};

pub(super) fn run(report: &Report, screen: &Screen) -> Result<Outcome, Failure> {
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
        let layout = layout(report.by, screen);
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
        .map(|_| output::summary(&document, style.by))
        .transpose()?;
    keep(&mut document, &report.table);
    if !screens || !report.table.is_empty() {
        remark_rejects(&document, screen);
    }
    if let (Some(publication), Some(sums), Some(out)) = (publication, sums, &report.out) {
        output::publish(publication, &document, &formats, style, vec![sums])?;
        let took = screen.elapsed();
        screen.remark(&format!("published {} in {took}", out.display()));
    } else if !screens {
        output::show(&document, formats[0], style)?;
    }
    // Last: what is appended cannot be taken back.
    if let (Some(path), Some(summary)) = (&report.append, summary) {
        output::append(&summary, path)?;
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
