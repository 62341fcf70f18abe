//! Sales under promotions, by family of promotion ids.

use std::hash::{Hash, Hasher};

use crate::cube::Cube;
use crate::field::{Amount, Currency, LabelId, Labels, Money};
use crate::line::OrderLine;
use crate::merge::Merge;

use crate::topic::demand::state::sales::currency_number;

/// A family of promotions in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PromotionKey {
    /// What the promotion ids of the family begin with; the empty text stands for all lines with a discount.
    pub family: LabelId,
    /// The currency; `None` where the line states none.
    pub currency: Option<Currency>,
}

impl Hash for PromotionKey {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        let currency = u64::from(currency_number(self.currency));
        state.write_u64(u64::from(self.family.0) << 32 | currency);
    }
}

/// What is added up for live lines under a promotion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PromotionMeasures {
    /// Live lines.
    pub lines: u64,
    /// Those of them with a discount.
    pub discounted_lines: u64,
    /// Their units.
    pub units: u64,
    /// Their line amounts, before discounts.
    pub sales: Money,
    /// Their discounts, without sign.
    pub discounts: Money,
}

impl PromotionMeasures {
    /// Adds a live line.
    #[inline]
    pub fn add(&mut self, line: &OrderLine<'_>) {
        self.lines += 1;
        self.discounted_lines += u64::from(line.discounts > Amount::default());
        self.units += u64::from(line.quantity);
        self.sales += line.line_amount.unwrap_or_default();
        self.discounts += line.discounts;
    }
}

impl Merge for PromotionMeasures {
    fn merge(&mut self, other: Self) {
        self.lines += other.lines;
        self.discounted_lines += other.discounted_lines;
        self.units += other.units;
        self.sales += other.sales;
        self.discounts += other.discounts;
    }
}

/// Sales under promotions, by family.
#[derive(Debug, Clone, Default)]
pub struct Promotions {
    /// What promotion ids begin with.
    pub families: Labels,
    /// Sales of each family.
    pub sales: Cube<PromotionKey, PromotionMeasures>,
}

impl Merge for Promotions {
    fn merge(&mut self, other: Self) {
        let families = self.families.merge_texts(&other.families);
        self.sales.merge_renamed(other.sales, |key| PromotionKey {
            family: families[key.family.0 as usize],
            ..key
        });
    }
}
