//! `ordersift convert --each`: every input by itself into a lake.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use ordersift::input::{self, Input};
use ordersift::lake::{Converted, Failed, convert};
use ordersift::options::{Options, TableOptions};
use ordersift::write::Staging;
use ordersift::write::sanitize::safe;

use crate::cli::inputs::Inputs;
use crate::cli::inputs::reading::threads;
use crate::cli::progress::Bar;
use crate::cli::screen::Screen;
use crate::cli::{Failure, Outcome, signals};

/// So many failed inputs are named.
const NAMED: usize = 5;

/// Converts the inputs into a lake; `force` writes again what is there already.
pub(super) fn run(
    args: &Inputs,
    lake: &Path,
    force: bool,
    screen: &Screen,
) -> Result<Outcome, Failure> {
    let inputs = &gather(args)?;
    if lake.exists() && !lake.is_dir() {
        return Err(Failure::usage(
            format!("{}: is no folder", lake.display()),
            "with `--each`, `--out` takes the folder of a lake",
        ));
    }
    let options = Options {
        tables: TableOptions::default(),
        ..args.options()?
    };
    let staging = Staging::open(lake)?;
    signals::removes(staging.path());
    let bar = Bar::new(screen);
    let converted = convert(inputs, lake, &staging, &options, force, &bar);
    bar.clear();
    let converted = converted.map_err(|failed| match failed {
        Failed::Input(error) => Failure::from(error),
        Failed::Lake(error) => Failure::from(error),
    })?;
    signals::not_while(|| drop(staging));
    tell(&converted, lake, screen)?;
    let all = converted.written + converted.there + converted.failed.len() as u64;
    if !converted.failed.is_empty() {
        return Err(failure(&converted, all));
    }
    if all == 0 {
        return Err(Failure::usage(
            "no all-orders or unshipped report among the inputs, so there is nothing to convert",
            "`ordersift check` says what each file is",
        ));
    }
    Ok(if args.strict && converted.rejected > 0 {
        Outcome::FellShort
    } else {
        Outcome::Done
    })
}

/// The inputs, gathered account by account: the name of an input must not depend on what else is converted in the same run, since
/// names decide between snapshots that are otherwise equal.
fn gather(args: &Inputs) -> Result<Vec<Input>, Failure> {
    threads(args);
    let mut accounts: BTreeMap<&str, Vec<(String, PathBuf)>> = BTreeMap::new();
    for (account, path) in &args.account {
        let paths = accounts.entry(account).or_default();
        paths.push((account.clone(), path.clone()));
    }
    let mut inputs: Vec<Input> = Vec::new();
    for paths in accounts.values() {
        inputs.extend(input::gather(&[], paths)?);
    }
    if !args.paths.is_empty() {
        // Files of a named account lie below other paths too, perhaps; they belong to the account.
        let named: BTreeSet<PathBuf> = inputs.iter().filter_map(place).collect();
        let others = input::gather(&args.paths, &[])?;
        inputs.extend(
            others
                .into_iter()
                .filter(|input| place(input).is_none_or(|path| !named.contains(&path))),
        );
    }
    Ok(inputs)
}

fn place(input: &Input) -> Option<PathBuf> {
    input.path.as_ref()?.canonicalize().ok()
}

/// The one line about what was done, and what is worth a remark.
fn tell(converted: &Converted, lake: &Path, screen: &Screen) -> Result<(), Failure> {
    let Converted {
        written,
        there,
        mended,
        repeated,
        lines_read,
        rejected,
        replaced,
        skipped,
        failed,
    } = converted;
    let inputs = written + there + repeated + (skipped.len() + failed.len()) as u64;
    let mut out = screen.stdout();
    writeln!(
        out,
        "{}: {inputs} inputs = {written} written + {there} there already + {repeated} repeated + {} skipped + {} failed; \
         {lines_read} lines read = {} readable + {rejected} rejected",
        safe(&lake.display().to_string()),
        skipped.len(),
        failed.len(),
        lines_read - rejected
    )?;
    out.flush()?;
    if *mended > 0 {
        screen.remark(&format!("{mended} damaged files were written again"));
    }
    if *replaced > 0 {
        screen.remark(&format!(
            "{replaced} texts are not in the encoding of their file: they hold replacement marks"
        ));
    }
    if screen.verbose {
        for (name, why) in skipped {
            screen.remark(&format!("skipped: {name} ({why})"));
        }
    } else if let [(name, why), ..] = &skipped[..] {
        screen.remark(&format!(
            "skipped: {} inputs, first {name} ({why}); `--verbose` names all",
            skipped.len()
        ));
    }
    Ok(())
}

fn failure(converted: &Converted, all: u64) -> Failure {
    let failed = &converted.failed;
    let mut text = format!(
        "{} of {all} reports are not in the lake; the others are",
        failed.len()
    );
    for (name, why) in failed.iter().take(NAMED) {
        let why = why.to_string();
        let name = if why.starts_with(name.as_str()) {
            String::new()
        } else {
            format!("{name}: ")
        };
        text = format!("{text}\n{name}{why}");
    }
    if failed.len() > NAMED {
        text = format!("{text}\n\u{2026} and {} more", failed.len() - NAMED);
    }
    Failure::Told(text)
}
