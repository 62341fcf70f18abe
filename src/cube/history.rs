//! What files show of an order over time: when it was listed as unshipped, and when it was seen shipped or cancelled.
//!
//! The moment of confirmation is in no report (METRICS 6), so what bounds it is kept: every line of every unshipped file, old
//! ones too, and every line of all-orders files about the same orders. Without unshipped files nothing is.

use chrono_tz::Tz;

use crate::field::{Day, Moment, OrderId, StatusGroup};
use crate::line::FileId;
use crate::merge::Merge;

/// A line of an unshipped file: the order was not confirmed yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    /// The order.
    pub order: OrderId,
    /// The file.
    pub file: FileId,
    /// By when it was to ship.
    pub promise: Option<Moment>,
    /// When it was bought.
    pub purchase: Moment,
    /// The zone of its channel or country.
    pub zone: Tz,
    /// Whether the line names its channel.
    pub channel_known: bool,
}

/// A line of an all-orders file about an order that an unshipped file lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The order.
    pub order: OrderId,
    /// The stamp of the line.
    pub updated: Option<Moment>,
    /// Where it stood.
    pub status: StatusGroup,
    /// Whether the seller ships it.
    pub merchant: bool,
    /// The local day of purchase.
    pub day: Day,
    /// The zone of its channel.
    pub zone: Tz,
}

/// All of them, in no order.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// What unshipped files list.
    pub listed: Vec<Listed>,
    /// What all-orders files say of the same orders.
    pub seen: Vec<Seen>,
}

impl Merge for History {
    fn merge(&mut self, other: Self) {
        self.listed.extend(other.listed);
        self.seen.extend(other.seen);
    }
}
