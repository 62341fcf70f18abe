//! The table `pick_list`: open units by SKU, the most urgent SKU first.

use std::collections::BTreeMap;

use polars::prelude::*;

use crate::field::label;
use crate::table::shared_columns;

use crate::table::rows::Rows;
use crate::table::{LakeView, Part, TableSpec};
use crate::topic::context::ReportContext;
use crate::topic::shipping::open_lines::open_lines;
use crate::topic::shipping::promise::{Bucket, Open};

pub(crate) const PICK_LIST: TableSpec = TableSpec {
    name: "pick_list",
    title: "Pick list",
    part: Part::Shipping,
    filled_by: &["unshipped"],
    definition: "Open units by SKU, without orders that the buyer asked to cancel: the SKU that is in the most urgent order first. \
                 bucket and oldest_promise are those of that order.",
    columns: &[
        shared_columns::SKU,
        shared_columns::PRODUCT_NAME,
        shared_columns::UNITS_TO_SHIP,
        shared_columns::ORDERS,
        shared_columns::BUCKET,
        shared_columns::OLDEST_PROMISE,
    ],
    charts: &[],
    in_lake: LakeView::Whole,
};

/// The open lines of a SKU, most urgent first.
type Pick<'o, 'c> = Vec<&'o Open<'c>>;

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let open = open_lines(context);
    let mut skus: BTreeMap<&[u8], Pick<'_, '_>> = BTreeMap::new();
    for line in open.iter().filter(|open| open.bucket != Bucket::Hold) {
        skus.entry(&line.line.sku).or_default().push(line);
    }
    let mut picks: Vec<Pick<'_, '_>> = skus.into_values().collect();
    let urgency = |pick: &Pick<'_, '_>| {
        let first = pick[0];
        let promise = first.promise.map(|promise| (promise.day, promise.moment));
        (first.bucket, promise)
    };
    // Stable, so that equally urgent SKUs stay in the order of their names.
    picks.sort_by_key(urgency);
    Rows::of(picks)
        .text("sku", |pick| Some(label::shown(&pick[0].line.sku)))
        .text("product_name", |pick| {
            let names = pick.iter().map(|open| &open.line.product_name);
            names.min().map(|name| label::shown(name))
        })
        .count("units_to_ship", |pick| {
            Some(pick.iter().map(|open| i64::from(open.quantity)).sum())
        })
        .count("orders", |pick| {
            let mut orders: Vec<_> = pick.iter().map(|open| open.line.order_id).collect();
            orders.sort_unstable();
            orders.dedup();
            i64::try_from(orders.len()).ok()
        })
        .text("bucket", |pick| Some(pick[0].bucket.name().to_owned()))
        .text("oldest_promise", |pick| {
            pick[0].promise.map(|promise| promise.local())
        })
        .frame()
}
