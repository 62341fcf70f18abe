//! Anomalies, in a few words each.

use chrono::Datelike;

use crate::overview::{Anomaly, AnomalyKind, Overview};

use super::super::number::{count, grouped, share};
use super::super::screen::{Piece, YELLOW};
use super::span::{days, weekday};
use crate::write::sanitize::{cut, safe};
use crate::write::wrap::Flow;

/// So many are named; the rest is in the table.
const NAMED: usize = 5;
/// So much of a name is shown.
const WIDTH: usize = 24;

/// The farthest from what was expected first; `None` if nothing is unusual.
pub(super) fn unusual(overview: &Overview) -> Option<Flow> {
    let anomalies = &overview.review.anomalies;
    let year = overview.today.map(|today| today.year());
    let mut flow = Flow::default();
    for anomaly in anomalies.iter().take(NAMED) {
        flow.item(Piece::new(YELLOW, &words(anomaly, year)));
    }
    let more = anomalies.len().saturating_sub(NAMED);
    if more > 0 {
        flow.dot(Piece::plain(&format!("and {} more", grouped(more))));
    }
    flow.with_table("anomalies")
}

fn words(anomaly: &Anomaly, year: Option<i32>) -> String {
    let Anomaly {
        measured, expected, ..
    } = *anomaly;
    let period = &anomaly.period;
    // A week is named with its year where that is not the report's.
    let own = year.is_none_or(|year| period.starts_with(&format!("{year}-")));
    let week = match period.rsplit('-').next() {
        Some(week) if own => week,
        _ => period,
    };
    // One week alone is said to last only where nothing is left of it.
    let since = anomaly.ongoing && (measured == 0 || anomaly.weeks != Some(1));
    let when = format!("{} {week}", if since { "since" } else { "in" });
    let orders = match measured {
        0 => "no orders".to_owned(),
        _ => count(measured, "order"),
    };
    let of_name = |name: &str| {
        let a_week = if since { " a week" } else { "" };
        let usually = grouped(expected);
        format!("{name}: {orders} {when} (usually {usually}{a_week})")
    };
    match &anomaly.kind {
        AnomalyKind::Day {
            first,
            last,
            low,
            high,
        } => {
            let day = if first == last {
                weekday(*first, year)
            } else {
                days(*first, *last, year)
            };
            let (low, high) = (grouped(*low), grouped(*high));
            format!("{day}: {orders} (expected {low} to {high})")
        }
        AnomalyKind::Promotions { lines } => {
            let (now, usual) = (share(measured, *lines), share(expected, *lines));
            format!("{now} of lines discounted {when} (usually {usual})")
        }
        AnomalyKind::Channel(name) => {
            let name = cut(&safe(name), WIDTH).into_owned();
            if (expected * 18..expected * 22).contains(&(measured * 10)) {
                let (measured, expected) = (grouped(measured), grouped(expected));
                format!("{name}: orders doubled {when} ({measured}, usually {expected})")
            } else {
                of_name(&name)
            }
        }
        AnomalyKind::Sku(name) => of_name(&format!("SKU {}", cut(&safe(name), WIDTH))),
    }
}
