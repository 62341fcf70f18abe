//! The proof that an order was confirmed in time or late, as far as the files hold it (docs/metrics.md, Late shipments).

use hashbrown::HashMap;

use crate::field::{LabelId, Moment, OrderId, StatusGroup, zone};
use crate::line::FileId;
use crate::ownership::Role;
use crate::topic::shipping::state::history::{Listed, Seen};

use crate::topic::context::ReportContext;
use crate::topic::shipping::judged_order::{Judged, Proof};
use crate::topic::shipping::promise::Promise;

/// All of them, by promise and order. Empty if no file tells a promise, or none proves a date.
pub(crate) fn judged<'f>(context: &'f ReportContext<'_>) -> &'f [Judged] {
    context.judged(|| judge_all(context))
}

/// What files tell of one order.
#[derive(Debug, Default)]
struct Told<'c> {
    listed: Vec<&'c Listed>,
    due: Vec<&'c Listed>,
    seen: Vec<&'c Seen>,
}

fn judge_all(context: &ReportContext<'_>) -> Vec<Judged> {
    let Some(as_of) = context.time.as_of else {
        return Vec::new();
    };
    let history = &context.state.shipping.history;
    let mut told: HashMap<OrderId, Told<'_>> = HashMap::new();
    for line in &history.listed {
        told.entry(line.order).or_default().listed.push(line);
    }
    for line in &history.due {
        told.entry(line.order).or_default().due.push(line);
    }
    for line in &history.seen {
        // A ship-confirmation file watches orders too, of which nobody may know the promise.
        if let Some(told) = told.get_mut(&line.order) {
            told.seen.push(line);
        }
    }
    let newest = newest_files(context);
    let mut judged: Vec<Judged> = told
        .iter()
        .filter_map(|(order, told)| judge(context, as_of, *order, told, &newest))
        .collect();
    judged.sort_by_cached_key(|judged| {
        (
            judged.promise.day,
            judged.promise.end(),
            context.ids.text(judged.order),
        )
    });
    judged
}

/// What the newest unshipped file says counts, else the newest orders report; of several lines, the least promise.
fn terms<'c>(context: &ReportContext<'_>, told: &Told<'c>) -> Option<&'c Listed> {
    of_newest(context, &told.listed).or_else(|| of_newest(context, &told.due))
}

fn of_newest<'c>(context: &ReportContext<'_>, lines: &[&'c Listed]) -> Option<&'c Listed> {
    let age = |line: &Listed| (context.moment_of(line.file), line.file);
    let newest = lines.iter().map(|line| age(line)).max();
    let promised = lines
        .iter()
        .filter(|line| line.promise.is_some() && Some(age(line)) == newest);
    let service = |line: &Listed| context.state.supplementary.texts.get(line.service);
    // Lines of one order may name several channels: one that is named comes first, whichever line was read first.
    let zone = |line: &Listed| (!line.channel_known, line.zone.name());
    promised
        .min_by_key(|line| (line.promise, line.purchase, service(line), zone(line)))
        .copied()
}

fn judge(
    context: &ReportContext<'_>,
    as_of: Moment,
    order: OrderId,
    told: &Told<'_>,
    newest: &[FileId],
) -> Option<Judged> {
    let terms = terms(context, told)?;
    let Told { listed, due, seen } = told;
    // The channel of the order proves its zone better than the country it goes to.
    let of_channel = seen
        .iter()
        .map(|seen| seen.zone)
        .min_by_key(|zone| zone.name());
    let zone = match of_channel {
        Some(zone) if !terms.channel_known => zone,
        _ => terms.zone,
    };
    let promise = Promise::read(terms.promise?, zone);
    let latest = seen.iter().max_by_key(|seen| (seen.updated, seen.status));
    let cancelled = latest.is_some_and(|seen| seen.status == StatusGroup::Cancelled);
    if cancelled || !seen.is_empty() && !seen.iter().any(|seen| seen.merchant) {
        return None;
    }
    let shipped = || seen.iter().filter(|seen| is_shipped(seen.status));
    let confirmed = context.confirmed().bounds(order, zone);
    let was_confirmed =
        shipped().next().is_some() || confirmed.not_before.is_some() || confirmed.by.is_some();
    let by_stamp = shipped().filter_map(|seen| seen.updated).min();
    let shipped_by = by_stamp.into_iter().chain(confirmed.by).min();
    let listed_until = listed
        .iter()
        .filter_map(|line| context.moment_of(line.file))
        .max();
    let unshipped_until = listed_until.max(confirmed.not_before);
    let open = listed.iter().any(|line| newest.contains(&line.file));
    let end = promise.end();
    let not_by_then = unshipped_until.is_some_and(|until| until > end);
    let proof = match (not_by_then, shipped_by.is_some_and(|by| by <= end)) {
        (true, false) if open || was_confirmed => Proof::Late,
        (false, true) => Proof::OnTime,
        (false, false) if as_of <= end => Proof::NotDue,
        _ => Proof::Unknown,
    };
    let lines = listed.iter().chain(due);
    let mut skus: Vec<LabelId> = lines.map(|line| line.sku).collect();
    skus.sort_unstable();
    skus.dedup();
    let own_day = terms.purchase.day(zone::offset(zone, terms.purchase));
    Some(Judged {
        order,
        promise,
        day: seen.iter().map(|seen| seen.day).min().unwrap_or(own_day),
        today: as_of.day(zone::offset(zone, as_of)),
        zone,
        unshipped_until,
        shipped_by,
        open,
        listed: !listed.is_empty(),
        seen: !seen.is_empty(),
        skus,
        service: terms.service,
        proof,
    })
}

/// The backlogs that are open now: the newest of every account.
fn newest_files(context: &ReportContext<'_>) -> Vec<FileId> {
    (0..)
        .map(FileId)
        .zip(context.inputs)
        .filter(|(_, input)| matches!(input.role, Role::Current | Role::OtherAccount))
        .map(|(file, _)| file)
        .collect()
}

fn is_shipped(status: StatusGroup) -> bool {
    matches!(
        status,
        StatusGroup::Shipped | StatusGroup::Delivered | StatusGroup::Returned | StatusGroup::Failed
    )
}
