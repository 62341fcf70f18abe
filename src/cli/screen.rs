//! The two streams: data on stdout, everything else on stderr.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;
use std::time::Instant;

use clap::{Args as Group, ValueEnum};

use super::{Failure, Outcome};

/// How loud the program is, and whether in colors.
#[derive(Debug, Group)]
pub(crate) struct Streams {
    /// Print only results and errors
    #[arg(short, long, global = true)]
    quiet: bool,

    /// Name every skipped file
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    verbose: bool,

    /// When to use colors
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: When,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

/// Where the program speaks.
#[derive(Debug)]
pub(crate) struct Screen {
    quiet: bool,
    /// Whether to name every single thing.
    pub(crate) verbose: bool,
    color: When,
    started: Instant,
}

/// Wide enough for the summary where nobody says how wide the screen is.
const WIDTH: usize = 100;

impl Screen {
    pub(crate) fn open(streams: &Streams) -> Self {
        Self {
            quiet: streams.quiet,
            verbose: streams.verbose,
            color: streams.color,
            started: Instant::now(),
        }
    }

    /// Standard output, buffered; colors are taken out where they would not show.
    pub(crate) fn stdout(&self) -> impl Write + use<> {
        let choice = match self.color {
            When::Auto => anstream::AutoStream::choice(&io::stdout()),
            When::Always => anstream::ColorChoice::Always,
            When::Never => anstream::ColorChoice::Never,
        };
        BufWriter::new(anstream::AutoStream::new(io::stdout(), choice))
    }

    /// Standard output for bytes that are no text for a screen.
    pub(crate) fn raw_stdout() -> impl Write {
        BufWriter::with_capacity(1 << 16, io::stdout().lock())
    }

    /// Writes a text that is all that was asked for.
    pub(crate) fn print(text: &[u8]) -> Result<Outcome, Failure> {
        let mut out = Self::raw_stdout();
        out.write_all(text)?;
        out.flush()?;
        Ok(Outcome::Done)
    }

    /// How wide lines may be.
    pub(crate) fn width() -> usize {
        let told = std::env::var("COLUMNS")
            .ok()
            .and_then(|columns| columns.parse().ok());
        let width = terminal_size::terminal_size()
            .map(|(width, _)| usize::from(width.0))
            .or(told);
        width.unwrap_or(WIDTH).clamp(40, 400)
    }

    /// Whether to show progress.
    pub(crate) fn shows_progress(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    /// Seconds since the start, as `0.21 s`.
    pub(crate) fn elapsed(&self) -> String {
        let hundredths = (self.started.elapsed().as_millis() + 5) / 10;
        format!("{}.{:02} s", hundredths / 100, hundredths % 100)
    }

    /// A remark on stderr, unless all should be quiet. A stderr that is gone is no failure.
    pub(crate) fn remark(&self, text: &str) {
        if !self.quiet {
            Self::warn(text);
        }
    }

    /// What must be known even where all should be quiet.
    pub(crate) fn warn(text: &str) {
        let _ = writeln!(
            anstream::stderr(),
            "ordersift: {}",
            ordersift::write::sanitize::safe(text)
        );
    }

    /// Says why the run failed.
    pub(crate) fn fail(failure: &Failure) -> ExitCode {
        match failure {
            Failure::Closed => ExitCode::SUCCESS,
            Failure::Told(text) => {
                let lines: Vec<String> = text
                    .lines()
                    .map(|line| ordersift::write::sanitize::safe(line).into_owned())
                    .collect();
                let _ = writeln!(anstream::stderr(), "ordersift: {}", lines.join("\n"));
                ExitCode::from(2)
            }
        }
    }
}
