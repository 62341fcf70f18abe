//! Texts that name things: channels, statuses, SKUs. Kept once each, by their bytes.

use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;

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
    table: HashTable<Entry>,
    hasher: Words,
}

/// A text's first and last bytes and its length, which are the whole of it up to sixteen bytes, and its id.
#[derive(Debug, Clone, Copy)]
struct Entry {
    head: u64,
    tail: u64,
    len: u32,
    id: u32,
}

impl Labels {
    /// The id of a text, new or known. Nothing is allocated for a known one.
    #[inline]
    pub fn intern(&mut self, text: &[u8]) -> LabelId {
        let (head, tail) = ends(text);
        let hash = self.hasher.hash(text, head, tail);
        let found = self.table.find(hash, |entry| {
            entry.head == head
                && entry.tail == tail
                && entry.len as usize == text.len()
                && (text.len() <= 16 || self.bytes_of(entry.id) == text)
        });
        match found {
            Some(entry) => LabelId(entry.id),
            None => self.add(hash, text),
        }
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
    pub fn merge_texts(&mut self, other: &Self) -> Vec<LabelId> {
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

    #[cold]
    fn add(&mut self, hash: u64, text: &[u8]) -> LabelId {
        let id = u32::try_from(self.ends.len())
            .expect("fewer than four thousand million distinct texts");
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len());
        let (head, tail) = ends(text);
        let entry = Entry {
            head,
            tail,
            len: u32::try_from(text.len()).expect("a line is no longer than a mebibyte"),
            id,
        };
        let (bytes, ends, hasher) = (&self.bytes, &self.ends, &self.hasher);
        let text_of = |id: u32| {
            let start = if id == 0 { 0 } else { ends[id as usize - 1] };
            &bytes[start..ends[id as usize]]
        };
        let rehash = |entry: &Entry| hasher.hash(text_of(entry.id), entry.head, entry.tail);
        self.table.insert_unique(hash, entry, rehash);
        LabelId(id)
    }
}

/// The first and the last eight bytes of a text, which overlap in one of fewer than sixteen; of one shorter than eight, all
/// bytes and nothing.
#[inline]
pub(crate) fn ends(text: &[u8]) -> (u64, u64) {
    if let (Some(head), Some(tail)) = (text.first_chunk(), text.last_chunk()) {
        return (u64::from_le_bytes(*head), u64::from_le_bytes(*tail));
    }
    if let (Some(head), Some(tail)) = (text.first_chunk(), text.last_chunk()) {
        let (head, tail) = (u32::from_le_bytes(*head), u32::from_le_bytes(*tail));
        return (u64::from(head) | u64::from(tail) << 32, 0);
    }
    let bytes = text.iter().fold(0, |all, byte| all << 8 | u64::from(*byte));
    (bytes, 0)
}

/// A hash of a text's ends, or of all of it where they are not all. Keyed anew in every table: no file can be made whose texts
/// all fall together.
#[derive(Debug, Clone)]
struct Words {
    keys: [u64; 2],
    all: DefaultHashBuilder,
}

impl Default for Words {
    fn default() -> Self {
        let all = DefaultHashBuilder::default();
        Self {
            keys: [all.hash_one(1_u64), all.hash_one(2_u64)],
            all,
        }
    }
}

impl Words {
    #[inline]
    fn hash(&self, text: &[u8], head: u64, tail: u64) -> u64 {
        if text.len() > 16 {
            return self.all.hash_one(text);
        }
        let [a, b] = self.keys;
        let product = u128::from(head ^ a) * u128::from(tail ^ b ^ (text.len() as u64) << 56);
        #[expect(clippy::cast_possible_truncation, reason = "the halves are folded")]
        let folded = (product >> 64) as u64 ^ product as u64;
        folded.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}

/// Whether a text is UTF-8.
pub fn is_utf8(text: &[u8]) -> bool {
    simdutf8::basic::from_utf8(text).is_ok()
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
        let mut labels = Labels::default();
        let text: Vec<u8> = (b'a'..=b'z').cycle().take(40).collect();
        for len in 0..40 {
            let id = labels.intern(&text[..len]);
            assert_eq!(id.0 as usize, labels.len() - 1, "{len} bytes are new");
            for at in 0..len {
                let mut other = text[..len].to_vec();
                other[at] = b'!';
                assert_eq!(labels.intern(&other).0 as usize, labels.len() - 1);
            }
            assert_eq!(labels.intern(&text[..len]), id);
        }
        assert_ne!(labels.intern(b"\0"), labels.intern(b""));
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
