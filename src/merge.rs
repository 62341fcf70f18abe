//! The one law that lets chunks be read in any order by any number of threads.

/// Partial results that add up to the same whole however they are grouped and ordered.
///
/// For all `a`, `b`, `c`: merging the default changes nothing, `(a + b) + c = a + (b + c)`, `a + b = b + a`, where two
/// states are equal if they give equal tables.
pub trait Merge: Default {
    /// Takes in another part.
    fn merge(&mut self, other: Self);
}
