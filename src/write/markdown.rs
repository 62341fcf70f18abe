//! The report as Markdown, for a job summary or a merge request: the first screen, then the tables that are short enough.

use std::fmt::Write as _;
use std::io;

use crate::overview::{ChannelSales, Overview, PeriodSales, SalesSums};
use crate::table::{Cell, ColumnKind, Document, Table};

use super::brief::{self, Note, fold, headings, totals};
use super::number::{change, count_of, grouped, money, percent_of_millionths};
use super::screen::Period;
use super::spark::spark;
use super::{Format, Shape};
use crate::write::sanitize::{cut, safe};

pub(super) const FORMAT: Format = Format {
    name: "md",
    about: "a short page of Markdown, for job summaries",
    binary: false,
    shape: Shape::Document {
        file: "report.md",
        write: markdown,
    },
};

/// All of it takes no more: a job summary may hold 1 MiB, of all steps together.
const BYTES: usize = 200_000;
/// A longer table is not read in a summary.
const TABLE_ROWS: usize = 60;
/// Rows of sales before the smaller ones are folded.
const ROWS: usize = 14;
/// Longer text is cut.
const TEXT: usize = 80;

/// Writes the document as Markdown; `by` is the period that its first part compares.
///
/// A table that is too long is left out whole, and the last line says which.
pub fn markdown(document: &Document, by: Period, out: &mut dyn io::Write) -> io::Result<()> {
    let mut page = first(document, by);
    let mut left_out = Vec::new();
    for table in &document.tables {
        if table.height() == 0 {
            continue;
        }
        let section = if table.height() > TABLE_ROWS {
            None
        } else {
            Some(section(table)).filter(|section| page.len() + section.len() < BYTES)
        };
        match section {
            Some(section) => page.push_str(&section),
            None => left_out.push(format!(
                "{} ({})",
                table.spec.name,
                count_of(table.height(), "row")
            )),
        }
    }
    if !left_out.is_empty() {
        page.push_str("\nNot shown for their length: ");
        page.push_str(&left_out.join(", "));
        page.push_str(". They are in every other format.\n");
    }
    out.write_all(page.as_bytes())
}

/// Sales, orders to ship, data status, findings.
fn first(document: &Document, by: Period) -> String {
    let mut page = String::new();
    let overview = Overview::of(document, by);
    let gaps = brief::gaps(document, &overview);
    match &overview.sales {
        Some(sales) => sold(&mut page, sales, by, gaps),
        None => page.push_str("## What must ship\n\n"),
    }
    for note in brief::notes(document, &overview) {
        let _ = writeln!(page, "- **{}**: {}", note.label, escaped(&note.flow.text()));
    }
    for (text, then) in brief::findings(document, &overview) {
        let _ = writeln!(page, "- **Check**: {} (`{then}`)", escaped(&safe(&text)));
    }
    let read = brief::read(document, None).text();
    let judged = brief::judged(document).text();
    let _ = writeln!(page, "\n{} · {}", escaped(&read), escaped(&judged));
    page
}

fn sold(page: &mut String, sales: &PeriodSales, by: Period, gaps: Option<Note>) {
    let [heading, _] = headings(&sales.span, by);
    let _ = writeln!(page, "## {}\n", escaped(&heading));
    if let Some(gaps) = gaps {
        let text = escaped(&gaps.flow.text());
        let _ = writeln!(page, "**{}**: {text}\n", gaps.label);
    }
    if !sales.complete {
        let _ = writeln!(
            page,
            "No complete {} in these files: all days are shown, there is nothing to compare with.\n",
            by.noun()
        );
    }
    let versus = sales
        .span
        .before
        .as_ref()
        .map(|before| format!("vs {before}"));
    let versus = escaped(versus.as_deref().unwrap_or_default());
    let _ = writeln!(
        page,
        "| Sales channel | Ships | Orders | {versus} | Units | Sales | {versus} | Before |"
    );
    page.push_str("|:---|:---|---:|---:|---:|---:|---:|:---|\n");
    let totals = totals(&sales.rows, ROWS);
    for row in fold(sales.rows.clone(), ROWS).iter().chain(&totals) {
        line(page, row);
    }
    page.push('\n');
}

fn line(page: &mut String, row: &ChannelSales) {
    let now = row.now();
    let changed = |of: fn(SalesSums) -> i128| {
        row.last()
            .map_or_else(String::new, |last| change(of(now), of(last)).1)
    };
    let (sales, versus) = match &row.currency {
        Some(currency) => (
            format!(
                "{} {}",
                escaped(&safe(currency)),
                money(now.sales, row.decimals)
            ),
            changed(|sums| sums.sales),
        ),
        None if row.fulfillment.is_empty() => (String::new(), String::new()),
        None => ("unpriced".to_owned(), String::new()),
    };
    let ships = escaped(&safe(row.ships()));
    let _ = writeln!(
        page,
        "| {} | {ships} | {} | {} | {} | {sales} | {versus} | {} |",
        escaped(&safe(row.place())),
        grouped(now.orders),
        changed(|sums| sums.orders.into()),
        grouped(now.units),
        spark(row.curve().into_iter()),
    );
}

fn section(table: &Table) -> String {
    let mut out = format!("\n### {}\n\n|", table.spec.title);
    for column in table.columns() {
        let _ = write!(out, " {} |", column.label);
    }
    out.push_str("\n|");
    for column in table.columns() {
        let number = matches!(
            column.kind,
            ColumnKind::Count | ColumnKind::Money | ColumnKind::Share
        );
        out.push_str(if number { "---:|" } else { ":---|" });
    }
    for row in 0..table.height() {
        out.push_str("\n|");
        for (_, cell) in table.row(row) {
            let _ = write!(out, " {} |", value(cell));
        }
    }
    out.push('\n');
    out
}

fn value(cell: Cell<'_>) -> String {
    match cell {
        Cell::Absent => String::new(),
        Cell::Text(text) => escaped(&cut(&safe(text), TEXT)),
        Cell::Count(number) => grouped(number),
        Cell::Money(value, decimals) => money(value, decimals),
        Cell::Share(millionths) => percent_of_millionths(millionths),
        Cell::Flag(flag) => if flag { "yes" } else { "no" }.to_owned(),
    }
}

/// Text that stays text: no tag, link, mention, emphasis or end of a cell comes of it.
fn escaped(text: &str) -> String {
    // Links and mentions are made of plain text, so no backslash hinders them: only code does.
    if text.contains(['@', '#']) || text.contains("://") || text.contains("www.") {
        let ticks = "`".repeat(1 + longest_run(text, '`'));
        return format!("{ticks} {} {ticks}", text.replace('|', "\\|"));
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

fn longest_run(text: &str, wanted: char) -> usize {
    text.split(|c| c != wanted).map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::invented;
    use super::*;

    fn text(document: &Document) -> String {
        let mut out = Vec::new();
        markdown(document, Period::Week, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_first_lines_are_the_week() {
        let text = text(&invented::monday());
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "## Week 2026-W30, Jul 20 to 26");
        assert_eq!(
            lines[2],
            "**Gaps**: Sun Jul 12 in no file (usually 1,204 orders) · --table coverage"
        );
        assert_eq!(
            lines[4],
            "| Sales channel | Ships | Orders | vs W29 | Units | Sales | vs W29 | Before |"
        );
        assert_eq!(
            lines[6],
            "| Amazon.com | FBA | 8,412 | +4.1 % | 10,233 | USD 214,881.20 | +6.0 % | ▅▅▆▆▇▇██ |"
        );
        assert!(
            text.contains("- **To ship**: 41 orders: 2 overdue"),
            "{text}"
        );
    }

    #[test]
    fn every_row_of_a_table_has_its_cells() {
        for document in [invented::monday(), invented::hostile()] {
            let text = text(&document);
            let mut cells = 0;
            for line in text.lines() {
                if !line.starts_with('|') {
                    cells = 0;
                    continue;
                }
                let bars = line.replace("\\|", "").matches('|').count();
                assert!(cells == 0 || cells == bars, "{line}");
                cells = bars;
            }
        }
    }

    #[test]
    fn hostile_text_is_only_text() {
        assert_eq!(escaped("a|b"), "a\\|b");
        assert_eq!(escaped("<script>"), "&lt;script&gt;");
        assert_eq!(escaped("[x](y) *z*"), "\\[x\\](y) \\*z\\*");
        assert_eq!(escaped("@all"), "` @all `");
        assert_eq!(escaped("`@all|`"), "`` `@all\\|` ``");
        let text = text(&invented::hostile());
        assert!(
            !text.contains("<script>") && !text.contains('\u{202e}'),
            "{text}"
        );
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text}");
    }

    #[test]
    fn long_tables_are_left_out_whole_and_named() {
        let mut document = invented::monday();
        document.tables.retain(|table| table.height() > TABLE_ROWS);
        let text = text(&document);
        for table in &document.tables {
            assert!(text.contains(&format!("{} (", table.spec.name)), "{text}");
        }
    }
}
