//! The state once all lines are in: orders counted, the backlog given its zones.

use std::collections::BTreeMap;

use hashbrown::{HashMap, HashSet};

use crate::field::{Day, Labels, OrderId, OrderIds, Week, WeekStart};
use crate::line::FileId;
use crate::merge::Merge;

use crate::cube::Cube;
use crate::state::NewestMoments;
use crate::state::State;
use crate::state::supplementary::CountedLines;
use crate::topic::data_quality::state::quality::Quality;
use crate::topic::data_quality::state::rejects::Rejects;
use crate::topic::data_quality::state::source::Source;
use crate::topic::demand::state::hours::Hours;
use crate::topic::demand::state::reconciliation::Adjustments;
use crate::topic::demand::state::sales::{SalesKey, SalesMeasures};
use crate::topic::demand::state::unit_price::Prices;
use crate::topic::orders::state::order_log::Counts;
use crate::topic::orders::state::order_stats::OrderStats;
use crate::topic::products::state::promotion::{PromotionKey, PromotionMeasures};
use crate::topic::products::state::sku::{SkuKey, SkuMeasures, SkuNames};
use crate::topic::returns::state::returned_line::ReturnedLine;
use crate::topic::shipping::state::backlog::OpenLine;
use crate::topic::shipping::state::history::History;

/// What tables are rolled up from.
#[derive(Debug)]
pub struct FinishedState {
    /// Order statuses.
    pub statuses: Labels,
    /// Sales channels.
    pub channels: Labels,
    /// SKUs.
    pub skus: Labels,
    /// What sold, orders counted at home.
    pub sales: Cube<SalesKey, SalesMeasures>,
    /// What sold by SKU, all weeks together.
    pub sku_sales: Cube<SkuKey, SkuMeasures>,
    /// The same week by week.
    pub sku_weeks: Cube<SkuKey, SkuMeasures>,
    /// The same day by day, if days were asked for.
    pub sku_days: Option<Cube<SkuKey, SkuMeasures>>,
    /// What every SKU is called.
    pub sku_names: Vec<SkuNames>,
    /// Where orders go: country and state, with a tab between them.
    pub places: Labels,
    /// On what terms: service level and who buys, with a tab between them.
    pub terms: Labels,
    /// What promotion ids begin with.
    pub promotions: Labels,
    /// What was sold under promotions.
    pub promoted: Cube<PromotionKey, PromotionMeasures>,
    /// How large orders are, what they are worth, what they hold together.
    pub order_stats: OrderStats,
    /// Open lines by place, each with the channel of its order where an all-orders file tells it.
    pub backlog: Vec<OpenLine>,
    /// What files show of the orders that unshipped files and orders reports list.
    pub history: History,
    /// The lines of other reports that count.
    pub supplementary: CountedLines,
    /// Their texts, and those of `history`.
    pub texts: Labels,
    /// What each file held.
    pub sources: BTreeMap<FileId, Source>,
    /// What could not be read.
    pub rejects: Rejects,
    /// What looks odd.
    pub quality: Quality,
    /// When in the week the orders were placed.
    pub hours: Hours,
    /// How new the kept lines are.
    pub newest: NewestMoments,
    /// Kept lines outside the days asked for.
    pub outside: u64,
    /// Lines that the bridge to Business Reports tells apart.
    pub adjustments: Adjustments,
    /// Prices, where an estimate is asked for.
    pub prices: Prices,
    /// Lines whose status says that they came back, in no order.
    pub returned: Vec<ReturnedLine>,
    /// Where the orders count that other reports name, as far as all-orders files hold them.
    pub homes: HashMap<OrderId, SalesKey>,
    /// The first and the last local purchase day of them.
    pub outside_days: Option<(Day, Day)>,
    /// Orders whose lines disagree.
    pub conflicts: u64,
    /// One of them, as text.
    pub conflict_example: Option<String>,
}

impl FinishedState {
    /// Settles the orders of several runs, and counts all by what the census found.
    pub fn new(state: State, order_stats: OrderStats, ids: &OrderIds) -> Self {
        let State {
            statuses,
            channels,
            skus,
            mut sales,
            mut sku_sales,
            sku_names,
            mut orders,
            backlog,
            mut sources,
            supplementary,
            ..
        } = state;
        let supplementary = supplementary.settle(&mut sources);
        let mut backlog = backlog.sorted();
        let open = backlog.iter().filter(|line| line.sales_channel.is_empty());
        let wanted: HashSet<OrderId> = open
            .map(|line| line.order_id)
            .chain(supplementary.merchant_returns.iter().map(|line| line.order))
            .chain(supplementary.fba_returns.iter().map(|line| line.order))
            .collect();
        let mut homes = HashMap::new();
        if !wanted.is_empty() {
            let runs = orders.runs(&sales);
            homes.extend(runs.filter(|(order, _)| wanted.contains(order)));
        }
        let labels = (&statuses, &channels);
        let counts = orders.settle(
            &order_stats.scattered,
            &mut sales,
            &mut sku_sales,
            labels,
            ids,
            |order, home| {
                if wanted.contains(&order) {
                    homes.insert(order, home);
                }
            },
        );
        let sku_weeks = sku_sales;
        let mut sku_sales: Cube<SkuKey, SkuMeasures> = Cube::default();
        for (key, cell) in sku_weeks.iter() {
            let all = SkuKey {
                week: Week::default(),
                ..*key
            };
            sku_sales.cell(all).merge(*cell);
        }
        for line in backlog
            .iter_mut()
            .filter(|line| line.sales_channel.is_empty())
        {
            if let Some(home) = homes.get(&line.order_id) {
                line.sales_channel = channels.get(home.channel).into();
            }
        }
        let Counts { conflicts, example } = counts;
        Self {
            statuses,
            channels,
            skus,
            sales,
            sku_sales,
            sku_weeks,
            sku_days: None,
            sku_names,
            places: state.places,
            terms: state.terms,
            promotions: state.promotions,
            promoted: state.promoted,
            order_stats,
            backlog,
            history: state.history,
            supplementary,
            texts: state.texts,
            sources,
            rejects: state.rejects,
            quality: state.quality,
            hours: orders.hours,
            newest: state.newest,
            outside: state.outside,
            adjustments: state.adjustments,
            prices: state.prices,
            returned: state.returned,
            homes,
            outside_days: state.outside_days,
            conflicts,
            conflict_example: example.map(|id| ids.text(id)),
        }
    }

    /// Takes the SKUs' cells for what they are if days were asked for: those of days. The weeks are added up from them.
    #[must_use]
    pub fn with_sku_days(mut self, start: WeekStart) -> Self {
        let days = std::mem::take(&mut self.sku_weeks);
        for (key, cell) in days.iter() {
            let week = SkuKey {
                week: Day(key.week.0).week_number(start),
                ..*key
            };
            self.sku_weeks.cell(week).merge(*cell);
        }
        self.sku_days = Some(days);
        self
    }
}
