//! State of data quality: what each file held, rejected lines, and oddities.

pub mod quality;
pub mod rejects;
pub mod source;
