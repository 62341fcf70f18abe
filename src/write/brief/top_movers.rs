//! The top movers of the week, in the currency of most orders.

use crate::overview::{Overview, Period};

use crate::write::number::money;
use crate::write::sanitize::{cut, safe};
use crate::write::screen::Piece;
use crate::write::wrap::Flow;

/// So much of a SKU is shown.
const WIDTH: usize = 24;

/// The greatest mover up and the greatest down; `None` if no two weeks can be compared. The week is named where the screen is
/// about another period.
pub(super) fn moved(overview: &Overview) -> Option<Flow> {
    let movers = overview.demand.movers.as_ref()?;
    let busiest = movers.currencies.first()?;
    let shown = overview
        .demand
        .sales
        .as_ref()
        .map(|sales| &sales.span.label);
    let same = overview.by == Period::Week && shown == Some(&movers.week);
    let mut flow = Flow::default();
    for mover in [busiest.up.first(), busiest.down.first()]
        .into_iter()
        .flatten()
    {
        let mark = match &*mover.mark {
            "" => String::new(),
            mark => format!(" ({mark})"),
        };
        let sku = cut(&mover.sku, WIDTH);
        let sign = if mover.difference > 0 { "+" } else { "" };
        let amount = format!("{sign}{}", money(mover.difference, busiest.decimals));
        let (separator, week) = match flow.is_empty() {
            false => (" \u{b7} ", String::new()),
            true if same => ("", String::new()),
            true => ("", format!("week {}: ", safe(&movers.week))),
        };
        let currency = &busiest.currency;
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
