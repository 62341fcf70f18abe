//! The forms of dates, amounts and quotation marks in a file that a spreadsheet saved, as far as the file proves them.
//!
//! Nothing is guessed line by line. A form counts only if cells of the file show it and none contradicts it; else its cells are
//! rejected by name. The head of a file is looked at first, and the rest of it only where the head leaves the question open.

mod short_dates;
mod unquote;

pub(super) use unquote::unquoted;

use std::cell::Cell;
use std::io::{self, Read};

use crate::chunk::Blocks;
use crate::field::{Clock, DateForm, NumberForm};

use crate::report::columns::{Layout, trimmed};
use crate::report::forms::{Dialect, Forms};
use crate::report::kinds::KindSpec;
use crate::report::reading::read_date;

use short_dates::ShortDates;
use unquote::is_quoted;

/// The dates that a file is judged by, the first one that its kind reads.
const DATES: [&str; 5] = [
    "purchase-date",
    "date",
    "ship-date",
    "return-date",
    "return-request-date",
];

/// The amounts that a file is judged by, the first one that its kind reads.
const AMOUNTS: [&str; 2] = ["item-price", "amount"];

/// What the lines of a file show of how it was saved.
#[derive(Debug)]
pub(super) struct Evidence {
    own_dates: DateForm,
    dialect: Dialect,
    width: usize,
    date: Option<usize>,
    amount: Option<usize>,
    clock: Clock,
    /// Dates as the kind has them.
    downloaded: u32,
    /// Dates whose first number, whose second number, and none of whose numbers is more than any month.
    day_first: u32,
    month_first: u32,
    either_first: u32,
    short: ShortDates,
    points: u32,
    commas: u32,
    quotes: Quotes,
    /// Lines of as many fields as the header, of one more that is empty, and of one less.
    fit: u32,
    one_more: u32,
    one_less: u32,
}

/// So many lines as Amazon writes them are enough.
const ENOUGH: u32 = 64;

impl Evidence {
    /// Nothing is seen yet.
    pub(super) fn new(spec: &KindSpec, layout: &Layout, dialect: Dialect) -> Self {
        let place = |name: &str| {
            let column = spec.columns.iter().position(|column| column.name == name);
            column.and_then(|column| layout.place(column))
        };
        Self {
            own_dates: spec.dates,
            dialect,
            width: layout.width(),
            date: DATES.into_iter().find_map(place),
            amount: AMOUNTS.into_iter().find_map(place),
            clock: Clock::default(),
            downloaded: 0,
            day_first: 0,
            month_first: 0,
            either_first: 0,
            short: ShortDates::default(),
            points: 0,
            commas: 0,
            quotes: Quotes::default(),
            fit: 0,
            one_more: 0,
            one_less: 0,
        }
    }

    /// Looks at the lines that follow the header in the head of a file; a line that the head cuts off is left out unless the head
    /// is the `whole` file.
    pub(super) fn head(&mut self, body: &[u8], whole: bool) {
        let end = match memchr::memrchr(b'\n', body) {
            _ if whole => body.len(),
            last => last.map_or(0, |last| last + 1),
        };
        let body = &body[..end];
        self.quotes.possible =
            self.dialect == Dialect::Tabs && memchr::memchr(b'"', body).is_some();
        // Memory does not fail to be read.
        let _ = match self.dialect {
            Dialect::Quoted(delimiter) => self.records(delimiter, body),
            Dialect::Tabs => {
                self.lines(body);
                Ok(())
            }
            Dialect::Xml | Dialect::Json => Ok(()),
        };
    }

    /// Looks at all lines that follow the header, from the first one on.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(super) fn rest(&mut self, body: impl Read) -> io::Result<()> {
        self.quotes.possible = self.dialect == Dialect::Tabs;
        match self.dialect {
            Dialect::Quoted(delimiter) => self.records(delimiter, body),
            Dialect::Tabs => {
                let mut blocks = Blocks::new(body, 0, 1 << 20)?;
                let mut buffer = Vec::new();
                while let Some(block) = blocks.next(buffer)? {
                    if self.lines(&block.bytes) {
                        break;
                    }
                    buffer = block.bytes;
                }
                Ok(())
            }
            Dialect::Xml | Dialect::Json => Ok(()),
        }
    }

    /// Looks at lines of a tab file; whether no further line can change what was seen.
    fn lines(&mut self, text: &[u8]) -> bool {
        text.split(|byte| *byte == b'\n')
            .any(|line| self.line(line.split(|byte| *byte == b'\t')))
    }

    /// Looks at the records of a quoted file.
    fn records(&mut self, delimiter: u8, source: impl Read) -> io::Result<()> {
        let read = Cell::new(0);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(UpTo {
                source,
                read: &read,
            });
        let mut record = csv::ByteRecord::new();
        while reader.read_byte_record(&mut record)? {
            read.set(0);
            if self.line(record.iter()) {
                break;
            }
        }
        Ok(())
    }

    /// Looks at the cells of a line; whether no further line can change what was seen.
    fn line<'a>(&mut self, cells: impl Iterator<Item = &'a [u8]>) -> bool {
        let (mut fields, mut last_is_empty) = (0, true);
        for cell in cells {
            let cell = trimmed(cell);
            if self.quotes.possible {
                self.quotes.cell(cell);
            }
            if Some(fields) == self.date {
                self.date(cell);
            } else if Some(fields) == self.amount {
                self.amount(cell);
            }
            fields += 1;
            last_is_empty = cell.is_empty();
        }
        if fields > 1 || self.width == 1 {
            self.fit += u32::from(fields == self.width);
            self.one_more += u32::from(fields == self.width + 1 && last_is_empty);
            self.one_less += u32::from(fields + 1 == self.width);
        }
        self.downloaded >= ENOUGH
            && !self.short.is_open()
            && self.points >= ENOUGH
            && self.day_first + self.month_first + self.commas == 0
            && !self.quotes.shown()
    }

    fn date(&mut self, cell: &[u8]) {
        if self.own_dates == DateForm::Short {
            self.short.date(cell);
        }
        match DateForm::parts(cell) {
            Some((first, second)) if first > 12 && second <= 12 => self.day_first += 1,
            Some((first, second)) if second > 12 && first <= 12 => self.month_first += 1,
            Some(_) => self.either_first += 1,
            None => {
                let own = read_date(cell, self.own_dates, &mut self.clock).is_ok();
                self.downloaded += u32::from(own);
            }
        }
    }

    fn amount(&mut self, cell: &[u8]) {
        let decimals = |mark: u8| {
            let at = memchr::memrchr(mark, cell)?;
            let behind = &cell[at + 1..];
            (matches!(behind.len(), 1 | 2) && behind.iter().all(u8::is_ascii_digit)).then_some(())
        };
        self.commas += u32::from(decimals(b',').is_some());
        self.points += u32::from(decimals(b'.').is_some());
    }

    /// What was seen proves this.
    pub(super) fn forms(&self) -> Forms {
        Forms {
            dates: self.dates(),
            numbers: self.numbers(),
            quoted: self.quotes.shown(),
        }
    }

    /// How many fields lines have, where that is not what the header says: one that is empty ends every line, or the header only.
    pub(super) fn other_width(&self) -> Option<usize> {
        if self.one_more > self.fit {
            Some(self.width + 1)
        } else if self.one_less > self.fit {
            Some(self.width - 1)
        } else {
            None
        }
    }

    /// Whether lines that were not looked at could prove what these leave open, or contradict what these show.
    pub(super) fn is_open(&self) -> bool {
        let dates =
            self.either_first > 0 && self.day_first + self.month_first + self.downloaded == 0;
        dates || self.short.is_open() || self.quotes.shown()
    }

    fn dates(&self) -> DateForm {
        match (self.downloaded, self.day_first, self.month_first) {
            (0, 1.., 0) => DateForm::DayFirst,
            (0, 0, 1..) => DateForm::MonthFirst,
            _ if self.own_dates == DateForm::Short => self.short.form(),
            _ => self.own_dates,
        }
    }

    /// A spreadsheet that separates with semicolons does so because its numbers have commas.
    fn numbers(&self) -> NumberForm {
        if self.dialect == Dialect::Quoted(b';') || (self.commas > 0 && self.points == 0) {
            NumberForm::Comma
        } else {
            NumberForm::Point
        }
    }
}

/// What was seen of quotation marks in a tab file. Amazon's are ordinary characters. A spreadsheet puts them around cells that hold
/// one, and doubles it; Excel puts them around cells that hold a comma too.
#[derive(Debug, Default)]
struct Quotes {
    /// Whether there is any quotation mark to look for.
    possible: bool,
    /// Quoted cells with a doubled quotation mark, quoted cells with a comma, and commas in cells that are not quoted.
    doubled: u64,
    commas: u64,
    bare_commas: u64,
    /// Quotation marks that no spreadsheet would have written so.
    own: u64,
}

impl Quotes {
    fn cell(&mut self, cell: &[u8]) {
        let holds = |cell: &[u8], byte: u8| u64::from(memchr::memchr(byte, cell).is_some());
        if holds(cell, b'"') == 0 {
            self.bare_commas += holds(cell, b',');
        } else if is_quoted(cell) {
            let inner = &cell[1..cell.len() - 1];
            self.doubled += holds(inner, b'"');
            self.commas += holds(inner, b',');
        } else {
            self.own += 1;
            self.possible = false;
        }
    }

    fn shown(&self) -> bool {
        self.own == 0 && (self.doubled > 0 || self.commas > 0 && self.bare_commas == 0)
    }
}

/// A reader that ends where a record has no end: a quotation mark that opens a field and none that closes it.
struct UpTo<'c, R> {
    source: R,
    read: &'c Cell<usize>,
}

/// No record is longer.
const LONGEST_RECORD: usize = 16 << 20;

impl<R: Read> Read for UpTo<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.read.get() > LONGEST_RECORD {
            return Ok(0);
        }
        let read = self.source.read(buffer)?;
        self.read.set(self.read.get() + read);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::KINDS;

    fn evidence(dates: &[&str], amounts: &[&str]) -> (DateForm, NumberForm) {
        evidence_of("all-orders", dates, amounts)
    }

    fn evidence_of(kind: &str, dates: &[&str], amounts: &[&str]) -> (DateForm, NumberForm) {
        let spec = KINDS.iter().find(|spec| spec.name == kind).unwrap();
        let layout = Layout::listed(spec.columns);
        let mut evidence = Evidence::new(spec, &layout, Dialect::Tabs);
        for date in dates {
            evidence.date(date.as_bytes());
        }
        for amount in amounts {
            evidence.amount(amount.as_bytes());
        }
        (evidence.dates(), evidence.numbers())
    }

    #[test]
    fn a_form_counts_only_if_the_file_proves_it() {
        assert_eq!(
            evidence(&["30/04/2022", "05/04/2022"], &[]).0,
            DateForm::DayFirst
        );
        assert_eq!(
            evidence(&["4/30/2022 18:30", "04/05/2022"], &[]).0,
            DateForm::MonthFirst
        );
        assert_eq!(
            evidence(&["05/04/2022"], &[]).0,
            DateForm::Iso,
            "nothing proves it"
        );
        assert_eq!(
            evidence(&["30/04/2022", "04/30/2022"], &[]).0,
            DateForm::Iso,
            "they contradict each other"
        );
        assert_eq!(
            evidence(&["30/04/2022", "2022-04-30"], &[]).0,
            DateForm::Iso
        );
        assert_eq!(evidence(&[], &["14,99", "5"]).1, NumberForm::Comma);
        assert_eq!(evidence(&[], &["14,99", "14.99"]).1, NumberForm::Point);
        assert_eq!(evidence(&[], &["1,234"]).1, NumberForm::Point);
    }

    #[test]
    fn kinds_with_a_date_form_of_their_own_prove_another_in_the_same_way() {
        let sale = |dates: &[&str]| evidence_of("amazon-sale-report", dates, &[]).0;
        assert_eq!(sale(&["04-30-22", "05-01-22"]), DateForm::Short);
        assert_eq!(sale(&["30/04/2022", "01/05/2022"]), DateForm::DayFirst);
        assert_eq!(sale(&["04-30-22", "30/04/2022"]), DateForm::Short);
        let returns = |dates: &[&str]| evidence_of("merchant-returns", dates, &[]).0;
        assert_eq!(returns(&["14-Jul-2025"]), DateForm::Named);
        assert_eq!(returns(&["14.07.2025"]), DateForm::DayFirst);
        assert_eq!(returns(&["14-Jul-2025", "14.07.2025"]), DateForm::Named);
    }

    #[test]
    fn quotation_marks_are_a_spreadsheets_only_if_every_one_of_them_could_be() {
        let shown = |cells: &[&str]| {
            let mut quotes = Quotes {
                possible: true,
                ..Quotes::default()
            };
            for cell in cells {
                quotes.cell(cell.as_bytes());
            }
            quotes.shown()
        };
        assert!(shown(&["\"a \"\"b\"\"\"", "x, y"]));
        assert!(shown(&["\"a, b\"", "x"]));
        assert!(!shown(&["\"a, b\"", "x, y"]), "Excel would quote both");
        assert!(!shown(&["\"a\""]) && !shown(&["\"\""]) && !shown(&[]));
        assert!(!shown(&["\"a \"\"b\"\"\"", "12\" pipe"]));
    }
}
