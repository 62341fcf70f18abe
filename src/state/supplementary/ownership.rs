//! Ownership of the lines of other reports. Where files overlap, the newest file's lines count: of an order in orders reports, of a
//! return in returns reports, of all in pending reports. A shipped item, a returned unit and a confirmation count once.

use std::collections::BTreeMap;

use crate::field::{Amount, LabelId, Moment, OrderId};
use crate::line::{FileId, Place};
use crate::topic::data_quality::state::source::Source;

use crate::line::supplementary::PendingLine;
use crate::state::supplementary::{
    StoredConfirmation, StoredFbaReturn, StoredFbaShipment, StoredMerchantReturn, StoredMetric,
    StoredPromotion, StoredPurchase, SupplementaryLines,
};

/// Those that count.
#[derive(Debug, Default)]
pub struct CountedLines {
    /// Of orders reports, their promotions added up.
    pub purchases: Vec<StoredPurchase>,
    /// Promotion lines whose item is in no line of their file.
    pub orphaned_promotions: Vec<Place>,
    /// Of FBA fulfilled shipments reports.
    pub fba_shipments: Vec<StoredFbaShipment>,
    /// Of merchant returns reports.
    pub merchant_returns: Vec<StoredMerchantReturn>,
    /// Of FBA returns reports.
    pub fba_returns: Vec<StoredFbaReturn>,
    /// Of the newest pending-orders report.
    pub pending: Vec<(PendingLine, FileId)>,
    /// Of ship-confirmation files, by place.
    pub confirmed: Vec<StoredConfirmation>,
    /// Of account-health reports.
    pub metrics: Vec<StoredMetric>,
}

/// The files' own accounts of their lines, which change where lines give way.
type Sources = BTreeMap<FileId, Source>;

impl SupplementaryLines {
    /// Settles them; lines that give way are superseded in the accounts of their files.
    pub fn settle(self, sources: &mut Sources) -> CountedLines {
        let newest = |sources: &Sources, file: FileId| -> (Option<Moment>, FileId) {
            let moment = sources.get(&file).and_then(|source| source.newest_moment);
            (moment, file)
        };
        let age: BTreeMap<FileId, (Option<Moment>, FileId)> = sources
            .keys()
            .map(|file| (*file, newest(sources, *file)))
            .collect();
        let newest = |file: FileId, _: usize| age.get(&file).copied();
        let most = |file: FileId, copies: usize| Some((copies, file));
        let (mut purchases, homes) = kept(
            self.purchases,
            sources,
            |line| (line.order_id, line.extra.file),
            newest,
        );
        let orphaned_promotions = add_promotions(self.promotions, &mut purchases, &homes, sources);
        let (mut confirmed, _) = kept(
            self.confirmed,
            sources,
            |line| (line.with(()), line.extra.file),
            most,
        );
        confirmed.sort_unstable_by_key(|line| line.extra);
        CountedLines {
            purchases,
            orphaned_promotions,
            fba_shipments: kept(
                self.fba_shipments,
                sources,
                |line| ((line.order_id, line.shipment_item_id), line.extra.file),
                newest,
            )
            .0,
            merchant_returns: kept(
                self.merchant_returns,
                sources,
                |line| ((line.order_id, line.rma_id), line.extra.file),
                newest,
            )
            .0,
            fba_returns: kept(
                self.fba_returns,
                sources,
                |line| (line.with(()), line.extra),
                most,
            )
            .0,
            pending: kept(self.pending, sources, |(_, file)| ((), *file), newest).0,
            confirmed,
            metrics: kept(
                self.metrics,
                sources,
                |line| ((line.metric, line.marketplace, length(line)), line.extra),
                |file, _| Some(file),
            )
            .0,
        }
    }
}

/// How many days a metric is of: Amazon gives some for several windows.
fn length(metric: &StoredMetric) -> Option<i32> {
    metric.days.map(|(first, last)| last.0 - first.0)
}

/// The records of every key that one file holds, the file that ranks highest by itself and its number of them; and which file
/// that is.
fn kept<T, K: Ord + Copy, R: Ord>(
    mut records: Vec<T>,
    sources: &mut Sources,
    key_and_file: impl Fn(&T) -> (K, FileId),
    rank: impl Fn(FileId, usize) -> R,
) -> (Vec<T>, BTreeMap<K, FileId>) {
    records.sort_by_key(|record| key_and_file(record));
    let mut homes = BTreeMap::new();
    let same = |a: &T, b: &T| key_and_file(a).0 == key_and_file(b).0;
    for of_key in records.chunk_by(same) {
        let of_files = of_key.chunk_by(|a, b| key_and_file(a).1 == key_and_file(b).1);
        let best = of_files.max_by_key(|of_file| rank(key_and_file(&of_file[0]).1, of_file.len()));
        if let Some([first, ..]) = best {
            let (key, file) = key_and_file(first);
            homes.insert(key, file);
        }
    }
    records.retain(|record| {
        let (key, file) = key_and_file(record);
        let counts = homes.get(&key) == Some(&file);
        if !counts {
            supersede(sources, file);
        }
        counts
    });
    (records, homes)
}

fn supersede(sources: &mut Sources, file: FileId) {
    if let Some(source) = sources.get_mut(&file) {
        source.kept -= 1;
        source.superseded += 1;
    }
}

/// Adds promotions to their items; gives the places of those that have none.
fn add_promotions(
    promotions: Vec<StoredPromotion>,
    purchases: &mut [StoredPurchase],
    homes: &BTreeMap<OrderId, FileId>,
    sources: &mut Sources,
) -> Vec<Place> {
    let mut sums: BTreeMap<(OrderId, LabelId), (Amount, Place)> = BTreeMap::new();
    for promotion in promotions {
        let place = promotion.extra;
        let home = homes.get(&promotion.order_id);
        if home.is_some_and(|home| *home != place.file) {
            supersede(sources, place.file);
            continue;
        }
        let item = (promotion.order_id, promotion.order_item_id);
        let sum = sums.entry(item).or_insert((Amount::default(), place));
        *sum = (sum.0.plus(promotion.discounts), sum.1.min(place));
    }
    for purchase in purchases {
        if let Some((sum, _)) = sums.remove(&(purchase.order_id, purchase.order_item_id)) {
            purchase.discounts = purchase.discounts.plus(sum);
        }
    }
    let mut homeless: Vec<Place> = sums.into_values().map(|(_, place)| place).collect();
    homeless.sort_unstable();
    homeless
}
