//! The columns of sales in one currency (`--fx`), and the tables that have them.

use super::ColumnKind::{Money, Text};
use super::{Column, column};

/// The columns that tables of demand have besides, right after `sales`, where there are rates.
pub const CONVERTED: [Column; 2] = [
    column(
        "sales_converted",
        "Sales converted",
        Money,
        "Sales by the rates of --fx FILE, day by day; empty where a day that sold has no rate. Only there with --fx, and only beside sales.",
    ),
    column(
        "converted_currency",
        "In",
        Text,
        "The currency that sales_converted is in: that of the rates of --fx FILE.",
    ),
];

/// The tables that have them.
pub const CONVERTED_IN: [&str; 6] = [
    "fulfillment",
    "channels",
    "daily",
    "weekly",
    "monthly",
    "skus",
];

/// What they mean: said with the definition of a table that has them.
pub(crate) const DEFINITION: &str = " sales_converted is sales in the currency of --fx FILE: what a row of daily sold (of skus: a SKU on a \
                                     day), times the rate of that day, is rounded once to four decimals, half away from zero, and such \
                                     amounts are added. A rate holds from its day until the next one, for seven days at most. Where a day \
                                     that sold has no rate, the sum is empty.";
