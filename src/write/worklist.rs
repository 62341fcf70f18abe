//! The worklist as a screen to pack from: a heading per bucket, then a line for each open order line.

use std::collections::BTreeSet;
use std::io;

use chrono::NaiveDate;

use crate::overview::StaleFiles;
use crate::table::{Cell, Document, Subject, Table};

use super::brief::{as_of, ended, no_open_orders};
use super::grid::{Grid, Lane};
use super::number::{count, grouped};
use super::screen::{BOLD, PLAIN, Piece, RED, Screen, YELLOW};

/// Writes what must ship, in working order: that of the table.
pub fn worklist(document: &Document, screen: &Screen, out: &mut dyn io::Write) -> io::Result<()> {
    let list = document.table("worklist").map(|table| List { table });
    let rows = list.as_ref().map_or(0, |list| list.table.height());
    let Some(list) = list.filter(|_| rows > 0) else {
        writeln!(out, "{}", nothing(document))?;
        return writeln!(out, "{}", Piece::dim(&judged(document)).painted(screen));
    };
    let title = format!("To ship: {}", list.totals(0..rows));
    let when = Piece::dim(&judged(document)).cut(screen.columns());
    writeln!(
        out,
        "{}",
        Piece::new(BOLD, &title)
            .cut(screen.columns())
            .painted(screen)
    )?;
    writeln!(out, "{}", when.painted(screen))?;
    let table: Vec<Vec<Piece>> = (0..rows).map(|row| list.cells(row)).collect();
    let grid = Grid::around(&LANES, &table, screen.columns());
    let mut start = 0;
    while start < rows {
        let bucket = list.text(start, "bucket");
        let end = (start..rows)
            .find(|row| list.text(*row, "bucket") != bucket)
            .unwrap_or(rows);
        let (style, name) = heading(bucket);
        let totals = list.totals(start..end);
        let (name, totals) = (Piece::new(style.bold(), &name), Piece::dim(&totals));
        writeln!(
            out,
            "\n{}  {}",
            name.painted(screen),
            totals.painted(screen)
        )?;
        for row in &table[start..end] {
            writeln!(out, "{}", grid.line(row, screen))?;
        }
        start = end;
    }
    Ok(())
}

/// The moment that the list is judged at, and how much older the backlog is.
fn judged(document: &Document) -> String {
    let older = StaleFiles::of(document, Subject::Backlog);
    let older = older.map_or_else(String::new, |older| format!(" \u{b7} {}", ended(&older)));
    as_of(document) + &older
}

/// Why the list is empty: no order is open, or no file says so.
fn nothing(document: &Document) -> String {
    let reason = no_open_orders(document);
    match reason.strip_prefix("nothing") {
        Some(rest) => format!("nothing to ship{rest}"),
        None => format!("what must ship is {reason}"),
    }
}

/// Order, units, SKU, product, service level, ship by, days late, marks.
const LANES: [Lane; 8] = [
    Lane::LEFT,
    Lane::RIGHT,
    Lane::LEFT.cut_to(10),
    Lane::LEFT.cut_to(10).goes(2),
    Lane::LEFT.goes(3),
    Lane::LEFT,
    Lane::RIGHT.goes(4),
    Lane::LEFT.goes(1),
];

/// What a bucket is called, and how it looks.
fn heading(bucket: &str) -> (anstyle::Style, String) {
    let (style, name) = match bucket {
        "hold" => (YELLOW, "On hold: the buyer asked to cancel"),
        "past_cancel_by" => (RED, "Past the day Amazon cancels"),
        "overdue_8_plus" => (RED, "Overdue 8 days or more"),
        "overdue_4_7" => (RED, "Overdue 4 to 7 days"),
        "overdue_2_3" => (RED, "Overdue 2 to 3 days"),
        "overdue_1" => (RED, "Overdue 1 day"),
        "overdue_today" => (RED, "Overdue since today"),
        "due_today" => (YELLOW, "Due today"),
        "due_tomorrow" => (PLAIN, "Due tomorrow"),
        "later" => (PLAIN, "Later"),
        "no_promise" => (PLAIN, "No promise in the file"),
        other => (PLAIN, other),
    };
    (style, name.to_owned())
}

struct List<'d> {
    table: &'d Table,
}

impl<'d> List<'d> {
    fn cell(&self, row: usize, column: &str) -> Cell<'d> {
        self.table
            .index(column)
            .map_or(Cell::Absent, |column| self.table.cell(row, column))
    }

    fn text(&self, row: usize, column: &str) -> &'d str {
        if let Cell::Text(text) = self.cell(row, column) {
            text
        } else {
            ""
        }
    }

    fn number(&self, row: usize, column: &str) -> i64 {
        if let Cell::Count(number) = self.cell(row, column) {
            number
        } else {
            0
        }
    }

    /// `41 orders, 52 units`.
    fn totals(&self, rows: std::ops::Range<usize>) -> String {
        let orders: BTreeSet<&str> = rows.clone().map(|row| self.text(row, "order_id")).collect();
        let units: i64 = rows.map(|row| self.number(row, "quantity_to_ship")).sum();
        let orders = i128::try_from(orders.len()).unwrap_or(i128::MAX);
        format!("{}, {}", count(orders, "order"), count(units, "unit"))
    }

    fn cells(&self, row: usize) -> Vec<Piece> {
        let units = self.number(row, "quantity_to_ship");
        let late = match self.number(row, "days_overdue") {
            days @ 1.. => format!("{} d late", grouped(days)),
            _ => String::new(),
        };
        vec![
            Piece::plain(self.text(row, "order_id")),
            Piece::new(
                if units > 1 { BOLD } else { PLAIN },
                &format!("{} x", grouped(units)),
            ),
            Piece::plain(self.text(row, "sku")),
            Piece::plain(self.text(row, "product_name")),
            Piece::dim(self.text(row, "ship_service_level")),
            Piece::plain(&day(self.text(row, "promise_local"))),
            Piece::new(RED, &late),
            Piece::new(YELLOW, &self.marks(row)),
        ]
    }

    fn marks(&self, row: usize) -> String {
        let hold = matches!(self.cell(row, "hold"), Cell::Text(_) | Cell::Flag(true));
        let flag = |column| self.cell(row, column) == Cell::Flag(true);
        let marks = [
            (flag("is_prime"), "prime"),
            (flag("is_business"), "business"),
            (hold, "hold"),
        ];
        marks
            .into_iter()
            .filter(|(is, _)| *is)
            .map(|(_, mark)| mark)
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// The local day of a promise, `Fri Jul 24`; as it is if it has none.
fn day(promise: &str) -> String {
    let day = promise
        .get(..10)
        .and_then(|day| day.parse::<NaiveDate>().ok());
    day.map_or_else(
        || promise.to_owned(),
        |day| day.format("%a %b %-d").to_string(),
    )
}

#[cfg(test)]
mod tests {
    use super::super::fixtures;
    use super::*;
    use crate::write::sanitize;

    #[test]
    fn headings_count_orders_and_lines_keep_the_order_of_the_table() {
        let text = fixtures::screen(&fixtures::first_week(), 100, worklist);
        let expected = "\
To ship: 34 orders, 47 units
as of Thu 2026-07-30 06:57 Los Angeles

On hold: the buyer asked to cancel  2 orders, 2 units
113-0381048-2926871  1 x  HX-247.new    Ravencott LED Desk …  Standard   Fri Jul 31            hold
205-1146602-4784752  1 x  LUM-114-2PK   Plain+Sturdy Bath T…  Standard   Thu Aug 6             hold

Overdue 2 to 3 days  1 order, 1 unit
114-9439854-8280210  1 x  th-296-BLU    Plain+Sturdy Throw …  Standard   Tue Jul 28  2 d late

Overdue 1 day  3 orders, 3 units
203-4316999-0461871  1 x  KT-331-2PK    Hearth & Hazel Bake…  Expedited  Wed Jul 29  1 d late
112-5410147-9225975  1 x  ob-107        Sundrift Laptop Sle…  Standard   Wed Jul 29  1 d late
114-8796740-3532430  1 x  ob-107        Sundrift Laptop Sle…  Standard   Wed Jul 29  1 d late
";
        assert!(text.starts_with(expected), "{text}");
        let headings = text
            .lines()
            .filter(|line| line.contains(" units") || line.contains(" unit"));
        assert_eq!(headings.count(), 7);
    }

    #[test]
    fn hostile_names_are_cut_and_harmless() {
        for columns in [60, 70, 80, 100, 140] {
            let text = fixtures::screen(&fixtures::hostile(), columns, worklist);
            assert!(
                text.lines().all(|line| sanitize::width(line) <= columns),
                "{text}"
            );
            assert!(
                !text.contains(|c: char| c.is_control() && c != '\n'),
                "{text}"
            );
        }
    }

    #[test]
    fn says_so_if_there_is_nothing() {
        let text = fixtures::screen(&fixtures::one_day(), 80, worklist);
        assert!(text.starts_with("what must ship is unknown"), "{text}");
        let mut shipped = fixtures::one_day();
        shipped.kinds.push(("unshipped", 1));
        let text = fixtures::screen(&shipped, 80, worklist);
        assert!(
            text.starts_with("nothing to ship: no order is open"),
            "{text}"
        );
    }
}
