//! The documents in `docs/` and the README against the program: generated parts, the JSON Schema and the commands.
//!
//! A generated part stands between `<!-- generated: NAME -->` and `<!-- end -->`. With `ORDERSIFT_DOCS=write` in the environment
//! the tests write all of them anew, and the schema.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use ordersift::field::{RejectReason, StatusGroup};
use ordersift::gate;
use ordersift::table::{CONVERTED, CONVERTED_IN};
use ordersift::table::{Column, ColumnKind, TableSpec};
use ordersift::topic::{ADDRESSES, COMPARISON, TABLES};
use ordersift::topic::{meaning, source};
use ordersift::write::FORMATS;
use serde_json::{Map, Value, json};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The example of docs/library.md.
mod example {
    // example: library
    use ordersift::Error;
    use ordersift::input;
    use ordersift::options::{Options, TableOptions};
    use ordersift::pipeline::{self, Unwatched};

    /// The sales of every kind of fulfillment, by currency.
    pub(super) fn sales_by_fulfillment(folder: &str) -> Result<Vec<String>, Error> {
        let inputs = input::gather(&[folder.into()], &[])?;
        let tables = TableOptions {
            order_profiles: false, // the seven tables that take a second look at every order stay empty
            ..TableOptions::default()
        };
        let options = Options {
            tables,
            ..Options::default()
        };
        let document = pipeline::report(&inputs, &options, &Unwatched)?;
        let table = document
            .table("fulfillment")
            .expect("every report has this table");
        let row = |row| {
            ["fulfillment", "currency", "sales"]
                .map(|column| table.text(row, column))
                .join(" ")
        };
        Ok((0..table.height()).map(row).collect())
    }
    // end
}

#[test]
fn the_library_example_works() {
    let rows = example::sales_by_fulfillment(&format!("{ROOT}/fixtures/first-week")).unwrap();
    assert!(rows.contains(&"merchant EUR 864.77".to_owned()), "{rows:?}");
}

// --- Generated parts ---

#[test]
fn generated_parts_are_what_the_program_says() {
    let writes = env::var("ORDERSIFT_DOCS").is_ok_and(|value| value == "write");
    let mut stale = Vec::new();
    let mut found = BTreeSet::new();
    for path in documents() {
        let text = fs::read_to_string(&path).unwrap();
        let renewed = renewed(&text, &mut found);
        if renewed != text {
            if writes {
                fs::write(&path, renewed).unwrap();
            } else {
                stale.push(format!(
                    "{}: {}",
                    path.display(),
                    difference(&text, &renewed)
                ));
            }
        }
    }
    assert!(
        stale.is_empty(),
        "ORDERSIFT_DOCS=write writes these anew:\n{}",
        stale.join("\n")
    );
    // Nothing that can be generated is missing, a new command least of all.
    let mut all: BTreeSet<String> = [
        "screen", "tables", "sources", "zones", "formats", "kinds", "reasons", "settings", "gates",
        "library", "commands",
    ]
    .map(str::to_owned)
    .into();
    all.extend(commands().into_iter().map(|name| format!("help {name}")));
    assert_eq!(found, all);
}

#[test]
fn a_stale_part_is_seen_and_renewed() {
    let stale = "before\n<!-- generated: formats -->\nold\n<!-- end -->\nafter\n";
    let renewed = renewed(stale, &mut BTreeSet::new());
    assert!(renewed.starts_with("before\n<!-- generated: formats -->\n\n| format |"));
    assert!(renewed.ends_with("|\n\n<!-- end -->\nafter\n"));
    assert!(!renewed.contains("old"));
}

/// README.md and everything in docs/, in the order of their names.
fn documents() -> Vec<PathBuf> {
    let folder = fs::read_dir(Path::new(ROOT).join("docs")).unwrap();
    let mut paths: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "md"));
    paths.push(Path::new(ROOT).join("README.md"));
    paths.sort();
    paths
}

/// A document with its generated parts as they should be; their names are added to `found`.
fn renewed(text: &str, found: &mut BTreeSet<String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!-- generated: ") {
        let (name, body) = after.split_once(" -->").expect("a mark is closed");
        let (_, behind) = body
            .split_once("<!-- end -->")
            .expect("a generated part ends");
        found.insert(name.to_owned());
        let part = generated(name);
        write!(
            out,
            "{before}<!-- generated: {name} -->\n\n{}\n\n<!-- end -->",
            part.trim_end()
        )
        .unwrap();
        rest = behind;
    }
    out + rest
}

/// The first line in which two texts differ.
fn difference(text: &str, renewed: &str) -> String {
    let mut lines = text.lines().zip(renewed.lines()).enumerate();
    match lines.find(|(_, (left, right))| left != right) {
        Some((place, (left, right))) => {
            format!("line {}\n  has    {left}\n  wanted {right}", place + 1)
        }
        None => "one of them ends earlier".to_owned(),
    }
}

fn generated(name: &str) -> String {
    match name {
        "screen" => screen(),
        "tables" => tables(),
        "sources" => sources(),
        "zones" => zones(),
        "formats" => formats(),
        "kinds" => block(&said(&["kinds"])),
        "reasons" => reasons(),
        "settings" => block(&said(&[
            "report",
            "fixtures/overlap",
            "--print-config",
            "--no-config",
        ])),
        "gates" => gates(),
        "library" => library(),
        "commands" => block(&said(&["--help"])),
        _ => {
            let command = name.strip_prefix("help ").expect("a known name");
            block(&said(&[command, "--help"]))
        }
    }
}

fn block(text: &str) -> String {
    let lines: Vec<&str> = text.trim_end().lines().map(str::trim_end).collect();
    format!("```text\n{}\n```", lines.join("\n"))
}

/// The first screen of the invented week, with a time that does not change.
fn screen() -> String {
    let text = said(&["report", "fixtures/first-week"]);
    let (head, rest) = text.split_once('\n').expect("the screen has lines");
    let (head, _) = head.rsplit_once(" in ").expect("the time comes last");
    block(&format!(
        "$ ordersift report fixtures/first-week\n{head} in 0.01 s\n{rest}"
    ))
}

fn tables() -> String {
    let heading = |spec: &TableSpec| format!("`{}`: {}", spec.name, spec.title);
    let links: Vec<String> = specs()
        .map(|spec| format!("[{}](#{})", spec.name, anchor(&heading(spec))))
        .collect();
    let mut out = links.join(" · ") + "\n\n";
    for spec in specs() {
        writeln!(out, "### {}\n\n{}\n", heading(spec), spec.definition).unwrap();
        writeln!(out, "| column | kind | meaning |\n|:---|:---|:---|").unwrap();
        for column in columns(spec) {
            let means = meaning(column.name).expect("every column has a meaning");
            let means = means.replace('|', "\\|");
            writeln!(out, "| `{}` | {} | {means} |", column.name, kind(column)).unwrap();
        }
        writeln!(out).unwrap();
    }
    out
}

/// The tables of reports, that of comparisons and that of addresses.
fn specs() -> impl Iterator<Item = &'static TableSpec> {
    TABLES.into_iter().chain([COMPARISON, ADDRESSES])
}

/// The columns of a table, those of `--fx` among them.
fn columns(spec: &TableSpec) -> Vec<Column> {
    let mut columns = Vec::new();
    for column in spec.columns {
        columns.push(*column);
        if column.name == "sales" && CONVERTED_IN.contains(&spec.name) {
            columns.extend(CONVERTED);
        }
    }
    columns
}

fn kind(column: Column) -> String {
    let kind = serde_json::to_value(column.kind).unwrap();
    kind.as_str().expect("a kind is a word").to_owned()
}

/// Where rules are from, with the columns that each is about.
fn sources() -> String {
    let mut by_source: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for column in specs().flat_map(|spec| spec.columns) {
        by_source
            .entry(source(column.name))
            .or_default()
            .insert(column.name);
    }
    let mut out = "| source | columns |\n|:---|:---|\n".to_owned();
    for (source, columns) in by_source {
        let columns: Vec<String> = columns.iter().map(|name| format!("`{name}`")).collect();
        writeln!(out, "| {source} | {} |", columns.join(", ")).unwrap();
    }
    out
}

fn zones() -> String {
    let table = fs::read_to_string(Path::new(ROOT).join("src/field/time/zones.tsv")).unwrap();
    let mut out = "| sales channel | country | time zone |\n|:---|:---|:---|\n".to_owned();
    for line in table.lines() {
        writeln!(out, "| {} |", line.replace('\t', " | ")).unwrap();
    }
    out
}

fn formats() -> String {
    let mut out = "| format | content | with `--out` |\n|:---|:---|:---|\n".to_owned();
    for format in FORMATS {
        let file = format.file("NAME").map(|file| format!("`{file}`"));
        let file = file.unwrap_or_else(|| "no file".to_owned());
        writeln!(out, "| `{}` | {} | {file} |", format.name, format.about).unwrap();
    }
    out
}

fn reasons() -> String {
    let mut out = "| code | reason |\n|:---|:---|\n".to_owned();
    for reason in RejectReason::ALL {
        writeln!(out, "| `{}` | {} |", reason.code(), reason.text()).unwrap();
    }
    out
}

fn gates() -> String {
    let mut out = "| number | meaning |\n|:---|:---|\n".to_owned();
    for (written, means) in gate::names() {
        writeln!(out, "| `{written}` | {means} |").unwrap();
    }
    out
}

/// The example above as it stands in this file.
fn library() -> String {
    let (_, rest) = include_str!("docs.rs")
        .split_once("// example: library\n")
        .expect("the example is marked");
    let (code, _) = rest.split_once("    // end\n").expect("the example ends");
    let lines = code
        .lines()
        .map(|line| line.strip_prefix("    ").unwrap_or(line));
    let code: Vec<&str> = lines.collect();
    format!(
        "```rust\n{}\n```",
        code.join("\n").replace("pub(super) ", "")
    )
}

/// The names of all commands.
fn commands() -> Vec<String> {
    let help = said(&["--help"]);
    let (_, list) = help.split_once("Commands:\n").expect("commands are listed");
    let list = list.lines().take_while(|line| !line.is_empty());
    list.filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

// --- The program ---

/// What the program prints; it ends with 0.
fn said(arguments: &[&str]) -> String {
    let output = run(Path::new(ROOT), arguments);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {error}");
    String::from_utf8(output.stdout).unwrap()
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ordersift"))
        .args(arguments)
        .current_dir(folder)
        .env("COLUMNS", "100")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

// --- The JSON Schema ---

#[test]
fn the_schema_describes_every_table() {
    let path = Path::new(ROOT).join("docs/report.schema.json");
    if env::var("ORDERSIFT_DOCS").is_ok_and(|value| value == "write") {
        let text = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
        fs::write(&path, text).unwrap();
    }
    let kept: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    assert!(
        kept == schema(),
        "docs/report.schema.json is stale: ORDERSIFT_DOCS=write writes it anew"
    );
}

#[test]
fn documents_of_every_fixture_follow_the_schema() {
    let schema = schema();
    let folder = fs::read_dir(Path::new(ROOT).join("fixtures")).unwrap();
    let mut checked = 0;
    for case in folder.map(|entry| entry.unwrap().path()) {
        let case = case.to_str().unwrap().to_owned();
        let document = document(&["report", &case, "--max-rejects", "100%"]);
        assert_eq!(faults(&schema, &document), [""; 0], "{case}");
        assert_eq!(document["tables"].as_object().unwrap().len(), TABLES.len());
        checked += 1;
    }
    assert!(checked > 15, "{checked}");
}

#[test]
fn documents_with_gates_conversion_and_comparison_follow_the_schema() {
    let folder = tempfile::tempdir().unwrap();
    let rates = folder.path().join("rates.csv");
    fs::write(&rates, rates_of_every_week()).unwrap();
    let rates = rates.to_str().unwrap();
    let week = "fixtures/first-week";
    let weeks = ["compare", "2026-W29", "2026-W30", week];
    let fails = ["--fail-if", "orders > 0", "--fail-if", "orders < 0"];
    let converted = document(&["report", week, "--fx", rates]);
    assert!(converted["tables"]["skus"]["rows"][0]["sales_converted"].is_string());
    let gated = document(&[&["report", week][..], &fails].concat());
    assert_eq!(gated["gates"].as_array().unwrap().len(), 2);
    let compared = document(&[&weeks[..], &["--fx", rates]].concat());
    assert_eq!(compared["compared"]["now"]["days"], 7);
    let one_table = document(&["report", week, "--table", "skus", "--channel", "Amazon.de"]);
    for document in [converted, gated, compared, document(&weeks), one_table] {
        assert_eq!(faults(&schema(), &document), [""; 0]);
    }
}

/// A change that breaks a document.
type Damage = fn(&mut Value);

#[test]
fn a_document_that_breaks_the_schema_is_told_where() {
    let sound = document(&["report", "fixtures/overlap"]);
    let damages: [(&str, Damage); 6] = [
        ("/control: lines_read is missing", |document| {
            document["control"]
                .as_object_mut()
                .unwrap()
                .remove("lines_read");
        }),
        ("/later: not described", |document| {
            document["later"] = json!(1);
        }),
        ("/schema_version: not 1", |document| {
            document["schema_version"] = json!(2);
        }),
        (
            "/tables/fulfillment/rows/0/sales: not string or null",
            |document| {
                document["tables"]["fulfillment"]["rows"][0]["sales"] = json!(9.99);
            },
        ),
        (
            "/tables/fulfillment/rows/0/sales: not of the form",
            |document| {
                document["tables"]["fulfillment"]["rows"][0]["sales"] = json!("9,99");
            },
        ),
        (
            "/tables/fulfillment/rows/0: orders is missing",
            |document| {
                let row = document["tables"]["fulfillment"]["rows"][0].as_object_mut();
                row.unwrap().remove("orders");
            },
        ),
    ];
    for (wanted, damage) in damages {
        let mut document = sound.clone();
        damage(&mut document);
        let found = faults(&schema(), &document);
        assert!(
            found.iter().any(|fault| fault.starts_with(wanted)),
            "{wanted}: {found:?}"
        );
    }
}

/// Rates to the dollar for every week of the invented files.
fn rates_of_every_week() -> String {
    let mut out = "date,currency,rate_usd\n".to_owned();
    for day in ["06-20", "06-27", "07-04", "07-11", "07-18", "07-25"] {
        for (currency, rate) in [
            ("EUR", "1.08"),
            ("GBP", "1.27"),
            ("CAD", "0.73"),
            ("JPY", "0.0064"),
        ] {
            writeln!(out, "2026-{day},{currency},{rate}").unwrap();
        }
    }
    out
}

/// A run's JSON document; a gate may fail.
fn document(arguments: &[&str]) -> Value {
    let output = run(
        Path::new(ROOT),
        &[arguments, &["--format", "json"]].concat(),
    );
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{arguments:?}: {error}"
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

const MONEY: &str = r"^-?[0-9]+(\.[0-9]+)?$";
const SHARE: &str = r"^-?[0-9]+\.[0-9]{6}$";
const DATE: &str = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

/// The schema of what `--format json` writes.
fn schema() -> Value {
    let count = json!({ "type": "integer", "minimum": 0 });
    let tables: Map<String, Value> = TABLES
        .into_iter()
        .chain([COMPARISON])
        .map(|spec| (spec.name.to_owned(), table_schema(spec)))
        .collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A document of ordersift",
        "description": "Written by `ordersift report --format json` and `ordersift compare --format json`. null is unknown or not applicable, never zero. New keys, tables and columns may come with the same schema_version.",
        "type": "object",
        "required": ["schema_version", "ordersift", "as_of", "as_of_source", "options", "control", "tables", "definitions"],
        "additionalProperties": false,
        "properties": {
            "schema_version": { "description": "Raised when a key changes its meaning or is removed.", "const": 1 },
            "ordersift": { "description": "The version of the program.", "type": "string" },
            "as_of": { "description": "The moment at which lateness is judged, RFC 3339, or a day where the file gives no time.", "type": ["string", "null"] },
            "as_of_source": { "description": "The origin of that moment.", "type": "string" },
            "options": {
                "description": "The options that changed numbers, by name.",
                "type": "object",
                "additionalProperties": { "type": "string" }
            },
            "control": {
                "description": "The accounting of lines: lines_read = kept + superseded + repeated + rejected.",
                "type": "object",
                "required": ["lines_read", "kept", "superseded", "repeated", "rejected"],
                "additionalProperties": false,
                "properties": {
                    "lines_read": count, "kept": count, "superseded": count, "repeated": count, "rejected": count
                }
            },
            "gates": {
                "description": "The conditions of --fail-if, failed ones first. Absent without conditions.",
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["condition", "failed", "found"],
                    "additionalProperties": false,
                    "properties": {
                        "condition": { "type": "string" },
                        "failed": { "description": "Whether the condition holds or its number is not known.", "type": "boolean" },
                        "found": { "description": "The number that was found.", "type": "string" }
                    }
                }
            },
            "compared": {
                "description": "The two sides of a comparison. Absent in a report.",
                "type": "object",
                "required": ["then", "now"],
                "additionalProperties": false,
                "properties": { "then": { "$ref": "#/$defs/side" }, "now": { "$ref": "#/$defs/side" } }
            },
            "tables": {
                "description": "The tables by name: all of them, or those that --table names.",
                "type": "object",
                "additionalProperties": false,
                "properties": tables
            },
            "definitions": {
                "description": "The definition of each table, by name.",
                "type": "object",
                "additionalProperties": { "type": "string" }
            }
        },
        "$defs": definitions()
    })
}

/// The parts of the schema that others refer to.
fn definitions() -> Value {
    json!({
        "columns": {
            "description": "The columns in order.",
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "label", "kind"],
                "additionalProperties": false,
                "properties": {
                    "name": { "type": "string" },
                    "label": { "description": "The heading for people.", "type": "string" },
                    "kind": { "enum": ["text", "count", "money", "share", "date", "moment", "flag"] }
                }
            }
        },
        "side": {
            "type": "object",
            "required": ["name", "first_day", "last_day", "days", "partial"],
            "additionalProperties": false,
            "properties": {
                "name": { "description": "The range or path that was given.", "type": "string" },
                "first_day": { "type": "string", "pattern": DATE },
                "last_day": { "type": "string", "pattern": DATE },
                "days": { "description": "The number of days, without missing ones.", "type": "integer" },
                "partial": { "description": "Whether the files do not cover all days of the range.", "type": "boolean" }
            }
        },
        "text": { "type": ["string", "null"] },
        "count": { "type": ["integer", "null"] },
        "money": { "description": "An exact decimal, in the currency of the row.", "type": ["string", "null"], "pattern": MONEY },
        "share": { "description": "A decimal with six places; 1 is the whole.", "type": ["string", "null"], "pattern": SHARE },
        "date": { "description": "A calendar day.", "type": ["string", "null"], "pattern": DATE },
        "moment": { "description": "RFC 3339, or a day where the report gives no time.", "type": ["string", "null"] },
        "flag": { "type": ["boolean", "null"] }
    })
}

fn table_schema(spec: &TableSpec) -> Value {
    let properties: Map<String, Value> = columns(spec)
        .into_iter()
        .map(|column| {
            let means = meaning(column.name).unwrap();
            let reference = format!("#/$defs/{}", kind(column));
            let described = json!({ "description": means, "$ref": reference });
            (column.name.to_owned(), described)
        })
        .collect();
    let required: Vec<&str> = spec.columns.iter().map(|column| column.name).collect();
    json!({
        "title": spec.title,
        "type": "object",
        "required": ["columns", "rows"],
        "additionalProperties": false,
        "properties": {
            "columns": { "$ref": "#/$defs/columns" },
            "rows": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": required,
                    "additionalProperties": false,
                    "properties": properties
                }
            }
        }
    })
}

/// Where a value breaks a schema: a checker of the keywords that the schema above uses.
fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(schema, schema, value, "", &mut found);
    found
}

fn check(root: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    for (keyword, rule) in schema.as_object().expect("a schema is an object") {
        match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" => {}
            "$ref" => {
                let pointer = rule.as_str().and_then(|text| text.strip_prefix('#'));
                let target = root
                    .pointer(pointer.unwrap())
                    .expect("a $ref leads somewhere");
                check(root, target, value, at, found);
            }
            "type" => {
                let types: Vec<&str> = match rule {
                    Value::Array(types) => {
                        types.iter().map(|name| name.as_str().unwrap()).collect()
                    }
                    name => vec![name.as_str().unwrap()],
                };
                if !types.iter().any(|name| is_of(value, name)) {
                    found.push(format!("{at}: not {}", types.join(" or ")));
                }
            }
            "const" => {
                if value != rule {
                    found.push(format!("{at}: not {rule}"));
                }
            }
            "enum" => {
                if !rule.as_array().unwrap().contains(value) {
                    found.push(format!("{at}: not one of {rule}"));
                }
            }
            "minimum" => {
                if value.as_i64() < rule.as_i64() {
                    found.push(format!("{at}: less than {rule}"));
                }
            }
            "pattern" => {
                let pattern = rule.as_str().unwrap();
                if value.as_str().is_some_and(|text| !matches(pattern, text)) {
                    found.push(format!("{at}: not of the form {pattern}"));
                }
            }
            "required" => {
                let Some(object) = value.as_object() else {
                    continue;
                };
                for name in rule.as_array().unwrap() {
                    let name = name.as_str().unwrap();
                    if !object.contains_key(name) {
                        found.push(format!("{at}: {name} is missing"));
                    }
                }
            }
            "properties" | "additionalProperties" => {
                let known = schema.get("properties").and_then(Value::as_object);
                for (name, value) in value.as_object().into_iter().flatten() {
                    let at = format!("{at}/{name}");
                    match known.and_then(|known| known.get(name)) {
                        Some(described) if keyword == "properties" => {
                            check(root, described, value, &at, found);
                        }
                        None if keyword == "additionalProperties" => match rule {
                            Value::Bool(false) => found.push(format!("{at}: not described")),
                            rule => check(root, rule, value, &at, found),
                        },
                        _ => {}
                    }
                }
            }
            "items" => {
                for (place, value) in value.as_array().into_iter().flatten().enumerate() {
                    check(root, rule, value, &format!("{at}/{place}"), found);
                }
            }
            _ => panic!("{keyword}: the checker does not know this keyword"),
        }
    }
}

fn is_of(value: &Value, name: &str) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => panic!("{name}: the checker does not know this type"),
    }
}

/// Whether a text has one of the three forms of the schema.
fn matches(pattern: &str, text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let positive = text.strip_prefix('-').unwrap_or(text);
    match pattern {
        MONEY => match positive.split_once('.') {
            Some((whole, part)) => digits(whole) && digits(part),
            None => digits(positive),
        },
        SHARE => positive
            .split_once('.')
            .is_some_and(|(whole, part)| digits(whole) && digits(part) && part.len() == 6),
        DATE => {
            let parts: Vec<&str> = text.split('-').collect();
            let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
            lengths == [4, 2, 2] && parts.into_iter().all(digits)
        }
        _ => panic!("{pattern}: the checker does not know this pattern"),
    }
}

#[test]
fn kinds_of_columns_have_a_definition_in_the_schema() {
    let schema = schema();
    for kind in [
        ColumnKind::Text,
        ColumnKind::Count,
        ColumnKind::Money,
        ColumnKind::Share,
        ColumnKind::Date,
        ColumnKind::Moment,
        ColumnKind::Flag,
    ] {
        let name = serde_json::to_value(kind).unwrap();
        assert!(
            schema["$defs"][name.as_str().unwrap()].is_object(),
            "{name}"
        );
    }
}

// --- What is written by hand ---

#[test]
fn status_groups_are_those_of_the_program() {
    let text = fs::read_to_string(Path::new(ROOT).join("docs/metrics.md")).unwrap();
    let (_, section) = text.split_once("## Status groups\n").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
    let mut groups = BTreeSet::new();
    for row in rows {
        let (group, statuses) = row.split_once("` | ").unwrap();
        groups.insert(group);
        for status in statuses.trim_end_matches(" |").split(", ") {
            let status = status.trim_matches('`');
            assert_eq!(
                StatusGroup::read(status.as_bytes()).name(),
                group,
                "{status}"
            );
        }
    }
    let all: BTreeSet<&str> = StatusGroup::ALL.iter().map(|group| group.name()).collect();
    assert_eq!(groups, all);
}

#[test]
fn the_commands_that_answer_questions_in_the_readme_work() {
    let folder = tempfile::tempdir().unwrap();
    let reports = folder.path().join("reports");
    fs::create_dir(&reports).unwrap();
    for entry in fs::read_dir(Path::new(ROOT).join("fixtures/first-week")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "txt") {
            fs::copy(&path, reports.join(path.file_name().unwrap())).unwrap();
        }
    }
    fs::write(folder.path().join("rates.csv"), rates_of_every_week()).unwrap();
    let readme = fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap();
    let (_, section) = readme.split_once("## What to ask\n").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let mut asked = 0;
    for line in section.lines().filter(|line| line.starts_with('|')) {
        let Some((_, command)) = line.split_once("`ordersift ") else {
            continue;
        };
        let (command, _) = command.split_once('`').unwrap();
        let output = run(folder.path(), &words(command));
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{command}: {error}");
        asked += 1;
    }
    assert!(asked > 10, "{asked}");
    let number = format!("There are {} tables.", TABLES.len());
    assert!(readme.contains(&number), "{number}");
}

/// The words of a command, as a shell cuts them at blanks and single quotation marks.
fn words(command: &str) -> Vec<&str> {
    let parts = command.split('\'').enumerate();
    parts
        .flat_map(|(place, part)| {
            if place % 2 == 1 {
                vec![part]
            } else {
                part.split_whitespace().collect()
            }
        })
        .collect()
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut broken = Vec::new();
    let more = ["ARCHITECTURE.md", "CONTRIBUTING.md"].map(|name| Path::new(ROOT).join(name));
    for path in documents().into_iter().chain(more) {
        let text = fs::read_to_string(&path).unwrap();
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            if link.contains("://") {
                continue;
            }
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() {
                path.clone()
            } else {
                path.parent().unwrap().join(file)
            };
            let reached =
                target.exists() && (heading.is_empty() || anchors(&target).contains(heading));
            if !reached {
                broken.push(format!("{}: {link}", path.display()));
            }
        }
    }
    assert_eq!(broken, [""; 0]);
}

#[test]
fn sections_that_the_source_names_are_there() {
    let mut missing = Vec::new();
    let mut cited = 0;
    for path in sources_below(&Path::new(ROOT).join("src")) {
        // A comment as one line of text, without the marks at its margin.
        let text = fs::read_to_string(&path).unwrap();
        let lines = text
            .lines()
            .map(str::trim_start)
            .filter(|line| line.starts_with("//"))
            .map(|line| line.trim_start_matches(['/', '!']).trim());
        let text = lines.collect::<Vec<_>>().join(" ");
        for rest in text.split("(docs/").skip(1) {
            let cite = rest.split(')').next().unwrap();
            let (file, section) = cite.split_once(", ").unwrap_or((cite, ""));
            let target = Path::new(ROOT).join("docs").join(file);
            let anchor = anchor(section);
            cited += 1;
            if !target.exists() || !(section.is_empty() || anchors(&target).contains(&anchor)) {
                missing.push(format!("{}: docs/{cite}", path.display()));
            }
        }
    }
    assert_eq!(missing, [""; 0]);
    assert!(cited > 30, "{cited}");
}

fn sources_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
    {
        if path.is_dir() {
            found.extend(sources_below(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
    found
}

/// The anchors of a document's headings.
fn anchors(path: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(path).unwrap();
    let headings = text.lines().filter(|line| line.starts_with('#'));
    headings
        .map(|line| anchor(line.trim_start_matches('#')))
        .collect()
}

/// The anchor that a heading gets on the web.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().to_lowercase();
    let kept = kept
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn the_readme_is_short_and_keeps_its_two_commands() {
    let readme = fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap();
    assert!(readme.lines().count() <= 150, "{}", readme.lines().count());
    let (_, section) = readme.split_once("\n## Two commands\n").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let commands: Vec<&str> = section
        .lines()
        .filter_map(|line| line.strip_prefix("    "))
        .collect();
    assert_eq!(
        commands,
        [
            "cargo run --release -- report fixtures/first-week",
            "cargo test --locked"
        ]
    );
}
