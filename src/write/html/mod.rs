//! The report as one page: no network, nothing beside it, works from an attachment.
//!
//! Everything from outside is text and goes through [`safe`](crate::write::sanitize::safe) and the template's escaping. The page may
//! run its own script and nothing else: the policy in its head names style and script by their sums (docs/reliability.md, Outputs).
//! The script adds up what a reader filters; without it the same page shows the figures of the shown period and all tables.

mod axis;
mod data;
mod filters;
mod inline;
mod late_rate;
mod links;
mod moved;
mod overview;
mod parts;
mod script;
mod sold;
mod spark;
mod svg;
mod table;
mod tiles;
mod to_ship;
mod trust;
mod verdicts;

use std::io::{self, Write};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::overview::Overview;
use crate::table::{Document, Part};

use super::brief::{self, headings};
use super::screen::Period;
use super::{Format, Shape};
use data::PageData;
use inline::flow_line;
use parts::Tables;
use script::{policy, script, style};

pub(super) const FORMAT: Format = Format {
    name: "html",
    about: "one page with charts and filters, for reading and mailing",
    binary: false,
    shape: Shape::Document {
        file: "report.html",
        write: html,
    },
};

/// The page takes no more than this, or it does not go through a mail gateway.
const BYTES: usize = 1_000_000;
/// Tables get this much in any case.
const TABLE_BYTES: usize = 200_000;

/// Writes the document as one page; `by` is the period that its first part compares.
///
/// Tables longer than a page can carry are cut, and say so and where the rest is.
pub fn html(document: &Document, by: Period, out: &mut dyn Write) -> io::Result<()> {
    let overview = Overview::of(document, by);
    let title = match &overview.demand.sales {
        Some(sales) => headings(&sales.span, by)[0].clone(),
        None => "What must ship".to_owned(),
    };
    let data = PageData::of(document, &overview);
    let first = overview::section(document, &overview, data.as_ref());
    let script_data = data.as_ref().map_or_else(|| html! {}, PageData::script);
    let definitions = parts::definitions(document);
    let head = head(&title);
    let written = [&first, &script_data, &definitions, &head].map(|part| part.0.len());
    let used = written.iter().sum::<usize>() + script().len();
    let mut tables = Tables::of(document, BYTES.saturating_sub(used).max(TABLE_BYTES));
    let frame = Frame {
        document,
        overview: &overview,
        by,
        title: &title,
        first: &first,
        data: data.as_ref().zip(Some(&script_data)),
        definitions: &definitions,
        head: &head,
    };
    let mut page = frame.page(&tables).into_string();
    // Headings and pictures of tables take room besides their rows.
    if page.len() > BYTES {
        tables.shrink(page.len() - BYTES, TABLE_BYTES);
        page = frame.page(&tables).into_string();
    }
    out.write_all(page.as_bytes())
}

/// What stands around the tables.
struct Frame<'p> {
    document: &'p Document,
    overview: &'p Overview,
    by: Period,
    title: &'p str,
    first: &'p Markup,
    data: Option<(&'p PageData<'p>, &'p Markup)>,
    definitions: &'p Markup,
    head: &'p Markup,
}

impl Frame<'_> {
    fn page(&self, tables: &Tables<'_>) -> Markup {
        html! {
            (DOCTYPE)
            html lang="en" {
                (self.head)
                body {
                    a.skip href="#overview" { "Skip to the numbers" }
                    (self.bar())
                    main {
                        (self.first)
                        @for part in Part::ALL {
                            @let end = if part == Part::Data { self.definitions.clone() } else { html! {} };
                            (tables.part(part, &end))
                        }
                    }
                    footer { p { "Written by ordersift " (env!("CARGO_PKG_VERSION")) ". Same files and options, same page. " (flow_line(&brief::read(self.document, None))) } }
                    @if let Some((_, script_data)) = self.data { (script_data) }
                    script { (PreEscaped(script())) }
                }
            }
        }
    }

    /// The bar that stays on the screen: title, parts, filters.
    fn bar(&self) -> Markup {
        html! {
            header.bar {
                h1.brand { "ordersift " span.title { (self.title) } }
                nav aria-label="Parts of this report" {
                    a href="#overview" { "Overview" }
                    @for part in Part::ALL { a href={ "#" (part.anchor()) } { (part.name()) } }
                }
                @if let Some((data, _)) = self.data { details.filters open hidden {
                    summary { "Filters " span #chosen.dim {} }
                    (filters::filters(data, self.overview, self.by))
                } }
            }
        }
    }
}

fn head(title: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy());
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="referrer" content="no-referrer";
            meta name="generator" content=(concat!("ordersift ", env!("CARGO_PKG_VERSION")));
            title { (title) " · ordersift" }
            style { (PreEscaped(style())) }
        }
    }
}

#[cfg(test)]
mod tests;
