//! The output of a document: one format to standard output, or several into a folder, all or none.

pub(crate) mod gates;
pub(crate) mod remarks;
pub(crate) mod sums;

use std::fs::OpenOptions;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use ordersift::input::Input;
use ordersift::table::Document;
use ordersift::write::{self, Format, Manifest, Period, Publication, Shape};
use rayon::prelude::*;

use super::screen::Screen;
use super::{Failure, signals};

use sums::Sums;

/// How a document is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    /// The period that the first part compares.
    pub(crate) by: Period,
    /// Whether text in CSV stays as it is.
    pub(crate) raw_text: bool,
}

/// Refuses formats that standard output cannot take; before anything is read.
pub(crate) fn refuse(formats: &[&Format], tables: usize) -> Result<(), Failure> {
    let [format] = formats else {
        return Err(Failure::usage(
            "standard output takes one format",
            "name one, or give `--out DIR` for several",
        ));
    };
    let name = format.name;
    if matches!(format.shape, Shape::Table { .. }) && tables != 1 {
        return Err(Failure::usage(
            format!("{name} on standard output takes one table"),
            "name the table, as `--table skus`, or give `--out DIR` for all of them",
        ));
    }
    if format.binary && io::stdout().is_terminal() {
        return Err(Failure::usage(
            format!("{name} cannot be shown on a terminal"),
            "add `--out DIR` to write it into a folder",
        ));
    }
    Ok(())
}

/// Writes a document to standard output.
pub(crate) fn show(document: &Document, format: &Format, style: Style) -> Result<(), Failure> {
    let mut out = Screen::raw_stdout();
    match format.shape {
        Shape::Screen(_) => {}
        Shape::Document { write, .. } => write(document, style.by, &mut out)?,
        Shape::Table { write, .. } => {
            for table in &document.tables {
                write(table, style.raw_text, &mut out)?;
            }
        }
    }
    out.flush()?;
    Ok(())
}

/// Publishes a document in all formats, every file by a thread of its own.
pub(crate) fn publish(
    publication: Publication,
    document: &Document,
    formats: &[&Format],
    style: Style,
    sums: Vec<Sums>,
) -> Result<(), Failure> {
    let guarded = write_all(&publication, document, formats, style)?;
    let sums: Vec<_> = sums.into_iter().map(Sums::take).collect::<Result<_, _>>()?;
    let manifest = Manifest::new(document, sums.concat(), guarded);
    signals::not_while(|| publication.finish(manifest))
        .map_err(|error| Failure::Told(error.to_string()))
}

/// Writes all files; the result is how many cells were guarded.
fn write_all(
    publication: &Publication,
    document: &Document,
    formats: &[&Format],
    style: Style,
) -> io::Result<u64> {
    let written = formats.par_iter().map(|format| match format.shape {
        Shape::Screen(_) => Ok(0),
        Shape::Document { file, write } => {
            let mut file = publication.file(file)?;
            write(document, style.by, &mut file)?;
            file.close().map(|_| 0)
        }
        Shape::Table { write, .. } => {
            let tables = document.tables.par_iter().map(|table| {
                let Some(name) = format.file(table.spec.name) else {
                    return Ok(0);
                };
                let mut file = publication.file(&name)?;
                let guarded = write(table, style.raw_text, &mut file)?;
                file.close().map(|_| guarded)
            });
            tables.sum::<io::Result<u64>>()
        }
    });
    written.sum()
}

/// Writes a file that must not be there yet, whole or not at all: one that is there is somebody's work. Nobody but its owner can
/// read it.
pub(crate) fn file_of_its_own(
    file: &Path,
    flag: &str,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    let failed = |error: io::Error| {
        Failure::usage(
            format!("{}: cannot be written: {error}", file.display()),
            format!("`{flag}` takes the name of a file that is not there yet"),
        )
    };
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut out = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    signals::removes(out.path());
    let mut buffered = io::BufWriter::new(&mut out);
    write(&mut buffered).map_err(failed)?;
    buffered.flush().map_err(failed)?;
    drop(buffered);
    out.as_file().sync_all().map_err(failed)?;
    signals::not_while(|| out.persist_noclobber(file)).map_err(|error| failed(error.error))?;
    Ok(())
}

/// The Markdown of a document.
pub(crate) fn summary(document: &Document, by: Period) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    write::markdown(document, by, &mut text)?;
    Ok(text)
}

/// Appends a text to a file, as `$GITHUB_STEP_SUMMARY`: in one write, so that another's text is not broken apart.
pub(crate) fn append(text: &[u8], path: &Path) -> Result<(), Failure> {
    let file = OpenOptions::new().append(true).create(true).open(path);
    file.and_then(|mut file| file.write_all(text))
        .map_err(|error| {
            Failure::usage(
                format!("{}: cannot be appended to: {error}", path.display()),
                "`--append` takes a file that can be written, as \"$GITHUB_STEP_SUMMARY\"",
            )
        })
}

/// Refuses a folder before anything is read.
pub(crate) fn open<'i>(
    out: &Path,
    force: bool,
    inputs: impl Iterator<Item = &'i Input>,
) -> Result<Publication, Failure> {
    let paths: Vec<PathBuf> = inputs.filter_map(|input| input.path.clone()).collect();
    let publication =
        Publication::open(out, force, &paths).map_err(|error| Failure::Told(error.to_string()))?;
    signals::removes(publication.staging());
    Ok(publication)
}

/// The formats that were asked for; of so many tables.
pub(crate) fn formats(
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
        refuse(&formats, tables)?;
    }
    Ok(formats)
}

/// How the screen is laid out.
pub(crate) fn layout(by: Period, screen: &Screen) -> write::Screen {
    write::Screen {
        width: Screen::width(),
        color: true,
        by,
        took: Some(screen.elapsed()),
    }
}
