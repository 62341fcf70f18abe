//! Orders, counted once each wherever their lines stand.
//!
//! Lines of one order usually stand together. Every such run of lines leaves a record of sixteen bytes that says where
//! the run would count. Once all files are read, the records are sorted by order: a single record counts as it stands, and
//! several are settled into one home, so that a chunk edge or a shuffled file changes no number.

use crate::field::{Currency, LabelId, Labels, OrderId, OrderIds};

use super::cube::Cube;
use super::sales::{SalesKey, SalesMeasures};
use super::sku::{SkuKey, SkuMeasures};

/// A run of lines of one order, and one of the SKUs that it holds live lines of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Record {
    /// The order.
    pub id: OrderId,
    /// The cell of the sales cube that is the run's home.
    pub home: u32,
    /// The cell of the SKU cube, and two marks.
    sku: u32,
}

const PRICED: u32 = 1 << 31;
const CONFLICT: u32 = 1 << 30;
const NO_SKU: u32 = CONFLICT - 1;

impl Record {
    fn sku(self) -> Option<u32> {
        Some(self.sku & NO_SKU).filter(|sku| *sku != NO_SKU)
    }
}

/// Lines of one order that stand together, while they are being read.
#[derive(Debug, Default)]
pub struct Run {
    id: Option<OrderId>,
    home: Option<SalesKey>,
    priced_live: bool,
    conflict: bool,
    skus: Vec<SkuKey>,
}

/// So many SKUs close a run: an order of a million lines must not cost a million comparisons a line.
const MOST_SKUS: usize = 32;

impl Run {
    /// Whether this line goes on with the run.
    #[inline]
    pub fn holds(&self, id: OrderId) -> bool {
        self.id == Some(id) && self.skus.len() < MOST_SKUS
    }

    /// Adds a line: its cell (its currency is that of a price, else `None`), and its SKU if it is live.
    #[inline]
    pub fn add(
        &mut self,
        id: OrderId,
        home: SalesKey,
        live_sku: Option<SkuKey>,
        priced_live: bool,
        statuses: &Labels,
        channels: &Labels,
    ) {
        self.id = Some(id);
        self.priced_live |= priced_live;
        self.home = Some(match self.home {
            None => home,
            Some(known) if known == home => known,
            Some(known) => {
                let (settled, conflict) = settle(known, home, statuses, channels);
                self.conflict |= conflict;
                settled
            }
        });
        if let Some(live) = live_sku {
            match self.skus.iter_mut().find(|known| known.sku == live.sku) {
                Some(known) => known.currency = least(known.currency, live.currency),
                None => self.skus.push(live),
            }
        }
    }

    /// Closes the run into records.
    #[inline]
    pub fn close(
        &mut self,
        sales: &mut Cube<SalesKey, SalesMeasures>,
        skus: &mut Cube<SkuKey, SkuMeasures>,
        records: &mut Vec<Record>,
    ) {
        let (Some(id), Some(home)) = (self.id.take(), self.home.take()) else {
            return;
        };
        let home = sales.place(home);
        let marks =
            if self.priced_live { PRICED } else { 0 } | if self.conflict { CONFLICT } else { 0 };
        if self.skus.is_empty() {
            records.push(Record {
                id,
                home,
                sku: NO_SKU | marks,
            });
        }
        for (index, key) in self.skus.drain(..).enumerate() {
            let place = skus.place(key);
            assert!(place < NO_SKU, "fewer than a thousand million SKUs");
            records.push(Record {
                id,
                home,
                sku: place | if index == 0 { marks } else { 0 },
            });
        }
        self.priced_live = false;
        self.conflict = false;
    }
}

/// The records of all runs.
#[derive(Debug, Clone, Default)]
pub struct OrderLog {
    /// In no order that means anything, until they are counted.
    pub records: Vec<Record>,
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
    /// Takes in other records, whose cells are at other places here.
    pub fn absorb(&mut self, other: Self, homes: &[u32], skus: &[u32]) {
        let moved = other.records.into_iter().map(|record| Record {
            id: record.id,
            home: homes[record.home as usize],
            sku: record.sku().map_or(NO_SKU, |sku| skus[sku as usize])
                | record.sku & (PRICED | CONFLICT),
        });
        if self.records.is_empty() {
            self.records = moved.collect();
        } else {
            self.records.extend(moved);
        }
    }

    /// Counts every order into its home cell and its SKUs. The records must be sorted by order. `seen` is told every order
    /// and its channel.
    pub fn count(
        &self,
        sales: &mut Cube<SalesKey, SalesMeasures>,
        skus: &mut Cube<SkuKey, SkuMeasures>,
        statuses: &Labels,
        channels: &Labels,
        ids: &OrderIds,
        mut seen: impl FnMut(OrderId, LabelId),
    ) -> Counts {
        let mut counts = Counts::default();
        let mut keys: Vec<SkuKey> = Vec::new();
        for group in self.records.chunk_by(|a, b| a.id == b.id) {
            let first = group[0];
            let mut home = sales.at(first.home).0;
            let mut conflict = false;
            let mut priced = false;
            for record in group {
                let (settled, differs) = settle(home, sales.at(record.home).0, statuses, channels);
                home = settled;
                conflict |= differs || record.sku & CONFLICT != 0;
                priced |= record.sku & PRICED != 0;
            }
            let cell = sales.cell(home);
            cell.orders_placed += 1;
            cell.priced_orders += u64::from(priced);
            if conflict {
                counts.conflicts += 1;
                counts.example = Some(
                    counts
                        .example
                        .map_or(first.id, |least| ids.lesser(least, first.id)),
                );
            }
            seen(first.id, home.channel);
            if let [only] = group {
                if let Some(sku) = only.sku() {
                    skus.at_mut(sku).orders += 1;
                }
                continue;
            }
            keys.clear();
            keys.extend(
                group
                    .iter()
                    .filter_map(|record| record.sku())
                    .map(|sku| skus.at(sku).0),
            );
            keys.sort_unstable_by_key(|key| (key.sku, key.currency.is_none(), key.currency));
            keys.dedup_by_key(|key| key.sku);
            for key in &keys {
                skus.cell(*key).orders += 1;
            }
        }
        counts
    }
}

/// The home of two runs of one order: the least of each part; and whether they disagree (on more than currency).
fn settle(a: SalesKey, b: SalesKey, statuses: &Labels, channels: &Labels) -> (SalesKey, bool) {
    if a == b {
        return (a, false);
    }
    let least_label = |labels: &Labels, a: LabelId, b: LabelId| {
        if labels.get(a) <= labels.get(b) { a } else { b }
    };
    let differs =
        (a.fulfillment, a.status, a.channel, a.day) != (b.fulfillment, b.status, b.channel, b.day);
    let home = SalesKey {
        fulfillment: a.fulfillment.min(b.fulfillment),
        status: least_label(statuses, a.status, b.status),
        channel: least_label(channels, a.channel, b.channel),
        day: a.day.min(b.day),
        currency: least(a.currency, b.currency),
    };
    (home, differs)
}

/// The lesser currency; none at all only if neither states one.
fn least(a: Option<Currency>, b: Option<Currency>) -> Option<Currency> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, other) => one.or(other),
    }
}
