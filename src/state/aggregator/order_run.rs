//! A run of adjacent lines of one order, while it is read.

use std::hash::Hash;

use crate::cube::Cube;
use crate::field::{Amount, Currency, Day, LabelId, Moment, Money, OrderId};

use crate::line::OrderLine;
use crate::merge::Merge;
use crate::state::State;
use crate::topic::demand::state::hours::Slot;
use crate::topic::demand::state::sales::SalesKey;
use crate::topic::orders::state::home::{common_home, least};
use crate::topic::orders::state::order_log::{Others, Record, RunSums};
use crate::topic::products::state::sku::SkuKey;

/// Lines of one order that stand together, while they are being read.
#[derive(Debug, Default)]
pub(crate) struct OrderRun {
    /// Whether what runs add up to is kept.
    sums: bool,
    id: Option<OrderId>,
    home: Option<Placed<SalesKey>>,
    priced_live: bool,
    conflict: bool,
    skus: Vec<Placed<SkuKey>>,
    /// Where it goes, and on what terms.
    shape: Option<(LabelId, LabelId)>,
    lines: u64,
    units: u64,
    unpriced_units: u64,
    /// The currency of the live line that was priced first, and what there is of it.
    amount: Option<(Option<Currency>, Money)>,
    others: Others,
    /// The earliest local day and hour.
    when: Option<(Day, Slot)>,
    /// The moment and channel that it was asked for last.
    asked: Option<(Moment, LabelId)>,
}

/// A key of a cube, and the number of its cell where it is known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Placed<K> {
    pub(crate) key: K,
    pub(crate) place: Option<u32>,
}

impl<K: Copy + Eq + Hash> Placed<K> {
    /// Takes another key in its place, whose cell has to be looked for if it is a new one.
    fn set(&mut self, key: K) {
        if self.key != key {
            *self = Self { key, place: None };
        }
    }

    #[inline]
    fn place<M: Merge>(self, cube: &mut Cube<K, M>) -> u32 {
        self.place.unwrap_or_else(|| cube.place(self.key))
    }
}

/// So many SKUs close a run: an order of a million lines must not cost a million comparisons a line.
const MOST_SKUS: usize = 32;

impl OrderRun {
    /// No lines yet; `sums` says whether what they add up to is to be kept.
    pub(crate) fn new(sums: bool) -> Self {
        Self {
            sums,
            ..Self::default()
        }
    }

    /// Whether this line goes on with the run.
    #[inline]
    pub(crate) fn holds(&self, id: OrderId) -> bool {
        self.id == Some(id) && self.skus.len() < MOST_SKUS
    }

    /// Takes note of when a line was bought; `hour` is asked for the hour only where that is news.
    #[inline]
    pub(crate) fn bought(
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

    /// Adds a line of a kind: its cell (its currency is that of a price, else `None`), and its SKU if it is live.
    #[inline]
    pub(crate) fn add(
        &mut self,
        line: &OrderLine<'_>,
        home: Placed<SalesKey>,
        shape: (LabelId, LabelId),
        live_sku: Option<Placed<SkuKey>>,
        state: &State,
    ) {
        self.id = Some(line.order_id);
        match &mut self.home {
            None => self.home = Some(home),
            Some(known) if known.key == home.key => {}
            Some(known) => {
                let labels = &state.labels;
                let (settled, conflict) =
                    common_home(known.key, home.key, &labels.statuses, &labels.channels);
                self.conflict |= conflict;
                known.set(settled);
            }
        }
        self.shape = Some(match self.shape {
            None => shape,
            Some(known) if known == shape => known,
            Some(known) => (
                state.orders.profiles.places.least(known.0, shape.0),
                state.orders.profiles.terms.least(known.1, shape.1),
            ),
        });
        let Some(live) = live_sku else { return };
        self.priced_live |= line.line_amount.is_some();
        if self.sums {
            self.add_up(line);
        }
        self.note(live);
    }

    /// Adds a live line to what the run adds up to.
    #[inline]
    fn add_up(&mut self, line: &OrderLine<'_>) {
        let quantity = u64::from(line.quantity);
        self.lines += 1;
        self.units += quantity;
        match line.line_amount {
            Some(amount) => {
                let (currency, sum) = self.amount.get_or_insert((line.currency, Money::default()));
                if *currency == line.currency {
                    *sum += amount;
                } else {
                    self.add_other(line.currency, amount);
                }
            }
            None => self.unpriced_units += quantity,
        }
    }

    /// Takes note of the SKU of a live line.
    #[inline]
    fn note(&mut self, live: Placed<SkuKey>) {
        let mut known = self.skus.iter_mut();
        match known.find(|known| known.key.sku == live.key.sku) {
            Some(known) => {
                let (old, new) = (known.key, live.key);
                known.set(SkuKey {
                    currency: least(old.currency, new.currency),
                    period: old.period.min(new.period),
                    ..old
                });
            }
            None => self.skus.push(live),
        }
    }

    #[cold]
    fn add_other(&mut self, currency: Option<Currency>, amount: Amount) {
        // An amount without a currency is zero.
        let Some(currency) = currency else { return };
        let known = self.others.iter_mut().find(|(known, _)| *known == currency);
        if let Some((_, sum)) = known {
            *sum += amount;
        } else {
            let mut sum = Money::default();
            sum += amount;
            self.others.push((currency, sum));
        }
    }

    /// What the live lines add up to, for an order that is at home in a currency.
    #[inline]
    fn sums(&mut self, (place, terms): (LabelId, LabelId), home: Option<Currency>) -> RunSums {
        let mut amount = Money::default();
        if let Some((currency, sum)) = self.amount.take() {
            amount = if currency == home {
                sum
            } else {
                self.come_home(home, currency, sum)
            };
        }
        // Nothing of a currency is no amount in it.
        self.others
            .retain(|(_, amount)| *amount != Money::default());
        RunSums {
            amount,
            lines: std::mem::take(&mut self.lines),
            units: std::mem::take(&mut self.units),
            unpriced_units: std::mem::take(&mut self.unpriced_units),
            place,
            terms,
        }
    }

    /// The amount in the home's currency, where the line that was priced first was in another one.
    #[cold]
    fn come_home(
        &mut self,
        home: Option<Currency>,
        first: Option<Currency>,
        amount: Money,
    ) -> Money {
        let at_home = self
            .others
            .iter()
            .position(|(known, _)| Some(*known) == home);
        let at_home = at_home.map_or(Money::default(), |place| self.others.swap_remove(place).1);
        self.others.extend(first.map(|currency| (currency, amount)));
        at_home
    }

    /// Closes the run: counts its order where it stands, and leaves records that say where that was.
    #[inline]
    pub(crate) fn close(&mut self, state: &mut State) {
        let parts = (self.id.take(), self.home.take(), self.shape.take());
        let (Some(id), Some(home), Some(shape)) = parts else {
            return;
        };
        let hour = self.when.take().map_or(Slot::default(), |(_, hour)| hour);
        self.asked = None;
        let sums = self.sums.then(|| self.sums(shape, home.key.currency));
        let log = &mut state.orders.log;
        *log.hours.at(home.key.day, hour) += 1;
        let home = home.place(&mut state.demand.sales);
        let cell = state.demand.sales.at_mut(home);
        cell.orders_placed += 1;
        cell.priced_orders += u64::from(self.priced_live);
        if self.conflict {
            log.conflicts.push(id);
        }
        let priced = self.priced_live;
        let record = |sku, first| Record::new(id, (home, hour), sku, priced, first);
        let mut skus = self.skus.drain(..).map(|key| {
            let sku = key.place(&mut state.products.sales);
            state.products.sales.at_mut(sku).orders += 1;
            sku
        });
        log.open(record(skus.next(), true), sums, &mut self.others);
        for sku in skus {
            log.push(record(Some(sku), false));
        }
        self.priced_live = false;
        self.conflict = false;
    }
}
