//! The head of a report: what was read, and the moment that it is as of.

use chrono::{DateTime, Datelike};
use chrono_tz::Tz;

use crate::overview::{OpenOrders, Overview, StaleFiles};
use crate::table::{Document, Subject};

use super::super::number::{count, count_of, grouped, size};
use super::super::screen::{BOLD, Piece};
use super::span::day;
use crate::write::wrap::Flow;

/// What was read: `took` says how long it took, if anybody is to know.
pub(in super::super) fn read(document: &Document, took: Option<&str>) -> Flow {
    let mut read = Flow::default();
    read.add("", Piece::new(BOLD, "ordersift"));
    read.dot(Piece::plain(&files(document)));

    let lines = count(document.control.lines_read, "line");
    read.dot(Piece::plain(&format!("{lines}, {}", size(document.bytes))));
    if let Some(took) = took {
        read.maybe(" in ", Piece::plain(took));
    }
    read
}

/// `as of Mon 2026-07-27 06:58 Los Angeles`, or that there is no such moment.
pub(in super::super) fn as_of(document: &Document) -> String {
    let Some(as_of) = &document.as_of else {
        return "no date in the files".to_owned();
    };
    let zone = document.as_of_zone.parse::<Tz>().unwrap_or(Tz::UTC);
    let local = DateTime::parse_from_rfc3339(as_of)
        .map(|moment| moment.with_timezone(&zone).format("%a %Y-%m-%d %H:%M"));
    match local {
        Ok(local) => format!("as of {local} {}", city(document)),
        Err(_) => format!("as of {as_of}"),
    }
}

/// How much older than the report the files of a subject are. `None` if they are not.
pub(super) fn older(overview: &Overview, subject: Subject) -> Option<String> {
    overview.data.stale(subject).map(ended)
}

/// `the all-orders files end Jun 20, 37 days earlier`.
pub(in super::super) fn ended(stale: &StaleFiles) -> String {
    let (plural, ends) = if stale.files == 1 {
        ("", "ends")
    } else {
        ("s", "end")
    };
    format!(
        "the {} file{plural} {ends} {}, {} earlier",
        stale.subject.name(),
        day(stale.newest, Some(stale.today.year())),
        count(stale.days(), "day")
    )
}

/// The place whose midnight ends the promises, or that each has its own.
pub(in super::super) fn clock(document: &Document, open: &OpenOrders) -> String {
    if open.one_clock {
        city(document)
    } else {
        "local time".to_owned()
    }
}

/// The zone as a reader calls it: `Los Angeles`.
pub(super) fn city(document: &Document) -> String {
    let zone = &document.as_of_zone;
    zone.rsplit('/').next().unwrap_or(zone).replace('_', " ")
}

/// `4 files (3 all-orders, 1 unshipped)`.
fn files(document: &Document) -> String {
    let kinds: Vec<_> = document
        .kinds
        .iter()
        .filter(|(_, files)| *files > 0)
        .collect();
    if let [(kind, files)] = kinds[..] {
        return count_of(*files, &format!("{kind} file"));
    }
    let files: usize = kinds.iter().map(|(_, files)| files).sum();
    let parts: Vec<_> = kinds
        .iter()
        .map(|(kind, files)| format!("{} {kind}", grouped(files)))
        .collect();
    let parts = if parts.is_empty() {
        String::new()
    } else {
        format!(" ({})", parts.join(", "))
    };
    count_of(files, "file") + &parts
}

/// The moment that the run is judged at, and what was asked for.
pub(in super::super) fn judged(document: &Document) -> Flow {
    let mut flow = Flow::default();
    let source = if document.as_of.is_some() {
        format!(" ({})", document.as_of_source)
    } else {
        String::new()
    };
    flow.add("", Piece::plain(&(as_of(document) + &source)));

    let option = |name: &str| {
        document
            .options
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.as_str())
    };
    match option("time_zone") {
        Some(zone) => flow.dot(Piece::plain(&format!("days in {zone}"))),
        None => flow.maybe(" · ", Piece::dim("marketplace days")),
    }
    for (name, value) in &document.options {
        match *name {
            "time_zone" | "as_of" => {}
            "week_start" => flow.dot(Piece::plain(&format!("weeks from {}", capital(value)))),
            "from" | "to" => flow.dot(Piece::plain(&format!("only {name} {value}"))),
            _ => flow.dot(Piece::plain(&format!("{} {value}", name.replace('_', " ")))),
        }
    }
    flow
}

/// `sunday` as `Sunday`.
pub(in super::super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
