//! The table `bought_together`: pairs of SKUs in one order.

use polars::prelude::*;

use crate::field::label;
use crate::table::shared_columns;
use crate::topic::orders::state::order_stats::Pair;

use crate::table::ColumnKind::{Count, Share, Text};
use crate::table::rows::Rows;
use crate::table::sums::count;
use crate::table::{ALL_ORDERS, LakeView, Part, TableSpec, column};
use crate::topic::context::ReportContext;

pub(crate) const BOUGHT_TOGETHER: TableSpec = TableSpec {
    name: "bought_together",
    title: "Bought together",
    part: Part::Products,
    filled_by: ALL_ORDERS,
    definition: "SKUs that stand in the same orders, most orders first: the fifty pairs in the most orders, and the fifty in at least \
                 five that are together most beyond chance. Orders are those of Amazon's channels with a live line, and an order \
                 of more than fifty SKUs is no basket. lift is the orders of both by those that chance would give (orders of the \
                 one times orders of the other by all orders): 100 % is chance. share_with is the part of the orders of the SKU \
                 that hold the other one too. Counted exactly.",
    columns: &[
        shared_columns::SKU,
        column("other_sku", "Other SKU", Text, "The other SKU of a pair."),
        shared_columns::ORDERS.labelled("Orders of both"),
        column(
            "orders_of_sku",
            "Orders of the SKU",
            Count,
            "Orders with a live line of the SKU.",
        ),
        column(
            "orders_of_other",
            "Orders of the other",
            Count,
            "Orders with a live line of the other SKU.",
        ),
        column(
            "share_with",
            "Share with the other",
            Share,
            "The part of the SKU's orders that hold the other one too.",
        ),
        column(
            "lift",
            "Lift",
            Share,
            "Orders of both SKUs by those that chance would give: 100 % is chance, more is together more often.",
        ),
        shared_columns::PRODUCT_NAME,
        column(
            "other_product_name",
            "Other product",
            Text,
            "The name of the other SKU, of its newest line.",
        ),
    ],
    charts: &[],
    in_lake: LakeView::None(
        "pairs of SKUs need a self-join of all orders, which is as large as the square of an order",
    ),
};

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let state = context.state;
    let all = i128::from(state.orders.stats.baskets);
    let sku = |place: usize| {
        move |pair: &&Pair| Some(label::shown(state.labels.skus.get(pair.skus[place])))
    };
    let name = |place: usize| {
        move |pair: &&Pair| {
            let names = &state.products.names[pair.skus[place].0 as usize];
            names.product_name.text().map(label::shown)
        }
    };
    Rows::of(&state.orders.stats.pairs)
        .text("sku", sku(0))
        .text("other_sku", sku(1))
        .count("orders", |pair| Some(count(pair.orders)))
        .count("orders_of_sku", |pair| Some(count(pair.holders[0])))
        .count("orders_of_other", |pair| Some(count(pair.holders[1])))
        .share("share_with", |pair| {
            Some((count(pair.orders), count(pair.holders[0])))
        })
        .part("lift", |pair| {
            let [one, other] = pair.holders.map(i128::from);
            Some((i128::from(pair.orders) * all, one * other))
        })
        .text("product_name", name(0))
        .text("other_product_name", name(1))
        .frame()
}
