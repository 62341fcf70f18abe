//! Selection of lines by filters and days, where lines are passed on and not counted.

use chrono_tz::Tz;
use hashbrown::HashMap;

use crate::field::{Day, LocalDays, Selection, Zones};
use crate::line::{OrderLine, UnshippedLine};
use crate::options::Options;

/// Which lines are asked for, and the local days of their purchases.
#[derive(Debug)]
pub struct Asked<'o> {
    zones: Zones,
    selection: &'o Selection,
    filters: bool,
    /// By channel, and by country.
    days: [HashMap<Vec<u8>, LocalDays>; 2],
}

impl<'o> Asked<'o> {
    /// What the options ask for.
    pub fn new(options: &'o Options) -> Self {
        Self {
            zones: options.days.zones(),
            selection: &options.selection,
            filters: options.selection.filter.is_set(),
            days: Default::default(),
        }
    }

    /// The local day of purchase of an order's line and its zone; `None` if the line is not asked for.
    pub fn order_line(&mut self, line: &OrderLine<'_>) -> Option<(Day, Tz)> {
        // Without a channel it has no marketplace, wherever it goes to, as in the report.
        let days = self.days(line.sales_channel, b"");
        let (day, zone) = (days.of(line.purchase_date), days.zone());
        let filter = &self.selection.filter;
        let wanted = !self.filters
            || filter.takes_channel(line.sales_channel)
                && filter.takes_fulfillment(line.fulfillment)
                && filter.takes_sku(line.sku)
                && filter.takes_country(line.ship_country);
        (wanted && self.selection.takes_day(day)).then_some((day, zone))
    }

    /// The same of an open line. A backlog is of a moment: days of purchase cut nothing off it.
    pub fn unshipped_line(&mut self, line: &UnshippedLine<'_>) -> Option<(Day, Tz)> {
        let (channel, country) = (line.sales_channel, line.ship_country);
        let filter = &self.selection.filter;
        if self.filters && !filter.takes_merchant(channel, line.sku, country) {
            return None;
        }
        let days = self.days(channel, country);
        Some((days.of(line.purchase_date), days.zone()))
    }

    /// The days of a channel; of the country that an order goes to where no channel is named.
    fn days(&mut self, channel: &[u8], country: &[u8]) -> &mut LocalDays {
        let zones = self.zones;
        let [by_channel, by_country] = &mut self.days;
        if channel.is_empty() {
            let zone = || LocalDays::new(zones.of_country(country));
            by_country.entry_ref(country).or_insert_with(zone)
        } else {
            let zone = || LocalDays::new(zones.of_channel(channel));
            by_channel.entry_ref(channel).or_insert_with(zone)
        }
    }
}
