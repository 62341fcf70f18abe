//! A small curve of bars without numbers: they stand beside it.

use maud::{Markup, html};

/// A bar for every value; nothing where it is unknown.
pub(super) fn spark(values: &[Option<i128>]) -> Markup {
    const STEP: i128 = 12;
    const HIGH: i128 = 20;
    let highest = values.iter().flatten().copied().max().unwrap_or(0).max(1);
    let bars: Vec<(i128, i128)> = (0..)
        .zip(values)
        .filter_map(|(place, value)| {
            let scaled = (*value)?.max(0).checked_mul(HIGH).unwrap_or(highest * HIGH) / highest;
            Some((place * STEP, scaled.clamp(1, HIGH)))
        })
        .collect();
    let width = STEP * i128::try_from(values.len()).unwrap_or(0);
    html! {
        svg.spark viewBox=(format!("0 0 {width} {HIGH}")) aria-hidden="true" {
            @for (x, height) in &bars { rect .now[*x == width - STEP] x=(x) y=(HIGH - height) width=(STEP - 3) height=(height) {} }
        }
    }
}
