//! `ordersift convert`: the kept lines as one file for other programs.

mod each;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args as Group, ValueEnum};
use ordersift::convert::{COLUMNS, ConvertError, Form, Written, convert, converts};
use ordersift::input::Input;
use ordersift::options::{Options, TableOptions};
use ordersift::pipeline::Plan;
use ordersift::write::sanitize::safe;
use tempfile::NamedTempFile;

use crate::cli::inputs::Inputs;
use crate::cli::inputs::reading::gather;
use crate::cli::progress::Bar;
use crate::cli::screen::Screen;
use crate::cli::{Failure, Outcome, signals};

const EXAMPLES: &str = "\
Examples:
  ordersift convert reports/ --out lines.parquet        every kept line, for DuckDB or Polars
  ordersift convert reports/ --out lines.csv --from 2026-07-01 --fulfillment merchant
  ordersift report lines.parquet                        the same tables as from the reports
";

#[derive(Debug, Group)]
#[command(after_help = help())]
pub(crate) struct Convert {
    #[command(flatten)]
    pub(crate) inputs: Inputs,

    /// The file to write; its name ends in .parquet or .csv. With --each, a folder
    #[arg(long, value_name = "FILE")]
    out: PathBuf,

    /// Write each input to files of its own, unmerged, for the views of `ordersift sql`
    #[arg(long)]
    each: bool,

    /// The format, whatever the name of the file is
    #[arg(long, value_name = "FORMAT")]
    format: Option<FileForm>,

    /// Replace an existing file. With --each, also write inputs that were converted before
    #[arg(long)]
    force: bool,

    /// Write text to CSV unchanged, even if a spreadsheet program would run it as a formula
    #[arg(long, env = "ORDERSIFT_RAW_TEXT", hide_env = true)]
    pub(crate) raw_text: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FileForm {
    Parquet,
    Csv,
}

pub(crate) fn run(args: &Convert, screen: &Screen) -> Result<Outcome, Failure> {
    if args.each {
        refuse_with_each(args)?;
        return each::run(&args.inputs, &args.out, args.force, screen);
    }
    let form = form(args)?;
    let inputs = gather(&args.inputs)?;
    let out = &args.out;
    refuse(out, args.force, &inputs)?;
    let options = Options {
        tables: TableOptions::default(),
        ..args.inputs.options()?
    };
    let bar = Bar::new(screen);
    let mut plan = Plan::new(&inputs, &options, &bar)?;
    for (_, input, _) in plan.reports().filter(|(.., report)| !converts(report)) {
        screen.remark(&format!(
            "skipped: {}: only all-orders and unshipped reports are converted",
            input.name
        ));
    }
    if !plan.reports().any(|(.., report)| converts(report)) {
        return Err(Failure::usage(
            "no all-orders or unshipped report among the inputs, so there is nothing to convert",
            "`ordersift check` says what each file is",
        ));
    }
    let folder = match out.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let begin = || {
        let file = NamedTempFile::new_in(folder)?;
        signals::removes(file.path());
        Ok(file)
    };
    let converted = convert(&mut plan, &options, form, &bar, begin);
    bar.clear();
    let (file, written) = converted.map_err(|error| match error {
        ConvertError::Input(error) => Failure::from(error),
        ConvertError::Output(error) => Failure::from(error),
    })?;
    publish(file, out, args.force)?;
    tell(&written, out, screen)?;
    Ok(if args.inputs.strict && written.control.rejected > 0 {
        Outcome::FellShort
    } else {
        Outcome::Done
    })
}

/// The columns and the examples.
fn help() -> String {
    let mut help = format!(
        "{EXAMPLES}\nColumns, the same for both kinds of line (docs/lines.md says what null means in each):\n"
    );
    let width = COLUMNS.iter().map(|column| column.name.len()).max();
    for column in COLUMNS {
        let (name, means) = (column.name, column.means.replace('`', ""));
        let content = column.content.name();
        let line = format!(
            "  {name:0$} {content:16} {means}\n",
            width.unwrap_or_default()
        );
        help.push_str(&line);
    }
    help.push_str(
        "\nA Parquet file written so is an input of every command, and stands for the reports it was made from.\n\
         No buyer's field is in it but the city, state and country of an unshipped line. Other reports are skipped.",
    );
    help
}

fn form(args: &Convert) -> Result<Form, Failure> {
    let ending = args.out.extension().unwrap_or_default();
    let by_name = [("parquet", FileForm::Parquet), ("csv", FileForm::Csv)];
    let by_name = by_name
        .into_iter()
        .find(|(name, _)| ending.eq_ignore_ascii_case(name));
    match args.format.or(by_name.map(|(_, form)| form)) {
        Some(FileForm::Parquet) => Ok(Form::Parquet),
        Some(FileForm::Csv) => Ok(Form::Csv {
            raw_text: args.raw_text,
        }),
        None => Err(Failure::usage(
            format!(
                "{}: neither `.parquet` nor `.csv`, so the format is not known",
                args.out.display()
            ),
            "give the name one of these endings, or add `--format parquet` or `--format csv`; spreadsheet programs open CSV",
        )),
    }
}

/// A lake has all lines of its inputs, on the days of their marketplaces: whatever leaves lines out is refused.
fn refuse_with_each(args: &Convert) -> Result<(), Failure> {
    let inputs = &args.inputs;
    let asked = [
        ("--time-zone", inputs.time_zone.is_some()),
        ("--from", inputs.from.is_some()),
        ("--to", inputs.to.is_some()),
        ("--channel", !inputs.channel.is_empty()),
        ("--fulfillment", inputs.fulfillment.is_some()),
        ("--sku", !inputs.sku.is_empty()),
        ("--country", !inputs.country.is_empty()),
        ("--format", args.format.is_some()),
        ("--raw-text", args.raw_text),
    ];
    match asked.into_iter().find(|(_, asked)| *asked) {
        Some((name, _)) => Err(Failure::usage(
            format!("`{name}` does not go with `--each`"),
            "a lake has all lines of its inputs; filter with SQL where it is read",
        )),
        None => Ok(()),
    }
}

/// Refuses a target that cannot be, before anything is read: an input above all.
fn refuse(out: &Path, force: bool, inputs: &[Input]) -> Result<(), Failure> {
    let wrong =
        |what: &str, help: &str| Err(Failure::usage(format!("{}: {what}", out.display()), help));
    let Ok(found) = fs::symlink_metadata(out) else {
        return Ok(());
    };
    if out.is_dir() {
        return wrong("is a folder", "`--out` takes the name of a file");
    }
    let known = out.canonicalize().ok();
    let same = |input: &Input| {
        let path = input
            .path
            .as_ref()
            .and_then(|path| path.canonicalize().ok());
        path.is_some() && path == known
    };
    if inputs.iter().any(same) {
        return wrong("is one of the inputs", "give another name to `--out`");
    }
    if !found.is_file() && !found.is_symlink() {
        return wrong("is no ordinary file", "give another name to `--out`");
    }
    if !force {
        return wrong("exists already", "add `--force` to replace it");
    }
    Ok(())
}

/// Brings the file to the disk and to its place, in one step.
fn publish(file: NamedTempFile, out: &Path, force: bool) -> Result<(), Failure> {
    file.as_file().sync_all()?;
    let moved = signals::not_while(|| {
        if force {
            file.persist(out)
        } else {
            file.persist_noclobber(out)
        }
    });
    moved.map_err(|error| Failure::from(error.error))?;
    Ok(())
}

fn tell(written: &Written, file: &Path, screen: &Screen) -> Result<(), Failure> {
    let Written {
        control,
        outside,
        guarded,
        replaced,
        ..
    } = written;
    let lines = control.kept - outside;
    let mut out = screen.stdout();
    let name = file.display().to_string();
    writeln!(out, "{lines:>12} lines  {}", safe(&name))?;
    let asked = match outside {
        0 => String::new(),
        outside => format!(" + {outside} not asked for"),
    };
    writeln!(
        out,
        "{} read = {lines} written + {} superseded + {} repeated + {} rejected{asked}",
        control.lines_read, control.superseded, control.repeated, control.rejected
    )?;
    out.flush()?;
    if *guarded > 0 {
        screen.remark(&format!(
            "{guarded} cells begin like a formula and got a leading ' (`--raw-text` leaves them)"
        ));
    }
    if *replaced > 0 {
        screen.remark(&format!(
            "{replaced} texts are not in the encoding of their file: they hold replacement marks"
        ));
    }
    Ok(())
}
