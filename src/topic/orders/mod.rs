//! Orders as wholes: size, value, place, service level, and SKUs bought together.

pub(crate) mod baskets;
pub(crate) mod bought_together;
pub(crate) mod customers;
pub(crate) mod order_values;
pub(crate) mod places;
pub mod state;
