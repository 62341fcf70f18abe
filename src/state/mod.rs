//! The state of a run: what chunks of lines are aggregated into, and how such states are merged.
//!
//! Every state is a commutative monoid ([`Merge`](crate::merge::Merge)): chunks are read in any order, by any number of threads, and
//! merged into the same numbers.

pub mod aggregator;
pub mod finished;
pub mod supplementary;

use std::collections::BTreeMap;

use crate::field::label::is_utf8;
use crate::field::{Day, Labels, Moment};
use crate::line::FileId;

use crate::cube::Cube;
use crate::merge::Merge;
use crate::state::supplementary::SupplementaryLines;
use crate::topic::data_quality::state::quality::{Check, Quality};
use crate::topic::data_quality::state::rejects::Rejects;
use crate::topic::data_quality::state::source::Source;
use crate::topic::demand::state::reconciliation::Adjustments;
use crate::topic::demand::state::sales::{SalesKey, SalesMeasures};
use crate::topic::demand::state::unit_price::Prices;
use crate::topic::orders::state::order_log::{OrderLog, Places};
use crate::topic::products::state::promotion::{PromotionKey, PromotionMeasures};
use crate::topic::products::state::sku::{SkuKey, SkuMeasures, SkuNames};
use crate::topic::returns::state::returned_line::ReturnedLine;
use crate::topic::shipping::state::backlog::Backlog;
use crate::topic::shipping::state::history::History;

/// The dates that prove how new the inputs are, by column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NewestMoments {
    /// `last-updated-date`.
    pub last_updated: Option<Moment>,
    /// `reporting-date`.
    pub reporting: Option<Moment>,
    /// `payments-date`.
    pub payments: Option<Moment>,
    /// `purchase-date`.
    pub purchase: Option<Moment>,
}

impl NewestMoments {
    /// The greatest of them and the column it is from.
    pub fn newest(&self) -> Option<(Moment, &'static str)> {
        let columns = [
            (self.last_updated, "last-updated-date"),
            (self.reporting, "reporting-date"),
            (self.payments, "payments-date"),
            (self.purchase, "purchase-date"),
        ];
        let known = columns
            .into_iter()
            .filter_map(|(moment, column)| moment.map(|moment| (moment, column)));
        known.rev().max_by_key(|(moment, _)| *moment)
    }
}

impl Merge for NewestMoments {
    fn merge(&mut self, other: Self) {
        self.last_updated = self.last_updated.max(other.last_updated);
        self.reporting = self.reporting.max(other.reporting);
        self.payments = self.payments.max(other.payments);
        self.purchase = self.purchase.max(other.purchase);
    }
}

/// What is left of the lines.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// Order statuses, as Amazon wrote them.
    pub statuses: Labels,
    /// Sales channels, as Amazon wrote them.
    pub channels: Labels,
    /// SKUs.
    pub skus: Labels,
    /// What sold, by home and day.
    pub sales: Cube<SalesKey, SalesMeasures>,
    /// What sold, by SKU.
    pub sku_sales: Cube<SkuKey, SkuMeasures>,
    /// What every SKU is called, by its id in `skus`.
    pub sku_names: Vec<SkuNames>,
    /// Where orders go: country and state, normalised, with a tab between them.
    pub places: Labels,
    /// On what terms: the service level as Amazon wrote it, and who buys, with a tab between them.
    pub terms: Labels,
    /// What promotion ids begin with.
    pub promotions: Labels,
    /// What was sold under promotions.
    pub promoted: Cube<PromotionKey, PromotionMeasures>,
    /// Where every order counts.
    pub orders: OrderLog,
    /// What is still to ship.
    pub backlog: Backlog,
    /// What files show of the orders that unshipped files and orders reports list.
    pub history: History,
    /// The lines of other reports.
    pub supplementary: SupplementaryLines,
    /// Their texts, and those of `history`.
    pub texts: Labels,
    /// What each file held.
    pub sources: BTreeMap<FileId, Source>,
    /// What could not be read.
    pub rejects: Rejects,
    /// What looks odd.
    pub quality: Quality,
    /// How new the kept lines are.
    pub newest: NewestMoments,
    /// Whether a line that could not be read is of an order that several files hold.
    pub conflicting_rejects: bool,
    /// Kept lines of all-orders files that are outside the days asked for (`--from`, `--to`).
    pub outside: u64,
    /// Lines that the bridge to Business Reports tells apart.
    pub adjustments: Adjustments,
    /// Prices, where an estimate is asked for.
    pub prices: Prices,
    /// Lines whose status says that they came back, in no order.
    pub returned: Vec<ReturnedLine>,
    /// The first and the last local purchase day of them.
    pub outside_days: Option<(Day, Day)>,
}

impl State {
    /// Whether a text of any kept line is not UTF-8: its file may be in another encoding than was thought.
    pub fn has_broken_text(&self) -> bool {
        let labels = [&self.statuses, &self.channels, &self.skus];
        self.quality.get(Check::TextNotInEncoding).is_some()
            || labels
                .iter()
                .any(|labels| !labels.ids().all(|id| is_utf8(labels.get(id))))
    }
}

impl Merge for State {
    fn merge(&mut self, other: Self) {
        let statuses = self.statuses.absorb(&other.statuses);
        let channels = self.channels.absorb(&other.channels);
        let skus = self.skus.absorb(&other.skus);
        let homes = self.sales.absorb(other.sales, |key| SalesKey {
            status: statuses[key.status.0 as usize],
            channel: channels[key.channel.0 as usize],
            ..key
        });
        let sku_cells = self.sku_sales.absorb(other.sku_sales, |key| SkuKey {
            sku: skus[key.sku.0 as usize],
            ..key
        });
        self.sku_names
            .resize_with(self.skus.len(), SkuNames::default);
        for (names, id) in other.sku_names.into_iter().zip(&skus) {
            self.sku_names[id.0 as usize].merge(names);
        }
        let families = self.promotions.absorb(&other.promotions);
        self.promoted.absorb(other.promoted, |key| PromotionKey {
            family: families[key.family.0 as usize],
            ..key
        });
        let places = Places {
            homes,
            skus: sku_cells,
            places: self.places.absorb(&other.places),
            terms: self.terms.absorb(&other.terms),
        };
        self.orders.absorb(other.orders, places);
        self.backlog.merge(other.backlog);
        let texts = self.texts.absorb(&other.texts);
        self.history.absorb(other.history, &texts);
        self.supplementary.absorb(other.supplementary, &texts);
        for (file, source) in other.sources {
            self.sources.entry(file).or_default().merge(source);
        }
        self.rejects.merge(other.rejects);
        self.quality.merge(other.quality);
        self.newest.merge(other.newest);
        self.conflicting_rejects |= other.conflicting_rejects;
        self.outside += other.outside;
        self.adjustments.merge(other.adjustments);
        self.prices.absorb(other.prices, &skus, &channels);
        self.returned
            .extend(other.returned.into_iter().map(|line| ReturnedLine {
                sku: skus[line.sku.0 as usize],
                channel: channels[line.channel.0 as usize],
                ..line
            }));
        self.outside_days = widest(self.outside_days, other.outside_days);
    }
}

/// From the first day of either to the last of either.
pub(crate) fn widest(one: Option<(Day, Day)>, other: Option<(Day, Day)>) -> Option<(Day, Day)> {
    match (one, other) {
        (Some(one), Some(other)) => Some((one.0.min(other.0), one.1.max(other.1))),
        (one, other) => one.or(other),
    }
}
