//! The lines that a run counts, by channel, fulfillment, SKU, country and day.

use super::{Day, Fulfillment, zone};

/// Which lines count: by what they say, and by their local day of purchase.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// What they must say.
    pub filter: Filter,
    /// The first local day of purchase to count, or `None` for all before.
    pub from: Option<Day>,
    /// The last local day of purchase to count, or `None` for all after.
    pub to: Option<Day>,
}

impl Selection {
    /// Whether a local day of purchase is asked for.
    #[inline]
    pub fn takes_day(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// What lines must say to count; nothing asked for is everything.
///
/// ```
/// use ordersift::field::Filter;
/// let filter = Filter { skus: vec!["MUG*".into()], ..Filter::default() };
/// assert!(filter.takes_sku(b"MUG-1") && !filter.takes_sku(b"TEA"));
/// assert!(filter.takes_country(b"US"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Sales channels, in any case.
    pub channels: Vec<String>,
    /// Fulfillment.
    pub fulfillments: Vec<Fulfillment>,
    /// SKUs; one that ends in `*` stands for all that begin so.
    pub skus: Vec<String>,
    /// Countries that orders go to, as codes of two letters, in any case.
    pub countries: Vec<String>,
}

impl Filter {
    /// Whether anything is asked for.
    pub fn is_set(&self) -> bool {
        *self != Self::default()
    }

    /// Whether a sales channel is among those asked for.
    pub fn takes_channel(&self, channel: &[u8]) -> bool {
        any_case(&self.channels, channel)
    }

    /// Whether a fulfillment is.
    pub fn takes_fulfillment(&self, fulfillment: Fulfillment) -> bool {
        self.fulfillments.is_empty() || self.fulfillments.contains(&fulfillment)
    }

    /// Whether a SKU is.
    pub fn takes_sku(&self, sku: &[u8]) -> bool {
        let takes = |wanted: &String| match wanted.strip_suffix('*') {
            Some(start) => sku.starts_with(start.as_bytes()),
            None => sku == wanted.as_bytes(),
        };
        self.skus.is_empty() || self.skus.iter().any(takes)
    }

    /// Whether a country is.
    pub fn takes_country(&self, country: &[u8]) -> bool {
        any_case(&self.countries, country)
    }

    /// Whether an order that the seller ships is. Where its channel is not named, that of its country stands for it.
    pub fn takes_merchant(&self, channel: &[u8], sku: &[u8], country: &[u8]) -> bool {
        let channel = match channel {
            [] => zone::marketplace(country).unwrap_or_default().as_bytes(),
            channel => channel,
        };
        self.takes_channel(channel)
            && self.takes_fulfillment(Fulfillment::Merchant)
            && self.takes_sku(sku)
            && self.takes_country(country)
    }
}

fn any_case(wanted: &[String], text: &[u8]) -> bool {
    let same = |wanted: &String| wanted.as_bytes().eq_ignore_ascii_case(text);
    wanted.is_empty() || wanted.iter().any(same)
}
