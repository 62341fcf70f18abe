//! Reasons why a part of the first screen is empty: no file of that kind, no match for the filters, or nothing in the files.

use crate::table::{ALL_ORDERS, Document};

/// Options that select lines. The second line of the screen names those that are set.
const FILTERS: [&str; 6] = ["from", "to", "channel", "fulfillment", "sku", "country"];

fn has_file(document: &Document, kinds: &[&str]) -> bool {
    let mut read = document.kinds.iter();
    read.any(|(kind, files)| kinds.contains(kind) && *files > 0)
}

fn filters(document: &Document) -> bool {
    let mut options = document.options.iter();
    options.any(|(name, _)| FILTERS.contains(name))
}

/// The reason why there are no sales.
pub(in super::super) fn no_sales(document: &Document) -> &'static str {
    if !has_file(document, ALL_ORDERS) {
        "unknown without an all-orders report: add the newest one"
    } else if filters(document) {
        "no order in the files matches the filters (ordersift check lists the channels)"
    } else {
        "no order in the all-orders files"
    }
}

/// The reason why no order is open.
pub(in super::super) fn no_open_orders(document: &Document) -> &'static str {
    if !has_file(document, &["unshipped"]) {
        "unknown without an unshipped-orders report: add the newest one"
    } else if filters(document) {
        "nothing: no open order matches the filters"
    } else {
        "nothing: no order is open in the newest unshipped file"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::fixtures;

    #[test]
    fn filters_without_a_match_are_not_a_missing_report() {
        let mut document = fixtures::backlog_alone();
        assert!(no_sales(&document).starts_with("unknown without an all-orders report"));
        document.kinds = vec![("all-orders", 1), ("unshipped", 1)];
        assert_eq!(no_sales(&document), "no order in the all-orders files");
        document.options.push(("channel", "de".to_owned()));
        assert!(no_sales(&document).contains("matches the filters"));
        assert!(no_open_orders(&document).contains("matches the filters"));
    }
}
