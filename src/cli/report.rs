//! `ordersift report`: the main job.

use std::io::Write;
use std::path::{Path, PathBuf};

use ordersift::input::{self, Input};
use ordersift::pipeline;
use ordersift::table::Document;
use ordersift::write::{self, FileSum, Manifest, Period, Publication};
use rayon::prelude::*;

use super::args::{By, Format, Inputs, Report};
use super::progress::Bar;
use super::screen::Screen;
use super::{Failure, Outcome, stop};

pub(super) fn run(report: &Report, screen: &Screen) -> Result<Outcome, Failure> {
    let formats = formats(report)?;
    let inputs = gather(&report.inputs)?;
    let publication = report
        .out
        .as_deref()
        .map(|out| open(out, report.force, &inputs))
        .transpose()?;
    let mut document = read(&report.inputs, &inputs, screen)?;
    if let Some(publication) = publication {
        keep(&mut document, &report.table);
        publish(publication, &document, &formats, report, &inputs, screen)?;
    } else {
        show(&mut document, formats[0], report, screen)?;
    }
    Ok(outcome(&report.inputs, &document))
}

/// The files that were meant.
pub(super) fn gather(inputs: &Inputs) -> Result<Vec<Input>, Failure> {
    if let Some(threads) = inputs.threads {
        // The pool can only be built once, and nothing has built it yet.
        let _ = rayon::ThreadPoolBuilder::new()
            .num_threads(usize::from(threads))
            .build_global();
    }
    Ok(input::gather(&inputs.paths, &inputs.account)?)
}

/// Reads them.
pub(super) fn read(args: &Inputs, inputs: &[Input], screen: &Screen) -> Result<Document, Failure> {
    let bar = Bar::new(screen);
    let document = pipeline::report(inputs, &args.options(), &bar);
    bar.clear();
    let document = document?;
    remark_roles(&document, screen);
    Ok(document)
}

/// Rejects fall short of `--strict`.
pub(super) fn outcome(args: &Inputs, document: &Document) -> Outcome {
    if args.strict && document.control.rejected > 0 {
        Outcome::FellShort
    } else {
        Outcome::Done
    }
}

/// Refuses a folder before anything is read.
pub(super) fn open(out: &Path, force: bool, inputs: &[Input]) -> Result<Publication, Failure> {
    let paths: Vec<PathBuf> = inputs
        .iter()
        .filter_map(|input| input.path.clone())
        .collect();
    let publication =
        Publication::open(out, force, &paths).map_err(|error| Failure::Told(error.to_string()))?;
    stop::removes(publication.staging());
    Ok(publication)
}

/// What the manifest says of the inputs.
pub(super) fn sums(inputs: &[Input]) -> Result<Vec<FileSum>, Failure> {
    let sum = |input: &&Input| {
        let sum = FileSum::read(input.file.clone(), input.stretch()?);
        sum.map_err(|error| input.unreadable(error))
    };
    // Of an archive, its entries are the inputs; its bytes are summed once.
    let mut files: Vec<&Input> = inputs.iter().collect();
    files.dedup_by(|a, b| a.file == b.file);
    Ok(files
        .par_iter()
        .map(sum)
        .collect::<Result<_, ordersift::Error>>()?)
}

fn formats(report: &Report) -> Result<Vec<Format>, Failure> {
    let formats = match (&report.format[..], &report.out) {
        ([], Some(_)) => vec![Format::Json, Format::Csv],
        ([], None) => vec![Format::Terminal],
        (formats, _) => formats.to_vec(),
    };
    if report.out.is_none() && formats.len() > 1 {
        return Err(Failure::usage(
            "standard output takes one format",
            "name one, or give `--out DIR` for several",
        ));
    }
    if report.out.is_none() && formats[0] == Format::Csv && report.table.len() != 1 {
        let help = "name the table, as `--table skus`, or give `--out DIR` for all of them";
        return Err(Failure::usage(
            "CSV on standard output takes one table",
            help,
        ));
    }
    Ok(formats)
}

fn keep(document: &mut Document, names: &[String]) {
    if !names.is_empty() {
        document
            .tables
            .retain(|table| names.iter().any(|name| name == table.spec.name));
    }
}

fn show(
    document: &mut Document,
    format: Format,
    report: &Report,
    screen: &Screen,
) -> Result<(), Failure> {
    match format {
        Format::Json => {
            keep(document, &report.table);
            let mut out = Screen::raw_stdout();
            write::json(document, &mut out)?;
            out.flush()?;
        }
        Format::Csv => {
            keep(document, &report.table);
            let mut out = Screen::raw_stdout();
            for table in &document.tables {
                write::csv(table, report.raw_text, &mut out)?;
            }
            out.flush()?;
        }
        Format::Terminal => {
            let layout = layout(report.by, screen);
            let mut out = screen.stdout();
            if report.table.is_empty() {
                write::summary(document, &layout, &mut out)?;
            }
            for name in &report.table {
                if let Some(table) = document.table(name) {
                    write::listing(table, &layout, &mut out)?;
                }
            }
            out.flush()?;
        }
    }
    Ok(())
}

/// How the screen is laid out.
pub(super) fn layout(by: By, screen: &Screen) -> write::Screen {
    let by = match by {
        By::Day => Period::Day,
        By::Week => Period::Week,
        By::Month => Period::Month,
    };
    write::Screen {
        width: Screen::width(),
        color: true,
        by,
        took: Some(screen.elapsed()),
    }
}

fn publish(
    publication: Publication,
    document: &Document,
    formats: &[Format],
    report: &Report,
    inputs: &[Input],
    screen: &Screen,
) -> Result<(), Failure> {
    let mut guarded_cells = 0;
    for format in formats {
        match format {
            Format::Json => {
                let mut file = publication.file("report.json")?;
                write::json(document, &mut file)?;
                file.close()?;
            }
            Format::Csv => {
                for table in &document.tables {
                    let mut file = publication.file(&format!("tables/{}.csv", table.spec.name))?;
                    guarded_cells += write::csv(table, report.raw_text, &mut file)?;
                    file.close()?;
                }
            }
            Format::Terminal => {
                let mut out = screen.stdout();
                write::summary(document, &layout(report.by, screen), &mut out)?;
                out.flush()?;
            }
        }
    }
    let manifest = Manifest::new(document, sums(inputs)?, guarded_cells);
    stop::not_while(|| publication.finish(manifest))
        .map_err(|error| Failure::Told(error.to_string()))?;
    if let Some(out) = &report.out {
        screen.remark(&format!(
            "published {} in {}",
            out.display(),
            screen.elapsed()
        ));
    }
    Ok(())
}

/// What was decided about files is said: those taken for another account's, those left alone.
fn remark_roles(document: &Document, screen: &Screen) {
    use ordersift::table::Cell;
    let Some(sources) = document.table("sources") else {
        return;
    };
    let column = |name: &str| sources.index(name).unwrap_or(0);
    let (file, kind, role) = (column("file"), column("kind"), column("role"));
    for row in
        (0..sources.height()).filter(|row| sources.cell(*row, role) == Cell::Text("other_account"))
    {
        let name = sources.cell(row, file);
        let name = name.text().unwrap_or_default();
        screen.remark(&format!(
            "{name} is taken for another account's backlog: it is about as new as the newest and shares no order with it; \
             if it is an older one of the same account, leave it out or say so with --account NAME=PATH"
        ));
    }
    let ignored: Vec<usize> = (0..sources.height())
        .filter(|row| sources.cell(*row, role) == Cell::Text("ignored"))
        .collect();
    let text = |row: usize, column: usize| {
        sources
            .cell(row, column)
            .text()
            .unwrap_or_default()
            .into_owned()
    };
    if screen.verbose {
        for row in ignored {
            screen.remark(&format!(
                "left alone: {} ({})",
                text(row, file),
                text(row, kind)
            ));
        }
        return;
    }
    match ignored[..] {
        [] => {}
        [row] => screen.remark(&format!(
            "left alone: {} ({})",
            text(row, file),
            text(row, kind)
        )),
        [row, ..] => {
            let count = ignored.len();
            screen.remark(&format!(
                "left alone: {count} files, first {} ({}); `ordersift check` names all",
                text(row, file),
                text(row, kind)
            ));
        }
    }
}
