//! The table `merchant_orders`: demand of merchant orders by orders reports.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::*;

use crate::field::{Currency, OrderId};
use crate::table::shared_columns;

use crate::table::rows::Rows;
use crate::table::{LakeView, Part, TableSpec};
use crate::topic::context::ReportContext;

pub(crate) const MERCHANT_ORDERS: TableSpec = TableSpec {
    name: "merchant_orders",
    title: "Orders reports",
    part: Part::Shipping,
    filled_by: &["orders-report"],
    definition: "What orders reports say of the orders that the seller ships, apart from all other tables: an orders report shows \
                 orders as they left Pending, so no status and no cancellation. Of several orders reports the newest one that \
                 holds an order counts. Promotion lines are added to their item and are no lines of their own.",
    columns: &[
        shared_columns::SALES_CHANNEL,
        shared_columns::SHIP_SERVICE_LEVEL,
        shared_columns::CURRENCY,
        shared_columns::ORDERS,
        shared_columns::LINES,
        shared_columns::UNITS,
        shared_columns::UNPRICED_UNITS.labelled("Unpriced"),
        shared_columns::SALES,
        shared_columns::TAX,
        shared_columns::SHIPPING,
        shared_columns::GIFT_WRAP,
        shared_columns::DISCOUNTS,
    ],
    charts: &[],
    in_lake: LakeView::None(LakeView::OTHER_REPORTS),
};

#[derive(Debug, Default)]
struct MerchantSums {
    orders: BTreeSet<OrderId>,
    lines: i64,
    units: i64,
    unpriced_units: i64,
    /// Sales, tax, shipping, gift wrap, discounts.
    amounts: [i128; 5],
}

/// Names and what adds up under them.
type MerchantGroup = ((String, String, Option<Currency>), MerchantSums);

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let mut groups: BTreeMap<(String, String, Option<Currency>), MerchantSums> = BTreeMap::new();
    for line in &context.state.supplementary.lines.purchases {
        let key = (
            context.text(line.sales_channel),
            context.text(line.ship_service_level),
            line.currency,
        );
        let sums = groups.entry(key).or_default();
        sums.orders.insert(line.order_id);
        sums.lines += 1;
        sums.units += i64::from(line.quantity);
        if line.line_amount.is_none() {
            sums.unpriced_units += i64::from(line.quantity);
        }
        let amounts = [
            line.line_amount.unwrap_or_default(),
            line.tax,
            line.shipping,
            line.gift_wrap,
            line.discounts,
        ];
        for (sum, amount) in sums.amounts.iter_mut().zip(amounts) {
            *sum += i128::from(amount.ten_thousandths());
        }
    }
    let money = |place: usize| {
        move |((_, _, currency), sums): &MerchantGroup| currency.map(|_| sums.amounts[place])
    };
    Rows::of(groups)
        .text("sales_channel", |((channel, ..), _)| Some(channel.clone()))
        .text("ship_service_level", |((_, service, _), _)| {
            Some(service.clone())
        })
        .text("currency", |((.., currency), _)| {
            currency.map(|currency| currency.as_str().to_owned())
        })
        .count("orders", |(_, sums)| i64::try_from(sums.orders.len()).ok())
        .count("lines", |(_, sums)| Some(sums.lines))
        .count("units", |(_, sums)| Some(sums.units))
        .count("unpriced_units", |(_, sums)| Some(sums.unpriced_units))
        .money("sales", money(0))
        .money("tax", money(1))
        .money("shipping", money(2))
        .money("gift_wrap", money(3))
        .money("discounts", money(4))
        .frame()
}
