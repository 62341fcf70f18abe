//! Demand: sales, units and orders by channel, fulfillment, status and time.

pub(crate) mod bridge;
pub(crate) mod channels;
pub(crate) mod converted;
pub(crate) mod fulfillment;
pub(crate) mod hours;
pub(crate) mod median_price;
pub(crate) mod pending_estimate;
pub(crate) mod periods;
pub mod state;
pub(crate) mod status;
