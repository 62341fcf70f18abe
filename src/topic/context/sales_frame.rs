//! The sales as a frame, in which texts are numbers of the same order, so that sums need no strings.

use polars::prelude::*;

use crate::field::{Currency, Fulfillment, Labels, Money, Rates, StatusGroup, label};
use crate::state::finished::FinishedState;

use crate::table::sums::{MONEY, count, decimals};
use crate::topic::demand::converted;

/// All currencies of the run in the order of their names; first, none.
pub(crate) fn currencies(state: &FinishedState) -> Vec<Option<Currency>> {
    let sales = state.demand.sales.iter().map(|(key, _)| key.currency);
    let mut all: Vec<_> = std::iter::once(None)
        .chain(sales)
        .chain(state.products.sales.iter().map(|(key, _)| key.currency))
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The texts in the order of their ranks; an empty one is absent.
pub(crate) fn in_order(labels: &Labels) -> Vec<Option<String>> {
    let mut texts: Vec<&[u8]> = labels.ids().map(|id| labels.get(id)).collect();
    texts.sort_unstable();
    texts
        .into_iter()
        .map(|text| (!text.is_empty()).then(|| label::shown(text)))
        .collect()
}

pub(crate) fn sales_frame(
    state: &FinishedState,
    currencies: &[Option<Currency>],
    rates: Option<&Rates>,
) -> PolarsResult<DataFrame> {
    let cells: Vec<_> = state
        .demand
        .sales
        .iter()
        .filter(|(_, cell)| cell.lines > 0 || cell.orders_placed > 0)
        .collect();
    let (statuses, channels) = (state.labels.statuses.ranks(), state.labels.channels.ranks());
    let groups: Vec<StatusGroup> = state
        .labels
        .statuses
        .ids()
        .map(|id| StatusGroup::read(state.labels.statuses.get(id)))
        .collect();
    let code = |place: Option<usize>| {
        place
            .and_then(|place| u32::try_from(place).ok())
            .unwrap_or(0)
    };
    let keys = |name: &str, of: &dyn Fn(&crate::topic::demand::state::sales::SalesKey) -> u32| {
        Column::new(
            name.into(),
            cells.iter().map(|(key, _)| of(key)).collect::<Vec<u32>>(),
        )
    };
    let counts = |name: &str,
                  of: &dyn Fn(
        &crate::topic::demand::state::sales::SalesMeasures,
        StatusGroup,
    ) -> u64| {
        let values = cells
            .iter()
            .map(|(key, cell)| count(of(cell, groups[key.status.0 as usize])))
            .collect::<Vec<i64>>();
        Column::new(name.into(), values)
    };
    let sums =
        |name: &str, of: &dyn Fn(&crate::topic::demand::state::sales::SalesMeasures) -> Money| {
            decimals(
                name,
                cells.iter().map(|(_, cell)| Some(of(cell).0)).collect(),
                MONEY,
            )
        };
    let cancelled = |group| group == StatusGroup::Cancelled;
    let mut columns = vec![
        keys("fulfillment", &|key| {
            code(
                Fulfillment::ALL
                    .iter()
                    .position(|who| *who == key.fulfillment),
            )
        }),
        keys("status_group", &|key| {
            code(
                StatusGroup::ALL
                    .iter()
                    .position(|group| *group == groups[key.status.0 as usize]),
            )
        }),
        keys("status", &|key| statuses[key.status.0 as usize]),
        keys("sales_channel", &|key| channels[key.channel.0 as usize]),
        keys("currency", &|key| {
            code(currencies.binary_search(&key.currency).ok())
        }),
        Column::new(
            "day".into(),
            cells.iter().map(|(key, _)| key.day.0).collect::<Vec<i32>>(),
        ),
        counts("orders_placed", &|cell, _| cell.orders_placed),
        counts("orders", &|cell, group| {
            if cancelled(group) {
                0
            } else {
                cell.orders_placed
            }
        }),
        counts("cancelled_orders", &|cell, group| {
            if cancelled(group) {
                cell.orders_placed
            } else {
                0
            }
        }),
        counts("priced_orders", &|cell, _| cell.priced_orders),
        counts("lines", &|cell, _| cell.lines),
        counts("quantity", &|cell, _| cell.quantity),
        counts("units", &|cell, _| cell.units),
        counts("unpriced_units", &|cell, _| cell.unpriced_units),
        counts("priced_units", &|cell, _| cell.units - cell.unpriced_units),
        sums("sales", &|cell| cell.sales)?,
        sums("amount", &|cell| cell.amount)?,
        sums("tax", &|cell| cell.tax)?,
        sums("shipping", &|cell| cell.shipping)?,
        sums("gift_wrap", &|cell| cell.gift_wrap)?,
        sums("discounts", &|cell| cell.discounts)?,
    ];
    if let Some(rates) = rates {
        columns.extend(converted::of_cells(&cells, rates)?);
    }
    DataFrame::new_infer_height(columns)
}
