//! Any table as aligned lines on a terminal: numbers on the right, long text cut.

use std::io;

use crate::table::{Cell, ColumnKind, Table};

use super::grid::{Grid, Lane};
use super::number::{count, grouped, money, percent_of_millionths};
use super::screen::{BOLD, Piece, Screen};

/// Text is cut no narrower.
const LEAST: usize = 12;
/// Text takes no more, however wide the screen.
const MOST: usize = 60;

/// Writes one table. Columns that do not fit are left out, the last ones first, and the last line says so.
pub fn listing(table: &Table, screen: &Screen, out: &mut dyn io::Write) -> io::Result<()> {
    let columns = table.spec.columns;
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
    let grid = Grid::new(&lanes, &needed, screen.columns());
    let rows = count(i128::try_from(table.height()).unwrap_or(i128::MAX), "row");
    let title = Piece::new(BOLD, table.spec.title).painted(screen);
    writeln!(out, "{title}  {}\n", Piece::dim(&rows).painted(screen))?;
    let labels: Vec<Piece> = columns
        .iter()
        .map(|column| Piece::dim(column.label))
        .collect();
    writeln!(out, "{}", grid.line(&labels, screen))?;
    for row in 0..table.height() {
        let cells: Vec<Piece> = table.row(row).map(|(_, cell)| shown(cell)).collect();
        writeln!(out, "{}", grid.line(&cells, screen))?;
    }
    match grid.gone(&needed) {
        0 => Ok(()),
        gone => {
            let gone = count(i128::try_from(gone).unwrap_or(i128::MAX), "column");
            let note = Piece::dim(&format!("{gone} more than fit here: --format csv"));
            writeln!(out, "\n{}", note.painted(screen))
        }
    }
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

#[cfg(test)]
mod tests {
    use super::super::{invented, safe};
    use super::*;

    fn lines(name: &str, columns: usize) -> Vec<String> {
        let document = invented::hostile();
        let text = invented::screen(&document, columns, |document, screen, out| {
            listing(document.table(name).unwrap(), screen, out)
        });
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn fits_the_screen_and_says_what_does_not() {
        for table in invented::hostile().tables {
            for columns in [60, 80, 140] {
                let lines = lines(table.spec.name, columns);
                assert!(
                    lines.iter().all(|line| safe::width(line) <= columns),
                    "{lines:#?}"
                );
                assert!(!lines.concat().contains(char::is_control), "{lines:#?}");
            }
        }
        assert!(
            lines("worklist", 80)
                .last()
                .unwrap()
                .ends_with("more than fit here: --format csv")
        );
    }

    #[test]
    fn numbers_stand_on_the_right() {
        let lines = lines("late", 80);
        assert_eq!(
            lines[2],
            "Bucket     Orders  Lines  Units to ship  Oldest promise"
        );
        assert_eq!(
            lines[3],
            "due_today       1      1              2  2026-07-27T23:59:59-07:00"
        );
    }
}
