//! The table `pending_estimate`: estimated sales of units without a price (`--estimate-pending`).

use polars::prelude::*;

use crate::field::label;
use crate::table::shared_columns;

use crate::table::ColumnKind::{Count, Money};
use crate::table::rows::Rows;
use crate::table::{ALL_ORDERS, LakeView, Part, TableSpec, column};
use crate::topic::context::ReportContext;
use crate::topic::demand::median_price::{Estimate, estimates};

pub(crate) const PENDING_ESTIMATE: TableSpec = TableSpec {
    name: "pending_estimate",
    title: "Estimate of pending sales",
    part: Part::Demand,
    filled_by: ALL_ORDERS,
    definition: "An estimate, in no sales; empty unless --estimate-pending asks for it. Live units without a price on Amazon's \
                 channels, each valued at the median price of a unit of its SKU in its channel and currency: item-price by \
                 quantity of live lines with a price, the median over units and of two in the middle the lesser. A line without a \
                 currency is taken to be in that of all priced lines of its channel, if it is one, else in the one that most priced \
                 units of its SKU have there; this is ours. Where no unit of the SKU has a price the estimate is empty. Multi-channel \
                 and replacement orders never get a price and are not estimated.",
    columns: &[
        shared_columns::SALES_CHANNEL,
        shared_columns::FULFILLMENT,
        shared_columns::CURRENCY,
        shared_columns::SKU,
        shared_columns::UNPRICED_UNITS,
        column(
            "median_unit_price",
            "Median unit price",
            Money,
            "The median price of a unit of the SKU in this channel and currency: item-price by quantity, over units that have one.",
        ),
        column(
            "estimated_sales",
            "Estimated sales",
            Money,
            "Units without a price times the median unit price: an estimate, in no sales.",
        ),
        column(
            "priced_units",
            "Units with a price",
            Count,
            "Units with a price that the median is taken over.",
        ),
    ],
    charts: &[],
    in_lake: LakeView::None("only asked for with an option of its own"),
};

struct EstimateRow {
    estimate: Estimate,
    units: u64,
}

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let state = context.state;
    let mut rows: Vec<EstimateRow> = Vec::new();
    let (channels, skus) = (state.labels.channels.ranks(), state.labels.skus.ranks());
    let key = |estimate: &Estimate| {
        let currency = estimate.currency;
        (
            channels[estimate.channel.0 as usize],
            estimate.fulfillment,
            currency.map(|currency| currency.as_str().to_owned()),
            skus[estimate.sku.0 as usize],
        )
    };
    let mut estimates = estimates(state);
    estimates.sort_by_cached_key(key);
    for estimate in estimates {
        let units = estimate.units();
        match rows.last_mut() {
            // Lines that state the currency without a price, and lines that state none.
            Some(last) if key(&last.estimate) == key(&estimate) => last.units += units,
            _ => rows.push(EstimateRow { estimate, units }),
        }
    }
    Rows::of(rows)
        .text("sales_channel", |row| {
            Some(label::shown(
                state.labels.channels.get(row.estimate.channel),
            ))
        })
        .text("fulfillment", |row| {
            Some(row.estimate.fulfillment.name().to_owned())
        })
        .text("currency", |row| {
            row.estimate
                .currency
                .map(|currency| currency.as_str().to_owned())
        })
        .text("sku", |row| {
            Some(label::shown(state.labels.skus.get(row.estimate.sku)))
        })
        .count("unpriced_units", |row| i64::try_from(row.units).ok())
        .money("median_unit_price", |row| {
            row.estimate.median.map(i128::from)
        })
        .money("estimated_sales", |row| {
            row.estimate
                .median
                .map(|median| i128::from(median) * i128::from(row.units))
        })
        .count("priced_units", |row| {
            i64::try_from(row.estimate.evidence).ok()
        })
        .frame()
}
