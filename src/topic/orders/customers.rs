//! The tables `customers` and `service_levels`: demand by kind of customer and by service level.

use std::collections::BTreeMap;

use polars::prelude::*;

use crate::field::{Currency, Fulfillment, Money, label};
use crate::merge::Merge;
use crate::table::shared_columns;
use crate::topic::orders::state::order_stats::OrderMeasures;

use crate::table::ColumnKind::Text;
use crate::table::rows::Rows;
use crate::table::sums::count;
use crate::table::{ALL_ORDERS, Column as Described, LakeView, Part, TableSpec, column};
use crate::topic::context::ReportContext;

pub(crate) const CUSTOMERS: TableSpec = TableSpec {
    name: "customers",
    title: "Business and consumer",
    part: Part::Demand,
    filled_by: ALL_ORDERS,
    definition: "Demand of businesses and of consumers, by Amazon's column is-business-order, fulfillment, and currency; unknown where \
                 the layout has no such column. An order counts in the currency of its prices, without any in none. \
                 share_of_sales is the part of all sales in the currency.",
    columns: &columns(column(
        "customer",
        "Customer",
        Text,
        "The kind of customer: business or consumer, by is-business-order; unknown where the layout does not say.",
    )),
    charts: &[],
    in_lake: LakeView::Whole,
};

pub(crate) const SERVICE_LEVELS: TableSpec = TableSpec {
    name: "service_levels",
    title: "By service level",
    part: Part::Demand,
    filled_by: ALL_ORDERS,
    definition: "Demand by ship-service-level as Amazon wrote it, fulfillment, and currency: how fast buyers want it. An order counts \
                 in the currency of its prices, without any in none. share_of_sales is the part of all sales in the currency.",
    columns: &columns(shared_columns::SHIP_SERVICE_LEVEL.labelled("Service level")),
    charts: &[],
    in_lake: LakeView::Whole,
};

/// The columns of both: by one of the terms.
const fn columns(term: Described) -> [Described; 9] {
    [
        term,
        shared_columns::FULFILLMENT,
        shared_columns::CURRENCY,
        shared_columns::ORDERS_PLACED,
        shared_columns::ORDERS,
        shared_columns::UNITS,
        shared_columns::UNPRICED_UNITS,
        shared_columns::SALES,
        shared_columns::SHARE_OF_SALES,
    ]
}

type CustomerKey = (String, Fulfillment, Option<Currency>);
type CustomerRow = (CustomerKey, OrderMeasures);

pub(crate) fn by_customer(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    roll_up(context, "customer", |(_, customer)| customer)
}

pub(crate) fn by_service_level(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    roll_up(context, "ship_service_level", |(service, _)| service)
}

/// By one of the terms: the service level, or the kind of customer.
fn roll_up(
    context: &ReportContext<'_>,
    name: &str,
    of: impl for<'t> Fn((&'t [u8], &'t [u8])) -> &'t [u8],
) -> PolarsResult<DataFrame> {
    let state = context.state;
    let mut rows: BTreeMap<CustomerKey, OrderMeasures> = BTreeMap::new();
    let mut sales: BTreeMap<Option<Currency>, i128> = BTreeMap::new();
    for (key, measures) in state.orders.stats.terms.iter() {
        let term = label::shown(of(state.orders.profiles.terms.get(key.terms)));
        let row = rows.entry((term, key.fulfillment, key.currency));
        row.or_default().merge(*measures);
        *sales.entry(key.currency).or_default() += measures.sales.0;
    }
    // An order in two currencies is counted in one of them only.
    rows.retain(|_, row| row.orders_placed > 0 || row.sales != Money::default());
    Rows::of(rows)
        .text(name, |((term, ..), _): &CustomerRow| Some(term.clone()))
        .text("fulfillment", |((_, who, _), _)| {
            Some(who.name().to_owned())
        })
        .text("currency", |((.., currency), _)| {
            currency.map(|known| known.as_str().to_owned())
        })
        .count("orders_placed", |(_, row)| Some(count(row.orders_placed)))
        .count("orders", |(_, row)| Some(count(row.orders)))
        .count("units", |(_, row)| Some(count(row.units)))
        .count("unpriced_units", |(_, row)| Some(count(row.unpriced_units)))
        .money("sales", |((.., currency), row)| {
            currency.map(|_| row.sales.0)
        })
        .part("share_of_sales", |((.., currency), row)| {
            currency.map(|_| (row.sales.0, sales[currency]))
        })
        .frame()
}
