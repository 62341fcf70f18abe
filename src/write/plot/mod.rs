//! Pictures as numbers: what a table's chart shows, ready for any writer to draw. No writer computes one by itself.

mod heat;
mod pareto;
mod parts;
mod picture;
mod trend;

use crate::table::{Chart, Table};

pub(super) use picture::{Drawn, Grid, Plot, Unit};

/// The pictures of a table, the most important ones first; none where there is too little to see.
pub(super) fn plots(table: &Table) -> Vec<Plot> {
    let charts = table.spec.charts.iter();
    charts
        .flat_map(|chart| match chart {
            Chart::Trend { title, by, of } => trend::plots(table, title, by, of),
            Chart::Parts {
                title,
                whole,
                part,
                of,
            } => parts::plot(table, title, [whole, part, of])
                .into_iter()
                .collect(),
            Chart::Heat {
                title,
                rows,
                fields,
                of,
            } => heat::plot(table, title, [rows, fields, of])
                .into_iter()
                .collect(),
            Chart::Pareto { title, of } => pareto::plots(table, title, of),
        })
        .collect()
}

#[cfg(test)]
mod tests;
