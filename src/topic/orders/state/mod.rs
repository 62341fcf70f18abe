//! State of orders: every order counted once, and statistics of whole orders.

pub mod home;
pub mod order_log;
pub mod order_stats;
pub(crate) mod profile_cache;

use crate::field::LabelPairs;
use order_log::{CellMap, OrderLog};

/// The state of orders.
#[derive(Debug, Clone, Default)]
pub struct OrderState {
    /// The cell in which every order counts.
    pub log: OrderLog,
    /// The texts of order profiles.
    pub profiles: ProfileLabels,
}

/// The texts of order profiles: where orders go, how fast, and the kind of customer.
#[derive(Debug, Clone, Default)]
pub struct ProfileLabels {
    /// Country and state, normalized.
    pub places: LabelPairs,
    /// The service level as Amazon wrote it, and the kind of customer.
    pub terms: LabelPairs,
}

impl OrderState {
    /// Takes in the state of another thread, whose cells of sales and of SKUs are at these places here.
    pub fn merge_mapped(&mut self, other: Self, homes: Vec<u32>, skus: Vec<u32>) {
        let cells = CellMap {
            homes,
            skus,
            places: self.profiles.places.merge_texts(&other.profiles.places),
            terms: self.profiles.terms.merge_texts(&other.profiles.terms),
        };
        self.log.merge_mapped(other.log, cells);
    }
}
