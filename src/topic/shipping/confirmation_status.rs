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

/// Days after which a line that the backlog still lists proves that Amazon did not accept its confirmation.
const DAYS_TO_ACCEPT: i32 = 2;

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
        // A confirmation that is not uploaded yet changes nothing.
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

    /// The earliest moment at which a line can have been uploaded: the moment of the upload if it is known, else the start of the
    /// day in `ship-date`.
    fn earliest(&self, line: &StoredConfirmation, zone: Tz) -> Option<Moment> {
        let upload = self.uploads.get(&line.extra.file).copied();
        let typed = line.ship_date.map(|date| start_of_day(date, zone));
        // A day in the future is a typing error and proves nothing.
        upload.or(typed.filter(|start| self.as_of.is_none_or(|as_of| *start <= as_of)))
    }

    /// The bounds that the files prove for the moment of confirmation. A day in `ship-date` proves only a lower bound.
    pub(crate) fn bounds(&self, order: OrderId, zone: Tz) -> Bounds {
        let lines = self.of_order(order);
        let earliest = lines.iter().map(|line| self.earliest(line, zone));
        let uploads = lines.iter().map(|line| self.uploads.get(&line.extra.file));
        Bounds {
            // One line without a moment leaves the bound of the order unknown.
            not_before: earliest.min().flatten(),
            by: uploads.min().flatten().and_then(|_| {
                let uploads = lines.iter().map(|line| self.uploads.get(&line.extra.file));
                uploads.max().flatten().copied()
            }),
        }
    }

    /// For each open line of an order: the units that are still to ship, and whether the backlog lists a line whose confirmation was
    /// not accepted.
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
                if self.was_not_accepted(state, parcel, line, zone) {
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

    /// Whether the backlog was made so long after the upload that it would no longer list an accepted line.
    fn was_not_accepted(
        &self,
        state: &FinishedState,
        parcel: &StoredConfirmation,
        line: &OpenLine,
        zone: Tz,
    ) -> bool {
        let uploaded = self.earliest(parcel, zone);
        let listed = state.data_quality.newest_moment(line.place.file);
        uploaded.zip(listed).is_some_and(|(uploaded, listed)| {
            listed.utc >= uploaded.utc + i64::from(DAYS_TO_ACCEPT) * DAY_SECONDS
        })
    }
}

/// The moment at which the local day of a date begins.
fn start_of_day(date: Moment, zone: Tz) -> Moment {
    let day: Day = date.day(zone::offset(zone, date));
    let midnight = i64::from(day.0) * DAY_SECONDS;
    // If the clocks change near midnight, the earlier of both readings, because this is a lower bound.
    let around = [-DAY_SECONDS / 2, DAY_SECONDS / 2].map(|apart| Moment::at(midnight + apart));
    let offset = around.map(|moment| zone::offset(zone, moment));
    Moment::at(midnight - offset[0].max(offset[1]))
}
