//! Sales of all currencies in one, by the rates of `--fx`.

use chrono::NaiveDate;

use crate::table::{Document, Table, is_multi_channel};

use super::cells::Cells;
use super::{Period, PeriodSales};

/// An amount of the target in ten-thousandths; `None` where a day has no rate.
type Sum = Option<i128>;

/// Amazon's sales of the period that is shown, in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConvertedSales {
    /// The currency.
    pub target: String,
    /// The file that the rates are from.
    pub rates: String,
    /// Ten-thousandths of it; `None` if a day has no rate.
    pub now: Option<i128>,
    /// The same of the period before; `None` if a day has no rate, or there is nothing to compare with.
    pub before: Option<i128>,
}

impl ConvertedSales {
    /// The sales of a document; `None` if nothing was to be converted.
    pub(super) fn of(document: &Document, by: Period, sales: Option<&PeriodSales>) -> Option<Self> {
        let option = document.options.iter().find(|(name, _)| *name == "fx");
        let (target, rates) = option?.1.split_once(' ')?;
        let (now, before) = if document.compared.is_some() {
            sides(document)?
        } else {
            periods(document, by, sales?)?
        };
        Some(Self {
            target: target.to_owned(),
            rates: rates.to_owned(),
            now,
            before,
        })
    }
}

/// Now and then of a comparison, which has a row for it. Sides with unlike numbers of days are compared by the day.
fn sides(document: &Document) -> Option<(Sum, Sum)> {
    let table = document.table("comparison")?;
    let cells = Cells { table };
    let row = cells.rows_with("level", "converted").next()?;
    let amount = |column| cells.money(row, column).map(|(amount, _)| amount);
    let even = document.compared.as_ref()?.even();
    Some((amount("sales"), amount("sales_then").filter(|_| even)))
}

/// The period that is shown and the one before; of no complete period, all there is.
fn periods(document: &Document, by: Period, sales: &PeriodSales) -> Option<(Sum, Sum)> {
    let PeriodSales { span, complete, .. } = sales;
    if !*complete {
        return Some((total(document.table("channels")?, None), None));
    }
    let table = document.table(by.table())?;
    let before = span
        .before
        .as_ref()
        .and_then(|_| total(table, Some(by.step_back(span.first)?)));
    Some((total(table, Some(span.first)), before))
}

/// What Amazon sold in a period, or in all.
fn total(table: &Table, first: Option<NaiveDate>) -> Sum {
    let cells = Cells { table };
    let mut sum = 0;
    for row in cells.rows() {
        let outside = is_multi_channel(cells.text(row, "sales_channel").as_bytes());
        let wanted = first.is_none() || cells.day(row, "first_day") == first;
        if wanted && !outside && cells.money(row, "sales").is_some() {
            sum += cells.money(row, "sales_converted")?.0;
        }
    }
    Some(sum)
}
