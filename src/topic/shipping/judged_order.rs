//! A merchant order and the proof that it was confirmed in time or late.

use chrono_tz::Tz;

use crate::field::{Day, LabelId, Moment, OrderId};
use crate::topic::shipping::promise::Promise;

/// What is proven of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Proof {
    /// Not confirmed by its promise: still unshipped after it, and shipped since or still open.
    Late,
    /// Seen shipped by its promise.
    OnTime,
    /// Neither; it may also have been cancelled.
    Unknown,
    /// Its promise is still to come.
    NotDue,
}

impl Proof {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::OnTime => "on_time",
            Self::Unknown => "unknown",
            Self::NotDue => "not_due",
        }
    }
}

/// A merchant order with a known promise that is not known to be cancelled.
#[derive(Debug, Clone)]
pub(crate) struct Judged {
    pub(crate) order: OrderId,
    pub(crate) promise: Promise,
    /// The local day of purchase.
    pub(crate) day: Day,
    /// The local day of the moment that all is judged at.
    pub(crate) today: Day,
    pub(crate) zone: Tz,
    /// The last moment at which it was certainly not confirmed: that of the last unshipped file that lists it, or the start of
    /// the day that its ship-confirmation file gives.
    pub(crate) unshipped_until: Option<Moment>,
    /// The earliest moment at which it was certainly confirmed.
    pub(crate) shipped_by: Option<Moment>,
    /// It is in the newest unshipped file.
    pub(crate) open: bool,
    /// An unshipped file lists it, or listed it.
    pub(crate) listed: bool,
    /// An all-orders file tells of it.
    pub(crate) seen: bool,
    pub(crate) skus: Vec<LabelId>,
    pub(crate) service: LabelId,
    pub(crate) proof: Proof,
}
