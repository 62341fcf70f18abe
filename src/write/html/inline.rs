//! Texts inside a line of the page: pieces in their tones, and names as readers know them.

use std::borrow::Cow;

use maud::{Markup, html};

use crate::table::Document;

use crate::write::sanitize::safe;
use crate::write::wrap::Flow;

/// The pieces of a flow one after the other, the program's own name left out.
pub(super) fn flow_line(flow: &Flow) -> Markup {
    let pieces = flow
        .pieces()
        .filter(|(_, piece)| piece.text() != "ordersift");
    html! {
        @for (place, (separator, piece)) in pieces.enumerate() {
            @if place > 0 { (separator) }
            @match piece.tone() {
                Some(tone) => span.(tone) { (piece.text()) },
                None => (piece.text()),
            }
        }
    }
}

/// A name of the reports as readers know it.
pub(super) fn named(name: &str) -> Cow<'_, str> {
    if name == "fba" {
        "FBA".into()
    } else {
        safe(name)
    }
}

/// A link to a table; nothing if the page does not have it.
pub(super) fn table_link(document: &Document, table: &str, text: &str) -> Markup {
    let there = document
        .table(table)
        .is_some_and(|table| table.height() > 0);
    html! { @if there { a href={ "#" (table) } { (text) } } }
}
