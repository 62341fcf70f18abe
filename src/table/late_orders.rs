//! The orders behind the late shipment rate.

use polars::prelude::*;

use super::ColumnKind::{Date, Flag, Moment, Text};
use super::lateness::judged;
use super::merchant::within;
use super::rows::Rows;
use super::{Facts, TableSpec, column};

/// The longer window: older orders decide nothing.
const DAYS: i32 = 30;

pub(super) const LATE_ORDERS: TableSpec = TableSpec {
    name: "late_orders",
    title: "Orders behind the late rate",
    definition: "Merchant orders of the last 30 days with a known promise that are not known to be cancelled, by promise. proof: \
                 late (still unshipped after its promise, and shipped since or still open), on_time (seen shipped by its \
                 promise), not_due (its promise is still to come), unknown (the files prove neither; it may have been \
                 cancelled).",
    columns: &[
        column("order_id", "Order", Text),
        column("proof", "Proof", Text),
        column("purchase_day", "Day of purchase", Date),
        column("promise_local", "Ship by", Moment),
        column("unshipped_until", "Unshipped until", Moment),
        column("shipped_by", "Shipped by", Moment),
        column("open", "Open", Flag),
    ],
    charts: &[],
    roll_up,
};

fn roll_up(facts: &Facts<'_>) -> PolarsResult<DataFrame> {
    let orders = judged(facts)
        .iter()
        .filter(|order| within(order.day, order.today, DAYS));
    Rows::of(orders)
        .text("order_id", |order| Some(facts.ids.text(order.order)))
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
