//! State of returns: lines whose order status says that they came back.

pub mod returned_line;

use crate::line::LabelMap;
use returned_line::ReturnedLine;

/// The state of returns.
#[derive(Debug, Clone, Default)]
pub struct ReturnState {
    /// Lines whose order status says that they came back, in no order.
    pub lines: Vec<ReturnedLine>,
}

impl ReturnState {
    /// Takes in the state of another thread.
    pub fn merge_mapped(&mut self, other: Self, labels: &LabelMap) {
        let lines = other.lines.into_iter().map(|line| ReturnedLine {
            sku: labels.sku(line.sku),
            channel: labels.channel(line.channel),
            ..line
        });
        self.lines.extend(lines);
    }
}
