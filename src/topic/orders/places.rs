//! The table `places`: demand by country and state of the recipient.

use std::collections::BTreeMap;

use polars::prelude::*;

use crate::field::{Currency, Money, label};
use crate::merge::Merge;
use crate::table::shared_columns;
use crate::topic::orders::state::order_stats::OrderMeasures;

use crate::table::rows::Rows;
use crate::table::sums::count;
use crate::table::{ALL_ORDERS, LakeView, Part, TableSpec};
use crate::topic::context::ReportContext;

pub(crate) const PLACES: TableSpec = TableSpec {
    name: "places",
    title: "By place",
    part: Part::Demand,
    filled_by: ALL_ORDERS,
    definition: "Demand by the country and state that orders go to. States of the United States, \
                 Canada and India are named by their codes, whatever the buyer wrote; elsewhere, and where a name is not known, \
                 the text stands in upper case as it is. An order is in one place and in one currency, that of its prices; an \
                 order without any price is in a row without a currency, and its units are unpriced. share_of_units is the part \
                 of all units.",
    columns: &[
        shared_columns::SHIP_COUNTRY,
        shared_columns::SHIP_STATE,
        shared_columns::CURRENCY,
        shared_columns::ORDERS_PLACED,
        shared_columns::ORDERS,
        shared_columns::UNITS,
        shared_columns::UNPRICED_UNITS,
        shared_columns::SALES,
        shared_columns::SHARE_OF_UNITS,
    ],
    charts: &[],
    in_lake: LakeView::Whole,
};

type PlaceRow = ((String, String, Option<Currency>), OrderMeasures);

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let state = context.state;
    let mut places: BTreeMap<(String, String, Option<Currency>), OrderMeasures> = BTreeMap::new();
    for (key, measures) in state.orders.stats.places.iter() {
        let (country, state) = state.orders.profiles.places.get(key.place);
        let (country, state) = (label::shown(country), label::shown(state));
        let place = places.entry((country, state, key.currency)).or_default();
        place.merge(*measures);
    }
    let all: u64 = places.values().map(|place| place.units).sum();
    // An order in two currencies is counted in one of them only.
    places.retain(|_, row| row.orders_placed > 0 || row.sales != Money::default());
    Rows::of(places)
        .text("ship_country", |((country, ..), _): &PlaceRow| {
            Some(country.clone())
        })
        .text("ship_state", |((_, state, _), _)| Some(state.clone()))
        .text("currency", |((.., currency), _)| {
            currency.map(|known| known.as_str().to_owned())
        })
        .count("orders_placed", |(_, place)| {
            Some(count(place.orders_placed))
        })
        .count("orders", |(_, place)| Some(count(place.orders)))
        .count("units", |(_, place)| Some(count(place.units)))
        .count("unpriced_units", |(_, place)| {
            Some(count(place.unpriced_units))
        })
        .money("sales", |((.., currency), place)| {
            currency.map(|_| place.sales.0)
        })
        .share("share_of_units", |(_, place)| {
            Some((count(place.units), count(all)))
        })
        .frame()
}
