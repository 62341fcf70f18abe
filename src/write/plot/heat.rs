//! Fields as dark as they are great.

use crate::table::Table;

use super::picture::{Drawn, Grid, Plot, Series, Unit, number, text};

/// A row of fields for every value of a column; `None` if nothing is counted.
pub(super) fn plot(
    table: &Table,
    title: &str,
    [rows, fields, of]: [&'static str; 3],
) -> Option<Plot> {
    let (rows, fields, of) = (table.index(rows)?, table.index(fields)?, table.index(of)?);
    let label = |row: usize, column: usize| {
        let cell = table.cell(row, column);
        cell.text()
            .map_or_else(|| text(table, row, column).to_owned(), Into::into)
    };
    let mut grid = Grid::default();
    for row in 0..table.height() {
        let tick = label(row, fields);
        if !grid.ticks.contains(&tick) {
            grid.ticks.push(tick);
        }
    }
    for row in 0..table.height() {
        let (name, tick) = (label(row, rows), label(row, fields));
        let place = grid.series.iter().position(|series| series.name == name);
        let place = place.unwrap_or_else(|| {
            grid.series.push(Series {
                name,
                values: vec![Some(0); grid.ticks.len()],
            });
            grid.series.len() - 1
        });
        if let Some(tick) = grid.ticks.iter().position(|known| *known == tick) {
            *grid.series[place].values[tick].get_or_insert(0) += number(table, row, of);
        }
    }
    let any = grid
        .series
        .iter()
        .flat_map(|series| &series.values)
        .any(|value| *value != Some(0));
    any.then(|| Plot {
        title: title.to_owned(),
        unit: Unit::Count,
        drawn: Drawn::Fields(grid),
    })
}
