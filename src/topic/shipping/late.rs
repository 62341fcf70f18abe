//! The table `late`: open orders by urgency.

use polars::prelude::*;

use crate::ownership::Role;
use crate::table::rows::Rows;
use crate::table::shared_columns;
use crate::table::{LakeView, Part, TableSpec};
use crate::topic::context::ReportContext;
use crate::topic::shipping::open_lines::open_lines;
use crate::topic::shipping::promise::{Bucket, Open};

pub(crate) const LATE: TableSpec = TableSpec {
    name: "late",
    title: "To ship",
    part: Part::Shipping,
    filled_by: &["unshipped"],
    definition: "Open orders of the current unshipped files by bucket, in working order. An order's promise is the least of its \
                 open lines, and a promise is the end of a local day, so local dates are compared. Orders that the buyer asked \
                 to cancel are on hold. past_cancel_by: more than 7 business days after the promise (5 calendar days in Saudi \
                 Arabia and the Emirates), when Amazon cancels. FBA orders are never here. All is judged at the moment of the report, however \
                 old the unshipped files are: what shipped since is in none of them. Without an unshipped file the table is empty.",
    columns: &[
        shared_columns::BUCKET,
        shared_columns::ORDERS,
        shared_columns::LINES,
        shared_columns::UNITS_TO_SHIP,
        shared_columns::OLDEST_PROMISE,
    ],
    charts: &[],
    in_lake: LakeView::Whole,
};

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let open = open_lines(context);
    let any_backlog = context
        .inputs
        .iter()
        .any(|input| matches!(input.role, Role::Current | Role::OtherAccount));
    let buckets: &[Bucket] = if any_backlog { &Bucket::ALL } else { &[] };
    let of = |bucket: Bucket| open.iter().filter(move |open| open.bucket == bucket);
    let orders = |bucket: Bucket| {
        let mut ids: Vec<_> = of(bucket).map(|open| open.line.order_id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.len()
    };
    let least = |bucket: Bucket| {
        of(bucket)
            .filter_map(|open: &Open<'_>| open.promise)
            .min_by_key(|promise| promise.moment)
    };
    Rows::of(buckets.iter().copied())
        .text("bucket", |bucket| Some(bucket.name().to_owned()))
        .count("orders", |bucket| i64::try_from(orders(*bucket)).ok())
        .count("lines", |bucket| i64::try_from(of(*bucket).count()).ok())
        .count("units_to_ship", |bucket| {
            Some(of(*bucket).map(|open| i64::from(open.quantity)).sum())
        })
        .text("oldest_promise", |bucket| {
            least(*bucket).map(|promise| promise.local())
        })
        .frame()
}
