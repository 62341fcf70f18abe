//! State of products: sales by SKU, names, and promotions.

pub mod promotion;
pub(crate) mod promotion_cache;
pub mod sku;

use crate::cube::Cube;
use crate::line::{LabelMap, OrderLine};
use crate::merge::Merge;
use promotion::Promotions;
use sku::{SkuKey, SkuMeasures, SkuNames};

/// The state of products.
#[derive(Debug, Clone, Default)]
pub struct ProductState {
    /// Sales by SKU, currency and week.
    pub sales: Cube<SkuKey, SkuMeasures>,
    /// The names of every SKU, by its id.
    pub names: Vec<SkuNames>,
    /// Sales under promotions.
    pub promotions: Promotions,
}

impl ProductState {
    /// Aggregates a line of a SKU. Returns the number of its cell, and whether its product name is text in the encoding of the file.
    #[inline]
    pub fn aggregate(&mut self, line: &OrderLine<'_>, key: SkuKey, live: bool) -> (u32, bool) {
        let sku = key.sku.0 as usize;
        if sku == self.names.len() {
            self.names.push(SkuNames::default());
        }
        let place = self.sales.place(key);
        self.sales.at_mut(place).add(line, live);
        (place, self.names[sku].see(line))
    }

    /// Takes in the state of another thread. Returns where each of its sales cells is here.
    pub fn merge_mapped(&mut self, other: Self, labels: &LabelMap) -> Vec<u32> {
        for (names, id) in other.names.into_iter().zip(labels.skus()) {
            let sku = id.0 as usize;
            if sku >= self.names.len() {
                self.names.resize_with(sku + 1, SkuNames::default);
            }
            self.names[sku].merge(names);
        }
        self.promotions.merge(other.promotions);
        self.sales.merge_renamed(other.sales, |key| SkuKey {
            sku: labels.sku(key.sku),
            ..key
        })
    }
}
