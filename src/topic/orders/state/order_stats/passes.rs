//! The two looks at every shelf.

use std::collections::BTreeMap;

use hashbrown::HashSet;

use crate::field::{Currency, LabelId, Money, OrderId};
use crate::merge::Merge;
use crate::state::Summary;
use crate::topic::orders::state::order_log::{RunOf, Sums};

use crate::topic::orders::state::order_stats::histogram::{Histogram, Look};
use crate::topic::orders::state::order_stats::pairs::{Pairs, best, pairs_of, parts};
use crate::topic::orders::state::order_stats::{
    Census, Home, Known, Order, Pair, PlaceKey, TermsKey, single, whole,
};

/// The first look: what can be counted order by order, and what is needed for the second.
#[derive(Debug, Default)]
pub struct Tally {
    /// Orders of several runs, by shelf.
    again: BTreeMap<usize, HashSet<OrderId>>,
    /// These orders, whole.
    orders: Vec<Order>,
    census: Census,
    /// By the number of their group.
    values: Vec<Histogram>,
    /// Baskets that hold a SKU, by its number.
    holders: Vec<u64>,
    /// Pairs of SKUs in all baskets.
    pairs: u64,
}

impl Tally {
    /// Looks at a shelf.
    pub fn see(&mut self, summary: &Summary, known: &Known, shelf: usize) {
        let again = summary.orders.again(shelf);
        let scattered = summary.orders.scattered(shelf, &again);
        self.census.scattered.extend(scattered);
        self.values
            .resize_with(known.groups.len(), Histogram::default);
        self.holders.resize(summary.skus.len(), 0);
        single(summary, shelf, Some(&again), |run| {
            let home = known.home(run);
            self.shape(home, &run.sums, run.others);
            if let Some(amount) = worth(run) {
                self.value(home, amount);
            }
            if home.is_basket(run.sums.lines) {
                let mut skus = 0;
                for sku in known.skus(run) {
                    self.holders[sku.0 as usize] += 1;
                    skus += 1;
                }
                self.basket(home, [run.sums.lines, run.sums.units, skus]);
            }
        });
        if !again.is_empty() {
            self.orders.extend(whole(summary, shelf, &again));
            self.again.insert(shelf, again);
        }
    }

    fn shape(&mut self, home: Home, sums: &Sums, others: &[(Currency, Money)]) {
        let Home {
            who: fulfillment,
            currency,
            cancelled,
            ..
        } = home;
        let (place, terms) = (sums.place, sums.terms);
        let (places, all_terms) = (&mut self.census.places, &mut self.census.terms);
        places
            .cell(PlaceKey { place, currency })
            .add(sums, cancelled);
        let key = TermsKey {
            terms,
            fulfillment,
            currency,
        };
        all_terms.cell(key).add(sums, cancelled);
        for (currency, amount) in others {
            let currency = Some(*currency);
            places.cell(PlaceKey { place, currency }).sales += *amount;
            all_terms.cell(TermsKey { currency, ..key }).sales += *amount;
        }
    }

    fn value(&mut self, home: Home, amount: Money) {
        if let Some(group) = home.group {
            self.values[usize::from(group)].add(amount);
        }
    }

    /// Lines, units, SKUs.
    fn basket(&mut self, home: Home, sizes: [u64; 3]) {
        self.census.sizes.add(home.who, sizes);
        self.census.baskets += 1;
        self.pairs += pairs_of(sizes[2]);
    }

    /// Counts the orders of several runs, once all shelves were looked at.
    pub fn settle(&mut self, summary: &Summary, known: &Known) {
        for order in std::mem::take(&mut self.orders) {
            let home = known.settled(&order, summary);
            self.shape(home, &order.sums, &order.others);
            if let Some(amount) = order.worth() {
                self.value(home, amount);
            }
            if home.is_basket(order.sums.lines) {
                for sku in &order.skus {
                    self.holders[sku.0 as usize] += 1;
                }
                let skus = order.skus.len() as u64;
                self.basket(home, [order.sums.lines, order.sums.units, skus]);
            }
            self.orders.push(order);
        }
    }

    /// In how many parts pairs are to be counted.
    pub fn parts(&self) -> u64 {
        parts(self.pairs)
    }

    /// Looks at a shelf again, for a part of the pairs; with the first part, for what orders are worth.
    pub fn look(
        &self,
        closer: &mut Closer,
        (summary, known): (&Summary, &Known),
        shelf: usize,
        part: u64,
    ) {
        let parts = self.parts();
        if closer.looks.is_empty() {
            closer.looks = self.values.iter().map(Look::at).collect();
        }
        let mut skus: Vec<LabelId> = Vec::new();
        single(summary, shelf, self.again.get(&shelf), |run| {
            if part == 0
                && let Some(amount) = worth(run)
            {
                closer.value(known.home(run), amount);
            }
            if run.has_several() && known.home(run).is_basket(run.sums.lines) {
                skus.clear();
                skus.extend(known.skus(run));
                closer.pairs.add(&skus, part, parts);
            }
        });
        // Those of several runs are looked at once, with the first shelf.
        for order in self.orders.iter().filter(|_| shelf == 0) {
            let home = known.settled(order, summary);
            if let Some(amount) = order.worth().filter(|_| part == 0) {
                closer.value(home, amount);
            }
            if home.is_basket(order.sums.lines) {
                closer.pairs.add(&order.skus, part, parts);
            }
        }
    }

    /// The pairs of a part that matter.
    pub fn told(&self, summary: &Summary, closer: &mut Closer) -> Vec<Pair> {
        let pairs = std::mem::take(&mut closer.pairs);
        pairs.told(&self.holders, &summary.skus)
    }

    /// What both looks found.
    pub fn census(
        self,
        summary: &Summary,
        known: Known,
        closer: &Closer,
        pairs: Vec<Pair>,
    ) -> Census {
        let values = self.values.iter().zip(&closer.looks);
        let values = values.map(|(histogram, look)| histogram.values(look));
        let values = known.groups.into_iter().zip(values);
        Census {
            taken: true,
            values: values.filter(|(_, values)| values.orders > 0).collect(),
            pairs: best(pairs, &summary.skus),
            ..self.census
        }
    }
}

/// What an order of one run is worth; `None` if it has no price, or prices in two currencies.
fn worth(run: &RunOf<'_>) -> Option<Money> {
    Some(run.sums.amount).filter(|_| run.is_priced() && run.others.is_empty())
}

impl Order {
    fn worth(&self) -> Option<Money> {
        Some(self.sums.amount).filter(|_| self.priced && self.others.is_empty())
    }
}

impl Merge for Tally {
    fn merge(&mut self, other: Self) {
        self.again.extend(other.again);
        self.orders.extend(other.orders);
        let (census, more) = (&mut self.census, other.census);
        census.scattered.extend(more.scattered);
        census.places.absorb(more.places, |key| key);
        census.terms.absorb(more.terms, |key| key);
        census.sizes.merge(more.sizes);
        census.baskets += more.baskets;
        let groups = self.values.len().max(other.values.len());
        self.values.resize_with(groups, Histogram::default);
        for (all, more) in self.values.iter_mut().zip(other.values) {
            all.merge(more);
        }
        self.holders
            .resize(self.holders.len().max(other.holders.len()), 0);
        for (all, more) in self.holders.iter_mut().zip(other.holders) {
            *all += more;
        }
        self.pairs += other.pairs;
    }
}

/// The second look: what the first left open.
#[derive(Debug, Clone, Default)]
pub struct Closer {
    looks: Vec<Look>,
    pairs: Pairs,
}

impl Closer {
    fn value(&mut self, home: Home, amount: Money) {
        if let Some(group) = home.group {
            self.looks[usize::from(group)].add(amount);
        }
    }
}

impl Merge for Closer {
    fn merge(&mut self, other: Self) {
        if self.looks.is_empty() {
            *self = other;
            return;
        }
        for (all, more) in self.looks.iter_mut().zip(other.looks) {
            all.merge(more);
        }
        self.pairs.merge(other.pairs);
    }
}
