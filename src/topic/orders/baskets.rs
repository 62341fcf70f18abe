//! The table `baskets`: orders by number of units and lines.

use polars::prelude::*;

use crate::field::Fulfillment;
use crate::table::shared_columns;
use crate::topic::orders::state::order_stats::{SIZES, Size};

use crate::table::ColumnKind::Text;
use crate::table::rows::Rows;
use crate::table::sums::count;
use crate::table::{ALL_ORDERS, LakeView, Part, TableSpec, column};
use crate::topic::context::ReportContext;

pub(crate) const BASKETS: TableSpec = TableSpec {
    name: "baskets",
    title: "Size of orders",
    part: Part::Demand,
    filled_by: ALL_ORDERS,
    definition: "Orders that hold a live line, by how many units, live lines and different SKUs they hold, and by fulfillment; the \
                 greatest size stands for all above it. Multi-channel orders are left out. share_of_orders is the part of the \
                 orders that the same fulfillment ships.",
    columns: &[
        shared_columns::FULFILLMENT,
        column(
            "counted_by",
            "Counted by",
            Text,
            "What the size of an order counts: units, lines or skus, of its live lines.",
        ),
        column(
            "size",
            "Size",
            Text,
            "How many; the greatest stands for all above it.",
        ),
        shared_columns::ORDERS,
        shared_columns::SHARE_OF_ORDERS,
    ],
    charts: &[],
    in_lake: LakeView::Whole,
};

struct BasketRow {
    who: Fulfillment,
    by: Size,
    size: usize,
    orders: u64,
    all: u64,
}

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let sizes = &context.state.orders.stats.sizes;
    let rows = Fulfillment::ALL.into_iter().flat_map(|who| {
        Size::ALL.into_iter().flat_map(move |by| {
            let counts = sizes.of(who, by);
            let row = move |(size, orders)| BasketRow {
                who,
                by,
                size,
                orders,
                all: counts.iter().sum(),
            };
            (0..).zip(counts).map(row)
        })
    });
    Rows::of(rows.filter(|row| row.orders > 0))
        .text("fulfillment", |row| Some(row.who.name().to_owned()))
        .text("counted_by", |row| Some(row.by.name().to_owned()))
        .text("size", |row| {
            let more = if row.size + 1 == SIZES {
                " or more"
            } else {
                ""
            };
            Some(format!("{}{more}", row.size))
        })
        .count("orders", |row| Some(count(row.orders)))
        .share("share_of_orders", |row| {
            Some((count(row.orders), count(row.all)))
        })
        .frame()
}
