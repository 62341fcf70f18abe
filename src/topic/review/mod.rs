//! Review: periods and files compared with each other, and days that deviate from their history.

pub(crate) mod anomalies;
pub(crate) mod changes;
pub(crate) mod comparison;
pub(crate) mod comparison_side;
pub(crate) mod complete_periods;
