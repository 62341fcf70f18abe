//! The command line: what was typed, what was meant, and how it ended. Nothing else in the program prints, reads the clock
//! or ends the process.

pub(crate) mod args;
mod check;
mod claims;
mod compare;
mod config;
mod confirm;
mod convert;
mod convert_each;
mod damage;
mod enums;
mod examples;
mod explain;
mod holidays;
mod kinds;
mod manual;
mod outcome;
mod output;
mod parsers;
mod progress;
mod rates;
mod reading;
mod remarks;
mod report;
mod sample;
pub(crate) mod screen;
mod signals;
mod split;
mod sql;
mod sums;
mod worklist;

use std::fmt::Display;
use std::io;
use std::process::ExitCode;

use args::{Args, Command};
use screen::Screen;

/// How a run that did not fail ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All is well: 0.
    Done,
    /// Done, but what was asked to be watched fell short: 1.
    FellShort,
}

impl Outcome {
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
}

/// Does what was asked.
pub(crate) fn run(args: &Args, screen: &Screen) -> Result<Outcome, Failure> {
    signals::bears_limits();
    match &args.command {
        Command::Report(report) => report::run(report, screen),
        Command::Compare(compare) => compare::run(compare, screen),
        Command::Worklist(worklist) => worklist::run(worklist, screen),
        Command::Confirm(confirm) => confirm::run(confirm, screen),
        Command::Convert(convert) => convert::run(convert, screen),
        Command::Split(split) => split::run(split, screen),
        Command::Sql(sql) => sql::run(sql, screen),
        Command::Check(check) => check::run(check, screen),
        Command::Kinds => kinds::run(screen),
        Command::Sample(sample) => sample::run(sample, screen),
        Command::Explain { name } => explain::run(name, screen),
        Command::Completions(completions) => manual::completions(completions.shell),
        Command::Man(man) => manual::page(man.command.as_deref()),
        Command::PrintConfig(text) => manual::print(text),
    }
}
