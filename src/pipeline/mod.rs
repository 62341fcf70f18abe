//! The one place where the stages meet: files to reports, reports to chunks, chunks to lines, lines to the state, the
//! state to tables. Threads live here and nowhere below.

mod asked;
mod compare;
mod expected_overlap;
mod finish;
mod groups;
mod order_stats;
mod plan;
mod provisional;
mod read;
mod recognise;
mod stream;

use crate::error::Error;
use crate::input::Input;
use crate::options::Options;
use crate::table::Document;

pub use asked::Asked;
pub use compare::{SideInputs, Sided, compare, side};
pub use finish::document;
pub use order_stats::order_stats;
pub use plan::Plan;
pub use provisional::ProvisionalPlan;
pub use read::pasted;
pub use recognise::{Found, recognise};

/// Told how far a run has come. Called from many threads.
pub trait Progress: Sync {
    /// So many bytes will be read in all.
    fn start(&self, bytes: u64);
    /// So many more bytes were read, and lines in them.
    fn advance(&self, bytes: u64, lines: u64);
}

/// Nobody watches.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unwatched;

impl Progress for Unwatched {
    fn start(&self, _: u64) {}
    fn advance(&self, _: u64, _: u64) {}
}

/// The main job: every table of the inputs, or the reason why there is none.
///
/// # Errors
/// See [`Error`]. Nothing is half done: there is a document or there is not.
pub fn report(
    inputs: &[Input],
    options: &Options,
    progress: &dyn Progress,
) -> Result<Document, Error> {
    let plan = ProvisionalPlan::new(inputs, options, progress)?;
    let (plan, state) = plan.aggregate(options, progress)?;
    let context = plan.input_files();
    document(&plan, state, &context, options)
}
