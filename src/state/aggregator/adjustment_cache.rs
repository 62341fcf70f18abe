//! A cache of what adjustments need to know of a channel.

use crate::field::zone::is_multi_channel;
use crate::field::{Day, LabelId, LocalDays, Moment, Zones};

/// What is known of the channels of lines that may be adjusted, and whether every line has to be looked at.
#[derive(Debug)]
pub(super) struct AdjustmentCache {
    /// A zone is forced, or an estimate asked for.
    pub(super) all: bool,
    /// A zone is forced, so that days may shift.
    pub(super) shifts: bool,
    /// An estimate is asked for.
    pub(super) estimates: bool,
    /// By channel: whether it is one of Amazon's, and its marketplace's own days.
    channels: Vec<Option<(bool, LocalDays)>>,
}

impl AdjustmentCache {
    pub(super) fn new(zones: Zones, estimates: bool) -> Self {
        let shifts = zones.forced.is_some();
        Self {
            all: shifts || estimates,
            shifts,
            estimates,
            channels: Vec::new(),
        }
    }

    /// Whether a channel is one of Amazon's, and which day it was in its marketplace.
    pub(super) fn market(&mut self, id: LabelId, text: &[u8], moment: Moment) -> (bool, Day) {
        let place = id.0 as usize;
        if place >= self.channels.len() {
            self.channels.resize(place + 1, None);
        }
        let (amazon, days) = self.channels[place].get_or_insert_with(|| {
            (
                !is_multi_channel(text),
                LocalDays::new(Zones::default().of_channel(text)),
            )
        });
        (*amazon, days.of(moment))
    }
}
