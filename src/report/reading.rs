//! Cells of all kinds: dates, SKUs, yes and no; and the cells of the reports beside orders and backlog, read by their place in the
//! kind's list.

use crate::field::moment::date_of_midnight;
use crate::field::{
    Amount, Clock, Currency, DateForm, Moment, OrderId, OrderIds, RejectReason, order_id, quantity,
};
use crate::line::SupplementaryLine;

use super::columns::{Picked, trimmed};
use super::forms::Forms;

/// A cell at fault: its column in the list, and why. It becomes a [`Fault`](crate::line::Fault) when it
/// is handed on, so that sound lines carry no text.
pub type AtFault = (usize, RejectReason);

/// Reads one line of such a report.
pub type SideParse = for<'c, 'a> fn(&mut Reader<'c, 'a>) -> Result<SupplementaryLine<'a>, AtFault>;

/// The cells of one line.
#[derive(Debug)]
pub struct Reader<'c, 'a> {
    /// By their place in the kind's list.
    pub cells: &'c Picked<'a>,
    /// How the file writes dates and amounts.
    pub forms: Forms,
    /// The days read last.
    pub clock: &'c mut Clock,
    /// The order ids of the run.
    pub ids: &'c OrderIds,
}

impl<'a> Reader<'_, 'a> {
    /// A text without the blanks around it.
    pub(super) fn text(&self, column: usize) -> &'a [u8] {
        trimmed(self.cells[column])
    }

    pub(super) fn is_blank(&self, column: usize) -> bool {
        self.text(column).is_empty()
    }

    pub(super) fn order(&self, column: usize) -> Result<OrderId, AtFault> {
        at(column, self.ids.read(self.text(column)))
    }

    pub(super) fn moment(&mut self, column: usize) -> Result<Moment, AtFault> {
        at(
            column,
            read_date(self.text(column), self.forms.dates, self.clock),
        )
    }

    /// A date that may be missing.
    pub(super) fn any_moment(&mut self, column: usize) -> Result<Option<Moment>, AtFault> {
        if self.is_blank(column) {
            return Ok(None);
        }
        self.moment(column).map(Some)
    }

    pub(super) fn quantity(&self, column: usize) -> Result<u32, AtFault> {
        at(column, quantity::read(self.text(column)))
    }

    pub(super) fn sku(&self, column: usize) -> Result<&'a [u8], AtFault> {
        match self.text(column) {
            [] => Err((column, RejectReason::SkuMissing)),
            sku => at(column, whole_sku(sku).map(|()| sku)),
        }
    }

    /// A product's name, unless it holds the lines behind it.
    pub(super) fn name(&self, column: usize) -> Result<&'a [u8], AtFault> {
        match self.text(column) {
            name if order_id::holds_order_id(name) => Err((column, RejectReason::LineInCell)),
            name => Ok(name),
        }
    }

    /// The number of an item; empty where the report gives none.
    pub(super) fn item(&self, column: usize) -> Result<&'a [u8], AtFault> {
        self.whole(column, RejectReason::OrderItemIdSpoilt)
    }

    /// A number that means something by its digits, unless a spreadsheet rounded it.
    pub(super) fn whole(&self, column: usize, spoilt: RejectReason) -> Result<&'a [u8], AtFault> {
        match self.text(column) {
            number if order_id::is_rounded(number) || order_id::is_spreadsheet_error(number) => {
                Err((column, spoilt))
            }
            number => Ok(number),
        }
    }

    /// A day that may be missing. The date cell of a workbook is its midnight.
    pub(super) fn any_day(&mut self, column: usize) -> Result<Option<Moment>, AtFault> {
        match date_of_midnight(self.text(column)) {
            [] => Ok(None),
            day => at(column, read_date(day, self.forms.dates, self.clock)).map(Some),
        }
    }

    pub(super) fn currency(&self, column: usize) -> Result<Option<Currency>, AtFault> {
        at(column, Currency::read(self.cells[column]))
    }

    pub(super) fn amount(&self, column: usize) -> Result<Option<Amount>, AtFault> {
        at(
            column,
            Amount::read_in(self.text(column), self.forms.numbers),
        )
    }

    /// The sum of amounts; an empty cell adds nothing.
    pub(super) fn sum(&self, columns: &[usize]) -> Result<Amount, AtFault> {
        columns.iter().try_fold(Amount::default(), |sum, column| {
            Ok(sum.plus(self.amount(*column)?.unwrap_or_default()))
        })
    }

    /// The sum of amounts without their signs, which vary between reports.
    pub(super) fn sum_of_sizes(&self, columns: &[usize]) -> Result<Amount, AtFault> {
        columns.iter().try_fold(Amount::default(), |sum, column| {
            Ok(sum.plus(self.amount(*column)?.unwrap_or_default().abs()))
        })
    }

    /// `Y` or `N`; anything else is unknown.
    pub(super) fn flag(&self, column: usize) -> Option<bool> {
        match self.text(column) {
            b"Y" | b"y" | b"true" | b"TRUE" => Some(true),
            b"N" | b"n" | b"false" | b"FALSE" => Some(false),
            _ => None,
        }
    }
}

fn at<T>(column: usize, read: Result<T, RejectReason>) -> Result<T, AtFault> {
    read.map_err(|malformed| (column, malformed))
}

/// Reads a date of any form.
///
/// # Errors
/// See [`Moment::read`], [`Moment::read_short`] and [`Moment::read_rewritten`].
#[inline]
pub fn read_date(cell: &[u8], dates: DateForm, clock: &mut Clock) -> Result<Moment, RejectReason> {
    match dates {
        DateForm::Iso => clock.read(cell),
        // Where dates have both forms, the dots were put there by a program that took the month for the day.
        DateForm::Short if trimmed(cell).get(2) == Some(&b'.') => Err(RejectReason::DateRewritten),
        DateForm::Short | DateForm::ShortDayFirst => Moment::read_short(trimmed(cell)),
        DateForm::Days => Moment::read_day(trimmed(cell)),
        DateForm::DayFirst => Moment::read_rewritten(trimmed(cell), true),
        DateForm::MonthFirst => Moment::read_rewritten(trimmed(cell), false),
        DateForm::Named => Moment::read_named(trimmed(cell)),
    }
}

/// Checks that a spreadsheet left a SKU whole.
///
/// # Errors
/// A SKU that was rounded, or taken for a formula: several may have become one.
#[inline]
pub(super) fn whole_sku(sku: &[u8]) -> Result<(), RejectReason> {
    if order_id::is_rounded_sku(sku) {
        return Err(RejectReason::SkuSpoilt);
    }
    if order_id::is_spreadsheet_error(sku) {
        return Err(RejectReason::SkuError);
    }
    Ok(())
}

/// Yes and no, as Amazon and as spreadsheets of several languages write them; anything else is unknown.
pub(super) fn yes_or_no(cell: &[u8]) -> Option<bool> {
    let any = |words: &[&str]| {
        words
            .iter()
            .any(|word| cell.eq_ignore_ascii_case(word.as_bytes()))
    };
    match () {
        () if any(YES) => Some(true),
        () if any(NO) => Some(false),
        () => None,
    }
}

const YES: &[&str] = &[
    "true",
    "wahr",
    "vrai",
    "vero",
    "verdadero",
    "verdadeiro",
    "waar",
    "sant",
    "prawda",
];
const NO: &[&str] = &[
    "false",
    "falsch",
    "faux",
    "falso",
    "onwaar",
    "falskt",
    "fa\u{142}sz",
];
