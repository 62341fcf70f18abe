//! State of orders: every order counted once, and statistics of whole orders.

pub mod order_log;
pub mod order_stats;
pub(crate) mod profile_cache;
