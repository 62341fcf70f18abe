//! Exact decimals. Nothing here, or anywhere below the tables, is a floating-point number.

use std::ops::AddAssign;

use super::order_id::{is_below_carry, number};
use super::{NumberForm, RejectReason};

/// One amount of a line, in ten-thousandths of its currency's unit. Below 10^16, so that sums of lines cannot overflow
/// [`Money`] however many lines there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Amount(i64);

/// How many decimals an [`Amount`] and a [`Money`] hold.
pub const SCALE: usize = 4;

const WHOLE_DIGITS: usize = 12;

impl Amount {
    /// Reads an amount; `None` is an empty cell: unknown, not zero.
    ///
    /// A decimal point, no thousands mark, no currency sign, a minus sign in front if need be; blanks around it are allowed. A fifth decimal must be
    /// zero: it would have to be rounded.
    ///
    /// # Errors
    /// Every other spelling, `1,234.50` and `12,50` among them: one of the two readings would be wrong.
    ///
    /// ```
    /// use ordersift::field::Amount;
    /// assert_eq!(Amount::read(b"14.99").unwrap().unwrap().ten_thousandths(), 149_900);
    /// assert_eq!(Amount::read(b""), Ok(None));
    /// assert!(Amount::read(b"12,50").is_err());
    /// ```
    #[inline]
    pub fn read(cell: &[u8]) -> Result<Option<Self>, RejectReason> {
        match usual(cell) {
            _ if cell.is_empty() => Ok(None),
            Some(value) => Ok(Some(Self(value))),
            None => Self::of_any_spelling(cell.trim_ascii()),
        }
    }

    /// The same in a file whose amounts have a decimal comma: `14,99` and `1.234,50`.
    ///
    /// # Errors
    /// Every other spelling; `1.234` and `1,234` have two readings there.
    ///
    /// ```
    /// use ordersift::field::{Amount, NumberForm};
    /// let read = |cell: &[u8]| Amount::read_in(cell, NumberForm::Comma);
    /// assert_eq!(read(b"1.234,50"), Amount::read(b"1234.50"));
    /// assert!(read(b"1.234").is_err() && read(b"1,234").is_err());
    /// ```
    #[inline]
    pub fn read_in(cell: &[u8], form: NumberForm) -> Result<Option<Self>, RejectReason> {
        match form {
            NumberForm::Point => Self::read(cell),
            NumberForm::Comma => Self::read_comma(cell.trim_ascii()),
        }
    }

    fn read_comma(cell: &[u8]) -> Result<Option<Self>, RejectReason> {
        let at = cell.iter().position(|byte| matches!(byte, b',' | b'.'));
        let Some(at) = at else {
            return Self::read(cell);
        };
        let (whole, rest) = cell.split_at(at);
        let bare = whole.strip_prefix(b"-").unwrap_or(whole);
        let groups_of_three = |rest: &[u8]| {
            rest.chunks(4).all(|group| matches!(*group, [b'.', a, b, c] if [a, b, c].iter().all(u8::is_ascii_digit)))
        };
        let (thousands, decimals) = match rest.iter().position(|byte| *byte == b',') {
            Some(comma) => (&rest[..comma], &rest[comma + 1..]),
            // A point and no three digits behind it: as Amazon wrote it.
            None if rest.len() != 4 => return Self::read(cell),
            None => return Err(RejectReason::AmountAmbiguous),
        };
        if thousands.is_empty() && decimals.len() == 3 {
            return Err(RejectReason::AmountAmbiguous);
        }
        if !groups_of_three(thousands)
            || (!thousands.is_empty() && bare.len() > 3)
            || decimals.is_empty()
        {
            return Err(RejectReason::AmountInvalid);
        }
        let digits = thousands.iter().filter(|byte| **byte != b'.');
        let plain: Vec<u8> = whole
            .iter()
            .chain(digits)
            .chain(b".")
            .chain(decimals)
            .copied()
            .collect();
        Self::read(&plain)
    }

    fn of_any_spelling(cell: &[u8]) -> Result<Option<Self>, RejectReason> {
        if cell.is_empty() {
            return Ok(None);
        }
        let (negative, digits) = match cell {
            [b'-', rest @ ..] => (true, rest),
            _ => (false, cell),
        };
        let value = plain(digits).ok_or_else(|| {
            let comma = digits.contains(&b',')
                && digits
                    .iter()
                    .all(|byte| matches!(byte, b'0'..=b'9' | b',' | b'.'));
            if comma {
                RejectReason::AmountComma
            } else {
                RejectReason::AmountInvalid
            }
        })?;
        Ok(Some(Self(if negative { -value } else { value })))
    }

    /// An amount that was read before, or several of one line together.
    pub(crate) fn of_ten_thousandths(value: i64) -> Self {
        Self(value)
    }

    /// The amount in ten-thousandths.
    pub fn ten_thousandths(self) -> i64 {
        self.0
    }

    /// The amount without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// The sum of two amounts of one line.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

/// `14.99` as 149900: digits with or without a point, eight bytes at most, read as one word; `None` where it is not so simple.
#[inline]
fn usual(cell: &[u8]) -> Option<i64> {
    const POINTS: u64 = 0x1e1e_1e1e_1e1e_1e1e;
    const ONES: u64 = 0x0101_0101_0101_0101;
    let (len, word) = match (cell, cell.first_chunk::<4>(), cell.last_chunk::<4>()) {
        (_, Some(head), Some(tail)) if cell.len() <= 8 => {
            let (head, tail) = (u32::from_le_bytes(*head), u32::from_le_bytes(*tail));
            let len = cell.len();
            (len, u64::from(head) | u64::from(tail) << (8 * (len - 4)))
        }
        (&[a], ..) => (1, u64::from(a)),
        (&[a, b], ..) => (2, u64::from(a) | u64::from(b) << 8),
        (&[a, b, c], ..) => (3, u64::from(a) | u64::from(b) << 8 | u64::from(c) << 16),
        _ => return None,
    };
    // Digits as their values and a point as 0x1e, the last one in the highest byte, nothing before the first.
    let missing = 8 * (8 - len);
    let digits = (word ^ 0x3030_3030_3030_3030) << missing;
    let others = digits ^ POINTS;
    let point = others.wrapping_sub(ONES) & !others & (ONES << 7);
    let (digits, decimals) = if point == 0 {
        (digits, 0)
    } else {
        let at = point.trailing_zeros() & !7;
        let before = digits & ((1 << at) - 1);
        let behind = digits & !(0xff << at) & !((1 << at) - 1);
        if at as usize == missing {
            return None;
        }
        (before << 8 | behind, 7 - at as usize / 8)
    };
    if !is_below_carry(digits, 6 * ONES) || (point != 0 && decimals == 0) {
        return None;
    }
    let scale = *[10_000, 1_000, 100, 10, 1].get(decimals)?;
    i64::try_from(number(digits)).ok()?.checked_mul(scale)
}

/// The same, of any length.
fn plain(digits: &[u8]) -> Option<i64> {
    let mut value = 0_i64;
    let mut whole = 0;
    let mut rest = digits;
    while let [digit @ b'0'..=b'9', tail @ ..] = rest {
        value = value * 10 + i64::from(digit - b'0');
        whole += 1;
        rest = tail;
        if whole > WHOLE_DIGITS {
            return None;
        }
    }
    if whole == 0 {
        return None;
    }
    let decimals = match rest {
        [] => &[],
        [b'.', decimals @ ..] if !decimals.is_empty() => decimals,
        _ => return None,
    };
    let (kept, dropped) = decimals.split_at(decimals.len().min(SCALE));
    for digit in kept {
        value = value * 10 + i64::from(digit.is_ascii_digit().then(|| digit - b'0')?);
    }
    dropped.iter().all(|digit| *digit == b'0').then_some(())?;
    (kept.len()..SCALE).for_each(|_| value *= 10);
    Some(value)
}

/// A sum of amounts of one currency, in ten-thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Money(pub i128);

impl AddAssign<Amount> for Money {
    fn add_assign(&mut self, amount: Amount) {
        self.0 += i128::from(amount.0);
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

/// A decimal as text: at least `least` decimals, then only those that say something.
///
/// ```
/// use ordersift::field::money::text;
/// assert_eq!(text(125_000, 2), "12.50");
/// assert_eq!(text(11_800_000, 0), "1180");
/// ```
pub fn text(ten_thousandths: i128, least: usize) -> String {
    let sign = if ten_thousandths < 0 { "-" } else { "" };
    let value = ten_thousandths.unsigned_abs();
    let mut decimals = format!("{:04}", value % 10_000);
    while decimals.len() > least && decimals.ends_with('0') {
        decimals.pop();
    }
    let point = if decimals.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{decimals}", value / 10_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<i64> {
        Amount::read(text.as_bytes())
            .unwrap()
            .map(Amount::ten_thousandths)
    }

    #[test]
    fn reads_every_plain_spelling_exactly() {
        assert_eq!(value("25.0"), Some(250_000));
        assert_eq!(value("1180"), Some(11_800_000));
        assert_eq!(value("0.1234"), Some(1_234));
        assert_eq!(value("0.12340000"), Some(1_234));
        assert_eq!(value("-4.25"), Some(-42_500));
        assert_eq!(value("999999999999.9999"), Some(9_999_999_999_999_999));
    }

    #[test]
    fn refuses_what_would_have_to_be_guessed_or_rounded() {
        for bad in [
            "12,50",
            "1,234.50",
            "1.234,50",
            "$1",
            "1.",
            ".5",
            "-",
            "+1",
            "1e3",
            "0.12345",
            "1 000",
            "1000000000000",
        ] {
            assert!(Amount::read(bad.as_bytes()).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_decimal_comma_is_read_where_it_has_one_reading() {
        let read = |text: &str| {
            Amount::read_in(text.as_bytes(), NumberForm::Comma)
                .map(|amount| amount.map(Amount::ten_thousandths))
        };
        for (text, value) in [
            ("14,99", 149_900),
            ("-4,5", -45_000),
            ("1.234,50", 12_345_000),
            ("12.345.678,9", 123_456_789_000),
            ("14.99", 149_900),
            ("5", 50_000),
            ("0,1234", 1_234),
            ("1.2345", 12_345),
            ("1.234,500", 12_345_000),
        ] {
            assert_eq!(read(text), Ok(Some(value)), "{text}");
        }
        assert_eq!(read(""), Ok(None));
        for text in ["1.234", "1,234", "-1,234"] {
            assert_eq!(read(text), Err(RejectReason::AmountAmbiguous), "{text}");
        }
        for text in [
            "1,",
            ",5",
            "1.23,50",
            "1234.567,8",
            "1,234.50",
            "1,2,3",
            "1.234.567",
            "EUR 5",
            "1,x",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
        assert_eq!(Amount::read(b"12,50"), Err(RejectReason::AmountComma));
    }

    #[test]
    fn one_word_at_a_time_reads_what_digit_by_digit_reads() {
        let bytes = b"0123456789.. -,e";
        let mut seed = 3_u64;
        let mut sound = 0;
        for _ in 0..400_000 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let picks = seed.to_be_bytes();
            let of = if picks[5] < 64 { bytes.len() } else { 11 };
            let len = usize::from(picks[0]) % 9;
            // The upper bytes are the random ones: each gives two characters.
            let halves = picks[1..5].iter().flat_map(|byte| [byte >> 4, byte & 15]);
            let cell: Vec<u8> = halves
                .map(|pick| bytes[usize::from(pick) % of])
                .take(len)
                .collect();
            if let Some(value) = usual(&cell) {
                sound += 1;
                assert_eq!(Some(value), plain(&cell), "{cell:?}");
            } else if let Some(value) = plain(&cell) {
                // Left to the general reader: five decimals, the last ones zero.
                assert!(cell.len() > 6, "{cell:?} {value}");
            }
        }
        assert!(sound > 50_000);
    }

    #[test]
    fn shows_the_decimals_that_say_something() {
        assert_eq!(text(0, 2), "0.00");
        assert_eq!(text(123_456, 2), "12.3456");
        assert_eq!(text(-5_000, 2), "-0.50");
        assert_eq!(text(5_000, 0), "0.5");
    }
}
