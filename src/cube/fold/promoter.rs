//! From the promotion ids of a line to the families that they are of.

use std::hash::BuildHasher;

use hashbrown::DefaultHashBuilder;

use crate::cube::Summary;
use crate::cube::promotion::PromotionKey;
use crate::field::{Amount, LabelId, promotion};
use crate::line::OrderLine;

/// Lists of promotions that are found at once.
const RECENT: usize = 1024;

/// Lists of promotion ids met lately, and the families in them.
#[derive(Debug, Default)]
pub(super) struct Promoter {
    hasher: DefaultHashBuilder,
    /// Empty until the first list comes.
    recent: Vec<List>,
}

/// A list as it stands in a file, and its families.
type List = (Box<[u8]>, Box<[LabelId]>);

impl Promoter {
    /// Counts a live line under its promotions, each family once.
    #[inline]
    pub(super) fn count(&mut self, line: &OrderLine<'_>, summary: &mut Summary) {
        let currency = line.currency;
        if line.discounts > Amount::default() {
            let family = summary.promotions.intern(b"");
            let any = PromotionKey { family, currency };
            summary.promoted.cell(any).add(line);
        }
        if !line.promotion_ids.is_empty() {
            for &family in self.families(line.promotion_ids, summary) {
                let of = PromotionKey { family, currency };
                summary.promoted.cell(of).add(line);
            }
        }
    }

    fn families(&mut self, ids: &[u8], summary: &mut Summary) -> &[LabelId] {
        self.recent.resize_with(RECENT, Default::default);
        let hash = self.hasher.hash_one(ids);
        let slot = usize::try_from(hash % RECENT as u64).unwrap_or_default();
        let known = &mut self.recent[slot];
        if *known.0 != *ids {
            let named = promotion::families(ids);
            let mut families: Vec<LabelId> =
                named.map(|text| summary.promotions.intern(text)).collect();
            families.sort_unstable();
            families.dedup();
            *known = (ids.into(), families.into());
        }
        &known.1
    }
}
