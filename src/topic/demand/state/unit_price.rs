//! Unit prices of SKUs, and units without a price. They are kept only for an estimate.
//!
//! Prices are counted exactly, one count for every unit price that a SKU has had in a channel. That is bounded by how often
//! prices change, and at the very worst by the number of priced lines.

use std::hash::{Hash, Hasher};

use crate::field::{Currency, Day, Fulfillment, LabelId};
use crate::line::LabelMap;
use crate::merge::Merge;

use crate::cube::Cube;
use crate::topic::demand::state::sales::currency_number;

/// A price of a SKU in a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceKey {
    /// The SKU.
    pub sku: LabelId,
    /// Its sales channel.
    pub channel: LabelId,
    /// The currency.
    pub currency: Currency,
    /// Line amount by quantity in ten-thousandths, rounded half away from zero.
    pub unit_price: i64,
}

impl Hash for PriceKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let currency = u64::from(currency_number(Some(self.currency)));
        state.write_u64(u64::from(self.sku.0) << 32 | u64::from(self.channel.0));
        state.write_u64(self.unit_price.cast_unsigned() << 16 ^ currency);
    }
}

/// Units without a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnpricedKey {
    /// The SKU.
    pub sku: LabelId,
    /// Its sales channel.
    pub channel: LabelId,
    /// Fulfillment.
    pub fulfillment: Fulfillment,
    /// The currency, if the line states one without a price.
    pub currency: Option<Currency>,
    /// The local day of purchase.
    pub day: Day,
}

impl Hash for UnpricedKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let day = u64::from(self.day.0.cast_unsigned());
        state.write_u64(u64::from(self.sku.0) << 32 | u64::from(self.channel.0));
        state.write_u64(
            day << 32 | u64::from(currency_number(self.currency)) << 2 | self.fulfillment as u64,
        );
    }
}

/// So many units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Units(pub u64);

impl Merge for Units {
    fn merge(&mut self, other: Self) {
        self.0 += other.0;
    }
}

/// All prices, and all units without one. `Non-Amazon` channels and replacement orders are in neither.
#[derive(Debug, Clone, Default)]
pub struct Prices {
    /// Units by unit price.
    pub priced: Cube<PriceKey, Units>,
    /// Units without a price.
    pub unpriced: Cube<UnpricedKey, Units>,
}

impl Prices {
    /// Takes in those of another thread, whose SKUs and channels have these ids here.
    pub fn merge_mapped(&mut self, other: Self, labels: &LabelMap) {
        self.priced.merge_renamed(other.priced, |key| PriceKey {
            sku: labels.sku(key.sku),
            channel: labels.channel(key.channel),
            ..key
        });
        self.unpriced
            .merge_renamed(other.unpriced, |key| UnpricedKey {
                sku: labels.sku(key.sku),
                channel: labels.channel(key.channel),
                ..key
            });
    }
}

/// The price of a unit in ten-thousandths, rounded half away from zero; `None` for a line without units.
pub fn unit_price(ten_thousandths: i64, quantity: u32) -> Option<i64> {
    let (part, whole) = (i128::from(ten_thousandths), i128::from(quantity));
    let rounded = (2 * part.abs() + whole).checked_div(2 * whole)?;
    i64::try_from(part.signum() * rounded).ok()
}

#[cfg(test)]
mod tests {
    use super::unit_price;

    #[test]
    fn a_unit_price_is_rounded_half_away_from_zero() {
        assert_eq!(unit_price(300_000, 3), Some(100_000));
        assert_eq!(unit_price(100_000, 3), Some(33_333));
        assert_eq!(unit_price(200_000, 3), Some(66_667));
        assert_eq!(unit_price(1, 2), Some(1));
        assert_eq!(unit_price(-1, 2), Some(-1));
        assert_eq!(unit_price(-200_000, 3), Some(-66_667));
        assert_eq!(unit_price(5, 0), None);
    }
}
