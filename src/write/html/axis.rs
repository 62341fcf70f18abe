//! Round values for an axis, and how to write them short.

use super::super::number::grouped;
use super::super::plot::Unit;

/// An axis from zero to a round value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Axis {
    step: i128,
    pub(super) top: i128,
}

impl Axis {
    /// At most five steps of 1, 2 or 5 times a power of ten.
    pub(super) fn up_to(highest: i128, unit: Unit) -> Self {
        let one = match unit {
            Unit::Count => 1,
            Unit::Money(_) => 10_000,
            Unit::Share => {
                return Self {
                    step: 250_000,
                    top: 1_000_000,
                };
            }
        };
        let mut power = one;
        loop {
            for factor in [1, 2, 5] {
                let step = factor * power;
                if highest <= step * 4 || power > i128::MAX / 1_000 {
                    let steps = (highest + step - 1).div_euclid(step).max(1);
                    return Self {
                        step,
                        top: step * steps,
                    };
                }
            }
            power *= 10;
        }
    }

    /// Zero, every step, the top.
    pub(super) fn levels(self) -> impl Iterator<Item = i128> {
        (0..=self.top / self.step).map(move |level| level * self.step)
    }
}

/// `0`, `500`, `20k`, `1.5M`.
pub(super) fn short(unit: Unit, value: i128) -> String {
    let value = match unit {
        Unit::Count => value,
        Unit::Money(_) => value / 10_000,
        Unit::Share => return format!("{} %", value / 10_000),
    };
    let (one, name) = match value {
        ..10_000 => return grouped(value),
        10_000..1_000_000 => (1_000, "k"),
        1_000_000..1_000_000_000 => (1_000_000, "M"),
        _ => (1_000_000_000, "G"),
    };
    let tenths = value * 10 / one;
    match tenths % 10 {
        0 => format!("{}{name}", grouped(tenths / 10)),
        tenth => format!("{}.{tenth}{name}", grouped(tenths / 10)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_round_and_reach_the_highest_value() {
        let levels = |highest, unit| Axis::up_to(highest, unit).levels().collect::<Vec<_>>();
        assert_eq!(levels(0, Unit::Count), [0, 1]);
        assert_eq!(levels(7, Unit::Count), [0, 2, 4, 6, 8]);
        assert_eq!(levels(8_412, Unit::Count), [0, 5_000, 10_000]);
        assert_eq!(
            levels(2_148_812_000, Unit::Money(2)),
            [0, 1_000_000_000, 2_000_000_000, 3_000_000_000]
        );
        assert!(Axis::up_to(i128::MAX / 10_000, Unit::Count).top > 0);
    }

    #[test]
    fn labels_are_short() {
        assert_eq!(short(Unit::Money(2), 1_000_000_000), "100k");
        assert_eq!(short(Unit::Count, 9_500), "9,500");
        assert_eq!(short(Unit::Count, 1_500_000), "1.5M");
        assert_eq!(short(Unit::Share, 250_000), "25 %");
    }
}
