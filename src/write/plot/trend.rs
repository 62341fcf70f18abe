//! Lines through time.

use chrono::NaiveDate;

use crate::table::{Cell, ColumnKind, Table};

use super::picture::{CURRENCIES, Drawn, Grid, Plot, Series, Unit, currencies, number, text};

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
        let series = series(table, &ticks, [by, of], currency);
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
    // In a period that the files cover, what has no row sold nothing; in a gap nothing is known.
    let nothing: Vec<Option<i128>> = ticks
        .labels
        .iter()
        .map(|label| (!label.is_empty()).then_some(0))
        .collect();
    let money = table.index("currency");
    let wanted = |row: &usize| match currency {
        Some(wanted) => money.is_some_and(|money| table.cell(*row, money) == Cell::Text(wanted)),
        None => true,
    };
    let rows = (0..table.height()).filter(wanted);
    let values = rows.filter_map(|row| {
        Some((
            text(table, row, by),
            ticks.of_row[row]?,
            number(table, row, of),
        ))
    });
    super::picture::series(values, &nothing)
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
