//! A table with its pictures.

use std::fmt::Write as _;

use maud::{Markup, PreEscaped, Render, html};

use crate::table::{Cell, Column, ColumnKind, Table};
use crate::write::number::{count_of, grouped, money, percent_of_millionths};
use crate::write::plot::plots;
use crate::write::sanitize::{cut, safe};

use super::links::OrderLinks;
use super::svg;

/// A table takes no more of the page than this.
const BYTES: usize = 200_000;
/// Longer text is cut.
const TEXT: usize = 160;
/// Longer text may be broken into lines.
const SHORT: usize = 28;
/// On fewer rows there is nothing to find or to fold.
const FEW: usize = 10;

/// A table that has rows, with those that the page has room for.
pub(super) struct TableRows<'d> {
    pub(super) table: &'d Table,
    /// The columns that differ from row to row.
    shown: Vec<usize>,
    /// The others: what they hold in every row.
    alike: Vec<usize>,
    lines: Vec<String>,
}

impl<'d> TableRows<'d> {
    pub(super) fn of(table: &'d Table, links: &OrderLinks) -> Self {
        let (alike, shown) =
            (0..table.columns().len()).partition(|column| is_alike(table, *column));
        let mut rows = Self {
            table,
            shown,
            alike,
            lines: Vec::new(),
        };
        rows.fill(links);
        rows
    }

    /// As many rows as a table may have.
    fn fill(&mut self, links: &OrderLinks) {
        let table = self.table;
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
            for column in &self.shown {
                let (kind, cell) = (table.columns()[*column].kind, table.cell(row, *column));
                out.push_str(match cell {
                    _ if is_number(kind) => "<td class=n>",
                    Cell::Text(text) if text.len() > SHORT => "<td class=w>",
                    _ => "<td>",
                });
                let link = match cell {
                    Cell::Text(text) if table.columns()[*column].name == "order_id" => {
                        links.address(table, row, text)
                    }
                    _ => None,
                };
                match link {
                    Some(address) => {
                        let _ = write!(
                            out,
                            "<a href=\"{address}\" rel=\"noreferrer noopener\" target=_blank>"
                        );
                        value(&mut out, cell);
                        out.push_str("</a>");
                    }
                    None => value(&mut out, cell),
                }
            }
            out.push('\n');
            used += out.len();
            self.lines.push(out);
        }
    }

    /// The bytes of its rows.
    pub(super) fn size(&self) -> usize {
        self.lines.iter().map(String::len).sum()
    }

    /// Cuts the longest tables so that all of them fit: short ones stay whole. A table shows one row at least.
    pub(super) fn fit(all: &mut [Self], room: usize) {
        let mut sizes: Vec<usize> = all.iter().map(Self::size).collect();
        sizes.sort_unstable();
        let mut left = room;
        let mut most = BYTES;
        for (place, size) in sizes.iter().enumerate() {
            let share = left / (sizes.len() - place);
            if *size > share {
                most = share;
                break;
            }
            left -= size;
        }
        for rows in all {
            let mut used = 0;
            let fits = rows.lines.iter().take_while(|row| {
                used += row.len();
                used <= most
            });
            let fits = fits.count().max(1);
            rows.lines.truncate(fits);
        }
    }
}

/// Whether a column holds the same text in every row, or nothing in any.
fn is_alike(table: &Table, column: usize) -> bool {
    let height = table.height();
    if height < 2 {
        return false;
    }
    let first = table.cell(0, column);
    let plain = matches!(first, Cell::Absent | Cell::Text(_) | Cell::Flag(_));
    plain && (1..height).all(|row| table.cell(row, column) == first)
}

/// The section of a table.
pub(super) fn section(rows: &TableRows<'_>) -> Markup {
    let table = rows.table;
    let spec = table.spec;
    let plots = plots(table);
    let shown = rows.lines.len();
    let height = table.height();
    let columns = rows.shown.iter().map(|column| &table.columns()[*column]);
    html! {
        section.table id=(spec.name) tabindex="-1" {
            h3 { (spec.title) " " span.dim { (count_of(height, "row")) } }
            details.meaning { summary { "What it shows" } p { (table.definition()) } }
            @if !plots.is_empty() { div.figures { @for plot in &plots { (svg::figure(plot)) } } }
            @if height > FEW {
                div.tools hidden {
                    label { "Find " input type="search" autocomplete="off" spellcheck="false"; } " " output {} " "
                    button type="button" {}
                }
            }
            div.scroll tabindex="0" role="region" aria-label=(spec.title) {
                table.data {
                    thead { tr { @for column in columns { (head(column)) } } }
                    tbody { @for row in &rows.lines { (PreEscaped(row)) } }
                }
            }
            (alike(rows))
            @if shown < height {
                p.note {
                    (if newest_first(table) { "The newest " } else { "The first " }) (grouped(shown)) " of " (grouped(height))
                    " rows. All of them: " code { "tables/" (spec.name) ".csv" } " of " code { "--format csv" } "."
                }
            }
        }
    }
}

fn head(column: &Column) -> Markup {
    html! { th scope="col" .n[is_number(column.kind)] title=(column.meaning) { (column.label) } }
}

/// What the columns that are not shown hold.
fn alike(rows: &TableRows<'_>) -> Markup {
    let table = rows.table;
    let (empty, same): (Vec<usize>, Vec<usize>) = rows
        .alike
        .iter()
        .partition(|column| table.cell(0, **column) == Cell::Absent);
    let label = |column: &usize| table.columns()[*column].label;
    let empty: Vec<&str> = empty.iter().map(label).collect();
    html! {
        @if !same.is_empty() { p.note {
            "In every row: "
            @for (place, column) in same.iter().enumerate() {
                @let mut text = String::new();
                @let () = value(&mut text, table.cell(0, *column));
                @if place > 0 { " · " } (label(column)) " " bdi { (PreEscaped(text)) }
            }
            "."
        } }
        @if !empty.is_empty() { p.note { "Empty in every row: " (empty.join(", ")) "." } }
    }
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
        Cell::Flag(flag) => out.push_str(if flag { "yes" } else { "no" }),
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
