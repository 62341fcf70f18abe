//! From the folded state to the document: counted, checked, tabled.

use std::collections::BTreeMap;

use chrono_tz::Tz;

use crate::error::Error;
use crate::field::Zones;
use crate::line::FileId;
use crate::options::Options;
use crate::state::Summary;
use crate::state::finished::Counted;
use crate::table::{Control, Document, RejectCount, reject_reasons};
use crate::topic;
use crate::topic::balance;
use crate::topic::context::{Facts, InputFacts};
use crate::topic::data_quality::state::rejects::Reason;

use super::Plan;

/// From the folded state to the document.
///
/// # Errors
/// Too many rejects; totals that do not add up.
pub fn document(
    plan: &Plan<'_>,
    summary: Summary,
    inputs: &[InputFacts],
    options: &Options,
) -> Result<Document, Error> {
    document_and(plan, summary, inputs, options, |_| ()).map(|(document, ())| document)
}

/// The same, and whatever else is made of the facts.
pub(super) fn document_and<T>(
    plan: &Plan<'_>,
    summary: Summary,
    inputs: &[InputFacts],
    options: &Options,
    beside: impl FnOnce(&Facts<'_>) -> T,
) -> Result<(Document, T), Error> {
    let census = super::census(&summary, options.shape);
    let mut counted = Counted::new(summary, census, &plan.ids);
    if options.rates.is_some() {
        counted = counted.with_sku_days(options.week_start);
    }
    let control = control(&counted, inputs);
    if !control.adds_up() {
        return Err(Error::Defect {
            what: format!("{control:?}"),
        });
    }
    if options
        .max_rejects
        .exceeded(control.rejected, control.lines_read)
    {
        return Err(too_many(&counted, inputs, control, options));
    }
    let newest = counted.newest.newest();
    let (as_of, as_of_source) = match (&options.as_of, newest) {
        (Some((moment, source)), _) => (Some(*moment), source.clone()),
        (None, Some((moment, column))) => (Some(moment), format!("newest {column} in the files")),
        (None, None) => (None, "no date in the files".to_owned()),
    };
    let zones = Zones {
        forced: options.time_zone,
    };
    let mut facts = Facts::new(
        &counted,
        inputs,
        &plan.ids,
        as_of,
        zones,
        options.week_start,
        options.rates.as_ref(),
    )
    .map_err(defect)?;
    facts.uneven_ties = plan.holdings.uneven_ties;
    facts.zone = busiest_zone(&counted, zones);
    if let Some(tracking) = &options.tracking {
        facts.untold = (tracking.ship_date, tracking.carrier.clone());
    }
    facts.claims = (options.claims.iter())
        .map(|claim| (claim.order.clone(), (claim.claimed, claim.granted)))
        .collect();
    facts.calendar = options.calendar.clone();
    facts.confirmed_at.clone_from(&options.confirmed_at);
    let tables = topic::tables(&facts).map_err(defect)?;
    let addresses = options.addresses.then(|| topic::addresses(&facts));
    let addresses = addresses.transpose().map_err(defect)?;
    balance::check(&tables, &counted, control).map_err(|what| Error::Defect { what })?;
    let tables = tables.into_iter().chain(addresses).collect();
    let mut kinds: BTreeMap<&'static str, usize> = BTreeMap::new();
    for (.., report) in plan.reports() {
        *kinds.entry(report.spec.name).or_default() += 1;
    }
    let document = Document {
        as_of: as_of.map(|moment| moment.to_string()),
        as_of_source,
        as_of_zone: facts.zone.name().to_owned(),
        options: options.shown(),
        control,
        rejects: reject_counts(&counted, inputs),
        kinds: kinds.into_iter().collect(),
        reaches: facts.reaches(),
        bytes: plan.reports().map(|(_, input, _)| input.len).sum(),
        gates: Vec::new(),
        compared: None,
        tables,
    };
    Ok((document, beside(&facts)))
}

fn control(counted: &Counted, inputs: &[InputFacts]) -> Control {
    let mut control = Control::default();
    for source in counted.sources.values() {
        control.lines_read += source.lines_read;
        control.kept += source.kept;
        control.superseded += source.superseded;
        control.rejected += source.rejected;
    }
    for twin in inputs.iter().filter_map(|input| input.copy_of) {
        let lines = counted
            .sources
            .get(&twin)
            .map_or(0, |source| source.lines_read);
        control.lines_read += lines;
        control.repeated += lines;
    }
    control
}

fn reject_counts(counted: &Counted, inputs: &[InputFacts]) -> Vec<RejectCount> {
    let counts = counted.rejects.counts();
    let named = |(file, (reason, column), lines): (FileId, Reason, u64)| RejectCount {
        file: inputs[file.0 as usize].name.clone(),
        reason,
        column,
        lines,
    };
    counts.map(named).collect()
}

fn too_many(
    counted: &Counted,
    inputs: &[InputFacts],
    control: Control,
    options: &Options,
) -> Error {
    let (rejected, lines_read) = (control.rejected, control.lines_read);
    Error::TooManyRejects {
        rejected,
        lines_read,
        allowed: options.max_rejects.to_string(),
        reasons: reject_reasons(&reject_counts(counted, inputs)),
    }
}

/// The commonest of the zones, of equally common ones the first by name: whichever line was read first.
fn most(zones: impl Iterator<Item = Tz>) -> Option<Tz> {
    let mut lines: BTreeMap<&str, (u64, Tz)> = BTreeMap::new();
    for zone in zones {
        lines.entry(zone.name()).or_insert((0, zone)).0 += 1;
    }
    let commonest = lines.into_values().rev().max_by_key(|(lines, _)| *lines);
    commonest.map(|(_, zone)| zone)
}

/// The zone of the channel with the most orders; of the backlog where there are none.
fn busiest_zone(counted: &Counted, zones: Zones) -> Tz {
    let mut orders: BTreeMap<&[u8], u64> = BTreeMap::new();
    for (key, cell) in counted.sales.iter() {
        *orders.entry(counted.channels.get(key.channel)).or_default() += cell.orders_placed;
    }
    let busiest = orders
        .into_iter()
        .rev()
        .max_by_key(|(_, orders)| *orders)
        .map(|(channel, _)| zones.of_channel(channel));
    let backlog = || {
        let lines = counted.backlog.iter();
        most(lines.map(|line| match &*line.sales_channel {
            [] => zones.of_country(&line.ship_country),
            channel => zones.of_channel(channel),
        }))
    };
    let purchases = || {
        most(
            counted
                .papers
                .purchases
                .iter()
                .map(|purchase| purchase.zone),
        )
    };
    let zone = busiest.or_else(backlog).or_else(purchases);
    zone.unwrap_or(zones.forced.unwrap_or(Tz::UTC))
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the shape that map_err wants"
)]
pub(super) fn defect(error: polars::error::PolarsError) -> Error {
    Error::Defect {
        what: error.to_string(),
    }
}
