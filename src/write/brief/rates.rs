//! Rates of cancellations and returns that stand out.

use crate::overview::{HighRate, Overview};

use super::super::number::percent_of_millionths;
use super::super::screen::{Piece, YELLOW};
use crate::write::sanitize::cut;
use crate::write::wrap::Flow;

/// So much of a SKU is shown, and so many of them.
const WIDTH: usize = 24;
const MOST: usize = 2;

/// The worst of what stands out, SKUs before channels; `None` if nothing does.
pub(super) fn rates(overview: &Overview) -> Option<Flow> {
    let mut flow = Flow::default();
    for rates in overview.review.high_rates.iter().take(MOST) {
        let words = [(rates.cancelled, "cancelled"), (rates.returned, "returned")];
        let said = words
            .into_iter()
            .filter_map(|(rate, word)| Some(said(rate?, word)));
        let said: Vec<String> = said.collect();
        let label = if rates.is_sku { "SKU " } else { "" };
        let text = format!("{label}{}: {}", cut(&rates.name, WIDTH), said.join(", "));
        flow.item(Piece::new(YELLOW, &text));
    }
    flow.with_table("cancellations_and_returns")
}

/// `18.0 % cancelled (others 3.1 %)`.
fn said(rate: HighRate, word: &str) -> String {
    let [own, usual] = [rate.rate, rate.usual].map(percent_of_millionths);
    format!("{own} {word} (others {usual})")
}
