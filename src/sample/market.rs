//! The marketplaces a sample sells on.

use super::place::{CANADA, GERMANY, JAPAN, KINGDOM, Place, STATES};

/// One marketplace, or the seller's own shop served from Amazon's warehouses.
#[derive(Debug)]
pub(super) struct Market {
    pub(super) sales_channel: &'static str,
    /// Empty where Amazon does not know the price.
    pub(super) currency: &'static str,
    /// Hours east of Greenwich in summer; no zone used here changes its clock between June and
    /// September.
    pub(super) offset_hours: i32,
    /// What an order id may start with.
    pub(super) prefixes: &'static [&'static str],
    /// Hundred US cents in hundredths of the currency.
    pub(super) rate: u32,
    pub(super) tax: Tax,
    pub(super) shelf: Shelf,
    pub(super) places: &'static [Place],
    pub(super) mail: &'static str,
    /// Share of the orders, in percent.
    pub(super) share: u32,
}

/// How item-tax relates to item-price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tax {
    /// Added to the price, at the rate of the place.
    OnTop,
    /// Contained in the price, at so many percent.
    Inside(u32),
    /// Not in the report.
    Absent,
}

/// Which part of the catalog a marketplace sells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shelf {
    English = 0,
    German = 1,
    Japanese = 2,
}

impl Market {
    /// Amounts of this currency have no hundredths.
    pub(super) fn is_yen(&self) -> bool {
        self.currency == "JPY"
    }

    /// Multi-channel: ordered elsewhere, shipped by Amazon.
    pub(super) fn is_multi_channel(&self) -> bool {
        self.currency.is_empty()
    }
}

pub(super) const MULTI_CHANNEL: usize = 5;

pub(super) static MARKETS: [Market; 6] = [
    Market {
        sales_channel: "Amazon.com",
        currency: "USD",
        offset_hours: -7,
        prefixes: &["111", "112", "113", "114"],
        rate: 100,
        tax: Tax::OnTop,
        shelf: Shelf::English,
        places: STATES,
        mail: "marketplace.amazon.com",
        share: 62,
    },
    Market {
        sales_channel: "Amazon.ca",
        currency: "CAD",
        offset_hours: -7,
        prefixes: &["701", "702"],
        rate: 136,
        tax: Tax::OnTop,
        shelf: Shelf::English,
        places: CANADA,
        mail: "marketplace.amazon.ca",
        share: 8,
    },
    Market {
        sales_channel: "Amazon.co.uk",
        currency: "GBP",
        offset_hours: 1,
        prefixes: &["202", "203", "204", "205", "206"],
        rate: 82,
        tax: Tax::Inside(20),
        shelf: Shelf::English,
        places: KINGDOM,
        mail: "marketplace.amazon.co.uk",
        share: 11,
    },
    Market {
        sales_channel: "Amazon.de",
        currency: "EUR",
        offset_hours: 2,
        prefixes: &["302", "303", "304", "305", "306"],
        rate: 94,
        tax: Tax::Inside(19),
        shelf: Shelf::German,
        places: GERMANY,
        mail: "marketplace.amazon.de",
        share: 10,
    },
    Market {
        sales_channel: "Amazon.co.jp",
        currency: "JPY",
        offset_hours: 9,
        prefixes: &["249", "250", "503"],
        rate: 15_000,
        tax: Tax::Inside(10),
        shelf: Shelf::Japanese,
        places: JAPAN,
        mail: "marketplace.amazon.co.jp",
        share: 6,
    },
    Market {
        sales_channel: "Non-Amazon",
        currency: "",
        offset_hours: -7,
        prefixes: &["S01"],
        rate: 100,
        tax: Tax::Absent,
        shelf: Shelf::English,
        places: STATES,
        mail: "shop.invalid",
        share: 3,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_a_whole() {
        assert_eq!(MARKETS.iter().map(|market| market.share).sum::<u32>(), 100);
        assert!(MARKETS[MULTI_CHANNEL].is_multi_channel());
    }
}
