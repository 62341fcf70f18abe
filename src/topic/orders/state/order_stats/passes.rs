//! The two passes over each partition of the order log.

use std::collections::BTreeMap;

use hashbrown::HashSet;

use crate::field::{Currency, LabelId, Money, OrderId};
use crate::merge::Merge;
use crate::topic::orders::state::order_log::{RunOf, RunSums};

use crate::topic::orders::state::order_stats::histogram::{Histogram, Look};
use crate::topic::orders::state::order_stats::pairs::{Pairs, best, pairs_of, parts};
use crate::topic::orders::state::order_stats::{
    Home, Order, OrderStats, Pair, PlaceKey, StateParts, StatsContext, TermsKey, single, whole,
};

/// The first look: what can be counted order by order, and what is needed for the second.
#[derive(Debug, Default)]
pub struct FirstPass {
    /// Orders of several runs, by partition.
    again: BTreeMap<usize, HashSet<OrderId>>,
    /// These orders, whole.
    orders: Vec<Order>,
    order_stats: OrderStats,
    /// By the number of their group.
    values: Vec<Histogram>,
    /// Baskets that hold a SKU, by its number.
    holders: Vec<u64>,
    /// Pairs of SKUs in all baskets.
    pairs: u64,
}

impl FirstPass {
    /// Looks at a partition.
    pub fn see(&mut self, parts: StateParts<'_>, known: &StatsContext, partition: usize) {
        let again = parts.orders.log.again(partition);
        let scattered = parts.orders.log.scattered(partition, &again);
        self.order_stats.scattered.extend(scattered);
        self.values
            .resize_with(known.groups.len(), Histogram::default);
        self.holders.resize(parts.labels.skus.len(), 0);
        single(parts, partition, Some(&again), |run| {
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
            self.orders.extend(whole(parts, partition, &again));
            self.again.insert(partition, again);
        }
    }

    fn shape(&mut self, home: Home, sums: &RunSums, others: &[(Currency, Money)]) {
        let Home {
            who: fulfillment,
            currency,
            cancelled,
            ..
        } = home;
        let (place, terms) = (sums.place, sums.terms);
        let (places, all_terms) = (&mut self.order_stats.places, &mut self.order_stats.terms);
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
        self.order_stats.sizes.add(home.who, sizes);
        self.order_stats.baskets += 1;
        self.pairs += pairs_of(sizes[2]);
    }

    /// Counts the orders of several runs, once all partitions were looked at.
    pub fn settle(&mut self, parts: StateParts<'_>, known: &StatsContext) {
        for order in std::mem::take(&mut self.orders) {
            let home = known.settled(&order, parts);
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

    /// Looks at a partition again, for a part of the pairs; with the first part, for what orders are worth.
    pub fn look(
        &self,
        second_pass: &mut SecondPass,
        (parts, known): (StateParts<'_>, &StatsContext),
        partition: usize,
        part: u64,
    ) {
        let pair_parts = self.parts();
        if second_pass.looks.is_empty() {
            second_pass.looks = self.values.iter().map(Look::at).collect();
        }
        let mut skus: Vec<LabelId> = Vec::new();
        single(parts, partition, self.again.get(&partition), |run| {
            if part == 0
                && let Some(amount) = worth(run)
            {
                second_pass.value(known.home(run), amount);
            }
            if run.has_several() && known.home(run).is_basket(run.sums.lines) {
                skus.clear();
                skus.extend(known.skus(run));
                second_pass.pairs.add(&skus, part, pair_parts);
            }
        });
        // Those of several runs are looked at once, with the first partition.
        for order in self.orders.iter().filter(|_| partition == 0) {
            let home = known.settled(order, parts);
            if let Some(amount) = order.worth().filter(|_| part == 0) {
                second_pass.value(home, amount);
            }
            if home.is_basket(order.sums.lines) {
                second_pass.pairs.add(&order.skus, part, pair_parts);
            }
        }
    }

    /// The pairs of a part that matter.
    pub fn told(&self, parts: StateParts<'_>, second_pass: &mut SecondPass) -> Vec<Pair> {
        let pairs = std::mem::take(&mut second_pass.pairs);
        pairs.told(&self.holders, &parts.labels.skus)
    }

    /// What both looks found.
    pub fn order_stats(
        self,
        parts: StateParts<'_>,
        known: StatsContext,
        second_pass: &SecondPass,
        pairs: Vec<Pair>,
    ) -> OrderStats {
        let values = self.values.iter().zip(&second_pass.looks);
        let values = values.map(|(histogram, look)| histogram.values(look));
        let values = known.groups.into_iter().zip(values);
        OrderStats {
            taken: true,
            values: values.filter(|(_, values)| values.orders > 0).collect(),
            pairs: best(pairs, &parts.labels.skus),
            ..self.order_stats
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

impl Merge for FirstPass {
    fn merge(&mut self, other: Self) {
        self.again.extend(other.again);
        self.orders.extend(other.orders);
        let (order_stats, more) = (&mut self.order_stats, other.order_stats);
        order_stats.scattered.extend(more.scattered);
        order_stats.places.merge_renamed(more.places, |key| key);
        order_stats.terms.merge_renamed(more.terms, |key| key);
        order_stats.sizes.merge(more.sizes);
        order_stats.baskets += more.baskets;
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
pub struct SecondPass {
    looks: Vec<Look>,
    pairs: Pairs,
}

impl SecondPass {
    fn value(&mut self, home: Home, amount: Money) {
        if let Some(group) = home.group {
            self.looks[usize::from(group)].add(amount);
        }
    }
}

impl Merge for SecondPass {
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
