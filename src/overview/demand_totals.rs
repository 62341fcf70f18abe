//! Totals of demand over all days, and orders by status group.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::table::{Document, is_multi_channel};

use super::cells::Cells;

/// Totals over all days.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DemandTotals {
    /// Orders of any status.
    pub orders_placed: i64,
    /// Orders that are not cancelled.
    pub orders: i64,
    /// Cancelled orders.
    pub cancelled_orders: i64,
    /// Units of lines that are not cancelled.
    pub units: i64,
    /// Units without a price.
    pub unpriced_units: i64,
    /// Units without a price that Amazon sold: those outside Amazon never get one.
    pub unpriced_units_of_amazon: i64,
    /// Sales by currency, in ten-thousandths.
    pub sales: BTreeMap<String, i128>,
    /// Orders of any status by status group, the group with the most orders first. Groups without an order are not there.
    pub statuses: Vec<(String, i64)>,
    /// What the units without a price may be worth; `None` unless an estimate was asked for and there is anything to go by.
    pub pending_estimate: Option<PendingEstimate>,
}

/// What units without a price may be worth.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PendingEstimate {
    /// Ten-thousandths by currency, and the decimals that it is shown with.
    pub worth: BTreeMap<String, (i128, usize)>,
    /// Units that are estimated.
    pub units: i64,
    /// Units that there is nothing to go by for.
    pub units_without: i64,
}

impl PendingEstimate {
    fn of(document: &Document) -> Option<Self> {
        let table = document.table("pending_estimate")?;
        let cells = Cells { table };
        let mut estimate = Self::default();
        for row in cells.rows() {
            let units = cells.count(row, "unpriced_units");
            if let Some((value, decimals)) = cells.money(row, "estimated_sales") {
                estimate.units += units;
                let currency = cells.text(row, "currency").to_owned();
                let sum = estimate.worth.entry(currency).or_default();
                *sum = (sum.0 + value, decimals);
            } else {
                estimate.units_without += units;
            }
        }
        (!estimate.worth.is_empty()).then_some(estimate)
    }
}

impl DemandTotals {
    /// The totals of a document; `None` without an all-orders report.
    pub(super) fn of(document: &Document) -> Option<Self> {
        let table = document.table("channels")?;
        let cells = Cells { table };
        if table.height() == 0 {
            return None;
        }
        let mut totals = Self::default();
        let mut sales: BTreeMap<&str, i128> = BTreeMap::new();
        for row in cells.rows() {
            let unpriced = cells.count(row, "unpriced_units");
            totals.orders_placed += cells.count(row, "orders_placed");
            totals.orders += cells.count(row, "orders");
            totals.units += cells.count(row, "units");
            totals.unpriced_units += unpriced;
            if !is_multi_channel(cells.text(row, "sales_channel").as_bytes()) {
                totals.unpriced_units_of_amazon += unpriced;
            }
            if let Some((amount, _)) = cells.money(row, "sales") {
                *sales.entry(cells.text(row, "currency")).or_default() += amount;
            }
        }
        totals.cancelled_orders = totals.orders_placed - totals.orders;
        let owned = |(currency, sum): (&str, i128)| (currency.to_owned(), sum);
        totals.sales = sales.into_iter().map(owned).collect();
        totals.statuses = statuses(document);
        totals.pending_estimate = PendingEstimate::of(document);
        Some(totals)
    }
}

fn statuses(document: &Document) -> Vec<(String, i64)> {
    let mut groups: BTreeMap<&str, i64> = BTreeMap::new();
    if let Some(table) = document.table("status") {
        let cells = Cells { table };
        for row in cells.rows() {
            let orders = cells.count(row, "orders_placed");
            *groups.entry(cells.text(row, "status_group")).or_default() += orders;
        }
    }
    let mut groups: Vec<(String, i64)> = groups
        .into_iter()
        .filter(|(_, orders)| *orders > 0)
        .map(|(group, orders)| (group.to_owned(), orders))
        .collect();
    groups.sort_by_key(|(_, orders)| Reverse(*orders));
    groups
}
