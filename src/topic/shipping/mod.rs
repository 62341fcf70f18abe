//! Shipping: the backlog of the seller, late shipments, confirmations, account health, and what Amazon ships.

pub(crate) mod confirmation_status;
pub(crate) mod confirmations;
pub(crate) mod fba_shipments;
pub(crate) mod health;
pub(crate) mod judged_order;
pub(crate) mod late;
pub(crate) mod late_orders;
pub(crate) mod late_rate;
pub(crate) mod late_rate_by;
pub(crate) mod lateness;
pub(crate) mod merchant_orders;
pub(crate) mod open_lines;
pub(crate) mod parcels;
pub(crate) mod pending;
pub(crate) mod pick_list;
pub(crate) mod promise;
pub(crate) mod recent_orders;
pub mod state;
pub(crate) mod worklist;
