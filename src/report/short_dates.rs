//! What became of the short dates of the public sale report, `04-30-22`, in a copy that a program saved.
//!
//! A program that puts the day first takes `04-05-22` for the fourth of May, one that puts the year first for the 22nd of May
//! 2004, and both leave `04-30-22` as it is. So a rewritten date is read only if the file proves that the month was taken for
//! the month: by a day above twelve, where no date was left as it was.

use crate::field::{DateForm, Day};

use super::columns::{Layout, trimmed};
use super::{Dialect, Forms, KindSpec};

/// The forms of a file, its short dates judged by the lines at its head; `body` starts after its header.
pub(super) fn settled(
    forms: Forms,
    spec: &KindSpec,
    layout: &Layout,
    dialect: Dialect,
    body: &[u8],
) -> Forms {
    if forms.dates != DateForm::Short {
        return forms;
    }
    let date = spec.columns.iter().position(|column| column.name == "date");
    let Some(date) = date.and_then(|column| layout.place(column)) else {
        return forms;
    };
    let mut seen = Seen::default();
    match dialect {
        Dialect::Xml | Dialect::Json => {}
        Dialect::Tabs => {
            let lines = body.split(|byte| *byte == b'\n');
            let mut cells = lines.filter_map(|line| line.split(|byte| *byte == b'\t').nth(date));
            cells.try_for_each(|cell| seen.date(trimmed(cell)));
        }
        Dialect::Quoted(delimiter) => {
            let mut reader = csv::ReaderBuilder::new()
                .delimiter(delimiter)
                .has_headers(false)
                .flexible(true)
                .from_reader(body);
            let mut record = csv::ByteRecord::new();
            while reader.read_byte_record(&mut record).unwrap_or(false) {
                let cell = trimmed(record.get(date).unwrap_or_default());
                if seen.date(cell).is_none() {
                    break;
                }
            }
        }
    }
    Forms {
        dates: seen.form(),
        ..forms
    }
}

/// What was seen of dates.
#[derive(Debug, Default)]
struct Seen {
    /// A date as the report has it.
    own: bool,
    /// `30.04.22` and `2022-04-30`: whether there is one, and one whose day is no month.
    dotted: [bool; 2],
    days: [bool; 2],
    /// A year that is the number of a month.
    month_for_year: bool,
}

impl Seen {
    /// Looks at a date; `None` once no further one can change the form.
    fn date(&mut self, cell: &[u8]) -> Option<()> {
        match *cell {
            [_, _, b'-', _, _, b'-', _, _] => self.own = true,
            [a, b, b'.', _, _, b'.', y, z] => {
                self.dotted[0] = true;
                self.dotted[1] |= [a, b] > *b"12";
                self.month_for_year |= [y, z] <= *b"12";
            }
            _ => {
                if let Some(day) = cell.get(..10).filter(|date| Day::read(date).is_some()) {
                    self.days[0] = true;
                    self.days[1] |= day[8..] > b"12"[..];
                    self.month_for_year |= day[..4] <= b"2012"[..];
                }
            }
        }
        (!self.own).then_some(())
    }

    fn form(&self) -> DateForm {
        match (self.dotted, self.days) {
            _ if self.own || self.month_for_year => DateForm::Short,
            ([true, true], [false, _]) => DateForm::ShortDayFirst,
            ([false, _], [true, true]) => DateForm::Days,
            _ => DateForm::Short,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(dates: &[&str]) -> DateForm {
        let mut seen = Seen::default();
        dates.iter().try_for_each(|date| seen.date(date.as_bytes()));
        seen.form()
    }

    #[test]
    fn a_rewritten_date_is_believed_only_if_the_file_proves_the_month() {
        assert_eq!(form(&["04-05-22", "04-30-22"]), DateForm::Short);
        assert_eq!(form(&["2022-04-05", "2022-04-30"]), DateForm::Days);
        assert_eq!(form(&["05.04.22", "30.04.22"]), DateForm::ShortDayFirst);
        assert_eq!(form(&["2022-04-05"]), DateForm::Short, "nothing proves it");
        assert_eq!(form(&["05.04.22"]), DateForm::Short, "nothing proves it");
        // Britain, where the month was taken for the day, and Japan, where it was taken for the year.
        assert_eq!(form(&["2022-05-04", "04-30-22"]), DateForm::Short);
        assert_eq!(form(&["2004-05-22", "2004-06-22"]), DateForm::Short);
        assert_eq!(form(&["22.05.04", "22.06.04"]), DateForm::Short);
        assert_eq!(form(&["30.04.22", "2022-04-30"]), DateForm::Short);
    }
}
