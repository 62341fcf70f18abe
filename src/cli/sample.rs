//! `ordersift sample`: invented reports.

use std::io::{self, Write};
use std::path::Path;

use ordersift::sample::{SampleKind, SampleOptions, write_sample};

use tempfile::NamedTempFile;

use super::args::Sample;
use super::choices;
use super::screen::Screen;
use super::{Failure, Outcome, stop};

pub(super) fn run(sample: &Sample, screen: &Screen) -> Result<Outcome, Failure> {
    let kind = match sample.kind {
        choices::SampleKind::AllOrders => SampleKind::AllOrders,
        choices::SampleKind::Unshipped => SampleKind::Unshipped,
    };
    let (lines, seed, overlap, dirty) = (sample.lines, sample.seed, sample.overlap, sample.dirty);
    let options = SampleOptions {
        kind,
        lines,
        seed,
        overlap,
        dirty,
    };
    let Some(path) = &sample.out else {
        let mut stdout = Screen::raw_stdout();
        write_sample(&options, &mut stdout)?;
        stdout.flush()?;
        return Ok(Outcome::Done);
    };
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let failed = |error: io::Error| {
        Failure::usage(
            format_args!("{}: cannot be written: {error}", path.display()),
            "check that the folder is there and may be written to",
        )
    };
    let mut file = named(folder).map_err(failed)?;
    stop::removes(file.path());
    let written = write_sample(&options, &mut file).map_err(failed)?;
    stop::not_while(|| file.persist(path)).map_err(|error| failed(error.error))?;
    screen.remark(&format!(
        "{}: {} lines, {} bytes",
        path.display(),
        written.lines,
        written.bytes
    ));
    Ok(Outcome::Done)
}

/// A temporary file that others may read once it has its name.
fn named(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    builder.tempfile_in(folder)
}
