//! Anomalies, in a few words each.

use chrono::NaiveDate;

use crate::table::{Document, Table};

use super::super::number::{count, grouped, share};
use super::super::screen::{Piece, YELLOW};
use super::head::year;
use super::span::{days, weekday};
use crate::write::sanitize::{cut, safe};
use crate::write::wrap::Flow;

/// So many are named; the rest is in the table.
const NAMED: usize = 5;
/// So much of a name is shown.
const WIDTH: usize = 24;

/// Whether anything is.
pub(super) fn any(document: &Document) -> bool {
    let anomalies = document.table("anomalies");
    anomalies.is_some_and(|table| table.height() > 0)
}

/// The farthest from what was expected first; `None` if nothing is unusual.
pub(super) fn unusual(document: &Document) -> Option<Flow> {
    let table = document.table("anomalies").filter(|_| any(document))?;
    let mut flow = Flow::default();
    for row in 0..table.height().min(NAMED) {
        let separator = if row == 0 { "" } else { " \u{b7} " };
        let text = words(table, row, year(document)).unwrap_or_else(|| table.text(row, "kind"));
        flow.add(separator, Piece::new(YELLOW, &text));
    }
    let more = table.height().saturating_sub(NAMED);
    if more > 0 {
        flow.dot(Piece::plain(&format!("and {} more", grouped(more))));
    }
    flow.maybe(" \u{b7} ", Piece::dim("--table anomalies"));
    Some(flow)
}

fn words(table: &Table, row: usize, year: Option<i32>) -> Option<String> {
    let of = |column: &str| table.text(row, column);
    let number = |column: &str| of(column).parse::<i64>().ok();
    let (measured, expected) = (number("measured")?, number("expected")?);
    let name = of("name");
    let name = cut(&safe(&name), WIDTH).into_owned();
    let period = of("period");
    // A week is named with its year where that is not the report's.
    let own = year.is_none_or(|year| period.starts_with(&format!("{year}-")));
    let week = match period.rsplit('-').next() {
        Some(week) if own => week,
        _ => &period,
    };
    // One week alone is said to last only where nothing is left of it.
    let since = of("ongoing") == "true" && (measured == 0 || of("weeks") != "1");
    let when = format!("{} {week}", if since { "since" } else { "in" });
    let orders = match measured {
        0 => "no orders".to_owned(),
        _ => count(measured, "order"),
    };
    Some(match of("kind").as_str() {
        "day" => {
            let day = |column: &str| of(column).parse::<NaiveDate>().ok();
            let (first, last) = (day("first_day")?, day("last_day")?);
            let day = if first == last {
                weekday(first, year)
            } else {
                days(first, last, year)
            };
            let (low, high) = (grouped(number("low")?), grouped(number("high")?));
            format!("{day}: {orders} (expected {low} to {high})")
        }
        "promotions" => {
            let all = number("reference")?;
            let (now, usual) = (share(measured, all), share(expected, all));
            format!("{now} of lines discounted {when} (usually {usual})")
        }
        "channel" if (expected * 18..expected * 22).contains(&(measured * 10)) => {
            let (measured, expected) = (grouped(measured), grouped(expected));
            format!("{name}: orders doubled {when} ({measured}, usually {expected})")
        }
        kind => {
            let sku = if kind == "sku" { "SKU " } else { "" };
            let a_week = if since { " a week" } else { "" };
            format!(
                "{sku}{name}: {orders} {when} (usually {}{a_week})",
                grouped(expected)
            )
        }
    })
}
