//! What a spreadsheet did to a whole file: how it writes dates and amounts now, as far as the file itself proves it.
//!
//! Nothing is guessed line by line. A form counts only if cells at the head of the file show it and none contradicts it; else
//! its cells are rejected by name.

use crate::field::{DateForm, NumberForm};

use super::columns::{Layout, trimmed};
use super::{Dialect, KindSpec};

/// How a file writes its dates and its amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forms {
    /// The dates.
    pub dates: DateForm,
    /// The amounts.
    pub numbers: NumberForm,
}

/// The dates that a file is judged by, the first one that its kind reads.
const DATES: [&str; 4] = [
    "purchase-date",
    "ship-date",
    "return-date",
    "return-request-date",
];

impl Forms {
    /// As Amazon writes them.
    pub const AMAZON: Self = Self {
        dates: DateForm::Iso,
        numbers: NumberForm::Point,
    };

    /// What the lines at the head of a file show; `body` starts after its header.
    pub fn shown(spec: &KindSpec, layout: &Layout, dialect: Dialect, body: &[u8]) -> Self {
        let place = |name: &str| {
            let column = spec.columns.iter().position(|column| column.name == name);
            column.and_then(|column| layout.place(column))
        };
        let (date, price) = (DATES.into_iter().find_map(place), place("item-price"));
        let mut seen = Seen::default();
        let mut see = |cells: &mut dyn Iterator<Item = &[u8]>| {
            for (index, cell) in cells.enumerate() {
                if Some(index) == date {
                    seen.date(trimmed(cell));
                } else if Some(index) == price {
                    seen.price(trimmed(cell));
                }
            }
            seen.settled()
        };
        match dialect {
            Dialect::Xml | Dialect::Json => {}
            Dialect::Tabs => {
                for line in body.split(|byte| *byte == b'\n') {
                    if see(&mut line.split(|byte| *byte == b'\t')) {
                        break;
                    }
                }
            }
            Dialect::Quoted(delimiter) => {
                let mut reader = csv::ReaderBuilder::new()
                    .delimiter(delimiter)
                    .has_headers(false)
                    .flexible(true)
                    .from_reader(body);
                let mut record = csv::ByteRecord::new();
                while reader.read_byte_record(&mut record).unwrap_or(false) {
                    if see(&mut record.iter()) {
                        break;
                    }
                }
            }
        }
        Self {
            dates: match (spec.dates, seen.dates()) {
                (own, DateForm::Iso) | (own @ DateForm::Short, _) => own,
                (_, shown) => shown,
            },
            numbers: seen.numbers(dialect),
        }
    }
}

/// What was seen of dates and prices.
#[derive(Debug, Default)]
struct Seen {
    iso: u32,
    /// Dates whose first number, and dates whose second number, is no month.
    day_first: u32,
    month_first: u32,
    points: u32,
    commas: u32,
}

/// So many lines as Amazon writes them are enough.
const ENOUGH: u32 = 64;

impl Seen {
    fn settled(&self) -> bool {
        self.iso >= ENOUGH
            && self.points >= ENOUGH
            && self.day_first + self.month_first + self.commas == 0
    }

    fn date(&mut self, cell: &[u8]) {
        match DateForm::parts(cell) {
            Some((first, second)) if first > 12 && second <= 12 => self.day_first += 1,
            Some((first, second)) if second > 12 && first <= 12 => self.month_first += 1,
            Some(_) => {}
            None => self.iso += u32::from(cell.get(4) == Some(&b'-')),
        }
    }

    fn price(&mut self, cell: &[u8]) {
        let decimals = |mark: u8| {
            let at = memchr::memrchr(mark, cell)?;
            let behind = &cell[at + 1..];
            (matches!(behind.len(), 1 | 2) && behind.iter().all(u8::is_ascii_digit)).then_some(())
        };
        self.commas += u32::from(decimals(b',').is_some());
        self.points += u32::from(decimals(b'.').is_some());
    }

    fn dates(&self) -> DateForm {
        match (self.iso, self.day_first, self.month_first) {
            (0, 1.., 0) => DateForm::DayFirst,
            (0, 0, 1..) => DateForm::MonthFirst,
            _ => DateForm::Iso,
        }
    }

    /// A spreadsheet that separates with semicolons does so because its numbers have commas.
    fn numbers(&self, dialect: Dialect) -> NumberForm {
        if dialect == Dialect::Quoted(b';') || (self.commas > 0 && self.points == 0) {
            NumberForm::Comma
        } else {
            NumberForm::Point
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(dates: &[&str], prices: &[&str]) -> (DateForm, NumberForm) {
        let mut seen = Seen::default();
        for date in dates {
            seen.date(date.as_bytes());
        }
        for price in prices {
            seen.price(price.as_bytes());
        }
        (seen.dates(), seen.numbers(Dialect::Tabs))
    }

    #[test]
    fn a_form_counts_only_if_the_file_proves_it() {
        assert_eq!(
            seen(&["30/04/2022", "05/04/2022"], &[]).0,
            DateForm::DayFirst
        );
        assert_eq!(
            seen(&["4/30/2022 18:30", "04/05/2022"], &[]).0,
            DateForm::MonthFirst
        );
        assert_eq!(
            seen(&["05/04/2022"], &[]).0,
            DateForm::Iso,
            "nothing proves it"
        );
        assert_eq!(
            seen(&["30/04/2022", "04/30/2022"], &[]).0,
            DateForm::Iso,
            "they contradict each other"
        );
        assert_eq!(seen(&["30/04/2022", "2022-04-30"], &[]).0, DateForm::Iso);
        assert_eq!(seen(&[], &["14,99", "5"]).1, NumberForm::Comma);
        assert_eq!(seen(&[], &["14,99", "14.99"]).1, NumberForm::Point);
        assert_eq!(seen(&[], &["1,234"]).1, NumberForm::Point);
    }
}
