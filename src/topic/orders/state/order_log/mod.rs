//! The order log: every order counted once, wherever its lines stand.
//!
//! Lines of one order usually stand together. Every such run of lines is counted as if it were its whole order, and leaves a
//! record of sixteen bytes that says where. Once all files are read, the orders of more than one run are looked for; they
//! alone are taken back and counted anew, in one home, so that a chunk edge or a shuffled file changes no number.

mod partition;
mod record;
mod run_sums;

use hashbrown::HashSet;

use crate::field::{Currency, LabelId, Labels, Money, OrderId, OrderIds};

use crate::merge::Merge;
use crate::partitioned::{PARTITIONS, Partitioned};

use crate::cube::Cube;
use crate::topic::demand::state::hours::Hours;
use crate::topic::demand::state::sales::{SalesKey, SalesMeasures};
use crate::topic::orders::state::home::common_home;
use crate::topic::orders::state::order_log::partition::Partition;
use crate::topic::orders::state::order_log::record::{CELL, FIRST, NO_SKU, PRICED};
use crate::topic::products::state::sku::{SkuKey, SkuMeasures};

pub use crate::topic::orders::state::order_log::record::Record;
pub use crate::topic::orders::state::order_log::run_sums::{Others, RunSums};

/// The records of all runs.
#[derive(Debug, Clone, Default)]
pub struct OrderLog {
    /// Those of other threads come with the places of their cells here.
    partitions: Partitioned<Partition, CellMap>,
    /// Orders with a run whose lines disagree on where they count, some of them twice.
    pub(crate) conflicts: Vec<OrderId>,
    /// When in the week the orders were placed.
    pub(crate) hours: Hours,
}

/// Where the cells of a log that was taken in are now.
#[derive(Debug, Clone, Default)]
pub struct CellMap {
    /// Of the sales cube.
    pub homes: Vec<u32>,
    /// Of the SKU cube.
    pub skus: Vec<u32>,
    /// Of places.
    pub places: Vec<LabelId>,
    /// Of terms.
    pub terms: Vec<LabelId>,
}

impl CellMap {
    /// The same after one more move.
    fn through(self, next: &Self) -> Self {
        let cells = |places: Vec<u32>, next: &[u32]| -> Vec<u32> {
            let moved = places.into_iter().map(|place| next[place as usize]);
            moved.collect()
        };
        let labels = |ids: Vec<LabelId>, next: &[LabelId]| -> Vec<LabelId> {
            let moved = ids.into_iter().map(|id| next[id.0 as usize]);
            moved.collect()
        };
        Self {
            homes: cells(self.homes, &next.homes),
            skus: cells(self.skus, &next.skus),
            places: labels(self.places, &next.places),
            terms: labels(self.terms, &next.terms),
        }
    }

    fn of(&self, record: Record) -> Record {
        let sku = record.sku();
        Record {
            id: record.id,
            home: self.homes[record.home() as usize] | record.home & !CELL,
            sku: sku.map_or(NO_SKU, |sku| self.skus[sku as usize]) | record.sku & (PRICED | FIRST),
        }
    }
}

/// A run of lines, as it was read.
#[derive(Debug, Clone, Copy)]
pub struct RunOf<'l> {
    records: &'l [Record],
    places: Option<&'l CellMap>,
    /// What its live lines add up to.
    pub sums: RunSums,
    /// Its line amounts in other currencies than its home's.
    pub others: &'l [(Currency, Money)],
}

impl<'l> RunOf<'l> {
    /// The order.
    pub fn id(&self) -> OrderId {
        self.records[0].id
    }

    /// The cell of the sales cube that is its home.
    pub fn home(&self) -> u32 {
        let home = self.records[0].home();
        self.places
            .map_or(home, |places| places.homes[home as usize])
    }

    /// Whether it holds a live line with a price.
    pub fn is_priced(&self) -> bool {
        self.records[0].is(PRICED)
    }

    /// Whether its live lines are of several SKUs.
    pub fn has_several(&self) -> bool {
        self.records.len() > 1
    }

    /// The cells of the SKU cube of its live lines, each of another SKU.
    pub fn skus(&self) -> impl Iterator<Item = u32> + use<'l> {
        let places = self.places;
        let skus = self.records.iter().filter_map(|record| record.sku());
        skus.map(move |sku| places.map_or(sku, |places| places.skus[sku as usize]))
    }
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
    /// Adds a run by the record of its first SKU; those of further ones are [`push`](Self::push)ed. What runs add up to is kept
    /// of all of them or of none.
    #[inline]
    pub(crate) fn open(&mut self, record: Record, sums: Option<RunSums>, others: &mut Others) {
        self.partitions.of(record.id).open(record, sums, others);
    }

    #[inline]
    pub(crate) fn push(&mut self, record: Record) {
        self.partitions.of(record.id).push(record);
    }

    /// Takes in another log, whose cells are at the places given here.
    pub fn merge_mapped(&mut self, other: Self, places: CellMap) {
        self.partitions
            .take_in(other.partitions, places, CellMap::through);
        self.conflicts.extend(other.conflicts);
        self.hours.merge(other.hours);
    }

    /// All records of a partition, their cells at their places here.
    fn partition(&self, partition: usize) -> impl Iterator<Item = Record> {
        let partitions = self.partitions.values(partition);
        partitions.flat_map(|(partition, places)| {
            let records = partition.records();
            records.map(move |record| places.map_or(*record, |places| places.of(*record)))
        })
    }

    /// Shows all runs of a partition.
    #[inline]
    pub fn runs_of<'l>(&'l self, partition: usize, mut show: impl FnMut(RunOf<'l>)) {
        for (partition, places) in self.partitions.values(partition) {
            partition.runs(|records, mut sums, others| {
                if let Some(places) = places {
                    sums.place = places.places[sums.place.0 as usize];
                    sums.terms = places.terms[sums.terms.0 as usize];
                }
                show(RunOf {
                    records,
                    places,
                    sums,
                    others,
                });
            });
        }
    }

    /// The orders of a partition that have more than one run.
    pub fn again(&self, partition: usize) -> HashSet<OrderId> {
        let firsts = || self.partition(partition).filter(|record| record.is(FIRST));
        let mut seen = HashSet::with_capacity(firsts().count());
        firsts()
            .map(|record| record.id)
            .filter(|id| !seen.insert(*id))
            .collect()
    }

    /// Their records, sorted by order.
    pub fn scattered(&self, partition: usize, again: &HashSet<OrderId>) -> Vec<Record> {
        if again.is_empty() {
            return Vec::new();
        }
        let records = self.partition(partition);
        let mut records: Vec<Record> = records
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
        let records = (0..PARTITIONS).flat_map(|partition| self.partition(partition));
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
                    common_home(home, sales.at(record.home()).0, statuses, channels);
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
                    first.period = first.period.min(more.period);
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
