//! A cache of order profiles, so that a profile that was read lately is found by comparing and not written out again.

use crate::field::recent_pairs::RecentPlace;
use crate::field::{LabelId, LabelPairs, RecentPairs, region};
use crate::line::OrderLine;
use crate::topic::orders::state::ProfileLabels;
use crate::topic::orders::state::order_stats::customer;

/// The places and terms that a fold has met, as the files write them.
#[derive(Debug, Default)]
pub(crate) struct ProfileCache {
    places: RecentPairs<LabelId>,
    terms: RecentPairs<LabelId>,
    /// The texts of all places met, to be written out only once.
    known: LabelPairs,
    ids: Vec<LabelId>,
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
        let buyer = line.is_business.map_or(0, |is| 1 + u32::from(is));
        let terms = match self.terms.find(line.ship_service_level, &[], buyer) {
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
        slot: RecentPlace,
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
