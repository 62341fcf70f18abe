//! Short dates of the public sale report, `04-30-22`, in copies that a program saved.
//!
//! A program that puts the day first takes `04-05-22` for the fourth of May, one that puts the year first for the 22nd of May
//! 2004, and both leave `04-30-22` as it is. So a rewritten date is read only if the file proves that the month was taken for
//! the month: by a day above twelve, where no date was left as it was.

use crate::field::{DateForm, Day};

/// What was seen of the dates of a sale report.
#[derive(Debug, Default)]
pub(super) struct ShortDates {
    /// A date as the report has it.
    own: bool,
    /// `30.04.22` and `2022-04-30`: whether there is one, and one whose day is no month.
    dotted: [bool; 2],
    days: [bool; 2],
    /// A year that is the number of a month.
    month_for_year: bool,
}

impl ShortDates {
    /// Looks at a date.
    pub(super) fn date(&mut self, cell: &[u8]) {
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
    }

    /// Whether dates were rewritten and nothing was seen yet that says how.
    pub(super) fn is_open(&self) -> bool {
        let rewritten = self.dotted[0] || self.days[0];
        rewritten && !self.own && self.form() == DateForm::Short
    }

    /// The form that they prove.
    pub(super) fn form(&self) -> DateForm {
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
        let mut seen = ShortDates::default();
        for date in dates {
            seen.date(date.as_bytes());
        }
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
