//! The table `status`: orders, lines and units by status.

use polars::prelude::*;

use crate::table::ColumnKind::{Count, Money, Text};
use crate::table::shared_columns;
use crate::table::sums::{SHARE, counts, divide, millionths};
use crate::table::{ALL_ORDERS, Chart, LakeView, Part, TableSpec, column};
use crate::topic::context::ReportContext;

pub(crate) const STATUS: TableSpec = TableSpec {
    name: "status",
    title: "By status",
    part: Part::Demand,
    filled_by: ALL_ORDERS,
    definition: "Orders, lines and units of any status, by fulfillment, status group, Amazon's own status text and currency. \
                 amount adds item-price of all lines, cancelled ones too. share_of_orders is the part of the orders placed of \
                 the same fulfillment. A status that is in no group is unknown: counted here by its text, never dropped.",
    columns: &[
        shared_columns::FULFILLMENT,
        column(
            "status_group",
            "Status group",
            Text,
            "Amazon's statuses in groups: pending, unshipped, partially_shipped, shipped, delivered, returned, failed, cancelled, on_hold, unknown.",
        ),
        column(
            "status",
            "Status",
            Text,
            "The order status as Amazon wrote it.",
        ),
        shared_columns::CURRENCY,
        shared_columns::ORDERS_PLACED,
        shared_columns::LINES,
        column(
            "quantity",
            "Units, any status",
            Count,
            "Units of all lines, cancelled ones too.",
        ),
        column(
            "amount",
            "Amount, any status",
            Money,
            "Sum of item-price of all lines, cancelled ones too.",
        ),
        shared_columns::SHARE_OF_ORDERS,
    ],
    charts: &[Chart::Parts {
        title: "Status of orders by fulfillment",
        whole: "fulfillment",
        part: "status_group",
        of: "orders_placed",
    }],
    in_lake: LakeView::Whole,
};

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let mut frame = context
        .sales
        .by(&["fulfillment", "status_group", "status", "currency"])?;
    let of_all = context.sales.by(&["fulfillment"])?;
    let (whole_of, wholes) = (
        of_all.column("fulfillment")?.u32()?,
        counts(of_all.column("orders_placed")?)?,
    );
    let whole = |who: Option<u32>| {
        whole_of
            .iter()
            .zip(&wholes)
            .find(|(known, _)| *known == who)
            .and_then(|(_, whole)| *whole)
    };
    let wholes: Vec<_> = frame
        .column("fulfillment")?
        .u32()?
        .iter()
        .map(whole)
        .collect();
    let parts = counts(frame.column("orders_placed")?)?
        .into_iter()
        .map(millionths);
    divide(&mut frame, "share_of_orders", SHARE, parts.zip(wholes))?;
    context.sales.decode(frame)
}
