//! The table `pending`: orders whose payment Amazon has not verified yet, by age.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::*;

use crate::field::{Fulfillment, Moment, OrderId, StatusGroup};
use crate::table::shared_columns;

use crate::table::ColumnKind::{Moment as MomentKind, Text};
use crate::table::Subject;
use crate::table::rows::Rows;
use crate::table::{LakeView, Part, TableSpec, column};
use crate::topic::context::ReportContext;

pub(crate) const PENDING: TableSpec = TableSpec {
    name: "pending",
    title: "Pending orders",
    part: Part::Shipping,
    filled_by: &["all-orders", "all-orders-xml", "pending"],
    definition: "Orders whose payment Amazon has yet to verify: do not ship them. Merchant orders by age: \
                 fresh (to 30 minutes), held (longer), payment_trouble (over 24 hours; ours), beyond_maximum (over 21 days, Amazon's \
                 maximum). An age is judged at the newest moment in the all-orders files, or at the moment of the report if that is \
                 earlier: what became of a pending order since is in no file. FBA orders are counted only: they stay pending until their last item ships. reported: orders of a \
                 pending-orders report (Japan) that no all-orders report tells of, of either fulfillment, by their age at the newest moment in these reports. Without a moment to judge \
                 at, age is unknown.",
    columns: &[
        shared_columns::FULFILLMENT,
        column(
            "age",
            "Age",
            Text,
            "How long the order has been pending at the newest moment in the files that tell of it: fresh, held, payment_trouble or beyond_maximum; empty where it is not known or does not matter.",
        ),
        shared_columns::ORDERS,
        column(
            "oldest_purchase",
            "Oldest purchase",
            MomentKind,
            "When the oldest of them was bought.",
        ),
    ],
    charts: &[],
    in_lake: LakeView::None(
        "it needs the newest moment of the all-orders reports alone; not written in SQL yet",
    ),
};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Ages, the youngest first: more than so many seconds, its name.
const AGES: [(i64, &str); 4] = [
    (i64::MIN, "fresh"),
    (30 * MINUTE, "held"),
    (24 * HOUR, "payment_trouble"),
    (21 * DAY, "beyond_maximum"),
];

struct AgeGroup {
    fulfillment: &'static str,
    age: Option<&'static str>,
    orders: i64,
    oldest: Option<Moment>,
}

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let state = context.state;
    let mut merchant: BTreeMap<OrderId, Moment> = BTreeMap::new();
    for (order, purchase) in &state.shipping.history.pending {
        let oldest = merchant.entry(*order).or_insert(*purchase);
        *oldest = (*oldest).min(*purchase);
    }
    // An all-orders report tells more of an order than a pending-orders report, whichever is newer: it knows whose it is.
    let told: BTreeSet<OrderId> = state
        .shipping
        .history
        .seen
        .iter()
        .map(|seen| seen.order)
        .collect();
    let reported = state.supplementary.lines.pending.iter();
    let reported: BTreeMap<OrderId, Moment> = reported
        .map(|(line, _)| (line.order_id, line.purchase_date))
        .filter(|(order, _)| !told.contains(order) && !merchant.contains_key(order))
        .collect();
    let mut groups = Vec::new();
    for (fulfillment, subject, orders) in [
        ("merchant", Subject::Orders, merchant),
        ("reported", Subject::Pending, reported),
    ] {
        let moment = context.known_until(subject);
        groups.extend(by_age(moment, fulfillment, orders.into_values()));
    }
    let fba = state.demand.sales.iter().filter(|(key, _)| {
        let group = StatusGroup::read(state.labels.statuses.get(key.status));
        key.fulfillment == Fulfillment::Amazon && group == StatusGroup::Pending
    });
    let fba: u64 = fba.map(|(_, cell)| cell.orders_placed).sum();
    if fba > 0 {
        groups.push(AgeGroup {
            fulfillment: "fba",
            age: None,
            orders: i64::try_from(fba).unwrap_or(i64::MAX),
            oldest: None,
        });
    }
    Rows::of(groups)
        .text("fulfillment", |group| Some(group.fulfillment.to_owned()))
        .text("age", |group| group.age.map(str::to_owned))
        .count("orders", |group| Some(group.orders))
        .text("oldest_purchase", |group| {
            group.oldest.map(|moment| moment.to_string())
        })
        .frame()
}

/// Orders by age at a moment, the oldest first; ages without an order are left out.
fn by_age(
    moment: Option<Moment>,
    fulfillment: &'static str,
    purchases: impl Iterator<Item = Moment>,
) -> Vec<AgeGroup> {
    let mut ages: BTreeMap<Option<usize>, Vec<Moment>> = BTreeMap::new();
    for purchase in purchases {
        let age = moment.map(|moment| moment.utc - purchase.utc);
        let place = age.and_then(|age| AGES.iter().rposition(|(over, _)| age > *over));
        ages.entry(place).or_default().push(purchase);
    }
    let group = |(place, purchases): (Option<usize>, Vec<Moment>)| AgeGroup {
        fulfillment,
        age: place.map(|place| AGES[place].1),
        orders: i64::try_from(purchases.len()).unwrap_or(i64::MAX),
        oldest: purchases.into_iter().min(),
    };
    ages.into_iter().rev().map(group).collect()
}
