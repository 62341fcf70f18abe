//! The table `movers`: the SKUs whose sales changed most since the complete week before.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use polars::prelude::*;

use crate::field::{Currency, Day, LabelId, label};
use crate::table::shared_columns;

use crate::table::ColumnKind::Count;
use crate::table::rows::Rows;
use crate::table::{ALL_ORDERS, LakeView, Part, TableSpec, column};
use crate::topic::context::ReportContext;
use crate::topic::products::state::sku::SkuPeriod;
use crate::topic::review::complete_periods::Cut;

pub(crate) const MOVERS: TableSpec = TableSpec {
    name: "movers",
    title: "Movers of the week",
    part: Part::Products,
    filled_by: ALL_ORDERS,
    definition: "The SKUs that contributed most to the change in sales from the week before to the last complete week: at most ten up \
                 and ten down in every currency, greatest difference first. The table is empty if a day of the week before lacks (see coverage). A SKU that made less than 0.1 % of either week's sales \
                 is left out. share_of_change: its part of the whole change. mark: new (no sales in the week before), gone (none in \
                 this one).",
    columns: &[
        shared_columns::PERIOD,
        shared_columns::CURRENCY,
        shared_columns::DIRECTION,
        column(
            "rank",
            "Rank",
            Count,
            "Its place, the greatest difference first.",
        ),
        shared_columns::SKU,
        shared_columns::PRODUCT_NAME,
        shared_columns::SALES,
        shared_columns::SALES_BEFORE,
        shared_columns::SALES_DIFFERENCE,
        shared_columns::SALES_CHANGE,
        shared_columns::UNITS,
        shared_columns::UNITS_BEFORE,
        shared_columns::MARK,
    ],
    charts: &[],
    in_lake: LakeView::Whole,
};

/// So many up and so many down.
const MOST: usize = 10;

#[derive(Debug, Clone, Copy, Default)]
struct Pair {
    sales: [i128; 2],
    units: [i64; 2],
}

impl Pair {
    fn difference(&self) -> i128 {
        self.sales[0] - self.sales[1]
    }
}

struct SkuMover {
    currency: Currency,
    up: bool,
    rank: usize,
    sku: LabelId,
    pair: Pair,
}

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let state = context.state;
    let (movers, week) = match Cut::Week.last_complete(context) {
        Some(first) if Cut::Week.covered(context, first.plus(-7)) => {
            (movers(context, first), first)
        }
        _ => (Vec::new(), Day::default()),
    };
    let money = |of: fn(&Pair) -> i128| move |mover: &SkuMover| Some(of(&mover.pair));
    Rows::of(movers)
        .text("period", |_| Some(Cut::Week.label(context, week)))
        .text("currency", |mover| Some(mover.currency.as_str().to_owned()))
        .text("direction", |mover| {
            Some(if mover.up { "up" } else { "down" }.to_owned())
        })
        .count("rank", |mover| i64::try_from(mover.rank).ok())
        .text("sku", |mover| {
            Some(label::shown(state.labels.skus.get(mover.sku)))
        })
        .text("product_name", |mover| {
            let names = &state.products.names[mover.sku.0 as usize];
            names.product_name.text().map(label::shown)
        })
        .money("sales", money(|pair| pair.sales[0]))
        .money("sales_before", money(|pair| pair.sales[1]))
        .money("sales_difference", money(Pair::difference))
        .part("sales_change", |mover| {
            Some((mover.pair.difference(), mover.pair.sales[1]))
        })
        .count("units", |mover| Some(mover.pair.units[0]))
        .count("units_before", |mover| Some(mover.pair.units[1]))
        .text("mark", |mover| {
            let mark = match mover.pair.sales {
                [_, 0] => "new",
                [0, _] => "gone",
                _ => return None,
            };
            Some(mark.to_owned())
        })
        .frame()
}

fn movers(context: &ReportContext<'_>, first: Day) -> Vec<SkuMover> {
    let state = context.state;
    let mut pairs: BTreeMap<Currency, BTreeMap<LabelId, Pair>> = BTreeMap::new();
    for (key, cell) in state.products.weeks.iter() {
        let SkuPeriod::Week(week) = key.period else {
            continue;
        };
        let place = match week.first_day(context.time.week_start) {
            day if day == first => 0,
            day if day == first.plus(-7) => 1,
            _ => continue,
        };
        let Some(currency) = key.currency else {
            continue;
        };
        let pair = pairs
            .entry(currency)
            .or_default()
            .entry(key.sku)
            .or_default();
        pair.sales[place] += cell.sales.0;
        pair.units[place] += i64::try_from(cell.units).unwrap_or(i64::MAX);
    }
    let mut movers = Vec::new();
    for (currency, skus) in pairs {
        let totals = [0, 1].map(|week| skus.values().map(|pair| pair.sales[week]).sum::<i128>());
        let weighs = |pair: &Pair| {
            (0..2).any(|week| pair.sales[week] > 0 && pair.sales[week] * 1000 >= totals[week])
        };
        for up in [true, false] {
            let moved = |pair: &Pair| pair.difference() != 0 && (pair.difference() > 0) == up;
            let mut list: Vec<(LabelId, Pair)> = skus
                .iter()
                .filter(|(_, pair)| moved(pair) && weighs(pair))
                .map(|(sku, pair)| (*sku, *pair))
                .collect();
            list.sort_by_key(|(sku, pair)| {
                (
                    Reverse(pair.difference().abs()),
                    state.labels.skus.get(*sku),
                )
            });
            let ranked = (1..).zip(list).take(MOST);
            movers.extend(ranked.map(|(rank, (sku, pair))| SkuMover {
                currency,
                up,
                rank,
                sku,
                pair,
            }));
        }
    }
    movers
}
