//! Exact quantiles of order values in two passes, for any number of orders.

use std::collections::BTreeMap;

use crate::field::{Currency, Fulfillment, Money};
use crate::merge::Merge;

/// Fulfillment, and the currency.
pub type Group = (Fulfillment, Currency);

/// The quantiles that are told, in percent.
pub const QUANTILES: [u64; 6] = [10, 25, 50, 75, 90, 99];

/// Amounts are told apart to this many bits.
const BITS: u32 = 7;

/// The first look: how many orders are worth about so much. A bucket is narrower than a hundredth of what it holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Histogram {
    buckets: Vec<u64>,
    sum: Money,
}

/// The bucket of an amount. Amounts of more bits than seven are cut after the seventh below the highest.
#[inline]
fn bucket(amount: Money) -> usize {
    let amount = amount.0.unsigned_abs();
    // Nearly all fit.
    if let Ok(amount) = u32::try_from(amount) {
        let cut = (u32::BITS - amount.leading_zeros()).saturating_sub(BITS + 1);
        return ((cut << BITS) + (amount >> cut)) as usize;
    }
    let bits = u128::BITS - amount.leading_zeros();
    let cut = bits.saturating_sub(BITS + 1);
    let top = usize::try_from(amount >> cut).unwrap_or_default();
    (cut as usize) * (1 << BITS) + top
}

impl Histogram {
    #[inline]
    pub(crate) fn add(&mut self, amount: Money) {
        let bucket = bucket(amount);
        if bucket >= self.buckets.len() {
            self.buckets.resize(bucket + 1, 0);
        }
        self.buckets[bucket] += 1;
        self.sum += amount;
    }

    /// The bucket that holds an order of a rank, the first being 1, and its rank in there.
    fn find(&self, rank: u64) -> (usize, u64) {
        let mut below = 0;
        for (bucket, orders) in self.buckets.iter().enumerate() {
            if below + orders >= rank {
                return (bucket, rank - below);
            }
            below += orders;
        }
        (self.buckets.len(), 0)
    }

    fn orders(&self) -> u64 {
        self.buckets.iter().sum()
    }

    /// The rank of a quantile: so many orders are worth as much or less. That of none is the first, of all the last.
    fn rank(&self, percent: u64) -> u64 {
        (self.orders() * percent).div_ceil(100).max(1)
    }

    /// What is told of it, with what the second look found in these buckets.
    pub(crate) fn values(&self, look: &Look) -> Values {
        let exact = |percent| {
            let (bucket, rank) = self.find(self.rank(percent));
            let mut left = rank;
            let amounts = look.found.get(&bucket).into_iter().flatten();
            for (amount, orders) in amounts {
                if *orders >= left {
                    return Money(*amount);
                }
                left -= orders;
            }
            Money::default()
        };
        Values {
            orders: self.orders(),
            sum: self.sum,
            least: exact(0),
            most: exact(100),
            quantiles: QUANTILES.map(exact),
        }
    }
}

impl Merge for Histogram {
    fn merge(&mut self, other: Self) {
        let longest = self.buckets.len().max(other.buckets.len());
        self.buckets.resize(longest, 0);
        for (all, more) in self.buckets.iter_mut().zip(other.buckets) {
            *all += more;
        }
        self.sum += other.sum;
    }
}

/// The second look: every amount in the few buckets that matter. Memory grows with their width, not with orders.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Look {
    /// By bucket: whether its amounts matter.
    wanted: Vec<bool>,
    found: BTreeMap<usize, BTreeMap<i128, u64>>,
}

impl Look {
    pub(crate) fn at(histogram: &Histogram) -> Self {
        let mut wanted = vec![false; histogram.buckets.len()];
        for percent in QUANTILES.into_iter().chain([0, 100]) {
            if let Some(wanted) = wanted.get_mut(histogram.find(histogram.rank(percent)).0) {
                *wanted = true;
            }
        }
        Self {
            wanted,
            found: BTreeMap::new(),
        }
    }

    #[inline]
    pub(crate) fn add(&mut self, amount: Money) {
        let bucket = bucket(amount);
        if self.wanted.get(bucket).is_some_and(|wanted| *wanted) {
            let amounts = self.found.entry(bucket).or_default();
            *amounts.entry(amount.0).or_default() += 1;
        }
    }
}

impl Merge for Look {
    fn merge(&mut self, other: Self) {
        for (bucket, amounts) in other.found {
            let mine = self.found.entry(bucket).or_default();
            for (amount, orders) in amounts {
                *mine.entry(amount).or_default() += orders;
            }
        }
    }
}

/// What the orders of a group are worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Values {
    /// Orders with a price, in one currency.
    pub orders: u64,
    /// What they add up to.
    pub sum: Money,
    /// The least.
    pub least: Money,
    /// The greatest.
    pub most: Money,
    /// By [`QUANTILES`]: the amount that so many percent of the orders do not exceed, exactly.
    pub quantiles: [Money; 6],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_follow_each_other_and_are_narrow() {
        let mut last = 0;
        for amount in (0..100_000_u128).chain((17..90).map(|bits| (1 << bits) + 1)) {
            let bucket = bucket(Money(i128::try_from(amount).unwrap()));
            assert!(
                bucket == last || bucket == last + 1 || amount > 100_000,
                "{amount}"
            );
            assert!(bucket >= last || amount < 100_000);
            last = bucket;
        }
        assert_ne!(bucket(Money(20_000)), bucket(Money(20_200)));
    }

    #[test]
    fn quantiles_are_those_of_the_sorted_amounts() {
        for count in [1_u64, 2, 3, 10, 99, 100, 101, 5_000] {
            let mut amounts: Vec<i128> = (0..count)
                .map(|n| i128::from(n * n * 7_919 % 1_000_003 * (1 + n % 3)))
                .collect();
            let (mut whole, mut half) = (Histogram::default(), Histogram::default());
            for (n, amount) in amounts.iter().enumerate() {
                let part = if n % 3 == 0 { &mut half } else { &mut whole };
                part.add(Money(*amount));
            }
            whole.merge(half);
            let (mut look, mut other) = (Look::at(&whole), Look::at(&whole));
            for (n, amount) in amounts.iter().enumerate() {
                let part = if n % 2 == 0 { &mut look } else { &mut other };
                part.add(Money(*amount));
            }
            look.merge(other);
            let values = whole.values(&look);
            amounts.sort_unstable();
            let at = |percent: u64| {
                amounts[usize::try_from((count * percent).div_ceil(100)).unwrap() - 1]
            };
            assert_eq!(
                values.quantiles.map(|amount| amount.0),
                QUANTILES.map(at),
                "{count}"
            );
            assert_eq!(
                (values.least.0, values.most.0),
                (amounts[0], *amounts.last().unwrap())
            );
            assert_eq!(values.sum.0, amounts.iter().sum::<i128>());
        }
    }
}
