//! The table `late_rate_by`: late shipments by SKU, service level and ship-by day.

use std::collections::BTreeMap;

use polars::prelude::*;

use crate::table::ColumnKind::Text;
use crate::table::rows::Rows;
use crate::table::shared_columns;
use crate::table::{LakeView, Part, TableSpec, column};
use crate::topic::context::ReportContext;
use crate::topic::shipping::judged_order::{Judged, Proof};
use crate::topic::shipping::lateness::judged;
use crate::topic::shipping::recent_orders::within;

/// The longer window.
const DAYS: i32 = 30;

pub(crate) const LATE_RATE_BY: TableSpec = TableSpec {
    name: "late_rate_by",
    title: "Where late shipments come from",
    part: Part::Shipping,
    filled_by: &["unshipped", "orders-report"],
    definition: "The orders behind the late rate of 30 days, by service level, by SKU (an order under each of its SKUs) and by the \
                 day on which they were to ship: those with most late orders first, days in their order. Floor and ceiling as in \
                 late_rate; both are empty where no order was due yet.",
    columns: &[
        column(
            "dimension",
            "By",
            Text,
            "What the orders are grouped by: ship_service_level, sku or ship_by_day.",
        ),
        column("value", "Value", Text, "The service level, SKU or day."),
        shared_columns::ORDERS,
        shared_columns::LATE,
        shared_columns::ON_TIME,
        shared_columns::UNKNOWN,
        shared_columns::NOT_DUE,
        shared_columns::LATE_RATE_LOW,
        shared_columns::LATE_RATE_HIGH,
    ],
    charts: &[],
    in_lake: LakeView::None(LakeView::HISTORY),
};

#[derive(Debug, Default)]
struct LateCounts {
    orders: i64,
    late: i64,
    on_time: i64,
    not_due: i64,
}

impl LateCounts {
    /// Whether an order was due: if not, there is no rate.
    fn is_known(&self) -> bool {
        self.orders > self.not_due
    }

    fn add(&mut self, order: &Judged) {
        self.orders += 1;
        match order.proof {
            Proof::Late => self.late += 1,
            Proof::OnTime => self.on_time += 1,
            Proof::NotDue => self.not_due += 1,
            Proof::Unknown => {}
        }
    }
}

type LateRateRow = (&'static str, String, LateCounts);

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let [mut services, mut skus, mut days]: [BTreeMap<String, LateCounts>; 3] = Default::default();
    let orders = judged(context).iter();
    for order in orders.filter(|order| within(order.day, order.today, DAYS)) {
        services
            .entry(context.text(order.service))
            .or_default()
            .add(order);
        for sku in &order.skus {
            skus.entry(context.text(*sku)).or_default().add(order);
        }
        days.entry(order.promise.day.to_string())
            .or_default()
            .add(order);
    }
    let rows = |dimension, counts: BTreeMap<String, LateCounts>| -> Vec<LateRateRow> {
        let rows = counts.into_iter();
        rows.map(|(value, counts)| (dimension, value, counts))
            .collect()
    };
    let mut all: Vec<LateRateRow> = Vec::new();
    for (dimension, counts) in [("ship_service_level", services), ("sku", skus)] {
        let mut rows = rows(dimension, counts);
        // Stable, so that equal ones stay in the order of their names.
        rows.sort_by_key(|(.., counts)| std::cmp::Reverse((counts.late, counts.orders)));
        all.extend(rows);
    }
    all.extend(rows("ship_by_day", days));
    Rows::of(all)
        .text("dimension", |(dimension, ..)| Some((*dimension).to_owned()))
        .text("value", |(_, value, _)| Some(value.clone()))
        .count("orders", |(.., counts)| Some(counts.orders))
        .count("late", |(.., counts)| Some(counts.late))
        .count("on_time", |(.., counts)| Some(counts.on_time))
        .count("unknown", |(.., counts)| {
            Some(counts.orders - counts.late - counts.on_time)
        })
        .count("not_due", |(.., counts)| Some(counts.not_due))
        .share("late_rate_low", |(.., counts)| {
            counts.is_known().then_some((counts.late, counts.orders))
        })
        .share("late_rate_high", |(.., counts)| {
            let late = counts.orders - counts.on_time;
            counts.is_known().then_some((late, counts.orders))
        })
        .frame()
}
