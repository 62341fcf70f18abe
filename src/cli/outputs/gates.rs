//! The outcome of a run by its gates and `--strict`.

use ordersift::gate::{self, Gate};
use ordersift::table::Document;

use crate::cli::Outcome;
use crate::cli::inputs::Inputs;
use crate::cli::screen::Screen;

/// Judges the gates and names those that failed, before anything else is said.
pub(crate) fn watch(document: &mut Document, gates: &[Gate]) {
    document.gates = gate::judge(gates, document);
    for gate in document.gates.iter().filter(|gate| gate.failed) {
        Screen::warn(&format!(
            "gate failed: {} (it is {})",
            gate.condition, gate.found
        ));
    }
}

/// Rejects fall short of `--strict`, and so does a failed gate.
pub(crate) fn outcome(args: &Inputs, document: &Document) -> Outcome {
    let failed = document.gates.iter().any(|gate| gate.failed);
    if failed || args.strict && document.control.rejected > 0 {
        Outcome::FellShort
    } else {
        Outcome::Done
    }
}
