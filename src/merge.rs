//! The one law that lets chunks be read in any order by any number of threads.

/// Partial results that add up to the same whole however they are grouped and ordered.
///
/// For all `a`, `b`, `c`: merging the default changes nothing, `(a + b) + c = a + (b + c)`, `a + b = b + a`, where two
/// states are equal if they give equal tables.
pub trait Merge: Default {
    /// Takes in another part.
    fn merge(&mut self, other: Self);
}

impl<A: Merge, B: Merge> Merge for (A, B) {
    fn merge(&mut self, other: Self) {
        self.0.merge(other.0);
        self.1.merge(other.1);
    }
}
