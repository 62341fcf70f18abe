//! State of demand: sales by day and channel, hours, unit prices, and what Business Reports count otherwise.

pub mod hours;
pub mod reconciliation;
pub mod sales;
pub mod unit_price;

use crate::cube::Cube;
use crate::line::{LabelMap, OrderLine};
use crate::merge::Merge;
use reconciliation::Adjustments;
use sales::{SalesKey, SalesMeasures};
use unit_price::Prices;

/// The state of demand.
#[derive(Debug, Clone, Default)]
pub struct DemandState {
    /// Sales by the place where an order counts, and by day.
    pub sales: Cube<SalesKey, SalesMeasures>,
    /// Lines that Business Reports count otherwise.
    pub adjustments: Adjustments,
    /// Unit prices. Empty unless an estimate is asked for.
    pub prices: Prices,
}

impl DemandState {
    /// Aggregates a line. `live` says that neither the order nor the item is cancelled. Returns the number of its cell.
    #[inline]
    pub fn aggregate(&mut self, line: &OrderLine<'_>, key: SalesKey, live: bool) -> u32 {
        let place = self.sales.place(key);
        self.sales.at_mut(place).add(line, live);
        place
    }

    /// Takes in the state of another thread. Returns where each of its sales cells is here.
    pub fn merge_mapped(&mut self, other: Self, labels: &LabelMap) -> Vec<u32> {
        self.adjustments.merge(other.adjustments);
        self.prices.merge_mapped(other.prices, labels);
        self.sales.merge_renamed(other.sales, |key| SalesKey {
            status: labels.status(key.status),
            channel: labels.channel(key.channel),
            ..key
        })
    }
}
