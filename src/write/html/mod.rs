//! The report as one page: no network, nothing beside it, works from an attachment.
//!
//! Everything from outside is text and goes through [`safe`](crate::write::sanitize::safe) and the template's escaping. The page may
//! run its own script and nothing else: the policy in its head names both by their sums (docs/reliability.md, Outputs).

mod axis;
mod first;
mod inline;
mod svg;
mod table;

use std::io::{self, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::overview::Overview;
use crate::table::{Document, Table};

use super::brief;
use super::screen::Period;
use super::{Format, Shape};
use inline::flow_line;

pub(super) const FORMAT: Format = Format {
    name: "html",
    about: "one page with charts, for reading and mailing",
    binary: false,
    shape: Shape::Document {
        file: "report.html",
        write: html,
    },
};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Writes the document as one page; `by` is the period that its first part compares.
///
/// Tables longer than a page can carry are cut, and say so and where the rest is.
pub fn html(document: &Document, by: Period, out: &mut dyn Write) -> io::Result<()> {
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        STANDARD.encode(Sha256::digest(STYLE)),
        STANDARD.encode(Sha256::digest(SCRIPT)),
    );
    let overview = Overview::of(document, by);
    let title = first::title(&overview);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                meta name="generator" content=(concat!("ordersift ", env!("CARGO_PKG_VERSION")));
                title { (title) " · ordersift" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#first" { "Skip to the numbers" }
                header {
                    p.brand { "ordersift" }
                    h1 { (title) }
                    p { (flow_line(&brief::read(document, None))) }
                    p { (flow_line(&brief::judged(document))) }
                }
                nav aria-label="Parts of this report" { ul {
                    @for table in &document.tables {
                        @if table.height() > 0 { li { a href={ "#" (table.spec.name) } { (table.spec.title) } } }
                    }
                    li { a href="#definitions" { "Definitions" } }
                } }
                main {
                    (first::section(document, &overview))
                    (table::sections(&document.tables))
                    (empty(document))
                    (definitions(document))
                }
                footer { p { "Written by ordersift " (env!("CARGO_PKG_VERSION")) ". Same files and options, same page." } }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    out.write_all(page.into_string().as_bytes())
}

/// Tables without a row, in a line.
fn empty(document: &Document) -> Markup {
    let empty = document.tables.iter().filter(|table| table.height() == 0);
    let titles: Vec<&str> = empty.map(|table| table.spec.title).collect();
    html! {
        @if !titles.is_empty() { section { h2 { "Nothing to show" } p.note { (titles.join(", ")) "." } } }
    }
}

fn definitions(document: &Document) -> Markup {
    let mut columns: Vec<(&str, &str)> = document
        .tables
        .iter()
        .flat_map(Table::columns)
        .map(|column| (column.name, column.meaning))
        .collect();
    columns.sort_unstable();
    columns.dedup();
    html! {
        section #definitions {
            h2 { "Definitions" }
            h3 { "Tables" }
            dl { @for table in &document.tables {
                dt { (table.spec.title) " " code { (table.spec.name) } } dd { (table.definition()) }
            } }
            h3 { "Columns" }
            dl { @for (name, meaning) in columns { dt { code { (name) } } dd { (meaning) } } }
            @if !document.options.is_empty() {
                h3 { "Options of this run" }
                dl { @for (name, value) in &document.options { dt { code { (name) } } dd { (crate::write::sanitize::safe(value)) } } }
            }
        }
    }
}

#[cfg(test)]
mod tests;
