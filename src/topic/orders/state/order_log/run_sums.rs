//! The sums of the lines of a run, in eight bytes where they fit.

use crate::field::{Currency, LabelId, Money};

/// What the live lines of a run add up to, and what its order is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunSums {
    /// Line amounts in the currency of the run's home.
    pub amount: Money,
    /// Live lines.
    pub lines: u64,
    /// Their units.
    pub units: u64,
    /// Units of those without a price.
    pub unpriced_units: u64,
    /// Where the order goes, among the state's places.
    pub place: LabelId,
    /// On what terms: how fast, and the kind of customer.
    pub terms: LabelId,
}

/// Line amounts in other currencies than that of the home: none but in the oddest of orders.
pub type Others = Vec<(Currency, Money)>;

/// The same where it fits, as it nearly always does.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Packed {
    amount: u32,
    /// From the top: place, terms, lines, units.
    rest: u32,
}

/// An amount that stands for all that does not fit.
const LARGE: u32 = u32::MAX;
const PLACE: u32 = 13;
const TERMS: u32 = 7;
const COUNT: u32 = 6;
const TERMS_AT: u32 = 2 * COUNT;
const PLACE_AT: u32 = TERMS_AT + TERMS;

impl Packed {
    /// Stands for what does not fit.
    pub(crate) const LARGE: Self = Self {
        amount: LARGE,
        rest: 0,
    };

    /// `None` if it does not fit. Whether there is a price is known otherwise.
    #[inline]
    pub(crate) fn of(sums: &RunSums, priced: bool) -> Option<Self> {
        let unpriced = if priced { 0 } else { sums.units };
        let amount = u32::try_from(sums.amount.0).ok()?;
        let (place, terms) = (sums.place.0, sums.terms.0);
        let counts = (sums.lines | sums.units) >> COUNT;
        let fits = place >> PLACE == 0 && terms >> TERMS == 0 && counts == 0 && amount != LARGE;
        if !fits || sums.unpriced_units != unpriced {
            return None;
        }
        let counts = u32::try_from(sums.lines << COUNT | sums.units).ok()?;
        Some(Self {
            amount,
            rest: place << PLACE_AT | terms << TERMS_AT | counts,
        })
    }

    /// `None` if it did not fit.
    #[inline]
    pub(crate) fn sums(self, priced: bool) -> Option<RunSums> {
        let part = |at: u32, bits: u32| self.rest >> at & ((1 << bits) - 1);
        let units = u64::from(part(0, COUNT));
        (self.amount != LARGE).then(|| RunSums {
            amount: Money(i128::from(self.amount)),
            lines: u64::from(part(COUNT, COUNT)),
            units,
            unpriced_units: if priced { 0 } else { units },
            place: LabelId(part(PLACE_AT, PLACE)),
            terms: LabelId(part(TERMS_AT, TERMS)),
        })
    }
}
