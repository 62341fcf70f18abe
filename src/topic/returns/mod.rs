//! Returns and cancellations.

pub(crate) mod cancellations_and_returns;
pub(crate) mod return_requests;
pub(crate) mod returned_units;
pub mod state;
pub(crate) mod units_returned;
