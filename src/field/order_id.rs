//! Amazon's order number as an integer.

use std::sync::Mutex;

use hashbrown::HashMap;

use super::Malformed;

/// One order. Equal ids mean the same order; the number itself means nothing to a reader.
///
/// `111-2222222-3333333` and `S01-2222222-3333333` are packed digit by digit; every other form is an entry of
/// [`OrderIds`], so two ids compare in one instruction and weigh eight bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderId(u64);

const SEVENS: u64 = 10_000_000;
const S_FORM: u64 = 1_000 * SEVENS * SEVENS;
const UNUSUAL: u64 = 1 << 63;

impl OrderId {
    /// The id of a 3-7-7 or `Sdd`-7-7 number, `None` for any other form.
    fn packed(cell: &[u8]) -> Option<Self> {
        let cell: &[u8; 19] = cell.try_into().ok()?;
        if cell[3] != b'-' || cell[11] != b'-' {
            return None;
        }
        let base = match cell[0] {
            b'S' => S_FORM + digits(&cell[1..3])? * SEVENS * SEVENS,
            _ => digits(&cell[0..3])? * SEVENS * SEVENS,
        };
        Some(Self(
            base + digits(&cell[4..11])? * SEVENS + digits(&cell[12..19])?,
        ))
    }
}

/// The ids that are not of Amazon's usual forms, numbered as they come, and all ids written out again.
///
/// Shared by the threads of a run: an id is equal to itself whichever thread met it first. The numbers differ from
/// run to run, so nothing may be sorted by them.
#[derive(Debug, Default)]
pub struct OrderIds {
    unusual: Mutex<Unusual>,
}

#[derive(Debug, Default)]
struct Unusual {
    numbers: HashMap<Box<[u8]>, u64>,
    texts: Vec<Box<[u8]>>,
}

impl OrderIds {
    /// Reads an order number.
    ///
    /// # Errors
    /// An empty cell, and one that a spreadsheet turned into `1.40E+14`: the digits it dropped are gone.
    ///
    /// ```
    /// let ids = ordersift::field::OrderIds::default();
    /// assert_eq!(ids.read(b"114-0000000-0000004"), ids.read(b"114-0000000-0000004"));
    /// assert!(ids.read(b"1.40E+14").is_err());
    /// ```
    pub fn read(&self, cell: &[u8]) -> Result<OrderId, Malformed> {
        if let Some(id) = OrderId::packed(cell) {
            return Ok(id);
        }
        if cell.is_empty() {
            return Err(Malformed("no order id"));
        }
        if spoilt(cell) {
            return Err(Malformed("order id spoilt by a spreadsheet"));
        }
        let mut unusual = self.unusual.lock().expect("no holder of this lock panics");
        if let Some(&number) = unusual.numbers.get(cell) {
            return Ok(OrderId(UNUSUAL | number));
        }
        let number = unusual.texts.len() as u64;
        unusual.texts.push(cell.into());
        unusual.numbers.insert(cell.into(), number);
        Ok(OrderId(UNUSUAL | number))
    }

    /// The one of two ids that is less as a text.
    pub fn lesser(&self, a: OrderId, b: OrderId) -> OrderId {
        if (a.0 | b.0) & UNUSUAL == 0 || a == b {
            return a.min(b);
        }
        if self.text(a) <= self.text(b) { a } else { b }
    }

    /// The id as the report writes it.
    pub fn text(&self, id: OrderId) -> String {
        let number = id.0;
        if number & UNUSUAL != 0 {
            let unusual = self.unusual.lock().expect("no holder of this lock panics");
            let index = usize::try_from(number & !UNUSUAL).expect("an index of a vector");
            return unusual.texts.get(index).map_or_else(String::new, |text| {
                String::from_utf8_lossy(text).into_owned()
            });
        }
        let (number, head) = if number >= S_FORM {
            (number - S_FORM, "S")
        } else {
            (number, "")
        };
        let first = number / (SEVENS * SEVENS);
        let width = 3 - head.len();
        format!(
            "{head}{first:0width$}-{:07}-{:07}",
            number / SEVENS % SEVENS,
            number % SEVENS
        )
    }
}

fn digits(bytes: &[u8]) -> Option<u64> {
    bytes.iter().try_fold(0, |sum, byte| {
        byte.is_ascii_digit()
            .then(|| sum * 10 + u64::from(byte - b'0'))
    })
}

/// `1.40E+14`, `1,4E14`: a number that a spreadsheet rounded.
fn spoilt(cell: &[u8]) -> bool {
    let Some(at) = cell.iter().position(|byte| matches!(byte, b'e' | b'E')) else {
        return false;
    };
    let (mantissa, exponent) = (&cell[..at], &cell[at + 1..]);
    let exponent = exponent
        .strip_prefix(b"+")
        .or_else(|| exponent.strip_prefix(b"-"))
        .unwrap_or(exponent);
    let numeric = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    let mut parts = mantissa.splitn(2, |byte| matches!(byte, b'.' | b','));
    numeric(exponent) && parts.all(numeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_every_form_back_as_it_was() {
        let ids = OrderIds::default();
        for text in [
            "114-0000000-0000004",
            "001-1234567-7654321",
            "S01-1234567-7654321",
            "scrubbed",
            "1-2-3",
            "S1",
        ] {
            assert_eq!(ids.text(ids.read(text.as_bytes()).unwrap()), text);
        }
    }

    #[test]
    fn keeps_unlike_ids_apart() {
        let ids = OrderIds::default();
        let all = [
            "999-9999999-9999999",
            "S00-0000000-0000000",
            "S99-9999999-9999999",
            "000-0000000-0000000",
            "x",
            "y",
        ];
        let mut numbers: Vec<_> = all
            .iter()
            .map(|text| ids.read(text.as_bytes()).unwrap())
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), all.len());
    }

    #[test]
    fn refuses_what_a_spreadsheet_rounded() {
        let ids = OrderIds::default();
        for text in ["1.40E+14", "5.80293E+13", "1E14", "1,40E+14"] {
            assert_eq!(
                ids.read(text.as_bytes()),
                Err(Malformed("order id spoilt by a spreadsheet")),
                "{text}"
            );
        }
        assert!(ids.read(b"E-14").is_ok() && ids.read(b"1E").is_ok());
    }
}
