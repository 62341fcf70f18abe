//! Counts of pairs of SKUs in one order, exact and in bounded memory: one part of all pairs after the other.

use std::cmp::{Ordering, Reverse};

use hashbrown::HashMap;

use crate::field::{LabelId, Labels};
use crate::merge::Merge;

/// Pairs that are counted at a time, at most.
const AT_A_TIME: u64 = 2_000_000;
/// Orders of more SKUs are no basket but a wholesale; their pairs are not counted.
const MOST_SKUS: usize = 50;
/// Pairs that are told, by each order of rank.
const MOST: usize = 50;
/// Pairs in fewer orders are no pattern; and in fewer than these, chance, however rare their SKUs are.
const LEAST_ORDERS: u64 = 2;
const LEAST_FOR_LIFT: u64 = 5;

/// Two SKUs in orders of one part of all pairs, by the lesser number first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pairs(HashMap<(u32, u32), u64>);

/// So many parts, so that none has too many pairs.
pub(crate) fn parts(pairs: u64) -> u64 {
    pairs.div_ceil(AT_A_TIME).max(1)
}

/// How many pairs an order has; none if it is too large.
pub(crate) fn pairs_of(skus: u64) -> u64 {
    if skus > MOST_SKUS as u64 {
        return 0;
    }
    skus * skus.saturating_sub(1) / 2
}

impl Pairs {
    /// Adds the pairs of an order that are of this part.
    pub(crate) fn add(&mut self, skus: &[LabelId], part: u64, parts: u64) {
        if skus.len() > MOST_SKUS {
            return;
        }
        for (place, a) in skus.iter().enumerate() {
            for b in &skus[place + 1..] {
                let pair = (a.0.min(b.0), a.0.max(b.0));
                let mixed = (u64::from(pair.0) << 32 | u64::from(pair.1))
                    .wrapping_mul(0x9e37_79b9_7f4a_7c15);
                if parts == 1 || (mixed >> 32) % parts == part {
                    *self.0.entry(pair).or_default() += 1;
                }
            }
        }
    }

    /// The pairs that matter: those in the most orders, and those that are together most beyond chance.
    pub(crate) fn told(self, holders: &[u64], skus: &Labels) -> Vec<Pair> {
        // Nearly all pairs are in one order or two, and cannot be among the first: they need not be sorted.
        let mut counts: Vec<u64> = self.0.values().copied().collect();
        let least = match counts.len().checked_sub(MOST) {
            Some(place) => *counts.select_nth_unstable(place).1,
            None => LEAST_ORDERS,
        };
        let least = least.clamp(LEAST_ORDERS, LEAST_FOR_LIFT);
        let pairs = self.0.into_iter().filter(|(_, orders)| *orders >= least);
        let pairs = pairs.map(|((a, b), orders)| Pair::new(a, b, orders, holders, skus));
        best(pairs.collect(), skus)
    }
}

impl Merge for Pairs {
    fn merge(&mut self, mut other: Self) {
        // The fewer go to the more.
        if self.0.len() < other.0.len() {
            std::mem::swap(self, &mut other);
        }
        for (pair, orders) in other.0 {
            *self.0.entry(pair).or_default() += orders;
        }
    }
}

/// Two SKUs in the same orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// The SKU that comes first in byte order, and the other one.
    pub skus: [LabelId; 2],
    /// Orders with a live line of both.
    pub orders: u64,
    /// Orders with a live line of each.
    pub holders: [u64; 2],
}

impl Pair {
    fn new(a: u32, b: u32, orders: u64, holders: &[u64], skus: &Labels) -> Self {
        let mut both = [LabelId(a), LabelId(b)];
        both.sort_unstable_by_key(|sku| skus.get(*sku));
        Self {
            skus: both,
            orders,
            holders: both.map(|sku| holders.get(sku.0 as usize).copied().unwrap_or_default()),
        }
    }

    /// Which of two is together more beyond chance: of `orders / (holders * holders)` the greater.
    fn by_lift(&self, other: &Self) -> Ordering {
        let by_chance = |pair: &Self| u128::from(pair.holders[0]) * u128::from(pair.holders[1]);
        // Orders of a SKU are fewer than 2^40 and those of a pair no more than of either, so this fits.
        let (mine, theirs) = (
            u128::from(self.orders) * by_chance(other),
            u128::from(other.orders) * by_chance(self),
        );
        mine.cmp(&theirs)
    }
}

/// The first by orders and the first by lift, in the order of orders, names settling ties.
pub(crate) fn best(mut pairs: Vec<Pair>, skus: &Labels) -> Vec<Pair> {
    let names = |pair: &Pair| pair.skus.map(|sku| skus.get(sku));
    pairs
        .sort_unstable_by(|a, b| (Reverse(a.orders), names(a)).cmp(&(Reverse(b.orders), names(b))));
    let mut rest = pairs.split_off(pairs.len().min(MOST));
    rest.retain(|pair| pair.orders >= LEAST_FOR_LIFT);
    let mut by_lift: Vec<Pair> = pairs
        .iter()
        .chain(&rest)
        .copied()
        .filter(|pair| pair.orders >= LEAST_FOR_LIFT)
        .collect();
    by_lift.sort_by(|a, b| b.by_lift(a).then_with(|| names(a).cmp(&names(b))));
    by_lift.truncate(MOST);
    rest.retain(|pair| by_lift.contains(pair));
    pairs.extend(rest);
    pairs
}
