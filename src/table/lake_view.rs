//! How far the views over a lake give a table.

/// How far the views of `ordersift sql` give a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LakeView {
    /// Every cell, by the view of the same name.
    Whole,
    /// Some columns, by the view of this name, and the reason why not all.
    Part(&'static str, &'static str),
    /// Not at all, and the reason.
    None(&'static str),
}

impl LakeView {
    pub(crate) const OTHER_REPORTS: &'static str = "it needs reports that a lake does not hold";
    pub(crate) const HISTORY: &'static str =
        "it follows each order through all snapshots and backlogs; not written in SQL yet";
}
