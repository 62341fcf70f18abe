//! The table `changes`: the last complete week and month against those before.

use std::collections::BTreeMap;

use polars::prelude::*;

use crate::field::{Currency, Day, Fulfillment, StatusGroup, label, zone};
use crate::table::shared_columns;

use crate::table::ColumnKind::{Count, Share};
use crate::table::rows::Rows;
use crate::table::{ALL_ORDERS, LakeView, Part, TableSpec, column};
use crate::topic::context::ReportContext;
use crate::topic::review::complete_periods::Cut;

pub(crate) const CHANGES: TableSpec = TableSpec {
    name: "changes",
    title: "What changed",
    part: Part::Demand,
    filled_by: ALL_ORDERS,
    definition: "The last complete week and month against the one before, against the mean of the four and the eight before, and \
                 against the same week (52 weeks) or month of last year, by channel, fulfillment and currency, and in all. A \
                 change is (this - then) / then; it is empty where then is zero or is not covered whole by the files, and a mean \
                 is empty unless all its periods are covered. A period is covered whole if no day of it lacks, at its ends or between \
                 them (see coverage). mark: new (nothing in the period before), gone (nothing in this \
                 one). Multi-channel orders are in no total.",
    columns: &[
        shared_columns::COMPARES,
        shared_columns::PERIOD,
        shared_columns::FIRST_DAY,
        shared_columns::SALES_CHANNEL,
        shared_columns::FULFILLMENT,
        shared_columns::CURRENCY,
        shared_columns::ORDERS,
        column(
            "orders_before",
            "Orders before",
            Count,
            "Orders in the period before.",
        ),
        shared_columns::ORDERS_CHANGE,
        shared_columns::UNITS,
        shared_columns::UNITS_BEFORE,
        shared_columns::UNITS_CHANGE,
        shared_columns::SALES,
        shared_columns::SALES_BEFORE,
        shared_columns::SALES_DIFFERENCE,
        shared_columns::SALES_CHANGE,
        column(
            "sales_vs_mean_4",
            "Against the mean of 4",
            Share,
            "Change of sales against the mean of the four periods before.",
        ),
        column(
            "sales_vs_mean_8",
            "Against the mean of 8",
            Share,
            "Change of sales against the mean of the eight periods before.",
        ),
        column(
            "sales_vs_last_year",
            "Against last year",
            Share,
            "Change of sales against the same week (52 weeks earlier) or month of last year.",
        ),
        shared_columns::MARK,
    ],
    charts: &[],
    in_lake: LakeView::Whole,
};

/// Sales.
#[derive(Debug, Clone, Copy, Default)]
struct ChangeSums {
    orders: i64,
    units: i64,
    sales: i128,
}

impl std::ops::AddAssign for ChangeSums {
    fn add_assign(&mut self, other: Self) {
        self.orders += other.orders;
        self.units += other.units;
        self.sales += other.sales;
    }
}

/// Channel, fulfillment, currency; `None` for all channels together.
type ChangeKey = (Option<(String, &'static str)>, Option<Currency>);
/// Sums by first day of their period.
type SumsByDay = BTreeMap<Day, ChangeSums>;

struct ChangeRow {
    cut: Cut,
    first: Day,
    key: ChangeKey,
    series: SumsByDay,
}

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let rows: Vec<ChangeRow> = [Cut::Week, Cut::Month]
        .into_iter()
        .flat_map(|cut| rows(context, cut))
        .collect();
    let now = |row: &ChangeRow| at(row, row.first);
    let then = |row: &ChangeRow| Some(at(row, before(context, row)?));
    let priced = |row: &ChangeRow, sales: i128| row.key.1.map(|_| sales);
    Rows::of(rows)
        .text("compares", |row| Some(row.cut.name().to_owned()))
        .text("period", |row| Some(row.cut.label(context, row.first)))
        .text("first_day", |row| Some(row.first.to_string()))
        .text("sales_channel", |row| {
            let channel = row.key.0.as_ref().map(|(channel, _)| channel.clone());
            Some(channel.unwrap_or_else(|| "all Amazon".to_owned()))
        })
        .text("fulfillment", |row| {
            row.key.0.as_ref().map(|(_, who)| (*who).to_owned())
        })
        .text("currency", |row| {
            row.key.1.map(|currency| currency.as_str().to_owned())
        })
        .count("orders", |row| Some(now(row).orders))
        .count("orders_before", |row| then(row).map(|then| then.orders))
        .share("orders_change", |row| {
            let then = then(row)?.orders;
            Some((now(row).orders - then, then))
        })
        .count("units", |row| Some(now(row).units))
        .count("units_before", |row| then(row).map(|then| then.units))
        .share("units_change", |row| {
            let then = then(row)?.units;
            Some((now(row).units - then, then))
        })
        .money("sales", |row| priced(row, now(row).sales))
        .money("sales_before", |row| priced(row, then(row)?.sales))
        .money("sales_difference", |row| {
            priced(row, now(row).sales - then(row)?.sales)
        })
        .part("sales_change", |row| {
            let then = priced(row, then(row)?.sales)?;
            Some((now(row).sales - then, then))
        })
        .part("sales_vs_mean_4", |row| against_mean(context, row, 4))
        .part("sales_vs_mean_8", |row| against_mean(context, row, 8))
        .part("sales_vs_last_year", |row| {
            let first = row.cut.year_ago(row.first);
            let covered = row.cut.covered(context, first);
            let then = priced(row, at(row, first).sales).filter(|_| covered)?;
            Some((now(row).sales - then, then))
        })
        .text("mark", |row| {
            let mark = match (then(row)?.orders, now(row).orders) {
                (0, 1..) => "new",
                (1.., 0) => "gone",
                _ => return None,
            };
            Some(mark.to_owned())
        })
        .frame()
}

fn at(row: &ChangeRow, first: Day) -> ChangeSums {
    row.series.get(&first).copied().unwrap_or_default()
}

/// The period before, if the files cover it whole.
fn before(context: &ReportContext<'_>, row: &ChangeRow) -> Option<Day> {
    let first = row.cut.back(row.first, 1);
    row.cut.covered(context, first).then_some(first)
}

/// This less the mean of so many periods before, and that mean, both as many times as large.
fn against_mean(
    context: &ReportContext<'_>,
    row: &ChangeRow,
    periods: i32,
) -> Option<(i128, i128)> {
    row.key.1?;
    let firsts = (1..=periods).map(|back| row.cut.back(row.first, back));
    let mut sum = 0;
    for first in firsts {
        if !row.cut.covered(context, first) {
            return None;
        }
        sum += at(row, first).sales;
    }
    Some((at(row, row.first).sales * i128::from(periods) - sum, sum))
}

/// Totals by currency first, then channel by channel; rows without sales in both periods are left out.
fn rows(context: &ReportContext<'_>, cut: Cut) -> Vec<ChangeRow> {
    let Some(first) = cut.last_complete(context) else {
        return Vec::new();
    };
    let state = context.state;
    let mut series: BTreeMap<ChangeKey, SumsByDay> = BTreeMap::new();
    let cancelled: Vec<bool> = state
        .labels
        .statuses
        .ids()
        .map(|id| StatusGroup::read(state.labels.statuses.get(id)) == StatusGroup::Cancelled)
        .collect();
    for (key, cell) in state.demand.sales.iter() {
        let as_count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let orders = if cancelled[key.status.0 as usize] {
            0
        } else {
            as_count(cell.orders_placed)
        };
        let sums = ChangeSums {
            orders,
            units: as_count(cell.units),
            sales: cell.sales.0,
        };
        let channel = state.labels.channels.get(key.channel);
        let who: Fulfillment = key.fulfillment;
        let start = cut.start(context, key.day);
        let own = (Some((label::shown(channel), who.name())), key.currency);
        *series.entry(own).or_default().entry(start).or_default() += sums;
        if !zone::is_multi_channel(channel) {
            let all = series.entry((None, key.currency)).or_default();
            *all.entry(start).or_default() += sums;
        }
    }
    let then = cut.back(first, 1);
    let sold = |series: &SumsByDay| {
        [first, then].iter().any(|first| {
            series
                .get(first)
                .is_some_and(|sums| sums.orders + sums.units > 0)
        })
    };
    series
        .into_iter()
        .filter(|(_, series)| sold(series))
        .map(|(key, series)| ChangeRow {
            cut,
            first,
            key,
            series,
        })
        .collect()
}
