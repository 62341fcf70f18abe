//! The home of an order: the cell that it counts in (docs/metrics.md, One order, one snapshot).

use crate::field::{Currency, LabelId, Labels};
use crate::topic::demand::state::sales::SalesKey;

/// The home of two runs of one order: the least of each part; and whether they disagree (on more than currency).
pub(crate) fn common_home(
    a: SalesKey,
    b: SalesKey,
    statuses: &Labels,
    channels: &Labels,
) -> (SalesKey, bool) {
    if a == b {
        return (a, false);
    }
    let differs =
        (a.fulfillment, a.status, a.channel, a.day) != (b.fulfillment, b.status, b.channel, b.day);
    let home = SalesKey {
        fulfillment: a.fulfillment.min(b.fulfillment),
        status: least_label(statuses, a.status, b.status),
        channel: least_label(channels, a.channel, b.channel),
        day: a.day.min(b.day),
        currency: least(a.currency, b.currency),
    };
    (home, differs)
}

/// The one of two texts that comes first in byte order.
pub(crate) fn least_label(labels: &Labels, a: LabelId, b: LabelId) -> LabelId {
    if a == b || labels.get(a) <= labels.get(b) {
        a
    } else {
        b
    }
}

/// The lesser currency; none at all only if neither states one.
pub(crate) fn least(a: Option<Currency>, b: Option<Currency>) -> Option<Currency> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, other) => one.or(other),
    }
}
