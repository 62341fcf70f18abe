//! Options that are chosen from a list of names.

use clap::ValueEnum;
use ordersift::field::{Fulfillment, Moment};
use ordersift::write::Period;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum By {
    Day,
    Week,
    Month,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum StartDay {
    Monday,
    Sunday,
}

impl By {
    /// What is meant.
    pub(crate) fn period(self) -> Period {
        match self {
            Self::Day => Period::Day,
            Self::Week => Period::Week,
            Self::Month => Period::Month,
        }
    }
}

/// Fulfillment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Ships {
    Fba,
    Merchant,
}

impl Ships {
    /// What is meant.
    pub(crate) fn meant(self) -> Fulfillment {
        match self {
            Self::Fba => Fulfillment::Amazon,
            Self::Merchant => Fulfillment::Merchant,
        }
    }
}

/// The moment that was asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum AsOf {
    Now,
    At(Moment),
}

impl AsOf {
    /// The moment, and where it is from.
    pub(crate) fn moment(self) -> (Moment, String) {
        match self {
            Self::Now => (
                Moment::at(chrono::Utc::now().timestamp()),
                "--as-of now".to_owned(),
            ),
            Self::At(moment) => (moment, "--as-of".to_owned()),
        }
    }
}
