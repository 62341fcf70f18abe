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
  ordersift report reports/                      the last week, from a folder of files
  ordersift report july.txt august.txt --format json > report.json
  ordersift report reports/ --out monday/        all tables as JSON and CSV files
  ordersift compare 2026-W29 2026-W30 reports/   one week with another
  ordersift worklist unshipped.txt               the orders that must ship, the most urgent first
  ordersift check reports/                       what each file is, and what is wrong with it

In the Windows Command Prompt, use double quotes: --fail-if \"late_open > 0\"";

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
    /// Compare two ranges of days, or two folders or files
    #[command(mut_arg("paths", |paths| paths.required_unless_present("then")))]
    Compare(Compare),
    /// List the order lines that must ship, the most urgent first
    Worklist(Worklist),
    /// Check a list of parcels, and write the confirmation file for Amazon
    Confirm(Confirm),
    /// Write FBA and merchant lines to two folders, each order from its newest file
    Split(Split),
    /// Write the kept lines, cleaned and typed, as one Parquet or CSV file
    Convert(Convert),
    /// Write SQL views that compute the tables of a report from a folder of `convert --each`
    Sql(Sql),
    /// Examine files: kind, encoding, days, gaps, overlaps, unreadable lines
    Check(Check),
    /// List the kinds of report that are read, where to find them, and their columns
    Kinds,
    /// Write an invented but realistic report. The same seed gives the same bytes
    Sample(Sample),
    /// Explain a table, a column or a number, and name the source of its rule
    Explain(Explain),
    /// Write the completions for a shell
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
