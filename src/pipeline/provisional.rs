//! A plan at less cost, whose results must be verified: its first pass may look at two columns only.

use crate::error::Error;
use crate::input::Input;
use crate::line::FileId;
use crate::options::Options;
use crate::state::State;

use super::Progress;
use super::plan::{FirstPass, Plan, Stamps};

/// A plan that may be wrong about lines that cannot be read, and gives no results before it was verified.
#[derive(Debug)]
pub struct ProvisionalPlan<'i> {
    plan: Plan<'i>,
    /// What it was made by; `None` if all lines were read in full, so that it is right.
    stamps: Option<Stamps>,
}

impl<'i> ProvisionalPlan<'i> {
    /// Recognises the inputs and settles their overlaps. The first pass reads all lines in full if much of them is likely to be
    /// superseded, and only two columns otherwise.
    ///
    /// # Errors
    /// As [`Plan::new`].
    pub fn new(
        inputs: &'i [Input],
        options: &Options,
        progress: &dyn Progress,
    ) -> Result<Self, Error> {
        let mut plan = Plan::recognised(inputs, options)?;
        plan.refuse()?;
        let stamps = plan.settle(options, progress, FirstPass::Provisional)?;
        Ok(Self { plan, stamps })
    }

    /// Adds up all lines that count, after a full first pass if it turns out that two columns were not enough.
    ///
    /// # Errors
    /// As [`Plan::aggregate`].
    pub fn aggregate(
        self,
        options: &Options,
        progress: &dyn Progress,
    ) -> Result<(Plan<'i>, State), Error> {
        let Self { mut plan, stamps } = self;
        let mut state = plan.aggregate(options, progress)?;
        if stamps.is_some_and(|stamps| !holds(&stamps, &state)) {
            plan.settle(options, progress, FirstPass::Final)?;
            state = plan.aggregate(options, progress)?;
        }
        Ok((plan, state))
    }
}

/// Whether stamps were enough: no unreadable line is of an order that several files hold, and the newest stamp of every file
/// is that of a readable line. Only these decide which file's lines of an order count.
fn holds(stamps: &Stamps, state: &State) -> bool {
    let sources = &state.data_quality.sources;
    let same = |(file, stamp): &(FileId, Option<i64>)| {
        let newest = sources.get(file).and_then(|source| source.newest_update);
        newest.map(|moment| moment.utc) == *stamp
    };
    !state.data_quality.conflicting_rejects && stamps.iter().all(same)
}
