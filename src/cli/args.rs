//! The command line: the list of commands, each with what it takes.

use clap::{Parser, Subcommand};

use super::commands::check::Check;
use super::commands::compare::Compare;
use super::commands::completions::Completions;
use super::commands::confirm::Confirm;
use super::commands::convert::Convert;
use super::commands::explain::Explain;
use super::commands::man::Man;
use super::commands::report::Report;
use super::commands::sample::Sample;
use super::commands::split::Split;
use super::commands::sql::Sql;
use super::commands::worklist::Worklist;
use super::inputs::Inputs;
use super::screen::Streams;

const EXAMPLES: &str = "\
Examples:
  ordersift report reports/                  the week at a glance, from a folder of files
  ordersift report july.txt august.txt --format json > report.json
  ordersift report reports/ --out monday/    tables as JSON and CSV, all or nothing
  ordersift compare 2026-W29 2026-W30 reports/   one week against another
  ordersift worklist unshipped.txt           what must ship, most urgent first
  ordersift check reports/                   what each file is, and what is wrong with it";

/// Weekly sales and shipping figures of an Amazon seller, from order-report files
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, disable_help_subcommand = true, max_term_width = 100, after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,

    #[command(flatten)]
    pub(crate) streams: Streams,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Report sales, orders to ship, and whether the data is complete
    Report(Report),
    /// What changed between two ranges of days, or between two folders or files
    #[command(mut_arg("paths", |paths| paths.required_unless_present("then")))]
    Compare(Compare),
    /// What must ship, line by line in working order
    Worklist(Worklist),
    /// Check a list of parcels against what is open, and write the file that Amazon takes
    Confirm(Confirm),
    /// Write FBA and merchant lines apart: original bytes, each order's newest snapshot
    Split(Split),
    /// Write the kept lines, cleaned and typed, as one Parquet or CSV file
    Convert(Convert),
    /// Write SQL views that give the tables of a report over a folder of `convert --each`
    Sql(Sql),
    /// Examine files: kind, encoding, days, gaps, overlaps, unreadable lines. Writes nothing
    Check(Check),
    /// The kinds of report that are read, and the columns each needs
    Kinds,
    /// Write an invented but realistic report, the same bytes for the same seed
    Sample(Sample),
    /// What a table, a column or a number means, and where its rule is from
    Explain(Explain),
    /// Write the completions of a shell
    Completions(Completions),
    /// Write the manual page, of the program or of a command
    Man(Man),
    /// What `--print-config` makes of any command: the text to print
    #[command(skip)]
    PrintConfig(String),
}

impl Command {
    /// The inputs of a command that reads files.
    pub(crate) fn inputs(&mut self) -> Option<&mut Inputs> {
        match self {
            Self::Report(report) => Some(&mut report.inputs),
            Self::Compare(compare) => Some(&mut compare.inputs),
            Self::Worklist(worklist) => Some(&mut worklist.inputs),
            Self::Confirm(confirm) => Some(&mut confirm.inputs),
            Self::Split(split) => Some(&mut split.inputs),
            Self::Convert(convert) => Some(&mut convert.inputs),
            Self::Check(check) => Some(&mut check.inputs),
            Self::Sql(_)
            | Self::Kinds
            | Self::Sample(_)
            | Self::Explain(_)
            | Self::Completions(_)
            | Self::Man(_)
            | Self::PrintConfig(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Args::command().debug_assert();
    }
}
