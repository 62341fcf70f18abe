//! State of shipping: open lines, and what files prove about the confirmation of orders.

pub mod backlog;
pub mod history;

use crate::field::LabelId;
use crate::merge::Merge;
use backlog::Backlog;
use history::History;

/// The state of shipping.
#[derive(Debug, Clone, Default)]
pub struct ShippingState {
    /// Lines that are still to ship.
    pub backlog: Backlog,
    /// What files show of the orders that unshipped files and orders reports list.
    pub history: History,
}

impl ShippingState {
    /// Takes in the state of another thread, whose texts have these ids here.
    pub fn merge_mapped(&mut self, other: Self, texts: &[LabelId]) {
        self.backlog.merge(other.backlog);
        self.history.merge_mapped(other.history, texts);
    }
}
