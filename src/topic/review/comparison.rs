//! The table `comparison`: two ranges of the same files, or two sets of files.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::*;

use crate::table::ColumnKind::{Count, Money, Share, Text};
use crate::table::Compared;
use crate::table::rows::Rows;
use crate::table::shared_columns;
use crate::table::sums::quotient;
use crate::table::{ALL_ORDERS, LakeView, Part, Table, TableSpec, column};
use crate::topic::review::comparison_side::{ComparisonKey, ComparisonSums, Level, Side};

pub(crate) const COMPARISON: TableSpec = TableSpec {
    name: "comparison",
    title: "Then and now",
    part: Part::Demand,
    filled_by: ALL_ORDERS,
    definition: "Two ranges of days, or two sets of files: now against then. level all is Amazon demand, one row per currency, and \
                 level fulfillment has a row for each fulfillment: multi-channel orders (Non-Amazon) are in neither, they have rows of their \
                 own on level channel (by channel, fulfillment and currency). level converted, there with --fx FILE alone, is all currencies of \
                 Amazon demand together: what a channel sold on a day, times the rate of that day, each rounded once to four decimals, half \
                 away from zero; unknown if a day that sold has no rate. On level sku, the greatest difference in sales stands \
                 first. A change is (now - then) / then; it is empty where then is zero or less, and, but for that of a day, where a side is partial. Of sides with unlike numbers of days, \
                 sales per day are to be compared. cancelled_share is of all orders placed on that row, of any currency. partial_sides names the sides of whose days the files do not cover all (see coverage, for days \
                 between the first and the last); days are those that they do cover. mark: new (no orders then), gone (none now).",
    columns: &[
        column(
            "level",
            "Level",
            Text,
            "What the row is about: all (Amazon demand), converted (the same in one currency), fulfillment, channel or sku.",
        ),
        shared_columns::SALES_CHANNEL,
        shared_columns::FULFILLMENT,
        shared_columns::SKU,
        shared_columns::PRODUCT_NAME,
        shared_columns::CURRENCY,
        shared_columns::ORDERS,
        column(
            "orders_then",
            "Orders then",
            Count,
            "Orders of the side compared with.",
        ),
        shared_columns::ORDERS_CHANGE.labelled("Change of orders"),
        shared_columns::UNITS,
        column(
            "units_then",
            "Units then",
            Count,
            "Units of the side compared with.",
        ),
        shared_columns::UNITS_CHANGE.labelled("Change of units"),
        shared_columns::SALES,
        column(
            "sales_then",
            "Sales then",
            Money,
            "Sales of the side compared with.",
        ),
        shared_columns::SALES_DIFFERENCE,
        shared_columns::SALES_CHANGE.labelled("Change of sales"),
        column(
            "sales_per_day",
            "Sales a day",
            Money,
            "Sales by days of the side.",
        ),
        column(
            "sales_per_day_then",
            "Sales a day then",
            Money,
            "Sales by days of the side compared with.",
        ),
        column(
            "sales_per_day_change",
            "Change a day",
            Share,
            "Change of sales per day, from the side compared with, as a part of it.",
        ),
        shared_columns::ASP,
        column(
            "asp_then",
            "Average price then",
            Money,
            "Average selling price of the side compared with.",
        ),
        shared_columns::AOV,
        column(
            "aov_then",
            "Average order then",
            Money,
            "Average order value of the side compared with.",
        ),
        column(
            "cancelled_share",
            "Cancelled",
            Share,
            "The part of orders placed that were cancelled, of any currency: cancelled orders seldom state one.",
        ),
        column(
            "cancelled_share_then",
            "Cancelled then",
            Share,
            "The part of orders placed that were cancelled, of the side compared with.",
        ),
        column(
            "cancelled_share_points",
            "Change of cancelled",
            Share,
            "The part of orders that were cancelled less that of the side compared with: 0.01 is a percentage point.",
        ),
        shared_columns::DAYS,
        column(
            "days_then",
            "Days then",
            Count,
            "Days of the side compared with: those asked for that the files cover.",
        ),
        column(
            "partial_sides",
            "Partial",
            Text,
            "The sides of whose days the files do not cover all: then, now, then and now; empty if they cover all.",
        ),
        shared_columns::MARK,
    ],
    charts: &[],
    in_lake: LakeView::None("it is of two sides, and no table of a report"),
};

/// Sales now and then.
struct ComparisonRow {
    key: ComparisonKey,
    now: ComparisonSums,
    then: ComparisonSums,
    /// Orders that were cancelled and orders placed, in any currency: those that were cancelled seldom state one.
    cancelled: [(i64, i64); 2],
}

impl ComparisonRow {
    /// The sales of one side, if they are known.
    fn sales(&self, sums: &ComparisonSums) -> Option<i128> {
        let known = self.key.currency.is_some() && sums.unconverted == 0;
        known.then_some(sums.sales)
    }

    fn difference(&self) -> Option<i128> {
        Some(self.sales(&self.now)? - self.sales(&self.then)?)
    }
}

/// The table that compares two sides.
///
/// # Errors
/// What polars refuses: a defect of the program.
pub fn comparison(then: &Side, now: &Side, compared: &Compared) -> PolarsResult<Table> {
    let keys: BTreeSet<&ComparisonKey> = then.sums.keys().chain(now.sums.keys()).collect();
    let cancelled = [now, then].map(cancelled);
    let row = |key: &ComparisonKey| ComparisonRow {
        now: now.sums.get(key).copied().unwrap_or_default(),
        then: then.sums.get(key).copied().unwrap_or_default(),
        key: key.clone(),
        cancelled: [0, 1].map(|side: usize| {
            let orders = cancelled[side].get(&whole(key));
            orders.copied().unwrap_or_default()
        }),
    };
    let sold = |sums: &ComparisonSums| sums.orders_placed + sums.orders + sums.units > 0;
    let mut rows: Vec<ComparisonRow> = keys
        .into_iter()
        .map(row)
        .filter(|row| sold(&row.now) || sold(&row.then))
        .collect();
    // The rest is in the order of the keys; of SKUs in a currency, whatever weighs most stands first.
    rows.sort_by_cached_key(|row| {
        let key = &row.key;
        (key.level == Level::Sku).then(|| (key.currency, Reverse(row.difference().map(i128::abs))))
    });
    let partial = match (compared.then.partial, compared.now.partial) {
        (true, true) => Some("then and now"),
        (true, false) => Some("then"),
        (false, true) => Some("now"),
        (false, false) => None,
    };
    let days = [compared.now.days, compared.then.days];
    Table::from_frame(&COMPARISON, &frame(rows, then, now, &days, partial)?)
}

/// The key without its currency.
fn whole(key: &ComparisonKey) -> ComparisonKey {
    ComparisonKey {
        currency: None,
        ..key.clone()
    }
}

/// Cancelled orders and orders placed, currencies together. A SKU has none: its orders are those with a live line.
fn cancelled(side: &Side) -> BTreeMap<ComparisonKey, (i64, i64)> {
    let mut orders: BTreeMap<ComparisonKey, (i64, i64)> = BTreeMap::new();
    for (key, sums) in side.sums.iter().filter(|(key, _)| key.level != Level::Sku) {
        let known = orders.entry(whole(key)).or_default();
        known.0 += sums.orders_placed - sums.orders;
        known.1 += sums.orders_placed;
    }
    orders
}

/// A part of a whole in millionths.
fn share((part, whole): (i64, i64)) -> Option<i128> {
    quotient(i128::from(part) * 1_000_000, whole.into())
}

/// What there is more, and of what it is a part.
fn change(now: i64, then: i64) -> (i64, i64) {
    (now - then, then)
}

fn frame(
    rows: Vec<ComparisonRow>,
    then: &Side,
    now: &Side,
    days: &[i64; 2],
    partial: Option<&str>,
) -> PolarsResult<DataFrame> {
    let text = |text: &str| Some(text.to_owned());
    let [days_now, days_then] = days.map(i128::from);
    let whole = partial.is_none();
    let asp = |row: &ComparisonRow, sums: &ComparisonSums| {
        let priced = i128::from(sums.units - sums.unpriced_units);
        quotient(row.sales(sums)?, priced)
    };
    let aov = |row: &ComparisonRow, sums: &ComparisonSums| {
        let orders = i128::from(sums.priced_orders);
        quotient(row.sales(sums)?, orders)
    };
    Rows::of(rows)
        .text("level", |row| text(row.key.level.name()))
        .text("sales_channel", |row| text(&row.key.channel))
        .text("fulfillment", |row| text(row.key.fulfillment))
        .text("sku", |row| text(&row.key.sku))
        .text("product_name", |row| {
            let name = |side: &Side| side.names.get(&row.key.sku).cloned();
            (row.key.level == Level::Sku).then(|| name(now).or_else(|| name(then)))?
        })
        .text("currency", |row| {
            row.key
                .currency
                .map(|currency| currency.as_str().to_owned())
        })
        .count("orders", |row| Some(row.now.orders))
        .count("orders_then", |row| Some(row.then.orders))
        .share("orders_change", |row| {
            whole.then_some(change(row.now.orders, row.then.orders))
        })
        .count("units", |row| Some(row.now.units))
        .count("units_then", |row| Some(row.then.units))
        .share("units_change", |row| {
            whole.then_some(change(row.now.units, row.then.units))
        })
        .money("sales", |row| row.sales(&row.now))
        .money("sales_then", |row| row.sales(&row.then))
        .money("sales_difference", ComparisonRow::difference)
        .part("sales_change", |row| {
            let then = row.sales(&row.then)?;
            let difference = row.difference()?;
            (whole && then > 0).then_some((difference, then))
        })
        .money("sales_per_day", |row| {
            quotient(row.sales(&row.now)?, days_now)
        })
        .money("sales_per_day_then", |row| {
            quotient(row.sales(&row.then)?, days_then)
        })
        .part("sales_per_day_change", |row| {
            // now / its days against then / its days, both times both numbers of days: nothing is rounded before the end.
            let then = row.sales(&row.then)? * days_now;
            let now = row.sales(&row.now)? * days_then;
            (then > 0).then_some((now - then, then))
        })
        .money("asp", |row| asp(row, &row.now))
        .money("asp_then", |row| asp(row, &row.then))
        .money("aov", |row| aov(row, &row.now))
        .money("aov_then", |row| aov(row, &row.then))
        .share("cancelled_share", |row| Some(row.cancelled[0]))
        .share("cancelled_share_then", |row| Some(row.cancelled[1]))
        .part("cancelled_share_points", |row| {
            let points = share(row.cancelled[0])? - share(row.cancelled[1])?;
            Some((points, 1_000_000))
        })
        .count("days", |_| i64::try_from(days_now).ok())
        .count("days_then", |_| i64::try_from(days_then).ok())
        .text("partial_sides", |_| partial.and_then(text))
        .text("mark", |row| match (row.then.orders, row.now.orders) {
            (0, 1..) => text("new"),
            (1.., 0) => text("gone"),
            _ => None,
        })
        .frame()
}
