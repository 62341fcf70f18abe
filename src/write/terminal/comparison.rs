//! The screen of a comparison: how much more or less, where, and which SKUs made it.

use std::cmp::Ordering;

use crate::overview::{ChannelSales, ComparedMover, Overview, SalesSums, both_sides};
use crate::table::Compared;
use crate::table::Document;

use super::super::brief::{self, a_day, fold, headings, more, totals};
use super::super::grid::{Grid, Lane};
use super::super::number::{change, count, grouped, money};
use super::super::screen::{BOLD, GREEN, PLAIN, Piece, RED, Screen};

/// Rows of channels before the smaller ones are folded, and of totals.
const ROWS: usize = 6;
const TOTALS: usize = 3;
/// So many SKUs up, and so many down.
const SKUS: usize = 3;

/// The lines between the head and the notes.
pub(super) fn lines(
    document: &Document,
    overview: &Overview,
    compared: &Compared,
    screen: &Screen,
) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some((span, sold)) = both_sides(document) {
        let [heading, _] = headings(&span, screen.by);
        let heading = Piece::new(BOLD, &heading).cut(screen.columns());
        lines.extend([heading.painted(screen), String::new()]);
        lines.extend(sales(sold, compared, screen));
    }
    if let Some(figures) = &overview.demand.comparison
        && !(figures.up.is_empty() && figures.down.is_empty())
    {
        lines.push(String::new());
        lines.extend(skus([&figures.up, &figures.down], compared, screen));
    }
    lines
}

/// The notes that the block does not say already.
pub(super) fn notes(document: &Document, overview: &Overview, screen: &Screen) -> Vec<String> {
    let notes = brief::notes(document, overview);
    let kept = |label: &str| !matches!(label, "Up" | "Down");
    let lines = notes
        .iter()
        .filter(|note| kept(note.label))
        .map(|note| note.flow.lines(note.label, screen));
    lines.flatten().collect()
}

fn sales(sold: Vec<ChannelSales>, compared: &Compared, screen: &Screen) -> Vec<String> {
    let totals = totals(&sold, TOTALS);
    let rows = fold(sold, ROWS);
    let even = compared.even();
    let sums = if even {
        ["sales", "difference"]
    } else {
        ["sales a day", "then"]
    };
    let head = [
        "", "", "orders", "change", "units", "", sums[0], sums[1], "change",
    ];
    let mut table = vec![head.map(Piece::dim).to_vec()];
    // Totals first: how much, then where from.
    let mut above = None;
    for row in totals.iter().chain(&rows) {
        table.push(cells(row, above == Some(&row.channel), compared));
        above = Some(&row.channel);
    }
    let (left, right) = (Lane::LEFT, Lane::RIGHT);
    let lanes = [
        left.cut_to(12),
        left,
        right,
        right.goes(2),
        right.goes(1),
        left,
        right,
        right,
        right,
    ];
    let grid = Grid::around(&lanes, &table, screen.columns());
    table.iter().map(|row| grid.line(row, screen)).collect()
}

fn cells(row: &ChannelSales, same: bool, compared: &Compared) -> Vec<Piece> {
    let (now, then) = (row.now(), row.last().unwrap_or_default());
    let days = [&compared.now, &compared.then].map(|side| i128::from(side.days));
    let total = row.fulfillment.is_empty();
    let style = if total { BOLD } else { PLAIN };
    // Both sides times the days of the other: sales per day, and nothing is rounded.
    let changed = |of: fn(SalesSums) -> i128| change(of(now) * days[1], of(then) * days[0]);
    let (direction, orders) = changed(|sums| sums.orders.into());
    let (sums, sales_change) = match &row.currency {
        None if total => ([Piece::none(), Piece::none()], Piece::none()),
        None => ([Piece::dim("unpriced"), Piece::none()], Piece::none()),
        Some(_) => {
            let sums = if compared.even() {
                let difference = now.sales - then.sales;
                let sign = if difference > 0 { "+" } else { "" };
                [
                    money(now.sales, row.decimals),
                    format!("{sign}{}", money(difference, row.decimals)),
                ]
            } else {
                let [now, then] = [(now, &compared.now), (then, &compared.then)];
                [now, then].map(|(sums, side)| money(a_day(sums.sales, side.days), row.decimals))
            };
            let (direction, text) = changed(|sums| sums.sales);
            (
                sums.map(|text| Piece::new(style, &text)),
                Piece::new(tone(direction), &text),
            )
        }
    };
    let [first, second] = sums;
    vec![
        if same {
            Piece::none()
        } else {
            Piece::new(style, row.place())
        },
        Piece::plain(row.ships()),
        Piece::new(style, &grouped(now.orders)),
        Piece::new(tone(direction), &orders),
        Piece::new(style, &grouped(now.units)),
        Piece::plain(row.currency.as_deref().unwrap_or_default()),
        first,
        second,
        sales_change,
    ]
}

fn tone(direction: Ordering) -> anstyle::Style {
    match direction {
        Ordering::Less => RED,
        Ordering::Equal => PLAIN,
        Ordering::Greater => GREEN,
    }
}

/// Those that sold more, then those that sold less.
fn skus(moved: [&[ComparedMover]; 2], compared: &Compared, screen: &Screen) -> Vec<String> {
    let sales = if compared.even() { "sales" } else { "a day" };
    let head = ["", "SKU", "", "", sales, "then", "difference", "change"];
    let mut table = vec![head.map(Piece::dim).to_vec()];
    for (label, list) in ["Up", "Down"].into_iter().zip(moved) {
        for (place, mover) in list.iter().take(SKUS).enumerate() {
            let (direction, text) = change(mover.sales[0], mover.sales[1]);
            table.push(vec![
                Piece::dim(if place == 0 { label } else { "" }),
                Piece::plain(&mover.sku),
                Piece::dim(&mover.product_name),
                Piece::plain(&mover.currency),
                Piece::plain(&money(mover.sales[0], mover.decimals)),
                Piece::plain(&money(mover.sales[1], mover.decimals)),
                Piece::plain(&more(mover)),
                Piece::new(tone(direction), &text),
            ]);
        }
    }
    let (left, right) = (Lane::LEFT, Lane::RIGHT);
    let lanes = [
        left,
        left.cut_to(12),
        left.cut_to(12).goes(1),
        left,
        right,
        right,
        right,
        right,
    ];
    let grid = Grid::around(&lanes, &table, screen.columns());
    let mut lines: Vec<String> = table.iter().map(|row| grid.line(row, screen)).collect();
    let more: usize = moved
        .iter()
        .map(|list| list.len().saturating_sub(SKUS))
        .sum();
    if more > 0 {
        let more = count(i128::try_from(more).unwrap_or(i128::MAX), "SKU");
        let note = Piece::dim(&format!("{more} not shown: --format csv")).cut(screen.columns());
        lines.push(note.painted(screen));
    }
    lines
}
