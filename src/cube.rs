//! Measures by key.

use std::hash::{Hash, Hasher};

use hashbrown::HashMap;

use crate::merge::Merge;

/// Cells met lately, each at a place that the bits of its key say. A key that is asked for again and again is found by one
/// comparison, and the comparison nearly always says yes, which a processor foresees. There are more places than keys that come
/// within a week, and few enough for a processor's cache.
const RECENT: usize = 16 << 10;

/// Cells numbered in the order in which their keys came, so that others can refer to one in four bytes.
#[derive(Debug, Clone)]
pub struct Cube<K, M> {
    places: HashMap<K, u32>,
    cells: Vec<(K, M)>,
    /// Keys and the numbers of their cells. Empty until the first key comes.
    recent: Vec<(K, u32)>,
}

impl<K, M> Default for Cube<K, M> {
    fn default() -> Self {
        Self {
            places: HashMap::new(),
            cells: Vec::new(),
            recent: Vec::new(),
        }
    }
}

impl<K: Copy + Eq + Hash, M: Merge> Cube<K, M> {
    /// The number of a key's cell, which is made if there is none.
    #[inline]
    pub fn place(&mut self, key: K) -> u32 {
        let recent = Mixed::of(&key) % RECENT;
        match self.recent.get(recent) {
            Some((known, place)) if *known == key => *place,
            _ => self.find(key, recent),
        }
    }

    #[cold]
    #[inline(never)]
    fn find(&mut self, key: K, recent: usize) -> u32 {
        let cells = &mut self.cells;
        let place = *self.places.entry(key).or_insert_with(|| {
            let place = u32::try_from(cells.len()).expect("fewer than four thousand million cells");
            cells.push((key, M::default()));
            place
        });
        self.recent.resize(RECENT, (key, place));
        self.recent[recent] = (key, place);
        place
    }

    /// The measures of a key.
    #[inline]
    pub fn cell(&mut self, key: K) -> &mut M {
        let place = self.place(key);
        &mut self.cells[place as usize].1
    }

    /// The key and the measures of a numbered cell.
    pub fn at(&self, place: u32) -> &(K, M) {
        &self.cells[place as usize]
    }

    /// The measures of a numbered cell.
    pub fn at_mut(&mut self, place: u32) -> &mut M {
        &mut self.cells[place as usize].1
    }

    /// All cells, in no order that means anything.
    pub fn iter(&self) -> impl Iterator<Item = &(K, M)> {
        self.cells.iter()
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether there is no cell.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Takes in the cells of another cube, whose keys are `renamed` here; gives where each of its cells is now.
    pub fn merge_renamed(&mut self, other: Self, renamed: impl Fn(K) -> K) -> Vec<u32> {
        let move_in = |(key, measures): (K, M)| {
            let place = self.place(renamed(key));
            self.cells[place as usize].1.merge(measures);
            place
        };
        other.cells.into_iter().map(move_in).collect()
    }
}

/// A quick mixing of the words of a key, good enough to spread what is met lately. Not for tables that must not be led astray.
struct Mixed(u64);

impl Mixed {
    #[inline]
    fn of(key: &impl Hash) -> usize {
        let mut mixed = Self(0);
        key.hash(&mut mixed);
        usize::try_from(mixed.0 >> 40).unwrap_or(0)
    }
}

impl Hasher for Mixed {
    #[inline]
    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
