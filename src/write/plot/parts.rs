//! Parts of wholes.

use crate::table::Table;

use super::{Drawn, Grid, Plot, Series, Unit, most, number, text};

/// A bar for every whole; `None` if nothing is counted.
pub(super) fn plot(
    table: &Table,
    title: &str,
    [whole, part, of]: [&'static str; 3],
) -> Option<Plot> {
    let (whole, part, of) = (table.index(whole)?, table.index(part)?, table.index(of)?);
    let mut ticks: Vec<String> = Vec::new();
    let mut series: Vec<Series> = Vec::new();
    for row in 0..table.height() {
        let bar = text(table, row, whole);
        if !ticks.iter().any(|known| known == bar) {
            ticks.push(bar.to_owned());
        }
    }
    for row in 0..table.height() {
        let (bar, name) = (text(table, row, whole), text(table, row, part));
        let place = series.iter().position(|series| series.name == name);
        let place = place.unwrap_or_else(|| {
            series.push(Series {
                name: name.to_owned(),
                values: vec![Some(0); ticks.len()],
            });
            series.len() - 1
        });
        if let Some(tick) = ticks.iter().position(|known| known == bar) {
            *series[place].values[tick].get_or_insert(0) += number(table, row, of);
        }
    }
    let series = most(series);
    (!series.is_empty()).then(|| Plot {
        title: title.to_owned(),
        unit: Unit::Count,
        drawn: Drawn::Bars(Grid { ticks, series }),
    })
}
