//! One line of a report, cell by cell, with a tab between two cells.

use super::market::BuyerAddress;
use super::purchase_times::Moment;

/// Appends cells to a line.
pub(super) struct Cells<'o> {
    out: &'o mut Vec<u8>,
    is_first: bool,
}

impl<'o> Cells<'o> {
    /// A new line at the end of `out`.
    pub(super) fn new(out: &'o mut Vec<u8>) -> Self {
        Self {
            out,
            is_first: true,
        }
    }

    /// The next cell; more can be added to it.
    pub(super) fn bytes(&mut self, cell: &[u8]) -> &mut Self {
        if !self.is_first {
            self.out.push(b'\t');
        }
        self.is_first = false;
        self.add(cell)
    }

    pub(super) fn text(&mut self, cell: &str) -> &mut Self {
        self.bytes(cell.as_bytes())
    }

    /// Empty cells.
    pub(super) fn empty(&mut self, count: usize) -> &mut Self {
        for _ in 0..count {
            self.text("");
        }
        self
    }

    pub(super) fn number(&mut self, number: u32) -> &mut Self {
        self.text("").add_number(u64::from(number))
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, flag: bool) -> &mut Self {
        self.text(if flag { "true" } else { "false" })
    }

    /// An amount in hundredths as the reports print it: `25.0`, `1.5`, `14.99`. Empty if it is unknown.
    pub(super) fn amount(&mut self, hundredths: Option<u64>) -> &mut Self {
        self.text("");
        if let Some(hundredths) = hundredths {
            self.add_number(hundredths / 100).add(b".");
            self.out.push(digit(hundredths / 10));
            if !hundredths.is_multiple_of(10) {
                self.out.push(digit(hundredths));
            }
        }
        self
    }

    /// A moment in UTC: `2026-07-27T13:58:00+00:00`.
    pub(super) fn moment(&mut self, moment: Moment) -> &mut Self {
        let (year, month, day) = moment.date();
        let second = moment.second_of_day();
        let mut text = *b"2020-00-00T00:00:00+00:00";
        text[3] = digit(u64::from(year));
        let times = [second / 3600, second / 60 % 60, second % 60];
        for (at, number) in [5, 8, 11, 14, 17]
            .into_iter()
            .zip([month, day].into_iter().chain(times))
        {
            text[at] = digit(u64::from(number / 10));
            text[at + 1] = digit(u64::from(number));
        }
        self.bytes(&text)
    }

    /// ship-city, ship-state, ship-postal-code and ship-country.
    pub(super) fn address(&mut self, address: &BuyerAddress) -> &mut Self {
        self.text(address.city);
        if address.is_upper_case {
            let start = self.out.len() - address.city.len();
            self.out[start..].make_ascii_uppercase();
        }
        self.text(address.state)
            .bytes(&address.postal_code)
            .text(address.country)
    }

    /// Adds to the last cell.
    pub(super) fn add(&mut self, text: &[u8]) -> &mut Self {
        self.out.extend_from_slice(text);
        self
    }

    /// Adds a number without leading zeros to the last cell.
    pub(super) fn add_number(&mut self, number: u64) -> &mut Self {
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
        self.add(&digits[start..])
    }

    /// Adds seven digits to the last cell, zeros in front.
    pub(super) fn add_seven(&mut self, number: u64) -> &mut Self {
        let mut digits = [b'0'; 7];
        let mut rest = number;
        for place in digits.iter_mut().rev() {
            *place = digit(rest);
            rest /= 10;
        }
        self.add(&digits)
    }
}

fn digit(number: u64) -> u8 {
    b'0' + (number % 10) as u8
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn text(put: impl Fn(&mut Cells<'_>)) -> String {
        let mut out = Vec::new();
        put(&mut Cells::new(&mut out));
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn amounts_drop_one_trailing_zero_only() {
        let amounts = [
            Some(2500),
            Some(150),
            Some(1499),
            Some(118_000),
            Some(5),
            Some(0),
            None,
        ];
        assert_eq!(
            text(|cells| amounts.into_iter().for_each(|amount| {
                cells.amount(amount);
            })),
            "25.0\t1.5\t14.99\t1180.0\t0.05\t0.0\t"
        );
    }

    #[test]
    fn moments_are_utc() {
        for (moment, expected) in [
            (Moment::new(7, 27, 13, 58), "2026-07-27T13:58:00+00:00"),
            (
                Moment::new(8, 31, 23, 59).plus(59),
                "2026-08-31T23:59:59+00:00",
            ),
            (Moment(0), "2024-01-01T00:00:00+00:00"),
            (Moment(60 * 86_400 - 1), "2024-02-29T23:59:59+00:00"),
            (Moment(366 * 86_400), "2025-01-01T00:00:00+00:00"),
        ] {
            assert_eq!(
                text(|cells| {
                    cells.moment(moment);
                }),
                expected
            );
        }
    }

    #[test]
    fn numbers_are_plain() {
        assert_eq!(
            text(|cells| {
                cells.number(0).number(1_234_567).text("").add_seven(42);
            }),
            "0\t1234567\t0000042"
        );
    }
}
