//! Orders, counted once each wherever their lines stand.
//!
//! Lines of one order usually stand together. Every such run of lines is counted as if it were its whole order, and leaves a
//! record of sixteen bytes that says where. Once all files are read, the orders of more than one run are looked for; they
//! alone are taken back and counted anew, in one home, so that a chunk edge or a shuffled file changes no number.

use hashbrown::HashSet;

use crate::field::{Labels, OrderId, OrderIds};

use crate::merge::Merge;

use super::cube::Cube;
use super::hours::{Hours, Slot};
use super::run::settle;
use super::sales::{SalesKey, SalesMeasures};
use super::sku::{SkuKey, SkuMeasures};

/// A run of lines of one order, and one of the SKUs that it holds live lines of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Record {
    /// The order.
    pub id: OrderId,
    /// The cell of the sales cube that is the run's home, and the hour.
    home: u32,
    /// The cell of the SKU cube, and two marks.
    sku: u32,
}

/// The run holds a live line with a price.
const PRICED: u32 = 1 << 31;
/// The run's first record; it has one for every further SKU.
const FIRST: u32 = 1 << 30;
const NO_SKU: u32 = FIRST - 1;
/// Where the hour stands in `home`.
const HOUR: u32 = 27;
const CELL: u32 = (1 << HOUR) - 1;

impl Record {
    pub(super) fn new(
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

    fn home(self) -> u32 {
        self.home & CELL
    }

    fn hour(self) -> Slot {
        Slot(u8::try_from(self.home >> HOUR).unwrap_or_default())
    }

    fn sku(self) -> Option<u32> {
        Some(self.sku & NO_SKU).filter(|sku| *sku != NO_SKU)
    }

    fn is(self, mark: u32) -> bool {
        self.sku & mark != 0
    }
}

/// The records are kept apart by order, so that the search for orders of several runs is many small ones.
pub const SHELVES: usize = 128;

/// The records of all runs.
#[derive(Debug, Clone, Default)]
pub struct OrderLog {
    own: Vec<Vec<Record>>,
    taken_in: Vec<Part>,
    /// Orders with a run whose lines disagree on where they count, some of them twice.
    pub(super) conflicts: Vec<OrderId>,
    /// When in the week the orders were placed.
    pub(super) hours: Hours,
}

/// The records of another log, whose cells are at other places here.
#[derive(Debug, Clone)]
struct Part {
    shelves: Vec<Vec<Record>>,
    homes: Vec<u32>,
    skus: Vec<u32>,
}

/// What counting found besides the counts.
#[derive(Debug, Default)]
pub struct Counts {
    /// Orders whose lines disagree on status, channel, fulfillment or local day.
    pub conflicts: u64,
    /// The least of them.
    pub example: Option<OrderId>,
}

impl OrderLog {
    #[inline]
    pub(super) fn push(&mut self, record: Record) {
        if self.own.is_empty() {
            self.own = vec![Vec::new(); SHELVES];
        }
        self.own[record.id.shelf(SHELVES)].push(record);
    }

    /// Takes in another log, whose cells are at the places given here.
    pub fn absorb(&mut self, other: Self, homes: Vec<u32>, skus: Vec<u32>) {
        let through = |map: &[u32], places: Vec<u32>| -> Vec<u32> {
            places
                .into_iter()
                .map(|place| map[place as usize])
                .collect()
        };
        self.taken_in
            .extend(other.taken_in.into_iter().map(|part| Part {
                homes: through(&homes, part.homes),
                skus: through(&skus, part.skus),
                ..part
            }));
        if !other.own.is_empty() {
            self.taken_in.push(Part {
                shelves: other.own,
                homes,
                skus,
            });
        }
        self.conflicts.extend(other.conflicts);
        self.hours.merge(other.hours);
    }

    /// All records of a shelf, their cells at their places here.
    fn shelf(&self, shelf: usize) -> impl Iterator<Item = Record> {
        let own = self.own.get(shelf).into_iter().flatten().copied();
        own.chain(self.taken_in.iter().flat_map(move |part| {
            part.shelves[shelf].iter().map(|record| Record {
                id: record.id,
                home: part.homes[record.home() as usize] | record.home & !CELL,
                sku: record.sku().map_or(NO_SKU, |sku| part.skus[sku as usize])
                    | record.sku & (PRICED | FIRST),
            })
        }))
    }

    /// The records of the orders of a shelf that have more than one run, sorted by order.
    pub fn scattered(&self, shelf: usize) -> Vec<Record> {
        let firsts = || self.shelf(shelf).filter(|record| record.is(FIRST));
        let mut seen = HashSet::with_capacity(firsts().count());
        let again: HashSet<OrderId> = firsts()
            .map(|record| record.id)
            .filter(|id| !seen.insert(*id))
            .collect();
        if again.is_empty() {
            return Vec::new();
        }
        let mut records: Vec<Record> = self
            .shelf(shelf)
            .filter(|record| again.contains(&record.id))
            .collect();
        records.sort_unstable();
        records
    }

    /// Every run's order and the cell it was counted in.
    pub fn runs(
        &self,
        sales: &Cube<SalesKey, SalesMeasures>,
    ) -> impl Iterator<Item = (OrderId, SalesKey)> {
        let records = (0..SHELVES).flat_map(|shelf| self.shelf(shelf));
        records.map(|record| (record.id, sales.at(record.home()).0))
    }

    /// Counts the orders of several runs anew, each into one home cell and into its SKUs. `seen` is told every such order and
    /// its home.
    pub fn settle(
        &mut self,
        scattered: &[Record],
        sales: &mut Cube<SalesKey, SalesMeasures>,
        skus: &mut Cube<SkuKey, SkuMeasures>,
        (statuses, channels): (&Labels, &Labels),
        ids: &OrderIds,
        mut seen: impl FnMut(OrderId, SalesKey),
    ) -> Counts {
        let mut keys: Vec<SkuKey> = Vec::new();
        for group in scattered.chunk_by(|a, b| a.id == b.id) {
            let mut home = sales.at(group[0].home()).0;
            let mut when = (home.day, group[0].hour());
            let mut conflict = false;
            let mut priced = false;
            keys.clear();
            for record in group {
                if record.is(FIRST) {
                    let cell = sales.at_mut(record.home());
                    cell.orders_placed -= 1;
                    cell.priced_orders -= u64::from(record.is(PRICED));
                    let day = sales.at(record.home()).0.day;
                    *self.hours.at(day, record.hour()) -= 1;
                    when = when.min((day, record.hour()));
                }
                if let Some(sku) = record.sku() {
                    skus.at_mut(sku).orders -= 1;
                    keys.push(skus.at(sku).0);
                }
                let (settled, differs) =
                    settle(home, sales.at(record.home()).0, statuses, channels);
                home = settled;
                conflict |= differs;
                priced |= record.is(PRICED);
            }
            let cell = sales.cell(home);
            cell.orders_placed += 1;
            cell.priced_orders += u64::from(priced);
            *self.hours.at(when.0, when.1) += 1;
            if conflict {
                self.conflicts.push(group[0].id);
            }
            seen(group[0].id, home);
            keys.sort_unstable_by_key(|key| (key.sku, key.currency.is_none(), key.currency));
            keys.dedup_by(|more, first| {
                let same = more.sku == first.sku;
                if same {
                    first.week = first.week.min(more.week);
                }
                same
            });
            for key in &keys {
                skus.cell(*key).orders += 1;
            }
        }
        self.conflicts.sort_unstable();
        self.conflicts.dedup();
        Counts {
            conflicts: self.conflicts.len() as u64,
            example: self
                .conflicts
                .iter()
                .copied()
                .reduce(|a, b| ids.lesser(a, b)),
        }
    }
}
