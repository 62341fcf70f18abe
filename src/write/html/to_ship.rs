//! The open orders by urgency as one strip, with the local deadline.

use maud::{Markup, html};

use crate::overview::Overview;
use crate::table::Document;
use crate::write::brief;
use crate::write::number::grouped;

use super::inline::{flow_line, table_link};

/// The strip with its counts, and the sentence of the first screen.
pub(super) fn to_ship(document: &Document, overview: &Overview) -> Markup {
    let sentence = brief::to_ship(document, overview);
    let Some(open) = overview
        .shipping
        .open_orders
        .as_ref()
        .filter(|open| open.all() > 0)
    else {
        return html! { p { (flow_line(&sentence)) } };
    };
    let clock = brief::clock(document, open);
    let parts = [
        (
            open.past_cancel_by,
            "o0",
            "past the day on which Amazon cancels".to_owned(),
        ),
        (open.overdue, "o1", "overdue".to_owned()),
        (open.due_today, "o2", format!("today by 23:59 {clock}")),
        (open.due_tomorrow, "o3", "tomorrow".to_owned()),
        (open.later, "o4", "later".to_owned()),
        (open.no_promise, "o5", "without a promise".to_owned()),
        (
            open.on_hold,
            "o6",
            "on hold: the buyer asked to cancel".to_owned(),
        ),
    ];
    let parts: Vec<_> = parts
        .into_iter()
        .filter(|(orders, ..)| *orders > 0)
        .collect();
    let all = i128::from(open.all()).max(1);
    let mut from = 0;
    let mut bars = Vec::new();
    for (orders, class, text) in &parts {
        let orders = i128::from(*orders);
        // A part that is something can be seen.
        let (x, width) = (from * 1_000 / all, (orders * 1_000 / all).max(6));
        from += orders;
        bars.push((class, x, width, text, orders));
    }
    html! {
        svg.strip viewBox="0 0 1000 28" preserveAspectRatio="none" role="img" aria-label="Open orders by urgency" {
            @for (class, x, width, text, orders) in bars {
                rect .(class) x=(x) width=(width) height="28" { title { (grouped(orders)) " " (text) } }
            }
        }
        ul.counts {
            @for (orders, class, text) in &parts {
                li { svg viewBox="0 0 10 10" aria-hidden="true" { rect .(class) width="10" height="10" rx="2" {} } strong { (grouped(orders)) } " " (text) }
            }
        }
        p.note {
            @if let Some(older) = brief::backlog_is_older(overview) { (brief::capital(&older)) ". " }
            (table_link(document, "worklist", "Worklist"))
        }
    }
}
