//! Lines through time.

use chrono::NaiveDate;

use crate::table::{Cell, ColumnKind, Table};

use super::{CURRENCIES, Drawn, Grid, Plot, Series, Unit, currencies, most, number, text};

/// Periods at most, the newest ones: more are a smear.
const TICKS: usize = 92;

/// The ticks of a table of periods.
struct Ticks {
    /// Label of the period; empty for a gap between the files.
    labels: Vec<String>,
    /// The place of every row of the table; `None` for partial and older periods.
    of_row: Vec<Option<usize>>,
}

/// A picture for every currency, or one of counts.
pub(super) fn plots(table: &Table, title: &str, by: &str, of: &str) -> Vec<Plot> {
    let (Some(by), Some(of)) = (table.index(by), table.index(of)) else {
        return Vec::new();
    };
    let Some(ticks) = ticks(table) else {
        return Vec::new();
    };
    let plot = |title: String, unit, currency: Option<&str>| {
        let series = most(series(table, &ticks, [by, of], currency));
        let drawn = Drawn::Lines(Grid {
            ticks: ticks.labels.clone(),
            series,
        });
        Plot { title, unit, drawn }
    };
    let mut plots = if table.columns()[of].kind == ColumnKind::Money {
        let shown = currencies(table, of).into_iter().take(CURRENCIES);
        shown
            .map(|(currency, decimals)| {
                plot(
                    format!("{title}, {currency}"),
                    Unit::Money(decimals),
                    Some(currency),
                )
            })
            .collect()
    } else {
        vec![plot(title.to_owned(), Unit::Count, None)]
    };
    plots.retain(|plot| matches!(&plot.drawn, Drawn::Lines(grid) if !grid.series.is_empty()));
    plots
}

fn series(
    table: &Table,
    ticks: &Ticks,
    [by, of]: [usize; 2],
    currency: Option<&str>,
) -> Vec<Series> {
    let mut series: Vec<Series> = Vec::new();
    // In a period that the files cover, what has no row sold nothing; in a gap nothing is known.
    let nothing: Vec<Option<i128>> = ticks
        .labels
        .iter()
        .map(|label| (!label.is_empty()).then_some(0))
        .collect();
    for row in 0..table.height() {
        let Some(tick) = ticks.of_row[row] else {
            continue;
        };
        let money = table.index("currency");
        if currency.is_some_and(|wanted| {
            money.is_none_or(|column| table.cell(row, column) != Cell::Text(wanted))
        }) {
            continue;
        }
        let name = text(table, row, by);
        let place = series.iter().position(|series| series.name == name);
        let place = place.unwrap_or_else(|| {
            series.push(Series {
                name: name.to_owned(),
                values: nothing.clone(),
            });
            series.len() - 1
        });
        *series[place].values[tick].get_or_insert(0) += number(table, row, of);
    }
    series
}

/// The complete periods in order, with a gap wherever a period is missing; `None` if there are fewer than two.
fn ticks(table: &Table) -> Option<Ticks> {
    let columns = ["period", "first_day", "last_day", "partial"].map(|name| table.index(name));
    let [period, first, last, partial] = columns;
    let (period, first, last, partial) = (period?, first?, last?, partial?);
    let day = |row: usize, column: usize| text(table, row, column).parse::<NaiveDate>().ok();
    let mut labels: Vec<String> = Vec::new();
    let mut until: Option<NaiveDate> = None;
    let mut of_row = Vec::with_capacity(table.height());
    let mut at: Option<NaiveDate> = None;
    for row in 0..table.height() {
        let start = day(row, first);
        if table.cell(row, partial) != Cell::Flag(false) || start.is_none() {
            of_row.push(None);
            continue;
        }
        if at != start {
            let follows = until.is_none_or(|until| until.succ_opt() == start);
            if !follows {
                labels.push(String::new());
            }
            labels.push(text(table, row, period).to_owned());
            (at, until) = (start, day(row, last));
        }
        of_row.push(Some(labels.len() - 1));
    }
    let gone = labels.len().saturating_sub(TICKS);
    labels.drain(..gone);
    let of_row = of_row
        .into_iter()
        .map(|tick| tick.and_then(|tick| tick.checked_sub(gone)))
        .collect();
    (labels.len() > 1).then_some(Ticks { labels, of_row })
}
