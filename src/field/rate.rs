//! Rates of exchange: exact decimals by currency and day.

use std::collections::BTreeMap;

use super::{Currency, Day};

/// How many decimals a rate has at most; it is kept as a whole number of units that small.
pub const RATE_DECIMALS: usize = 10;
/// One, as a rate.
const ONE: i128 = 10_i128.pow(10);
/// Digits of a rate before its point: more is another thing than a rate.
const WHOLE_DIGITS: usize = 7;
/// A rate holds on its own day and until there is another, but not longer than this many days: weekends and holidays. Ours.
const HOLDS: i32 = 7;

/// Rates to one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rates {
    /// The file that they are from, without its folder.
    pub name: String,
    /// What amounts are converted to.
    pub target: Currency,
    known: BTreeMap<(Currency, Day), i128>,
}

impl Rates {
    /// No rates yet but that of the target itself, which is one.
    pub fn new(name: String, target: Currency) -> Self {
        Self {
            name,
            target,
            known: BTreeMap::new(),
        }
    }

    /// Adds what one unit of a currency is worth from a day on, in ten-thousand-millionths of the target; `false` if the day has
    /// another rate already.
    pub fn add(&mut self, currency: Currency, day: Day, rate: i128) -> bool {
        *self.known.entry((currency, day)).or_insert(rate) == rate
    }

    /// Reads a rate: digits, a point and up to ten decimals if need be; above zero.
    ///
    /// ```
    /// use ordersift::field::Rates;
    /// assert_eq!(Rates::read("1.0834"), Some(10_834_000_000));
    /// assert_eq!(Rates::read("1,0834"), None);
    /// assert_eq!(Rates::read("0"), None);
    /// ```
    pub fn read(text: &str) -> Option<i128> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str, most: usize| {
            (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !digits(whole, WHOLE_DIGITS) || !digits(decimals, RATE_DECIMALS) {
            return None;
        }
        let rate: i128 = format!("{whole}{decimals:0<RATE_DECIMALS$}").parse().ok()?;
        (rate > 0).then_some(rate)
    }

    /// The rate of a day; `None` if there is none of that day or of the six before.
    pub fn at(&self, currency: Currency, day: Day) -> Option<i128> {
        if currency == self.target {
            return Some(ONE);
        }
        let since = (currency, day.plus(1 - HOLDS));
        let mut known = self.known.range(since..=(currency, day));
        known.next_back().map(|(_, rate)| *rate)
    }

    /// An amount of one day in the target's ten-thousandths, rounded half away from zero; `None` if there is no rate. Nothing
    /// needs no rate.
    pub fn convert(&self, amount: i128, currency: Currency, day: Day) -> Option<i128> {
        if amount == 0 {
            return Some(0);
        }
        let product = amount.checked_mul(self.at(currency, day)?)?;
        Some(product.signum() * ((product.abs() + ONE / 2) / ONE))
    }
}

/// Whether a rate is one.
pub fn is_one(rate: i128) -> bool {
    rate == ONE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rates() -> Rates {
        let code = |text: &str| Currency::read(text.as_bytes()).unwrap().unwrap();
        let mut rates = Rates::new("rates.csv".into(), code("USD"));
        for (currency, day, rate) in [
            ("EUR", 10, "1.1"),
            ("EUR", 13, "1.25"),
            ("JPY", 10, "0.0067"),
        ] {
            assert!(rates.add(code(currency), Day(day), Rates::read(rate).unwrap()));
        }
        rates
    }

    #[test]
    fn a_rate_holds_until_the_next_one_or_for_seven_days() {
        let (rates, eur) = (rates(), Currency::read(b"EUR").unwrap().unwrap());
        let expected = [
            (9, None),
            (10, Some("1.1")),
            (12, Some("1.1")),
            (13, Some("1.25")),
            (19, Some("1.25")),
            (20, None),
        ];
        for (day, rate) in expected {
            assert_eq!(rates.at(eur, Day(day)), rate.and_then(Rates::read), "{day}");
        }
        let usd = Currency::read(b"USD").unwrap().unwrap();
        assert_eq!(rates.convert(12_345, usd, Day(1)), Some(12_345));
        assert_eq!(rates.convert(0, eur, Day(1)), Some(0));
        assert_eq!(rates.convert(1, eur, Day(1)), None);
    }

    #[test]
    fn converts_exactly_and_rounds_half_away_from_zero() {
        let (rates, eur) = (rates(), Currency::read(b"EUR").unwrap().unwrap());
        for (amount, expected) in [
            (2, 3),
            (-2, -3),
            (4, 5),
            (6, 8),
            (100_000, 125_000),
            (-6, -8),
        ] {
            assert_eq!(
                rates.convert(amount, eur, Day(13)),
                Some(expected),
                "{amount}"
            );
        }
        assert_eq!(rates.convert(i128::MAX, eur, Day(13)), None);
    }

    #[test]
    fn a_rate_is_digits_and_no_more_than_ten_decimals() {
        for bad in [
            "",
            ".",
            "1.",
            ".5",
            "-1",
            "+1",
            "1e3",
            "12345678",
            "1.12345678901",
            "0.0",
            "1 ",
        ] {
            assert_eq!(Rates::read(bad), None, "{bad}");
        }
        assert_eq!(Rates::read("0.0000000001"), Some(1));
        assert_eq!(Rates::read("1234567.5"), Some(12_345_675_000_000_000));
    }

    #[test]
    fn a_day_has_one_rate() {
        let (mut rates, eur) = (rates(), Currency::read(b"EUR").unwrap().unwrap());
        assert!(rates.add(eur, Day(10), 11_000_000_000));
        assert!(!rates.add(eur, Day(10), 12_000_000_000));
    }
}
