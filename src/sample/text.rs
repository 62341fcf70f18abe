//! Numbers, amounts and moments as report text, appended without a detour through `String`.

use super::clock::Moment;

/// Appends a whole number without leading zeros.
pub(super) fn put_number(out: &mut Vec<u8>, number: u64) {
    let mut digits = [0_u8; 20];
    let mut start = digits.len();
    let mut rest = number;
    loop {
        start -= 1;
        digits[start] = digit(rest);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[start..]);
}

/// Appends seven digits, zeros in front.
pub(super) fn put_seven(out: &mut Vec<u8>, number: u64) {
    let mut digits = [b'0'; 7];
    let mut rest = number;
    for place in digits.iter_mut().rev() {
        *place = digit(rest);
        rest /= 10;
    }
    out.extend_from_slice(&digits);
}

/// Appends an amount given in hundredths the way the reports print it: `25.0`, `1.5`, `14.99`.
pub(super) fn put_amount(out: &mut Vec<u8>, hundredths: u64) {
    put_number(out, hundredths / 100);
    out.push(b'.');
    out.push(digit(hundredths / 10));
    if !hundredths.is_multiple_of(10) {
        out.push(digit(hundredths));
    }
}

/// Appends an amount, or nothing where it is unknown.
pub(super) fn put_optional_amount(out: &mut Vec<u8>, hundredths: Option<u64>) {
    if let Some(hundredths) = hundredths {
        put_amount(out, hundredths);
    }
}

/// Appends a moment in UTC: `2026-07-27T13:58:00+00:00`.
pub(super) fn put_moment(out: &mut Vec<u8>, moment: Moment) {
    let (month, day) = moment.month_and_day();
    let second = moment.second_of_day();
    let mut text = *b"2026-00-00T00:00:00+00:00";
    put_two(&mut text, 5, month);
    put_two(&mut text, 8, day);
    put_two(&mut text, 11, second / 3600);
    put_two(&mut text, 14, second / 60 % 60);
    put_two(&mut text, 17, second % 60);
    out.extend_from_slice(&text);
}

/// Appends `true` or `false`.
pub(super) fn put_flag(out: &mut Vec<u8>, flag: bool) {
    out.extend_from_slice(if flag { b"true" } else { b"false" });
}

fn put_two(text: &mut [u8; 25], at: usize, number: u32) {
    text[at] = digit(u64::from(number / 10));
    text[at + 1] = digit(u64::from(number));
}

fn digit(number: u64) -> u8 {
    b'0' + (number % 10) as u8
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn text(put: impl Fn(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        put(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn amounts_drop_one_trailing_zero_only() {
        for (hundredths, expected) in [
            (2500, "25.0"),
            (150, "1.5"),
            (1499, "14.99"),
            (118_000, "1180.0"),
            (5, "0.05"),
            (0, "0.0"),
        ] {
            assert_eq!(text(|out| put_amount(out, hundredths)), expected);
        }
    }

    #[test]
    fn moments_are_utc() {
        assert_eq!(
            text(|out| put_moment(out, Moment::new(7, 27, 13, 58))),
            "2026-07-27T13:58:00+00:00"
        );
        assert_eq!(
            text(|out| put_moment(out, Moment::new(8, 31, 23, 59).plus(59))),
            "2026-08-31T23:59:59+00:00"
        );
    }

    #[test]
    fn numbers_are_plain() {
        assert_eq!(text(|out| put_number(out, 0)), "0");
        assert_eq!(text(|out| put_number(out, 1_234_567)), "1234567");
        assert_eq!(text(|out| put_seven(out, 42)), "0000042");
    }
}
