//! The error of a file in a lake that another version or program wrote.

use std::io;
use std::path::Path;

pub(super) fn foreign(path: &Path, what: &str) -> io::Error {
    io::Error::other(format!(
        "{}: is of another version or program: {what}\n  help: name a new folder, or convert all reports again with `--force`",
        path.display()
    ))
}
