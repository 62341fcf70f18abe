//! The block of sales, aligned: a row for each channel, fulfillment, and currency.

use std::cmp::Ordering;

use crate::overview::{ChannelSales, PERIODS, PeriodSales, SalesSums, Span};
use crate::table::Document;

use super::super::brief::{fold, headings, no_sales, totals};
use super::super::grid::{GAP, Grid, Lane, widths};
use super::super::number::{change, count, grouped, money};
use super::super::screen::{BOLD, GREEN, PLAIN, Piece, RED, Screen};
use super::super::spark::spark;
use crate::write::sanitize::width;
use crate::write::wrap::Flow;

/// Rows before the smaller ones are folded.
const ROWS: usize = 10;

/// Fewer periods than these make no curve.
const CURVE: usize = 3;

pub(super) fn lines(
    document: &Document,
    sales: Option<PeriodSales>,
    screen: &Screen,
    room: usize,
) -> Vec<String> {
    let Some(PeriodSales {
        span,
        rows: sold,
        complete,
        ..
    }) = sales
    else {
        let mut flow = Flow::default();
        flow.add("", Piece::dim(no_sales(document)));
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

fn draw(
    span: &Span,
    rows: &[ChannelSales],
    totals: &[ChannelSales],
    screen: &Screen,
) -> Vec<String> {
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

/// Channel, fulfillment, orders, change, units, currency, sales, change, curve.
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

/// How many decimals a row's sales are shown with.
fn places(row: &ChannelSales) -> usize {
    let text = money(row.now().sales, row.decimals);
    text.split_once('.')
        .map_or(0, |(_, decimals)| decimals.len())
}

fn cells(row: &ChannelSales, same_channel: bool, curve: bool, decimals: usize) -> Vec<Piece> {
    let now = row.now();
    let style = if row.fulfillment.is_empty() {
        BOLD
    } else {
        PLAIN
    };
    let changed = |of: fn(SalesSums) -> i128| {
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
    vec![
        if same_channel {
            Piece::none()
        } else {
            Piece::new(style, row.place())
        },
        Piece::plain(row.ships()),
        Piece::new(style, &grouped(now.orders)),
        changed(|sums| sums.orders.into()),
        Piece::new(style, &grouped(now.units)),
        Piece::plain(row.currency.as_deref().unwrap_or_default()),
        sales,
        versus,
        if curve {
            Piece::plain(&spark(row.curve().into_iter()))
        } else {
            Piece::none()
        },
    ]
}
