//! The marketplaces of a sample, the towns its parcels go to, and addresses in them.
//!
//! The tables are `markets.tsv` and `places.tsv`. A state is written in several ways, as in real files.

use super::rng::Rng;

const MARKETS: &str = include_str!("markets.tsv");
const PLACES: &str = include_str!("places.tsv");

/// The marketplaces on which the seller of a sample sells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SampleMarket {
    /// Shops in the United States, Canada, the United Kingdom, Germany and Japan.
    #[default]
    Mixed,
    /// Japan.
    Jp,
    /// The United States and Canada.
    Us,
    /// Germany, France, Italy, Spain and the United Kingdom.
    Eu,
}

/// One marketplace, or the seller's own shop whose orders Amazon ships.
#[derive(Debug)]
pub(super) struct Market {
    pub(super) sales_channel: &'static str,
    /// Empty where Amazon does not know the price.
    pub(super) currency: &'static str,
    /// Hours east of Greenwich in summer. In winter the last second of a promised day is an hour off.
    pub(super) offset_hours: i32,
    /// What an order id may start with.
    pub(super) prefixes: Vec<&'static str>,
    /// Hundred US cents in hundredths of the currency.
    pub(super) rate: u32,
    pub(super) tax: Tax,
    /// The language of product names.
    pub(super) language: &'static str,
    pub(super) places: Vec<Place>,
    /// The domain of buyers' mail addresses.
    pub(super) mail: &'static str,
    /// Share of the orders in percent.
    pub(super) share: u32,
}

/// How item-tax relates to item-price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tax {
    /// Added to the price at the rate of the place.
    OnTop,
    /// Contained in the price at so many percent.
    Inside(u32),
    /// Not in the report.
    Unknown,
}

impl Market {
    fn read(row: &'static str) -> Option<Self> {
        let mut cells = row.split('\t').skip(1);
        let mut next = || cells.next();
        Some(Self {
            sales_channel: next()?,
            currency: next()?,
            offset_hours: next()?.parse().ok()?,
            prefixes: next()?.split('|').collect(),
            rate: next()?.parse().ok()?,
            tax: match next()? {
                "on top" => Tax::OnTop,
                "unknown" => Tax::Unknown,
                percent => Tax::Inside(percent.parse().ok()?),
            },
            language: next()?,
            places: rows(PLACES, next()?).map_while(Place::read).collect(),
            mail: next()?,
            share: next()?.parse().ok()?,
        })
    }

    /// Whether amounts of the currency have no hundredths.
    pub(super) fn is_yen(&self) -> bool {
        self.currency == "JPY"
    }

    /// Whether orders are placed elsewhere and shipped by Amazon.
    pub(super) fn is_multi_channel(&self) -> bool {
        self.currency.is_empty()
    }
}

/// The marketplaces of a set, the main one first.
pub(super) fn markets(of: SampleMarket) -> Vec<Market> {
    let set = match of {
        SampleMarket::Mixed => "mixed",
        SampleMarket::Jp => "jp",
        SampleMarket::Us => "us",
        SampleMarket::Eu => "eu",
    };
    rows(MARKETS, set).map_while(Market::read).collect()
}

/// The rows of a table whose first cell is `key`.
pub(super) fn rows(table: &'static str, key: &str) -> impl Iterator<Item = &'static str> {
    table
        .lines()
        .filter(move |row| row.split('\t').next() == Some(key))
}

/// One town.
#[derive(Debug)]
pub(super) struct Place {
    city: &'static str,
    states: Vec<&'static str>,
    /// `#` stands for a digit, `@` for a letter.
    postal_code: &'static str,
    country: &'static str,
    /// Sales tax in hundredths of a percent.
    tax: u32,
}

impl Place {
    fn read(row: &'static str) -> Option<Self> {
        let [_, city, states, postal_code, country, tax] =
            *row.split('\t').collect::<Vec<_>>().first_chunk()?;
        Some(Self {
            city,
            states: states.split('|').collect(),
            postal_code,
            country,
            tax: tax.parse().ok()?,
        })
    }
}

/// A place as one buyer writes it, the same on all lines of an order.
#[derive(Debug)]
pub(super) struct BuyerAddress {
    pub(super) city: &'static str,
    pub(super) is_upper_case: bool,
    pub(super) state: &'static str,
    pub(super) postal_code: Vec<u8>,
    pub(super) country: &'static str,
    /// Sales tax in hundredths of a percent, where tax comes on top.
    pub(super) tax: u32,
}

impl BuyerAddress {
    pub(super) fn draw(rng: &mut Rng, places: &[Place]) -> Self {
        // The lesser of two draws: towns at the head of the list buy most, the last one rarely.
        let place = &places[rng.index_of(places).min(rng.index_of(places))];
        let state = if rng.chance(700) {
            place.states[0]
        } else {
            rng.pick(&place.states)
        };
        let is_upper_case = rng.chance(300) && place.city.is_ascii();
        let mut postal_code = Vec::with_capacity(10);
        let mut put = |rng: &mut Rng, pattern: &str| {
            postal_code.extend(pattern.bytes().map(|sign| match sign {
                b'#' => b"0123456789"[rng.below(10) as usize],
                b'@' => b"ABDEFGHJLNPQRSTUWXYZ"[rng.below(20) as usize],
                other => other,
            }));
        };
        put(rng, place.postal_code);
        if place.country == "US" && rng.chance(450) {
            put(rng, "-####");
        }
        Self {
            city: place.city,
            is_upper_case,
            state,
            postal_code,
            country: place.country,
            tax: place.tax,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_rows_of_the_tables_are_read() {
        let sets = [
            SampleMarket::Mixed,
            SampleMarket::Us,
            SampleMarket::Jp,
            SampleMarket::Eu,
        ]
        .map(markets);
        let read: usize = sets.iter().map(Vec::len).sum();
        assert_eq!(read, MARKETS.lines().count() - 1);
        for set in &sets {
            assert_eq!(set.iter().map(|market| market.share).sum::<u32>(), 100);
            assert!(!set[0].is_multi_channel());
        }
        let regions = ["us", "ca", "gb", "de", "jp", "fr", "it", "es"];
        let places = regions
            .iter()
            .flat_map(|region| rows(PLACES, region).map_while(Place::read));
        assert_eq!(places.count(), PLACES.lines().count() - 1);
    }
}
