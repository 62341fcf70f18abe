//! Pairs of texts as small numbers, for example country and state, or service level and kind of customer.

use hashbrown::HashMap;

use super::{LabelId, Labels};

/// Pairs of texts, each known by an id. Every text is kept once, however many pairs it is in.
#[derive(Debug, Clone, Default)]
pub struct LabelPairs {
    texts: Labels,
    pairs: Vec<(LabelId, LabelId)>,
    ids: HashMap<(u32, u32), LabelId>,
}

impl LabelPairs {
    /// The id of a pair. A pair that is not in the table is added.
    ///
    /// ```
    /// use ordersift::field::LabelPairs;
    /// let mut places = LabelPairs::default();
    /// let texas = places.intern(b"US", b"TX");
    /// assert_eq!(places.intern(b"US", b"TX"), texas);
    /// assert_eq!(places.get(texas), (&b"US"[..], &b"TX"[..]));
    /// ```
    pub fn intern(&mut self, first: &[u8], second: &[u8]) -> LabelId {
        let pair = (self.texts.intern(first), self.texts.intern(second));
        let new = LabelId(
            u32::try_from(self.pairs.len()).expect("fewer than four thousand million pairs"),
        );
        let id = *self.ids.entry((pair.0.0, pair.1.0)).or_insert(new);
        if id == new {
            self.pairs.push(pair);
        }
        id
    }

    /// The texts of an id of this table.
    pub fn get(&self, id: LabelId) -> (&[u8], &[u8]) {
        let (first, second) = self.pairs[id.0 as usize];
        (self.texts.get(first), self.texts.get(second))
    }

    /// All ids, in the order in which their pairs were added.
    pub fn ids(&self) -> impl Iterator<Item = LabelId> + use<> {
        (0..u32::try_from(self.pairs.len()).unwrap_or(u32::MAX)).map(LabelId)
    }

    /// Adds the pairs of another table. Returns, for each id of that table, the id of the same pair in this one.
    pub fn merge_texts(&mut self, other: &Self) -> Vec<LabelId> {
        let pair = |id| {
            let (first, second) = other.get(id);
            self.intern(first, second)
        };
        other.ids().map(pair).collect()
    }

    /// The lesser of two pairs in byte order, which does not depend on which came first.
    pub fn least(&self, a: LabelId, b: LabelId) -> LabelId {
        if a == b || self.get(a) <= self.get(b) {
            a
        } else {
            b
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_with_the_same_joined_text_differ() {
        let mut pairs = LabelPairs::default();
        let one = pairs.intern(b"AB", b"C");
        let other = pairs.intern(b"A", b"BC");
        assert_ne!(one, other);
        assert_eq!(pairs.least(one, other), other);
        assert_eq!(pairs.ids().count(), 2);
    }

    #[test]
    fn ids_of_another_table_are_found_again() {
        let mut own = LabelPairs::default();
        own.intern(b"x", b"y");
        let mut other = LabelPairs::default();
        other.intern(b"a", b"b");
        other.intern(b"x", b"y");
        let places = own.merge_texts(&other);
        assert_eq!(own.get(places[0]), (&b"a"[..], &b"b"[..]));
        assert_eq!(places[1], LabelId(0));
    }
}
