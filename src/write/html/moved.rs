//! What moved: the SKUs that made the difference to the week before, as bars left and right of zero.

use maud::{Markup, html};

use crate::table::{Cell, Document, Table};
use crate::write::number::short_money;
use crate::write::sanitize::{cut, safe};

use super::inline::table_link;

/// Bars for each currency, up and down each.
const BARS: usize = 4;
/// Currencies that are drawn; the table has all.
const CURRENCIES: usize = 3;
/// So much of a name is shown.
const NAME: usize = 60;

/// A SKU, or the rest, and the difference it made.
struct Bar {
    sku: String,
    name: String,
    difference: i128,
    mark: String,
}

/// The week that is told of, and its bars; `None` if no two weeks can be compared.
pub(super) fn moved(document: &Document) -> Option<Markup> {
    let (movers, changes) = (document.table("movers")?, document.table("changes")?);
    let mut totals: Vec<(i64, String, i128, usize)> = (0..changes.height())
        .filter(|row| {
            let of = |name| changes.text(*row, name);
            of("compares") == "week" && of("fulfillment").is_empty() && !of("currency").is_empty()
        })
        .filter_map(|row| {
            let orders = changes.text(row, "orders").parse().unwrap_or(0);
            let (difference, decimals) = money(changes, row, "sales_difference")?;
            Some((orders, changes.text(row, "currency"), difference, decimals))
        })
        .collect();
    totals.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let period = (movers.height() > 0).then(|| movers.text(0, "period"))?;
    let more = totals.len().saturating_sub(CURRENCIES);
    Some(html! {
        p.note { "Sales of week " (safe(&period)) " against the week before, by SKU." }
        @for (place, (_, currency, total, decimals)) in totals.iter().take(CURRENCIES).enumerate() {
            @let bars = currency_bars(movers, currency, *total, *decimals);
            @let heading = format!("{} {} in all", safe(currency), signed(*total, *decimals));
            @if place == 0 { p.bold { (heading) } (bars) } @else { details { summary { (heading) } (bars) } }
        }
        p.note {
            @if more > 0 { "More currencies: " }
            (table_link(document, "movers", "all movers"))
        }
    })
}

fn currency_bars(movers: &Table, currency: &str, total: i128, decimals: usize) -> Markup {
    let of = |direction: &str| -> Vec<Bar> {
        let rows = (0..movers.height()).filter(|row| {
            movers.text(*row, "currency") == currency && movers.text(*row, "direction") == direction
        });
        rows.take(BARS)
            .filter_map(|row| {
                Some(Bar {
                    sku: movers.text(row, "sku"),
                    name: movers.text(row, "product_name"),
                    difference: money(movers, row, "sales_difference")?.0,
                    mark: movers.text(row, "mark"),
                })
            })
            .collect()
    };
    let mut bars = of("up");
    let mut down = of("down");
    down.reverse();
    bars.append(&mut down);
    let told: i128 = bars.iter().map(|bar| bar.difference).sum();
    bars.push(Bar {
        sku: "All other SKUs".to_owned(),
        name: String::new(),
        difference: total - told,
        mark: String::new(),
    });
    let widest = bars
        .iter()
        .map(|bar| bar.difference.abs())
        .max()
        .unwrap_or(0)
        .max(1);
    html! {
        table.moved {
            caption.unseen { "SKUs that moved sales in " (safe(currency)) }
            thead.unseen { tr { th scope="col" { "SKU" } td {} th scope="col" { "Difference" } } }
            tbody { @for bar in &bars {
                @let width = bar.difference.abs().saturating_mul(480) / widest;
                @let x = if bar.difference < 0 { 500 - width } else { 500 };
                tr {
                    th scope="row" title=[(!bar.name.is_empty()).then(|| safe(&bar.name).into_owned())] {
                        bdi { (cut(&safe(&bar.sku), NAME)) } @if !bar.mark.is_empty() { span.dim { " " (safe(&bar.mark)) } }
                        @if !bar.name.is_empty() { bdi.dim.name { (cut(&safe(&bar.name), NAME)) } }
                    }
                    td { svg.diverging viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" {
                        rect .(if bar.difference < 0 { "down" } else { "up" }) x=(x) width=(width) height="10" {}
                        rect.zero x="499" width="2" height="10" {}
                    } }
                    td.n .up[bar.difference > 0] .down[bar.difference < 0] { (signed(bar.difference, decimals)) }
                }
            } }
        }
    }
}

fn signed(value: i128, decimals: usize) -> String {
    let sign = if value > 0 { "+" } else { "" };
    format!("{sign}{}", short_money(value, decimals))
}

fn money(table: &Table, row: usize, column: &str) -> Option<(i128, usize)> {
    match table.cell(row, table.index(column)?) {
        Cell::Money(value, decimals) => Some((value, decimals)),
        _ => None,
    }
}
