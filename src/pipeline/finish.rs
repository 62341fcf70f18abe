//! The last stage: state to document, with control totals checked.

use std::collections::BTreeMap;

use chrono_tz::Tz;

use crate::error::Error;
use crate::field::Zones;
use crate::line::FileId;
use crate::options::{Options, ShippingOptions};
use crate::state::State;
use crate::state::finished::FinishedState;
use crate::table::{Control, Document, RejectCount, reject_reasons};
use crate::topic;
use crate::topic::balance;
use crate::topic::context::{InputFile, ReportContext, ReportTime, Statements};
use crate::topic::data_quality::state::rejects::Reason;

use super::Plan;

/// From the state to the document.
///
/// # Errors
/// Too many rejects; totals that do not add up.
pub fn document(
    plan: &Plan<'_>,
    state: State,
    inputs: &[InputFile],
    options: &Options,
) -> Result<Document, Error> {
    document_and(plan, state, inputs, options, |_| ()).map(|(document, ())| document)
}

/// The same, and whatever else is made of the facts.
pub(super) fn document_and<T>(
    plan: &Plan<'_>,
    state: State,
    inputs: &[InputFile],
    options: &Options,
    beside: impl FnOnce(&ReportContext<'_>) -> T,
) -> Result<(Document, T), Error> {
    let order_stats = super::order_stats(&state, options.tables.order_profiles);
    let mut state = FinishedState::new(state, order_stats, &plan.ids);
    if options.rates.is_some() {
        state = state.with_sku_days(options.days.week_start);
    }
    let control = control(&state, inputs);
    if !control.adds_up() {
        return Err(Error::Defect {
            what: format!("{control:?}"),
        });
    }
    if options
        .max_rejects
        .exceeded(control.rejected, control.lines_read)
    {
        return Err(too_many(&state, inputs, control, options));
    }
    let newest = state.data_quality.newest.newest();
    let (as_of, as_of_source) = match (&options.as_of, newest) {
        (Some((moment, source)), _) => (Some(*moment), source.clone()),
        (None, Some((moment, column))) => (Some(moment), format!("newest {column} in the files")),
        (None, None) => (None, "no date in the files".to_owned()),
    };
    let zones = options.days.zones();
    let time = ReportTime {
        as_of,
        zones,
        zone: busiest_zone(&state, zones),
        week_start: options.days.week_start,
        calendar: &options.days.calendar,
    };
    let context = ReportContext::new(
        &state,
        inputs,
        &plan.ids,
        plan.snapshots.uneven_ties,
        time,
        statements(&options.shipping),
        options.rates.as_ref(),
    )
    .map_err(defect)?;
    let tables = topic::tables(&context).map_err(defect)?;
    let addresses = options.tables.addresses.then(|| topic::addresses(&context));
    let addresses = addresses.transpose().map_err(defect)?;
    balance::check(&tables, &state, control).map_err(|what| Error::Defect { what })?;
    let tables = tables.into_iter().chain(addresses).collect();
    let mut kinds: BTreeMap<&'static str, usize> = BTreeMap::new();
    for (.., report) in plan.reports() {
        *kinds.entry(report.spec.name).or_default() += 1;
    }
    let document = Document {
        as_of: as_of.map(|moment| moment.to_string()),
        as_of_source,
        as_of_zone: context.time.zone.name().to_owned(),
        options: options.shown(),
        control,
        rejects: reject_counts(&state, inputs),
        kinds: kinds.into_iter().collect(),
        reaches: context.reaches(),
        bytes: plan.reports().map(|(_, input, _)| input.len).sum(),
        gates: Vec::new(),
        compared: None,
        tables,
    };
    Ok((document, beside(&context)))
}

fn statements(shipping: &ShippingOptions) -> Statements<'_> {
    let claims = shipping.claims.iter();
    let tracking = shipping.tracking.as_ref();
    Statements {
        confirmed_at: &shipping.confirmed_at,
        claims: claims
            .map(|claim| (&*claim.order, (claim.claimed, claim.granted)))
            .collect(),
        ship_date: tracking.and_then(|tracking| tracking.ship_date),
        carrier: tracking.and_then(|tracking| tracking.carrier.as_deref()),
    }
}

fn control(state: &FinishedState, inputs: &[InputFile]) -> Control {
    let mut control = Control::default();
    for source in state.data_quality.sources.values() {
        control.lines_read += source.lines_read;
        control.kept += source.kept;
        control.superseded += source.superseded;
        control.rejected += source.rejected;
    }
    for twin in inputs.iter().filter_map(|input| input.copy_of) {
        let lines = state
            .data_quality
            .sources
            .get(&twin)
            .map_or(0, |source| source.lines_read);
        control.lines_read += lines;
        control.repeated += lines;
    }
    control
}

fn reject_counts(state: &FinishedState, inputs: &[InputFile]) -> Vec<RejectCount> {
    let counts = state.data_quality.rejects.counts();
    let named = |(file, (reason, column), lines): (FileId, Reason, u64)| RejectCount {
        file: inputs[file.0 as usize].name.clone(),
        reason,
        column,
        lines,
    };
    counts.map(named).collect()
}

fn too_many(
    state: &FinishedState,
    inputs: &[InputFile],
    control: Control,
    options: &Options,
) -> Error {
    let (rejected, lines_read) = (control.rejected, control.lines_read);
    Error::TooManyRejects {
        rejected,
        lines_read,
        allowed: options.max_rejects.to_string(),
        reasons: reject_reasons(&reject_counts(state, inputs)),
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
fn busiest_zone(state: &FinishedState, zones: Zones) -> Tz {
    let mut orders: BTreeMap<&[u8], u64> = BTreeMap::new();
    for (key, cell) in state.demand.sales.iter() {
        *orders
            .entry(state.labels.channels.get(key.channel))
            .or_default() += cell.orders_placed;
    }
    let busiest = orders
        .into_iter()
        .rev()
        .max_by_key(|(_, orders)| *orders)
        .map(|(channel, _)| zones.of_channel(channel));
    let backlog = || {
        let lines = state.shipping.backlog.iter();
        most(lines.map(|line| match &*line.sales_channel {
            [] => zones.of_country(&line.ship_country),
            channel => zones.of_channel(channel),
        }))
    };
    let purchases = || {
        most(
            state
                .supplementary
                .lines
                .purchases
                .iter()
                .map(|purchase| purchase.extra.zone),
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
