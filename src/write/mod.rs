//! Writers: functions from tables to bytes. They know [`Document`] and [`Table`] and nothing else of the program.
//!
//! A format is one file beside this one and an entry in [`FORMATS`]. Nothing here reads a clock, prints, or decides what a
//! number is; what a screen needs besides the document comes with [`Screen`].

mod brief;
mod confirmation;
pub(crate) mod csv;
#[cfg(test)]
mod fixtures;
mod grid;
mod html;
mod json;
mod listing;
mod markdown;
mod number;
mod parcels;
mod parquet;
mod plot;
mod publish;
pub mod sanitize;
mod screen;
mod spark;
mod terminal;
mod worklist;
mod wrap;
mod xlsx;

use std::io;

use crate::table::{Document, Table};

pub use confirmation::{ShipFrom, confirmation, confirmed};
pub use csv::csv;
pub use html::html;
pub use json::json;
pub use listing::listing;
pub use markdown::markdown;
pub use parcels::parcels;
pub use parquet::parquet;
pub use publish::{
    FileSum, Manifest, Publication, PublishError, PublishedWriter, StagedFile, Staging,
};
pub use screen::{Period, Screen};
pub use terminal::summary;
pub use worklist::worklist;
pub use xlsx::xlsx;

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

/// All formats, in the order of the help text.
pub const FORMATS: &[Format] = &[
    terminal::FORMAT,
    json::FORMAT,
    csv::FORMAT,
    xlsx::FORMAT,
    html::FORMAT,
    markdown::FORMAT,
    parquet::FORMAT,
];

impl Format {
    /// A format by its name.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// The file that a table goes to in the folder of `--out`; `None` if this format makes no file.
    pub fn file(&self, table: &str) -> Option<String> {
        match self.shape {
            Shape::Screen(_) => None,
            Shape::Document { file, .. } => Some(file.to_owned()),
            Shape::Table { extension, .. } => Some(format!("tables/{table}.{extension}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_found_by_name_and_know_their_files() {
        assert_eq!(
            Format::named("json").unwrap().file("skus").unwrap(),
            "report.json"
        );
        assert_eq!(
            Format::named("csv").unwrap().file("skus").unwrap(),
            "tables/skus.csv"
        );
        assert_eq!(Format::named("terminal").unwrap().file("skus"), None);
        assert!(Format::named("papyrus").is_none());
    }
}
