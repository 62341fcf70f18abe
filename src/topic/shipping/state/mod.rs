//! State of shipping: open lines, and what files prove about the confirmation of orders.

pub mod backlog;
pub mod history;
