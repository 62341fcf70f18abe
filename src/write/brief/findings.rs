//! Findings that a person should check, each with the command that shows more.

use crate::overview::{DataStatus, Overview};

use crate::write::number::{count, grouped};
use crate::write::sanitize::{cut, safe};

/// Lines at most; the rest is in `ordersift check`.
const LINES: usize = 3;

/// What a check found, as a reader says it; `one` and `many` follow the count.
struct Finding {
    check: &'static str,
    one: &'static str,
    many: &'static str,
    then: &'static str,
}

/// A check that is not here is called by its name.
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
        one: "order that differs between equally new files",
        many: "orders that differ between equally new files",
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
pub(super) fn findings(overview: &Overview) -> Vec<(String, &'static str)> {
    let data = &overview.data;
    let mut findings: Vec<(String, &str)> = Vec::new();
    if data.control.rejected > 0 {
        findings.push((rejects(data), CHECK));
    }
    let checks = data.findings().into_iter();
    findings.extend(checks.map(|(check, cases)| (struck(data, check, cases), then(check))));
    if findings.is_empty() {
        let review = &overview.review;
        let named =
            !review.anomalies.is_empty() || !review.high_rates.is_empty() || !data.gaps.is_empty();
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

/// `21 lines rejected, mostly item-price: not an amount`.
pub(super) fn rejects(data: &DataStatus) -> String {
    let mut text = format!("{} rejected", count(data.control.rejected, "line"));
    if let Some((reason, _)) = data.reject_reasons.first() {
        text.push_str(if data.reject_reasons.len() == 1 {
            ", "
        } else {
            ", mostly "
        });
        text.push_str(reason);
    }
    text
}

/// What a check found.
pub(super) fn struck(data: &DataStatus, check: &str, cases: i64) -> String {
    let Some(finding) = known(check) else {
        return format!("{}: {}", check.replace('_', " "), count(cases, "case"));
    };
    let noun = if cases == 1 {
        finding.one
    } else {
        finding.many
    };
    let names = (check == "unknown_status").then(|| unknown_statuses(data));
    let names = names.flatten();
    let names = names.map_or_else(String::new, |names| format!(": {names}"));
    format!("{} {noun}{names}", grouped(cases))
}

/// What to do about it.
fn then(check: &str) -> &'static str {
    known(check).map_or(CHECK, |finding| finding.then)
}

fn known(check: &str) -> Option<&'static Finding> {
    FINDINGS.iter().find(|finding| finding.check == check)
}

/// The unknown statuses themselves, two at most.
fn unknown_statuses(data: &DataStatus) -> Option<String> {
    let names = &data.unknown_statuses;
    let shown: Vec<String> = names
        .iter()
        .take(2)
        .map(|name| format!("\"{}\"", cut(&safe(name), 24)))
        .collect();
    let more = if names.len() > 2 { ", …" } else { "" };
    (!shown.is_empty()).then(|| shown.join(", ") + more)
}
