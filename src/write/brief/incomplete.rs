//! Sales per day of periods that lack days.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::overview::{IncompletePeriods, Overview, PeriodDays, PeriodSum};
use crate::table::Document;

use super::super::number::{count, money};
use super::super::screen::Piece;
use super::compared::a_day;
use crate::write::wrap::Flow;

/// So many currencies are told.
const CURRENCIES: usize = 2;

/// Sales per day in the newest period and the one before the shown one, if they lack days, beside the shown one.
pub(super) fn per_day(document: &Document, overview: &Overview) -> Option<Flow> {
    let IncompletePeriods {
        shown,
        mut newer,
        before,
    } = overview.incomplete.clone()?;
    let gap_days = newer.pop().into_iter().chain(before);
    let mut periods: Vec<PeriodDays> = gap_days.filter(|period| period.held() > 0).collect();
    if periods.is_empty() {
        return None;
    }
    periods.push(shown);
    periods.sort_by_key(|period| Reverse(period.first));
    let mut flow = Flow::default();
    let sold = periods.iter().map(|period| period.sales(document));
    let sold: Vec<BTreeMap<String, PeriodSum>> = sold.collect();
    let mut orders: BTreeMap<&str, i64> = BTreeMap::new();
    for (currency, sold) in sold.iter().flatten() {
        *orders.entry(currency).or_default() += sold.orders;
    }
    let mut currencies: Vec<(&str, i64)> = orders.into_iter().collect();
    currencies.sort_by_key(|(_, orders)| Reverse(*orders));
    for (currency, _) in currencies.into_iter().take(CURRENCIES) {
        let told = periods.iter().zip(&sold).map(|(period, sold)| {
            let sold = sold.get(currency).copied().unwrap_or_default();
            let amount = money(a_day(sold.sales, period.held()), sold.decimals);
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
