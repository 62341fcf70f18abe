//! Order profiles: place, service level and kind of customer.

use std::hash::{Hash, Hasher};

use crate::field::{Currency, Fulfillment, LabelId, Money};
use crate::merge::Merge;
use crate::topic::demand::state::sales::currency_number;
use crate::topic::orders::state::order_log::RunSums;

/// A place, and the currency that is paid there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlaceKey {
    /// Country and state.
    pub place: LabelId,
    /// The currency of the orders; `None` of those without a price.
    pub currency: Option<Currency>,
}

impl Hash for PlaceKey {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(u64::from(self.place.0) << 32 | u64::from(currency_number(self.currency)));
    }
}

/// Terms that orders are sold on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermsKey {
    /// Service level and the kind of customer.
    pub terms: LabelId,
    /// Fulfillment.
    pub fulfillment: Fulfillment,
    /// The currency of the orders; `None` of those without a price.
    pub currency: Option<Currency>,
}

impl Hash for TermsKey {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        let rest = u64::from(currency_number(self.currency)) << 2 | self.fulfillment as u64;
        state.write_u64(u64::from(self.terms.0) << 32 | rest);
    }
}

/// The kind of customer, as the table names it.
pub fn customer(is_business: Option<bool>) -> &'static [u8] {
    match is_business {
        Some(true) => b"business",
        Some(false) => b"consumer",
        None => b"unknown",
    }
}

/// What is added up order by order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OrderMeasures {
    /// Orders, any status.
    pub orders_placed: u64,
    /// Those that are not cancelled.
    pub orders: u64,
    /// Units of live lines.
    pub units: u64,
    /// Units of live lines without a price.
    pub unpriced_units: u64,
    /// Line amounts of live lines.
    pub sales: Money,
}

impl OrderMeasures {
    /// Adds an order.
    #[inline]
    pub(crate) fn add(&mut self, sums: &RunSums, cancelled: bool) {
        self.orders_placed += 1;
        self.orders += u64::from(!cancelled);
        self.units += sums.units;
        self.unpriced_units += sums.unpriced_units;
        self.sales += sums.amount;
    }
}

impl Merge for OrderMeasures {
    fn merge(&mut self, other: Self) {
        self.orders_placed += other.orders_placed;
        self.orders += other.orders;
        self.units += other.units;
        self.unpriced_units += other.unpriced_units;
        self.sales += other.sales;
    }
}
