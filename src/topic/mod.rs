//! The questions that a report answers, by topic: a folder has the state of a topic and the tables that are computed from it.
//!
//! In the folder of a topic, `state` is what lines are aggregated into. It knows no polars. Every other file is a table, or what tables
//! share. They see no lines. A table is one file and an entry in [`TABLES`].

pub(crate) mod balance;
pub mod context;
pub mod data_quality;
pub mod demand;
mod meaning;
pub mod orders;
pub mod products;
pub mod returns;
pub mod review;
pub mod shipping;

use polars::prelude::{DataFrame, PolarsResult};

use crate::table::{Table, TableSpec};
use context::ReportContext;

pub use meaning::{meaning, source};
pub use review::comparison::comparison;
pub use review::comparison_side::Side;

use data_quality::{coverage, quality, rejects, sources};
use demand::{bridge, channels, fulfillment, hours, pending_estimate, periods, status};
use orders::{baskets, bought_together, customers, order_values, places};
use products::{concentration, movers, promotions, skus};
use returns::{cancellations_and_returns, return_requests, returned_units};
use review::{anomalies, changes, comparison as comparison_table};
use shipping::{
    confirmations, fba_shipments, health, late, late_orders, late_rate, late_rate_by,
    merchant_orders, parcels, pending, pick_list, worklist,
};

/// The function that computes a table: a frame with exactly the columns of its description.
type RollUp = fn(&ReportContext<'_>) -> PolarsResult<DataFrame>;

/// All tables with the functions that compute them, in the order of a reader's questions.
const ROLL_UPS: [(&TableSpec, RollUp); 39] = [
    (&fulfillment::FULFILLMENT, fulfillment::roll_up),
    (&status::STATUS, status::roll_up),
    (&channels::CHANNELS, channels::roll_up),
    (&periods::DAILY, periods::daily),
    (&periods::WEEKLY, periods::weekly),
    (&periods::MONTHLY, periods::monthly),
    (&hours::HOURS, hours::roll_up),
    (&coverage::COVERAGE, coverage::roll_up),
    (&anomalies::ANOMALIES, anomalies::roll_up),
    (&changes::CHANGES, changes::roll_up),
    (&movers::MOVERS, movers::roll_up),
    (&skus::SKUS, skus::roll_up),
    (&concentration::CONCENTRATION, concentration::roll_up),
    (&places::PLACES, places::roll_up),
    (&customers::CUSTOMERS, customers::by_customer),
    (&customers::SERVICE_LEVELS, customers::by_service_level),
    (&promotions::PROMOTIONS, promotions::roll_up),
    (&baskets::BASKETS, baskets::roll_up),
    (&order_values::ORDER_VALUES, order_values::roll_up),
    (&bought_together::BOUGHT_TOGETHER, bought_together::roll_up),
    (
        &cancellations_and_returns::CANCELLATIONS_AND_RETURNS,
        cancellations_and_returns::roll_up,
    ),
    (&bridge::BRIDGE, bridge::roll_up),
    (
        &pending_estimate::PENDING_ESTIMATE,
        pending_estimate::roll_up,
    ),
    (&late::LATE, late::roll_up),
    (&worklist::WORKLIST, worklist::roll_up),
    (&pick_list::PICK_LIST, pick_list::roll_up),
    (&health::HEALTH, health::roll_up),
    (&late_rate::LATE_RATE, late_rate::roll_up),
    (&late_rate_by::LATE_RATE_BY, late_rate_by::roll_up),
    (&late_orders::LATE_ORDERS, late_orders::roll_up),
    (&confirmations::CONFIRMATIONS, confirmations::roll_up),
    (&pending::PENDING, pending::roll_up),
    (&return_requests::RETURNS, return_requests::roll_up),
    (&returned_units::RETURNED_UNITS, returned_units::roll_up),
    (&merchant_orders::MERCHANT_ORDERS, merchant_orders::roll_up),
    (&fba_shipments::FBA_SHIPMENTS, fba_shipments::roll_up),
    (&sources::SOURCES, sources::roll_up),
    (&quality::QUALITY, quality::roll_up),
    (&rejects::REJECTS, rejects::roll_up),
];

/// All tables, in the order of a reader's questions.
pub const TABLES: [&TableSpec; ROLL_UPS.len()] = {
    let mut specs = [ROLL_UPS[0].0; ROLL_UPS.len()];
    let mut place = 0;
    while place < specs.len() {
        specs[place] = ROLL_UPS[place].0;
        place += 1;
    }
    specs
};

/// The tables of whole orders, which take a second look at every order: filled where
/// [`TableOptions::order_profiles`](crate::options::TableOptions::order_profiles) asks for them.
pub const ORDER_PROFILE_TABLES: [&str; 7] = [
    places::PLACES.name,
    customers::CUSTOMERS.name,
    customers::SERVICE_LEVELS.name,
    promotions::PROMOTIONS.name,
    baskets::BASKETS.name,
    order_values::ORDER_VALUES.name,
    bought_together::BOUGHT_TOGETHER.name,
];

/// The table of addresses, which is no part of a report: only a shipper asks for it (docs/metrics.md, Buyers'
/// data).
pub const ADDRESSES: &TableSpec = &parcels::PARCELS;

/// The table of `compare`, which takes two runs: [`comparison`] makes it.
pub const COMPARISON: &TableSpec = &comparison_table::COMPARISON;

/// Computes all tables, in the order of [`TABLES`].
///
/// # Errors
/// What polars refuses: a defect of the program, never of the input.
pub(crate) fn tables(context: &ReportContext<'_>) -> PolarsResult<Vec<Table>> {
    let table = |(spec, roll_up): &(&'static TableSpec, RollUp)| {
        Table::from_frame(spec, &roll_up(context)?)
    };
    ROLL_UPS.iter().map(table).collect()
}

/// Computes the table of [`ADDRESSES`].
///
/// # Errors
/// As for [`tables`].
pub(crate) fn addresses(context: &ReportContext<'_>) -> PolarsResult<Table> {
    Table::from_frame(ADDRESSES, &parcels::roll_up(context)?)
}
