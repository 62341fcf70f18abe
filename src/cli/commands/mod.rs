//! The commands, a file for each: what it takes, its examples, and what it does. Those that need more than one file have a folder.

pub(super) mod check;
pub(super) mod compare;
pub(super) mod completions;
pub(super) mod confirm;
pub(super) mod convert;
pub(super) mod explain;
pub(super) mod kinds;
pub(super) mod man;
pub(super) mod report;
pub(super) mod sample;
pub(super) mod split;
pub(super) mod sql;
pub(super) mod worklist;
