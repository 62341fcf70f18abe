//! The table `worklist`: open lines in working order.

use polars::prelude::*;

use crate::field::label;
use crate::table::shared_columns;

use crate::table::ColumnKind::{Count, Date, Flag, Text};
use crate::table::rows::Rows;
use crate::table::{LakeView, Part, TableSpec, column};
use crate::topic::context::ReportContext;
use crate::topic::shipping::open_lines::open_lines;
use crate::topic::shipping::promise::{Open, Promise};

pub(crate) const WORKLIST: TableSpec = TableSpec {
    name: "worklist",
    title: "Worklist",
    part: Part::Shipping,
    filled_by: &["unshipped"],
    definition: "One row per open order line in working order: bucket, then promise, then order. promise_local, days_overdue and \
                 bucket are the order's, whose promise is the least of its open lines; days_overdue is negative while there is \
                 time. cancel_by is the promise's day plus 7 business days (5 calendar days in Saudi Arabia and the Emirates). \
                 All is judged at the moment of the report, however old the unshipped files are. Names, addresses and other buyer fields are never read.",
    columns: &[
        shared_columns::ORDER_ID,
        shared_columns::ORDER_ITEM_ID,
        shared_columns::SKU,
        shared_columns::PRODUCT_NAME,
        column(
            "quantity_to_ship",
            "To ship",
            Count,
            "Units that are still to ship, less those that a ship-confirmation file tells of.",
        ),
        shared_columns::SHIP_SERVICE_LEVEL,
        shared_columns::PROMISE_LOCAL,
        column(
            "days_overdue",
            "Days overdue",
            Count,
            "The local day of the report less that of the promise; negative while there is time.",
        ),
        shared_columns::BUCKET,
        column(
            "cancel_by",
            "Cancel by",
            Date,
            "The local day on which Amazon cancels: the promise's day plus 7 business days (5 calendar days in Saudi Arabia and the Emirates).",
        ),
        column(
            "near_auto_cancel",
            "Near auto-cancel",
            Flag,
            "Whether it is the last business day before Amazon cancels, or later.",
        ),
        column(
            "amazon_near_auto_cancel",
            "By Amazon",
            Flag,
            "Amazon's own verge-of-cancellation; empty if the report does not say.",
        ),
        column(
            "hold",
            "Hold",
            Text,
            "Why the order should wait: the buyer asked to cancel.",
        ),
        column("is_prime", "Prime", Flag, "Whether it is a Prime order."),
        column(
            "is_business",
            "Business",
            Flag,
            "Whether a business buyer (Amazon Business) ordered it.",
        ),
        shared_columns::SHIP_CITY,
        shared_columns::SHIP_STATE,
        shared_columns::SHIP_COUNTRY,
    ],
    charts: &[],
    in_lake: LakeView::Whole,
};

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let hold = |open: &&Open<'_>| open.hold.then(|| "buyer_requested_cancellation".to_owned());
    Rows::of(open_lines(context))
        .text("order_id", |open| Some(open.order_id.clone()))
        .text("order_item_id", |open| {
            Some(label::shown(&open.line.order_item_id))
        })
        .text("sku", |open| Some(label::shown(&open.line.sku)))
        .text("product_name", |open| {
            Some(label::shown(&open.line.product_name))
        })
        .count("quantity_to_ship", |open| Some(i64::from(open.quantity)))
        .text("ship_service_level", |open| {
            Some(label::shown(&open.line.ship_service_level))
        })
        .text("promise_local", |open| {
            open.promise.as_ref().map(Promise::local)
        })
        .count("days_overdue", |open| open.days_overdue.map(i64::from))
        .text("bucket", |open| Some(open.bucket.name().to_owned()))
        .text("cancel_by", |open| {
            open.cancel_by.map(|day| day.to_string())
        })
        .flag("near_auto_cancel", |open| open.verge)
        .flag("amazon_near_auto_cancel", |open| {
            open.line.verge_of_cancellation
        })
        .text("hold", hold)
        .flag("is_prime", |open| open.line.is_prime)
        .flag("is_business", |open| open.line.is_business)
        .text("ship_city", |open| Some(label::shown(&open.line.ship_city)))
        .text("ship_state", |open| {
            Some(label::shown(&open.line.ship_state))
        })
        .text("ship_country", |open| {
            Some(label::shown(&open.line.ship_country))
        })
        .frame()
}
