//! Can it be trusted: every line accounted for as one bar, and the days that the files hold.

use chrono::{Datelike, NaiveDate};
use maud::{Markup, html};

use crate::overview::Overview;
use crate::table::{DayState, Document};
use crate::write::brief;
use crate::write::number::{count, grouped, share};

use super::inline::flow_line;

/// Days that are drawn one by one; of more, stretches are drawn.
const SINGLE: usize = 70;
const WIDE: i64 = 500;

/// The control totals and the days.
pub(super) fn trust(document: &Document, overview: &Overview) -> Markup {
    html! {
        (control(document))
        @if let Some((first, states)) = document.day_states() { (days(first, &states)) }
        @if let Some(gaps) = brief::gaps(overview) { p.note { (flow_line(&gaps.flow)) } }
        @if !document.gates.is_empty() {
            ul #gates tabindex="-1" { @for gate in &document.gates {
                li .bad[gate.failed] { (if gate.failed { "✗ failed: " } else { "✓ passed: " }) code { (crate::write::sanitize::safe(&gate.condition)) } ", it is " (gate.found) }
            } }
        }
    }
}

fn control(document: &Document) -> Markup {
    let control = document.control;
    let parts = [
        (control.kept, "t0", "kept"),
        (control.superseded, "t1", "superseded by a newer file"),
        (control.repeated, "t2", "repeated in a copy of a file"),
        (control.rejected, "t3", "rejected"),
    ];
    let all = u128::from(control.lines_read).max(1);
    let mut from = 0;
    let mut bars = Vec::new();
    for (lines, class, _) in parts {
        let lines = u128::from(lines);
        if lines > 0 {
            bars.push((class, from * 1_000 / all, (lines * 1_000 / all).max(3)));
        }
        from += lines;
    }
    html! {
        p { strong { (count(control.lines_read, "line")) } " read" @if control.adds_up() { ": every one is accounted for." } @else { span.bad { ": this does not add up." } } }
        svg.strip viewBox="0 0 1000 28" preserveAspectRatio="none" role="img" aria-label="Lines read, by what became of them" {
            @for (class, x, width) in bars { rect .(class) x=(x) width=(width) height="28" {} }
        }
        ul.counts { @for (lines, class, what) in parts { @if lines > 0 || class == "t3" {
            li { svg viewBox="0 0 10 10" aria-hidden="true" { rect .(class) width="10" height="10" rx="2" {} }
                strong { (grouped(lines)) } " " (what) " "
                span.dim { (part(lines, control.lines_read)) } }
        } } }
    }
}

fn part(lines: u64, all: u64) -> String {
    let number = |lines: u64| i64::try_from(lines).unwrap_or(i64::MAX);
    share(number(lines), number(all))
}

fn days(first: NaiveDate, states: &[DayState]) -> Markup {
    let all = states.len();
    let many = |state: DayState| states.iter().filter(|own| **own == state).count();
    let length = i64::try_from(all).unwrap_or(i64::MAX).max(1);
    let at = |place: usize| i64::try_from(place).unwrap_or(i64::MAX) * WIDE / length;
    let day = |place: usize| first + chrono::Days::new(u64::try_from(place).unwrap_or(u64::MAX));
    let named = |state: DayState| match state {
        DayState::Missing => ("d2", "in no file"),
        DayState::Part => ("d1", "in part"),
        DayState::Covered => ("d0", "in the files"),
    };
    let mut stretches: Vec<(usize, usize, DayState)> = Vec::new();
    for (place, state) in states.iter().copied().enumerate() {
        match stretches.last_mut() {
            Some((_, to, own)) if *own == state && all > SINGLE => *to = place,
            _ => stretches.push((place, place, state)),
        }
    }
    let gap = i64::from(all <= SINGLE) * 2;
    let counts =
        [DayState::Covered, DayState::Part, DayState::Missing].map(|state| (state, many(state)));
    html! {
        p { strong { (count(i128::from(length), "day")) } " from " (first) " to " (day(all.saturating_sub(1))) "." }
        svg.days viewBox=(format!("0 0 {WIDE} 44")) role="img" aria-label="Days that the files hold" {
            @for (from, to, state) in &stretches {
                @let (class, what) = named(*state);
                @let (x, width) = (at(*from), (at(to + 1) - at(*from) - gap).max(2));
                rect .(class) x=(x) y=(if *state == DayState::Missing { 10 } else { 0 }) width=(width) height=(if *state == DayState::Missing { 8 } else { 28 }) {
                    title { (day(*from)) @if from != to { " to " (day(*to)) } ": " (what) }
                }
            }
            @for (place, label) in ticks(first, all) { text.tick x=(at(place)) y="41" { (label) } }
        }
        ul.counts { @for (state, days) in counts { @if days > 0 {
            @let (class, what) = named(state);
            li { svg viewBox="0 0 10 10" aria-hidden="true" { rect .(class) y=(if state == DayState::Missing { 3 } else { 0 }) width="10" height=(if state == DayState::Missing { 4 } else { 10 }) {} } strong { (grouped(days)) } " " (what) }
        } } }
    }
}

/// Names of days, months or years along the strip, at most eight of them.
fn ticks(first: NaiveDate, all: usize) -> Vec<(usize, String)> {
    let day = |place: usize| first + chrono::Days::new(u64::try_from(place).unwrap_or(u64::MAX));
    let named = |place: usize| -> Option<String> {
        let day = day(place);
        match all {
            ..=SINGLE => (day.weekday().num_days_from_monday() == 0)
                .then(|| day.format("%b %-d").to_string()),
            71..=800 => (day.day() == 1).then(|| day.format("%b %Y").to_string()),
            _ => (day.ordinal() == 1).then(|| day.format("%Y").to_string()),
        }
    };
    let found: Vec<(usize, String)> = (0..all)
        .filter_map(|place| Some((place, named(place)?)))
        .collect();
    let step = found.len().div_ceil(8).max(1);
    let room = |place: usize| place * 20 >= all && (all - place) * 20 >= all;
    found
        .into_iter()
        .step_by(step)
        .filter(|(place, _)| room(*place))
        .collect()
}
