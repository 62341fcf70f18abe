//! The figures of a comparison: movers between both sides, sales per day, cancelled orders.

use std::cmp::Reverse;

use crate::table::Document;

use super::cells::Cells;

/// The figures of both sides of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// The SKUs that sold more in the currency of most orders, the greatest difference first.
    pub up: Vec<ComparedMover>,
    /// The SKUs that sold less in it, the greatest difference first.
    pub down: Vec<ComparedMover>,
    /// Sales per day by currency, of sides with unlike numbers of days.
    pub per_day: Vec<SalesPerDay>,
    /// The part of all orders that were cancelled, now and then, in millionths.
    pub cancelled: Option<[i128; 2]>,
}

/// A SKU that sold more, or less.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedMover {
    /// The SKU as the seller wrote it.
    pub sku: String,
    /// Its product name; empty if no line states one.
    pub product_name: String,
    /// The currency.
    pub currency: String,
    /// Decimals that it is shown with.
    pub decimals: usize,
    /// Sales now and then in ten-thousandths; a day where the sides have unlike numbers of days.
    pub sales: [i128; 2],
    /// `new` or `gone`; empty if it sold on both sides.
    pub mark: String,
}

impl ComparedMover {
    /// How much more it sold.
    pub fn difference(&self) -> i128 {
        self.sales[0] - self.sales[1]
    }
}

/// Sales per day in a currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SalesPerDay {
    /// The currency.
    pub currency: String,
    /// Decimals that it is shown with.
    pub decimals: usize,
    /// Ten-thousandths a day, now and then.
    pub sales: [i128; 2],
}

impl Comparison {
    /// The figures of a document; `None` if it compares nothing.
    pub(super) fn of(document: &Document) -> Option<Self> {
        let compared = document.compared.as_ref()?;
        let Some(table) = document.table("comparison") else {
            return Some(Self::default());
        };
        let cells = Cells { table };
        let (even, currency) = (compared.even(), busiest(cells));
        let mut movers = currency.map_or_else(Vec::new, |currency| movers(cells, currency, even));
        // Stable: of equals, the table's order.
        movers.sort_by_key(|mover| Reverse(mover.difference().abs()));
        movers.retain(|mover| mover.difference() != 0);
        let (up, down) = movers.into_iter().partition(|mover| mover.difference() > 0);
        Some(Self {
            up,
            down,
            per_day: if even { Vec::new() } else { per_day(cells) },
            cancelled: cancelled(cells),
        })
    }
}

fn rows(cells: Cells<'_>, level: &'static str) -> impl DoubleEndedIterator<Item = usize> {
    cells.rows_with("level", level)
}

/// The currency of most orders, now and then; of several with as many, the first one.
fn busiest(cells: Cells<'_>) -> Option<&str> {
    let orders = |row: &usize| cells.count(*row, "orders") + cells.count(*row, "orders_then");
    let priced = |row: &usize| !cells.text(*row, "currency").is_empty();
    let row = rows(cells, "all").filter(priced).rev().max_by_key(orders)?;
    Some(cells.text(row, "currency"))
}

fn decimals(cells: Cells<'_>, row: usize) -> usize {
    cells
        .money(row, "sales")
        .map_or(0, |(_, decimals)| decimals)
}

fn movers(cells: Cells<'_>, currency: &str, even: bool) -> Vec<ComparedMover> {
    let columns = if even {
        ["sales", "sales_then"]
    } else {
        ["sales_per_day", "sales_per_day_then"]
    };
    let of_currency = rows(cells, "sku").filter(|row| cells.text(*row, "currency") == currency);
    let mover = |row: usize| ComparedMover {
        sku: cells.text(row, "sku").to_owned(),
        product_name: cells.text(row, "product_name").to_owned(),
        currency: currency.to_owned(),
        decimals: decimals(cells, row),
        sales: columns.map(|column| cells.money(row, column).map_or(0, |(sales, _)| sales)),
        mark: cells.text(row, "mark").to_owned(),
    };
    of_currency.map(mover).collect()
}

/// What all sold a day, by currency.
fn per_day(cells: Cells<'_>) -> Vec<SalesPerDay> {
    let of = |row: usize| {
        Some(SalesPerDay {
            currency: cells.text(row, "currency").to_owned(),
            decimals: decimals(cells, row),
            sales: [
                cells.money(row, "sales_per_day")?.0,
                cells.money(row, "sales_per_day_then")?.0,
            ],
        })
    };
    rows(cells, "all").filter_map(of).collect()
}

/// The part of all orders that were cancelled: the same in every row of all.
fn cancelled(cells: Cells<'_>) -> Option<[i128; 2]> {
    let row = rows(cells, "all").next()?;
    let now = cells.share(row, "cancelled_share")?;
    Some([now, cells.share(row, "cancelled_share_then")?])
}
