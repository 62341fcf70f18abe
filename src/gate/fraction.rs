//! Numbers that are compared exactly.

use std::cmp::Ordering;
use std::fmt;

/// A part of a whole, never rounded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fraction {
    part: i128,
    /// Above zero.
    whole: i128,
}

impl Fraction {
    /// `part / whole`; `None` if there is no whole.
    pub(super) fn new(part: i128, whole: i128) -> Option<Self> {
        (whole > 0).then_some(Self { part, whole })
    }

    /// A whole number.
    pub(super) fn of(number: impl Into<i128>) -> Self {
        Self {
            part: number.into(),
            whole: 1,
        }
    }

    pub(super) fn cmp(&self, other: &Self) -> Ordering {
        let products = self
            .part
            .checked_mul(other.whole)
            .zip(other.part.checked_mul(self.whole));
        match products {
            Some((a, b)) => a.cmp(&b),
            // Beyond 38 digits the quotients are far apart, or their difference matters to nobody.
            None => (self.part / self.whole).cmp(&(other.part / other.whole)),
        }
    }
}

impl fmt::Display for Fraction {
    /// To six decimals, without zeros at the end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.part < 0 { "-" } else { "" };
        let (whole, rest) = (self.part.abs() / self.whole, self.part.abs() % self.whole);
        let millionths = rest
            .checked_mul(1_000_000)
            .map_or(0, |rest| rest / self.whole);
        let text = format!("{sign}{whole}.{millionths:06}");
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_is_more_than_any_number_of_threes() {
        let third = Fraction::new(1, 3).unwrap();
        let threes = Fraction::new(333_333_333_333, 1_000_000_000_000).unwrap();
        assert_eq!(third.cmp(&threes), Ordering::Greater);
        assert_eq!(third.to_string(), "0.333333");
        assert_eq!(Fraction::of(-5_i64).to_string(), "-5");
        assert_eq!(Fraction::new(-5, 2).unwrap().to_string(), "-2.5");
        assert!(Fraction::new(1, 0).is_none());
    }
}
