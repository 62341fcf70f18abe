//! The account of what was converted.

use std::collections::BTreeMap;

use crate::field::RejectReason;
use crate::table::Control;

/// What was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Every line accounted for, those of copies as repeated. What was not asked for is kept, and not written.
    pub control: Control,
    /// Kept lines that were not asked for.
    pub outside: u64,
    /// Cells of a CSV that were guarded.
    pub guarded: u64,
    /// Texts that are not in the encoding of their file, and hold replacement marks.
    pub replaced: u64,
    /// Why lines could not be read, and how many.
    pub reasons: BTreeMap<(Option<&'static str>, RejectReason), u64>,
}
