//! Lines of one order that stand together, while they are being read.

use crate::field::{Currency, Day, LabelId, Labels, Moment, OrderId};

use super::cube::Cube;
use super::hours::Slot;
use super::order_log::{OrderLog, Record};
use super::sales::{SalesKey, SalesMeasures};
use super::sku::{SkuKey, SkuMeasures};

/// Lines of one order that stand together, while they are being read.
#[derive(Debug, Default)]
pub struct Run {
    id: Option<OrderId>,
    home: Option<SalesKey>,
    priced_live: bool,
    conflict: bool,
    skus: Vec<SkuKey>,
    /// The earliest local day and hour.
    when: Option<(Day, Slot)>,
    /// The moment and channel that it was asked for last.
    asked: Option<(Moment, LabelId)>,
}

/// So many SKUs close a run: an order of a million lines must not cost a million comparisons a line.
const MOST_SKUS: usize = 32;

impl Run {
    /// Whether this line goes on with the run.
    #[inline]
    pub fn holds(&self, id: OrderId) -> bool {
        self.id == Some(id) && self.skus.len() < MOST_SKUS
    }

    /// Takes note of when a line was bought; `hour` is asked for the hour only where that is news.
    #[inline]
    pub fn bought(
        &mut self,
        moment: Moment,
        channel: LabelId,
        day: Day,
        hour: impl FnOnce() -> Option<u8>,
    ) {
        if self.asked != Some((moment, channel)) {
            self.asked = Some((moment, channel));
            let when = (day, Slot::of(hour()));
            self.when = Some(self.when.map_or(when, |earliest| earliest.min(when)));
        }
    }

    /// Adds a line: its cell (its currency is that of a price, else `None`), and its SKU if it is live.
    #[inline]
    pub fn add(
        &mut self,
        id: OrderId,
        home: SalesKey,
        live_sku: Option<SkuKey>,
        priced_live: bool,
        statuses: &Labels,
        channels: &Labels,
    ) {
        self.id = Some(id);
        self.priced_live |= priced_live;
        self.home = Some(match self.home {
            None => home,
            Some(known) if known == home => known,
            Some(known) => {
                let (settled, conflict) = settle(known, home, statuses, channels);
                self.conflict |= conflict;
                settled
            }
        });
        if let Some(live) = live_sku {
            match self.skus.iter_mut().find(|known| known.sku == live.sku) {
                Some(known) => {
                    known.currency = least(known.currency, live.currency);
                    known.week = known.week.min(live.week);
                }
                None => self.skus.push(live),
            }
        }
    }

    /// Closes the run: counts its order where it stands, and leaves records that say where that was.
    #[inline]
    pub fn close(
        &mut self,
        sales: &mut Cube<SalesKey, SalesMeasures>,
        skus: &mut Cube<SkuKey, SkuMeasures>,
        log: &mut OrderLog,
    ) {
        let (Some(id), Some(home)) = (self.id.take(), self.home.take()) else {
            return;
        };
        let hour = self.when.take().map_or(Slot::default(), |(_, hour)| hour);
        self.asked = None;
        *log.hours.at(home.day, hour) += 1;
        let home = sales.place(home);
        let cell = sales.at_mut(home);
        cell.orders_placed += 1;
        cell.priced_orders += u64::from(self.priced_live);
        if self.conflict {
            log.conflicts.push(id);
        }
        let mut first = true;
        if self.skus.is_empty() {
            log.push(Record::new(id, (home, hour), None, self.priced_live, first));
        }
        for key in self.skus.drain(..) {
            let sku = skus.place(key);
            skus.at_mut(sku).orders += 1;
            log.push(Record::new(
                id,
                (home, hour),
                Some(sku),
                self.priced_live,
                first,
            ));
            first = false;
        }
        self.priced_live = false;
        self.conflict = false;
    }
}

/// The home of two runs of one order: the least of each part; and whether they disagree (on more than currency).
pub(super) fn settle(
    a: SalesKey,
    b: SalesKey,
    statuses: &Labels,
    channels: &Labels,
) -> (SalesKey, bool) {
    if a == b {
        return (a, false);
    }
    let least_label = |labels: &Labels, a: LabelId, b: LabelId| {
        if labels.get(a) <= labels.get(b) { a } else { b }
    };
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

/// The lesser currency; none at all only if neither states one.
fn least(a: Option<Currency>, b: Option<Currency>) -> Option<Currency> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, other) => one.or(other),
    }
}
