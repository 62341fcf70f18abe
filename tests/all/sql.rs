//! `ordersift sql`: the views over a lake. `scale/check.py` runs them; here stands what needs no engine.

use std::process::{Command, Output};

use ordersift::sql::{Dialect, Script, VIEWS};
use ordersift::table::LakeView;
use ordersift::topic::TABLES;

fn sql(line: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_ordersift"));
    program.arg("sql").args(line).output().unwrap()
}

#[test]
fn every_table_of_a_report_is_listed_with_its_view_or_the_reason() {
    let output = sql(&["--list"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().count(), TABLES.len());
    for (line, table) in text.lines().zip(TABLES) {
        let said: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(said[0], table.name);
        match table.in_lake {
            LakeView::Whole => assert_eq!(said[1..], ["view", table.name]),
            LakeView::Part(view, why) => {
                assert_eq!(said[1..3], ["view", &format!("{view},")]);
                assert!(line.ends_with(why));
            }
            LakeView::None(why) => assert!(line.ends_with(&format!("no view: {why}"))),
        }
    }
}

#[test]
fn the_columns_of_a_view_are_those_of_the_table() {
    for spec in TABLES {
        let named = |name| VIEWS.iter().find(|view| view.name == name).unwrap();
        let view = match spec.in_lake {
            LakeView::Whole => named(spec.name),
            LakeView::Part(view, _) => {
                named(view);
                continue;
            }
            LakeView::None(_) => continue,
        };
        for column in spec.columns {
            let name = column.name;
            let named = [
                format!("AS {name}"),
                format!(" {name},"),
                format!(" {name}\n"),
            ];
            assert!(
                named.iter().any(|named| view.text.contains(named)),
                "{}: {name}",
                spec.name
            );
        }
    }
}

#[test]
fn the_program_writes_what_the_library_makes() {
    for dialect in Dialect::ALL {
        let script = Script {
            dialect,
            lake: "s3://bucket/lake",
            account: Some("shop"),
            materialize: true,
        };
        let line = [
            "--dialect",
            dialect.name(),
            "--lake",
            "s3://bucket/lake",
            "--account",
            "shop",
            "--materialize",
        ];
        let output = sql(&line);
        assert_eq!(String::from_utf8(output.stdout).unwrap(), script.text());
    }
}

#[test]
fn money_never_becomes_a_float_and_every_descending_order_says_where_null_is() {
    for view in VIEWS {
        for word in ["DOUBLE", "FLOAT", "REAL", "round(", "avg("] {
            assert!(!view.text.contains(word), "{}: {word}", view.name);
        }
    }
    // Columns that are never null need no such word: what is counted, and places.
    let counted = ["n DESC", "day DESC", "ends DESC", "sales DESC, sku"];
    for view in VIEWS {
        for (at, _) in view.text.match_indices(" DESC") {
            let after = &view.text[at + 5..];
            let known = counted.iter().any(|known| {
                let end = (at + 5 + known.len()).min(view.text.len());
                view.text[at.saturating_sub(8)..end].contains(known)
            });
            assert!(
                after.starts_with(" NULLS LAST") || known,
                "{}: {after:.40}",
                view.name
            );
        }
    }
}

#[test]
fn an_unknown_engine_is_refused() {
    let output = sql(&["--dialect", "oracle"]);
    assert_eq!(output.status.code(), Some(2));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(
        error.contains("[possible values: duckdb, datafusion, spark]"),
        "{error}"
    );
}
