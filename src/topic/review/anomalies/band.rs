//! The range that a history predicts: medians and distances, in integers.

/// The fewest periods that make a history.
pub(crate) const HISTORY: usize = 5;
/// The most: the last ones.
pub(crate) const MOST: usize = 8;
/// Roots are in thousandths.
const PARTS: i128 = 1000;
/// Five standard deviations of chance lie within the band on each side: by chance alone that of a root is a half.
const CHANCE: i128 = 5 * PARTS / 2;
/// And so many of the history's own, which are less sure: eight weeks tell them only roughly.
const OWN: i128 = 4;

/// What is expected, and from where to where it is nothing to speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Band {
    pub(crate) expected: i64,
    pub(crate) low: i64,
    pub(crate) high: i64,
}

impl Band {
    /// The band around the median of a history of counts.
    ///
    /// It is judged by roots, which vary by a half whatever the count, if nothing but chance makes a count vary. Where those of
    /// the history vary by more, their median deviation decides: 1.4826 of it is a standard deviation.
    pub(crate) fn around(history: &mut [i64]) -> Self {
        let expected = median(history);
        let middle = root(expected);
        let mut deviations: Vec<i64> = history
            .iter()
            .map(|count| (root(*count) - middle).abs())
            .collect();
        let deviation = i128::from(median(&mut deviations)) * 14_826 / 10_000;
        let (width, middle) = (CHANCE.max(OWN * deviation), i128::from(middle));
        let count = |root: i128| i64::try_from(root).unwrap_or(i64::MAX);
        Self {
            expected,
            low: count((middle - width).max(0).pow(2) / PARTS.pow(2)),
            high: count((middle + width).pow(2) / PARTS.pow(2) + 1),
        }
    }

    /// Whether a count is above (`Some(true)`), below, or within.
    pub(crate) fn outside(&self, count: i64) -> Option<bool> {
        (count > self.high || count < self.low).then_some(count > self.high)
    }

    /// How far a count is from what is expected, in hundredths of the way to the edge; below it, negative.
    pub(crate) fn score(&self, count: i64) -> i64 {
        let edge = if count > self.expected {
            self.high
        } else {
            self.low
        };
        let way = (edge - self.expected).abs().max(1);
        i64::try_from(i128::from(count - self.expected) * 100 / i128::from(way)).unwrap_or(i64::MAX)
    }
}

/// The middle one; of two middle ones their mean, rounded down. 0 of none.
pub(crate) fn median(values: &mut [i64]) -> i64 {
    values.sort_unstable();
    match (values.len() / 2, values.len() % 2) {
        (0, 0) => 0,
        (middle, 1) => values[middle],
        (middle, _) => i64::midpoint(values[middle - 1], values[middle]),
    }
}

/// `part · factor / whole`, rounded half away from zero; 0 where there is no whole.
pub(crate) fn scaled(part: i64, factor: i64, whole: i64) -> i64 {
    let scaled = crate::table::sums::quotient(i128::from(part) * i128::from(factor), whole.into());
    i64::try_from(scaled.unwrap_or(0)).unwrap_or(i64::MAX)
}

/// The root in thousandths, rounded down.
fn root(value: i64) -> i64 {
    let root = (u128::from(value.unsigned_abs()) * PARTS.unsigned_abs().pow(2)).isqrt();
    i64::try_from(root).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_are_of_the_middle() {
        assert_eq!(median(&mut []), 0);
        assert_eq!(median(&mut [7]), 7);
        assert_eq!(median(&mut [9, 1, 5]), 5);
        assert_eq!(median(&mut [9, 1, 6, 5]), 5);
    }

    #[test]
    fn the_band_is_as_wide_as_counting_or_as_the_history() {
        // √100 = 10: from 7.5² to 12.5².
        let steady = Band::around(&mut [100; 8]);
        assert_eq!(
            steady,
            Band {
                expected: 100,
                low: 56,
                high: 157
            }
        );
        // Roots of 6, 10 and 14: four times 1.4826 times 4.
        let unsteady = Band::around(&mut [36, 196, 36, 196, 100, 36, 196, 100]);
        assert_eq!((unsteady.expected, unsteady.low), (100, 0));
        assert_eq!(unsteady.high, 1_138);
        assert_eq!(steady.outside(56), None);
        assert_eq!(steady.outside(55), Some(false));
        assert_eq!(steady.outside(158), Some(true));
        assert_eq!(steady.score(210), 192);
        // Nothing at all is no news where few are usual.
        assert_eq!(Band::around(&mut [6; 8]).outside(0), None);
    }
}
