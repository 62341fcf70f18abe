//! The way in which a file writes dates and amounts after a spreadsheet saved it.

use super::two_digits;

/// How a file writes its dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateForm {
    /// ISO 8601, as Amazon's own reports.
    Iso,
    /// `04-30-22`, as the public sale report.
    Short,
    /// `30.04.22`, as a copy of it that was saved in Europe.
    ShortDayFirst,
    /// `2022-04-30`, as a copy of it whose dates a program rewrote.
    Days,
    /// `30/04/2022 18:30`, as a spreadsheet writes them in Europe.
    DayFirst,
    /// `4/30/2022 18:30`, as a spreadsheet writes them in America.
    MonthFirst,
    /// `30-Apr-2022`, as the returns report.
    Named,
}

/// How a file writes its amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberForm {
    /// `1234.50`, as Amazon's own reports.
    Point,
    /// `1234,50`, as a spreadsheet writes them where the comma is the decimal mark.
    Comma,
}

/// The numbers of a spreadsheet's date, in the order in which they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Numbers {
    pub(super) first: u32,
    pub(super) second: u32,
    pub(super) year: u32,
}

impl DateForm {
    /// The first and the second number of `30/04/2022`, `30.4.2022` or `30-04-2022`, whatever follows; `None` of other cells.
    pub fn parts(cell: &[u8]) -> Option<(u32, u32)> {
        numbers(cell).map(|(Numbers { first, second, .. }, _)| (first, second))
    }
}

/// A date of three numbers with a year of four digits, and what follows it.
pub(super) fn numbers(cell: &[u8]) -> Option<(Numbers, &[u8])> {
    let (first, rest) = short(cell)?;
    let (mark, rest) = rest.split_first()?;
    let (second, rest) = short(rest)?;
    let (again, rest) = rest.split_first()?;
    if !matches!(mark, b'/' | b'.' | b'-') || mark != again {
        return None;
    }
    let [a, b, c, d, rest @ ..] = rest else {
        return None;
    };
    let year = two_digits(&[*a, *b])? * 100 + two_digits(&[*c, *d])?;
    let numbers = Numbers {
        first,
        second,
        year,
    };
    (first > 0 && second > 0 && !rest.first().is_some_and(u8::is_ascii_digit))
        .then_some((numbers, rest))
}

/// Whether a cell is a date of three numbers with a year of two digits, whichever of them that is.
pub(super) fn short_year(cell: &[u8]) -> bool {
    let Some((first, [mark, rest @ ..])) = short(cell) else {
        return false;
    };
    let Some((second, [again, rest @ ..])) = short(rest) else {
        return false;
    };
    let [a, b, rest @ ..] = rest else {
        return false;
    };
    matches!(mark, b'/' | b'.' | b'-')
        && mark == again
        && first > 0
        && second > 0
        && two_digits(&[*a, *b]).is_some()
        && !rest.first().is_some_and(u8::is_ascii_digit)
}

/// A number of one or two digits, and what follows it.
pub(super) fn short(cell: &[u8]) -> Option<(u32, &[u8])> {
    match cell {
        [a @ b'0'..=b'9', b @ b'0'..=b'9', rest @ ..] => Some((two_digits(&[*a, *b])?, rest)),
        [a @ b'0'..=b'9', rest @ ..] => Some((u32::from(a - b'0'), rest)),
        _ => None,
    }
}
