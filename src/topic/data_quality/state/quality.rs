//! Counts of oddities, each with its first place.

use std::collections::BTreeMap;

use crate::line::Place;

use crate::merge::Merge;

/// Something odd about a line that is kept. Sorted as the names are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Check {
    /// A cancelled line that has a price; it is in no sales.
    CancelledWithPrice,
    /// A channel whose marketplace we do not know, so that its days are UTC days.
    ChannelWithoutZone,
    /// A live line of zero units.
    LiveLineOfZeroUnits,
    /// An open line whose order item id a spreadsheet rounded; it has none.
    OrderItemIdSpoilt,
    /// The header, once more between the lines; not a line.
    RepeatedHeader,
    /// A name or SKU that is not in the encoding of its file.
    TextNotInEncoding,
    /// A fulfilment that is neither Amazon's nor the merchant's.
    UnknownFulfillment,
    /// A status that is in no group of docs/metrics.md, Status groups.
    UnknownStatus,
}

impl Check {
    /// All of them, by name.
    pub const ALL: [Self; 8] = [
        Self::CancelledWithPrice,
        Self::ChannelWithoutZone,
        Self::LiveLineOfZeroUnits,
        Self::OrderItemIdSpoilt,
        Self::RepeatedHeader,
        Self::TextNotInEncoding,
        Self::UnknownFulfillment,
        Self::UnknownStatus,
    ];

    /// The name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::CancelledWithPrice => "cancelled_with_price",
            Self::ChannelWithoutZone => "channel_without_zone",
            Self::LiveLineOfZeroUnits => "live_line_of_zero_units",
            Self::OrderItemIdSpoilt => "order_item_id_spoilt",
            Self::RepeatedHeader => "repeated_header",
            Self::TextNotInEncoding => "text_not_in_encoding",
            Self::UnknownFulfillment => "unknown_fulfillment",
            Self::UnknownStatus => "unknown_status",
        }
    }
}

/// How often each check struck, and where first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quality(BTreeMap<Check, (u64, Place)>);

impl Quality {
    /// A check struck at a line.
    pub fn note(&mut self, check: Check, place: Place) {
        self.add(check, 1, place);
    }

    /// How often a check struck, and at which place first.
    pub fn get(&self, check: Check) -> Option<(u64, Place)> {
        self.0.get(&check).copied()
    }

    fn add(&mut self, check: Check, count: u64, place: Place) {
        let entry = self.0.entry(check).or_insert((0, place));
        entry.0 += count;
        entry.1 = entry.1.min(place);
    }
}

impl Merge for Quality {
    fn merge(&mut self, other: Self) {
        for (check, (count, place)) in other.0 {
            self.add(check, count, place);
        }
    }
}
