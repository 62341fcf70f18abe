//! Merchant orders of the last days, by the days of each marketplace.

use crate::field::{Day, Fulfillment, Moment, StatusGroup, zone};

use crate::topic::context::ReportContext;

/// Merchant orders by local day of purchase.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Merchant {
    /// Of any status.
    pub(crate) placed: i64,
    /// Those of them that are cancelled.
    pub(crate) cancelled: i64,
}

/// Whether a day is one of so many that end today.
pub(crate) fn within(day: Day, today: Day, days: i32) -> bool {
    day > today.plus(-days) && day <= today
}

/// Those of so many days that end with the day of a moment, as far as they count; `None` without an all-orders report.
pub(crate) fn merchant(
    context: &ReportContext<'_>,
    moment: Moment,
    days: i32,
    counts: impl Fn(Day) -> bool,
) -> Option<Merchant> {
    let state = context.state;
    let today = |channel: &[u8]| {
        let zone = context.time.zones.of_channel(channel);
        moment.day(zone::offset(zone, moment))
    };
    // Asked once for a channel and a status, not for every cell.
    let todays: Vec<Day> = state
        .labels
        .channels
        .ids()
        .map(|id| today(state.labels.channels.get(id)))
        .collect();
    let cancelled: Vec<bool> = state
        .labels
        .statuses
        .ids()
        .map(|id| StatusGroup::read(state.labels.statuses.get(id)) == StatusGroup::Cancelled)
        .collect();
    let mut found = None;
    for (key, cell) in state.demand.sales.iter() {
        let sums: &mut Merchant = found.get_or_insert_default();
        if key.fulfillment == Fulfillment::Merchant
            && within(key.day, todays[key.channel.0 as usize], days)
            && counts(key.day)
        {
            let orders = i64::try_from(cell.orders_placed).unwrap_or(i64::MAX);
            sums.placed += orders;
            if cancelled[key.status.0 as usize] {
                sums.cancelled += orders;
            }
        }
    }
    found
}
