//! The table `late_orders`: the orders behind the late shipment rate.

use polars::prelude::*;

use crate::table::ColumnKind::{Date, Flag, Moment, Text};
use crate::table::rows::Rows;
use crate::table::shared_columns;
use crate::table::{LakeView, Part, TableSpec, column};
use crate::topic::context::ReportContext;
use crate::topic::shipping::lateness::judged;
use crate::topic::shipping::recent_orders::within;

/// The longer window: older orders decide nothing.
const DAYS: i32 = 30;

pub(crate) const LATE_ORDERS: TableSpec = TableSpec {
    name: "late_orders",
    title: "Orders behind the late rate",
    part: Part::Shipping,
    filled_by: &["unshipped", "orders-report"],
    definition: "Merchant orders of the last 30 days with a known promise that are not known to be cancelled, by promise. proof: \
                 late (still unshipped after its promise, and shipped since or still open), on_time (seen shipped by its \
                 promise), not_due (its promise is still to come), unknown (the files prove neither; it may have been \
                 cancelled).",
    columns: &[
        shared_columns::ORDER_ID,
        column(
            "proof",
            "Proof",
            Text,
            "What the files prove of the order: late, on_time, not_due or unknown.",
        ),
        column(
            "purchase_day",
            "Day of purchase",
            Date,
            "The local day of purchase.",
        ),
        shared_columns::PROMISE_LOCAL,
        column(
            "unshipped_until",
            "Unshipped until",
            Moment,
            "The last moment at which the order was certainly not confirmed: that of the newest unshipped file that lists it, or the start of the day that its ship-confirmation file gives.",
        ),
        column(
            "shipped_by",
            "Shipped by",
            Moment,
            "The earliest moment at which the order was certainly confirmed: the stamp at which an all-orders report shows it shipped, or the upload of its ship-confirmation file.",
        ),
        column(
            "open",
            "Open",
            Flag,
            "Whether the newest unshipped file lists the order.",
        ),
    ],
    charts: &[],
    in_lake: LakeView::None(LakeView::HISTORY),
};

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let orders = judged(context)
        .iter()
        .filter(|order| within(order.day, order.today, DAYS));
    Rows::of(orders)
        .text("order_id", |order| Some(context.ids.text(order.order)))
        .text("proof", |order| Some(order.proof.name().to_owned()))
        .text("purchase_day", |order| Some(order.day.to_string()))
        .text("promise_local", |order| Some(order.promise.local()))
        .text("unshipped_until", |order| {
            order.unshipped_until.map(|moment| moment.to_string())
        })
        .text("shipped_by", |order| {
            order.shipped_by.map(|moment| moment.to_string())
        })
        .flag("open", |order| Some(order.open))
        .frame()
}
