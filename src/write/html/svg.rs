//! Pictures as SVG, drawn with integers: the same picture gives the same bytes on every machine.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::super::number::{grouped, money, percent_of_millionths};
use super::super::plot::{Drawn, Grid, Plot, Unit};
use super::axis::{Axis, short};
use super::inline::named;

/// The room for what is drawn, in the units of the picture.
const WIDTH: i128 = 720;
const HEIGHT: i128 = 200;
/// Left of it, the values; below it, the ticks.
const LEFT: i128 = 64;
const BELOW: i128 = 26;
const ABOVE: i128 = 10;
const RIGHT: i128 = 38;

/// The picture with its legend.
pub(super) fn figure(plot: &Plot) -> Markup {
    html! {
        figure {
            figcaption { (named(&plot.title)) }
            @match &plot.drawn {
                Drawn::Lines(grid) => { (legend(grid)) (lines(plot, grid)) }
                Drawn::Bars(grid) => { (legend(grid)) (bars(plot, grid)) }
                Drawn::Fields(grid) => (fields(plot, grid)),
                Drawn::Curve { shares, classes } => (curve(plot, shares, classes)),
            }
        }
    }
}

fn legend(grid: &Grid) -> Markup {
    html! {
        ul.legend {
            @for (place, series) in grid.series.iter().enumerate() {
                li { svg viewBox="0 0 10 10" aria-hidden="true" { rect .(class(place)) width="10" height="10" rx="2" {} } (named(&series.name)) }
            }
        }
    }
}

fn class(place: usize) -> String {
    format!("s{}", place.min(5))
}

/// A value as a reader reads it.
fn shown(unit: Unit, value: i128) -> String {
    match unit {
        Unit::Count => grouped(value),
        Unit::Money(decimals) => money(value, decimals),
        Unit::Share => percent_of_millionths(value),
    }
}

/// Where a tick stands.
fn across(tick: usize, ticks: usize) -> i128 {
    let (tick, steps) = (as_number(tick), as_number(ticks.saturating_sub(1)).max(1));
    LEFT + tick * (WIDTH - LEFT - RIGHT) / steps
}

fn as_number(place: usize) -> i128 {
    i128::try_from(place).unwrap_or(i128::MAX)
}

/// How far down a value stands.
fn down(value: i128, top: i128) -> i128 {
    let height = value
        .max(0)
        .checked_mul(HEIGHT)
        .map_or(HEIGHT, |scaled| scaled / top.max(1));
    ABOVE + HEIGHT - height.min(HEIGHT)
}

fn frame(plot: &Plot, height: i128, inside: &Markup) -> Markup {
    html! {
        svg.chart viewBox=(format!("0 0 {WIDTH} {height}")) role="img" aria-label=(named(&plot.title)) { (inside) }
    }
}

/// The lines at round values, and what they stand for.
fn levels(axis: &Axis, unit: Unit) -> Markup {
    html! {
        @for level in axis.levels() {
            @let y = down(level, axis.top);
            line.level x1=(LEFT) y1=(y) x2=(WIDTH - RIGHT) y2=(y) {}
            text.value x=(LEFT - 8) y=(y + 4) { (short(unit, level)) }
        }
    }
}

fn lines(plot: &Plot, grid: &Grid) -> Markup {
    let highest = grid
        .series
        .iter()
        .flat_map(|series| &series.values)
        .flatten()
        .copied();
    let axis = Axis::up_to(highest.max().unwrap_or(0), plot.unit);
    let ticks = grid.ticks.len();
    // As many labels as there is room for, the last one always.
    let step = ticks.div_ceil(7).max(1);
    let base = ABOVE + HEIGHT;
    let inside = html! {
        (levels(&axis, plot.unit))
        @for (tick, label) in grid.ticks.iter().enumerate() {
            @if (ticks - 1 - tick).is_multiple_of(step) && !label.is_empty() {
                text.tick x=(across(tick, ticks)) y=(base + 18) { (named(label)) }
            }
        }
        @for (place, series) in grid.series.iter().enumerate().rev() {
            path .line .(class(place)) d=(path(&series.values, axis.top)) {}
        }
        @for (place, series) in grid.series.iter().enumerate() {
            @for (tick, value) in series.values.iter().enumerate() {
                @if let Some(value) = value {
                    circle .(class(place)) cx=(across(tick, ticks)) cy=(down(*value, axis.top)) r="3" {
                        title { (named(&grid.ticks[tick])) ": " (named(&series.name)) " " (shown(plot.unit, *value)) }
                    }
                }
            }
        }
    };
    frame(plot, ABOVE + HEIGHT + BELOW, &inside)
}

/// A path through all known values, broken where nothing is known.
fn path(values: &[Option<i128>], top: i128) -> String {
    let mut path = String::new();
    let mut broken = true;
    for (tick, value) in values.iter().enumerate() {
        let Some(value) = value else {
            broken = true;
            continue;
        };
        path.push(if std::mem::take(&mut broken) {
            'M'
        } else {
            'L'
        });
        let (x, y) = (across(tick, values.len()), down(*value, top));
        let _ = write!(path, "{x} {y}");
    }
    path
}

fn bars(plot: &Plot, grid: &Grid) -> Markup {
    const ROW: i128 = 34;
    let room = WIDTH - LEFT - 40 - RIGHT;
    let bar = |tick: usize| -> Vec<(usize, i128, i128, i128)> {
        let value = |series: usize| grid.series[series].values[tick].unwrap_or(0).max(0);
        let total: i128 = (0..grid.series.len()).map(value).sum();
        let mut before = 0;
        (0..grid.series.len())
            .map(|series| {
                let (from, part) = (before, value(series));
                before += part;
                let at = |sum: i128| LEFT + 40 + sum * room / total.max(1);
                (series, part, at(from), at(before) - at(from))
            })
            .collect()
    };
    let inside = html! {
        @for (tick, label) in grid.ticks.iter().enumerate() {
            @let y = ABOVE + as_number(tick) * ROW;
            text.value x=(LEFT + 32) y=(y + 17) { (named(label)) }
            @let parts = bar(tick);
            @let total: i128 = parts.iter().map(|(_, part, ..)| part).sum();
            @for (series, part, x, width) in parts {
                @if part > 0 {
                    rect .(class(series)) x=(x) y=(y) width=(width.max(1)) height=(ROW - 10) {
                        title {
                            (named(label)) ": " (named(&grid.series[series].name)) " " (grouped(part)) " ("
                            (percent_of_millionths(part.saturating_mul(1_000_000) / total.max(1))) ")"
                        }
                    }
                }
            }
        }
    };
    frame(plot, ABOVE + as_number(grid.ticks.len()) * ROW + 4, &inside)
}

fn fields(plot: &Plot, grid: &Grid) -> Markup {
    const ROW: i128 = 24;
    const LEFT: i128 = 56;
    /// Letters of the name of a row: those of a weekday are enough, and fit on a phone.
    const LETTERS: usize = 3;
    let values = || grid.series.iter().flat_map(|series| &series.values);
    let highest = values().flatten().copied().max().unwrap_or(0).max(1);
    let width = (WIDTH - LEFT - RIGHT) / as_number(grid.ticks.len()).max(1);
    // Nothing is nothing; the least that is something can be told from it.
    let shade = |value: i128| {
        if value > 0 {
            1 + value.saturating_mul(8) / highest
        } else {
            0
        }
    };
    let inside = html! {
        @for (row, series) in grid.series.iter().enumerate() {
            @let y = ABOVE + as_number(row) * ROW;
            text.value x=(LEFT - 8) y=(y + 15) { (named(&series.name).chars().take(LETTERS).collect::<String>()) }
            @for (tick, value) in series.values.iter().enumerate() {
                @let value = value.unwrap_or(0);
                rect .field .(format!("h{}", shade(value))) x=(LEFT + as_number(tick) * width) y=(y) width=(width - 2) height=(ROW - 2) rx="2" {
                    title { (named(&series.name)) " " (named(&grid.ticks[tick])) ": " (shown(plot.unit, value)) }
                }
            }
        }
        @let y = ABOVE + as_number(grid.series.len()) * ROW;
        @for (tick, label) in grid.ticks.iter().enumerate() {
            @if tick.is_multiple_of(3) {
                text.tick x=(LEFT + as_number(tick) * width + width / 2 - 1) y=(y + 14) { (named(label)) }
            }
        }
    };
    frame(
        plot,
        ABOVE + as_number(grid.series.len()) * ROW + BELOW,
        &inside,
    )
}

fn curve(plot: &Plot, shares: &[i128], classes: &[(String, usize)]) -> Markup {
    const POINTS: usize = 240;
    const WHOLE: i128 = 1_000_000;
    let rows = shares.len();
    let at = |row: usize| LEFT + as_number(row) * (WIDTH - LEFT - RIGHT) / as_number(rows).max(1);
    let axis = Axis::up_to(WHOLE, Unit::Share);
    let mut points: Vec<usize> = (0..POINTS.min(rows))
        .map(|point| point * rows / POINTS.min(rows))
        .collect();
    points.push(rows - 1);
    points.dedup();
    let mut line = String::new();
    for row in &points {
        let _ = write!(line, "L{} {}", at(row + 1), down(shares[*row], WHOLE));
    }
    let base = ABOVE + HEIGHT;
    let mut marks = Vec::new();
    let mut until = 0;
    for (class, count) in classes {
        let from = until;
        until += count;
        let share = shares.get(until.wrapping_sub(1)).copied().unwrap_or(WHOLE);
        marks.push((class, *count, at(from), at(until), share));
    }
    let inside = html! {
        (levels(&axis, Unit::Share))
        path.area d=(format!("M{LEFT} {base}{line}L{} {base}Z", at(rows))) {}
        path.line.s0 d=(format!("M{LEFT} {base}{line}")) {}
        @for (class, count, from, to, share) in &marks {
            @if *to < at(rows) { line.mark x1=(to) y1=(ABOVE) x2=(to) y2=(base) {} }
            @if to - from > 24 {
                text.tick x=(i128::midpoint(*from, *to)) y=(base + 18) { (named(class)) ": " (grouped(count)) }
            }
            rect.hover x=(from) y=(ABOVE) width=((to - from).max(1)) height=(HEIGHT) {
                title { (named(class)) ": " (grouped(count)) " of " (grouped(rows)) ", up to " (percent_of_millionths(*share)) }
            }
        }
    };
    frame(plot, base + BELOW, &inside)
}
