//! The program: what was typed, what was meant, and how it ended. Nothing else prints, reads the clock or ends the process.

mod args;
mod commands;
mod enums;
mod inputs;
mod outcome;
mod outputs;
mod parsers;
mod progress;
pub(crate) mod screen;
pub(crate) mod settings;
mod signals;
mod spelling;

use clap::CommandFactory;

use args::{Args, Command};
use commands::{
    check, compare, completions, confirm, convert, explain, kinds, man, report, sample, split, sql,
    worklist,
};
use screen::Screen;

pub(crate) use outcome::{Failure, Outcome};

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
        Command::Explain(explain) => explain::run(explain, screen),
        Command::Completions(completions) => completions::run(completions, Args::command()),
        Command::Man(man) => man::run(man, Args::command()),
        Command::PrintConfig(text) => Screen::print(text.as_bytes()),
    }
}
