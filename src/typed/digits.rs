//! Moments, days and amounts as text, written into a buffer: a converted file has a dozen of them on every line.

use crate::field::{Day, Moment, money};

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Writes moments and days; the text of a day is kept until another one is asked for at its place.
#[derive(Debug, Clone)]
pub struct Digits {
    days: Vec<(i32, String)>,
}

/// Days kept at hand.
const KNOWN: usize = 64;

impl Default for Digits {
    fn default() -> Self {
        Self {
            days: vec![(0, Moment::on(Day(0)).to_string()); KNOWN],
        }
    }
}

impl Digits {
    /// `2026-05-08`.
    pub fn day(&mut self, day: Day, text: &mut Vec<u8>) {
        let place = usize::try_from(day.0.rem_euclid(64)).unwrap_or_default();
        let (known, shown) = &mut self.days[place];
        if *known != day.0 {
            *shown = Moment::on(day).to_string();
            *known = day.0;
        }
        text.extend_from_slice(shown.as_bytes());
    }

    /// `2026-05-08T23:36:26`, of seconds since 1970 in whatever place.
    pub fn moment(&mut self, seconds: i64, text: &mut Vec<u8>) {
        self.day(Moment::at(seconds).day(0), text);
        let time = seconds.rem_euclid(DAY);
        for (mark, part) in [
            (b'T', time / 3600),
            (b':', time / 60 % 60),
            (b':', time % 60),
        ] {
            text.push(mark);
            text.extend([part / 10, part % 10].map(digit));
        }
    }
}

/// An amount with at least so many decimals, as [`money::text`].
pub fn amount(ten_thousandths: i64, least: usize, text: &mut Vec<u8>) {
    let size = ten_thousandths.unsigned_abs();
    let decimals = i64::try_from(size % 10_000).unwrap_or_default();
    if least != 2 || decimals % 100 != 0 {
        text.extend_from_slice(money::text(i128::from(ten_thousandths), least).as_bytes());
        return;
    }
    if ten_thousandths < 0 {
        text.push(b'-');
    }
    whole(size / 10_000, text);
    text.push(b'.');
    text.extend([decimals / 1000, decimals / 100 % 10].map(digit));
}

/// A whole number.
pub fn number(number: i64, text: &mut Vec<u8>) {
    if number < 0 {
        text.push(b'-');
    }
    whole(number.unsigned_abs(), text);
}

fn whole(mut number: u64, text: &mut Vec<u8>) {
    let start = text.len();
    loop {
        text.push(digit(i64::try_from(number % 10).unwrap_or_default()));
        number /= 10;
        if number == 0 {
            break;
        }
    }
    text[start..].reverse();
}

fn digit(value: i64) -> u8 {
    b'0' + u8::try_from(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_the_plain_way_says() {
        let mut digits = Digits::default();
        let mut seed = 5_u64;
        for round in 0..20_000_u32 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let any = i64::from_ne_bytes(seed.to_ne_bytes()) >> (round % 60);
            let mut text = Vec::new();
            number(any, &mut text);
            assert_eq!(text, any.to_string().into_bytes());
            for least in [0, 2] {
                text.clear();
                amount(any, least, &mut text);
                assert_eq!(text, money::text(i128::from(any), least).into_bytes());
            }
            let utc = any.rem_euclid(315_000_000_000) - 62_000_000_000;
            text.clear();
            digits.moment(utc, &mut text);
            text.push(b'Z');
            assert_eq!(text, Moment::at(utc).to_string().into_bytes());
        }
    }
}
