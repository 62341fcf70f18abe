//! Data quality: covered days, files, rejected lines, and oddities.

pub(crate) mod coverage;
pub(crate) mod day_coverage;
pub(crate) mod quality;
pub(crate) mod reach;
pub(crate) mod rejects;
pub(crate) mod sources;
pub mod state;
