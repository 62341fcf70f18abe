//! The overview: verdicts, tiles, trend, where and when it sold, what moved, what must ship, the late rate, the data.

use maud::{Markup, html};

use crate::overview::{Overview, PeriodSales};
use crate::table::{DayState, Document};
use crate::write::brief::{self, Note};
use crate::write::plot::plots;

use super::data::PageData;
use super::inline::flow_line;
use super::{filters, late_rate, moved, sold, svg, tiles, to_ship, trust, verdicts};

/// Notes of the first screen that are pictures here.
const DRAWN: [&str; 5] = ["Gates", "Top movers", "To ship", "Late rate", "Data"];

/// The first part of the page.
pub(super) fn section(
    document: &Document,
    overview: &Overview,
    data: Option<&PageData<'_>>,
) -> Markup {
    let compared = document.compared.is_some();
    let hours = document.table("hours").map(plots).unwrap_or_default();
    let moved = moved::moved(document, overview).filter(|_| !compared);
    let rate = late_rate::late_rate(document, overview).filter(|_| !compared);
    let moves = moved.is_some();
    let trust =
        html! { section.card { h3 { "Can I trust it?" } (trust::trust(document, overview)) } };
    html! {
        section.part #overview tabindex="-1" aria-labelledby="overview-title" {
            h2 #overview-title.unseen { "Overview" }
            (verdicts::list(document, overview))
            p.judged { (flow_line(&brief::judged(document))) }
            (sales(overview, document))
            @if let Some(data) = data {
                section.card.wide aria-labelledby="trend-title" {
                    h3 #trend-title { "Sales" }
                    (filters::trend_choices())
                    @if let Some(first) = data.cut_before { p.note { "Days before " (first) " are too many for the page: they are in the tables." } }
                    div #trend tabindex="0" role="group" aria-label="Sales over time; arrow keys read the values" { (still_trend(document, overview)) }
                    ul #trend-values aria-live="polite" {}
                }
            }
            @if let Some(sales) = &overview.demand.sales {
                section.card { h3 { "Where it sold" } (sold::sold(sales, overview.by)) }
            }
            div.cards {
                div {
                    @if let Some(plot) = hours.first() {
                        section.card.stays { h3 { "When it sold" }
                            p.note.fixed { "All days and all marketplaces, in the time of each: hours are not counted by marketplace, and no filter changes them." }
                            (svg::figure(plot)) }
                    }
                    @if !compared {
                        section.card { h3 { "To ship" } (to_ship::to_ship(document, overview)) }
                    }
                    @if let Some(rate) = &rate { section.card { h3 { "Late rate" } (rate) } } @else if !compared && moves { (trust) }
                }
                div {
                    @if let Some(moved) = &moved {
                        section.card.stays { h3 { "What moved" }
                            p.note.fixed { "SKUs are not counted by day: no filter changes these." }
                            (moved) }
                    }
                    @if !compared && (rate.is_some() || !moves) { (trust) }
                }
            }
            @if compared { (trust) }
            (also(document, overview))
        }
    }
}

fn sales(overview: &Overview, document: &Document) -> Markup {
    let Some(sales) = &overview.demand.sales else {
        return html! { p.note { "Sales: " (brief::no_sales(document)) "." } };
    };
    let by = overview.by;
    let partial = document.compared.is_none() && is_partial(document, sales);
    html! {
        @if !sales.complete {
            p.note { "No complete " (by.noun()) " in these files: all days are shown, there is nothing to compare with." }
        }
        (tiles::tiles(overview, partial))
    }
}

/// Whether the files lack days of the shown period, or end before its last day does.
fn is_partial(document: &Document, sales: &PeriodSales) -> bool {
    let last = document.day_states().and_then(|(first, states)| {
        let place = usize::try_from((sales.span.last - first).num_days()).ok()?;
        states.get(place).copied()
    });
    document.gap_days(sales.span.first, sales.span.last) > 0 || last == Some(DayState::Part)
}

/// The trend for those whose browser runs no script.
fn still_trend(document: &Document, overview: &Overview) -> Markup {
    let plots = document.table(overview.by.table()).map(plots);
    html! { @if let Some(plot) = plots.iter().flatten().next() { (svg::figure(plot)) } }
}

/// What the first screen says besides.
fn also(document: &Document, overview: &Overview) -> Markup {
    let compared = document.compared.is_some();
    let notes: Vec<Note> = brief::notes(document, overview)
        .into_iter()
        .filter(|note| compared || !DRAWN.contains(&note.label))
        .collect();
    html! {
        @if !notes.is_empty() {
            section.card { h3 { "Also" } dl.notes {
                @for note in notes { dt { (note.label) } dd { (flow_line(&note.flow)) } }
            } }
        }
    }
}
