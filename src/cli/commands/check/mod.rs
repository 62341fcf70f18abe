//! `ordersift check`: what each file is, what it holds, what is wrong with it and what to do. Writes nothing.

mod damage;

use std::io::{self, Write};

use clap::Args as Group;
use ordersift::Error;
use ordersift::field::RejectReason;
use ordersift::options::{MaxRejects, Options};
use ordersift::pipeline::{self, Plan};
use ordersift::report::Dialect;
use ordersift::table::{Cell, Document};
use ordersift::write::sanitize;

use crate::cli::inputs::Inputs;
use crate::cli::inputs::reading::gather;
use crate::cli::progress::Bar;
use crate::cli::screen::Screen;
use crate::cli::{Failure, Outcome};

const EXAMPLES: &str = "\
Example:
  ordersift check ~/Downloads/reports";

#[derive(Debug, Group)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) inputs: Inputs,
}

/// A screenful of lines is listed; `report --table rejects` lists them all.
const LISTED: usize = 20;

pub(crate) fn run(args: &Check, screen: &Screen) -> Result<Outcome, Failure> {
    let inputs = gather(&args.inputs)?;
    let options = Options {
        max_rejects: MaxRejects::Share(1_000_000),
        ..args.inputs.options()?
    };
    let bar = Bar::new(screen);
    let mut plan = Plan::lenient(&inputs, &options, &bar)?;
    let any = plan.reports().next().is_some();
    let summary = any.then(|| plan.aggregate(&options, &bar));
    bar.clear();
    let mut out = screen.stdout();
    verdict(&plan, inputs.len(), &mut out)?;
    let mut ill = refused(&plan, &mut out)?;
    match summary {
        None => writeln!(
            out,
            "No order report among them; `ordersift kinds` says where to find one"
        )?,
        Some(Err(error @ Error::Refused { .. })) => {
            ill = true;
            writeln!(out, "{}", safe_lines(&error.to_string()))?;
        }
        Some(Err(error)) => return Err(error.into()),
        Some(Ok(summary)) => {
            let document = pipeline::document(&plan, summary, &plan.input_files(), &options)?;
            sources(&document, &plan, &mut out)?;
            totals(&document, &mut out)?;
            quality(&document, &mut out)?;
            rejects(&document, &mut out)?;
            ill |= args.inputs.strict && document.control.rejected > 0;
        }
    }
    out.flush()?;
    Ok(if ill {
        Outcome::FellShort
    } else {
        Outcome::Done
    })
}

/// The answer in one line: how many files can be used, and how many a person must look at.
fn verdict(plan: &Plan<'_>, files: usize, out: &mut dyn Write) -> io::Result<()> {
    let read = plan.reports().count();
    let copies = plan.copies().len();
    let foreign = plan
        .refused()
        .filter(|(_, refusal)| refusal.foreign)
        .count();
    let broken = plan.refused().count() - foreign;
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    write!(out, "{files} file{}: {read} to read", plural(files))?;
    for (count, what) in [
        (copies, "the same as another"),
        (foreign, "no order report"),
        (broken, "to be replaced"),
    ] {
        if count > 0 {
            write!(out, ", {count} {what}")?;
        }
    }
    writeln!(out, "\n")
}

/// Files that are not read: whether any of them ought to have been.
fn refused(plan: &Plan<'_>, out: &mut dyn Write) -> io::Result<bool> {
    let mut ill = false;
    for (input, refusal) in plan.refused() {
        ill |= !refusal.foreign;
        writeln!(
            out,
            "{}: {}",
            sanitize::safe(&input.name),
            sanitize::safe(&refusal.found)
        )?;
        if let Some(detail) = &refusal.detail {
            writeln!(out, "  {}", sanitize::safe(detail))?;
        }
        writeln!(out, "  help: {}\n", sanitize::safe(&refusal.help))?;
    }
    Ok(ill)
}

fn sources(document: &Document, plan: &Plan<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Some(table) = document.table("sources") else {
        return Ok(());
    };
    for row in (0..table.height()).filter(|row| table.text(*row, "role") != "ignored") {
        let of = |column: &str| table.text(row, column);
        let name = of("file");
        let report = plan
            .reports()
            .find(|(_, input, _)| input.name == name)
            .map(|(.., report)| report);
        let layout = report.map_or_else(String::new, |report| {
            format!(
                ", {} columns, {}",
                report.layout.width(),
                if of("compression") == "xlsx" {
                    "a sheet"
                } else {
                    separator(report.dialect)
                }
            )
        });
        let packed = of("compression");
        let packed = if packed == "none" {
            String::new()
        } else {
            format!(", packed with {packed}")
        };
        writeln!(
            out,
            "{}: {}{layout}, {}{packed}",
            sanitize::safe(&name),
            of("kind"),
            of("encoding")
        )?;
        let parts = [
            ("kept", "kept"),
            ("superseded", "superseded"),
            ("repeated", "repeated"),
            ("rejected", "rejected"),
        ];
        let parts: Vec<String> = parts
            .iter()
            .map(|(column, word)| format!("{} {word}", of(column)))
            .collect();
        writeln!(
            out,
            "  {} line{} = {}   role: {}",
            of("lines_read"),
            if of("lines_read") == "1" { "" } else { "s" },
            parts.join(" + "),
            of("role")
        )?;
        if !of("first_purchase").is_empty() {
            let update = of("newest_update");
            let update = if update.is_empty() {
                update
            } else {
                format!(", last updated {update}")
            };
            writeln!(
                out,
                "  purchases {} to {}{update}",
                of("first_purchase"),
                of("last_purchase")
            )?;
        }
        if !of("sales_channels").is_empty() {
            writeln!(out, "  channels {}", sanitize::safe(&of("sales_channels")))?;
        }
        if cut_short(document, &name) {
            writeln!(
                out,
                "  help: its last line is cut off, so lines after it may be missing: download the report again"
            )?;
        }
        if of("role") == "repeated" {
            writeln!(out, "  the same bytes as another file: counted once")?;
        }
        for remark in report
            .map(|report| damage::remarks(document, &name, report))
            .unwrap_or_default()
        {
            writeln!(out, "  {remark}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn cut_short(document: &Document, file: &str) -> bool {
    let Some(rejects) = document.table("rejects") else {
        return false;
    };
    (0..rejects.height()).any(|row| {
        rejects.text(row, "file") == file
            && rejects.text(row, "code") == RejectReason::LineCutShort.code()
    })
}

fn separator(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Tabs => "tabs",
        Dialect::Quoted(b';') => "semicolons",
        Dialect::Quoted(b'\t') => "quoted tabs",
        Dialect::Quoted(_) => "commas",
        Dialect::Xml => "XML",
        Dialect::Json => "JSON",
    }
}

fn totals(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let control = document.control;
    writeln!(
        out,
        "All files: {} lines = {} kept + {} superseded + {} repeated + {} rejected",
        control.lines_read, control.kept, control.superseded, control.repeated, control.rejected
    )?;
    let Some(daily) = document.table("daily").filter(|daily| daily.height() > 0) else {
        return Ok(());
    };
    let (first, last) = (
        daily.text(0, "first_day"),
        daily.text(daily.height() - 1, "last_day"),
    );
    writeln!(
        out,
        "Days of purchase: {first} to {last}, where the marketplace is"
    )
}

fn quality(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let Some(table) = document.table("quality") else {
        return Ok(());
    };
    let column = |name: &str| table.index(name).unwrap_or(0);
    let struck = (0..table.height())
        .filter(|row| !matches!(table.cell(*row, column("count")), Cell::Count(0)));
    let mut any = false;
    for row in struck {
        any = true;
        let place = table.text(row, "example_place");
        let place = if place.is_empty() {
            place
        } else {
            format!("   first: {}", sanitize::safe(&place))
        };
        let name = table.text(row, "check").replace('_', " ");
        writeln!(out, "  {:>9}  {name}{place}", table.text(row, "count"))?;
    }
    if any {
        writeln!(
            out,
            "  help: `ordersift explain quality` says what each means"
        )?;
    }
    Ok(())
}

fn rejects(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let total = document.control.rejected;
    let Some(table) = document.table("rejects").filter(|_| total > 0) else {
        return Ok(());
    };
    writeln!(out, "\nRejected lines: {total}")?;
    for row in 0..table.height().min(LISTED) {
        let of = |column: &str| sanitize::safe(&table.text(row, column)).into_owned();
        let column = of("column");
        let column = if column.is_empty() {
            column
        } else {
            format!("{column}: ")
        };
        let found = of("text");
        let found = if found.is_empty() {
            found
        } else {
            format!(": {found}")
        };
        writeln!(
            out,
            "  {}:{} (byte {})  {column}{}{found}",
            of("file"),
            of("line"),
            of("byte"),
            of("reason")
        )?;
    }
    if total > LISTED as u64 {
        writeln!(
            out,
            "  and {} more: ordersift report PATH --table rejects --format csv --max-rejects 100%",
            total - LISTED as u64
        )?;
    }
    writeln!(
        out,
        "  help: these lines are not counted; download the report again and do not open it in a spreadsheet program"
    )
}

fn safe_lines(text: &str) -> String {
    text.lines()
        .map(|line| sanitize::safe(line))
        .collect::<Vec<_>>()
        .join("\n")
}
