//! Estimates of the sales of units without a price, at the median price of their SKU.

use std::collections::BTreeMap;

use crate::field::{Currency, Day, Fulfillment, LabelId};
use crate::state::finished::FinishedState;

/// Units of a SKU in a channel that have no price.
#[derive(Debug)]
pub(crate) struct Estimate {
    pub(crate) sku: LabelId,
    pub(crate) channel: LabelId,
    pub(crate) fulfillment: Fulfillment,
    /// The currency that their lines state.
    pub(crate) stated: Option<Currency>,
    /// The one that they are taken to be in.
    pub(crate) currency: Option<Currency>,
    /// Ten-thousandths; `None` if no unit of the SKU has a price in this channel and currency.
    pub(crate) median: Option<i64>,
    /// So many units have one.
    pub(crate) evidence: u64,
    /// By local day of purchase.
    pub(crate) days: BTreeMap<Day, u64>,
}

impl Estimate {
    pub(crate) fn units(&self) -> u64 {
        self.days.values().sum()
    }
}

/// Channel, SKU, fulfillment, the currency that lines state.
type Of = (LabelId, LabelId, Fulfillment, Option<Currency>);

/// Units by price.
type Histogram = BTreeMap<i64, u64>;

/// All of them, in no order that means anything. None, unless an estimate is asked for.
pub(crate) fn estimates(state: &FinishedState) -> Vec<Estimate> {
    let mut of_sku: BTreeMap<(LabelId, LabelId), BTreeMap<Currency, Histogram>> = BTreeMap::new();
    let mut of_channel: BTreeMap<LabelId, Vec<Currency>> = BTreeMap::new();
    for (key, units) in state.demand.prices.priced.iter() {
        let prices = of_sku.entry((key.channel, key.sku)).or_default();
        let histogram = prices.entry(key.currency).or_default();
        *histogram.entry(key.unit_price).or_default() += units.0;
        let currencies = of_channel.entry(key.channel).or_default();
        if !currencies.contains(&key.currency) {
            currencies.push(key.currency);
        }
    }
    let mut unpriced: BTreeMap<Of, BTreeMap<Day, u64>> = BTreeMap::new();
    for (key, units) in state.demand.prices.unpriced.iter() {
        let of = (key.channel, key.sku, key.fulfillment, key.currency);
        *unpriced.entry(of).or_default().entry(key.day).or_default() += units.0;
    }
    let estimate = |((channel, sku, fulfillment, stated), days): (Of, BTreeMap<Day, u64>)| {
        let prices = of_sku.get(&(channel, sku));
        let only = match of_channel.get(&channel).map(Vec::as_slice) {
            Some([only]) => Some(*only),
            _ => None,
        };
        let currency = stated.or(only).or_else(|| commonest(prices?));
        let histogram = currency.and_then(|currency| prices?.get(&currency));
        Estimate {
            sku,
            channel,
            fulfillment,
            stated,
            currency,
            median: histogram.and_then(median),
            evidence: histogram.map_or(0, |prices| prices.values().sum()),
            days,
        }
    };
    unpriced.into_iter().map(estimate).collect()
}

/// The currency of most priced units; of several, the first in the alphabet.
fn commonest(prices: &BTreeMap<Currency, Histogram>) -> Option<Currency> {
    let units = |histogram: &Histogram| histogram.values().sum::<u64>();
    let most = prices.values().map(units).max()?;
    let of_most = prices
        .iter()
        .filter(|(_, histogram)| units(histogram) == most);
    let names = of_most.map(|(currency, _)| *currency);
    names.min_by(|a, b| a.as_str().cmp(b.as_str()))
}

/// The median over units; of an even number, the lesser of the two in the middle.
fn median(prices: &Histogram) -> Option<i64> {
    let middle = prices.values().sum::<u64>().checked_sub(1)? / 2;
    let mut before = 0;
    let (price, _) = prices.iter().find(|(_, units)| {
        before += **units;
        before > middle
    })?;
    Some(*price)
}
