//! Cells of the reports beside orders and backlog, read by their place in the kind's list.

use crate::field::moment::date_of_midnight;
use crate::field::{
    Amount, Clock, Currency, Moment, OrderId, OrderIds, RejectReason, order_id, quantity,
};
use crate::line::SupplementaryLine;

use super::Forms;
use super::all_orders::{AtFault, read_date, whole_sku};
use super::columns::{Picked, trimmed};

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
