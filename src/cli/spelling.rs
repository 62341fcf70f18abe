//! The known name that a misspelt one is nearest to.

/// More wrong letters than these are another name.
const MOST_WRONG: usize = 3;

/// The name that was meant, if one is near enough.
pub(crate) fn nearest<N: AsRef<str> + Ord>(
    name: &str,
    known: impl IntoIterator<Item = N>,
) -> Option<N> {
    let distance = |known: N| (strsim::damerau_levenshtein(known.as_ref(), name), known);
    let (distance, nearest) = known.into_iter().map(distance).min()?;
    (distance <= MOST_WRONG).then_some(nearest)
}
