//! The values of the file, put where neither the command line nor the environment has one.

use clap::ArgMatches;
use clap::parser::ValueSource;

use crate::cli::args::Command;
use crate::cli::inputs::Inputs;

use super::file::Settings;

/// Completes a command, of which these are the matches.
pub(super) fn merge(settings: Settings, matches: &ArgMatches, command: &mut Command) {
    let unset = Unset(matches);
    if let Some(inputs) = command.inputs() {
        unset.fill_inputs(inputs, &settings);
    }
    match command {
        Command::Report(report) => {
            unset.fill("by", &mut report.by, settings.by);
            unset.fill("table", &mut report.table, settings.table);
            unset.fill("fail_if", &mut report.fail_if, settings.fail_if);
            unset.fill("raw_text", &mut report.raw_text, settings.raw_text);
            let estimate = &mut report.estimate_pending;
            unset.fill("estimate_pending", estimate, settings.estimate_pending);
            let published = report.out.is_some();
            unset.fill_format(&mut report.format, settings.format, published);
        }
        Command::Compare(compare) => {
            unset.fill("raw_text", &mut compare.raw_text, settings.raw_text);
            let published = compare.out.is_some();
            unset.fill_format(&mut compare.format, settings.format, published);
        }
        Command::Worklist(worklist) => {
            unset.fill("fail_if", &mut worklist.fail_if, settings.fail_if);
            unset.fill("raw_text", &mut worklist.raw_text, settings.raw_text);
            let ship_from = settings.ship_from.map(Some);
            unset.fill("ship_from", &mut worklist.ship_from, ship_from);
        }
        Command::Confirm(confirm) => {
            let ship_from = settings.ship_from.map(Some);
            unset.fill("ship_from", &mut confirm.ship_from, ship_from);
        }
        Command::Convert(convert) => {
            unset.fill("raw_text", &mut convert.raw_text, settings.raw_text);
        }
        _ => {}
    }
}

/// The flags that neither the command line nor the environment has.
struct Unset<'m>(&'m ArgMatches);

impl Unset<'_> {
    fn fill<T>(&self, flag: &str, value: &mut T, set: Option<T>) {
        let given = matches!(
            self.0.value_source(flag),
            Some(ValueSource::CommandLine | ValueSource::EnvVariable)
        );
        if let Some(set) = set.filter(|_| !given) {
            *value = set;
        }
    }

    fn fill_inputs(&self, inputs: &mut Inputs, settings: &Settings) {
        let Settings {
            time_zone,
            week_start,
            holidays,
            claims,
            max_rejects,
            strict,
            encoding,
            threads,
            ..
        } = settings.clone();
        self.fill("time_zone", &mut inputs.time_zone, time_zone.map(Some));
        self.fill("week_start", &mut inputs.week_start, week_start);
        self.fill("holidays", &mut inputs.holidays, holidays.map(Some));
        self.fill("claims", &mut inputs.claims, claims.map(Some));
        self.fill("max_rejects", &mut inputs.max_rejects, max_rejects);
        self.fill("strict", &mut inputs.strict, strict);
        self.fill("encoding", &mut inputs.encoding, encoding.map(Some));
        self.fill("threads", &mut inputs.threads, threads.map(Some));
    }

    /// What is to be published is set; what a screen or a pipe gets is asked for.
    fn fill_format(&self, format: &mut Vec<String>, set: Option<Vec<String>>, published: bool) {
        if published {
            self.fill("format", format, set);
        } else if self.0.value_source("format") == Some(ValueSource::EnvVariable) {
            format.clear();
        }
    }
}
