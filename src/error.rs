//! The errors that end a run: where, what was found, what was expected, what to do.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::report::Refusal;

/// Why a run gave nothing. A bad line never is one: it is a [`crate::line::Reject`].
#[derive(Debug)]
pub enum Error {
    /// A file or folder cannot be read.
    Unreadable {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file is not one that can be read, or not all the way through.
    Refused {
        /// The file, as it was named.
        file: String,
        /// What it is instead, and what to do.
        refusal: Refusal,
    },
    /// No order report among the inputs.
    NoReports {
        /// The files that were looked at, with what they are.
        looked_at: Vec<(String, String)>,
    },
    /// More lines could not be read than was allowed.
    TooManyRejects {
        /// How many.
        rejected: u64,
        /// Of how many.
        lines_read: u64,
        /// What was allowed, as it was written.
        allowed: String,
        /// The commonest reasons, each with its column and count.
        reasons: Vec<(String, u64)>,
    },
    /// A side of a comparison has no day in the files.
    NothingToCompare {
        /// What it was called.
        side: String,
        /// The days that the files cover; `None` if no all-orders report is among them.
        covered: Option<String>,
    },
    /// The totals do not add up, or polars refused a table: a defect of this program.
    Defect {
        /// What was found.
        what: String,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path, source } => {
                write!(f, "{}: cannot be read: {}", path.display(), plain(source))?;
                let help = match source.kind() {
                    io::ErrorKind::NotFound => {
                        "check the path; a pattern such as 'reports/*.txt' may need quotes"
                    }
                    io::ErrorKind::PermissionDenied => "check who may read it",
                    io::ErrorKind::UnexpectedEof => {
                        "let the download or copy finish, then run again"
                    }
                    _ => "run again; if it stays, copy the file elsewhere first",
                };
                write!(f, "\n  help: {help}")
            }
            Self::Refused { file, refusal } => {
                write!(f, "{file}: {}", refusal.found)?;
                if let Some(detail) = &refusal.detail {
                    write!(f, "\n  {detail}")?;
                }
                write!(f, "\n  help: {}", refusal.help)
            }
            Self::NoReports { looked_at } => {
                let empty = if looked_at.is_empty() {
                    ": there are no files"
                } else {
                    ""
                };
                write!(f, "no order report found{empty}")?;
                for (file, what) in looked_at.iter().take(10) {
                    write!(f, "\n  {file}: {what}")?;
                }
                if looked_at.len() > 10 {
                    write!(f, "\n  and {} more", looked_at.len() - 10)?;
                }
                write!(
                    f,
                    "\n  help: name all-orders or unshipped reports, or a folder of them; `ordersift kinds` says where to find them"
                )
            }
            Self::TooManyRejects {
                rejected,
                lines_read,
                allowed,
                reasons,
            } => {
                write!(
                    f,
                    "{rejected} of {lines_read} lines could not be read; at most {allowed} may be"
                )?;
                for (reason, count) in reasons.iter().take(5) {
                    write!(f, "\n  {count} \u{d7} {reason}")?;
                }
                write!(
                    f,
                    "\n  help: `ordersift check` lists the lines; `--max-rejects` allows more"
                )
            }
            Self::NothingToCompare { side, covered } => match covered {
                Some(covered) => write!(
                    f,
                    "{side}: no day of it is in the files, which cover {covered}\n  \
                     help: name days among these, or add the all-orders reports of the others"
                ),
                None => write!(
                    f,
                    "{side}: sales are not known\n  help: it is in all-orders reports: add them"
                ),
            },
            Self::Defect { what } => {
                write!(
                    f,
                    "the totals do not add up, so nothing was written: {what}"
                )?;
                write!(
                    f,
                    "\n  help: this is a defect of ordersift; please report it with the output of `ordersift check`"
                )
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// An I/O error without the number that only programmers read, first letter small.
fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}
