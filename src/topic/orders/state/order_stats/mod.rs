//! Statistics of whole orders, computed from the records of the order log: size, value, profile, and SKUs bought together.
//!
//! The records of the order log say it all, so no line is read again. Shelf by partition, so that many threads can do it.

mod histogram;
mod pairs;
mod passes;
mod profile;

use std::collections::BTreeMap;

use hashbrown::{HashMap, HashSet};

use crate::field::{Currency, Fulfillment, LabelId, Labels, Money, OrderId, StatusGroup, zone};

use crate::cube::Cube;
use crate::line::LineLabels;
use crate::partitioned::PARTITIONS;
use crate::topic::demand::state::DemandState;
use crate::topic::demand::state::sales::SalesKey;
use crate::topic::orders::state::OrderState;
use crate::topic::orders::state::home::common_home;
use crate::topic::orders::state::order_log::{Others, Record, RunOf, RunSums};
use crate::topic::products::state::ProductState;

pub use crate::topic::orders::state::order_stats::histogram::{Group, QUANTILES, Values};
pub use crate::topic::orders::state::order_stats::pairs::Pair;
pub use crate::topic::orders::state::order_stats::passes::{FirstPass, SecondPass};
pub use crate::topic::orders::state::order_stats::profile::{
    OrderMeasures, PlaceKey, TermsKey, customer,
};

/// What is left of the orders.
#[derive(Debug, Default)]
pub struct OrderStats {
    /// The records of orders of several runs, sorted by order within a partition.
    pub scattered: Vec<Record>,
    /// Whether more than these was looked at.
    pub taken: bool,
    /// By place and currency.
    pub places: Cube<PlaceKey, OrderMeasures>,
    /// By terms, fulfillment, and currency.
    pub terms: Cube<TermsKey, OrderMeasures>,
    /// How large orders are.
    pub sizes: Sizes,
    /// What they are worth, by fulfillment and currency.
    pub values: Vec<(Group, Values)>,
    /// Amazon's orders with a live line.
    pub baskets: u64,
    /// SKUs that are bought together.
    pub pairs: Vec<Pair>,
}

/// What an order is counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// Its live lines.
    Lines,
    /// The units of these.
    Units,
    /// Their SKUs.
    Skus,
}

impl Size {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Units, Self::Lines, Self::Skus];

    /// The word in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lines => "lines",
            Self::Units => "units",
            Self::Skus => "skus",
        }
    }
}

/// Sizes that are told apart; the last one is that and all above.
pub const SIZES: usize = 6;

/// Orders by fulfillment, what is counted, and how many there are of it, from none on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sizes([[[u64; SIZES]; 3]; 3]);

impl Sizes {
    fn add(&mut self, who: Fulfillment, sizes: [u64; 3]) {
        for (counts, size) in self.0[who as usize].iter_mut().zip(sizes) {
            counts[usize::try_from(size).map_or(SIZES - 1, |size| size.min(SIZES - 1))] += 1;
        }
    }

    /// Orders of `who` by the size that is asked for.
    pub fn of(&self, who: Fulfillment, size: Size) -> [u64; SIZES] {
        self.0[who as usize][size as usize]
    }
}

impl crate::merge::Merge for Sizes {
    fn merge(&mut self, other: Self) {
        let (all, more) = (self.0.as_flattened_mut(), other.0.as_flattened());
        for (all, more) in all.as_flattened_mut().iter_mut().zip(more.as_flattened()) {
            *all += more;
        }
    }
}

/// The parts of a state that order statistics are made of.
#[derive(Debug, Clone, Copy)]
pub struct StateParts<'s> {
    /// The texts of lines.
    pub labels: &'s LineLabels,
    /// Demand, for the cells that orders count in.
    pub demand: &'s DemandState,
    /// Products, for the SKUs of orders.
    pub products: &'s ProductState,
    /// The orders.
    pub orders: &'s OrderState,
}

/// An order, all lines of it.
#[derive(Debug, Clone)]
struct Order {
    home: SalesKey,
    sums: RunSums,
    others: Others,
    /// It holds a live line with a price.
    priced: bool,
    /// SKUs of live lines.
    skus: Vec<LabelId>,
}

impl Order {
    /// Takes in another run of the order.
    fn merge_mapped(&mut self, other: Self, parts: StateParts<'_>) {
        let currencies = (self.home.currency, other.home.currency);
        self.home = common_home(
            self.home,
            other.home,
            &parts.labels.statuses,
            &parts.labels.channels,
        )
        .0;
        let (sums, more) = (&mut self.sums, other.sums);
        let home = self.home.currency;
        let mut amounts: BTreeMap<Option<Currency>, Money> = BTreeMap::new();
        for (currency, amount) in [(currencies.0, sums.amount), (currencies.1, more.amount)] {
            *amounts.entry(currency).or_default() += amount;
        }
        for (currency, amount) in self.others.drain(..).chain(other.others) {
            *amounts.entry(Some(currency)).or_default() += amount;
        }
        // Without a currency there is no amount.
        amounts.remove(&None);
        sums.amount = amounts.remove(&home).unwrap_or_default();
        let others = amounts
            .into_iter()
            .filter(|(_, amount)| *amount != Money::default());
        self.others = others
            .filter_map(|(currency, amount)| Some((currency?, amount)))
            .collect();
        sums.lines += more.lines;
        sums.units += more.units;
        sums.unpriced_units += more.unpriced_units;
        sums.place = parts.orders.profiles.places.least(sums.place, more.place);
        sums.terms = parts.orders.profiles.terms.least(sums.terms, more.terms);
        self.priced |= other.priced;
        self.skus.extend(other.skus);
        self.skus.sort_unstable();
        self.skus.dedup();
    }
}

/// What is asked of the cells of an order, by their places: looked up for every order, so it is kept as small as it can be.
#[derive(Debug)]
pub struct StatsContext {
    homes: Vec<Home>,
    /// The SKU of every cell of the SKU cube.
    skus: Vec<LabelId>,
    /// Fulfillment and the currency, of the homes that have one.
    groups: Vec<Group>,
}

/// What is asked of a home.
#[derive(Debug, Clone, Copy)]
struct Home {
    who: Fulfillment,
    currency: Option<Currency>,
    /// It is none of Amazon's.
    outside: bool,
    cancelled: bool,
    group: Option<u16>,
}

impl StatsContext {
    /// Of the cells of a parts.
    pub fn of(parts: StateParts<'_>) -> Self {
        let all = |labels: &Labels, is: &dyn Fn(&[u8]) -> bool| -> Vec<bool> {
            labels.ids().map(|id| is(labels.get(id))).collect()
        };
        let outside = all(&parts.labels.channels, &zone::is_multi_channel);
        let cancelled = all(&parts.labels.statuses, &|status| {
            StatusGroup::read(status) == StatusGroup::Cancelled
        });
        let group = |key: &SalesKey| Some((key.fulfillment, key.currency?));
        // An order of several runs may be at home where no run is: in any currency, shipped by anybody.
        let mut currencies: Vec<Currency> = (parts.demand.sales.iter())
            .filter_map(|(key, _)| key.currency)
            .collect();
        currencies.sort_unstable();
        currencies.dedup();
        let groups: Vec<Group> = Fulfillment::ALL
            .into_iter()
            .flat_map(|who| currencies.iter().map(move |currency| (who, *currency)))
            .collect();
        let home = |key: &SalesKey| Home {
            who: key.fulfillment,
            currency: key.currency,
            outside: outside[key.channel.0 as usize],
            cancelled: cancelled[key.status.0 as usize],
            group: group(key)
                .and_then(|group| groups.binary_search(&group).ok())
                .and_then(|place| u16::try_from(place).ok()),
        };
        Self {
            homes: parts
                .demand
                .sales
                .iter()
                .map(|(key, _)| home(key))
                .collect(),
            skus: parts
                .products
                .sales
                .iter()
                .map(|(key, _)| key.sku)
                .collect(),
            groups,
        }
    }

    fn home(&self, run: &RunOf<'_>) -> Home {
        self.homes[run.home() as usize]
    }

    fn skus(&self, run: &RunOf<'_>) -> impl Iterator<Item = LabelId> {
        run.skus().map(|cell| self.skus[cell as usize])
    }

    /// The home of an order whose runs were settled: nobody else's cell needs be there.
    fn settled(&self, order: &Order, parts: StateParts<'_>) -> Home {
        let group = order
            .home
            .currency
            .map(|currency| (order.home.fulfillment, currency));
        Home {
            who: order.home.fulfillment,
            currency: order.home.currency,
            outside: zone::is_multi_channel(parts.labels.channels.get(order.home.channel)),
            cancelled: StatusGroup::read(parts.labels.statuses.get(order.home.status))
                == StatusGroup::Cancelled,
            group: group
                .and_then(|group| self.groups.binary_search(&group).ok())
                .and_then(|place| u16::try_from(place).ok()),
        }
    }
}

impl Home {
    /// Whether somebody chose what stands in an order at Amazon, and was not turned away.
    fn is_basket(self, lines: u64) -> bool {
        lines > 0 && !self.outside
    }
}

/// Shows the runs of a partition that are a whole order each.
#[inline]
fn single<'s>(
    parts: StateParts<'s>,
    partition: usize,
    again: Option<&HashSet<OrderId>>,
    mut show: impl FnMut(&RunOf<'s>),
) {
    // Few orders are of several runs, and most that are not are told by a bit.
    let bit = |id: OrderId| 1_u64 << (id.partition(PARTITIONS * 64) / PARTITIONS);
    let bits = again
        .into_iter()
        .flatten()
        .fold(0, |bits, id| bits | bit(*id));
    parts.orders.log.runs_of(partition, |run| {
        let maybe = bits & bit(run.id()) != 0;
        if !(maybe && again.is_some_and(|again| again.contains(&run.id()))) {
            show(&run);
        }
    });
}

/// The orders of a partition that are several runs, whole.
fn whole(parts: StateParts<'_>, partition: usize, again: &HashSet<OrderId>) -> Vec<Order> {
    let mut whole: HashMap<OrderId, Order> = HashMap::new();
    parts.orders.log.runs_of(partition, |run| {
        if !again.contains(&run.id()) {
            return;
        }
        let part = Order {
            home: parts.demand.sales.at(run.home()).0,
            priced: run.is_priced(),
            sums: run.sums,
            others: run.others.to_vec(),
            skus: run
                .skus()
                .map(|sku| parts.products.sales.at(sku).0.sku)
                .collect(),
        };
        match whole.get_mut(&run.id()) {
            Some(order) => order.merge_mapped(part, parts),
            None => drop(whole.insert(run.id(), part)),
        }
    });
    whole.into_values().collect()
}
