//! A currency as the three letters of a cell (ISO 4217). There is no list of valid currencies: any three letters are one.

use std::fmt;

use super::RejectReason;

/// A currency by its three letters, upper case. Part of every key that adds money: currencies are never added.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// Reads a currency cell; `None` is an empty one. Blanks around it are allowed.
    ///
    /// # Errors
    /// Anything that is not three ASCII letters.
    #[inline]
    pub fn read(cell: &[u8]) -> Result<Option<Self>, RejectReason> {
        match *cell {
            [a @ b'A'..=b'Z', b @ b'A'..=b'Z', c @ b'A'..=b'Z'] => Ok(Some(Self([a, b, c]))),
            _ => Self::of_any_case(cell.trim_ascii()),
        }
    }

    fn of_any_case(cell: &[u8]) -> Result<Option<Self>, RejectReason> {
        match *cell {
            [] => Ok(None),
            [a, b, c] if cell.iter().all(u8::is_ascii_alphabetic) => Ok(Some(Self([
                a.to_ascii_uppercase(),
                b.to_ascii_uppercase(),
                c.to_ascii_uppercase(),
            ]))),
            _ => Err(RejectReason::CurrencyInvalid),
        }
    }

    /// The three letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("three ASCII letters")
    }

    /// The letters as a number above zero, below 2^24.
    #[inline]
    pub fn number(self) -> u32 {
        let [a, b, c] = self.0;
        u32::from_be_bytes([0, a, b, c])
    }

    /// How many decimals prices in this currency are shown with at least: none for those that have no minor unit.
    pub fn decimals(text: &str) -> usize {
        if matches!(text, "JPY" | "KRW" | "VND" | "CLP") {
            0
        } else {
            2
        }
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_three_letters_in_any_case_and_nothing_else() {
        assert_eq!(Currency::read(b"usd").unwrap().unwrap().as_str(), "USD");
        assert_eq!(Currency::read(b""), Ok(None));
        for bad in ["$", "US", "USDX", "U5D", "\u{20ac}"] {
            assert!(Currency::read(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
