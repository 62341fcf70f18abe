//! `ordersift compare`: any two ranges of days, or any two sets of files.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args as Group;
use ordersift::field::{Range, Selection};
use ordersift::input::{self, Input};
use ordersift::options::Options;
use ordersift::pipeline::{self, SideInputs, Sided};
use ordersift::table::Document;
use ordersift::write::{self, Period, Shape};

use crate::cli::inputs::reading::{gather, threads};
use crate::cli::inputs::{Inputs, rates};
use crate::cli::outputs::gates::outcome;
use crate::cli::outputs::remarks::{remark_rates, remark_rejects, remark_roles};
use crate::cli::outputs::sums::Sums;
use crate::cli::outputs::{self, Style, formats, layout, open};
use crate::cli::parsers::format_names;
use crate::cli::progress::Bar;
use crate::cli::screen::Screen;
use crate::cli::{Failure, Outcome};

const EXAMPLES: &str = "\
Examples:
  ordersift compare 2026-W29 2026-W30 reports/                        two weeks
  ordersift compare 2025-07 2026-07 reports/ --channel Amazon.de      a month and a year before
  ordersift compare 2026-07-01..2026-07-12 2026-07-13..2026-07-24 reports/ --format csv > july.csv
  ordersift compare old-account/ new-account/                         two folders, or two files
  ordersift compare 2026-06 2026-07 reports/ --fx rates.csv           all currencies also in one

Two ranges select days of the same files. If their lengths differ, sales per day are compared as well. Two folders are read independently, and an order that is in both counts on both sides: two downloads of the same days show what changed between them. Write a folder that is named like a range as ./2026-07.";

#[derive(Debug, Group)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Compare {
    /// The earlier side: a range of days (2026-07-13..2026-07-19, 2026-07-13, 2026-W29, 2026-07, 2026), or a folder or file
    pub(crate) then: PathBuf,

    /// The later side: a range of days if THEN is one, else a folder or file
    pub(crate) now: PathBuf,

    #[command(flatten)]
    pub(crate) inputs: Inputs,

    /// Also add all currencies in one, by a CSV file of rates with the header `date,currency,rate_usd`
    #[arg(long, value_name = "FILE")]
    pub(crate) fx: Option<PathBuf>,

    /// Write files into this folder: all of them, or none if the run fails
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,

    /// Replace files in a folder that ordersift did not write
    #[arg(long, requires = "out")]
    pub(crate) force: bool,

    /// Formats, separated by commas [default: terminal, or json,csv with --out]
    #[arg(long, env = "ORDERSIFT_FORMAT", hide_env = true, value_name = "FORMAT,...", value_delimiter = ',', value_parser = format_names())]
    pub(crate) format: Vec<String>,

    /// Write text to CSV unchanged, even if a spreadsheet program would run it as a formula
    #[arg(long, env = "ORDERSIFT_RAW_TEXT", hide_env = true)]
    pub(crate) raw_text: bool,
}

/// The inputs of both sides: then, now. Of ranges they are the same.
type Files = [Arc<Vec<Input>>; 2];

pub(crate) fn run(compare: &Compare, screen: &Screen) -> Result<Outcome, Failure> {
    let formats = formats(&compare.format, compare.out.as_deref(), 1)?;
    let options = Options {
        rates: compare.fx.as_deref().map(rates::read).transpose()?,
        ..compare.inputs.options()?
    };
    let ranges = ranges(compare, &options)?;
    let files = files(compare, ranges.is_some())?;
    let several = if ranges.is_some() { 1 } else { 2 };
    let publication = compare
        .out
        .as_deref()
        .map(|out| {
            open(
                out,
                compare.force,
                files[..several].iter().flat_map(|side| side.iter()),
            )
        })
        .transpose()?;
    let sums: Vec<Sums> = files[..several]
        .iter()
        .filter(|_| publication.is_some())
        .map(|files| Sums::begin(files, compare.inputs.threads))
        .collect();
    let document = read(compare, &options, ranges, &files, screen)?;
    let style = Style {
        by: Period::Week,
        raw_text: compare.raw_text,
    };
    let screens = formats
        .iter()
        .any(|format| matches!(format.shape, Shape::Screen(_)));
    if screens {
        let mut out = screen.stdout();
        write::summary(&document, &layout(style.by, screen), &mut out)?;
        out.flush()?;
    }
    if let (Some(publication), Some(out)) = (publication, &compare.out) {
        outputs::publish(publication, &document, &formats, style, sums)?;
        let took = screen.elapsed();
        screen.remark(&format!("published {} in {took}", out.join("").display()));
    } else if !screens {
        remark_rejects(&document, screen);
        outputs::show(&document, formats[0], style)?;
    }
    Ok(outcome(&compare.inputs, &document))
}

/// Both sides as ranges; `None` if both are paths.
fn ranges(compare: &Compare, options: &Options) -> Result<Option<[Range; 2]>, Failure> {
    let [then, now] = [&compare.then, &compare.now].map(PathBuf::as_path);
    let read = |side: &Path| {
        let text = side.to_str().unwrap_or_default();
        Range::read(text, options.days.week_start).map_err(|what| {
            let help = "a range is 2026-07-13..2026-07-19, 2026-07-13, 2026-W29, 2026-07 or 2026; a folder of that name is `./";
            Failure::usage(
                format!("`{text}` is not a range: {what}"),
                format!("{help}{text}`"),
            )
        })
    };
    let (then_named, now_named) = (then.display(), now.display());
    let (first, second) = match (read(then)?, read(now)?) {
        (Some(first), Some(second)) => (first, second),
        (None, None) => {
            paths(compare)?;
            return Ok(None);
        }
        (first, _) => {
            let (range, path) = if first.is_some() {
                (&then_named, &now_named)
            } else {
                (&now_named, &then_named)
            };
            // What was typed stays where it stood.
            let order = |other: &str| match (first.is_some(), other) {
                (true, "RANGE") => format!("{range} RANGE"),
                (false, "RANGE") => format!("RANGE {range}"),
                (true, _) => format!("./{range} {path}"),
                (false, _) => format!("{path} ./{range}"),
            };
            return Err(Failure::usage(
                format!("`{range}` is a range, `{path}` is a path: both are one or the other"),
                format!(
                    "two ranges of the same files: `ordersift compare {} PATH...`; two folders: `ordersift compare {}`",
                    order("RANGE"),
                    order("PATH")
                ),
            ));
        }
    };
    let inputs = &compare.inputs;
    if inputs.paths.is_empty() && inputs.account.is_empty() {
        return Err(Failure::usage(
            "two ranges of days, but no files",
            format!(
                "`ordersift compare {then_named} {now_named} PATH...`; \
                 two folders of these names: `ordersift compare ./{then_named} ./{now_named}`"
            ),
        ));
    }
    if inputs.from.is_some() || inputs.to.is_some() {
        return Err(Failure::usage(
            "two ranges say which days count; --from and --to say it again",
            "leave them out, or name the days as ranges: `ordersift compare 2026-07-13..2026-07-19 2026-07-20..2026-07-26 PATH...`",
        ));
    }
    Ok(Some([first, second]))
}

/// Refuses arguments that two paths do not take.
fn paths(compare: &Compare) -> Result<(), Failure> {
    let (then, now) = (compare.then.display(), compare.now.display());
    if let Some(third) = compare.inputs.paths.first() {
        let third = third.display();
        return Err(Failure::usage(
            format!(
                "`{then}` and `{now}` are not ranges of days, and two folders or files take no third: `{third}`"
            ),
            "a range is written 2026-W29, 2026-07, 2026-07-13 or 2026-07-13..2026-07-19; \
             several files of a side go into a folder, or are a pattern in quotes: `ordersift compare 'june-*.txt' 'july-*.txt'`",
        ));
    }
    if !compare.inputs.account.is_empty() {
        return Err(Failure::usage(
            "--account names files of one run, and two folders are two runs",
            "compare ranges: `ordersift compare 2026-W29 2026-W30 --account NAME=PATH`; or leave it out",
        ));
    }
    if compare.then == Path::new("-") && compare.now == Path::new("-") {
        return Err(Failure::usage(
            "standard input can be one side, not both",
            "write one of them to a file first",
        ));
    }
    Ok(())
}

fn files(compare: &Compare, ranges: bool) -> Result<Files, Failure> {
    if ranges {
        let files = Arc::new(gather(&compare.inputs)?);
        return Ok([Arc::clone(&files), files]);
    }
    threads(&compare.inputs);
    let side = |path| input::gather(std::slice::from_ref(path), &[]).map(Arc::new);
    Ok([side(&compare.then)?, side(&compare.now)?])
}

fn read(
    compare: &Compare,
    options: &Options,
    ranges: Option<[Range; 2]>,
    files: &Files,
    screen: &Screen,
) -> Result<Document, Failure> {
    let bar = Bar::new(screen);
    let side = |place: usize, path: &Path| -> Result<Sided, Failure> {
        let range = ranges.map(|ranges| ranges[place]);
        let options = Options {
            selection: Selection {
                from: range.map_or(options.selection.from, |range| Some(range.first)),
                to: range.map_or(options.selection.to, |range| Some(range.last)),
                ..options.selection.clone()
            },
            ..options.clone()
        };
        let typed = path.to_string_lossy();
        let name = match range {
            Some(range) if typed.contains("..") => range.to_string(),
            Some(_) => typed.into_owned(),
            // No path of this machine goes into a report.
            None => path
                .file_name()
                .map_or(typed, |name| name.to_string_lossy())
                .into_owned(),
        };
        let inputs = SideInputs {
            name: &name,
            inputs: &files[place],
            options: &options,
        };
        let read = pipeline::side(inputs, &bar);
        bar.clear();
        Ok(read?)
    };
    let (then, now) = (side(0, &compare.then)?, side(1, &compare.now)?);
    remark_roles(&now.document, screen);
    if ranges.is_none() {
        remark_roles(&then.document, screen);
    }
    for side in [&then, &now] {
        remark_rates(&side.document, screen);
    }
    remark_days(&then, &now, ranges.is_some(), screen);
    Ok(pipeline::compare(then, now, ranges.is_some())?)
}

/// What must be known of the days before their sums are compared.
fn remark_days(then: &Sided, now: &Sided, ranges: bool, screen: &Screen) {
    for side in [&then.days, &now.days] {
        if side.partial {
            let range = Range {
                first: side.first_day,
                last: side.last_day,
            };
            let gap_days = match i64::from(range.days()) - side.days {
                0 => String::new(),
                1 => ", less 1 day that lacks".to_owned(),
                gap_days => format!(", less {gap_days} days that lack"),
            };
            screen.remark(&format!(
                "{} is partial: of the days asked for, the files hold {} to {}{gap_days}",
                side.name, side.first_day, side.last_day
            ));
        }
    }
    if then.days.days != now.days.days {
        screen.remark(&format!(
            "{} days then, {} now: compare sales per day",
            then.days.days, now.days.days
        ));
    }
    if ranges
        && then.days.first_day <= now.days.last_day
        && now.days.first_day <= then.days.last_day
    {
        screen.remark("the ranges have days in common, which count on both sides");
    } else if ranges && then.days.first_day > now.days.last_day {
        screen.remark("the first range is the later one: it is then, and the second is now");
    }
}
