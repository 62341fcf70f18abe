//! The late shipment rate as a range: floor to ceiling on a scale with Amazon's target.

use maud::{Markup, html};

use crate::overview::{LATE_RATE_TARGET as TARGET, LateRateWindow, Overview, Severity};
use crate::table::Document;
use crate::write::brief;
use crate::write::number::{count, percent_of_millionths};

use super::inline::{flow_line, table_link};

/// The scale reaches at least so far, in millionths.
const LEAST: i128 = 100_000;
/// The width of the scale.
const WIDE: i128 = 500;
/// Labels nearer to each other than this lie on each other.
const NEAR: i128 = 40;

/// A scale for each window of which the rate is known; `None` if nothing is known and nothing is said.
pub(super) fn late_rate(document: &Document, overview: &Overview) -> Option<Markup> {
    let sentence = brief::late_rate(overview)?;
    let known = |window| Some((window, LateRateWindow::today(window)?));
    let windows = overview.shipping.late_rate.iter().filter_map(known);
    let windows: Vec<(&LateRateWindow, (i128, i128))> = windows.collect();
    if windows.is_empty() {
        return Some(html! { p { (flow_line(&sentence)) } });
    }
    let highest = windows
        .iter()
        .map(|(_, (_, high))| high.saturating_mul(12) / 10);
    let top = highest.max().unwrap_or(0).clamp(LEAST, 1_000_000);
    let at = |rate: i128| rate.min(top) * WIDE / top;
    Some(html! {
        @for (window, (low, high)) in &windows {
            @let days = window.days;
            @let (class, word) = match window.over_target() {
                Some(Severity::Bad) => ("o1", "over the target"),
                Some(Severity::Warning) => ("o2", "may be over the target"),
                None => ("good", "under the target"),
            };
            p.rate {
                strong { (brief::range(*low, *high)) }
                " in " (days) " days: " (word) (headroom(window))
                @if let Some(known) = brief::known_of(window) { span.warn { " (" (known) ")" } }
            }
            svg.scale viewBox=(format!("0 0 {WIDE} 44")) role="img" aria-label={ "Late shipment rate in " (days) " days" } {
                rect.track width=(WIDE) y="6" height="14" rx="4" {}
                rect .(class) x=(at(*low)) y="6" width=((at(*high) - at(*low)).max(6)) height="14" rx="3" {}
                line.target x1=(at(TARGET)) x2=(at(TARGET)) y1="0" y2="26" {}
                text.tick x=(at(TARGET)) y="40" { "4 %" }
                @if at(TARGET) > NEAR { text.first x="0" y="40" { "0 %" } }
                text.value x=(WIDE) y="40" { (percent_of_millionths(top)) }
            }
        }
        p.note { (brief::orders_are_older(overview).map_or_else(String::new, |older| format!("{}. ", brief::capital(&older)))) (narrowed(&overview.shipping.late_rate)) " " (table_link(document, "late_rate", "Late rate")) }
    })
}

/// How many more orders may be late; or how many, at most, are too many.
fn headroom(window: &LateRateWindow) -> String {
    match window.headroom {
        Some(orders @ 0..) => format!(", {} may be late", count(orders, "more order")),
        Some(orders) => format!(", up to {} too many", count(-orders, "late order")),
        None => String::new(),
    }
}

/// The file that would narrow the range.
fn narrowed(windows: &[LateRateWindow]) -> String {
    match windows.first() {
        Some(window) if !window.narrowed_by.is_empty() => {
            format!("To narrow it, add {}.", window.narrowed_by)
        }
        _ => String::new(),
    }
}
