//! Adjustments: lines that Business Reports count otherwise (docs/metrics.md, Changes and comparisons).

use std::hash::{Hash, Hasher};

use crate::field::{Currency, Day};
use crate::line::OrderLine;
use crate::merge::Merge;

use crate::cube::Cube;
use crate::field::Money;
use crate::topic::demand::state::sales::currency_number;

/// Why a line is kept apart. Lines of `Non-Amazon` channels never are: Business Reports do not know them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdjustmentReason {
    /// It is of a replacement order.
    Replacement,
    /// It is cancelled and states no price.
    CancelledUnpriced,
    /// A forced zone gives it another day than its marketplace; no line of a replacement order.
    Shifted,
}

/// Where such lines add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AdjustmentKey {
    /// Why they are kept apart.
    pub reason: AdjustmentReason,
    /// Their local day, in the zone of the run.
    pub day: Day,
    /// Their day where the marketplace is; the same, unless they are shifted.
    pub market_day: Day,
    /// Their currency; `None` where they state none.
    pub currency: Option<Currency>,
}

impl Hash for AdjustmentKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let days = [self.day, self.market_day].map(|day| u64::from(day.0.cast_unsigned()));
        state.write_u64(days[0] << 32 | days[1]);
        state.write_u64(u64::from(currency_number(self.currency)) << 2 | self.reason as u64);
    }
}

/// What they add up to, cancelled lines among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AdjustmentMeasures {
    /// Lines.
    pub lines: u64,
    /// Units.
    pub units: u64,
    /// Line amounts.
    pub amount: Money,
}

impl AdjustmentMeasures {
    /// Adds a line.
    pub fn add(&mut self, line: &OrderLine<'_>) {
        self.lines += 1;
        self.units += u64::from(line.quantity);
        if let Some(amount) = line.line_amount {
            self.amount += amount;
        }
    }
}

impl Merge for AdjustmentMeasures {
    fn merge(&mut self, other: Self) {
        self.lines += other.lines;
        self.units += other.units;
        self.amount += other.amount;
    }
}

/// All of them.
#[derive(Debug, Clone, Default)]
pub struct Adjustments {
    /// Lines whose report says whether they are of a replacement order.
    pub told: u64,
    /// The lines that are kept apart.
    pub cells: Cube<AdjustmentKey, AdjustmentMeasures>,
}

impl Merge for Adjustments {
    fn merge(&mut self, other: Self) {
        self.told += other.told;
        self.cells.merge_renamed(other.cells, |key| key);
    }
}
