//! Whether an order was confirmed in time: what the files prove, and no more (METRICS 6).

use std::collections::BTreeMap;

use chrono_tz::Tz;
use hashbrown::HashMap;

use crate::cube::history::{Listed, Seen};
use crate::field::{Day, Moment, OrderId, StatusGroup, zone};
use crate::line::FileId;
use crate::overlap::Role;

use super::Facts;
use super::promise::Promise;

/// What is proven of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Proof {
    /// Not confirmed by its promise: still listed as unshipped after it, and shipped since or still open.
    Late,
    /// Seen shipped by its promise.
    OnTime,
    /// Neither; it may also have been cancelled.
    Unknown,
    /// Open, and its promise is still to come.
    NotDue,
}

impl Proof {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::OnTime => "on_time",
            Self::Unknown => "unknown",
            Self::NotDue => "not_due",
        }
    }
}

/// A merchant order with a known promise that is not known to be cancelled.
#[derive(Debug, Clone)]
pub(super) struct Judged {
    pub(super) order: OrderId,
    pub(super) promise: Promise,
    /// The local day of purchase.
    pub(super) day: Day,
    /// The local day of the moment that all is judged at.
    pub(super) today: Day,
    pub(super) zone: Tz,
    /// The moment of the last unshipped file that lists it: it was not confirmed before.
    pub(super) listed_until: Moment,
    /// The earliest stamp at which it was seen shipped: it was confirmed by then.
    pub(super) shipped_by: Option<Moment>,
    /// It is in the newest unshipped file.
    pub(super) open: bool,
    /// An all-orders file tells of it.
    pub(super) seen: bool,
    pub(super) proof: Proof,
}

/// All of them, by promise and order. Empty without unshipped files, or if no file proves a date.
pub(super) fn judged<'f>(facts: &'f Facts<'_>) -> &'f [Judged] {
    facts.judged.get_or_init(|| judge_all(facts))
}

fn judge_all(facts: &Facts<'_>) -> Vec<Judged> {
    let Some(as_of) = facts.as_of else {
        return Vec::new();
    };
    let history = &facts.counted.history;
    let mut seen: HashMap<OrderId, Vec<&Seen>> = HashMap::new();
    for line in &history.seen {
        seen.entry(line.order).or_default().push(line);
    }
    let mut listed: BTreeMap<OrderId, Vec<&Listed>> = BTreeMap::new();
    for line in &history.listed {
        listed.entry(line.order).or_default().push(line);
    }
    let newest = newest_files(facts);
    let mut judged: Vec<Judged> = listed
        .iter()
        .filter_map(|(order, listed)| {
            let seen = seen.get(order).map_or(&[][..], Vec::as_slice);
            judge(facts, as_of, *order, listed, seen, &newest)
        })
        .collect();
    judged.sort_by_cached_key(|judged| {
        (
            judged.promise.day,
            judged.promise.end(),
            facts.ids.text(judged.order),
        )
    });
    judged
}

fn judge(
    facts: &Facts<'_>,
    as_of: Moment,
    order: OrderId,
    listed: &[&Listed],
    seen: &[&Seen],
    newest: &[FileId],
) -> Option<Judged> {
    let moment_of = |file: FileId| {
        let source = facts.counted.sources.get(&file);
        source.and_then(|source| source.newest_moment)
    };
    // What the newest file says of the promise counts; of several lines, the least.
    let last = listed
        .iter()
        .map(|line| (moment_of(line.file), line.file))
        .max()?;
    let listed_until = last.0?;
    let of_last = || listed.iter().filter(|line| line.file == last.1);
    let first =
        of_last().min_by_key(|line| (line.promise.is_none(), line.promise, line.purchase))?;
    // The channel of the order proves its zone better than the country it goes to.
    let of_channel = seen
        .iter()
        .map(|seen| seen.zone)
        .min_by_key(|zone| zone.name());
    let zone = match of_channel {
        Some(zone) if !first.channel_known => zone,
        _ => first.zone,
    };
    let promise = Promise::read(first.promise?, zone);
    let latest = seen.iter().max_by_key(|seen| (seen.updated, seen.status));
    let cancelled = latest.is_some_and(|seen| seen.status == StatusGroup::Cancelled);
    if cancelled || !seen.is_empty() && !seen.iter().any(|seen| seen.merchant) {
        return None;
    }
    let shipped = || seen.iter().filter(|seen| is_shipped(seen.status));
    let was_shipped = shipped().next().is_some();
    let shipped_by = shipped().filter_map(|seen| seen.updated).min();
    let open = newest.contains(&last.1);
    let end = promise.end();
    let proof = match (listed_until > end, shipped_by.is_some_and(|by| by <= end)) {
        (true, false) if open || was_shipped => Proof::Late,
        (false, true) => Proof::OnTime,
        (false, false) if open && as_of <= end => Proof::NotDue,
        _ => Proof::Unknown,
    };
    let own_day = first.purchase.day(zone::offset(zone, first.purchase));
    Some(Judged {
        order,
        promise,
        day: seen.iter().map(|seen| seen.day).min().unwrap_or(own_day),
        today: as_of.day(zone::offset(zone, as_of)),
        zone,
        listed_until,
        shipped_by,
        open,
        seen: !seen.is_empty(),
        proof,
    })
}

/// The backlogs that are open now: the newest of every account.
fn newest_files(facts: &Facts<'_>) -> Vec<FileId> {
    (0..)
        .map(FileId)
        .zip(facts.inputs)
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
