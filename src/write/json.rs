//! The document as JSON: streamed, keys in a fixed order, one row of a table per line so that two reports can be compared.

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::ser::Formatter;

use crate::table::{Cell, Document, Table};

use super::{Format, Shape};

pub(super) const FORMAT: Format = Format {
    name: "json",
    about: "every table in one document, for programs",
    binary: false,
    shape: Shape::Document {
        file: "report.json",
        write: |document, _, out| json(document, out),
    },
};

/// The version of the document's shape: raised when a key changes its meaning or goes.
const SCHEMA_VERSION: u32 = 1;

/// Writes the document as JSON.
///
/// Money and shares are decimal strings, counts numbers, flags booleans; what is absent is `null`, never zero.
pub fn json(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let mut out = io::BufWriter::with_capacity(1 << 16, out);
    let mut serializer = serde_json::Serializer::with_formatter(&mut out, RowPerLine::default());
    Body(document).serialize(&mut serializer)?;
    out.write_all(b"\n")?;
    out.flush()
}

struct Body<'d>(&'d Document);

impl Serialize for Body<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let document = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("schema_version", &SCHEMA_VERSION)?;
        map.serialize_entry("ordersift", env!("CARGO_PKG_VERSION"))?;
        map.serialize_entry("as_of", &document.as_of)?;
        map.serialize_entry("as_of_source", &document.as_of_source)?;
        map.serialize_entry("options", &JsonOptions(document))?;
        map.serialize_entry("control", &document.control)?;
        if !document.gates.is_empty() {
            map.serialize_entry("gates", &document.gates)?;
        }
        if let Some(compared) = &document.compared {
            map.serialize_entry("compared", compared)?;
        }
        map.serialize_entry("tables", &Tables(document))?;
        map.serialize_entry("definitions", &Definitions(document))?;
        map.end()
    }
}

struct JsonOptions<'d>(&'d Document);

impl Serialize for JsonOptions<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.options.iter().map(|(name, value)| (name, value)))
    }
}

struct Definitions<'d>(&'d Document);

impl Serialize for Definitions<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(
            self.0
                .tables
                .iter()
                .map(|table| (table.spec.name, table.definition())),
        )
    }
}

struct Tables<'d>(&'d Document);

impl Serialize for Tables<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(
            self.0
                .tables
                .iter()
                .map(|table| (table.spec.name, OneTable(table))),
        )
    }
}

struct OneTable<'d>(&'d Table);

impl Serialize for OneTable<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("columns", self.0.columns())?;
        map.serialize_entry("rows", &JsonRows(self.0))?;
        map.end()
    }
}

struct JsonRows<'d>(&'d Table);

impl Serialize for JsonRows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((0..self.0.height()).map(|row| JsonRow(self.0, row)))
    }
}

struct JsonRow<'d>(&'d Table, usize);

impl Serialize for JsonRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(
            self.0
                .row(self.1)
                .map(|(column, cell)| (column.name, Value(cell))),
        )
    }
}

struct Value<'d>(Cell<'d>);

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Cell::Absent => serializer.serialize_none(),
            Cell::Text(text) => serializer.serialize_str(text),
            Cell::Count(count) => serializer.serialize_i64(count),
            Cell::Flag(flag) => serializer.serialize_bool(flag),
            Cell::Money(..) | Cell::Share(_) => self.0.text().serialize(serializer),
        }
    }
}

/// Breaks lines down to the elements of `columns` and `rows`, and no further.
#[derive(Default)]
struct RowPerLine {
    depth: usize,
    filled: bool,
}

/// Document, tables, table, rows: what is inside a row stays on its line.
const BROKEN: usize = 4;

impl RowPerLine {
    fn open<W: ?Sized + Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.filled = false;
        out.write_all(bracket)
    }

    fn close<W: ?Sized + Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        let broken = self.filled && self.depth <= BROKEN;
        self.depth -= 1;
        if broken {
            self.line(out)?;
        }
        out.write_all(bracket)
    }

    fn next<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        if !first {
            out.write_all(b",")?;
        }
        if self.depth <= BROKEN {
            self.line(out)
        } else {
            Ok(())
        }
    }

    fn line<W: ?Sized + Write>(&self, out: &mut W) -> io::Result<()> {
        out.write_all(&b"\n    "[..=self.depth.min(BROKEN)])
    }
}

impl Formatter for RowPerLine {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.next(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.next(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(if self.depth <= BROKEN { b": " } else { b":" })
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures;
    use super::*;

    fn text(document: &Document) -> String {
        let mut out = Vec::new();
        json(document, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn is_one_json_value_with_the_keys_of_the_design_in_order() {
        let text = text(&fixtures::first_week());
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let places: Vec<_> = [
            "schema_version",
            "ordersift",
            "as_of",
            "as_of_source",
            "options",
            "control",
            "tables",
            "definitions",
        ]
        .iter()
        .map(|key| text.find(&format!("\n \"{key}\": ")).unwrap())
        .collect();
        assert!(places.is_sorted());
        assert_eq!(value["control"]["rejected"], 2);
        assert_eq!(
            value["definitions"].as_object().unwrap().len(),
            value["tables"].as_object().unwrap().len()
        );
        assert!(text.ends_with("}\n"));
    }

    #[test]
    fn a_row_is_a_line_and_values_have_their_types() {
        let text = text(&fixtures::first_week());
        let row = text
            .lines()
            .find(|line| line.contains("Non-Amazon") && line.contains("2026-W30"))
            .unwrap();
        assert!(row.starts_with("    {\"period\":\"2026-W30\","), "{row}");
        assert!(row.contains("\"partial\":false"), "{row}");
        assert!(row.contains("\"currency\":null"), "{row}");
        assert!(row.contains("\"orders\":4,"), "{row}");
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let channel = &value["tables"]["weekly"]["rows"][0];
        assert!(channel["sales"].is_string(), "{channel}");
    }

    #[test]
    fn hostile_text_is_unchanged() {
        let value: serde_json::Value = serde_json::from_str(&text(&fixtures::hostile())).unwrap();
        let rows = value["tables"]["worklist"]["rows"].as_array().unwrap();
        assert!(
            rows.iter()
                .any(|row| row["product_name"] == fixtures::HOSTILE)
        );
    }
}
