//! A format of the outputs: its name, and the function that writes it.

use std::io;

use crate::table::{Document, Table};

use super::screen::{Period, Screen};

/// A way to write a run.
#[derive(Debug)]
pub struct Format {
    /// The name, as in `--format json`.
    pub name: &'static str,
    /// What it is good for, in a phrase.
    pub about: &'static str,
    /// Whether it is no text, and nothing for a terminal.
    pub binary: bool,
    /// What it makes of a document.
    pub shape: Shape,
}

/// What a format makes of a document. Writers make many small writes: give them a buffer, or a file that has one.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A screen for a person; no file.
    Screen(fn(&Document, &Screen, &mut dyn io::Write) -> io::Result<()>),
    /// One file for the whole document.
    Document {
        /// Its name in the folder of `--out`.
        file: &'static str,
        /// Writes it; the period is what its first part compares.
        write: fn(&Document, Period, &mut dyn io::Write) -> io::Result<()>,
    },
    /// One file for each table, `tables/NAME.extension`.
    Table {
        /// How the file's name ends.
        extension: &'static str,
        /// Writes it: the flag is `--raw-text`, the result how many cells were guarded.
        write: fn(&Table, bool, &mut dyn io::Write) -> io::Result<u64>,
    },
}

impl Format {
    /// The file that a table goes to in the folder of `--out`; `None` if this format makes no file.
    pub fn file(&self, table: &str) -> Option<String> {
        match self.shape {
            Shape::Screen(_) => None,
            Shape::Document { file, .. } => Some(file.to_owned()),
            Shape::Table { extension, .. } => Some(format!("tables/{table}.{extension}")),
        }
    }
}
