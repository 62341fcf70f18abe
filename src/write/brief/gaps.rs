//! Days that the files lack, and the periods that lack them.

use chrono::Datelike;

use crate::overview::{Gap, GapKind, Overview};

use super::super::number::{count, count_of, grouped};
use super::super::screen::{Piece, YELLOW};
use super::span::{days, weekday};
use crate::write::wrap::Flow;

/// Stretches that are named: the newest.
const NAMED: usize = 3;

/// The gaps, the newest first; `None` if all days are held.
pub(super) fn gaps(overview: &Overview) -> Option<Flow> {
    let (gaps, year) = (
        &overview.data.gaps,
        overview.today.map(|today| today.year()),
    );
    let mut flow = Flow::default();
    for gap in gaps.iter().take(NAMED) {
        flow.item(Piece::new(YELLOW, &words(gap, year)));
    }
    let more = gaps.len().saturating_sub(NAMED);
    if more > 0 {
        flow.dot(Piece::plain(&format!("and {} more", grouped(more))));
    }
    let incomplete = overview.demand.incomplete.as_ref();
    if let Some(periods) = incomplete.filter(|_| !flow.is_empty()) {
        let shown = &periods.shown.name;
        match &periods.newer[..] {
            [] => {}
            [only] => flow.dot(Piece::plain(&format!(
                "{} lacks {}: {shown} is the last complete {}",
                only.name,
                count(only.gap_days, "day"),
                overview.by.noun()
            ))),
            several => flow.dot(Piece::plain(&format!(
                "{} since {shown} lack days",
                count_of(several.len(), overview.by.noun())
            ))),
        }
        if let Some(before) = &periods.before {
            let gap_days = count(before.gap_days, "day");
            let text = format!("{} lacks {gap_days}: no fair comparison", before.name);
            flow.dot(Piece::plain(&text));
        }
    }
    flow.with_table("coverage")
}

/// A stretch as a reader says it.
fn words(gap: &Gap, year: Option<i32>) -> String {
    let when = if gap.first == gap.last {
        weekday(gap.first, year)
    } else {
        days(gap.first, gap.last, year)
    };
    let usually = gap
        .usual
        .map(|usual| format!("usually {}", count(usual, "order")));
    let long = (gap.days > 1 && gap.found == GapKind::Missing).then(|| count(gap.days, "day"));
    let more: Vec<String> = long.into_iter().chain(usually).collect();
    let more = if more.is_empty() {
        String::new()
    } else {
        format!(" ({})", more.join(", "))
    };
    match &gap.found {
        GapKind::Missing => format!("{when} in no file{more}"),
        GapKind::Quiet => format!("{when} without an order{more}"),
        GapKind::Few(orders) => format!("{when} with only {}{more}", count(*orders, "order")),
        GapKind::Part(until) => format!("{when} only {until}"),
    }
}
