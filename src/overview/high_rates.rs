//! Rates of cancellations and returns that stand out.

use crate::table::{Cell, Document};

use super::cells::Cells;

/// The columns of a rate: whether it stands out, the rate, that of the others.
const CANCELLATION: [&str; 3] = [
    "cancellation_stands_out",
    "cancellation_rate",
    "cancellation_usual",
];
const RETURN: [&str; 3] = ["return_stands_out", "return_rate", "return_usual"];

/// A SKU or a sales channel of which a rate stands out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HighRates {
    /// Whether it is a SKU, or else a sales channel.
    pub is_sku: bool,
    /// The SKU or the channel.
    pub name: String,
    /// The part that was cancelled, if that stands out.
    pub cancelled: Option<HighRate>,
    /// The part that was returned, if that stands out.
    pub returned: Option<HighRate>,
}

/// A rate that stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HighRate {
    /// The rate in millionths.
    pub rate: i128,
    /// That of all others, in millionths.
    pub usual: i128,
}

impl HighRates {
    /// What stands out in a document, SKUs before channels, in the order of the table.
    pub(super) fn all(document: &Document) -> Vec<Self> {
        let Some(table) = document.table("cancellations_and_returns") else {
            return Vec::new();
        };
        let cells = Cells { table };
        let of = |group: &'static str, is_sku| {
            cells.rows_with("group_type", group).map(move |row| Self {
                is_sku,
                name: cells.text(row, "name").to_owned(),
                cancelled: rate(cells, row, CANCELLATION),
                returned: rate(cells, row, RETURN),
            })
        };
        let all = of("sku", true).chain(of("sales_channel", false));
        all.filter(|rates| rates.cancelled.is_some() || rates.returned.is_some())
            .collect()
    }
}

fn rate(cells: Cells<'_>, row: usize, [stands_out, rate, usual]: [&str; 3]) -> Option<HighRate> {
    if cells.cell(row, stands_out) != Cell::Flag(true) {
        return None;
    }
    Some(HighRate {
        rate: cells.share(row, rate)?,
        usual: cells.share(row, usual)?,
    })
}
