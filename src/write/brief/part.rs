//! The tables of a part of a report: those with rows, and what would fill the others.

use std::borrow::Cow;

use crate::table::{Document, Part, Table, TableSpec};

/// Tables without a row that one thing would fill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Missing {
    /// Their titles, in the order of a report.
    pub(in super::super) titles: Vec<&'static str>,
    /// What would fill them, or why nothing would.
    pub(in super::super) remedy: String,
}

/// The parts that a document has tables of, in the order of a report.
pub(in super::super) fn parts(document: &Document) -> impl Iterator<Item = Part> {
    let any = |part: &Part| document.tables.iter().any(|table| table.spec.part == *part);
    Part::ALL.into_iter().filter(any)
}

/// The tables of a part that have rows.
pub(in super::super) fn filled(document: &Document, part: Part) -> impl Iterator<Item = &Table> {
    let tables = document.tables.iter();
    tables.filter(move |table| table.spec.part == part && table.height() > 0)
}

/// The tables of a part that have none, by what would fill them.
pub(in super::super) fn missing(document: &Document, part: Part) -> Vec<Missing> {
    let mut missing: Vec<Missing> = Vec::new();
    for table in &document.tables {
        if table.spec.part != part || table.height() > 0 {
            continue;
        }
        let (title, remedy) = (table.spec.title, remedy(document, table.spec));
        match missing.iter_mut().find(|known| known.remedy == remedy) {
            Some(known) => known.titles.push(title),
            None => missing.push(Missing {
                titles: vec![title],
                remedy,
            }),
        }
    }
    missing
}

/// What a table tells, in a sentence: the beginning of its definition.
pub(in super::super) fn tells(table: &Table) -> String {
    let definition = table.definition();
    let ends = ["; ", ". "].map(|end| definition.find(end).unwrap_or(definition.len()));
    let sentence = &definition[..ends[0].min(ends[1])];
    sentence.trim_end_matches('.').to_owned()
}

/// What would fill a table.
fn remedy(document: &Document, spec: &TableSpec) -> String {
    let asked = |option: &str| document.options.iter().any(|(name, _)| *name == option);
    let read = |kind: &&str| {
        let known = document.kinds.iter().find(|(known, _)| known == kind);
        known.is_some_and(|(_, files)| *files > 0)
    };
    // Reports in XML have the same lines as those they are named after.
    let kinds: Vec<&str> = spec
        .filled_by
        .iter()
        .copied()
        .filter(|kind| !kind.ends_with("-xml"))
        .collect();
    if spec.name == "pending_estimate" && !asked("estimate_pending") {
        "--estimate-pending fills it".to_owned()
    } else if kinds.is_empty() || spec.filled_by.iter().any(read) {
        "no row in these files".to_owned()
    } else {
        format!("needs a file of kind {}", list(&kinds))
    }
}

/// `a`, `a or b`, `a, b or c`.
fn list(names: &[&str]) -> Cow<'static, str> {
    match names {
        [] => "".into(),
        [only] => (*only).to_owned().into(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::fixtures;

    #[test]
    fn a_table_without_rows_says_what_would_fill_it() {
        let mut document = fixtures::first_week();
        let empty = |name: &str| {
            let table = document.table(name).unwrap();
            let none = table.typed().unwrap().head(Some(0));
            Table::from_frame(table.spec, &none)
        };
        let (late, skus) = (empty("late").unwrap(), empty("rejects").unwrap());
        document.tables = vec![late, skus];
        let parts: Vec<Part> = parts(&document).collect();
        assert_eq!(parts, [Part::Shipping, Part::Data]);
        assert_eq!(
            missing(&document, Part::Shipping)[0].remedy,
            "no row in these files"
        );
        document.kinds = vec![("all-orders", 1), ("unshipped", 0)];
        let late = &missing(&document, Part::Shipping)[0];
        assert_eq!(late.titles, ["To ship"]);
        assert_eq!(late.remedy, "needs a file of kind unshipped");
        assert_eq!(
            missing(&document, Part::Data)[0].remedy,
            "no row in these files"
        );
        assert_eq!(filled(&document, Part::Data).count(), 0);
    }

    #[test]
    fn a_list_of_kinds_reads_as_one() {
        assert_eq!(list(&["unshipped"]), "unshipped");
        assert_eq!(list(&["a", "b"]), "a or b");
        assert_eq!(list(&["a", "b", "c"]), "a, b or c");
    }

    #[test]
    fn the_first_sentence_of_a_definition_tells_what_a_table_is() {
        let document = fixtures::first_week();
        for table in &document.tables {
            let tells = tells(table);
            assert!(!tells.is_empty() && !tells.ends_with('.'), "{tells}");
            assert!(table.definition().starts_with(&tells));
        }
        assert_eq!(
            tells(document.table("weekly").unwrap()),
            "Demand by week of purchase, from Monday (ISO) or Sunday"
        );
    }
}
