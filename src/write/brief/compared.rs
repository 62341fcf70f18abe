//! The notes of a comparison: days, top movers, sales per day, cancelled orders.

use std::cmp::Reverse;

use crate::table::Compared;
use crate::table::{Cell, Document, Table};

use super::super::number::{change, money, percent_of_millionths};
use super::super::screen::{Piece, YELLOW};
use crate::write::sanitize::cut;
use crate::write::wrap::Flow;

/// So much of a SKU is shown in a line.
const WIDTH: usize = 24;
/// So many SKUs are named in a line, up and down.
const NAMED: usize = 3;

/// A SKU that sold more, or less.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Mover {
    pub(in super::super) sku: String,
    pub(in super::super) product: String,
    pub(in super::super) currency: String,
    pub(in super::super) decimals: usize,
    /// Sales now and then; a day where the sides have unlike numbers of days.
    pub(in super::super) sales: [i128; 2],
    /// `new`, `gone` or nothing.
    pub(in super::super) mark: String,
}

impl Mover {
    pub(in super::super) fn difference(&self) -> i128 {
        self.sales[0] - self.sales[1]
    }

    /// `+374.97`.
    pub(in super::super) fn more(&self) -> String {
        let sign = if self.difference() > 0 { "+" } else { "" };
        format!("{sign}{}", money(self.difference(), self.decimals))
    }
}

/// The SKUs that made the difference in the currency of most orders: those that sold more, those that sold less, greatest first.
pub(in super::super) fn movers(document: &Document) -> Option<[Vec<Mover>; 2]> {
    let compared = document.compared.as_ref()?;
    let read = Reader {
        table: document.table("comparison")?,
    };
    let currency = read.busiest()?;
    let columns = if compared.even() {
        ["sales", "sales_then"]
    } else {
        ["sales_per_day", "sales_per_day_then"]
    };
    let rows = read
        .rows("sku")
        .filter(|row| read.text(*row, "currency") == currency);
    let mut movers: Vec<Mover> = rows
        .map(|row| Mover {
            sku: read.text(row, "sku"),
            product: read.text(row, "product_name"),
            currency: currency.clone(),
            decimals: read.decimals(row),
            sales: columns.map(|column| read.money(row, column).unwrap_or_default()),
            mark: read.text(row, "mark"),
        })
        .collect();
    // Stable: of equals, the table's order.
    movers.sort_by_key(|mover| Reverse(mover.difference().abs()));
    let part = |up: bool| {
        let moved = movers
            .iter()
            .filter(move |mover| mover.difference() != 0 && (mover.difference() > 0) == up);
        moved.cloned().collect()
    };
    Some([part(true), part(false)])
}

/// The notes, each with its label.
pub(super) fn notes(document: &Document, compared: &Compared) -> Vec<(&'static str, Flow)> {
    let mut notes = Vec::new();
    for (label, side) in [("Then", &compared.then), ("Now", &compared.now)] {
        let text = side.to_string();
        let mut flow = Flow::default();
        flow.add(
            "",
            if side.partial {
                Piece::new(YELLOW, &text)
            } else {
                Piece::plain(&text)
            },
        );
        notes.push((label, flow));
    }
    let Some(table) = document.table("comparison") else {
        return notes;
    };
    let read = Reader { table };
    if !compared.even() {
        notes.extend(read.a_day().map(|flow| ("A day", flow)));
    }
    for (label, movers) in ["Up", "Down"]
        .into_iter()
        .zip(movers(document).into_iter().flatten())
    {
        let mut flow = Flow::default();
        for (place, mover) in movers.iter().take(NAMED).enumerate() {
            let mark = match mover.mark.as_str() {
                "" => String::new(),
                mark => format!(" ({mark})"),
            };
            let sku = cut(&mover.sku, WIDTH);
            let a_day = if compared.even() { "" } else { " a day" };
            let text = format!("{sku} {} {}{a_day}{mark}", mover.currency, mover.more());
            flow.add(
                if place == 0 { "" } else { " \u{b7} " },
                Piece::plain(&text),
            );
        }
        if !flow.is_empty() {
            notes.push((label, flow));
        }
    }
    notes.extend(read.cancelled().map(|flow| ("Cancelled", flow)));
    notes
}

/// Sales per day, in whole ten-thousandths.
pub(in super::super) fn a_day(sales: i128, days: i64) -> i128 {
    let days = i128::from(days.max(1));
    let half = if sales < 0 { -days } else { days };
    (2 * sales + half) / (2 * days)
}

struct Reader<'d> {
    table: &'d Table,
}

impl Reader<'_> {
    fn rows(&self, level: &'static str) -> impl Iterator<Item = usize> {
        (0..self.table.height()).filter(move |row| self.table.cell(*row, 0) == Cell::Text(level))
    }

    fn text(&self, row: usize, column: &str) -> String {
        self.table.text(row, column)
    }

    fn cell(&self, row: usize, column: &str) -> Cell<'_> {
        self.table
            .index(column)
            .map_or(Cell::Absent, |column| self.table.cell(row, column))
    }

    fn money(&self, row: usize, column: &str) -> Option<i128> {
        match self.cell(row, column) {
            Cell::Money(value, _) => Some(value),
            _ => None,
        }
    }

    fn decimals(&self, row: usize) -> usize {
        match self.cell(row, "sales") {
            Cell::Money(_, decimals) => decimals,
            _ => 0,
        }
    }

    /// The currency of most orders, now and then; of several with as many, the first one.
    fn busiest(&self) -> Option<String> {
        let orders = |row: &usize| {
            let of = |column| match self.cell(*row, column) {
                Cell::Count(count) => count,
                _ => 0,
            };
            of("orders") + of("orders_then")
        };
        let priced: Vec<usize> = self
            .rows("all")
            .filter(|row| !self.text(*row, "currency").is_empty())
            .collect();
        let row = priced.into_iter().rev().max_by_key(orders)?;
        Some(self.text(row, "currency"))
    }

    /// What all sold a day, by currency.
    fn a_day(&self) -> Option<Flow> {
        let mut flow = Flow::default();
        for row in self.rows("all") {
            let sides =
                ["sales_per_day", "sales_per_day_then"].map(|column| self.money(row, column));
            let [Some(now), Some(then)] = sides else {
                continue;
            };
            let decimals = self.decimals(row);
            let changed = match change(now, then).1 {
                changed if changed.is_empty() => changed,
                changed => format!(" ({changed})"),
            };
            let text = format!(
                "{} {}, {} then{changed}",
                self.text(row, "currency"),
                money(now, decimals),
                money(then, decimals)
            );
            flow.add(
                if flow.is_empty() { "" } else { " \u{b7} " },
                Piece::plain(&text),
            );
        }
        (!flow.is_empty()).then_some(flow)
    }

    /// The part of all orders that were cancelled: the same in every row of all.
    fn cancelled(&self) -> Option<Flow> {
        let row = self.rows("all").next()?;
        let share = |column| match self.cell(row, column) {
            Cell::Share(millionths) => Some(millionths),
            _ => None,
        };
        let now = percent_of_millionths(share("cancelled_share")?);
        let then = percent_of_millionths(share("cancelled_share_then")?);
        let mut flow = Flow::default();
        let text = format!("{now} of orders placed, {then} then");
        flow.add("", Piece::plain(&text));
        Some(flow)
    }
}
