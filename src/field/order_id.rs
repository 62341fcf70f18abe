//! Amazon's order numbers as integers, and cells that a spreadsheet program damaged: rounded numbers, errors, cut numbers.

use std::sync::Mutex;

use hashbrown::HashMap;

use super::RejectReason;

/// One order. Equal ids mean the same order; the number itself means nothing to a reader.
///
/// `111-2222222-3333333` and `S01-2222222-3333333` are packed digit by digit; every other form is an entry of
/// [`OrderIds`], so two ids compare in one instruction and weigh eight bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderId(u64);

const SEVENS: u64 = 10_000_000;
const S_FORM: u64 = 1_000 * SEVENS * SEVENS;
const UNUSUAL: u64 = 1 << 63;
/// No id of any marketplace is half as long; a longer one is a cell of something else, and would only fill memory.
const LONGEST: usize = 64;

impl OrderId {
    /// The id of a 3-7-7 or `Sdd`-7-7 number, `None` for any other form.
    #[inline]
    fn packed(cell: &[u8]) -> Option<Self> {
        let cell: &[u8; 19] = cell.try_into().ok()?;
        // Two overlapping words hold seven digits and one hyphen each, and the third hyphen is at the end of the first.
        let [a, b, c, hyphen, ..] = *cell;
        let middle = u64::from_le_bytes(*cell[4..12].first_chunk()?) ^ DIGITS_HYPHEN;
        let last = u64::from_le_bytes(*cell[11..19].first_chunk()?) ^ HYPHEN_DIGITS;
        if hyphen != b'-'
            || !is_below_carry(middle, u64::from_le_bytes([6, 6, 6, 6, 6, 6, 6, 15]))
            || !is_below_carry(last, u64::from_le_bytes([15, 6, 6, 6, 6, 6, 6, 6]))
        {
            return None;
        }
        let (base, a) = if a == b'S' { (S_FORM, b'0') } else { (0, a) };
        let head = [a, b, c].map(|digit| u64::from(digit.wrapping_sub(b'0')));
        if head.iter().any(|digit| *digit > 9) {
            return None;
        }
        let head = head[0] * 100 + head[1] * 10 + head[2];
        Some(Self(
            base + (head * SEVENS + number(middle << 8)) * SEVENS + number(last),
        ))
    }

    /// The partition of the order, of so many. Consecutive ids are in different partitions.
    #[inline]
    pub fn partition(self, partitions: usize) -> usize {
        let mixed = self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
        usize::try_from(mixed).map_or(0, |mixed| mixed % partitions)
    }
}

const DIGITS_HYPHEN: u64 = u64::from_le_bytes(*b"0000000-");
const HYPHEN_DIGITS: u64 = u64::from_le_bytes(*b"-0000000");

/// Whether no byte carries into its upper four bits when the byte of `room` is added: with six only a digit does not, with fifteen only zero.
#[inline]
pub(super) fn is_below_carry(word: u64, room: u64) -> bool {
    (word | word.wrapping_add(room)) & 0xf0f0_f0f0_f0f0_f0f0 == 0
}

/// The number of eight digits, the first of which is in the lowest byte.
#[inline]
pub(super) fn number(digits: u64) -> u64 {
    let pairs = (digits * 10 + (digits >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs * 100 + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
    (fours * 10_000 + (fours >> 32)) & 0xffff_ffff
}

/// The order numbers that do not have Amazon's usual forms, numbered in the order of their arrival. It reads order numbers and
/// writes them as text.
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
    /// Reads an order number; blanks around it are allowed.
    ///
    /// # Errors
    /// An empty cell, one of more than 64 bytes, one that a spreadsheet turned into `1.40E+14`, since the digits it dropped
    /// are gone, and one that was cut, as `111-3131313`.
    ///
    /// ```
    /// let ids = ordersift::field::OrderIds::default();
    /// assert_eq!(ids.read(b"114-0000000-0000004"), ids.read(b"114-0000000-0000004"));
    /// assert!(ids.read(b"1.40E+14").is_err());
    /// ```
    pub fn read(&self, cell: &[u8]) -> Result<OrderId, RejectReason> {
        if let Some(id) = OrderId::packed(cell) {
            return Ok(id);
        }
        let cell = cell.trim_ascii();
        if let Some(id) = OrderId::packed(cell) {
            return Ok(id);
        }
        if cell.is_empty() {
            return Err(RejectReason::OrderIdMissing);
        }
        if is_rounded(cell) {
            return Err(RejectReason::OrderIdSpoilt);
        }
        if is_cut(cell) {
            return Err(RejectReason::OrderIdCut);
        }
        if cell.len() > LONGEST {
            return Err(RejectReason::OrderIdTooLong);
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

/// Whether an id has two of the three parts of `111-2222222-3333333`, each in its place, and not the third: `111-2222222`,
/// `111-2222222-33`, `2222222-3333333`. Other forms are valid: other programs use them.
fn is_cut(cell: &[u8]) -> bool {
    let mut parts = cell.split(|byte| *byte == b'-');
    let (Some(first), Some(second), third, None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    let seven = |part: &[u8]| part.len() == 7 && digits(part);
    let head = first.len() == 3 && digits(first.strip_prefix(b"S").unwrap_or(first));
    match third {
        None => seven(second) && (head || seven(first)),
        Some(third) if digits(second) && digits(third) => {
            [head, seven(second), seven(third)]
                .into_iter()
                .filter(|part| *part)
                .count()
                == 2
                && (head || first.len() < 3 && digits(first))
        }
        Some(_) => false,
    }
}

/// Whether a spreadsheet program rounded a SKU to `5.80293E+13`, so that several may have become one. `12E3` can be a SKU.
#[inline]
pub(crate) fn is_rounded_sku(sku: &[u8]) -> bool {
    sku.first().is_some_and(u8::is_ascii_digit) && sku.contains(&b'+') && is_rounded(sku)
}

/// Whether a cell has the error of a formula (`#NAME?`, `#REF!`, `Err:508`), or the mark of a column that was too narrow (`####`).
pub(crate) fn is_spreadsheet_error(cell: &[u8]) -> bool {
    match cell {
        [b'#', rest @ ..] => {
            rest.ends_with(b"?")
                || rest.ends_with(b"!")
                || matches!(rest, b"N/A" | b"NV")
                || rest.len() > 1 && rest.iter().all(|byte| *byte == b'#')
        }
        [b'E', b'r', b'r', b':', digits @ ..] => {
            !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
        }
        _ => false,
    }
}

/// Whether a text of more than 150 bytes contains an order number. Such a product name has swallowed whole lines.
pub(crate) fn holds_order_id(text: &[u8]) -> bool {
    const LEAST: usize = 150;
    text.len() > LEAST
        && memchr::memchr_iter(b'-', text).any(|at| {
            let id = at.checked_sub(3).and_then(|from| text.get(from..from + 19));
            id.is_some_and(|id| OrderId::packed(id).is_some())
        })
}

/// Whether a cell has a number that a spreadsheet program rounded, such as `1.40E+14` or `1,4E14`.
pub(crate) fn is_rounded(cell: &[u8]) -> bool {
    // Excel quotes a cell with a comma in tab files too.
    let cell = match cell {
        [b'"', inner @ .., b'"'] => inner,
        _ => cell,
    };
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
    fn only_digits_and_hyphens_in_their_places_are_packed() {
        for at in 0..19 {
            for byte in 0..=255 {
                let mut cell = *b"114-5235113-1275049";
                cell[at] = byte;
                let digit = byte.is_ascii_digit() && at != 3 && at != 11;
                let sound =
                    digit || byte == b"114-5235113-1275049"[at] || (at == 0 && byte == b'S');
                let id = OrderId::packed(&cell);
                assert_eq!(id.is_some(), sound, "{cell:?}");
                if let Some(id) = id {
                    assert_eq!(OrderIds::default().text(id).as_bytes(), cell);
                }
            }
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
        for text in [
            "1.40E+14",
            "5.80293E+13",
            "1E14",
            "1,40E+14",
            "\"1,40E+14\"",
        ] {
            assert_eq!(
                ids.read(text.as_bytes()),
                Err(RejectReason::OrderIdSpoilt),
                "{text}"
            );
        }
        assert!(ids.read(b"E-14").is_ok() && ids.read(b"1E").is_ok());
        assert!(
            is_rounded_sku(b"5.80293E+13") && !is_rounded_sku(b"12E3") && !is_rounded_sku(b"A+1")
        );
    }

    #[test]
    fn knows_the_errors_of_spreadsheets() {
        for text in [
            "#NAME?", "#REF!", "#DIV/0!", "#N/A", "#NV", "####", "Err:508",
        ] {
            assert!(is_spreadsheet_error(text.as_bytes()), "{text}");
        }
        for text in ["#1", "#", "#12-RED", "Err:", "Err:x", "ERR-1", ""] {
            assert!(!is_spreadsheet_error(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn only_a_long_text_with_the_number_of_an_order_holds_one() {
        let long = "x".repeat(150);
        assert!(holds_order_id(
            format!("{long}\t114-0000000-0000004\t").as_bytes()
        ));
        assert!(holds_order_id(
            format!("{long} S01-0000000-0000004").as_bytes()
        ));
        assert!(!holds_order_id(b"name 114-0000000-0000004"));
        assert!(!holds_order_id(
            format!("{long} 14-0000000-0000004 x").as_bytes()
        ));
        assert!(!holds_order_id(format!("{long} a-b-c").as_bytes()));
    }
}
