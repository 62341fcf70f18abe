//! Sales of all currencies in one, by the rates of `--fx`.

use crate::overview::Overview;

use super::super::number::{change, money};
use super::super::screen::{Piece, YELLOW};
use crate::write::wrap::Flow;

/// Amazon's sales of the period that is shown, and how they changed; `None` if nothing was to be converted.
pub(super) fn converted(overview: &Overview) -> Option<Flow> {
    let converted = overview.demand.converted.as_ref()?;
    let target = &converted.target;
    let mut flow = Flow::default();
    match converted.now {
        None => flow.add(
            "",
            Piece::new(YELLOW, &format!("{target} unknown: a day has no rate")),
        ),
        Some(now) => {
            let changed = converted.before.map(|before| change(now, before).1);
            let changed = match changed.as_deref() {
                None | Some("") => String::new(),
                Some(changed) => format!(" ({changed})"),
            };
            let decimals = crate::table::decimals(target);
            let amount = money(now, decimals);
            flow.add("", Piece::plain(&format!("{target} {amount}{changed}")));
        }
    }
    flow.dot(Piece::dim(&format!("at the rates of {}", converted.rates)));
    Some(flow)
}
