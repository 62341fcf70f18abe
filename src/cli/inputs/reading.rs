//! The inputs of a command, found and read.

use ordersift::input::{self, Input};
use ordersift::options::Options;
use ordersift::pipeline;
use ordersift::table::Document;

use crate::cli::Failure;
use crate::cli::outputs::remarks::remark_roles;
use crate::cli::progress::Bar;
use crate::cli::screen::Screen;

use super::Inputs;

/// The files that were meant.
pub(crate) fn gather(inputs: &Inputs) -> Result<Vec<Input>, Failure> {
    threads(inputs);
    Ok(input::gather(&inputs.paths, &inputs.account)?)
}

/// Takes as many threads as were asked for.
pub(crate) fn threads(inputs: &Inputs) {
    if let Some(threads) = inputs.threads {
        // The pool can only be built once, and nothing has built it yet.
        let _ = rayon::ThreadPoolBuilder::new()
            .num_threads(usize::from(threads))
            .build_global();
    }
}

/// Reads them with these options.
pub(crate) fn read_with(
    options: &Options,
    inputs: &[Input],
    screen: &Screen,
) -> Result<Document, Failure> {
    let bar = Bar::new(screen);
    let document = pipeline::report(inputs, options, &bar);
    bar.clear();
    let document = document?;
    remark_roles(&document, screen);
    Ok(document)
}
