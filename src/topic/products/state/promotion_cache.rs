//! A cache of lists of promotion ids and the families in them.

use std::hash::BuildHasher;

use hashbrown::DefaultHashBuilder;

use crate::field::{Amount, LabelId};
use crate::line::OrderLine;
use crate::topic::products::state::promotion::{PromotionKey, Promotions};

/// Lists of promotions that are found at once.
const RECENT: usize = 1024;
/// No family is longer, in bytes.
const LONGEST: usize = 64;
/// A piece with so many digits is a number, and one so long with any is a code.
const DIGITS: usize = 3;
const CODE: usize = 8;
/// The family of ids that begin with a number or a code.
const NAMELESS: &[u8] = b"(no name)";

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
            let ids_of = ids.split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
            let named = ids_of.filter(|id| !id.is_empty()).map(family);
            let mut families: Vec<LabelId> =
                named.map(|text| promotions.families.intern(text)).collect();
            families.sort_unstable();
            families.dedup();
            *known = (ids.into(), families.into());
        }
        &known.1
    }
}

/// What a promotion id begins with, before the first number or code in it: `PAWS-V2-1234-5` is of `PAWS-V2`, `US Core Free
/// Shipping 2015/04/08 23-48` of `US Core Free Shipping`.
fn family(id: &[u8]) -> &[u8] {
    let ends = |byte: &u8| matches!(byte, b' ' | b'-' | b'_');
    let (mut end, mut start) = (0, 0);
    for piece in id.split(ends) {
        let digits = piece.iter().filter(|byte| byte.is_ascii_digit()).count();
        let all = digits > 0 && digits == piece.len();
        if all || digits >= DIGITS || digits > 0 && piece.len() >= CODE {
            break;
        }
        if start + piece.len() > LONGEST {
            break;
        }
        if !piece.is_empty() {
            end = start + piece.len();
        }
        start += piece.len() + 1;
    }
    match &id[..end] {
        [] => NAMELESS,
        family => family,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_ends_where_numbers_begin() {
        for (id, expected) in [
            ("PAWS-V2-1234-5", "PAWS-V2"),
            (
                "US Core Free Shipping 2015/04/08 23-48-5-108",
                "US Core Free Shipping",
            ),
            ("Duplicated A3JU1FAAAAAAAA 1569460229772", "Duplicated"),
            ("VPC-44571843 Cart Campaign", "VPC"),
            (
                "Amazon PLCC Free-Financing Universal Merchant AAT-WNKTBO3K27EJC",
                "Amazon PLCC Free-Financing Universal Merchant AAT",
            ),
            ("44571843", "(no name)"),
            ("10 % off", "(no name)"),
            ("Summer", "Summer"),
            ("- -", "(no name)"),
        ] {
            assert_eq!(String::from_utf8_lossy(family(id.as_bytes())), expected);
        }
        assert_eq!(family("x".repeat(300).as_bytes()), NAMELESS);
    }
}
