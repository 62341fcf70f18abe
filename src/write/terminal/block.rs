//! The block of what sold, aligned: a row for each channel, who ships, and currency.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::table::Document;

use super::super::flow::Flow;
use super::super::grid::{GAP, Grid, Lane, widths};
use super::super::number::{change, count, grouped, money};
use super::super::safe::{safe, width};
use super::super::screen::{BOLD, GREEN, PLAIN, Period, Piece, RED, Screen};
use super::sales::{PERIODS, Sold, Span, Sums, of_all, of_period};

/// Rows before the smaller ones are folded.
const ROWS: usize = 10;

/// Fewer periods than these make no curve.
const CURVE: usize = 3;

pub(super) fn lines(document: &Document, screen: &Screen, room: usize) -> Vec<String> {
    let period = of_period(document, screen.by);
    let complete = period.is_some();
    let Some((span, sold)) = period.or_else(|| of_all(document)) else {
        let mut flow = Flow::default();
        flow.add(
            "",
            Piece::dim("unknown without an all-orders report: add the newest one"),
        );
        return flow.lines("Sold", screen);
    };
    let mut note = Vec::new();
    if !complete {
        let noun = screen.by.noun();
        let text = format!(
            "no complete {noun} in these files: all days are shown, nothing to compare with"
        );
        note.push(Piece::dim(&text).cut(screen.columns()).painted(screen));
    }
    let room = room.saturating_sub(note.len() + 1);
    let totals = totals(&sold, room / 3);
    let rows = fold(sold, room.saturating_sub(totals.len()).clamp(2, ROWS));
    let mut lines = draw(&span, &rows, &totals, screen);
    lines.extend(note);
    lines
}

/// A total for each currency that several rows have; what Amazon only ships is outside.
fn totals(sold: &[Sold], most: usize) -> Vec<Sold> {
    let mut totals: BTreeMap<&str, (usize, Sold)> = BTreeMap::new();
    for row in sold.iter().filter(|row| !row.outside()) {
        let Some(currency) = &row.currency else {
            continue;
        };
        if let Some((rows, total)) = totals.get_mut(currency.as_str()) {
            *rows += 1;
            total.absorb(row);
        } else {
            let total = Sold {
                channel: "Amazon total".to_owned(),
                fulfillment: String::new(),
                ..row.clone()
            };
            totals.insert(currency, (1, total));
        }
    }
    let mut totals: Vec<Sold> = totals
        .into_values()
        .filter(|(rows, _)| *rows > 1)
        .map(|(_, total)| total)
        .collect();
    totals.sort_by_key(|total| std::cmp::Reverse(total.now().orders));
    totals.truncate(most);
    totals
}

/// At most so many rows: those with the fewest orders become one.
fn fold(mut rows: Vec<Sold>, most: usize) -> Vec<Sold> {
    if rows.len() <= most {
        return rows;
    }
    let mut by_orders: Vec<usize> = (0..rows.len()).collect();
    by_orders.sort_by_key(|row| std::cmp::Reverse(rows[*row].now().orders));
    let small: Vec<usize> = by_orders.split_off(most - 1);
    let folded = small
        .iter()
        .map(|row| rows[*row].clone())
        .reduce(|mut all, row| {
            all.absorb(&row);
            if all.currency != row.currency {
                all.currency = None;
            }
            all
        });
    let mut index = 0;
    rows.retain(|_| {
        index += 1;
        !small.contains(&(index - 1))
    });
    rows.extend(folded.map(|folded| Sold {
        channel: format!("and {} more", small.len()),
        fulfillment: String::new(),
        ..folded
    }));
    rows
}

fn draw(span: &Span, rows: &[Sold], totals: &[Sold], screen: &Screen) -> Vec<String> {
    let versus = span
        .before
        .as_ref()
        .map_or_else(String::new, |before| format!("vs {before}"));
    let known = rows
        .first()
        .map_or(0, |row| row.series.iter().flatten().count());
    let curve = if known < CURVE {
        String::new()
    } else {
        count(known.min(PERIODS) as i128, screen.by.noun())
    };
    let head = [
        "", "", "orders", &versus, "units", "", "sales", &versus, &curve,
    ]
    .map(Piece::dim);
    let decimals = rows
        .iter()
        .chain(totals)
        .filter(|row| row.currency.is_some())
        .map(places)
        .max()
        .unwrap_or(0);
    let mut table = vec![head.to_vec()];
    let mut above = None;
    for row in rows {
        table.push(cells(
            row,
            above == Some(&row.channel),
            known >= CURVE,
            decimals,
        ));
        above = Some(&row.channel);
    }
    for (place, total) in totals.iter().enumerate() {
        table.push(cells(total, place > 0, known >= CURVE, decimals));
    }
    let lanes = lanes(screen.columns());
    let mut needed = widths(&table, lanes.len());
    // The heading stands in the blank above the first columns: they make room for it if they can.
    let heading = width(&headings(span, screen.by)[0]) + "orders".len();
    needed[0] = needed[0].max(heading.saturating_sub(needed[1] + needed[2] + GAP));
    let grid = Grid::new(&lanes, &needed, screen.columns());
    let mut lines: Vec<String> = table.iter().map(|row| grid.line(row, screen)).collect();
    let plain = Screen {
        color: false,
        ..screen.clone()
    };
    headed(span, &mut lines, screen, &grid.line(&table[0], &plain));
    lines
}

/// Channel, who ships, orders, change, units, currency, sales, change, curve.
fn lanes(columns: usize) -> [Lane; 9] {
    let (left, right) = (Lane::LEFT, Lane::RIGHT);
    let channel = left.cut_to(if columns < 76 { 10 } else { 17 });
    [
        channel,
        left,
        right,
        right.goes(4),
        right.goes(1),
        left,
        right,
        right.goes(2),
        left.goes(3),
    ]
}

/// Puts the heading into the blank start of the first line, or above it where it is too long.
fn headed(span: &Span, lines: &mut Vec<String>, screen: &Screen, plain: &str) {
    let blank = plain.len() - plain.trim_start().len();
    let headings = headings(span, screen.by);
    let fits = headings
        .iter()
        .find(|heading| width(heading) + GAP <= blank);
    if let Some(heading) = fits {
        let rest = &lines[0][blank..];
        lines[0] = format!(
            "{}{}{rest}",
            screen.paint(BOLD, heading),
            " ".repeat(blank - width(heading))
        );
    } else {
        lines.insert(0, screen.paint(BOLD, &headings[0]));
    }
}

/// The heading, long and short.
fn headings(span: &Span, by: Period) -> [String; 2] {
    let label = safe(&span.label);
    let days = days(span.first, span.last);
    match by {
        _ if label.is_empty() && span.first == span.last => {
            [format!("All data: {}", span.first), span.first.to_string()]
        }
        _ if label.is_empty() => [
            format!("All data: {} to {}", span.first, span.last),
            format!("All, {days}"),
        ],
        Period::Day => [
            span.first.format("%A %Y-%m-%d").to_string(),
            span.first.format("%a %Y-%m-%d").to_string(),
        ],
        Period::Week => [format!("Week {label}, {days}"), format!("{label}, {days}")],
        Period::Month => [span.first.format("%B %Y").to_string(), label.into_owned()],
    }
}

/// `Jul 20 to 26`, `Jun 29 to Jul 5`.
fn days(first: NaiveDate, last: NaiveDate) -> String {
    let to = if first.month() == last.month() {
        last.format("%-d")
    } else {
        last.format("%b %-d")
    };
    format!("{} to {to}", first.format("%b %-d"))
}

/// How many decimals a row's sales are shown with.
fn places(row: &Sold) -> usize {
    let text = money(row.now().sales, row.decimals);
    text.split_once('.')
        .map_or(0, |(_, decimals)| decimals.len())
}

fn cells(row: &Sold, same_channel: bool, curve: bool, decimals: usize) -> Vec<Piece> {
    let now = row.now();
    let style = if row.fulfillment.is_empty() {
        BOLD
    } else {
        PLAIN
    };
    let channel = if row.channel.is_empty() {
        "(no channel)"
    } else {
        &row.channel
    };
    let fulfillment = if row.fulfillment == "fba" {
        "FBA"
    } else {
        &row.fulfillment
    };
    let changed = |of: fn(Sums) -> i128| {
        let (direction, text) = row.last().map_or((Ordering::Equal, String::new()), |last| {
            change(of(now), of(last))
        });
        let style = match direction {
            Ordering::Less => RED,
            Ordering::Equal => PLAIN,
            Ordering::Greater => GREEN,
        };
        Piece::new(style, &text)
    };
    let priced = row.currency.is_some();
    let (sales, versus) = if priced {
        // Decimal points stand below each other, also above a currency that has none.
        let (sales, have) = (money(now.sales, row.decimals), places(row));
        let blank = decimals + usize::from(decimals > 0) - have - usize::from(have > 0);
        (
            Piece::new(style, &(sales + &" ".repeat(blank))),
            changed(|sums| sums.sales),
        )
    } else if row.fulfillment.is_empty() {
        (Piece::none(), Piece::none())
    } else {
        (Piece::dim("unpriced"), Piece::none())
    };
    let value = |sums: Sums| {
        if priced {
            sums.sales
        } else {
            sums.units.into()
        }
    };
    vec![
        if same_channel {
            Piece::none()
        } else {
            Piece::new(style, channel)
        },
        Piece::plain(fulfillment),
        Piece::new(style, &grouped(now.orders)),
        changed(|sums| sums.orders.into()),
        Piece::new(style, &grouped(now.units)),
        Piece::plain(row.currency.as_deref().unwrap_or_default()),
        sales,
        versus,
        if curve {
            Piece::plain(&spark(row.series.iter().map(|sums| sums.map(value))))
        } else {
            Piece::none()
        },
    ]
}

/// A curve of blocks, as high as the highest; nothing known is a blank, nothing sold the lowest block.
fn spark(values: impl Iterator<Item = Option<i128>> + Clone) -> String {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let highest = values.clone().flatten().max().unwrap_or(0).max(1);
    let block = |value: i128| {
        let height = value
            .checked_mul(14)
            .map_or(7, |doubled| (doubled + highest) / (2 * highest));
        let height = if value > 0 { height.clamp(1, 7) } else { 0 };
        BLOCKS[usize::try_from(height).unwrap_or(7)]
    };
    values.map(|value| value.map_or(' ', block)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_tells_nothing_from_little_and_from_unknown() {
        assert_eq!(
            spark([None, Some(0), Some(1), Some(50), Some(100)].into_iter()),
            " ▁▂▅█"
        );
        assert_eq!(spark([Some(0), Some(0)].into_iter()), "▁▁");
    }

    #[test]
    fn headings_name_the_days() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let span = |label: &str, first, last| Span {
            label: label.into(),
            first: day(first),
            last: day(last),
            before: None,
        };
        assert_eq!(
            headings(&span("2026-W30", "2026-07-20", "2026-07-26"), Period::Week)[0],
            "Week 2026-W30, Jul 20 to 26"
        );
        assert_eq!(
            headings(&span("2026-W27", "2026-06-29", "2026-07-05"), Period::Week)[1],
            "2026-W27, Jun 29 to Jul 5"
        );
        assert_eq!(
            headings(&span("2026-06", "2026-06-01", "2026-06-30"), Period::Month)[0],
            "June 2026"
        );
        assert_eq!(
            headings(&span("2026-07-26", "2026-07-26", "2026-07-26"), Period::Day)[0],
            "Sunday 2026-07-26"
        );
    }
}
