//! The tiles of the shown period. The page's script draws the same for other days.

use maud::{Markup, html};

use crate::overview::{CurrencyTiles, Overview, Period, PeriodSales};
use crate::write::brief::{self, Change, Measure, Value};
use crate::write::number::{count, tenths};
use crate::write::sanitize::safe;

use super::spark::spark;

/// The tiles of the currency with the most orders, and a row for each of the others.
pub(super) fn tiles(overview: &Overview, partial: bool) -> Markup {
    let sales = overview.demand.sales.as_ref();
    let against = sales.and_then(|sales| compared_days(sales, overview.by));
    let against = against.map(|against| format!("Compared with {against}."));
    let Some((main, others)) = overview.demand.tiles.split_first() else {
        return html! {};
    };
    let measures = known(&overview.demand.tiles);
    html! {
        div #tiles { @for measure in &measures { (tile(main, *measure, partial)) } }
        p #tiles-note .note { (against.unwrap_or_default()) }
        div.scroll tabindex="0" role="region" aria-label="Other currencies" { (other_currencies(others, &measures)) }
    }
}

/// What the sales are compared with: the days before, or the other side of a comparison.
pub(super) fn compared_days(sales: &PeriodSales, by: Period) -> Option<String> {
    sales.span.before.as_ref()?;
    match &sales.span.against {
        Some(against) => Some(safe(against).into_owned()),
        None => brief::days_before(&sales.span, by),
    }
}

fn tile(tiles: &CurrencyTiles, measure: Measure, partial: bool) -> Markup {
    let change = measure.change(tiles);
    let value = text(tiles, measure);
    let unit = match measure {
        Measure::Sales | Measure::AverageOrder => tiles.currency.as_deref(),
        _ => None,
    };
    // Of a share, how many orders it is.
    let beside = match measure.now(tiles) {
        Some(Value::Share(orders, _)) => count(orders, "order"),
        _ => change.absolute.clone(),
    };
    html! {
        div.tile {
            h3 { (measure.name()) @if let Some(unit) = unit { span.dim { " " (safe(unit)) } } }
            p.big { (if value.is_empty() { "–" } else { &value }) @if partial { span.partial { " partial" } } }
            p.delta {
                @if !change.relative.is_empty() { span class=[tone(measure, &change)] { (change.relative) } }
                @if !beside.is_empty() { span.dim { @if !change.relative.is_empty() { " " } (beside) } }
            }
            (spark(&curve(tiles, measure)))
        }
    }
}

/// The value as the page shows it; empty if it is unknown.
fn text(tiles: &CurrencyTiles, measure: Measure) -> String {
    match measure.now(tiles) {
        Some(value) => value.text(),
        None if measure == Measure::Sales => "unpriced".to_owned(),
        None => String::new(),
    }
}

/// Good news and bad news have their colors; the sign is in the text.
fn tone(measure: Measure, change: &Change) -> Option<&'static str> {
    let good = measure.is_good(change.direction)?;
    Some(if good { "up" } else { "down" })
}

/// The values of all periods; nothing where the files lack days.
fn curve(tiles: &CurrencyTiles, measure: Measure) -> Vec<Option<i128>> {
    let number = |value| match value {
        Value::Count(count) => count.into(),
        Value::Money(value, _) => value,
        Value::Share(part, whole) => tenths(part.into(), whole.into()).unwrap_or_default(),
    };
    let series = tiles.series.iter();
    let values = series.map(|sums| sums.as_ref().map(|sums| measure.of(tiles, sums)));
    values
        .map(|value| value.map(|value| value.map_or(0, number)))
        .collect()
}

fn other_currencies(others: &[CurrencyTiles], measures: &[Measure]) -> Markup {
    html! {
        @let unchanged = others.iter().all(|other| other.before().is_none());
        table #others .unchanged[unchanged] hidden[others.is_empty()] {
            thead { tr {
                th scope="col" { "Currency" }
                @for measure in measures {
                    th.n scope="col" { (measure.name()) }
                    @if measure.has_change_column() { th.n.change scope="col" { "Change" } }
                }
            } }
            tbody { @for other in others { tr {
                th scope="row" { (safe(other.currency.as_deref().unwrap_or("no price"))) }
                @for measure in measures {
                    td.n { (text(other, *measure)) }
                    @if measure.has_change_column() {
                        @let change = measure.change(other);
                        @let tone = tone(*measure, &change);
                        td.n.change.up[tone == Some("up")].down[tone == Some("down")] { (change.relative) }
                    }
                }
            } } }
        }
    }
}

/// The measures that are known: a comparison does not count cancelled orders by currency.
fn known(tiles: &[CurrencyTiles]) -> Vec<Measure> {
    let placed = tiles
        .iter()
        .any(|tiles| tiles.now().orders_placed.is_some());
    let measures = Measure::ALL.into_iter();
    measures
        .filter(|measure| placed || *measure != Measure::CancelledShare)
        .collect()
}
