//! Sales in one currency, beside those in their own (`--fx`).

use std::collections::BTreeSet;

use hashbrown::HashMap;
use polars::prelude::*;

use crate::field::{Currency, Day, Fulfillment, LabelId, Rates};
use crate::topic::demand::state::sales::{SalesKey, SalesMeasures};

use crate::table::CONVERTED;
use crate::table::sums::{MONEY, decimals};

/// Counts the cells of a sum that had no rate: it is a column of frames, and of no table.
pub(crate) const UNCONVERTED: &str = "unconverted";

/// The two columns of the sales frame: what every cell adds in the other currency, and whether it has no rate.
///
/// A row of `daily` may be of several cells, by status. It is converted as a whole, and the first of its cells has it all.
pub(crate) fn of_cells(
    cells: &[&(SalesKey, SalesMeasures)],
    rates: &Rates,
) -> PolarsResult<[Column; 2]> {
    type Daily = (Day, LabelId, Fulfillment, Option<Currency>);
    let mut sums: HashMap<Daily, (usize, i128)> = HashMap::new();
    for (place, (key, cell)) in cells.iter().enumerate() {
        let daily = (key.day, key.channel, key.fulfillment, key.currency);
        sums.entry(daily).or_insert((place, 0)).1 += cell.sales.0;
    }
    let (mut values, mut missing) = (vec![0; cells.len()], vec![0; cells.len()]);
    for ((day, .., currency), (place, sum)) in sums {
        let Some(currency) = currency else { continue };
        match rates.convert(sum, currency, day) {
            Some(value) => values[place] = value,
            None => missing[place] = 1,
        }
    }
    columns(values.into_iter().map(Some).collect(), missing)
}

fn columns(values: Vec<Option<i128>>, missing: Vec<i64>) -> PolarsResult<[Column; 2]> {
    Ok([
        decimals(CONVERTED[0].name, values, MONEY)?,
        Column::new(UNCONVERTED.into(), missing),
    ])
}

/// The columns of a table: the sums, empty where one of their days has no rate, and what they are in.
pub(crate) fn of_sums(sums: Vec<Option<i128>>, rates: &Rates) -> PolarsResult<[Column; 2]> {
    let target = rates.target.as_str();
    let named: Vec<Option<&str>> = sums.iter().map(|sum| sum.map(|_| target)).collect();
    let named = Column::new(CONVERTED[1].name.into(), named).cast(&DataType::String)?;
    Ok([decimals(CONVERTED[0].name, sums, MONEY)?, named])
}

/// The days that sold in a currency without a rate, in order.
pub(crate) fn missing(
    state: &crate::state::finished::FinishedState,
    rates: &Rates,
) -> Vec<(Day, Currency)> {
    let mut days: BTreeSet<(Day, Currency)> = BTreeSet::new();
    for (key, cell) in state.demand.sales.iter() {
        let Some(currency) = key.currency else {
            continue;
        };
        if cell.sales.0 != 0 && rates.at(currency, key.day).is_none() {
            days.insert((key.day, currency));
        }
    }
    days.into_iter().collect()
}
