//! Order profiles: place, service level and kind of customer.

use std::hash::{Hash, Hasher};

use crate::field::{Currency, Fulfillment, LabelId, Money, label};
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

/// Country and state in one text.
pub fn place_text(country: &[u8], state: &[u8]) -> Vec<u8> {
    [country, b"\t", state].concat()
}

/// Service level and the kind of customer in one text.
pub fn terms_text(service: &[u8], is_business: Option<bool>) -> Vec<u8> {
    let buyer: &[u8] = match is_business {
        Some(true) => b"business",
        Some(false) => b"consumer",
        None => b"unknown",
    };
    [service, b"\t", buyer].concat()
}

/// Country and state of such a text.
pub fn shown_place(text: &[u8]) -> (String, String) {
    let (country, state) = parted(text, |text| memchr::memchr(b'\t', text));
    (label::shown(country), label::shown(state))
}

/// Service level and the kind of customer of such a text.
pub fn shown_terms(text: &[u8]) -> (String, String) {
    let (service, buyer) = parted(text, |text| memchr::memrchr(b'\t', text));
    (label::shown(service), label::shown(buyer))
}

fn parted(text: &[u8], tab: impl Fn(&[u8]) -> Option<usize>) -> (&[u8], &[u8]) {
    match tab(text) {
        Some(tab) => (&text[..tab], &text[tab + 1..]),
        None => (text, &[]),
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
