//! The errors of publishing: where, what, and what to do.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::write::sanitize::safe;

/// Why nothing was published. What stood in the folder before still stands.
#[derive(Debug)]
pub struct PublishError {
    path: PathBuf,
    what: String,
    help: String,
    source: Option<io::Error>,
}

impl PublishError {
    pub(super) fn new(path: &Path, what: &str) -> Self {
        Self {
            path: path.to_owned(),
            what: what.to_owned(),
            help: String::new(),
            source: None,
        }
    }

    pub(super) fn help(self, help: &str) -> Self {
        Self {
            help: help.to_owned(),
            ..self
        }
    }

    /// Where it happened.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {}",
            safe(&self.path.to_string_lossy()),
            safe(&self.what)
        )?;
        if let Some(source) = &self.source {
            write!(f, " ({})", safe(&source.to_string()))?;
        }
        if self.help.is_empty() {
            Ok(())
        } else {
            write!(f, "\n  help: {}", safe(&self.help))
        }
    }
}

impl std::error::Error for PublishError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}

/// An error of the system, told where it happened.
pub(super) trait At<T> {
    fn at(self, path: &Path, what: &str, help: &str) -> Result<T, PublishError>;
}

impl<T> At<T> for io::Result<T> {
    fn at(self, path: &Path, what: &str, help: &str) -> Result<T, PublishError> {
        self.map_err(|source| PublishError {
            source: Some(source),
            ..PublishError::new(path, what).help(help)
        })
    }
}
