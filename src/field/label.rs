//! Texts that name things: channels, statuses, SKUs. Kept once each, by their bytes.

use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::{BuildHasher, Hasher};

/// A text of one [`Labels`]; means nothing to another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LabelId(pub u32);

/// The distinct texts of a column.
///
/// Texts are the same only if their bytes are: a file in a foreign encoding may print oddly, but never counts wrongly.
#[derive(Debug, Clone, Default)]
pub struct Labels {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
    last: u32,
}

impl Labels {
    /// The id of a text, new or known. Nothing is allocated for a known one.
    pub fn intern(&mut self, text: &[u8]) -> LabelId {
        if !self.ends.is_empty() && same(self.bytes_of(self.last), text) {
            return LabelId(self.last);
        }
        let hash = hash_of(&self.hasher, text);
        let found = self.table.find(hash, |&id| same(self.bytes_of(id), text));
        self.last = if let Some(&id) = found {
            id
        } else {
            self.add(hash, text)
        };
        LabelId(self.last)
    }

    /// The text of an id of this table.
    pub fn get(&self, id: LabelId) -> &[u8] {
        self.bytes_of(id.0)
    }

    /// How many distinct texts there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All ids, in the order in which they came.
    pub fn ids(&self) -> impl Iterator<Item = LabelId> + use<> {
        (0..u32::try_from(self.ends.len()).unwrap_or(u32::MAX)).map(LabelId)
    }

    /// Takes in the texts of another table; gives what each of its ids is here.
    pub fn absorb(&mut self, other: &Self) -> Vec<LabelId> {
        other.ids().map(|id| self.intern(other.get(id))).collect()
    }

    /// The place of every id in the byte order of the texts.
    pub fn ranks(&self) -> Vec<u32> {
        let mut order: Vec<u32> = self.ids().map(|id| id.0).collect();
        order.sort_unstable_by_key(|&id| self.bytes_of(id));
        let mut ranks = vec![0; order.len()];
        for (rank, id) in (0..).zip(order) {
            ranks[id as usize] = rank;
        }
        ranks
    }

    fn bytes_of(&self, id: u32) -> &[u8] {
        let id = id as usize;
        let start = if id == 0 { 0 } else { self.ends[id - 1] };
        &self.bytes[start..self.ends[id]]
    }

    fn add(&mut self, hash: u64, text: &[u8]) -> u32 {
        let id = u32::try_from(self.ends.len())
            .expect("fewer than four thousand million distinct texts");
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len());
        let (bytes, ends, hasher) = (&self.bytes, &self.ends, &self.hasher);
        self.table.insert_unique(hash, id, |&id| {
            let start = if id == 0 { 0 } else { ends[id as usize - 1] };
            hash_of(hasher, &bytes[start..ends[id as usize]])
        });
        id
    }
}

/// Whether two texts are equal. Most are short and equal: words are compared before bytes, without a call.
#[inline]
fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    match (
        a.first_chunk::<8>(),
        b.first_chunk::<8>(),
        a.last_chunk::<8>(),
        b.last_chunk::<8>(),
    ) {
        (Some(a_head), Some(b_head), Some(a_tail), Some(b_tail)) => {
            a_head == b_head && a_tail == b_tail && (a.len() <= 16 || a == b)
        }
        _ => a.iter().zip(b).all(|(a, b)| a == b),
    }
}

#[inline]
fn hash_of(hasher: &DefaultHashBuilder, text: &[u8]) -> u64 {
    let mut state = hasher.build_hasher();
    state.write(text);
    state.finish()
}

/// A label as a person reads it; bytes that are not UTF-8 show as replacement marks.
pub fn shown(text: &[u8]) -> String {
    String::from_utf8_lossy(text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_bytes_share_an_id_and_others_do_not() {
        let mut labels = Labels::default();
        let texts: Vec<String> = (0..1000).map(|n| format!("sku-{n}")).collect();
        let ids: Vec<_> = texts
            .iter()
            .map(|text| labels.intern(text.as_bytes()))
            .collect();
        for (text, id) in texts.iter().zip(&ids) {
            assert_eq!(labels.intern(text.as_bytes()), *id);
            assert_eq!(labels.get(*id), text.as_bytes());
        }
        assert_eq!(labels.len(), 1000);
        assert_ne!(labels.intern(b""), ids[0]);
    }

    #[test]
    fn texts_are_the_same_only_if_every_byte_is() {
        let text: Vec<u8> = (b'a'..=b'z').cycle().take(40).collect();
        for len in 0..40 {
            assert!(same(&text[..len], &text.clone()[..len]));
            for at in 0..len {
                let mut other = text[..len].to_vec();
                other[at] = b'!';
                assert!(!same(&text[..len], &other), "{len} {at}");
            }
        }
        assert!(!same(b"a", b"ab"));
    }

    #[test]
    fn ranks_follow_the_bytes() {
        let mut labels = Labels::default();
        for text in ["b", "", "a", "B"] {
            labels.intern(text.as_bytes());
        }
        assert_eq!(labels.ranks(), [3, 0, 2, 1]);
    }
}
