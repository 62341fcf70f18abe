//! The report as Markdown, for a job summary or a merge request: the first screen, and folded below it the tables that prove what
//! needs a person.

use std::fmt::Write as _;
use std::io;

use crate::overview::{ChannelSales, CurrencyTiles, Overview, PeriodSales, SalesSums, Severity};
use crate::table::{Cell, ColumnKind, Document, Table};

use super::brief::{self, Measure, Value, Verdicts, fold, headings};
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
/// Rows of a folded table.
const TABLE_ROWS: usize = 20;
/// Rows of sales before the smaller ones are folded.
const ROWS: usize = 10;
/// Currencies with a row of their own.
const CURRENCIES: usize = 6;
/// Longer text is cut.
const TEXT: usize = 80;

/// Writes the document as Markdown; `by` is the period that its first part compares.
///
/// What is in sight is about a screen. Of the tables only those that prove a verdict, and those that an option asks for, are there,
/// folded and cut: a job summary says what happened, and every table is in the other formats.
pub fn markdown(document: &Document, by: Period, out: &mut dyn io::Write) -> io::Result<()> {
    let overview = Overview::of(document, by);
    let verdicts = brief::verdicts(document, &overview);
    let mut page = first(document, &overview, &verdicts);
    let mut shown: Vec<&str> = Vec::new();
    let told = verdicts.told.iter().map(|verdict| verdict.evidence);
    // What was asked for besides: both sides of a comparison, and sales in one currency by channel.
    let compared = document.compared.as_ref().map(|_| "comparison");
    let fx = document.options.iter().find(|(name, _)| *name == "fx");
    for name in told.chain(compared).chain(fx.map(|_| "channels")) {
        let table = document.table(name).filter(|table| table.height() > 0);
        let Some(table) = table.filter(|_| !shown.contains(&name)) else {
            continue;
        };
        shown.push(name);
        let section = section(table);
        if page.len() + section.len() < BYTES {
            page.push_str(&section);
        }
    }
    page.push_str("\nEvery table is in the other formats: `--format html,xlsx`.\n");
    out.write_all(page.as_bytes())
}

/// Verdicts, tiles, sales by channel, then all that the first screen says.
fn first(document: &Document, overview: &Overview, verdicts: &Verdicts) -> String {
    let mut page = String::new();
    let sales = overview.demand.sales.as_ref();
    let heading = sales.map_or_else(
        || "What must ship".to_owned(),
        |sales| {
            let [heading, _] = headings(&sales.span, overview.by);
            heading
        },
    );
    let _ = writeln!(page, "## {}\n", escaped(&heading));
    if document.compared.is_none() {
        told(&mut page, verdicts);
    }
    if let Some(sales) = sales {
        if !sales.complete {
            let _ = writeln!(
                page,
                "No complete {} in these files: all days are shown, there is nothing to compare with.\n",
                overview.by.noun()
            );
        }
        tiles(&mut page, &overview.demand.tiles, &versus(sales));
        sold(&mut page, sales);
    }
    let mut notes = brief::notes(document, overview);
    // What the files lack is said where the lines are accounted for.
    let last = notes.len().saturating_sub(1);
    notes.splice(last..last, brief::gaps(overview));
    for note in notes {
        let _ = writeln!(page, "- **{}**: {}", note.label, escaped(&note.flow.text()));
    }
    let read = brief::read(document, None).text();
    let judged = brief::judged(document).text();
    let _ = writeln!(page, "\n{} · {}", escaped(&read), escaped(&judged));
    page
}

/// What needs a person now, each with the table that proves it.
fn told(page: &mut String, verdicts: &Verdicts) {
    for verdict in &verdicts.told {
        let label = match verdict.severity {
            Severity::Bad => "Now",
            Severity::Warning => "Check",
        };
        let evidence = match verdict.evidence {
            "gates" => String::new(),
            table => format!(" (`--table {table}`)"),
        };
        let _ = writeln!(
            page,
            "- **{label}**: {}{evidence}",
            escaped(&safe(&verdict.text))
        );
    }
    if verdicts.told.is_empty() {
        page.push_str("**Nothing needs attention.**\n");
    }
    if !verdicts.others.is_empty() {
        let _ = writeln!(
            page,
            "\n<details><summary>and {} more</summary>\n",
            verdicts.others.len()
        );
        for verdict in &verdicts.others {
            let _ = writeln!(page, "- {}", escaped(&safe(&verdict.text)));
        }
        page.push_str("\n</details>\n");
    }
    page.push('\n');
}

/// A row for each currency: they are never added.
fn tiles(page: &mut String, tiles: &[CurrencyTiles], versus: &str) {
    if tiles.is_empty() {
        return;
    }
    let (mut heads, mut lines) = ("| Currency |".to_owned(), "|:---|".to_owned());
    for measure in Measure::ALL {
        let _ = write!(heads, " {} |", measure.name());
        lines.push_str("---:|");
        if measure.has_change_column() {
            let _ = write!(heads, " {versus} |");
            lines.push_str("---:|");
        }
    }
    let _ = writeln!(page, "{heads}\n{lines}");
    for tiles in tiles.iter().take(CURRENCIES) {
        let currency = tiles.currency.as_deref().unwrap_or("unpriced");
        let _ = write!(page, "| {} |", escaped(&safe(currency)));
        for measure in Measure::ALL {
            let value = measure.now(tiles).map_or_else(String::new, Value::text);
            let _ = write!(page, " {value} |");
            if measure.has_change_column() {
                let _ = write!(page, " {} |", measure.change(tiles).text());
            }
        }
        page.push('\n');
    }
    if tiles.len() > CURRENCIES {
        let more = count_of(tiles.len() - CURRENCIES, "more row");
        let _ = writeln!(page, "\nand {more} of other currencies");
    }
    page.push('\n');
}

/// `vs W29`; empty where nothing is compared.
fn versus(sales: &PeriodSales) -> String {
    let before = sales.span.before.as_ref();
    escaped(&before.map_or_else(String::new, |before| format!("vs {before}")))
}

fn sold(page: &mut String, sales: &PeriodSales) {
    let versus = versus(sales);
    let _ = writeln!(
        page,
        "| Sales channel | Ships | Orders | {versus} | Units | Sales | {versus} | Before |"
    );
    page.push_str("|:---|:---|---:|---:|---:|---:|---:|:---|\n");
    for row in fold(sales.rows.clone(), ROWS) {
        line(page, &row);
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

/// The first rows of a table, folded.
fn section(table: &Table) -> String {
    let rows = table.height().min(TABLE_ROWS);
    let all = count_of(table.height(), "row");
    let of = if rows < table.height() {
        format!("the first {rows} of {all}")
    } else {
        all
    };
    let title = table.spec.title;
    let mut out = format!("\n<details><summary>{title}: {of}</summary>\n\n|");
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
    for row in 0..rows {
        out.push_str("\n|");
        for (_, cell) in table.row(row) {
            let _ = write!(out, " {} |", value(cell));
        }
    }
    out.push_str("\n\n</details>\n");
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
    use super::super::fixtures;
    use super::*;
    use crate::overview::TileSums;

    fn text(document: &Document) -> String {
        let mut out = Vec::new();
        markdown(document, Period::Week, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_first_lines_are_what_needs_a_person_then_the_week() {
        let text = text(&fixtures::first_week());
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "## Week 2026-W30, Jul 20 to 26");
        assert_eq!(lines[2], "- **Now**: 4 orders overdue (`--table worklist`)");
        let at = |start: &str| {
            let line = lines.iter().position(|line| line.starts_with(start));
            line.unwrap_or_else(|| panic!("{start}: {text}"))
        };
        let head = at("| Sales channel |");
        assert_eq!(
            lines[head],
            "| Sales channel | Ships | Orders | vs W29 | Units | Sales | vs W29 | Before |"
        );
        assert_eq!(
            lines[head + 2],
            "| Amazon.com | FBA | 80 | -4.8 % | 115 | USD 5,643.68 | -19.4 % |    ▄█▄▆▅ |"
        );
        let order = [
            at("- **Now**"),
            head,
            at("- **To ship**: 34 orders: 4 overdue"),
            at("- **Data**"),
            at("<details><summary>Worklist: "),
        ];
        assert!(order.is_sorted(), "{text}");
    }

    #[test]
    fn a_currency_is_a_row_of_figures_with_their_decimals() {
        let mut page = String::new();
        let sums = |orders, sales| {
            Some(TileSums {
                orders_placed: Some(orders + 1),
                orders,
                priced_orders: orders,
                merchant_orders: 1,
                units: 2 * orders,
                sales,
            })
        };
        let tile = |currency: &str, decimals, series| CurrencyTiles {
            currency: Some(currency.to_owned()),
            decimals,
            series,
        };
        let yen = tile("JPY", 0, vec![None, sums(3, 40_000)]);
        let dollars = tile("USD", 2, vec![sums(2, 1_000_000), sums(3, 1_280_000)]);
        tiles(&mut page, &[dollars, yen], "vs W29");
        let lines: Vec<&str> = page.lines().collect();
        assert_eq!(
            lines[2],
            "| USD | 128.00 | +28.0 % (+28.00) | 6 | +50.0 % (+2) | 3 | +50.0 % (+1) | 42.67 | 25.0 % | 33.3 % |"
        );
        assert_eq!(
            lines[3],
            "| JPY | 4 |  | 6 |  | 3 |  | 1 | 25.0 % | 33.3 % |"
        );
    }

    #[test]
    fn what_is_in_sight_is_a_screen_and_the_rest_is_folded() {
        for document in [
            fixtures::first_week(),
            fixtures::one_day(),
            fixtures::forty_channels(),
            fixtures::hostile(),
            fixtures::backlog_alone(),
        ] {
            let text = text(&document);
            let mut folded = false;
            let mut seen = 0;
            for line in text.lines() {
                folded |= line.starts_with("<details>");
                seen += usize::from(!folded);
                folded &= line != "</details>";
            }
            assert!(seen <= 60 && !folded, "{seen}: {text}");
            assert!(text.len() < BYTES);
        }
    }

    #[test]
    fn every_row_of_a_table_has_its_cells() {
        for document in [fixtures::first_week(), fixtures::hostile()] {
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
        let text = text(&fixtures::hostile());
        assert!(
            !text.contains("<script>") && !text.contains('\u{202e}'),
            "{text}"
        );
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text}");
    }

    #[test]
    fn the_tables_that_prove_a_verdict_are_folded_once_and_cut() {
        let document = fixtures::first_week();
        let overview = Overview::of(&document, Period::Week);
        let verdicts = brief::verdicts(&document, &overview);
        let text = text(&document);
        for table in &document.tables {
            let mut evidence = verdicts.told.iter().map(|verdict| verdict.evidence);
            let proves = table.height() > 0 && evidence.any(|name| name == table.spec.name);
            let folded = format!("<details><summary>{}: ", table.spec.title);
            assert_eq!(
                text.matches(&folded).count(),
                usize::from(proves),
                "{folded}"
            );
        }
        let long = document.table("weekly").unwrap();
        assert!(long.height() > TABLE_ROWS);
        let section = section(long);
        let rows = section.lines().filter(|line| line.starts_with('|')).count();
        assert_eq!(rows, 2 + TABLE_ROWS);
        assert!(section.contains(&format!("the first {TABLE_ROWS} of ")));
    }
}
