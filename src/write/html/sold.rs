//! Sales by channel and fulfillment: a row for each, with a bar.

use std::cmp::Ordering;
use std::collections::HashMap;

use maud::{Markup, html};

use crate::overview::{ChannelSales, Period, PeriodSales, SalesSums};
use crate::write::brief::{fold, totals};
use crate::write::number::{change, grouped, money};
use crate::write::sanitize::safe;

use super::tiles::compared_days;

/// Rows before the smaller ones are folded.
const ROWS: usize = 14;

/// The table of the shown period, with totals of several rows by currency.
pub(super) fn sold(sales: &PeriodSales, by: Period) -> Markup {
    let rows = fold(sales.rows.clone(), ROWS);
    let totals = totals(&sales.rows, ROWS);
    let mut highest: HashMap<Option<&str>, i128> = HashMap::new();
    for row in &rows {
        let known = highest.entry(row.currency.as_deref()).or_default();
        *known = value(row).max(*known);
    }
    let versus = compared_days(sales, by).unwrap_or_default();
    let versus = format!("vs {versus}");
    html! {
        div.scroll tabindex="0" role="region" aria-label="Where it sold" {
            table #sold .unchanged[rows.iter().all(|row| row.last().is_none())] {
                thead { tr {
                    th scope="col" { "Sales channel" } th scope="col" { "Ships" }
                    th.n scope="col" { "Sales" } th.n.change scope="col" { (versus) }
                    th.n scope="col" { "Orders" } th.n.change scope="col" { (versus) }
                    th.n scope="col" { "Units" }
                    td {}
                } }
                tbody { @for row in &rows { (line(row, &highest)) } }
                @if !totals.is_empty() { tfoot { @for row in &totals { (line(row, &HashMap::new())) } } }
            }
        }
    }
}

/// What the bar shows: sales, or units where no price was stated.
fn value(row: &ChannelSales) -> i128 {
    if row.currency.is_some() {
        row.now().sales
    } else {
        row.now().units.into()
    }
}

fn line(row: &ChannelSales, highest: &HashMap<Option<&str>, i128>) -> Markup {
    let now = row.now();
    let highest = highest.get(&row.currency.as_deref()).copied();
    // In tenths of a hundredth: a bar needs no more.
    let width = highest.filter(|highest| *highest > 0).map(|highest| {
        let tenths = value(row).max(0).saturating_mul(1_000) / highest;
        format!("{}.{}", tenths / 10, tenths % 10)
    });
    html! {
        tr {
            th scope="row" { (safe(row.place())) }
            td { (safe(row.ships())) }
            @if let Some(currency) = &row.currency {
                td.n { span.dim { (safe(currency)) } " " (money(now.sales, row.decimals)) }
                (changed(row, |sums| sums.sales))
            } @else {
                td.n { span.dim { @if !row.fulfillment.is_empty() { "unpriced" } } }
                td.change {}
            }
            td.n { (grouped(now.orders)) }
            (changed(row, |sums| sums.orders.into()))
            td.n { (grouped(now.units)) }
            td.bars {
                @if let Some(width) = width {
                    svg.bar viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" { rect width=(width) height="10" {} }
                }
            }
        }
    }
}

fn changed(row: &ChannelSales, of: fn(SalesSums) -> i128) -> Markup {
    let (direction, text) = row.last().map_or((Ordering::Equal, String::new()), |last| {
        change(of(row.now()), of(last))
    });
    let tone = match direction {
        Ordering::Less => "n change down",
        Ordering::Equal => "n change",
        Ordering::Greater => "n change up",
    };
    html! { td.(tone) { (text) } }
}
