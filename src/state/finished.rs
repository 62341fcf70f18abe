//! The state once all lines are in: orders counted once, and the backlog with its channels.

use hashbrown::{HashMap, HashSet};

use crate::cube::Cube;
use crate::field::{Labels, OrderId, OrderIds, WeekStart};
use crate::line::LineLabels;
use crate::merge::Merge;
use crate::state::State;
use crate::state::supplementary::CountedLines;
use crate::topic::data_quality::state::DataQualityState;
use crate::topic::demand::state::DemandState;
use crate::topic::demand::state::hours::Hours;
use crate::topic::demand::state::sales::SalesKey;
use crate::topic::orders::state::ProfileLabels;
use crate::topic::orders::state::order_log::Counts;
use crate::topic::orders::state::order_stats::OrderStats;
use crate::topic::products::state::promotion::Promotions;
use crate::topic::products::state::sku::{SkuKey, SkuMeasures, SkuNames, SkuPeriod};
use crate::topic::returns::state::ReturnState;
use crate::topic::shipping::state::backlog::OpenLine;
use crate::topic::shipping::state::history::History;

/// The state that tables are computed from.
#[derive(Debug)]
pub struct FinishedState {
    /// The texts of order lines.
    pub labels: LineLabels,
    /// Demand, orders counted at home.
    pub demand: DemandState,
    /// Products.
    pub products: FinishedProducts,
    /// Orders.
    pub orders: FinishedOrders,
    /// Shipping.
    pub shipping: FinishedShipping,
    /// Returns.
    pub returns: ReturnState,
    /// The lines of other reports.
    pub supplementary: FinishedSupplementary,
    /// Data quality.
    pub data_quality: DataQualityState,
}

/// Products, once all lines are in.
#[derive(Debug)]
pub struct FinishedProducts {
    /// Sales by SKU and currency, all weeks together.
    pub sales: Cube<SkuKey, SkuMeasures>,
    /// The same by week.
    pub weeks: Cube<SkuKey, SkuMeasures>,
    /// The same by day, `None` unless days were asked for.
    pub days: Option<Cube<SkuKey, SkuMeasures>>,
    /// The names of every SKU.
    pub names: Vec<SkuNames>,
    /// Sales under promotions.
    pub promotions: Promotions,
}

/// Orders, once all lines are in.
#[derive(Debug)]
pub struct FinishedOrders {
    /// Size, value, place and SKUs of whole orders.
    pub stats: OrderStats,
    /// The texts of order profiles.
    pub profiles: ProfileLabels,
    /// Orders by hour and weekday.
    pub hours: Hours,
    /// Where the orders count that other reports name, as far as all-orders files hold them.
    pub homes: HashMap<OrderId, SalesKey>,
    /// Orders whose lines disagree.
    pub conflicts: u64,
    /// The first of them by its id, as text.
    pub conflict_example: Option<String>,
}

/// Shipping, once all lines are in.
#[derive(Debug)]
pub struct FinishedShipping {
    /// Open lines by place, each with the channel of its order where an all-orders file tells it.
    pub backlog: Vec<OpenLine>,
    /// What files show of the orders that unshipped files and orders reports list.
    pub history: History,
}

/// The lines of other reports, once it is known which of them count.
#[derive(Debug)]
pub struct FinishedSupplementary {
    /// The lines that count.
    pub lines: CountedLines,
    /// Their texts, and those of shipping.
    pub texts: Labels,
}

impl FinishedState {
    /// Counts the orders of several runs once, by what the order statistics found, and settles the lines of other reports.
    pub fn new(state: State, stats: OrderStats, ids: &OrderIds) -> Self {
        let State {
            labels,
            mut demand,
            mut products,
            mut orders,
            shipping,
            returns,
            supplementary,
            mut data_quality,
        } = state;
        let lines = supplementary.lines.settle(&mut data_quality.sources);
        let mut backlog = shipping.backlog.sorted();
        let open = backlog.iter().filter(|line| line.sales_channel.is_empty());
        let wanted: HashSet<OrderId> = open
            .map(|line| line.order_id)
            .chain(lines.merchant_returns.iter().map(|line| line.order_id))
            .chain(lines.fba_returns.iter().map(|line| line.order_id))
            .collect();
        let mut homes = HashMap::new();
        if !wanted.is_empty() {
            let runs = orders.log.runs(&demand.sales);
            homes.extend(runs.filter(|(order, _)| wanted.contains(order)));
        }
        let Counts { conflicts, example } = orders.log.settle(
            &stats.scattered,
            &mut demand.sales,
            &mut products.sales,
            (&labels.statuses, &labels.channels),
            ids,
            |order, home| {
                if wanted.contains(&order) {
                    homes.insert(order, home);
                }
            },
        );
        let weeks = products.sales;
        let mut sales: Cube<SkuKey, SkuMeasures> = Cube::default();
        for (key, cell) in weeks.iter() {
            let all = SkuKey {
                period: SkuPeriod::All,
                ..*key
            };
            sales.cell(all).merge(*cell);
        }
        let without_channel = |line: &&mut OpenLine| line.sales_channel.is_empty();
        for line in backlog.iter_mut().filter(without_channel) {
            if let Some(home) = homes.get(&line.order_id) {
                line.sales_channel = labels.channels.get(home.channel).into();
            }
        }
        Self {
            labels,
            demand,
            products: FinishedProducts {
                sales,
                weeks,
                days: None,
                names: products.names,
                promotions: products.promotions,
            },
            orders: FinishedOrders {
                stats,
                profiles: orders.profiles,
                hours: orders.log.hours,
                homes,
                conflicts,
                conflict_example: example.map(|id| ids.text(id)),
            },
            shipping: FinishedShipping {
                backlog,
                history: shipping.history,
            },
            returns,
            supplementary: FinishedSupplementary {
                lines,
                texts: supplementary.texts,
            },
            data_quality,
        }
    }

    /// Takes the SKUs' cells for what they are if days were asked for: those of days. The weeks are added up from them.
    #[must_use]
    pub fn with_sku_days(mut self, start: WeekStart) -> Self {
        let days = std::mem::take(&mut self.products.weeks);
        for (key, cell) in days.iter() {
            let SkuPeriod::Day(day) = key.period else {
                continue;
            };
            let week = SkuKey {
                period: SkuPeriod::Week(day.week_number(start)),
                ..*key
            };
            self.products.weeks.cell(week).merge(*cell);
        }
        self.products.days = Some(days);
        self
    }
}
