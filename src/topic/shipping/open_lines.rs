//! The open lines in working order, each with the urgency of its order.

use std::collections::BTreeMap;

use chrono_tz::Tz;

use crate::field::OrderId;
use crate::topic::context::ReportContext;
use crate::topic::shipping::promise::{Bucket, Open, Promise};
use crate::topic::shipping::state::backlog::OpenLine;

/// The zone of an open line: its channel's, else its country's.
pub(crate) fn zone_of(context: &ReportContext<'_>, line: &OpenLine) -> Tz {
    if line.sales_channel.is_empty() {
        context.time.zones.of_country(&line.ship_country)
    } else {
        context.time.zones.of_channel(&line.sales_channel)
    }
}

/// The promise of a single line.
pub(crate) fn promise_of(context: &ReportContext<'_>, line: &OpenLine) -> Option<Promise> {
    line.promise_date
        .map(|moment| Promise::read(moment, zone_of(context, line)))
}

/// All open lines in working order: most urgent bucket, then earliest promise, then order and item.
pub(crate) fn open_lines<'f, 'c>(context: &'f ReportContext<'c>) -> &'f [Open<'c>] {
    context.open(|| all_open(context))
}

fn all_open<'c>(context: &ReportContext<'c>) -> Vec<Open<'c>> {
    let mut orders: BTreeMap<OrderId, Vec<&OpenLine>> = BTreeMap::new();
    for line in &context.state.shipping.backlog {
        orders.entry(line.order_id).or_default().push(line);
    }
    let mut open: Vec<Open<'c>> = orders
        .into_values()
        .flat_map(|lines| order(context, &lines))
        .collect();
    let urgency = |open: &Open<'_>| {
        (
            open.bucket,
            open.promise.map(|promise| (promise.day, promise.moment)),
        )
    };
    let content = |a: &Open<'_>, b: &Open<'_>| {
        a.order_id
            .cmp(&b.order_id)
            .then(a.line.content().cmp(&b.line.content()))
    };
    open.sort_by(|a, b| urgency(a).cmp(&urgency(b)).then_with(|| content(a, b)));
    open
}

fn order<'c>(context: &ReportContext<'c>, lines: &[&'c OpenLine]) -> Vec<Open<'c>> {
    let zone = lines.first().map_or(Tz::UTC, |line| zone_of(context, line));
    let left = context.confirmed().open(context.state, lines, zone);
    let (lines, left): (Vec<&OpenLine>, Vec<u32>) = lines
        .iter()
        .zip(left)
        .filter(|(_, (units, _))| *units > 0)
        .map(|(line, (units, _))| (*line, units))
        .unzip();
    if lines.is_empty() {
        return Vec::new();
    }
    let earliest = |line: &OpenLine| (line.promise_date.is_none(), line.promise_date);
    let first = lines.iter().min_by(|a, b| {
        earliest(a)
            .cmp(&earliest(b))
            .then_with(|| a.content().cmp(&b.content()))
    });
    let promise = first.and_then(|line| promise_of(context, line));
    let zone = first.map_or(Tz::UTC, |line| zone_of(context, line));
    let today = context.time.today(zone);
    let calendar_days = first.is_some_and(|line| five_calendar_days(line));
    let cancel_by = promise.map(|promise| {
        if calendar_days {
            promise.day.plus(5)
        } else {
            context.time.calendar.after(promise.day, 7)
        }
    });
    let verge = cancel_by
        .zip(today)
        .map(|(cancel_by, today)| today >= context.time.calendar.before(cancel_by));
    let days_overdue = promise
        .zip(today)
        .map(|(promise, today)| today.0 - promise.day.0);
    let hold = lines.iter().any(|line| line.buyer_requested_cancellation);
    let past_promise = promise
        .zip(context.time.as_of)
        .is_some_and(|(promise, as_of)| as_of > promise.moment);
    let bucket = match days_overdue {
        _ if hold => Bucket::Hold,
        None => Bucket::NoPromise,
        _ if cancel_by
            .zip(today)
            .is_some_and(|(cancel_by, today)| today > cancel_by) =>
        {
            Bucket::PastCancelBy
        }
        Some(8..) => Bucket::Overdue8Plus,
        Some(4..=7) => Bucket::Overdue4To7,
        Some(2..=3) => Bucket::Overdue2To3,
        Some(1) => Bucket::Overdue1,
        Some(0) if past_promise => Bucket::OverdueToday,
        Some(0) => Bucket::DueToday,
        Some(-1) => Bucket::DueTomorrow,
        Some(_) => Bucket::Later,
    };
    let order_id = first.map_or_else(String::new, |line| context.ids.text(line.order_id));
    lines
        .iter()
        .zip(left)
        .map(|(line, quantity)| Open {
            line,
            quantity,
            order_id: order_id.clone(),
            bucket,
            promise,
            days_overdue,
            cancel_by,
            verge,
            hold,
        })
        .collect()
}

/// Saudi Arabia and the Emirates count calendar days (docs/metrics.md, Late shipments).
fn five_calendar_days(line: &OpenLine) -> bool {
    let ends = |tail: &[u8]| line.sales_channel.to_ascii_lowercase().ends_with(tail);
    if line.sales_channel.is_empty() {
        matches!(&*line.ship_country, b"SA" | b"AE")
    } else {
        ends(b".sa") || ends(b".ae")
    }
}
