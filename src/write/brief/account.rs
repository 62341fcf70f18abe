//! Account health as Amazon states it, pending orders, and returns.

use anstyle::Style;

use crate::overview::{AccountMetric, Overview, ReturnedUnits};
use crate::table::Subject;

use super::super::number::{count, grouped, percent_of_millionths};
use super::super::screen::{Piece, RED, YELLOW};
use super::head::older;
use crate::write::wrap::Flow;

/// Amazon's own verdict, from its account-health report; `None` without one.
pub(super) fn account(overview: &Overview) -> Option<Flow> {
    let account = &overview.shipping.account;
    let mut flow = Flow::default();
    let style = |bad: bool| if bad { RED } else { Style::new() };
    for status in &account.statuses {
        let text = format!("{} ({})", status.status, status.marketplace);
        flow.item(Piece::new(style(!status.is_normal()), &text));
    }
    for metric in &account.metrics {
        if metric.is_bad || metric.is_late_rate() {
            flow.item(Piece::new(style(metric.is_bad), &stated(metric)));
        }
    }
    flow.with_table("health")
}

/// `late shipment rate 4.2 % in 30 days, target under 4 %`.
fn stated(metric: &AccountMetric) -> String {
    let name = metric.metric.replace('_', " ");
    let rate = metric.rate.map(percent_of_millionths);
    let rate = rate.map_or_else(String::new, |rate| format!(" {rate}"));
    let days = metric
        .days
        .map_or_else(String::new, |days| days.to_string());
    format!("{name}{rate} in {days} days, target {}", metric.target)
}

/// Returns that wait for an answer, and claims, or else what came back; `None` if there is nothing.
pub(super) fn returns(overview: &Overview) -> Option<Flow> {
    let requests = overview.returns.requests;
    if requests.waiting + requests.claims == 0 {
        return came_back(overview.returns.units.as_ref()?);
    }
    let mut flow = Flow::default();
    let waiting = format!("{} to answer", grouped(requests.waiting));
    flow.add("", Piece::plain(&waiting));
    if requests.overdue > 0 {
        let overdue = format!("{} for more than a day", grouped(requests.overdue));
        flow.add(": ", Piece::new(RED, &overdue));
    }
    if requests.claims > 0 {
        let claims = i128::try_from(requests.claims).unwrap_or(i128::MAX);
        flow.dot(Piece::new(YELLOW, &count(claims, "A-to-z claim")));
    }
    if let Some(older) = older(overview, Subject::Returns) {
        flow.dot(Piece::plain(&older));
    }
    flow.with_table("returns")
}

/// What came back, and the commonest reason.
fn came_back(returned: &ReturnedUnits) -> Option<Flow> {
    let mut flow = Flow::default();
    flow.add("", Piece::plain(&count(returned.units, "unit")));
    if !returned.reason.is_empty() {
        let units = grouped(returned.units_of_reason);
        let most = format!("{units} of them {}", returned.reason);
        flow.add(", ", Piece::plain(&most));
    }
    flow.with_table("returned_units")
}

/// Merchant orders whose payment takes longer than it should; `None` if there are none.
pub(super) fn pending(overview: &Overview) -> Option<Flow> {
    let pending = overview.shipping.pending;
    let mut flow = Flow::default();
    for (orders, style, words) in [
        (pending.over_maximum, RED, "over 21 days, Amazon's maximum"),
        (pending.over_a_day, YELLOW, "over 24 hours"),
    ] {
        if orders > 0 {
            flow.item(Piece::new(style, &format!("{} {words}", grouped(orders))));
        }
    }
    if flow.is_empty() {
        return None;
    }
    flow.maybe(" \u{b7} ", Piece::dim("do not ship these"));
    if let Some(older) = older(overview, Subject::Orders) {
        flow.dot(Piece::plain(&older));
    }
    Some(flow)
}
