//! Findings that a person should check, each with the command that shows more.

use crate::overview::Overview;
use crate::table::{Cell, Document, reject_reasons};

use crate::write::brief::{gaps, rates, unusual};
use crate::write::number::{count, grouped};
use crate::write::sanitize::{cut, safe};

/// Lines at most; the rest is in `ordersift check`.
const LINES: usize = 3;

/// Checks that are no reason to look: they happen in every sound file, or the program has settled them.
const SETTLED: [&str; 5] = [
    "cancelled_with_price",
    // Those that are news are the gaps above all else.
    "days_without_orders",
    "live_line_of_zero_units",
    "repeated_header",
    "days_past_promise_differs",
];

/// What a check found, as a reader says it; `one` and `many` follow the count.
struct Finding {
    check: &'static str,
    one: &'static str,
    many: &'static str,
    then: &'static str,
}

/// In the order of what they can do to a number. A check that is not here is called by its name.
const FINDINGS: [Finding; 8] = [
    Finding {
        check: "fx_missing",
        one: "day by currency has no rate",
        many: "days by currency have no rate",
        then: "add them to the file of --fx",
    },
    Finding {
        check: "unknown_status",
        one: "line of unknown status",
        many: "lines of unknown status",
        then: CHECK,
    },
    Finding {
        check: "unknown_fulfillment",
        one: "line of unknown fulfillment",
        many: "lines of unknown fulfillment",
        then: CHECK,
    },
    Finding {
        check: "channel_without_zone",
        one: "line of a channel without a known time zone",
        many: "lines of a channel without a known time zone",
        then: "--time-zone",
    },
    Finding {
        check: "order_field_conflicts",
        one: "order whose lines disagree",
        many: "orders whose lines disagree",
        then: CHECK,
    },
    Finding {
        check: "snapshot_ties",
        one: "order in two equally new files that differ",
        many: "orders in two equally new files that differ",
        then: CHECK,
    },
    Finding {
        check: "promise_zone_mismatch",
        one: "promise of another time zone",
        many: "promises of another time zone",
        then: CHECK,
    },
    Finding {
        check: "names_not_utf8",
        one: "product name in another encoding",
        many: "product names in another encoding",
        then: CHECK,
    },
];

const CHECK: &str = "ordersift check";

/// What was found, and what to do about it; at least one thing.
pub(super) fn findings(document: &Document, overview: &Overview) -> Vec<(String, &'static str)> {
    let mut findings: Vec<(String, &str)> = rejects(document).into_iter().collect();
    findings.extend(checks(document));
    if findings.is_empty() {
        let named = unusual::any(document)
            || rates::rates(document).is_some()
            || gaps::gaps(document, overview).is_some();
        let other = if named { "else " } else { "" };
        let text = format!("nothing {other}stands out");
        findings.push((text, "every table: --out DIR"));
    }
    let more = findings.len().saturating_sub(LINES);
    if more > 0 {
        findings.truncate(LINES - 1);
        findings.push((format!("and {} more", more + 1), CHECK));
    }
    findings
}

/// What was found, each with the table that proves it.
pub(super) fn found(document: &Document) -> impl Iterator<Item = (String, &'static str)> {
    let rejects = rejects(document).map(|(text, _)| (text, "rejects"));
    let checks = checks(document).into_iter();
    rejects
        .into_iter()
        .chain(checks.map(|(text, _)| (text, "quality")))
}

/// `21 lines rejected, mostly item-price: not an amount`.
fn rejects(document: &Document) -> Option<(String, &'static str)> {
    let rejected = document.control.rejected;
    if rejected == 0 {
        return None;
    }
    let mut text = format!("{} rejected", count(rejected, "line"));
    let reasons = reject_reasons(&document.rejects);
    if let Some((reason, _)) = reasons.first() {
        text.push_str(if reasons.len() == 1 {
            ", "
        } else {
            ", mostly "
        });
        text.push_str(reason);
    }
    Some((text, CHECK))
}

/// The checks that struck and matter: those we have words for first.
fn checks(document: &Document) -> Vec<(String, &'static str)> {
    let Some(table) = document.table("quality") else {
        return Vec::new();
    };
    let struck = |row: usize| match (
        table.cell(row, 0),
        table.index("count").map(|column| table.cell(row, column)),
    ) {
        (Cell::Text(check), Some(Cell::Count(count))) if count > 0 && !SETTLED.contains(&check) => {
            Some((check, count))
        }
        _ => None,
    };
    let mut found: Vec<(usize, String, &'static str)> = (0..table.height())
        .filter_map(struck)
        .map(
            |(check, struck)| match FINDINGS.iter().position(|finding| finding.check == check) {
                Some(rank) => {
                    let finding = &FINDINGS[rank];
                    let noun = if struck == 1 {
                        finding.one
                    } else {
                        finding.many
                    };
                    (
                        rank,
                        format!("{} {}", grouped(struck), detail(document, check, noun)),
                        finding.then,
                    )
                }
                None => (
                    FINDINGS.len(),
                    format!("{}: {}", check.replace('_', " "), count(struck, "case")),
                    CHECK,
                ),
            },
        )
        .collect();
    found.sort();
    found
        .into_iter()
        .map(|(_, text, then)| (text, then))
        .collect()
}

/// The noun, and of unknown statuses what they are.
fn detail(document: &Document, check: &str, noun: &str) -> String {
    let names = (check == "unknown_status").then(|| unknown_statuses(document));
    names
        .flatten()
        .map_or_else(|| noun.to_owned(), |names| format!("{noun}: {names}"))
}

/// The unknown statuses themselves, two at most.
fn unknown_statuses(document: &Document) -> Option<String> {
    let table = document.table("status")?;
    let (group, status) = (table.index("status_group")?, table.index("status")?);
    let mut names: Vec<&str> = (0..table.height())
        .filter(|row| table.cell(*row, group) == Cell::Text("unknown"))
        .filter_map(|row| {
            if let Cell::Text(status) = table.cell(row, status) {
                Some(status)
            } else {
                None
            }
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    let shown: Vec<String> = names
        .iter()
        .take(2)
        .map(|name| format!("\"{}\"", cut(&safe(name), 24)))
        .collect();
    let more = if names.len() > 2 { ", …" } else { "" };
    (!shown.is_empty()).then(|| shown.join(", ") + more)
}
