//! A cache of lists of promotion ids and the families in them.

use std::hash::BuildHasher;

use hashbrown::DefaultHashBuilder;

use crate::field::{Amount, LabelId, promotion};
use crate::line::OrderLine;
use crate::topic::products::state::promotion::{PromotionKey, Promotions};

/// Lists of promotions that are found at once.
const RECENT: usize = 1024;

/// Lists of promotion ids met lately, and the families in them.
#[derive(Debug, Default)]
pub(crate) struct PromotionCache {
    hasher: DefaultHashBuilder,
    /// Empty until the first list comes.
    recent: Vec<List>,
}

/// A list as it stands in a file, and its families.
type List = (Box<[u8]>, Box<[LabelId]>);

impl PromotionCache {
    /// Counts a live line under its promotions, each family once.
    #[inline]
    pub(crate) fn count(&mut self, line: &OrderLine<'_>, promotions: &mut Promotions) {
        let currency = line.currency;
        if line.discounts > Amount::default() {
            let family = promotions.families.intern(b"");
            let any = PromotionKey { family, currency };
            promotions.sales.cell(any).add(line);
        }
        if !line.promotion_ids.is_empty() {
            for &family in self.families(line.promotion_ids, promotions) {
                let of = PromotionKey { family, currency };
                promotions.sales.cell(of).add(line);
            }
        }
    }

    fn families(&mut self, ids: &[u8], promotions: &mut Promotions) -> &[LabelId] {
        self.recent.resize_with(RECENT, Default::default);
        let hash = self.hasher.hash_one(ids);
        let slot = usize::try_from(hash % RECENT as u64).unwrap_or_default();
        let known = &mut self.recent[slot];
        if *known.0 != *ids {
            let named = promotion::families(ids);
            let mut families: Vec<LabelId> =
                named.map(|text| promotions.families.intern(text)).collect();
            families.sort_unstable();
            families.dedup();
            *known = (ids.into(), families.into());
        }
        &known.1
    }
}
