//! `ordersift sample`: invented reports.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args as Group, ValueEnum};
use ordersift::report::encoding::Charset;
use ordersift::sample::{self, Download, SampleMarket, SampleOptions, write_sample};
use tempfile::NamedTempFile;

use crate::cli::parsers::encoding;
use crate::cli::screen::Screen;
use crate::cli::{Failure, Outcome, signals};

const EXAMPLES: &str = "\
Examples:
  ordersift sample --lines 1000000 > big.txt
  ordersift sample --kind unshipped --lines 1000000 > backlog.txt    the backlog of the same orders
  ordersift sample --lines 1000000 --overlap > later.txt             a later download of these
  ordersift sample --market jp --encoding cp932 --out japan.txt      a Japanese seller's file
  ordersift sample --downloads 20 --days 30 --out reports/           twenty weekly downloads";

#[derive(Debug, Group)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Sample {
    /// The kind of report
    #[arg(long, default_value = "all-orders")]
    pub(crate) kind: SampleKind,

    /// The number of lines; for `unshipped`, of the all-orders report whose open orders it lists
    #[arg(long, value_name = "N", default_value = "1000", value_parser = clap::value_parser!(u64).range(1..=10_000_000_000))]
    pub(crate) lines: u64,

    /// The seed. Another seed gives other orders
    #[arg(long, value_name = "S", default_value = "1")]
    pub(crate) seed: u64,

    /// Write a later download of the same orders
    #[arg(long)]
    pub(crate) overlap: bool,

    /// Damage some lines as real files are damaged
    #[arg(long)]
    pub(crate) dirty: bool,

    /// The encoding, for example utf-8, cp932, windows-1252 or utf-16. Letters that it lacks become `?`
    #[arg(long, value_name = "NAME", value_parser = encoding, default_value = "utf-8")]
    pub(crate) encoding: Charset,

    /// The marketplaces of the seller, which decide on channels, currencies and product names
    #[arg(long, default_value = "mixed")]
    pub(crate) market: Market,

    /// Write N overlapping downloads into the folder --out, one a week; the newest is of 2026-07-27
    #[arg(long, value_name = "N", requires = "out", conflicts_with = "overlap", value_parser = clap::value_parser!(u32).range(1..=Download::MOST as i64))]
    pub(crate) downloads: Option<u32>,

    /// The days that each download covers; --lines is then about the lines of each
    #[arg(long, value_name = "D", requires = "downloads", default_value = "30", value_parser = clap::value_parser!(u32).range(1..=Download::MOST_DAYS as i64))]
    pub(crate) days: u32,

    /// Write to this file, or with --downloads to this folder, instead of standard output
    #[arg(long, value_name = "PATH")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SampleKind {
    AllOrders,
    Unshipped,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Market {
    /// The United States, Canada, the United Kingdom, Germany and Japan
    Mixed,
    /// Japan
    Jp,
    /// The United States and Canada
    Us,
    /// Germany, France, Italy, Spain and the United Kingdom
    Eu,
}

pub(crate) fn run(args: &Sample, screen: &Screen) -> Result<Outcome, Failure> {
    let (kind, name) = match args.kind {
        SampleKind::AllOrders => (sample::SampleKind::AllOrders, "all-orders"),
        SampleKind::Unshipped => (sample::SampleKind::Unshipped, "unshipped"),
    };
    let market = match args.market {
        Market::Mixed => SampleMarket::Mixed,
        Market::Jp => SampleMarket::Jp,
        Market::Us => SampleMarket::Us,
        Market::Eu => SampleMarket::Eu,
    };
    let options = SampleOptions {
        kind,
        lines: args.lines,
        seed: args.seed,
        overlap: args.overlap,
        dirty: args.dirty,
        encoding: args.encoding,
        market,
        download: None,
    };
    let Some(path) = &args.out else {
        let mut stdout = Screen::raw_stdout();
        write_sample(&options, &mut stdout)?;
        stdout.flush()?;
        return Ok(Outcome::Done);
    };
    let Some(of) = args.downloads else {
        write_file(path, &options, screen)?;
        return Ok(Outcome::Done);
    };
    fs::create_dir_all(path).map_err(|error| unwritable(path, &error))?;
    for number in 1..=of {
        let days = args.days;
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
