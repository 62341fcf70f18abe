//! Measures by key.

use std::hash::Hash;

use hashbrown::HashMap;

use crate::merge::Merge;

/// Cells numbered in the order in which their keys came, so that others can refer to one in four bytes.
#[derive(Debug, Clone)]
pub struct Cube<K, M> {
    places: HashMap<K, u32>,
    cells: Vec<(K, M)>,
    last: u32,
}

impl<K, M> Default for Cube<K, M> {
    fn default() -> Self {
        Self {
            places: HashMap::new(),
            cells: Vec::new(),
            last: 0,
        }
    }
}

impl<K: Copy + Eq + Hash, M: Merge> Cube<K, M> {
    /// The number of a key's cell, which is made if there is none. The key of the line before is found at once.
    #[inline]
    pub fn place(&mut self, key: K) -> u32 {
        if self
            .cells
            .get(self.last as usize)
            .is_some_and(|(last, _)| *last == key)
        {
            return self.last;
        }
        let cells = &mut self.cells;
        self.last = *self.places.entry(key).or_insert_with(|| {
            let place = u32::try_from(cells.len()).expect("fewer than four thousand million cells");
            cells.push((key, M::default()));
            place
        });
        self.last
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
    pub fn absorb(&mut self, other: Self, renamed: impl Fn(K) -> K) -> Vec<u32> {
        let move_in = |(key, measures): (K, M)| {
            let place = self.place(renamed(key));
            self.cells[place as usize].1.merge(measures);
            place
        };
        other.cells.into_iter().map(move_in).collect()
    }
}
