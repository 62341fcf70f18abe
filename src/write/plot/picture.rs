//! A picture as numbers: its unit, its grid of values, and how they are read from a table.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use hashbrown::HashMap;

use crate::table::{Cell, Table};

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Plot {
    /// What it shows, its currency included.
    pub(in super::super) title: String,
    /// What its values are.
    pub(in super::super) unit: Unit,
    /// What is drawn.
    pub(in super::super) drawn: Drawn,
}

/// What the values of a picture are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Unit {
    /// Whole numbers.
    Count,
    /// Ten-thousandths of a currency, shown with so many decimals.
    Money(usize),
    /// Millionths of a whole.
    Share,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum Drawn {
    /// A line for every series over the ticks.
    Lines(Grid),
    /// A bar for every tick, cut into the series.
    Bars(Grid),
    /// A row of fields for every series, a field for every tick.
    Fields(Grid),
    /// The cumulated share after every row, and how many rows make up each class.
    Curve {
        /// From the greatest row down.
        shares: Vec<i128>,
        /// Class and rows, in order.
        classes: Vec<(String, usize)>,
    },
}

/// Values by series and tick.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in super::super) struct Grid {
    pub(in super::super) ticks: Vec<String>,
    pub(in super::super) series: Vec<Series>,
}

/// A name and a value for every tick; `None` is unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Series {
    pub(in super::super) name: String,
    pub(in super::super) values: Vec<Option<i128>>,
}

/// A text of a table, or what stands for its absence.
pub(super) fn text(table: &Table, row: usize, column: usize) -> &str {
    match table.cell(row, column) {
        Cell::Text(text) => text,
        _ => "(none)",
    }
}

/// A number of a table; absent is nothing to add.
pub(super) fn number(table: &Table, row: usize, column: usize) -> i128 {
    match table.cell(row, column) {
        Cell::Count(count) => count.into(),
        Cell::Money(value, _) | Cell::Share(value) => value,
        _ => 0,
    }
}

/// The currencies of a table, the one with the most orders first, with the decimals of each.
pub(super) fn currencies<'t>(table: &'t Table, money: usize) -> Vec<(&'t str, usize)> {
    let (Some(currency), Some(orders)) = (table.index("currency"), table.index("orders")) else {
        return Vec::new();
    };
    let mut found: BTreeMap<&'t str, (i128, usize)> = BTreeMap::new();
    for row in 0..table.height() {
        if let (Cell::Text(name), Cell::Money(_, decimals)) =
            (table.cell(row, currency), table.cell(row, money))
        {
            let entry = found.entry(name).or_insert((0, decimals));
            entry.0 += number(table, row, orders);
        }
    }
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_by_key(|(name, (orders, _))| (Reverse(*orders), *name));
    found
        .into_iter()
        .map(|(name, (_, decimals))| (name, decimals))
        .collect()
}

/// Pictures by currency at most; the tables have all.
pub(super) const CURRENCIES: usize = 4;

/// Series that are told apart; the smaller ones become one.
pub(super) const SERIES: usize = 6;

/// The series of the values, greatest sum first; those that are too many become one. A value is its series, its tick and what it
/// adds; `nothing` is what a series without any value has.
///
/// There can be a series for every row: values are added up by name first, and only the series that are shown get their ticks.
pub(super) fn series<'t>(
    values: impl Iterator<Item = (&'t str, usize, i128)> + Clone,
    nothing: &[Option<i128>],
) -> Vec<Series> {
    let mut totals: HashMap<&'t str, i128> = HashMap::new();
    for (name, _, value) in values.clone() {
        *totals.entry(name).or_default() += value;
    }
    let mut totals: Vec<(&'t str, i128)> = totals.into_iter().collect();
    totals.retain(|(_, total)| *total != 0);
    totals.sort_unstable_by_key(|(name, total)| (Reverse(*total), *name));
    let alone = if totals.len() > SERIES {
        SERIES - 1
    } else {
        totals.len()
    };
    let mut names: Vec<String> = totals[..alone]
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    if alone < totals.len() {
        names.push(format!("{} more", totals.len() - alone));
    }
    let places: HashMap<&'t str, usize> = totals
        .iter()
        .zip(0..)
        .map(|((name, _), place)| (*name, alone.min(place)))
        .collect();
    let mut series: Vec<Series> = names
        .into_iter()
        .map(|name| Series {
            name,
            values: nothing.to_vec(),
        })
        .collect();
    for (name, tick, value) in values {
        if let Some(place) = places.get(name) {
            *series[*place].values[tick].get_or_insert(0) += value;
        }
    }
    series
}
