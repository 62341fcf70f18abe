//! `ordersift report`: the main job.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ordersift::gate::{self, Gate};
use ordersift::input::{self, Input};
use ordersift::options::Options;
use ordersift::pipeline;
use ordersift::table::Document;
use ordersift::topic::ORDER_PROFILE_TABLES;
use ordersift::write::{self, Format, Publication, Shape};

use super::args::{Inputs, Report};
use super::choices::By;
use super::output::{self, Style};
use super::progress::Bar;
use super::screen::Screen;
use super::sums::Sums;
use super::{Failure, Outcome, rates, stop};

pub(super) fn run(report: &Report, screen: &Screen) -> Result<Outcome, Failure> {
    let formats = formats(&report.format, report.out.as_deref(), report.table.len())?;
    let inputs = gather(&report.inputs)?;
    let publication = report
        .out
        .as_deref()
        .map(|out| open(out, report.force, inputs.iter()))
        .transpose()?;
    let inputs = Arc::new(inputs);
    let sums = publication
        .is_some()
        .then(|| Sums::begin(&inputs, report.inputs.threads));
    let options = Options {
        estimate_pending: report.estimate_pending,
        shape: asks_for_order_profiles(report, &formats),
        rates: report.fx.as_deref().map(rates::read).transpose()?,
        ..report.inputs.options()?
    };
    let mut document = read_with(&options, &inputs, screen)?;
    remark_rates(&document, screen);
    watch(&mut document, &report.fail_if);
    let style = Style {
        by: report.by.period(),
        raw_text: report.raw_text,
    };
    let screens = formats
        .iter()
        .any(|format| matches!(format.shape, Shape::Screen(_)));
    if screens {
        let layout = layout(report.by, screen);
        let mut out = screen.stdout();
        if report.table.is_empty() {
            write::summary(&document, &layout, &mut out)?;
        }
        for name in &report.table {
            if let Some(table) = document.table(name) {
                write::listing(table, &layout, &mut out)?;
            }
        }
        out.flush()?;
    }
    let summary = report
        .append
        .as_ref()
        .map(|_| output::summary(&document, style.by))
        .transpose()?;
    keep(&mut document, &report.table);
    if !screens || !report.table.is_empty() {
        remark_rejects(&document, screen);
    }
    if let (Some(publication), Some(sums), Some(out)) = (publication, sums, &report.out) {
        output::publish(publication, &document, &formats, style, vec![sums])?;
        let took = screen.elapsed();
        screen.remark(&format!("published {} in {took}", out.display()));
    } else if !screens {
        output::show(&document, formats[0], style)?;
    }
    // Last: what is appended cannot be taken back.
    if let (Some(path), Some(summary)) = (&report.append, summary) {
        output::append(&summary, path)?;
    }
    Ok(outcome(&report.inputs, &document))
}

/// Whether any output shows a table of the shape of demand; the first screen does not.
fn asks_for_order_profiles(report: &Report, formats: &[&Format]) -> bool {
    let screens = (formats.iter()).all(|format| matches!(format.shape, Shape::Screen(_)));
    let named = (report.table.iter()).any(|name| ORDER_PROFILE_TABLES.contains(&name.as_str()));
    named || report.append.is_some() || report.table.is_empty() && !screens
}

/// The files that were meant.
pub(super) fn gather(inputs: &Inputs) -> Result<Vec<Input>, Failure> {
    threads(inputs);
    Ok(input::gather(&inputs.paths, &inputs.account)?)
}

/// Takes as many threads as were asked for.
pub(super) fn threads(inputs: &Inputs) {
    if let Some(threads) = inputs.threads {
        // The pool can only be built once, and nothing has built it yet.
        let _ = rayon::ThreadPoolBuilder::new()
            .num_threads(usize::from(threads))
            .build_global();
    }
}

/// Reads them with these options.
pub(super) fn read_with(
    options: &Options,
    inputs: &[Input],
    screen: &Screen,
) -> Result<Document, Failure> {
    let bar = Bar::new(screen);
    let document = pipeline::report(inputs, options, &bar);
    bar.clear();
    let document = document?;
    remark_roles(&document, screen);
    Ok(document)
}

/// Judges the gates and names those that failed, before anything else is said.
pub(super) fn watch(document: &mut Document, gates: &[Gate]) {
    document.gates = gate::judge(gates, document);
    for gate in document.gates.iter().filter(|gate| gate.failed) {
        Screen::warn(&format!(
            "gate failed: {} (it is {})",
            gate.condition, gate.found
        ));
    }
}

/// Rejects fall short of `--strict`, and so does a failed gate.
pub(super) fn outcome(args: &Inputs, document: &Document) -> Outcome {
    let failed = document.gates.iter().any(|gate| gate.failed);
    if failed || args.strict && document.control.rejected > 0 {
        Outcome::FellShort
    } else {
        Outcome::Done
    }
}

/// Refuses a folder before anything is read.
pub(super) fn open<'i>(
    out: &Path,
    force: bool,
    inputs: impl Iterator<Item = &'i Input>,
) -> Result<Publication, Failure> {
    let paths: Vec<PathBuf> = inputs.filter_map(|input| input.path.clone()).collect();
    let publication =
        Publication::open(out, force, &paths).map_err(|error| Failure::Told(error.to_string()))?;
    stop::removes(publication.staging());
    Ok(publication)
}

/// The formats that were asked for; of so many tables.
pub(super) fn formats(
    names: &[String],
    out: Option<&Path>,
    tables: usize,
) -> Result<Vec<&'static Format>, Failure> {
    let names: Vec<&str> = match (names, out) {
        ([], Some(_)) => vec!["json", "csv"],
        ([], None) => vec!["terminal"],
        (names, _) => names.iter().map(String::as_str).collect(),
    };
    let mut formats: Vec<&Format> = names.into_iter().filter_map(Format::named).collect();
    formats.dedup_by_key(|format| format.name);
    if out.is_none() {
        output::refuse(&formats, tables)?;
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

/// How the screen is laid out.
pub(super) fn layout(by: By, screen: &Screen) -> write::Screen {
    write::Screen {
        width: Screen::width(),
        color: true,
        by: by.period(),
        took: Some(screen.elapsed()),
    }
}

/// Days that have no rate are said: what they sold is in no converted sum.
pub(super) fn remark_rates(document: &Document, screen: &Screen) {
    let days = document
        .count("quality", "fx_missing", "count")
        .unwrap_or(0);
    let Some(quality) = document.table("quality").filter(|_| days > 0) else {
        return;
    };
    let first = (0..quality.height()).find(|row| quality.text(*row, "check") == "fx_missing");
    let first = first.map(|row| quality.text(row, "example_place"));
    let plural = if days == 1 { "" } else { "s" };
    screen.remark(&format!(
        "no rate for {days} day{plural} by currency, first {}: sums with such a day are not converted",
        first.unwrap_or_default()
    ));
}

/// Says how many lines were rejected, where the first screen does not.
pub(super) fn remark_rejects(document: &Document, screen: &Screen) {
    let rejected = document.control.rejected;
    if rejected > 0 {
        let plural = if rejected == 1 { "" } else { "s" };
        screen.remark(&format!(
            "{rejected} line{plural} rejected, in no number: `ordersift check` lists them"
        ));
    }
}

/// What was decided about files is said: those taken for another account's, those skipped.
pub(super) fn remark_roles(document: &Document, screen: &Screen) {
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
                "skipped: {} ({})",
                text(row, file),
                text(row, kind)
            ));
        }
        return;
    }
    match ignored[..] {
        [] => {}
        [row] => screen.remark(&format!(
            "skipped: {} ({})",
            text(row, file),
            text(row, kind)
        )),
        [row, ..] => {
            let count = ignored.len();
            screen.remark(&format!(
                "skipped: {count} files, first {} ({}); `ordersift check` names all",
                text(row, file),
                text(row, kind)
            ));
        }
    }
}
