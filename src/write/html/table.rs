//! A table with its pictures.

use std::fmt::Write as _;

use maud::{Markup, PreEscaped, Render, html};

use crate::table::{Cell, ColumnKind, Table};

use super::super::number::{count_of, grouped, money, percent_of_millionths};
use super::super::plot::plots;
use super::svg;
use crate::write::sanitize::{cut, safe};

/// A table takes no more of the page than this, and all tables no more than that: the whole is to go through a mail gateway.
const BYTES: usize = 200_000;
const ALL_BYTES: usize = 800_000;
/// Longer text is cut.
const TEXT: usize = 160;
/// Longer text may be broken into lines.
const SHORT: usize = 28;
/// A filter is of no use on fewer rows.
const FILTER: usize = 8;

/// The sections of all tables that have a row.
pub(super) fn sections(tables: &[Table]) -> Markup {
    let shown: Vec<(&Table, Vec<String>)> = tables
        .iter()
        .filter(|table| table.height() > 0)
        .map(|table| (table, rows(table)))
        .collect();
    let sizes: Vec<usize> = shown.iter().map(|(_, rows)| size(rows)).collect();
    let room = room(sizes);
    html! { @for (table, rows) in &shown { (section(table, &rows[..fitting(rows, room)])) } }
}

/// How long tables may be that all of them fit: short ones stay whole, and the long ones are cut to one length.
fn room(mut sizes: Vec<usize>) -> usize {
    sizes.sort_unstable();
    let mut left = ALL_BYTES;
    for (place, size) in sizes.iter().enumerate() {
        let share = left / (sizes.len() - place);
        if *size > share {
            return share;
        }
        left -= size;
    }
    BYTES
}

/// How many rows fit. A table shows one at least.
fn fitting(rows: &[String], room: usize) -> usize {
    let mut used = 0;
    let fits = rows.iter().take_while(|row| {
        used += row.len();
        used <= room
    });
    fits.count().max(1)
}

fn size(rows: &[String]) -> usize {
    rows.iter().map(String::len).sum()
}

fn section(table: &Table, rows: &[String]) -> Markup {
    let spec = table.spec;
    let plots = plots(table);
    let shown = rows.len();
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
                            th scope="col" .n[is_number(column.kind)] title=(column.meaning) { (column.label) }
                        }
                    } }
                    tbody { @for row in rows { (PreEscaped(row)) } }
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

/// As many rows as a table may have.
fn rows(table: &Table) -> Vec<String> {
    let mut rows = Vec::new();
    let (height, mut used) = (table.height(), 0);
    for place in 0..height {
        if used > BYTES {
            break;
        }
        let row = if newest_first(table) {
            height - 1 - place
        } else {
            place
        };
        let mut out = "<tr>".to_owned();
        for (column, cell) in table.row(row) {
            out.push_str(match cell {
                _ if is_number(column.kind) => "<td class=n>",
                Cell::Text(text) if text.len() > SHORT => "<td class=w>",
                _ => "<td>",
            });
            value(&mut out, cell);
        }
        out.push('\n');
        used += out.len();
        rows.push(out);
    }
    rows
}

/// Writes a cell. End tags are left out where HTML allows it, which makes a long table smaller.
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
