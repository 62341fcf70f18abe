//! The movers: SKUs that made the difference to the week before, as bars left and right of zero.

use maud::{Markup, html};

use crate::overview::{CurrencyMovers, Mover, Overview};
use crate::table::Document;
use crate::write::number::money;
use crate::write::sanitize::{cut, safe};

use super::inline::table_link;

/// Bars for each currency, up and down each.
const BARS: usize = 4;
/// Currencies that are drawn; the table has all.
const CURRENCIES: usize = 3;
/// So much of a name is shown.
const NAME: usize = 60;

/// A SKU, or the rest, and the difference it made.
struct Bar<'m> {
    sku: &'m str,
    name: &'m str,
    difference: i128,
    mark: &'m str,
}

impl<'m> Bar<'m> {
    fn of(mover: &'m Mover) -> Self {
        Self {
            sku: &mover.sku,
            name: &mover.product_name,
            difference: mover.difference,
            mark: &mover.mark,
        }
    }
}

/// The bars of the last complete week; `None` if no two weeks can be compared.
pub(super) fn moved(document: &Document, overview: &Overview) -> Option<Markup> {
    let movers = overview.demand.movers.as_ref()?;
    let more = movers.currencies.len().saturating_sub(CURRENCIES);
    Some(html! {
        p.note { "Sales of week " (safe(&movers.week)) " against the week before, by SKU." }
        @for (place, currency) in movers.currencies.iter().take(CURRENCIES).enumerate() {
            @let bars = currency_bars(currency);
            @let heading = format!("{} {} in all", safe(&currency.currency), signed(currency.difference, currency.decimals));
            @if place == 0 { p.bold { (heading) } (bars) } @else { details { summary { (heading) } (bars) } }
        }
        p.note {
            @if more > 0 { "More currencies: " }
            (table_link(document, "movers", "all movers"))
        }
    })
}

fn currency_bars(movers: &CurrencyMovers) -> Markup {
    let down = movers.down.iter().take(BARS).rev();
    let mut bars: Vec<Bar<'_>> = movers
        .up
        .iter()
        .take(BARS)
        .chain(down)
        .map(Bar::of)
        .collect();
    let told: i128 = bars.iter().map(|bar| bar.difference).sum();
    bars.push(Bar {
        sku: "All other SKUs",
        name: "",
        difference: movers.difference - told,
        mark: "",
    });
    let widest = bars.iter().map(|bar| bar.difference.abs()).max();
    let widest = widest.unwrap_or(0).max(1);
    let decimals = movers.decimals;
    html! {
        table.moved {
            caption.unseen { "SKUs that moved sales in " (safe(&movers.currency)) }
            thead.unseen { tr { th scope="col" { "SKU" } td {} th scope="col" { "Difference" } } }
            tbody { @for bar in &bars {
                @let width = bar.difference.abs().saturating_mul(480) / widest;
                @let x = if bar.difference < 0 { 500 - width } else { 500 };
                tr {
                    th scope="row" title=[(!bar.name.is_empty()).then(|| safe(bar.name).into_owned())] {
                        bdi { (cut(&safe(bar.sku), NAME)) } @if !bar.mark.is_empty() { span.dim { " " (safe(bar.mark)) } }
                        @if !bar.name.is_empty() { bdi.dim.name { (cut(&safe(bar.name), NAME)) } }
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
    format!("{sign}{}", money(value, decimals))
}
