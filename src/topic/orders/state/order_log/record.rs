//! A record of a run of lines, one for each of its SKUs.

use crate::field::OrderId;

use crate::topic::demand::state::hours::Slot;

/// A run of lines of one order, and one of the SKUs that it holds live lines of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Record {
    /// The order.
    pub id: OrderId,
    /// The cell of the sales cube that is the run's home, and the hour.
    pub(crate) home: u32,
    /// The cell of the SKU cube, and two marks.
    pub(crate) sku: u32,
}

/// The run holds a live line with a price.
pub(crate) const PRICED: u32 = 1 << 31;
/// The run's first record; it has one for every further SKU.
pub(crate) const FIRST: u32 = 1 << 30;
pub(crate) const NO_SKU: u32 = FIRST - 1;
/// Where the hour stands in `home`.
const HOUR: u32 = 27;
pub(crate) const CELL: u32 = (1 << HOUR) - 1;

impl Record {
    pub(crate) fn new(
        id: OrderId,
        (home, hour): (u32, Slot),
        sku: Option<u32>,
        priced: bool,
        first: bool,
    ) -> Self {
        assert!(home <= CELL, "fewer than a hundred million cells");
        let home = home | u32::from(hour.0) << HOUR;
        let place = sku.unwrap_or(NO_SKU);
        assert!(
            sku.is_none() || place < NO_SKU,
            "fewer than a thousand million SKUs"
        );
        let marks = if priced { PRICED } else { 0 } | if first { FIRST } else { 0 };
        let sku = place | marks;
        Self { id, home, sku }
    }

    pub(crate) fn home(self) -> u32 {
        self.home & CELL
    }

    pub(crate) fn hour(self) -> Slot {
        Slot(u8::try_from(self.home >> HOUR).unwrap_or_default())
    }

    pub(crate) fn sku(self) -> Option<u32> {
        Some(self.sku & NO_SKU).filter(|sku| *sku != NO_SKU)
    }

    pub(crate) fn is(self, mark: u32) -> bool {
        self.sku & mark != 0
    }
}
