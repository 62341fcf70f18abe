//! Reasons why a converted file is not read.

use std::io;

/// Why a file is not read.
#[derive(Debug)]
pub enum Unfit {
    /// It is a Parquet file of something else, or of another version: what was found.
    Foreign(String),
    /// It is cut short or damaged: what does not fit.
    Damaged(String),
}

impl From<Unfit> for io::Error {
    fn from(unfit: Unfit) -> Self {
        let (Unfit::Foreign(what) | Unfit::Damaged(what)) = unfit;
        Self::new(io::ErrorKind::InvalidData, what)
    }
}

pub(super) fn wrong(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

pub(super) fn invalid(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}
