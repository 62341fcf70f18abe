//! The inputs of a command, found and read.

use ordersift::input::{self, Input};
use ordersift::options::Options;
use ordersift::pipeline;
use ordersift::table::Document;

use super::Failure;
use super::args::Inputs;
use super::progress::Bar;
use super::remarks::remark_roles;
use super::screen::Screen;

/// The files that were meant.
pub(super) fn gather(inputs: &Inputs) -> Result<Vec<Input>, Failure> {
    threads(inputs);
    Ok(input::gather(&inputs.paths, &inputs.account)?)
}

/// Takes as many threads as were asked for.
pub(super) fn threads(inputs: &Inputs) {
    if let Some(threads) = inputs.threads {
        // The pool can only be built once, and nothing has built it yet.
        let _ = rayon::ThreadPoolBuilder::new()
            .num_threads(usize::from(threads))
            .build_global();
    }
}

/// Reads them with these options.
pub(super) fn read_with(
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
