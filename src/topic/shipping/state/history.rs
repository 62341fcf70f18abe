//! The history of orders in files: listed as unshipped, due, and seen shipped or cancelled.
//!
//! The moment of confirmation is in no report (docs/metrics.md, Late shipments), so what bounds it is kept: every line of
//! every unshipped file, old ones too, every ship-by date of an orders report, and every line of all-orders files about
//! the same orders. Without such files nothing is.

use chrono_tz::Tz;

use crate::field::{Day, LabelId, Moment, OrderId, StatusGroup};
use crate::line::FileId;

/// A line of an unshipped file: the order was not confirmed yet. Or of an orders report, which says by when it is due and nothing
/// of whether it was confirmed. Texts are in `SupplementaryState::texts`.
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
    /// `sku`.
    pub sku: LabelId,
    /// `ship-service-level`.
    pub service: LabelId,
}

/// A line of an all-orders file about an order that another file tells of.
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
    /// When it was bought.
    pub purchase: Moment,
    /// The local day of that.
    pub day: Day,
    /// The zone of its channel.
    pub zone: Tz,
}

/// All of them, in no order.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// What unshipped files list.
    pub listed: Vec<Listed>,
    /// What orders reports say is due.
    pub due: Vec<Listed>,
    /// What all-orders files say of the same orders.
    pub seen: Vec<Seen>,
    /// Merchant orders that the counting all-orders lines show as pending, and when they were bought.
    pub pending: Vec<(OrderId, Moment)>,
}

impl History {
    /// Takes in that of another thread, whose texts have these ids here.
    pub fn merge_mapped(&mut self, mut other: Self, texts: &[LabelId]) {
        let here = |id: &mut LabelId| *id = texts[id.0 as usize];
        for line in other.listed.iter_mut().chain(&mut other.due) {
            here(&mut line.sku);
            here(&mut line.service);
        }
        self.listed.extend(other.listed);
        self.due.extend(other.due);
        self.seen.extend(other.seen);
        self.pending.extend(other.pending);
    }
}
