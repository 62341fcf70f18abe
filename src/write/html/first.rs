//! The first part of the page: sales, orders to ship, data status, findings.

use std::cmp::Ordering;

use maud::{Markup, html};

use crate::overview::{ChannelSales, Overview, PeriodSales, SalesSums};
use crate::table::Document;

use super::super::brief::{self, fold, headings, totals};
use super::super::number::{change, grouped, money};
use super::super::screen::Period;
use super::inline::flow_line;
use crate::write::sanitize::safe;

/// Rows before the smaller ones are folded.
const ROWS: usize = 14;

/// The heading: the period.
pub(super) fn title(overview: &Overview) -> String {
    match &overview.sales {
        Some(PeriodSales { span, .. }) => {
            let [long, _] = headings(span, overview.by);
            long
        }
        None => "What must ship".to_owned(),
    }
}

pub(super) fn section(document: &Document, overview: &Overview) -> Markup {
    html! {
        section #first aria-label="Summary" {
            @if let Some(gaps) = brief::gaps(document, overview) {
                dl.notes { dt { (gaps.label) } dd { (flow_line(&gaps.flow)) } }
            }
            @match &overview.sales {
                Some(sales) => (sold(sales, overview.by)),
                None => p.note { "Sales are unknown without an all-orders report: add the newest one." },
            }
            dl.notes {
                @for note in brief::notes(document, overview) { dt { (note.label) } dd { (flow_line(&note.flow)) } }
                @let findings = brief::findings(document, overview);
                @if !findings.is_empty() { dt { "Check" } dd { ul {
                    @for (text, then) in findings { li { (safe(&text)) " " span.dim { "(" (then) ")" } } }
                } } }
            }
        }
    }
}

fn sold(sales: &PeriodSales, by: Period) -> Markup {
    let totals = totals(&sales.rows, ROWS);
    let rows = fold(sales.rows.clone(), ROWS);
    let versus = sales
        .span
        .before
        .as_ref()
        .map_or_else(String::new, |before| format!("vs {before}"));
    let curve = rows
        .first()
        .is_some_and(|row| row.series.iter().flatten().count() > 2);
    html! {
        @if !sales.complete {
            p.note { "No complete " (by.noun()) " in these files: all days are shown, there is nothing to compare with." }
        }
        div.scroll tabindex="0" role="region" aria-label="Sales" {
            table.sold {
                thead { tr {
                    th scope="col" { "Sales channel" } th scope="col" { "Ships" }
                    th.n scope="col" { "Orders" }
                    @if !versus.is_empty() { th.n scope="col" { (safe(&versus)) } }
                    th.n scope="col" { "Units" } th.n scope="col" { "Sales" }
                    @if !versus.is_empty() { th.n scope="col" { (safe(&versus)) } }
                    @if curve { th scope="col" { "Before" } }
                } }
                tbody { @for row in &rows { (line(row, !versus.is_empty(), curve)) } }
                @if !totals.is_empty() { tfoot { @for row in &totals { (line(row, !versus.is_empty(), curve)) } } }
            }
        }
    }
}

fn line(row: &ChannelSales, versus: bool, curve: bool) -> Markup {
    let now = row.now();
    html! {
        tr {
            th scope="row" { (safe(row.place())) }
            td { (safe(row.ships())) }
            td.n { (grouped(now.orders)) }
            @if versus { (changed(row, |sums| sums.orders.into())) }
            td.n { (grouped(now.units)) }
            @if let Some(currency) = &row.currency {
                td.n { span.dim { (safe(currency)) } " " (money(now.sales, row.decimals)) }
                @if versus { (changed(row, |sums| sums.sales)) }
            } @else {
                td.n.dim { @if !row.fulfillment.is_empty() { "unpriced" } }
                @if versus { td {} }
            }
            @if curve {
                td { (spark(&row.curve())) }
            }
        }
    }
}

fn changed(row: &ChannelSales, of: fn(SalesSums) -> i128) -> Markup {
    let (direction, text) = row.last().map_or((Ordering::Equal, String::new()), |last| {
        change(of(row.now()), of(last))
    });
    let tone = match direction {
        Ordering::Less => "n down",
        Ordering::Equal => "n",
        Ordering::Greater => "n up",
    };
    html! { td.(tone) { (text) } }
}

/// A small curve without numbers: they stand beside it.
fn spark(values: &[Option<i128>]) -> Markup {
    const STEP: i128 = 12;
    const HIGH: i128 = 20;
    let highest = values.iter().flatten().copied().max().unwrap_or(0).max(1);
    let bars: Vec<(i128, i128)> = (0..)
        .zip(values)
        .filter_map(|(place, value)| {
            let scaled = (*value)?.max(0).checked_mul(HIGH).unwrap_or(highest * HIGH) / highest;
            Some((place * STEP, scaled.clamp(1, HIGH)))
        })
        .collect();
    let width = STEP * i128::try_from(values.len()).unwrap_or(0);
    html! {
        svg.spark viewBox=(format!("0 0 {width} {HIGH}")) aria-hidden="true" {
            @for (x, height) in &bars { rect .now[Some(x) == bars.last().map(|(x, _)| x)] x=(x) y=(HIGH - height) width=(STEP - 3) height=(height) {} }
        }
    }
}
