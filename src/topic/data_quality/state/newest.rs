//! The newest moments of the inputs, by column.

use crate::field::Moment;
use crate::merge::Merge;

/// The dates that prove how new the inputs are, by column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NewestMoments {
    /// `last-updated-date`.
    pub last_updated: Option<Moment>,
    /// `reporting-date`.
    pub reporting: Option<Moment>,
    /// `payments-date`.
    pub payments: Option<Moment>,
    /// `purchase-date`.
    pub purchase: Option<Moment>,
}

impl NewestMoments {
    /// The greatest of them and the column it is from.
    pub fn newest(&self) -> Option<(Moment, &'static str)> {
        let columns = [
            (self.last_updated, "last-updated-date"),
            (self.reporting, "reporting-date"),
            (self.payments, "payments-date"),
            (self.purchase, "purchase-date"),
        ];
        let known = columns
            .into_iter()
            .filter_map(|(moment, column)| moment.map(|moment| (moment, column)));
        known.rev().max_by_key(|(moment, _)| *moment)
    }
}

impl Merge for NewestMoments {
    fn merge(&mut self, other: Self) {
        self.last_updated = self.last_updated.max(other.last_updated);
        self.reporting = self.reporting.max(other.reporting);
        self.payments = self.payments.max(other.payments);
        self.purchase = self.purchase.max(other.purchase);
    }
}
