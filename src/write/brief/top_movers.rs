//! The top movers of the week, in the currency of most orders.

use crate::overview::{Overview, Period};
use crate::table::{Cell, Document};

use crate::write::number::money;
use crate::write::sanitize::cut;
use crate::write::sanitize::safe;
use crate::write::screen::Piece;
use crate::write::wrap::Flow;

/// So much of a SKU is shown.
const WIDTH: usize = 24;

/// The greatest mover up and the greatest down; `None` if no two weeks can be compared. The week is named where the screen is
/// about another period.
pub(super) fn moved(document: &Document, overview: &Overview) -> Option<Flow> {
    let (changes, movers) = (document.table("changes")?, document.table("movers")?);
    let totals = (0..changes.height()).filter(|row| {
        let of = |name| changes.text(*row, name);
        of("compares") == "week" && of("fulfillment").is_empty() && !of("currency").is_empty()
    });
    let orders = |row: &usize| changes.text(*row, "orders").parse::<i64>().unwrap_or(0);
    // Of several with as many orders, the first one.
    let busiest = totals.rev().max_by_key(orders)?;
    let currency = changes.text(busiest, "currency");
    let shown = overview.sales.as_ref().map(|sales| &sales.span.label);
    let mut flow = Flow::default();
    for direction in ["up", "down"] {
        let first = (0..movers.height()).find(|row| {
            let of = |name| movers.text(*row, name);
            of("currency") == currency && of("direction") == direction
        });
        let Some(row) = first else { continue };
        let mark = match &*movers.text(row, "mark") {
            "" => String::new(),
            mark => format!(" ({mark})"),
        };
        let column = movers.index("sales_difference")?;
        let Cell::Money(difference, decimals) = movers.cell(row, column) else {
            continue;
        };
        let sku = movers.text(row, "sku");
        let sku = cut(&sku, WIDTH);
        let sign = if difference > 0 { "+" } else { "" };
        let amount = format!("{sign}{}", money(difference, decimals));
        let week = movers.text(row, "period");
        let (separator, week) = match flow.is_empty() {
            false => (" \u{b7} ", String::new()),
            true if overview.by == Period::Week && shown == Some(&week) => ("", String::new()),
            true => ("", format!("week {}: ", safe(&week))),
        };
        flow.add(
            separator,
            Piece::plain(&format!("{week}{sku} {currency} {amount}{mark}")),
        );
    }
    if flow.is_empty() {
        return None;
    }
    flow.maybe(" \u{b7} ", Piece::dim("--table movers"));
    Some(flow)
}
