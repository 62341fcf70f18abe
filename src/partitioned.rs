//! Values kept apart by order: what threads found of an order stands in the same partition everywhere, so that work on all
//! orders is many small jobs. Taking in what another thread found moves nothing.

use crate::field::OrderId;

/// How many partitions there are.
pub const PARTITIONS: usize = 128;

/// A value for each partition, of one thread or of several. `N` is a note that comes with what was taken in.
#[derive(Debug, Clone)]
pub struct Partitioned<T, N> {
    /// Empty before the first order.
    own: Vec<T>,
    taken_in: Vec<(Vec<T>, N)>,
}

impl<T, N> Default for Partitioned<T, N> {
    fn default() -> Self {
        Self {
            own: Vec::new(),
            taken_in: Vec::new(),
        }
    }
}

impl<T: Default + Clone, N> Partitioned<T, N> {
    /// The value of this thread for an order.
    #[inline]
    pub fn of(&mut self, order: OrderId) -> &mut T {
        if self.own.is_empty() {
            self.own = vec![T::default(); PARTITIONS];
        }
        &mut self.own[order.partition(PARTITIONS)]
    }

    /// Takes in what another thread found, with a note on it. `renew` changes the notes on what that one had taken in.
    pub fn take_in(&mut self, other: Self, note: N, renew: impl Fn(N, &N) -> N) {
        let taken_in = other.taken_in.into_iter();
        self.taken_in
            .extend(taken_in.map(|(values, old)| (values, renew(old, &note))));
        if !other.own.is_empty() {
            self.taken_in.push((other.own, note));
        }
    }

    /// The values of a partition, each with its note; this thread's own has none.
    pub fn values(&self, partition: usize) -> impl Iterator<Item = (&T, Option<&N>)> {
        let own = self.own.get(partition).map(|value| (value, None));
        let taken_in = self.taken_in.iter();
        own.into_iter()
            .chain(taken_in.map(move |(values, note)| (&values[partition], Some(note))))
    }

    /// The notes on what was taken in.
    pub fn notes_mut(&mut self) -> impl Iterator<Item = &mut N> {
        self.taken_in.iter_mut().map(|(_, note)| note)
    }

    /// The notes on what was taken in.
    pub fn notes(&self) -> impl Iterator<Item = &N> {
        self.taken_in.iter().map(|(_, note)| note)
    }
}
