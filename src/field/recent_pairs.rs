//! Pairs of short texts that were met lately, each with a value. A pair that lines repeat is found by one comparison.

use super::label::ends;

/// Pairs that are found at once.
const RECENT: usize = 1024;

/// The longest text that is kept.
const LONGEST: usize = 16;

/// Two texts by their ends, which are all of them; and the length of both with the further number.
type Ends = ([u64; 4], u64);

/// Values by pairs of texts, each in the place that a few bits of its texts say; empty until the first value comes.
#[derive(Debug)]
pub(crate) struct RecentPairs<T>(Vec<(Ends, T)>);

/// The place where the value of a pair belongs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RecentPlace(Option<(usize, Ends)>);

impl<T> Default for RecentPairs<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Copy> RecentPairs<T> {
    /// The value of a pair of texts and a further number, if it was met lately; else where it belongs.
    #[inline]
    pub(crate) fn find(&self, first: &[u8], second: &[u8], further: u32) -> Result<T, RecentPlace> {
        if first.len() > LONGEST || second.len() > LONGEST {
            return Err(RecentPlace(None));
        }
        let (first_ends, second_ends) = (ends(first), ends(second));
        let words = [first_ends.0, first_ends.1, second_ends.0, second_ends.1];
        let rest = u64::from(further) << 16 | (first.len() << 8 | second.len()) as u64;
        let mixed = words.iter().fold(rest, |mixed, word| {
            (mixed.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        });
        let slot = usize::try_from(mixed >> 40).unwrap_or_default() % RECENT;
        let all = (words, rest);
        match self.0.get(slot) {
            Some((known, value)) if *known == all => Ok(*value),
            _ => Err(RecentPlace(Some((slot, all)))),
        }
    }

    /// Keeps the value of a pair that was not found.
    pub(crate) fn keep(&mut self, slot: RecentPlace, value: T) {
        if let Some((slot, ends)) = slot.0 {
            // No two texts are that long.
            self.0.resize(RECENT, (([0; 4], u64::MAX), value));
            self.0[slot] = (ends, value);
        }
    }
}
