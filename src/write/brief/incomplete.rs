//! Sales per day of periods that lack days.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::overview::Overview;

use super::super::number::{count, money};
use super::super::screen::Piece;
use super::compared::a_day;
use crate::write::wrap::Flow;

/// So many currencies are told.
const CURRENCIES: usize = 2;

/// Sales per day in the newest period and the one before the shown one, if they lack days, beside the shown one.
pub(super) fn per_day(overview: &Overview) -> Option<Flow> {
    let sold = &overview.demand.incomplete.as_ref()?.sold;
    let mut flow = Flow::default();
    let mut orders: BTreeMap<&str, i64> = BTreeMap::new();
    for (currency, sold) in sold.iter().flat_map(|(_, sold)| sold) {
        *orders.entry(currency).or_default() += sold.orders;
    }
    let mut currencies: Vec<(&str, i64)> = orders.into_iter().collect();
    currencies.sort_by_key(|(_, orders)| Reverse(*orders));
    for (currency, _) in currencies.into_iter().take(CURRENCIES) {
        let told = sold.iter().map(|(period, sold)| {
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
        flow.item(Piece::plain(&text));
    }
    (!flow.is_empty()).then_some(flow)
}
