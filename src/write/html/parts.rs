//! The parts of the page below the overview: the tables of a topic, and what is missing.

use maud::{Markup, html};

use crate::table::{Document, Part, Table};
use crate::write::brief;
use crate::write::sanitize::safe;

use super::links::OrderLinks;
use super::table::{TableRows, section};

/// The tables of a document that have rows, with those rows that the page has room for.
pub(super) struct Tables<'d> {
    document: &'d Document,
    rows: Vec<TableRows<'d>>,
}

impl<'d> Tables<'d> {
    /// All of them together take no more than `room` bytes.
    pub(super) fn of(document: &'d Document, room: usize) -> Self {
        let links = OrderLinks::of(document);
        let tables = document.tables.iter().filter(|table| table.height() > 0);
        let mut rows: Vec<TableRows<'d>> =
            tables.map(|table| TableRows::of(table, &links)).collect();
        TableRows::fit(&mut rows, room);
        Self { document, rows }
    }

    /// Takes so many bytes of rows away, but leaves so many in any case.
    pub(super) fn shrink(&mut self, bytes: usize, least: usize) {
        let size: usize = self.rows.iter().map(TableRows::size).sum();
        TableRows::fit(&mut self.rows, size.saturating_sub(bytes).max(least));
    }

    /// A part with its tables.
    pub(super) fn part(&self, part: Part, after: &Markup) -> Markup {
        let own = self.rows.iter().filter(|rows| rows.table.spec.part == part);
        html! {
            section.part id=(part.anchor()) tabindex="-1" aria-labelledby={ (part.anchor()) "-title" } {
                h2 id={ (part.anchor()) "-title" } { (part.name()) }
                @for rows in own { (section(rows)) }
                (missing(self.document, part))
                (after)
            }
        }
    }
}

/// The tables of a part without a row, and what would fill them.
fn missing(document: &Document, part: Part) -> Markup {
    html! {
        @for missing in brief::missing(document, part) {
            p.note { "Not shown: " (missing.titles.join(", ")) " (" (missing.remedy) ")." }
        }
    }
}

/// What every table and column means, and the options of the run.
pub(super) fn definitions(document: &Document) -> Markup {
    let mut columns: Vec<(&str, &str)> = document
        .tables
        .iter()
        .filter(|table| table.height() > 0)
        .flat_map(Table::columns)
        .map(|column| (column.name, column.meaning))
        .collect();
    columns.sort_unstable();
    columns.dedup();
    html! {
        @if !document.options.is_empty() {
            section #options { h3 { "Options of this run" }
                dl { @for (name, value) in &document.options { dt { code { (name) } } dd { (safe(value)) } } } }
        }
        section #definitions tabindex="-1" {
            details { summary { h3 { "Definitions" } }
                p.note { "What a table shows stands above it. What a column means:" }
                dl { @for (name, meaning) in columns { dt { code { (name) } } dd { (meaning) } } }
            }
        }
    }
}
