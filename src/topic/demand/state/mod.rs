//! State of demand: sales by day and channel, hours, unit prices, and what Business Reports count otherwise.

pub mod hours;
pub mod reconciliation;
pub mod sales;
pub mod unit_price;
