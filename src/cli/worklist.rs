//! `ordersift worklist`: what must ship.

use std::io::{self, Write};
use std::path::Path;

use ordersift::table::Document;
use ordersift::write::{self, FORMATS, Format, Period, Shape, ShipFrom};

use super::args::{By, Worklist};
use super::output::{self, Style};
use super::report::{gather, layout, outcome, read, watch};
use super::screen::Screen;
use super::{Failure, Outcome};

pub(super) fn run(worklist: &Worklist, screen: &Screen) -> Result<Outcome, Failure> {
    let format = Format::named(&worklist.format).unwrap_or(&FORMATS[0]);
    output::refuse(&[format], 1)?;
    let inputs = gather(&worklist.inputs)?;
    let mut document = read(&worklist.inputs, &inputs, screen)?;
    if !document.kinds.iter().any(|(kind, _)| *kind == "unshipped") {
        let help =
            "add the unshipped-orders report: Seller Central, Orders, Order Reports, Unshipped";
        return Err(Failure::usage(
            "no unshipped report among the inputs, so it is not known what must ship",
            help,
        ));
    }
    watch(&mut document, &worklist.fail_if);
    if let Some(file) = &worklist.confirm_file {
        let lines = confirm(&document, worklist.ship_from.as_ref(), file)?;
        let named = file.display();
        screen.remark(&format!(
            "{lines} lines in {named}: fill in carrier and tracking number, take out what did not ship, upload it"
        ));
    }
    if format.name == "terminal" {
        let mut out = screen.stdout();
        write::worklist(&document, &layout(By::Week, screen), &mut out)?;
        out.flush()?;
    } else {
        // One table where the format has a file for each; else the buckets too.
        let one = matches!(format.shape, Shape::Table { .. });
        let kept = |name: &str| name == "worklist" || !one && name == "late";
        document.tables.retain(|table| kept(table.spec.name));
        let style = Style {
            by: Period::Week,
            raw_text: worklist.raw_text,
        };
        output::show(&document, format, style)?;
    }
    Ok(outcome(&worklist.inputs, &document))
}

/// Writes the confirmation file whole or not at all; a file that is there already is somebody's work.
fn confirm(document: &Document, from: Option<&ShipFrom>, file: &Path) -> Result<usize, Failure> {
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let failed = |error: io::Error| {
        Failure::usage(
            format!("{}: cannot be written: {error}", file.display()),
            "`--confirm-file` takes the name of a file that is not there yet",
        )
    };
    let mut out = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    let mut buffered = io::BufWriter::new(&mut out);
    let lines = match document.table("worklist") {
        Some(table) => write::confirmation(table, from, &mut buffered).map_err(failed)?,
        None => 0,
    };
    buffered.flush().map_err(failed)?;
    drop(buffered);
    out.as_file().sync_all().map_err(failed)?;
    out.persist_noclobber(file)
        .map_err(|error| failed(error.error))?;
    Ok(lines)
}
