//! `ordersift sample`: invented reports.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use ordersift::sample::{Download, SampleKind, SampleMarket, SampleOptions, write_sample};

use tempfile::NamedTempFile;

use super::args::Sample;
use super::screen::Screen;
use crate::cli::enums;
use crate::cli::{Failure, Outcome, signals};

pub(super) fn run(sample: &Sample, screen: &Screen) -> Result<Outcome, Failure> {
    let (kind, name) = match sample.kind {
        enums::SampleKind::AllOrders => (SampleKind::AllOrders, "all-orders"),
        enums::SampleKind::Unshipped => (SampleKind::Unshipped, "unshipped"),
    };
    let market = match sample.market {
        enums::Market::Mixed => SampleMarket::Mixed,
        enums::Market::Jp => SampleMarket::Jp,
        enums::Market::Us => SampleMarket::Us,
        enums::Market::Eu => SampleMarket::Eu,
    };
    let options = SampleOptions {
        kind,
        lines: sample.lines,
        seed: sample.seed,
        overlap: sample.overlap,
        dirty: sample.dirty,
        encoding: sample.encoding,
        market,
        download: None,
    };
    let Some(path) = &sample.out else {
        let mut stdout = Screen::raw_stdout();
        write_sample(&options, &mut stdout)?;
        stdout.flush()?;
        return Ok(Outcome::Done);
    };
    let Some(of) = sample.downloads else {
        write_file(path, &options, screen)?;
        return Ok(Outcome::Done);
    };
    fs::create_dir_all(path).map_err(|error| unwritable(path, &error))?;
    for number in 1..=of {
        let days = sample.days;
        let download = Download { number, of, days };
        let path = path.join(format!("{name}-{}.txt", download.day()));
        let download = Some(download);
        write_file(
            &path,
            &SampleOptions {
                download,
                ..options
            },
            screen,
        )?;
    }
    Ok(Outcome::Done)
}

fn write_file(path: &Path, options: &SampleOptions, screen: &Screen) -> Result<(), Failure> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let failed = |error: io::Error| unwritable(path, &error);
    let mut file = named(folder).map_err(failed)?;
    signals::removes(file.path());
    let written = write_sample(options, &mut file).map_err(failed)?;
    signals::not_while(|| file.persist(path)).map_err(|error| failed(error.error))?;
    screen.remark(&format!(
        "{}: {} lines, {} bytes",
        path.display(),
        written.lines,
        written.bytes
    ));
    Ok(())
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    Failure::usage(
        format_args!("{}: cannot be written: {error}", path.display()),
        "check that the folder is there and may be written to",
    )
}

/// A temporary file that others may read once it has its name.
fn named(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    builder.tempfile_in(folder)
}
