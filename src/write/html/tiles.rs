//! The tiles of the shown period. The page's script draws the same for other days.

use std::cmp::Ordering;

use maud::{Markup, html};

use crate::overview::{CurrencyTiles, Overview, Period, PeriodSales, TileSums};
use crate::write::brief;
use crate::write::number::{change, count, grouped, share, short_money, tenths};
use crate::write::sanitize::safe;

use super::spark::spark;

/// What a tile says.
struct Tile {
    name: &'static str,
    unit: String,
    value: String,
    change: (Ordering, String),
    beside: String,
    values: Vec<Option<i128>>,
}

/// The tiles of the currency with the most orders, and a row for each of the others.
pub(super) fn tiles(overview: &Overview, partial: bool) -> Markup {
    let sales = overview.sales.as_ref();
    let against = sales.and_then(|sales| compared_days(sales, overview.by));
    let against = against.map(|against| format!("Compared with {against}."));
    let Some((main, others)) = overview.tiles.split_first() else {
        return html! {};
    };
    html! {
        div #tiles { @for tile in of(main) { (draw(&tile, partial)) } }
        p #tiles-note .note { (against.unwrap_or_default()) }
        div.scroll tabindex="0" role="region" aria-label="Other currencies" { (other_currencies(others)) }
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

fn draw(tile: &Tile, partial: bool) -> Markup {
    let tone = match tile.change.0 {
        Ordering::Less => Some("down"),
        Ordering::Equal => None,
        Ordering::Greater => Some("up"),
    };
    html! {
        div.tile {
            h3 { (tile.name) @if !tile.unit.is_empty() { span.dim { " " (tile.unit) } } }
            p.big { (if tile.value.is_empty() { "–" } else { &tile.value }) @if partial { span.partial { " partial" } } }
            p.delta {
                @if !tile.change.1.is_empty() { span class=[tone] { (tile.change.1) } }
                @if !tile.beside.is_empty() { span.dim { @if !tile.change.1.is_empty() { " " } (tile.beside) } }
            }
            (spark(&tile.values))
        }
    }
}

fn other_currencies(others: &[CurrencyTiles]) -> Markup {
    html! {
        @let unchanged = others.iter().all(|other| other.before().is_none());
        table #others .unchanged[unchanged] hidden[others.is_empty()] {
            thead { tr {
                th scope="col" { "Currency" }
                th.n scope="col" { "Sales" } th.n.change scope="col" { "Change" }
                th.n scope="col" { "Units" } th.n.change scope="col" { "Change" }
                th.n scope="col" { "Orders" } th.n.change scope="col" { "Change" }
                th.n scope="col" { "Average order" } th.n scope="col" { "Cancelled" } th.n scope="col" { "Merchant share" }
            } }
            tbody { @for other in others { tr {
                th scope="row" { (safe(other.currency.as_deref().unwrap_or("no price"))) }
                @for (place, tile) in of(other).iter().enumerate() {
                    td.n { (tile.value) }
                    @if place < 3 { td.n.change.up[tile.change.0.is_gt()].down[tile.change.0.is_lt()] { (tile.change.1) } }
                }
            } } }
        }
    }
}

/// The six tiles of a currency.
fn of(tiles: &CurrencyTiles) -> [Tile; 6] {
    let priced = tiles.currency.is_some();
    let unit = safe(tiles.currency.as_deref().unwrap_or_default()).into_owned();
    let money = |value: i128| short_money(value, tiles.decimals);
    let (now, before) = (tiles.now(), tiles.before());
    let values = |value: &dyn Fn(&TileSums) -> i128| {
        let series = tiles.series.iter();
        series.map(|sums| sums.as_ref().map(value)).collect()
    };
    let tile = |name, value: &dyn Fn(&TileSums) -> i128, show: &dyn Fn(i128) -> String| {
        let difference = before.map(|before| value(&now) - value(&before));
        let beside = difference.filter(|difference| *difference != 0);
        Tile {
            name,
            unit: String::new(),
            value: show(value(&now)),
            change: before.map_or((Ordering::Equal, String::new()), |before| {
                change(value(&now), value(&before))
            }),
            beside: beside.map_or_else(String::new, |difference| {
                let sign = if difference > 0 { "+" } else { "" };
                format!("{sign}{}", show(difference))
            }),
            values: values(value),
        }
    };
    let count_tile =
        |name, value: &dyn Fn(&TileSums) -> i128| tile(name, value, &|count| grouped(count));
    let average = |sums: &TileSums| sums.average_order().unwrap_or_default();
    let mut sales = tile("Sales", &|sums| sums.sales, &money);
    if !priced {
        "unpriced".clone_into(&mut sales.value);
    }
    let mut average_order = tile("Average order", &average, &money);
    if now.average_order().is_none() {
        average_order.value.clear();
    }
    [
        Tile {
            unit: unit.clone(),
            ..sales
        },
        count_tile("Units", &|sums| sums.units.into()),
        count_tile("Orders", &|sums| sums.orders.into()),
        Tile {
            unit,
            ..average_order
        },
        part(tiles, "Cancelled", |sums| {
            Some((sums.cancelled_orders()?, sums.orders_placed?))
        }),
        part(tiles, "Merchant share", |sums| {
            Some((sums.merchant_orders, sums.orders))
        }),
    ]
}

/// A tile of a part of a whole.
fn part(
    tiles: &CurrencyTiles,
    name: &'static str,
    of: fn(&TileSums) -> Option<(i64, i64)>,
) -> Tile {
    let in_tenths =
        |sums: &TileSums| of(sums).and_then(|(part, whole)| tenths(part.into(), whole.into()));
    let own = of(&tiles.now());
    let difference = tiles
        .before()
        .as_ref()
        .and_then(in_tenths)
        .zip(in_tenths(&tiles.now()));
    let points = difference.map_or_else(String::new, |(before, now)| {
        let difference = now - before;
        let sign = match difference.cmp(&0) {
            Ordering::Less => "-",
            Ordering::Equal => "",
            Ordering::Greater => "+",
        };
        let size = difference.abs();
        format!("{sign}{}.{} points", size / 10, size % 10)
    });
    Tile {
        name,
        unit: String::new(),
        value: own.map_or_else(String::new, |(part, whole)| share(part, whole)),
        change: (Ordering::Equal, points),
        beside: own.map_or_else(String::new, |(part, _)| count(part, "order")),
        values: tiles
            .series
            .iter()
            .map(|sums| {
                sums.as_ref()
                    .map(|sums| in_tenths(sums).unwrap_or_default())
            })
            .collect(),
    }
}
