//! Numbers for a reader's eye. Percentages are computed with integers.

use std::cmp::Ordering;
use std::fmt;

use crate::table::Cell;

/// A whole number or a decimal text with its thousands grouped: `1,204,331`, `-1,250.50`.
pub(super) fn grouped(number: impl fmt::Display) -> String {
    group(&number.to_string())
}

fn group(text: &str) -> String {
    let (sign, rest) = text
        .strip_prefix('-')
        .map_or(("", text), |rest| ("-", rest));
    let (whole, decimals) = rest.split_at(rest.find('.').unwrap_or(rest.len()));
    let mut shown = String::with_capacity(text.len() + whole.len() / 3);
    shown.push_str(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown + decimals
}

/// Ten-thousandths of a currency as a person reads them: grouped, with the decimals of the currency, rounded half away from
/// zero. Data formats write the exact figure ([`Cell::text`]).
pub(super) fn money(value: i128, decimals: usize) -> String {
    let kept = u32::try_from(decimals).unwrap_or(u32::MAX);
    let unit = 10_i128.pow(4_u32.saturating_sub(kept));
    let (whole, rest) = (value / unit, value % unit);
    let up = if 2 * rest.abs() < unit {
        0
    } else {
        rest.signum()
    };
    let rounded = (whole + up) * unit;
    grouped(Cell::Money(rounded, decimals).text().unwrap_or_default())
}

/// `1 order`, `41 orders`.
pub(super) fn count(number: impl Into<i128>, one: &str) -> String {
    let number = number.into();
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {one}{plural}", grouped(number))
}

/// The same of what is in memory: rows, files.
pub(super) fn count_of(number: usize, one: &str) -> String {
    count(i128::try_from(number).unwrap_or(i128::MAX), one)
}

/// How a number changed from one period to the next.
pub(super) fn change(this: i128, last: i128) -> (Ordering, String) {
    let direction = this.cmp(&last);
    let text = match (this, last) {
        // A change against a negative total has no meaning as a percentage.
        (0, 0) | (_, ..0) => String::new(),
        (_, 0) => "new".to_owned(),
        (0, 1..) => "gone".to_owned(),
        _ => match tenths(this - last, last) {
            None => String::new(),
            Some(tenths) if tenths >= 10_000 => format!("{} x", grouped(this / last)),
            Some(tenths) => percent(tenths, if tenths > 0 { "+" } else { "" }),
        },
    };
    if text.is_empty() {
        (Ordering::Equal, text)
    } else {
        (direction, text)
    }
}

/// A part of a whole in percent, never rounded to nothing or to all.
pub(super) fn share(part: i64, whole: i64) -> String {
    match tenths(part.into(), whole.into()) {
        Some(0) if part > 0 => "<0.1 %".to_owned(),
        Some(1_000) if part < whole => ">99.9 %".to_owned(),
        Some(tenths) => percent(tenths, ""),
        None => String::new(),
    }
}

/// Millionths as percent.
pub(super) fn percent_of_millionths(millionths: i128) -> String {
    tenths(millionths, 1_000_000).map_or_else(String::new, |tenths| percent(tenths, ""))
}

/// Bytes in decimal units, three digits or so.
pub(super) fn size(bytes: u64) -> String {
    let (unit, name) = match bytes {
        0..1_000 => return count(bytes, "byte"),
        1_000..1_000_000 => (1_000, "kB"),
        1_000_000..1_000_000_000 => (1_000_000, "MB"),
        _ => (1_000_000_000, "GB"),
    };
    let tenths = u128::from(bytes) * 10 / unit;
    match tenths {
        ..100 => format!("{}.{} {name}", tenths / 10, tenths % 10),
        _ => format!("{} {name}", grouped(u128::from(bytes) / unit)),
    }
}

fn percent(tenths: i128, sign: &str) -> String {
    let minus = if tenths < 0 { "-" } else { "" };
    format!(
        "{sign}{minus}{}.{} %",
        grouped(tenths.abs() / 10),
        tenths.abs() % 10
    )
}

/// `part / whole` in tenths of a percent, rounded half away from zero; `None` without a whole.
pub(super) fn tenths(part: i128, whole: i128) -> Option<i128> {
    let doubled = part.checked_mul(2_000)?;
    let half = if part < 0 { -whole } else { whole };
    doubled
        .checked_add(half)?
        .checked_div(whole.checked_mul(2)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped_and_nouns_agree() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(-1_204_331), "-1,204,331");
        assert_eq!(money(2_148_812_000, 2), "214,881.20");
        assert_eq!(money(2_148_810_000, 0), "214,881");
        assert_eq!(count(1, "order"), "1 order");
        assert_eq!(count(0, "order"), "0 orders");
        assert_eq!(count(1_500, "order"), "1,500 orders");
    }

    #[test]
    fn money_has_the_decimals_of_its_currency_and_no_more() {
        assert_eq!(money(13_524_420, 2), "1,352.44");
        assert_eq!(money(669_701, 2), "66.97");
        assert_eq!(money(1_228_140, 2), "122.81");
        assert_eq!(money(-49_950, 2), "-5.00");
        assert_eq!(money(-49, 2), "0.00");
        assert_eq!(money(-50, 2), "-0.01");
        assert_eq!(money(-56_606_667, 0), "-5,661");
        assert_eq!(money(5_000, 0), "1");
        assert_eq!(money(12_345, 4), "1.2345");
    }

    #[test]
    fn change_is_exact_and_never_infinite() {
        assert_eq!(change(1_041, 1_000).1, "+4.1 %");
        assert_eq!(change(978, 1_000).1, "-2.2 %");
        assert_eq!(change(1_000, 1_000).1, "0.0 %");
        assert_eq!(change(5, 0), (Ordering::Greater, "new".to_owned()));
        assert_eq!(change(0, 5), (Ordering::Less, "gone".to_owned()));
        assert_eq!(change(0, 0).1, "");
        assert_eq!(change(5, -5).1, "");
        assert_eq!(change(30, 2).1, "15 x");
        assert_eq!(change(i128::MAX, 1).1, "");
    }

    #[test]
    fn a_share_that_is_something_is_never_nothing() {
        assert_eq!(share(931, 1_000), "93.1 %");
        assert_eq!(share(1, 100_000), "<0.1 %");
        assert_eq!(share(99_999, 100_000), ">99.9 %");
        assert_eq!(share(7, 7), "100.0 %");
        assert_eq!(share(0, 0), "");
        assert_eq!(percent_of_millionths(125_499), "12.5 %");
    }

    #[test]
    fn sizes_have_decimal_units() {
        assert_eq!(size(1), "1 byte");
        assert_eq!(size(2_340), "2.3 kB");
        assert_eq!(size(312_400_000), "312 MB");
        assert_eq!(size(1_070_000_000), "1.0 GB");
        assert_eq!(size(12_400_000_000), "12 GB");
    }
}
