//! Filters of the aggregator, and the zones of lines.

use crate::field::LabelId;
use crate::line::OrderLine;

use crate::state::aggregator::Aggregator;

impl Aggregator<'_> {
    /// Whether a line is asked for.
    #[cold]
    pub(crate) fn wants(&self, line: &OrderLine<'_>, channel: LabelId) -> bool {
        let filter = &self.options.selection.filter;
        self.zones[channel.0 as usize].wanted
            && filter.takes_fulfillment(line.fulfillment)
            && filter.takes_sku(line.sku)
            && filter.takes_country(line.ship_country)
    }

    /// The same of an order that the seller ships.
    pub(crate) fn wants_merchant(&self, channel: &[u8], sku: &[u8], country: &[u8]) -> bool {
        !self.filters
            || self
                .options
                .selection
                .filter
                .takes_merchant(channel, sku, country)
    }

    /// The zone of a channel, else of the country that an order goes to.
    pub(crate) fn zone_of(&self, channel: &[u8], country: &[u8]) -> chrono_tz::Tz {
        if channel.is_empty() {
            self.options.zones.of_country(country)
        } else {
            self.options.zones.of_channel(channel)
        }
    }
}
