//! Products: SKUs, movers, concentration, and promotions.

pub(crate) mod concentration;
pub(crate) mod movers;
pub(crate) mod promotions;
pub(crate) mod skus;
pub mod state;
