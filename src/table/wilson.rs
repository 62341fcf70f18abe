//! The Wilson score interval (1927) for a share of a whole, in integers.

use super::sums::quotient;

/// Four standard deviations, in millionths: with thousands of SKUs to look at, three would name one or two by chance alone.
const FOUR: u32 = 4_000_000;

/// So few cases, or cases of so few, never stand out; nor does anything beside so few.
pub(crate) const LEAST_CASES: u64 = 10;
pub(crate) const LEAST_WHOLE: u64 = 30;

/// Decimals kept of the square root, as a factor.
const FINE: u128 = 1_000_000_000;
const MILLION: i128 = 1_000_000;

/// The interval of a part of a whole, before rounding: two parts of one divisor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wilson {
    low: i128,
    high: i128,
    divisor: i128,
}

impl Wilson {
    /// `z` standard deviations, in millionths, around `part` of `whole`; `None` where there is no whole, or a part greater
    /// than it.
    pub(crate) fn of(part: u64, whole: u64, z: u32) -> Option<Self> {
        if whole == 0 || part > whole {
            return None;
        }
        let (k, n, z) = (u128::from(part), u128::from(whole), u128::from(z));
        // (k + z²/2 ± z √(k (n - k) / n + z²/4)) / (n + z²), both sides times 2 · 10^12. The root has nine decimals.
        let product = k.checked_mul(n - k)?;
        let (quotient, rest) = (product / n, product % n);
        let square = (quotient.checked_mul(FINE * FINE)?)
            .checked_add(rest.checked_mul(FINE * FINE)? / n)?
            .checked_add(z * z * (FINE * FINE / 4_000_000_000_000))?;
        let spread = i128::try_from(2 * z * square.isqrt() / 1_000).ok()?;
        let z_square = i128::try_from(z * z).ok()?;
        let middle = 2 * MILLION * MILLION * i128::from(part) + z_square;
        let divisor = 2 * (MILLION * MILLION * i128::from(whole) + z_square);
        Some(Self {
            low: (middle - spread).max(0),
            high: (middle + spread).min(divisor),
            divisor,
        })
    }

    /// The low end in millionths.
    pub(crate) fn low(self) -> Option<i128> {
        quotient(self.low.checked_mul(MILLION)?, self.divisor)
    }

    /// The high end in millionths.
    pub(crate) fn high(self) -> Option<i128> {
        quotient(self.high.checked_mul(MILLION)?, self.divisor)
    }

    /// Whether the low end is above the high end of another interval, compared to nine decimals.
    pub(crate) fn is_above(self, other: Self) -> Option<bool> {
        let billion = 1_000 * MILLION;
        let low = self.low.checked_mul(billion)? / self.divisor;
        Some(low > other.high.checked_mul(billion)? / other.divisor)
    }
}

/// A part of a whole, with the same of all the others together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Rate {
    pub(crate) cases: u64,
    pub(crate) whole: u64,
    pub(crate) other_cases: u64,
    pub(crate) other_whole: u64,
}

impl Rate {
    pub(crate) fn wilson(&self) -> Option<Wilson> {
        Wilson::of(self.cases, self.whole, FOUR)
    }

    /// Whether it is above that of the others beyond chance; `None` where there is no rate or are no others.
    pub(crate) fn stands_out(&self) -> Option<bool> {
        let wilson = self.wilson()?;
        if self.other_whole == 0 {
            return None;
        }
        if self.cases < LEAST_CASES || self.whole.min(self.other_whole) < LEAST_WHOLE {
            return Some(false);
        }
        // What the others do is not known for sure either, where they are few.
        wilson.is_above(Wilson::of(self.other_cases, self.other_whole, FOUR)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THREE: u32 = 3_000_000;

    fn ends(part: u64, whole: u64, z: u32) -> (i128, i128) {
        let wilson = Wilson::of(part, whole, z).unwrap();
        (wilson.low().unwrap(), wilson.high().unwrap())
    }

    #[test]
    fn it_gives_the_values_of_the_literature() {
        const Z: u32 = 1_959_964;
        // Newcombe, Statistics in Medicine 17 (1998), table I, method 3: four decimals.
        for (part, whole, low, high) in [
            (81, 263, 2553, 3662),
            (15, 148, 624, 1605),
            (0, 20, 0, 1611),
            (1, 29, 61, 1718),
        ] {
            let (l, h) = ends(part, whole, Z);
            assert_eq!(
                ((l + 50) / 100, (h + 50) / 100),
                (low, high),
                "{part}/{whole}"
            );
        }
        // The example of `binom.confint` in R's package binom: ten of a hundred.
        assert_eq!(ends(10, 100, Z), (55_229, 174_366));
        // In three standard deviations both ends are rational here: (9 ± 9) / 18 and 9 / 18.
        assert_eq!(ends(0, 9, THREE), (0, 500_000));
        assert_eq!(ends(9, 9, THREE), (500_000, 1_000_000));
        // k = 8, n = 16: (12.5 ± 3 · 2.5) / 25.
        assert_eq!(ends(8, 16, THREE), (200_000, 800_000));
    }

    /// An end `p` solves `(k/n - p)² = z² p (1 - p) / n`: the low end is the least `p` for which the left is not greater.
    #[test]
    fn its_ends_solve_the_equation_that_they_are_the_roots_of() {
        for whole in 1..=60_u64 {
            for part in 0..=whole {
                let (low, high) = ends(part, whole, THREE);
                let (k, n) = (i128::from(part), i128::from(whole));
                // Times n² · 10^12; p is in millionths.
                let inside = |p: i128| (k * MILLION - n * p).pow(2) <= 9 * n * p * (MILLION - p);
                assert!(low <= k * MILLION / n && k * MILLION / n <= high);
                assert!(low == 0 || !inside(low - 1), "{part}/{whole}");
                assert!(inside((low + 1).min(MILLION)), "{part}/{whole}");
                assert!(high == MILLION || !inside(high + 1), "{part}/{whole}");
                assert!(inside((high - 1).max(0)), "{part}/{whole}");
                // Mirrored.
                let mirrored = ends(whole - part, whole, THREE);
                assert_eq!((MILLION - low, MILLION - high), (mirrored.1, mirrored.0));
            }
        }
    }

    #[test]
    fn a_part_greater_than_its_whole_has_no_interval_and_large_counts_do_not_overflow() {
        assert_eq!(Wilson::of(2, 1, THREE), None);
        assert_eq!(Wilson::of(0, 0, THREE), None);
        let (low, high) = ends(1_000_000_000_000, 4_000_000_000_000, THREE);
        assert!(low == 249_999 && high == 250_001, "{low} {high}");
        let _ = Wilson::of(u64::MAX / 2, u64::MAX, THREE);
    }

    #[test]
    fn few_cases_never_stand_out_and_nothing_does_beside_nobody() {
        let rate = |cases, whole, other_cases, other_whole| Rate {
            cases,
            whole,
            other_cases,
            other_whole,
        };
        assert_eq!(rate(18, 100, 30, 1_000).stands_out(), Some(true));
        assert_eq!(rate(9, 30, 0, 1_000).stands_out(), Some(false));
        assert_eq!(rate(29, 29, 0, 1_000).stands_out(), Some(false));
        assert_eq!(rate(80, 1_200, 0, 29).stands_out(), Some(false));
        assert_eq!(rate(80, 1_200, 0, 1_000).stands_out(), Some(true));
        // The others are too few to tell that they do better.
        assert_eq!(rate(80, 1_200, 0, 30).stands_out(), Some(false));
        assert_eq!(rate(3, 100, 30, 1_000).stands_out(), Some(false));
        assert_eq!(rate(18, 100, 0, 0).stands_out(), None);
        assert_eq!(rate(0, 0, 1, 10).stands_out(), None);
        // From 20 % to 80 % sharp, and up to 50 % sharp: neither is above the other.
        let (half, none) = (Wilson::of(8, 16, THREE), Wilson::of(0, 9, THREE));
        assert_eq!(half.unwrap().is_above(none.unwrap()), Some(false));
        assert_eq!(none.unwrap().is_above(half.unwrap()), Some(false));
    }
}
