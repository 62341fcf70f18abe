//! The two streams: data on stdout, everything else on stderr.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;
use std::time::Instant;

use super::Failure;
use super::args::{Args, When};

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
    pub(crate) fn open(args: &Args) -> Self {
        Self {
            quiet: args.quiet,
            verbose: args.verbose,
            color: args.color,
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
