//! The SKUs whose sales changed most from the complete week before, by currency.

use std::cmp::Reverse;

use crate::table::Document;

use super::cells::Cells;

/// A SKU, and the difference that it made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mover {
    /// The SKU as the seller wrote it.
    pub sku: String,
    /// Its product name; empty if no line states one.
    pub product_name: String,
    /// Sales less those of the week before, in ten-thousandths.
    pub difference: i128,
    /// `new` or `gone`; empty if it sold in both weeks.
    pub mark: String,
}

/// The movers of a currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrencyMovers {
    /// The currency.
    pub currency: String,
    /// Decimals that it is shown with.
    pub decimals: usize,
    /// Sales of all SKUs less those of the week before, in ten-thousandths.
    pub difference: i128,
    /// Those that sold more, the greatest difference first.
    pub up: Vec<Mover>,
    /// Those that sold less, the greatest difference first.
    pub down: Vec<Mover>,
}

/// The movers of the last complete week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekMovers {
    /// The week, as `2026-W30`.
    pub week: String,
    /// Its movers, the currency with the most orders first.
    pub currencies: Vec<CurrencyMovers>,
}

impl WeekMovers {
    /// The movers of a document; `None` if no two weeks can be compared, or nothing moved.
    pub(super) fn of(document: &Document) -> Option<Self> {
        let changes = Cells {
            table: document.table("changes")?,
        };
        let movers = Cells {
            table: document
                .table("movers")
                .filter(|table| table.height() > 0)?,
        };
        let is_total = |row: &usize| {
            let of = |column| changes.text(*row, column);
            of("compares") == "week" && of("fulfillment").is_empty() && !of("currency").is_empty()
        };
        let mut totals: Vec<usize> = changes.rows().filter(is_total).collect();
        // Of several with as many orders, the first one.
        totals.sort_by_key(|row| Reverse(changes.count(*row, "orders")));
        let of_currency = |total: usize| {
            let currency = changes.text(total, "currency");
            let (difference, decimals) = changes.money(total, "sales_difference")?;
            Some(CurrencyMovers {
                currency: currency.to_owned(),
                decimals,
                difference,
                up: moved(movers, currency, "up"),
                down: moved(movers, currency, "down"),
            })
        };
        Some(Self {
            week: movers.text(0, "period").to_owned(),
            currencies: totals.into_iter().filter_map(of_currency).collect(),
        })
    }
}

/// The movers of a currency in a direction, in the order of the table.
fn moved(movers: Cells<'_>, currency: &str, direction: &str) -> Vec<Mover> {
    let rows = movers.rows().filter(|row| {
        movers.text(*row, "currency") == currency && movers.text(*row, "direction") == direction
    });
    let mover = |row: usize| {
        Some(Mover {
            sku: movers.text(row, "sku").to_owned(),
            product_name: movers.text(row, "product_name").to_owned(),
            difference: movers.money(row, "sales_difference")?.0,
            mark: movers.text(row, "mark").to_owned(),
        })
    };
    rows.filter_map(mover).collect()
}
