//! One side of a comparison: sums of all, by fulfillment, by channel and by SKU.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use hashbrown::HashMap;

use crate::field::zone::is_multi_channel;
use crate::field::{Currency, Day, StatusGroup, label};
use crate::topic::data_quality::state::widest;
use crate::topic::products::state::sku::SkuMeasures;

use crate::topic::context::ReportContext;

/// What one side of a comparison sold.
#[derive(Debug, Clone, Default)]
pub struct Side {
    pub(crate) sums: BTreeMap<ComparisonKey, ComparisonSums>,
    /// What SKUs are called.
    pub(crate) names: BTreeMap<String, String>,
    /// First and last local purchase day of the files, those not asked for included; `None` without an all-orders report.
    pub covered: Option<(Day, Day)>,
    /// The days between them that lack: in no file, or without an order though many are usual.
    pub gap_days: Vec<Day>,
}

/// What the rows of a comparison are about, in the order of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    All,
    /// All, currencies together in the one of `--fx`.
    Converted,
    Fulfillment,
    Channel,
    Sku,
}

impl Level {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Converted => "converted",
            Self::Fulfillment => "fulfillment",
            Self::Channel => "channel",
            Self::Sku => "sku",
        }
    }
}

/// A row: what does not belong to its level is empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ComparisonKey {
    pub(crate) level: Level,
    pub(crate) channel: String,
    pub(crate) fulfillment: &'static str,
    pub(crate) currency: Option<Currency>,
    pub(crate) sku: String,
}

/// Sales.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct ComparisonSums {
    pub(crate) orders_placed: i64,
    pub(crate) orders: i64,
    pub(crate) priced_orders: i64,
    pub(crate) units: i64,
    pub(crate) unpriced_units: i64,
    pub(crate) sales: i128,
    /// Days that have no rate, so that the sales are unknown: only where they are converted.
    pub(crate) unconverted: i64,
}

impl AddAssign for ComparisonSums {
    fn add_assign(&mut self, other: Self) {
        self.orders_placed += other.orders_placed;
        self.orders += other.orders;
        self.priced_orders += other.priced_orders;
        self.units += other.units;
        self.unpriced_units += other.unpriced_units;
        self.sales += other.sales;
        self.unconverted += other.unconverted;
    }
}

impl Side {
    /// What a run sold.
    pub fn of(context: &ReportContext<'_>) -> Self {
        let state = context.state;
        let covered = widest(context.coverage, state.data_quality.outside_days);
        let mut side = Self {
            covered,
            gap_days: covered.map_or_else(Vec::new, |days| context.days().lacking_of(days)),
            ..Self::default()
        };
        let cancelled: Vec<bool> = state
            .labels
            .statuses
            .ids()
            .map(|id| StatusGroup::read(state.labels.statuses.get(id)) == StatusGroup::Cancelled)
            .collect();
        let mut daily_sales: HashMap<_, i128> = HashMap::new();
        for (key, cell) in state.demand.sales.iter() {
            let placed = whole(cell.orders_placed);
            let sums = ComparisonSums {
                orders_placed: placed,
                orders: if cancelled[key.status.0 as usize] {
                    0
                } else {
                    placed
                },
                priced_orders: whole(cell.priced_orders),
                units: whole(cell.units),
                unpriced_units: whole(cell.unpriced_units),
                sales: cell.sales.0,
                unconverted: 0,
            };
            let channel = state.labels.channels.get(key.channel);
            let own = ComparisonKey {
                level: Level::Channel,
                channel: label::shown(channel),
                fulfillment: key.fulfillment.name(),
                currency: key.currency,
                sku: String::new(),
            };
            if !is_multi_channel(channel) {
                let ships = ComparisonKey {
                    level: Level::Fulfillment,
                    channel: String::new(),
                    ..own.clone()
                };
                let all = ComparisonKey {
                    level: Level::All,
                    fulfillment: "",
                    ..ships.clone()
                };
                if let Some(rates) = context.rates {
                    let converted = ComparisonKey {
                        level: Level::Converted,
                        currency: Some(rates.target),
                        ..all.clone()
                    };
                    // Their sales are those of whole days, which may be of several cells.
                    side.add(converted, ComparisonSums { sales: 0, ..sums });
                    let daily = (key.day, key.channel, key.fulfillment, key.currency);
                    *daily_sales.entry(daily).or_insert(0) += cell.sales.0;
                }
                side.add(ships, sums);
                side.add(all, sums);
            }
            side.add(own, sums);
        }
        if let Some(rates) = context.rates {
            for ((day, .., currency), sales) in daily_sales {
                let Some(currency) = currency else { continue };
                let sales = rates.convert(sales, currency, day);
                let sums = ComparisonSums {
                    sales: sales.unwrap_or(0),
                    unconverted: i64::from(sales.is_none()),
                    ..ComparisonSums::default()
                };
                let converted = ComparisonKey {
                    level: Level::Converted,
                    channel: String::new(),
                    fulfillment: "",
                    currency: Some(rates.target),
                    sku: String::new(),
                };
                side.add(converted, sums);
            }
        }
        for (key, cell) in state.products.sales.iter() {
            let sku = label::shown(state.labels.skus.get(key.sku));
            let names = &state.products.names[key.sku.0 as usize];
            if let Some(name) = names.product_name.text() {
                side.names.insert(sku.clone(), label::shown(name));
            }
            let key = ComparisonKey {
                level: Level::Sku,
                channel: String::new(),
                fulfillment: "",
                currency: key.currency,
                sku,
            };
            side.add(key, of_sku(cell));
        }
        side
    }

    fn add(&mut self, key: ComparisonKey, sums: ComparisonSums) {
        *self.sums.entry(key).or_default() += sums;
    }
}

/// A SKU has no orders that were placed in any status, and no order value.
fn of_sku(cell: &SkuMeasures) -> ComparisonSums {
    ComparisonSums {
        orders: whole(cell.orders),
        units: whole(cell.units),
        unpriced_units: whole(cell.unpriced_units),
        sales: cell.sales.0,
        ..ComparisonSums::default()
    }
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
