//! The Pareto chart: cumulative share by rank.

use crate::table::{Cell, Table};

use super::picture::{CURRENCIES, Drawn, Plot, Unit, currencies, number};

/// Fewer rows than these are no curve.
const ROWS: usize = 3;

/// A curve for every currency.
pub(super) fn plots(table: &Table, title: &str, of: &str) -> Vec<Plot> {
    let (Some(of), Some(currency)) = (table.index(of), table.index("currency")) else {
        return Vec::new();
    };
    let class = table.index("abc");
    let plot = |name: &str| {
        let rows: Vec<usize> = (0..table.height())
            .filter(|row| table.cell(*row, currency) == Cell::Text(name))
            .filter(|row| number(table, *row, of) > 0)
            .collect();
        let total: i128 = rows.iter().map(|row| number(table, *row, of)).sum();
        let mut so_far = 0;
        let shares = rows
            .iter()
            .map(|row| {
                so_far += number(table, *row, of);
                so_far.saturating_mul(1_000_000) / total.max(1)
            })
            .collect();
        let mut classes: Vec<(String, usize)> = Vec::new();
        for row in &rows {
            let Some(Cell::Text(class)) = class.map(|column| table.cell(*row, column)) else {
                continue;
            };
            match classes.last_mut() {
                Some((last, rows)) if last == class => *rows += 1,
                _ => classes.push((class.to_owned(), 1)),
            }
        }
        (rows.len() >= ROWS).then(|| Plot {
            title: format!("{title}, {name}"),
            unit: Unit::Share,
            drawn: Drawn::Curve { shares, classes },
        })
    };
    let shown = currencies(table, of);
    shown
        .into_iter()
        .take(CURRENCIES)
        .filter_map(|(name, _)| plot(name))
        .collect()
}
