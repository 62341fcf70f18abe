//! The confirmation of orders by ship-confirmation files: its earliest moment, and the units that are still open.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use hashbrown::HashMap;

use crate::field::moment::DAY_SECONDS;
use crate::field::{Day, Moment, OrderId, zone};
use crate::line::FileId;
use crate::state::finished::FinishedState;
use crate::state::supplementary::StoredConfirmation;
use crate::topic::shipping::state::backlog::OpenLine;

/// A confirmation that the newest backlog has not heard of so many days later was not taken by Amazon.
const DAYS_TO_TAKE: i32 = 2;

/// The lines of ship-confirmation files by order.
#[derive(Debug)]
pub(crate) struct ConfirmedOrders<'c> {
    orders: HashMap<OrderId, Vec<&'c StoredConfirmation>>,
    as_of: Option<Moment>,
    uploads: BTreeMap<FileId, Moment>,
}

/// Bounds of the moment at which an order was confirmed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Bounds {
    pub(crate) not_before: Option<Moment>,
    pub(crate) by: Option<Moment>,
}

impl<'c> ConfirmedOrders<'c> {
    /// Of all ship-confirmation files. `confirmed_at` has the moments of their upload, `name` the names of files.
    pub(crate) fn of<'n>(
        state: &'c FinishedState,
        as_of: Option<Moment>,
        confirmed_at: &[(Option<String>, Moment)],
        name: impl Fn(FileId) -> &'n str,
    ) -> Self {
        let mut orders: HashMap<OrderId, Vec<&StoredConfirmation>> = HashMap::new();
        let confirmed = &state.supplementary.lines.confirmed;
        // What Amazon was not told yet changes nothing.
        for line in confirmed.iter().filter(|line| !line.unsubmitted) {
            orders.entry(line.order_id).or_default().push(line);
        }
        let upload = |file: FileId| {
            let named = |known: &Option<String>| known.as_deref() == Some(name(file));
            let at = confirmed_at.iter();
            let own = at.clone().find(|(known, _)| named(known));
            own.or_else(|| at.clone().find(|(known, _)| known.is_none()))
                .map(|(_, moment)| *moment)
        };
        let uploads = confirmed.iter().map(|line| line.extra.file);
        let uploads = uploads.filter_map(|file| Some((file, upload(file)?)));
        Self {
            orders,
            as_of,
            uploads: uploads.collect(),
        }
    }

    fn of_order(&self, order: OrderId) -> &[&'c StoredConfirmation] {
        self.orders.get(&order).map_or(&[], Vec::as_slice)
    }

    /// The first moment at which a line can have been told to Amazon: that of the upload, else the start of the day typed.
    fn earliest(&self, line: &StoredConfirmation, zone: Tz) -> Option<Moment> {
        let upload = self.uploads.get(&line.extra.file).copied();
        let typed = line.ship_date.map(|date| start_of_day(date, zone));
        // A day that is still to come is a slip of the pen, and proves nothing.
        upload.or(typed.filter(|start| self.as_of.is_none_or(|as_of| *start <= as_of)))
    }

    /// What the files say of when an order was confirmed. A typed day says no more than: not before.
    pub(crate) fn bounds(&self, order: OrderId, zone: Tz) -> Bounds {
        let lines = self.of_order(order);
        let earliest = lines.iter().map(|line| self.earliest(line, zone));
        let uploads = lines.iter().map(|line| self.uploads.get(&line.extra.file));
        Bounds {
            // One line that says nothing leaves all open.
            not_before: earliest.min().flatten(),
            by: uploads.min().flatten().and_then(|_| {
                let uploads = lines.iter().map(|line| self.uploads.get(&line.extra.file));
                uploads.max().flatten().copied()
            }),
        }
    }

    /// Of the open lines of an order, the units that are still to ship; and whether Amazon goes on listing what was confirmed.
    pub(crate) fn open(
        &self,
        state: &FinishedState,
        lines: &[&OpenLine],
        zone: Tz,
    ) -> Vec<(u32, bool)> {
        let mut left: Vec<(u32, bool)> = lines
            .iter()
            .map(|line| (line.quantity_to_ship, false))
            .collect();
        let Some(first) = lines.first() else {
            return left;
        };
        for parcel in self.of_order(first.order_id) {
            let item = state.supplementary.texts.get(parcel.order_item_id);
            let mut units = parcel.quantity.unwrap_or(u32::MAX);
            for (line, (open, stale)) in lines.iter().zip(&mut left) {
                if !item.is_empty() && item != &*line.order_item_id {
                    continue;
                }
                if self.was_not_taken(state, parcel, line, zone) {
                    *stale = true;
                    continue;
                }
                let shipped = units.min(*open);
                *open -= shipped;
                units -= shipped;
            }
        }
        left
    }

    /// The backlog was made so long after the parcel was told that it would not list it any more.
    fn was_not_taken(
        &self,
        state: &FinishedState,
        parcel: &StoredConfirmation,
        line: &OpenLine,
        zone: Tz,
    ) -> bool {
        let told = self.earliest(parcel, zone);
        let listed = state.data_quality.newest_moment(line.place.file);
        told.zip(listed).is_some_and(|(told, listed)| {
            listed.utc >= told.utc + i64::from(DAYS_TO_TAKE) * DAY_SECONDS
        })
    }
}

/// Midnight at which a local day begins; a moment with a time is taken by its local day.
fn start_of_day(date: Moment, zone: Tz) -> Moment {
    let day: Day = date.day(zone::offset(zone, date));
    let midnight = i64::from(day.0) * DAY_SECONDS;
    // Where the clocks change about then, the earlier of both readings: this is a bound.
    let around = [-DAY_SECONDS / 2, DAY_SECONDS / 2].map(|apart| Moment::at(midnight + apart));
    let offset = around.map(|moment| zone::offset(zone, moment));
    Moment::at(midnight - offset[0].max(offset[1]))
}
