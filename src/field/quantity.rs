//! The number of units of a line.

use super::RejectReason;

/// Reads a quantity: a plain whole number of at most nine digits, `.0` allowed (spreadsheets and pandas write it),
/// and blanks around it.
///
/// # Errors
/// An empty cell (a line without a quantity cannot be counted), a sign, a fraction, anything else.
///
/// ```
/// assert_eq!(ordersift::field::quantity::read(b"2"), Ok(2));
/// assert!(ordersift::field::quantity::read(b"-1").is_err());
/// ```
pub fn read(cell: &[u8]) -> Result<u32, RejectReason> {
    if let [digit @ b'0'..=b'9'] = cell {
        return Ok(u32::from(digit - b'0'));
    }
    let cell = cell.trim_ascii();
    let whole = cell
        .strip_suffix(b".0")
        .or_else(|| cell.strip_suffix(b".00"))
        .unwrap_or(cell);
    match whole {
        [] => Err(RejectReason::QuantityMissing),
        many if many.len() <= 9 && many.iter().all(u8::is_ascii_digit) => Ok(many
            .iter()
            .fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'))),
        _ => Err(RejectReason::QuantityInvalid),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_whole_numbers_and_nothing_else() {
        assert_eq!(read(b"0"), Ok(0));
        assert_eq!(read(b"007"), Ok(7));
        assert_eq!(read(b"100.0"), Ok(100));
        assert_eq!(read(b"999999999"), Ok(999_999_999));
        for bad in [
            "",
            "two",
            "-1",
            "+1",
            "1.5",
            "1000000000",
            "1 000",
            ".0",
            "1.000",
        ] {
            assert!(read(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
