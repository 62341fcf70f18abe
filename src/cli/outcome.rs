//! The outcome of a run: an exit code, or the words that say why it failed.

use std::fmt::Display;
use std::io;
use std::path::Path;
use std::process::ExitCode;

/// How a run that did not fail ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All is well: 0.
    Done,
    /// Done, but what was asked to be watched fell short: 1.
    FellShort,
}

impl Outcome {
    /// The exit code.
    pub(crate) fn code(self) -> ExitCode {
        match self {
            Self::Done => ExitCode::SUCCESS,
            Self::FellShort => ExitCode::from(1),
        }
    }
}

/// Why a run failed, as the words to print.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Whoever read our output stopped reading: no failure at all.
    Closed,
    /// Where, what, and what to do.
    Told(String),
}

impl From<ordersift::Error> for Failure {
    fn from(error: ordersift::Error) -> Self {
        Self::Told(error.to_string())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::Closed;
        }
        Self::Told(format!(
            "output failed: {error}\n  help: check the space and the rights where it goes; nothing was published"
        ))
    }
}

impl Failure {
    /// A wrong use of the program.
    pub(crate) fn usage(what: impl Display, help: impl Display) -> Self {
        Self::Told(format!("{what}\n  help: {help}"))
    }

    /// A file beside the reports that cannot be read.
    pub(crate) fn unreadable(file: &Path, error: &io::Error, help: impl Display) -> Self {
        let error = error.to_string();
        // The number is of no use to a reader.
        let error = error.split(" (os error").next().unwrap_or_default();
        Self::usage(
            format!(
                "{}: cannot be read: {}",
                file.display(),
                error.to_lowercase()
            ),
            help,
        )
    }
}
