//! The table `confirmations`: lines of ship-confirmation files and tracking lists, with their errors.

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;
use hashbrown::{HashMap, HashSet};
use polars::prelude::*;

use crate::field::{Day, LabelId, Moment, OrderId, StatusGroup, zone};
use crate::line::FileId;
use crate::state::supplementary::StoredConfirmation;
use crate::table::shared_columns;
use crate::topic::shipping::state::backlog::OpenLine;
use crate::topic::shipping::state::history::Seen;

use crate::table::ColumnKind::{Count, Date, Text};
use crate::table::rows::Rows;
use crate::table::{LakeView, Part, TableSpec, column};
use crate::topic::context::ReportContext;
use crate::topic::shipping::open_lines::zone_of;

pub(crate) const CONFIRMATIONS: TableSpec = TableSpec {
    name: "confirmations",
    title: "Ship confirmations",
    part: Part::Shipping,
    filled_by: &["ship-confirmation", "tracking-list"],
    definition: "Every line of ship-confirmation files and tracking lists, with what is wrong with it, if anything: unknown_order (in \
                 no report), fba_order, cancelled_order, on_hold (the buyer asked to cancel), not_open (not in the newest \
                 unshipped report: shipped, or cancelled), unknown_item, quantity_over_open, no_tracking, no_carrier, no_ship_date, \
                 before_purchase, in_future, confirmed_before (by a ship-confirmation file), duplicate (the same order, item and parcel twice in the file). An order leaves the \
                 worklist with the units that a ship-confirmation file tells of, unless the backlog lists it two days later \
                 still: then Amazon did not take it.",
    columns: &[
        shared_columns::FILE,
        shared_columns::LINE,
        shared_columns::ORDER_ID,
        shared_columns::ORDER_ITEM_ID,
        column(
            "units_confirmed",
            "Units",
            Count,
            "Units that the line says were shipped; empty means all that were open.",
        ),
        column(
            "ship_date",
            "Ship date",
            Date,
            "The day of shipment that the seller gave.",
        ),
        column(
            "carrier_code",
            "Carrier code",
            Text,
            "Amazon's code of the carrier.",
        ),
        column(
            "carrier_name",
            "Carrier",
            Text,
            "The carrier as the seller wrote it.",
        ),
        column(
            "tracking_number",
            "Tracking number",
            Text,
            "The carrier's number of the parcel.",
        ),
        column(
            "ship_method",
            "Method",
            Text,
            "The service of the carrier, as the seller wrote it.",
        ),
        column(
            "problems",
            "Problems",
            Text,
            "What is wrong with the line, in words for programs; empty if nothing is.",
        ),
    ],
    charts: &[],
    in_lake: LakeView::None(LakeView::OTHER_REPORTS),
};

/// What reports tell of orders.
struct Known<'c> {
    open: HashMap<OrderId, Vec<&'c OpenLine>>,
    seen: HashMap<OrderId, Vec<&'c Seen>>,
    /// When the orders of all backlogs and orders reports were bought.
    bought: HashMap<OrderId, Moment>,
    any_backlog: bool,
    /// What Amazon was told already: order, item, parcel.
    told: HashSet<(OrderId, LabelId, LabelId)>,
}

impl<'c> Known<'c> {
    fn of(context: &ReportContext<'c>) -> Self {
        let (state, mut open) = (context.state, HashMap::<_, Vec<_>>::new());
        for line in &state.shipping.backlog {
            open.entry(line.order_id).or_default().push(line);
        }
        let mut seen = HashMap::<_, Vec<_>>::new();
        for line in &state.shipping.history.seen {
            seen.entry(line.order).or_default().push(line);
        }
        let listed = state.shipping.history.listed.iter();
        let listed = listed.map(|line| (line.order, line.purchase));
        let purchased = state.supplementary.lines.purchases.iter();
        let purchased = purchased.map(|line| (line.order_id, line.purchase_date));
        let mut bought = HashMap::<OrderId, Moment>::new();
        for (order, purchase) in listed.chain(purchased) {
            let first = bought.entry(order).or_insert(purchase);
            *first = (*first).min(purchase);
        }
        Self {
            open,
            seen,
            bought,
            told: state
                .supplementary
                .lines
                .confirmed
                .iter()
                .filter(|line| !line.unsubmitted)
                .map(|line| (line.order_id, line.order_item_id, line.tracking_number))
                .collect(),
            any_backlog: context.inputs.iter().any(|input| input.kind == "unshipped"),
        }
    }
}

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let lines = &context.state.supplementary.lines.confirmed;
    let known = Known::of(context);
    let mut told: BTreeSet<(FileId, OrderId, [LabelId; 2], Option<u32>)> = BTreeSet::new();
    let mut units: BTreeMap<(FileId, OrderId, LabelId), u64> = BTreeMap::new();
    let rows: Vec<(&StoredConfirmation, String)> = lines
        .iter()
        .map(|line| {
            let (file, texts) = (line.extra.file, [line.order_item_id, line.tracking_number]);
            let duplicate = !told.insert((file, line.order_id, texts, line.quantity));
            let confirmed = units
                .entry((file, line.order_id, line.order_item_id))
                .or_default();
            *confirmed += u64::from(line.quantity.unwrap_or(0));
            let mut problems = problems(context, &known, line, *confirmed);
            problems.extend(duplicate.then_some("duplicate"));
            (line, problems.join(" "))
        })
        .collect();
    let text = |of: fn(&StoredConfirmation) -> LabelId| {
        move |(line, _): &(&StoredConfirmation, String)| Some(context.text(of(line)))
    };
    Rows::of(rows)
        .text("file", |(line, _)| {
            Some(context.file_name(line.extra.file).to_owned())
        })
        .count("line", |(line, _)| {
            i64::try_from(context.line_number(line.extra)).ok()
        })
        .text("order_id", |(line, _)| {
            Some(context.ids.text(line.order_id))
        })
        .text("order_item_id", text(|line| line.order_item_id))
        .count("units_confirmed", |(line, _)| line.quantity.map(i64::from))
        .text("ship_date", |(line, _)| {
            shipped(context, line, order_zone(context, &known, line.order_id))
                .map(|day| day.to_string())
        })
        .text("carrier_code", text(|line| line.carrier_code))
        .text("carrier_name", |(line, _)| Some(carrier(context, line)))
        .text("tracking_number", text(|line| line.tracking_number))
        .text("ship_method", text(|line| line.ship_method))
        .text("problems", |(_, problems)| Some(problems.clone()))
        .frame()
}

fn problems(
    context: &ReportContext<'_>,
    known: &Known<'_>,
    line: &StoredConfirmation,
    confirmed: u64,
) -> Vec<&'static str> {
    let open = known
        .open
        .get(&line.order_id)
        .map_or(&[][..], Vec::as_slice);
    let seen = known
        .seen
        .get(&line.order_id)
        .map_or(&[][..], Vec::as_slice);
    let latest = seen.iter().max_by_key(|seen| (seen.updated, seen.status));
    let fba = !seen.is_empty() && !seen.iter().any(|seen| seen.merchant);
    let cancelled = latest.is_some_and(|seen| seen.status == StatusGroup::Cancelled);
    let unknown = open.is_empty() && seen.is_empty() && !known.bought.contains_key(&line.order_id);
    let not_open = open.is_empty() && known.any_backlog && !unknown && !fba && !cancelled;
    let item = context.state.supplementary.texts.get(line.order_item_id);
    let is_item = |open: &&&OpenLine| item.is_empty() || item == &*open.order_item_id;
    let of_item = open.iter().filter(is_item);
    let open_units: u64 = of_item
        .clone()
        .map(|open| u64::from(open.quantity_to_ship))
        .sum();
    let no_item = !open.is_empty() && of_item.clone().next().is_none();
    let empty = |id: LabelId| context.state.supplementary.texts.get(id).is_empty();
    let zone = order_zone(context, known, line.order_id);
    let day = |moment: Moment| moment.day(zone::offset(zone, moment));
    let bought = seen.iter().map(|seen| seen.purchase).min();
    let bought = bought.or_else(|| known.bought.get(&line.order_id).copied());
    let shipped = shipped(context, line, zone);
    let checks = [
        (unknown, "unknown_order"),
        (fba, "fba_order"),
        (cancelled, "cancelled_order"),
        (
            open.iter().any(|open| open.buyer_requested_cancellation),
            "on_hold",
        ),
        (not_open, "not_open"),
        (no_item, "unknown_item"),
        (
            !open.is_empty() && !no_item && confirmed > open_units,
            "quantity_over_open",
        ),
        (
            line.unsubmitted
                && known
                    .told
                    .contains(&(line.order_id, line.order_item_id, line.tracking_number)),
            "confirmed_before",
        ),
        (empty(line.tracking_number), "no_tracking"),
        (
            empty(line.carrier_code) && carrier(context, line).is_empty(),
            "no_carrier",
        ),
        (shipped.is_none(), "no_ship_date"),
        (
            shipped
                .zip(bought)
                .is_some_and(|(shipped, bought)| shipped < day(bought)),
            "before_purchase",
        ),
        (
            shipped
                .zip(context.time.today(zone))
                .is_some_and(|(shipped, today)| shipped > today),
            "in_future",
        ),
    ];
    let found = checks.into_iter().filter(|(is, _)| *is);
    found.map(|(_, problem)| problem).collect()
}

/// The local day that the line gives, or that holds where a list gives none.
fn shipped(context: &ReportContext<'_>, line: &StoredConfirmation, zone: Tz) -> Option<Day> {
    let typed = line.ship_date;
    let own = typed.map(|date| date.day(zone::offset(zone, date)));
    let unsubmitted = || {
        context
            .statements
            .ship_date
            .or_else(|| context.time.today(zone))
    };
    own.or_else(|| line.unsubmitted.then(unsubmitted).flatten())
}

/// The name that the line gives, or that holds where a list gives neither name nor code.
fn carrier(context: &ReportContext<'_>, line: &StoredConfirmation) -> String {
    let name = context.text(line.carrier_name);
    let code = context.state.supplementary.texts.get(line.carrier_code);
    match context.statements.carrier {
        Some(carrier) if line.unsubmitted && name.is_empty() && code.is_empty() => {
            carrier.to_owned()
        }
        _ => name,
    }
}

fn order_zone(context: &ReportContext<'_>, known: &Known<'_>, order: OrderId) -> Tz {
    let open = known.open.get(&order).and_then(|open| open.first());
    let seen = known.seen.get(&order).and_then(|seen| seen.first());
    match (open, seen) {
        (Some(open), _) => zone_of(context, open),
        (None, Some(seen)) => seen.zone,
        (None, None) => context.time.zone,
    }
}
