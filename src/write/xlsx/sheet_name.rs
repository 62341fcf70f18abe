//! The names of the sheets that are no tables.

pub(super) const CHART_DATA: &str = "Chart data";
