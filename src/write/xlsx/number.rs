//! Numbers for cells. A cell holds a double and nothing else, so this is the one place where a number of ours becomes one:
//! from its decimal text, and only if it comes back unchanged. No arithmetic is done here.

use crate::table::Cell;

/// The double that reads as the same decimal number; `None` if there is none, as beyond fifteen digits.
pub(super) fn exact(cell: Cell<'_>) -> Option<f64> {
    let text = cell.text()?;
    let digits = text.bytes().filter(u8::is_ascii_digit);
    let significant = digits.skip_while(|digit| *digit == b'0').count();
    (significant <= 15).then(|| text.parse().ok())?
}

/// A count as a double; those that are too great are for the tables, where they are exact.
pub(super) fn count(value: i128) -> f64 {
    let text = value.to_string();
    text.parse().unwrap_or_default()
}

/// A value of so many decimals, by its integer.
pub(super) fn scaled(value: i128, decimals: usize) -> f64 {
    let cell = if decimals == 6 {
        Cell::Share(value)
    } else {
        Cell::Money(value, 0)
    };
    cell.text()
        .and_then(|text| text.parse().ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_comes_back_unchanged_is_a_number() {
        assert_eq!(
            exact(Cell::Money(1_234_567_890_100, 2)),
            Some(123_456_789.01)
        );
        assert_eq!(exact(Cell::Share(125_499)), Some(0.125_499));
        assert_eq!(exact(Cell::Count(-5)), Some(-5.0));
        assert_eq!(exact(Cell::Money(12_345_678_901_234_567_899, 2)), None);
        assert_eq!(exact(Cell::Absent), None);
    }
}
