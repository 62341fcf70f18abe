//! A cache of order profiles, so that a profile that was read lately is found by comparing and not written out again.

use crate::field::label::ends;
use crate::field::{LabelId, LabelPairs, region};
use crate::line::OrderLine;
use crate::topic::orders::state::ProfileLabels;
use crate::topic::orders::state::order_stats::customer;

/// Places, and terms, that are found at once.
const RECENT: usize = 1024;

/// The places and terms that a fold has met, as the files write them.
#[derive(Debug, Default)]
pub(crate) struct ProfileCache {
    places: Recent,
    terms: Recent,
    /// The texts of all places met, to be written out only once.
    known: LabelPairs,
    ids: Vec<LabelId>,
}

/// Two texts by their ends, and the length of both.
type Ends = ([u64; 4], usize);

/// By a few bits of the ends of two texts; empty until the first come.
#[derive(Debug, Default)]
struct Recent(Vec<(Ends, LabelId)>);

impl Recent {
    /// The id of two texts, if both are known by their ends and were met lately; else where it belongs.
    #[inline]
    fn find(&self, a: &[u8], b: &[u8], salt: u64) -> Result<LabelId, Option<(usize, Ends)>> {
        if a.len() > 16 || b.len() > 16 {
            return Err(None);
        }
        let (a_ends, b_ends) = (ends(a), ends(b));
        let words = [a_ends.0, a_ends.1, b_ends.0, b_ends.1 ^ salt];
        let mixed = words.iter().fold(0_u64, |mixed, word| {
            (mixed.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        });
        let slot = usize::try_from(mixed >> 40).unwrap_or_default() % RECENT;
        let all = (words, a.len() << 8 | b.len());
        match self.0.get(slot) {
            Some((known, id)) if *known == all => Ok(*id),
            _ => Err(Some((slot, all))),
        }
    }

    fn keep(&mut self, place: Option<(usize, Ends)>, id: LabelId) {
        if let Some((slot, ends)) = place {
            // No two texts are that long.
            self.0.resize(RECENT, (([0; 4], usize::MAX), id));
            self.0[slot] = (ends, id);
        }
    }
}

impl ProfileCache {
    /// Where a line goes, and on what terms.
    #[inline]
    pub(crate) fn profile(
        &mut self,
        line: &OrderLine<'_>,
        profiles: &mut ProfileLabels,
    ) -> (LabelId, LabelId) {
        let place = match self.places.find(line.ship_country, line.ship_state, 0) {
            Ok(place) => place,
            Err(slot) => self.place(slot, line, profiles),
        };
        let buyer = line.is_business.map_or(0, |is| 1 + u64::from(is));
        let terms = match self.terms.find(line.ship_service_level, &[], buyer << 40) {
            Ok(terms) => terms,
            Err(slot) => {
                let customer = customer(line.is_business);
                let terms = profiles.terms.intern(line.ship_service_level, customer);
                self.terms.keep(slot, terms);
                terms
            }
        };
        (place, terms)
    }

    #[cold]
    #[inline(never)]
    fn place(
        &mut self,
        slot: Option<(usize, Ends)>,
        line: &OrderLine<'_>,
        profiles: &mut ProfileLabels,
    ) -> LabelId {
        let raw = self.known.intern(line.ship_country, line.ship_state);
        if raw.0 as usize == self.ids.len() {
            let (country, region) = region::normalise(line.ship_country, line.ship_state);
            let place = profiles
                .places
                .intern(country.as_bytes(), region.as_bytes());
            self.ids.push(place);
        }
        let place = self.ids[raw.0 as usize];
        self.places.keep(slot, place);
        place
    }
}
