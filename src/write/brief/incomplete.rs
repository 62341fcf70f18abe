//! Periods that lack days: they are compared with nothing, and what sold a day in them is said instead.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use crate::table::{Cell, Document, is_multi_channel};

use super::super::flow::Flow;
use super::super::number::{count, short_money};
use super::super::screen::{Period, Piece};
use super::compared::a_day;
use super::sales::{of_period, short, step_back};

/// So many currencies are told.
const CURRENCIES: usize = 2;

/// A period and how many of its days lack.
#[derive(Debug)]
pub(super) struct Lacking {
    pub(super) name: String,
    first: NaiveDate,
    last: NaiveDate,
    pub(super) gap_days: i64,
}

/// The period that is shown and what lacks beside it.
#[derive(Debug)]
pub(super) struct Incomplete {
    pub(super) shown: Lacking,
    /// Those after it that are over, in time order: all of them lack days, or they would be shown.
    pub(super) newer: Vec<Lacking>,
    /// The one before it, if it lacks days.
    pub(super) before: Option<Lacking>,
}

/// What lacks beside the last complete period; `None` if no period is complete.
pub(super) fn incomplete(document: &Document, by: Period) -> Option<Incomplete> {
    let (from, to) = document.days()?;
    let (span, _) = of_period(document, by)?;
    let period = |first: NaiveDate| {
        let last = last_day(first, by)?;
        Some(Lacking {
            name: name(first, by),
            first,
            last,
            gap_days: document.gap_days(first, last),
        })
    };
    let mut newer = Vec::new();
    let mut next = last_day(span.first, by)?.succ_opt();
    while let Some(found) = next.and_then(period).filter(|found| found.last <= to) {
        next = found.last.succ_opt();
        newer.push(found);
    }
    newer.retain(|period| period.gap_days > 0);
    let before = step_back(span.first, by).and_then(period);
    Some(Incomplete {
        shown: period(span.first)?,
        newer,
        before: before.filter(|before| before.gap_days > 0 && before.first >= from),
    })
}

/// What sold a day in the newest period and the one before the shown one, if they lack days, beside the shown one.
pub(super) fn per_day(document: &Document, by: Period) -> Option<Flow> {
    let Incomplete {
        shown,
        mut newer,
        before,
    } = incomplete(document, by)?;
    let gap_days = newer.pop().into_iter().chain(before);
    let mut periods: Vec<Lacking> = gap_days.filter(|period| period.held() > 0).collect();
    if periods.is_empty() {
        return None;
    }
    periods.push(shown);
    periods.sort_by_key(|period| Reverse(period.first));
    let mut flow = Flow::default();
    let sold = periods.iter().map(|period| sold(document, period));
    let sold: Vec<BTreeMap<String, Sold>> = sold.collect();
    let mut orders: BTreeMap<&str, i64> = BTreeMap::new();
    for (currency, sold) in sold.iter().flatten() {
        *orders.entry(currency).or_default() += sold.orders;
    }
    let mut currencies: Vec<(&str, i64)> = orders.into_iter().collect();
    currencies.sort_by_key(|(_, orders)| Reverse(*orders));
    for (currency, _) in currencies.into_iter().take(CURRENCIES) {
        let told = periods.iter().zip(&sold).map(|(period, sold)| {
            let sold = sold.get(currency).copied().unwrap_or_default();
            let amount = short_money(a_day(sold.sales, period.held()), sold.decimals);
            let (name, days) = (&period.name, period.days());
            match period.gap_days {
                0 => format!("{amount} in {name}"),
                _ => format!(
                    "{amount} in {name} ({} of {})",
                    period.held(),
                    count(days, "day")
                ),
            }
        });
        let told: Vec<String> = told.collect();
        let text = format!("{currency} {}", told.join(", "));
        let separator = if flow.is_empty() { "" } else { " \u{b7} " };
        flow.add(separator, Piece::plain(&text));
    }
    (!flow.is_empty()).then_some(flow)
}

impl Lacking {
    fn days(&self) -> i64 {
        (self.last - self.first).num_days() + 1
    }

    fn held(&self) -> i64 {
        self.days() - self.gap_days
    }
}

/// What sold in a currency.
#[derive(Debug, Clone, Copy, Default)]
struct Sold {
    orders: i64,
    sales: i128,
    decimals: usize,
}

/// What Amazon sold on the days of a period that the files hold, by currency.
fn sold(document: &Document, period: &Lacking) -> BTreeMap<String, Sold> {
    let mut sums: BTreeMap<String, Sold> = BTreeMap::new();
    let Some(table) = document.table("daily") else {
        return sums;
    };
    let columns = [
        "first_day",
        "partial",
        "sales_channel",
        "currency",
        "orders",
        "sales",
    ];
    let columns = columns.map(|name| table.index(name));
    let [
        Some(day),
        Some(partial),
        Some(channel),
        Some(currency),
        Some(orders),
        Some(sales),
    ] = columns
    else {
        return sums;
    };
    for row in 0..table.height() {
        let (Cell::Text(day), Cell::Flag(false)) = (table.cell(row, day), table.cell(row, partial))
        else {
            continue;
        };
        let within = |day: NaiveDate| period.first <= day && day <= period.last;
        let outside = match table.cell(row, channel) {
            Cell::Text(channel) => is_multi_channel(channel.as_bytes()),
            _ => false,
        };
        let (Cell::Text(currency), Cell::Money(sales, decimals)) =
            (table.cell(row, currency), table.cell(row, sales))
        else {
            continue;
        };
        if outside || !day.parse().is_ok_and(within) {
            continue;
        }
        let sum = sums.entry(currency.to_owned()).or_default();
        if let Cell::Count(orders) = table.cell(row, orders) {
            sum.orders += orders;
        }
        sum.sales += sales;
        sum.decimals = decimals;
    }
    sums
}

/// The last day of the period that begins on a day.
pub(super) fn last_day(first: NaiveDate, by: Period) -> Option<NaiveDate> {
    match by {
        Period::Day => Some(first),
        Period::Week => first.checked_add_days(Days::new(6)),
        Period::Month => first.checked_add_months(Months::new(1))?.pred_opt(),
    }
}

/// `W30`, `Jul`, `Jul 20`.
fn name(first: NaiveDate, by: Period) -> String {
    // A week from Sunday is named after the ISO week that its Monday is in.
    let monday = match first.weekday() {
        Weekday::Sun => first.succ_opt().unwrap_or(first),
        _ => first,
    };
    short(&monday.format("%G-W%V").to_string(), first, by)
}
