//! Sums over the shown period and the seven before it, by currency: what the tiles of a report show.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::ops::AddAssign;

use chrono::NaiveDate;

use crate::table::sums::quotient;
use crate::table::{Document, is_multi_channel};

use super::cells::Cells;
use super::{PERIODS, Period, PeriodSales};

/// The sums of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TileSums {
    /// Orders of any status; `None` where only orders that are not cancelled are known.
    pub orders_placed: Option<i64>,
    /// Orders that are not cancelled.
    pub orders: i64,
    /// Those of them in rows that have a currency: sales by these are the average order.
    pub priced_orders: i64,
    /// Those of them that the merchant ships.
    pub merchant_orders: i64,
    /// Units of lines that are not cancelled.
    pub units: i64,
    /// Ten-thousandths of the currency.
    pub sales: i128,
}

impl AddAssign for TileSums {
    fn add_assign(&mut self, other: Self) {
        self.orders_placed = self
            .orders_placed
            .zip(other.orders_placed)
            .map(|(own, more)| own + more);
        self.orders += other.orders;
        self.priced_orders += other.priced_orders;
        self.merchant_orders += other.merchant_orders;
        self.units += other.units;
        self.sales += other.sales;
    }
}

impl TileSums {
    /// Sums of nothing, ready to be added to.
    const NOTHING: Self = Self {
        orders_placed: Some(0),
        orders: 0,
        priced_orders: 0,
        merchant_orders: 0,
        units: 0,
        sales: 0,
    };

    /// Sales by priced orders, in ten-thousandths, rounded half away from zero; `None` without a priced order.
    pub fn average_order(&self) -> Option<i128> {
        quotient(self.sales, self.priced_orders.into())
    }

    /// Cancelled orders; `None` where they are not known.
    pub fn cancelled_orders(&self) -> Option<i64> {
        Some(self.orders_placed? - self.orders)
    }
}

/// The sums of a currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrencyTiles {
    /// The currency; `None` for orders of channels that never state a price.
    pub currency: Option<String>,
    /// Decimals that the currency is shown with.
    pub decimals: usize,
    /// Sums by period, the oldest first, the shown one last; `None` where the files do not hold all days of the period.
    pub series: Vec<Option<TileSums>>,
}

impl CurrencyTiles {
    /// The sums of the shown period.
    pub fn now(&self) -> TileSums {
        self.series.last().copied().flatten().unwrap_or_default()
    }

    /// The sums of the period before, if the files hold all of it.
    pub fn before(&self) -> Option<TileSums> {
        self.series.iter().rev().nth(1).copied().flatten()
    }
}

/// The currency that orders without a price are counted with, by channel and fulfillment: the first one by name that the channel
/// has. Orders that have no price yet are orders of the channel's currency.
pub fn usual_currencies(document: &Document) -> HashMap<(&str, &str), &str> {
    let mut usual: HashMap<(&str, &str), &str> = HashMap::new();
    let Some(table) = document.table("daily") else {
        return usual;
    };
    let cells = Cells { table };
    for row in cells.rows() {
        let currency = cells.text(row, "currency");
        if !currency.is_empty() {
            let key = (
                cells.text(row, "sales_channel"),
                cells.text(row, "fulfillment"),
            );
            let known = usual.entry(key).or_insert(currency);
            *known = currency.min(known);
        }
    }
    usual
}

/// The sums by currency, the currency with the most orders first. What Amazon only ships is left out.
pub(super) fn tiles(document: &Document, by: Period, sales: &PeriodSales) -> Vec<CurrencyTiles> {
    let mut tiles = if document.compared.is_some() {
        of_rows(sales)
    } else {
        of_days(document, by, sales)
    };
    tiles.sort_by_key(|tile| {
        let unpriced = tile.currency.is_none();
        (unpriced, Reverse(tile.now().orders), tile.currency.clone())
    });
    tiles
}

/// The sums of both sides of a comparison.
fn of_rows(sales: &PeriodSales) -> Vec<CurrencyTiles> {
    let mut tiles: BTreeMap<Option<&str>, CurrencyTiles> = BTreeMap::new();
    for row in sales.rows.iter().filter(|row| !row.outside()) {
        let tile = tiles
            .entry(row.currency.as_deref())
            .or_insert_with(|| CurrencyTiles {
                currency: row.currency.clone(),
                decimals: row.decimals,
                series: vec![None; row.series.len()],
            });
        for (sum, more) in tile.series.iter_mut().zip(&row.series) {
            let Some(more) = more else { continue };
            let merchant = row.fulfillment == "merchant";
            sum.get_or_insert_default().add_assign(TileSums {
                orders_placed: None,
                orders: more.orders,
                priced_orders: if row.currency.is_some() {
                    more.orders
                } else {
                    0
                },
                merchant_orders: if merchant { more.orders } else { 0 },
                units: more.units,
                sales: more.sales,
            });
        }
    }
    tiles.into_values().collect()
}

/// The sums of the shown period and of those before it, from the table `daily`.
fn of_days(document: &Document, by: Period, sales: &PeriodSales) -> Vec<CurrencyTiles> {
    let Some(table) = document.table("daily") else {
        return Vec::new();
    };
    let cells = Cells { table };
    let spans = spans(document, by, sales);
    let empty: Vec<Option<TileSums>> = spans
        .iter()
        .map(|span| span.known.then_some(TileSums::NOTHING))
        .collect();
    let usual = usual_currencies(document);
    let mut tiles: BTreeMap<Option<&str>, CurrencyTiles> = BTreeMap::new();
    for row in cells.rows() {
        let channel = cells.text(row, "sales_channel");
        let Some(day) = cells.day(row, "first_day") else {
            continue;
        };
        let place = spans
            .iter()
            .position(|span| span.first <= day && day <= span.last);
        let Some(place) = place.filter(|_| !is_multi_channel(channel.as_bytes())) else {
            continue;
        };
        let fulfillment = cells.text(row, "fulfillment");
        let own = Some(cells.text(row, "currency")).filter(|own| !own.is_empty());
        let currency = own.or_else(|| usual.get(&(channel, fulfillment)).copied());
        let tile = tiles.entry(currency).or_insert_with(|| CurrencyTiles {
            currency: currency.map(str::to_owned),
            decimals: currency.map_or(0, crate::table::decimals),
            series: empty.clone(),
        });
        let Some(sum) = &mut tile.series[place] else {
            continue;
        };
        let orders = cells.count(row, "orders");
        *sum += TileSums {
            orders_placed: Some(cells.count(row, "orders_placed")),
            orders,
            priced_orders: if own.is_some() { orders } else { 0 },
            merchant_orders: if fulfillment == "merchant" { orders } else { 0 },
            units: cells.count(row, "units"),
            sales: cells.money(row, "sales").map_or(0, |(sales, _)| sales),
        };
    }
    let mut tiles: Vec<CurrencyTiles> = tiles.into_values().collect();
    tiles.retain(|tile| {
        tile.series
            .iter()
            .flatten()
            .any(|sum| sum.orders_placed != Some(0))
    });
    tiles
}

/// Days that sums are taken of.
struct TileSpan {
    first: NaiveDate,
    last: NaiveDate,
    /// Whether the files hold all of them.
    known: bool,
}

/// The shown period last, those before it if it is one of a row of periods.
fn spans(document: &Document, by: Period, sales: &PeriodSales) -> Vec<TileSpan> {
    let held = document.days();
    let shown = TileSpan {
        first: sales.span.first,
        last: sales.span.last,
        known: true,
    };
    let mut spans = vec![shown];
    while sales.complete && spans.len() < PERIODS {
        let first = spans.last().and_then(|span| by.step_back(span.first));
        let Some((first, last)) = first.and_then(|first| Some((first, by.last_day(first)?))) else {
            break;
        };
        let within = held.is_some_and(|(from, _)| from <= first);
        let known = within && document.gap_days(first, last) == 0;
        spans.push(TileSpan { first, last, known });
    }
    spans.reverse();
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn averages_are_rounded_and_of_priced_orders_only() {
        let sums = |sales, priced_orders| TileSums {
            priced_orders,
            sales,
            ..TileSums::default()
        };
        assert_eq!(sums(100_000, 3).average_order(), Some(33_333));
        assert_eq!(sums(100_001, 2).average_order(), Some(50_001));
        assert_eq!(sums(-10, 4).average_order(), Some(-3));
        assert_eq!(sums(5, 0).average_order(), None);
    }

    #[test]
    fn placed_orders_are_unknown_if_those_of_a_part_are() {
        let mut sums = TileSums::NOTHING;
        sums += TileSums::default();
        assert_eq!(sums.cancelled_orders(), None);
    }
}
