//! Every fixture through the whole program: its tables are those that stand in `expected/`.
//!
//! A fixture is a folder with inputs, `case.md` (what it shows) and `expected/`. To add one, or to accept a change:
//! `cargo run -- report fixtures/CASE --format csv --max-rejects 100% --out fixtures/CASE/expected`, and read the difference.

use std::fs;
use std::path::{Path, PathBuf};

use ordersift::options::{MaxRejects, Options};
use ordersift::{input, pipeline, write};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut cases: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    cases
}

#[test]
fn every_fixture_gives_its_expected_tables() {
    let options = Options {
        max_rejects: MaxRejects::Share(1_000_000),
        ..Options::default()
    };
    let mut differences = Vec::new();
    for case in cases() {
        let inputs = input::gather(std::slice::from_ref(&case), &[]).unwrap();
        let document = pipeline::report(&inputs, &options, &pipeline::Unwatched).unwrap();
        for table in &document.tables {
            let mut csv = Vec::new();
            write::csv(table, false, &mut csv).unwrap();
            let expected = case.join(format!("expected/tables/{}.csv", table.spec.name));
            let text = fs::read_to_string(&expected).unwrap_or_default();
            let found = String::from_utf8(csv).unwrap();
            let lines = text.lines().zip(found.lines()).enumerate();
            if let Some((line, (expected_line, found_line))) =
                lines.clone().find(|(_, (a, b))| a != b)
            {
                differences.push(format!(
                    "{}:{}\n  expected {expected_line}\n  found    {found_line}",
                    expected.display(),
                    line + 1
                ));
            } else if text != found {
                differences.push(format!(
                    "{}: {} lines expected, {} found",
                    expected.display(),
                    text.lines().count(),
                    found.lines().count()
                ));
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn every_fixture_says_what_it_shows() {
    for case in cases() {
        let text = fs::read_to_string(case.join("case.md")).unwrap_or_default();
        assert!(
            text.trim().ends_with('.') && text.len() > 40,
            "{}: no sentence in case.md",
            case.display()
        );
    }
}
