//! Any table as aligned lines on a terminal: numbers on the right, long text cut.

use std::io;

use crate::table::{Cell, ColumnKind, Table};

use super::grid::{Grid, Lane};
use super::number::{count_of, grouped, money, percent_of_millionths};
use super::plot::{Drawn, Grid as Fields, plots};
use super::screen::{BOLD, Piece, Screen};
use crate::write::sanitize::{pad, safe, width};

/// Text is cut no narrower.
const LEAST: usize = 12;
/// The length of a full bar.
const BAR: usize = 8;
/// Text takes no more, however wide the screen.
const MOST: usize = 60;

/// Writes one table. Columns that do not fit are left out, the last ones first, and the last line says so. Shares have a bar
/// beside them; a table of fields, as of hours, is drawn as one.
pub fn listing(table: &Table, screen: &Screen, out: &mut dyn io::Write) -> io::Result<()> {
    let rows = count_of(table.height(), "row");
    let title = Piece::new(BOLD, table.spec.title).painted(screen);
    writeln!(out, "{title}  {}\n", Piece::dim(&rows).painted(screen))?;
    for plot in plots(table) {
        if let Drawn::Fields(grid) = plot.drawn {
            return fields(&grid, screen, out);
        }
    }
    let columns = table.columns();
    let mut needed: Vec<usize> = columns
        .iter()
        .map(|column| Piece::plain(column.label).width())
        .collect();
    // Twice over the rows, since a list of SKUs is too long to keep.
    for row in 0..table.height() {
        for (needed, (_, cell)) in needed.iter_mut().zip(table.row(row)) {
            *needed = (*needed).max(shown(cell).width().min(MOST));
        }
    }
    let lanes: Vec<Lane> = columns
        .iter()
        .enumerate()
        .map(|(place, column)| lane(column.kind, place))
        .collect();
    let mut grid = Grid::new(&lanes, &needed, screen.columns());
    let labels: Vec<Piece> = columns
        .iter()
        .map(|column| Piece::dim(column.label))
        .collect();
    // Bars where no column has to go for them.
    let with_bars: Vec<usize> = columns
        .iter()
        .zip(&needed)
        .map(|(column, needed)| match column.kind {
            // `100.0 %`, a blank, and the bar.
            ColumnKind::Share => (*needed).max(8 + BAR),
            _ => *needed,
        })
        .collect();
    let wider = Grid::new(&lanes, &with_bars, screen.columns());
    let bars = wider.gone(&with_bars) == 0;
    if bars {
        grid = wider;
    }
    writeln!(out, "{}", grid.line(&labels, screen))?;
    for row in 0..table.height() {
        let cells = table.row(row).map(|(_, cell)| match cell {
            Cell::Share(millionths) if bars => {
                let percent = percent_of_millionths(millionths);
                Piece::plain(&format!("{percent} {}", pad(&bar(millionths), BAR)))
            }
            cell => shown(cell),
        });
        let cells: Vec<Piece> = cells.collect();
        writeln!(out, "{}", grid.line(&cells, screen))?;
    }
    match grid.gone(&needed) {
        0 => Ok(()),
        gone => {
            let gone = count_of(gone, "column");
            let note = Piece::dim(&format!("{gone} not shown: --format csv"));
            writeln!(out, "\n{}", note.painted(screen))
        }
    }
}

/// A line of shades for every series, the darkest the greatest.
fn fields(grid: &Fields, screen: &Screen, out: &mut dyn io::Write) -> io::Result<()> {
    const SHADES: [&str; 5] = ["·", "░", "▒", "▓", "█"];
    let values = || {
        grid.series
            .iter()
            .flat_map(|series| &series.values)
            .flatten()
    };
    let highest = values().copied().max().unwrap_or(0).max(1);
    let names = grid.series.iter().map(|series| width(&safe(&series.name)));
    let label = names.max().unwrap_or(0) + 2;
    let sums = grid.series.iter().map(|series| {
        let sum: i128 = series.values.iter().flatten().sum();
        grouped(sum)
    });
    let sums: Vec<String> = sums.collect();
    let beside = label + 1 + sums.iter().map(String::len).max().unwrap_or(0);
    // So many columns a field, with a blank behind it if there is room.
    let fits = |wide: &usize| screen.columns() >= beside + wide * grid.ticks.len();
    let wide = [3, 2].into_iter().find(fits).unwrap_or(1);
    let mut head = String::new();
    for (tick, name) in grid.ticks.iter().enumerate().step_by(6 / wide) {
        head = pad(&head, label + tick * wide) + &safe(name);
    }
    writeln!(out, "{}", Piece::dim(head.trim_end()).painted(screen))?;
    for (series, sum) in grid.series.iter().zip(&sums) {
        let mut line = pad(&safe(&series.name), label);
        for value in &series.values {
            let value = value.unwrap_or(0);
            // Nothing is a dot; the least that is something can be told from it.
            let shade = if value > 0 {
                1 + value.saturating_mul(4) / (highest + 1)
            } else {
                0
            };
            let shade = SHADES[usize::try_from(shade).unwrap_or(0).min(4)];
            line.push_str(&pad(&shade.repeat((wide - 1).max(1)), wide));
        }
        writeln!(out, "{line} {sum}")?;
    }
    let note = format!(
        "the darkest field is {}; every number: --format csv",
        grouped(highest)
    );
    writeln!(out, "\n{}", Piece::dim(&note).painted(screen))
}

fn lane(kind: ColumnKind, place: usize) -> Lane {
    let lane = match kind {
        ColumnKind::Text => Lane::LEFT.cut_to(LEAST),
        ColumnKind::Date | ColumnKind::Moment | ColumnKind::Flag => Lane::LEFT,
        ColumnKind::Count | ColumnKind::Money | ColumnKind::Share => Lane::RIGHT,
    };
    lane.goes(place)
}

fn shown(cell: Cell<'_>) -> Piece {
    match cell {
        Cell::Absent => Piece::none(),
        Cell::Text(text) => Piece::plain(text),
        Cell::Count(number) => Piece::plain(&grouped(number)),
        Cell::Money(value, decimals) => Piece::plain(&money(value, decimals)),
        Cell::Share(millionths) => Piece::plain(&percent_of_millionths(millionths)),
        Cell::Flag(flag) => Piece::plain(if flag { "yes" } else { "no" }),
    }
}

/// A bar as long as the share, in eighths of a cell.
fn bar(millionths: i128) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (millionths.clamp(0, 1_000_000) * 8 * BAR as i128 + 500_000) / 1_000_000;
    let (whole, rest) = (eighths / 8, eighths % 8);
    let part = |number: i128| usize::try_from(number).unwrap_or(0);
    "█".repeat(part(whole)) + EIGHTHS[part(rest)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::{fixtures, sanitize};

    fn lines(name: &str, columns: usize) -> Vec<String> {
        let document = fixtures::hostile();
        let text = fixtures::screen(&document, columns, |document, screen, out| {
            listing(document.table(name).unwrap(), screen, out)
        });
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn fits_the_screen_and_says_what_does_not() {
        for table in fixtures::hostile().tables {
            for columns in [60, 80, 140] {
                let lines = lines(table.spec.name, columns);
                assert!(
                    lines.iter().all(|line| sanitize::width(line) <= columns),
                    "{lines:#?}"
                );
                assert!(!lines.concat().contains(char::is_control), "{lines:#?}");
            }
        }
        assert!(
            lines("worklist", 80)
                .last()
                .unwrap()
                .ends_with("not shown: --format csv")
        );
    }

    #[test]
    fn numbers_stand_on_the_right() {
        let document = fixtures::first_week();
        let text = fixtures::screen(&document, 80, |document, screen, out| {
            listing(document.table("late").unwrap(), screen, out)
        });
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[2],
            "Bucket          Orders  Lines  Units to ship  Oldest promise"
        );
        assert_eq!(
            lines[10],
            "due_today            4      7              9  2026-07-30T23:59:59-07:00"
        );
    }
}
