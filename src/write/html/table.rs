//! A table with its pictures.

use std::fmt::Write as _;

use maud::{Markup, PreEscaped, Render, html};

use crate::table::{Cell, ColumnKind, Table, meaning};

use super::super::number::{count_of, grouped, money, percent_of_millionths};
use super::super::plot::plots;
use super::super::safe::{cut, safe};
use super::svg;

/// A table takes no more of the page than this: the whole is to go through a mail gateway.
const BYTES: usize = 200_000;
/// Longer text is cut.
const TEXT: usize = 160;
/// Longer text may be broken into lines.
const SHORT: usize = 28;
/// A filter is of no use on fewer rows.
const FILTER: usize = 8;

pub(super) fn section(table: &Table) -> Markup {
    let spec = table.spec;
    let plots = plots(table);
    let (rows, shown) = rows(table);
    let height = table.height();
    html! {
        section id=(spec.name) {
            h2 { (spec.title) " " span.dim { (count_of(height, "row")) } }
            p.definition { (table.definition()) }
            @for plot in &plots { (svg::figure(plot)) }
            @if height >= FILTER {
                p.filter hidden { label { "Filter " input type="search" autocomplete="off" spellcheck="false"; } " " output {} }
            }
            div.scroll tabindex="0" role="region" aria-label=(spec.title) {
                table.data {
                    thead { tr {
                        @for column in table.columns() {
                            th scope="col" .n[is_number(column.kind)] title=[meaning(column.name)] { (column.label) }
                        }
                    } }
                    tbody { (PreEscaped(rows)) }
                }
            }
            @if shown < height {
                p.note {
                    (if newest_first(table) { "The newest " } else { "The first " }) (grouped(shown)) " of " (grouped(height))
                    " rows. All of them: " code { "tables/" (spec.name) ".csv" } " of " code { "--format csv" } "."
                }
            }
        }
    }
}

/// As many rows as there is room for, and how many they are.
fn rows(table: &Table) -> (String, usize) {
    let mut out = String::new();
    let mut shown = 0;
    let height = table.height();
    for place in 0..height {
        if out.len() > BYTES {
            break;
        }
        let row = if newest_first(table) {
            height - 1 - place
        } else {
            place
        };
        out.push_str("<tr>");
        for (column, cell) in table.row(row) {
            out.push_str(match cell {
                _ if is_number(column.kind) => "<td class=n>",
                Cell::Text(text) if text.len() > SHORT => "<td class=w>",
                _ => "<td>",
            });
            value(&mut out, cell);
        }
        out.push('\n');
        shown += 1;
    }
    (out, shown)
}

/// Writes a cell. End tags are left out where HTML allows it: they are a fifth of a long table.
fn value(out: &mut String, cell: Cell<'_>) {
    match cell {
        Cell::Absent => {}
        Cell::Text(text) => {
            let text = safe(text);
            cut(&text, TEXT).render_to(out);
        }
        Cell::Count(number) => out.push_str(&grouped(number)),
        Cell::Money(value, decimals) => out.push_str(&money(value, decimals)),
        Cell::Share(millionths) => out.push_str(&percent_of_millionths(millionths)),
        Cell::Flag(flag) => {
            let _ = out.write_str(if flag { "yes" } else { "no" });
        }
    }
}

fn is_number(kind: ColumnKind) -> bool {
    matches!(
        kind,
        ColumnKind::Count | ColumnKind::Money | ColumnKind::Share
    )
}

/// A table that runs through time is read from its end.
fn newest_first(table: &Table) -> bool {
    table.index("first_day").is_some()
}
