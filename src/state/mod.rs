//! The state of a run: what chunks of lines are aggregated into, and how such states are merged.
//!
//! Every state is a commutative monoid ([`Merge`]): chunks are read in any order, by any number of threads, and merged into the same
//! numbers. Each topic has its part, in its own folder.

pub mod aggregator;
pub mod finished;
pub mod superseded;
pub mod supplementary;

use crate::field::label::is_utf8;
use crate::line::LineLabels;
use crate::merge::Merge;
use crate::topic::data_quality::state::DataQualityState;
use crate::topic::data_quality::state::quality::Check;
use crate::topic::demand::state::DemandState;
use crate::topic::orders::state::OrderState;
use crate::topic::orders::state::order_stats::StateParts;
use crate::topic::products::state::ProductState;
use crate::topic::returns::state::ReturnState;
use crate::topic::shipping::state::ShippingState;
use supplementary::SupplementaryState;

/// The state of a run.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The texts of order lines.
    pub labels: LineLabels,
    /// Demand.
    pub demand: DemandState,
    /// Products.
    pub products: ProductState,
    /// Orders.
    pub orders: OrderState,
    /// Shipping.
    pub shipping: ShippingState,
    /// Returns.
    pub returns: ReturnState,
    /// The lines of other reports, which several topics read.
    pub supplementary: SupplementaryState,
    /// Data quality.
    pub data_quality: DataQualityState,
}

impl State {
    /// Whether a text of any kept line is not UTF-8: its file may be in another encoding than was thought.
    pub fn has_broken_text(&self) -> bool {
        let labels = [
            &self.labels.statuses,
            &self.labels.channels,
            &self.labels.skus,
        ];
        self.data_quality
            .quality
            .get(Check::TextNotInEncoding)
            .is_some()
            || labels
                .iter()
                .any(|labels| !labels.ids().all(|id| is_utf8(labels.get(id))))
    }

    /// The parts that order statistics are made of.
    pub fn parts(&self) -> StateParts<'_> {
        StateParts {
            labels: &self.labels,
            demand: &self.demand,
            products: &self.products,
            orders: &self.orders,
        }
    }
}

impl Merge for State {
    fn merge(&mut self, other: Self) {
        let labels = self.labels.intern_all(&other.labels);
        let homes = self.demand.merge_mapped(other.demand, &labels);
        let skus = self.products.merge_mapped(other.products, &labels);
        self.orders.merge_mapped(other.orders, homes, skus);
        let texts = self.supplementary.merge_mapped(other.supplementary);
        self.shipping.merge_mapped(other.shipping, &texts);
        self.returns.merge_mapped(other.returns, &labels);
        self.data_quality.merge(other.data_quality);
    }
}
