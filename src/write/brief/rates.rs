//! Rates of cancellations and returns that stand out.

use crate::table::{Cell, Document, Table};

use super::super::number::percent_of_millionths;
use super::super::screen::{Piece, YELLOW};
use crate::write::sanitize::cut;
use crate::write::wrap::Flow;

/// So much of a SKU is shown, and so many of them.
const WIDTH: usize = 24;
const MOST: usize = 2;

/// The worst of what stands out, SKUs before channels; `None` if nothing does.
pub(super) fn rates(document: &Document) -> Option<Flow> {
    let table = document.table("cancellations_and_returns")?;
    let mut flow = Flow::default();
    let mut named = 0;
    for (by, label) in [("sku", "SKU "), ("sales_channel", "")] {
        for row in (0..table.height()).filter(|row| table.text(*row, "group_type") == by) {
            let said: Vec<String> = [("cancellation", "cancelled"), ("return", "returned")]
                .into_iter()
                .filter_map(|(rate, word)| said(table, row, rate, word))
                .collect();
            if said.is_empty() || named == MOST {
                continue;
            }
            named += 1;
            let name = table.text(row, "name");
            let text = format!("{label}{}: {}", cut(&name, WIDTH), said.join(", "));
            let separator = if flow.is_empty() { "" } else { " \u{b7} " };
            flow.add(separator, Piece::new(YELLOW, &text));
        }
    }
    if flow.is_empty() {
        return None;
    }
    flow.maybe(" \u{b7} ", Piece::dim("--table cancellations_and_returns"));
    Some(flow)
}

/// `18.0 % cancelled (others 3.1 %)`, if that stands out.
fn said(table: &Table, row: usize, rate: &str, word: &str) -> Option<String> {
    let cell = |what: &str| Some(table.cell(row, table.index(&format!("{rate}_{what}"))?));
    let (Cell::Flag(true), Cell::Share(own), Cell::Share(usual)) =
        (cell("stands_out")?, cell("rate")?, cell("usual")?)
    else {
        return None;
    };
    let [own, usual] = [own, usual].map(percent_of_millionths);
    Some(format!("{own} {word} (others {usual})"))
}
