//! Open lines: the lines of the current unshipped files that are still to ship.

use crate::field::{Moment, OrderId};
use crate::line::{Address, Place, UnshippedLine};

use crate::merge::Merge;

/// An open line, kept whole: a backlog is what a person can ship, so it is small beside a year of orders.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OpenLine {
    /// Where it stands.
    pub place: Place,
    /// `order-id`.
    pub order_id: OrderId,
    /// `order-item-id`.
    pub order_item_id: Box<[u8]>,
    /// `sku`.
    pub sku: Box<[u8]>,
    /// `product-name`.
    pub product_name: Box<[u8]>,
    /// In units; above zero.
    pub quantity_to_ship: u32,
    /// `ship-service-level`.
    pub ship_service_level: Box<[u8]>,
    /// `sales-channel`; empty in most files.
    pub sales_channel: Box<[u8]>,
    /// `ship-city`.
    pub ship_city: Box<[u8]>,
    /// `ship-state`.
    pub ship_state: Box<[u8]>,
    /// `ship-country`.
    pub ship_country: Box<[u8]>,
    /// The moment by which to ship; `None` where the report promises none.
    pub promise_date: Option<Moment>,
    /// Amazon's count of days; `None` where it says nothing readable.
    pub days_past_promise: Option<i32>,
    /// `None` where the report does not say.
    pub is_prime: Option<bool>,
    /// `None` where the report does not say.
    pub is_business: Option<bool>,
    /// The buyer asked to cancel.
    pub buyer_requested_cancellation: bool,
    /// Amazon says that it is about to cancel; `None` where the report does not say.
    pub verge_of_cancellation: Option<bool>,
    /// Whom and where it goes to; `None` unless that was asked for.
    pub address: Option<Box<Address<Box<[u8]>>>>,
}

impl OpenLine {
    fn texts(&self) -> [&[u8]; 8] {
        [
            &self.order_item_id,
            &self.sku,
            &self.product_name,
            &self.ship_service_level,
            &self.sales_channel,
            &self.ship_country,
            &self.ship_state,
            &self.ship_city,
        ]
    }

    /// What the line says, wherever it stands: lines are listed by it, so that their order in a file changes nothing.
    pub fn content(&self) -> impl Ord + '_ {
        let texts = self.texts();
        let rest = (
            self.promise_date,
            self.quantity_to_ship,
            self.buyer_requested_cancellation,
            self.verge_of_cancellation,
        );
        (
            texts,
            rest,
            self.is_prime,
            self.is_business,
            self.days_past_promise,
        )
    }
}

/// The open lines of a run.
#[derive(Debug, Clone, Default)]
pub struct Backlog {
    lines: Vec<OpenLine>,
}

impl Backlog {
    /// Adds a line that has something to ship.
    pub fn add(&mut self, place: Place, line: &UnshippedLine<'_>) {
        self.lines.push(OpenLine {
            place,
            order_id: line.order_id,
            order_item_id: line.whole_item_id().into(),
            sku: line.sku.into(),
            product_name: line.product_name.into(),
            quantity_to_ship: line.quantity_to_ship,
            ship_service_level: line.ship_service_level.into(),
            sales_channel: line.sales_channel.into(),
            ship_city: line.ship_city.into(),
            ship_state: line.ship_state.into(),
            ship_country: line.ship_country.into(),
            promise_date: line.promise_date,
            days_past_promise: line.days_past_promise,
            is_prime: line.is_prime,
            is_business: line.is_business,
            buyer_requested_cancellation: line.buyer_requested_cancellation,
            verge_of_cancellation: line.verge_of_cancellation,
            address: line
                .address
                .parts()
                .iter()
                .any(|part| !part.is_empty())
                .then(|| Box::new(Address::of(line.address.parts().map(Into::into)))),
        });
    }

    /// The lines, by place.
    pub fn sorted(mut self) -> Vec<OpenLine> {
        self.lines.sort_unstable_by_key(|line| line.place);
        self.lines
    }
}

impl Merge for Backlog {
    fn merge(&mut self, other: Self) {
        self.lines.extend(other.lines);
    }
}
