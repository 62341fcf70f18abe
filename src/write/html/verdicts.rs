//! The verdicts on the page: what needs a person now, each a link to the table that proves it.

use maud::{Markup, html};

use crate::overview::{Overview, Severity};
use crate::table::Document;
use crate::write::brief::verdicts;
use crate::write::sanitize::safe;

/// The verdicts, the worst first. Nothing in a comparison.
pub(super) fn list(document: &Document, overview: &Overview) -> Markup {
    if document.compared.is_some() {
        return html! {};
    }
    let verdicts = verdicts(document, overview);
    html! {
        ul #verdicts aria-label="What needs a person now" {
            @for verdict in &verdicts.told {
                @let (class, sign, word) = match verdict.severity {
                    Severity::Bad => ("verdict bad", "!", "Now"),
                    Severity::Warning => ("verdict warn", "?", "Check"),
                };
                li.(class) {
                    a href={ "#" (target(document, verdict.evidence)) } {
                        span.sign aria-hidden="true" { (sign) } span.word { (word) ": " } (safe(&verdict.text))
                    }
                }
            }
            @if !verdicts.others.is_empty() { li.more { details { summary { "and " (verdicts.others.len()) " more" } ul { @for verdict in &verdicts.others {
                li { a href={ "#" (target(document, verdict.evidence)) } { (safe(&verdict.text)) } }
            } } } } }
            @if verdicts.told.is_empty() { li.verdict.good { span.sign aria-hidden="true" { "✓" } "Nothing needs attention." } }
        }
    }
}

/// The table, if the page has it.
fn target<'e>(document: &Document, evidence: &'e str) -> &'e str {
    let there = document
        .table(evidence)
        .is_some_and(|table| table.height() > 0);
    if there || evidence == "gates" {
        evidence
    } else {
        "data"
    }
}
