//! Repeatable chance: one small generator per subject, integers only.

use rand_core::RngCore;
use rand_pcg::Pcg64Mcg;

/// A generator that depends on (seed, subject, index) alone, so that any order can be drawn without
/// the ones before it.
#[derive(Debug, Clone)]
pub(super) struct Rng(Pcg64Mcg);

/// What a generator or a key is for; two subjects never share their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    Catalog = 1,
    OrderSize = 2,
    OrderId = 3,
    ItemId = 4,
    Order = 5,
    Damage = 6,
}

impl Rng {
    pub(super) fn new(seed: u64, subject: Subject, index: u64) -> Self {
        let key = key(seed, subject);
        let state = u128::from(mix(key ^ index)) << 64
            | u128::from(mix(key.rotate_left(32).wrapping_add(index)));
        Self(Pcg64Mcg::new(state))
    }

    /// A number from 0 up to, but not including, `limit`. Over 2^32 values the bias is far below
    /// what a report can show.
    pub(super) fn below(&mut self, limit: u32) -> u32 {
        let high = self.0.next_u64() >> 32;
        ((high * u64::from(limit)) >> 32) as u32
    }

    /// True in `parts` of a thousand throws.
    pub(super) fn chance(&mut self, parts: u32) -> bool {
        self.below(1000) < parts
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high - low + 1)
    }

    /// One of the entries, each as likely as the others.
    pub(super) fn pick<T: Copy>(&mut self, entries: &[T]) -> T {
        entries[self.index_of(entries)]
    }

    /// Where that entry stands.
    pub(super) fn index_of<T>(&mut self, entries: &[T]) -> usize {
        self.below(u32::try_from(entries.len()).unwrap_or(u32::MAX)) as usize
    }
}

/// A key for everything that is hashed rather than drawn.
pub(super) fn key(seed: u64, subject: Subject) -> u64 {
    mix(seed ^ mix(subject as u64))
}

/// The finalizer of `SplitMix64`: every input bit moves every output bit.
pub(super) fn mix(value: u64) -> u64 {
    let z = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

const HALF: u64 = 10_000_000;

/// Scrambles an index below 10^14 into another one: a Feistel network over two seven-digit halves,
/// hence one to one.
pub(super) fn scramble(key: u64, index: u64) -> (u64, u64) {
    let (mut left, mut right) = (index / HALF % HALF, index % HALF);
    for round in 0..4 {
        let turned = (left + mix(key ^ (round << 56) ^ right) % HALF) % HALF;
        left = right;
        right = turned;
    }
    (left, right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn scramble_is_one_to_one() {
        let key = key(7, Subject::OrderId);
        let seen: BTreeSet<_> = (0..50_000).map(|index| scramble(key, index)).collect();
        assert_eq!(seen.len(), 50_000);
    }

    #[test]
    fn below_stays_below_and_reaches_both_ends() {
        let mut rng = Rng::new(1, Subject::Order, 0);
        let seen: BTreeSet<_> = (0..500).map(|_| rng.below(7)).collect();
        assert_eq!(seen.into_iter().collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn the_generator_keeps_its_numbers() {
        let mut rng = Rng::new(42, Subject::Order, 3);
        let drawn: Vec<u32> = (0..4).map(|_| rng.below(1_000_000)).collect();
        assert_eq!(drawn, [349_263, 360_362, 260_871, 379_044]);
    }
}
