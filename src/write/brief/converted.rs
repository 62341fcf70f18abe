//! Sales of all currencies in one, by the rates of `--fx`.

use chrono::NaiveDate;

use crate::overview::{Overview, PeriodSales};
use crate::table::{Cell, Document, Table, is_multi_channel};

use super::super::number::{change, money};
use super::super::screen::{Piece, YELLOW};
use crate::write::wrap::Flow;

/// An amount of the target; `None` where a day has no rate.
type Sum = Option<i128>;

/// Amazon's sales of the period that is shown, and how they changed; `None` if nothing was to be converted.
pub(super) fn converted(document: &Document, overview: &Overview) -> Option<Flow> {
    let option = document.options.iter().find(|(name, _)| *name == "fx");
    let (target, file) = option?.1.split_once(' ')?;
    let (now, then) = if document.compared.is_some() {
        sides(document)?
    } else {
        periods(document, overview)?
    };
    let mut flow = Flow::default();
    match now {
        None => flow.add(
            "",
            Piece::new(YELLOW, &format!("{target} unknown: a day has no rate")),
        ),
        Some(now) => {
            let changed = then.map_or_else(String::new, |then| change(now, then).1);
            let changed = match changed.as_str() {
                "" => changed,
                _ => format!(" ({changed})"),
            };
            let decimals = crate::table::decimals(target);
            let amount = money(now, decimals);
            flow.add("", Piece::plain(&format!("{target} {amount}{changed}")));
        }
    }
    flow.dot(Piece::dim(&format!("at the rates of {file}")));
    Some(flow)
}

/// Now and then of a comparison, which has a row for it. Sides with unlike numbers of days are compared by the day.
fn sides(document: &Document) -> Option<(Sum, Sum)> {
    let table = document.table("comparison")?;
    let row = (0..table.height()).find(|row| table.cell(*row, 0) == Cell::Text("converted"))?;
    let even = document.compared.as_ref()?.even();
    let then = amount(table, row, "sales_then").filter(|_| even);
    Some((amount(table, row, "sales"), then))
}

/// The period that is shown and the one before; of no complete period, all there is.
fn periods(document: &Document, overview: &Overview) -> Option<(Sum, Sum)> {
    let PeriodSales { span, complete, .. } = overview.sales.as_ref()?;
    if !*complete {
        return Some((total(document.table("channels")?, None), None));
    }
    let table = document.table(overview.by.table())?;
    let before = span
        .before
        .as_ref()
        .and_then(|_| total(table, Some(overview.by.step_back(span.first)?)));
    Some((total(table, Some(span.first)), before))
}

/// What Amazon sold in a period, or in all.
fn total(table: &Table, first: Option<NaiveDate>) -> Sum {
    let first = first.map(|first| first.to_string());
    let mut sum = 0;
    for row in 0..table.height() {
        let outside = is_multi_channel(table.text(row, "sales_channel").as_bytes());
        let wanted = first
            .as_ref()
            .is_none_or(|first| table.text(row, "first_day") == *first);
        if wanted && !outside && amount(table, row, "sales").is_some() {
            sum += amount(table, row, "sales_converted")?;
        }
    }
    Some(sum)
}

fn amount(table: &Table, row: usize, column: &str) -> Sum {
    match table.cell(row, table.index(column)?) {
        Cell::Money(value, _) => Some(value),
        _ => None,
    }
}
