//! State of products: sales by SKU, names, and promotions.

pub mod promotion;
pub(crate) mod promotion_cache;
pub mod sku;
