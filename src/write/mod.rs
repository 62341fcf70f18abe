//! Writers: functions from tables to bytes. They know [`Document`] and [`Table`] and nothing else of the program.
//!
//! A format is one file beside this one and an entry in [`FORMATS`]. Nothing here reads a clock, prints, or decides what a
//! number is; what a screen needs besides the document comes with [`Screen`].

mod brief;
mod confirmation;
pub(crate) mod csv;
#[cfg(test)]
mod fixtures;
mod format;
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

pub use confirmation::{ShipFrom, confirmation, confirmed};
pub use csv::csv;
pub use format::{Format, Shape};
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
