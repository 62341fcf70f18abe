//! The last check: breakdowns of one whole add up to it. A run that fails it writes nothing.

use std::collections::BTreeMap;

use crate::state::finished::FinishedState;

use crate::table::{Cell, Control, Table};

/// The tables that hold every live unit and all sales.
const BREAKDOWNS: [&str; 9] = [
    "fulfillment",
    "channels",
    "daily",
    "weekly",
    "monthly",
    "skus",
    "places",
    "customers",
    "service_levels",
];

/// Checks the tables against the control totals and each other.
///
/// # Errors
/// What does not add up.
pub(crate) fn check(
    tables: &[Table],
    state: &FinishedState,
    control: Control,
) -> Result<(), String> {
    let table = |name: &str| {
        tables
            .iter()
            .find(|table| table.spec.name == name)
            .ok_or_else(|| format!("no table {name}"))
    };
    let folded: u64 = state.demand.sales.iter().map(|(_, cell)| cell.lines).sum();
    let by_sku: u64 = state
        .products
        .sales
        .iter()
        .map(|(_, cell)| cell.lines)
        .sum();
    if folded != by_sku {
        return Err(format!("{folded} lines by channel, {by_sku} by SKU"));
    }
    for name in ["fulfillment", "status"] {
        let lines = total(table(name)?, "lines");
        if lines != i128::from(folded) {
            return Err(format!("{lines} lines in {name}, {folded} folded"));
        }
    }
    if folded + state.data_quality.outside > control.kept {
        return Err(format!(
            "{folded} lines folded and {} outside, {} kept",
            state.data_quality.outside, control.kept
        ));
    }
    let placed = total(table("fulfillment")?, "orders_placed");
    let whole = money(table("fulfillment")?);
    let units = total(table("fulfillment")?, "units");
    let asked = |name: &&str| {
        state.orders.stats.taken || !crate::topic::ORDER_PROFILE_TABLES.contains(name)
    };
    for name in BREAKDOWNS.into_iter().filter(asked) {
        let table = table(name)?;
        let (these, sales) = (total(table, "units"), money(table));
        if these != units {
            return Err(format!("{these} units in {name}, {units} in fulfillment"));
        }
        if sales != whole {
            return Err(format!(
                "sales of {name} are {sales:?}, of fulfillment {whole:?}"
            ));
        }
        if table.index("orders_placed").is_some() && total(table, "orders_placed") != placed {
            return Err(format!(
                "orders placed in {name} are not those of fulfillment"
            ));
        }
    }
    Ok(())
}

fn total(table: &Table, column: &str) -> i128 {
    let Some(column) = table.index(column) else {
        return 0;
    };
    (0..table.height())
        .map(|row| {
            if let Cell::Count(count) = table.cell(row, column) {
                i128::from(count)
            } else {
                0
            }
        })
        .sum()
}

/// Sales by currency.
fn money(table: &Table) -> BTreeMap<String, i128> {
    let mut sums: BTreeMap<String, i128> = BTreeMap::new();
    let (Some(currency), Some(sales)) = (table.index("currency"), table.index("sales")) else {
        return sums;
    };
    for row in 0..table.height() {
        if let (Cell::Text(currency), Cell::Money(value, _)) =
            (table.cell(row, currency), table.cell(row, sales))
        {
            *sums.entry(currency.to_owned()).or_default() += value;
        }
    }
    // A currency without sales may have no row.
    sums.retain(|_, sum| *sum != 0);
    sums
}
