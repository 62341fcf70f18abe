//! Parts of wholes.

use hashbrown::HashMap;

use crate::table::Table;

use super::picture::{Drawn, Grid, Plot, Unit, number, series, text};

/// A bar for every whole; `None` if nothing is counted.
pub(super) fn plot(
    table: &Table,
    title: &str,
    [whole, part, of]: [&'static str; 3],
) -> Option<Plot> {
    let (whole, part, of) = (table.index(whole)?, table.index(part)?, table.index(of)?);
    let mut ticks: Vec<String> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for row in 0..table.height() {
        places
            .entry(text(table, row, whole))
            .or_insert_with_key(|bar| {
                ticks.push((*bar).to_owned());
                ticks.len() - 1
            });
    }
    let values = (0..table.height()).map(|row| {
        let tick = places[text(table, row, whole)];
        (text(table, row, part), tick, number(table, row, of))
    });
    let series = series(values, &vec![Some(0); ticks.len()]);
    (!series.is_empty()).then(|| Plot {
        title: title.to_owned(),
        unit: Unit::Count,
        drawn: Drawn::Bars(Grid { ticks, series }),
    })
}
