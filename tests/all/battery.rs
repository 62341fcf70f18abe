//! A battery of misfortunes: every one of them by itself, on a small report of either kind, with its exit code, its control
//! totals, its tables and its rejects.

use std::process::Command;

use crate::common::pollution::{BACKLOG, Fate, Grid, Names, ORDERS, Variant, variants};
use crate::common::run::{named, of_files, sample, tolerant};
use ordersift::options::{MaxRejects, Options};
use ordersift::sample::SampleKind;
use ordersift::table::{Cell, Document};

/// So many lines may be bad that one or two are no reason to fail, and most are.
fn lenient() -> Options {
    Options {
        max_rejects: MaxRejects::Share(200_000),
        ..tolerant()
    }
}

/// Every number of a document; names and places may differ.
fn numbers(document: &Document) -> Vec<String> {
    let aside = ["sources", "quality", "rejects"];
    let tables = document
        .tables
        .iter()
        .filter(|table| !aside.contains(&table.spec.name));
    tables
        .map(|table| {
            let columns: Vec<usize> = (0..table.spec.columns.len())
                .filter(|column| table.spec.columns[*column].name != "product_name")
                .collect();
            let rows = (0..table.height()).map(|row| {
                let cells = columns.iter().map(|column| {
                    table
                        .cell(row, *column)
                        .text()
                        .unwrap_or_default()
                        .into_owned()
                });
                cells.collect::<Vec<_>>().join(",")
            });
            format!(
                "{}\n{}",
                table.spec.name,
                rows.collect::<Vec<_>>().join("\n")
            )
        })
        .collect()
}

fn rejects(document: &Document) -> Vec<(u64, String)> {
    let table = document.table("rejects").unwrap();
    let at = |name: &str| table.index(name).unwrap();
    let row = |row: usize| {
        let Cell::Count(line) = table.cell(row, at("line")) else {
            panic!("a line without a number")
        };
        (
            u64::try_from(line).unwrap(),
            table.cell(row, at("code")).text().unwrap().into_owned(),
        )
    };
    (0..table.height()).map(row).collect()
}

/// What is wrong with how a variant was taken, `None` if nothing is.
fn judged(grid: &Grid, variant: &Variant) -> Option<String> {
    let run = of_files(&named([&variant.bytes]), &lenient());
    let (gone, expected) = match (&variant.fate, &run) {
        (Fate::Refused(says), Err(error)) if error.to_string().contains(says) => return None,
        (Fate::Refused(says), Err(error)) => {
            return Some(format!("refused, but not since {says:?}: {error}"));
        }
        (Fate::Refused(_), Ok(document)) => {
            return Some(format!("not refused: {:?}", document.control));
        }
        (_, Err(error)) => return Some(format!("refused: {error}")),
        (Fate::Same, _) => (Vec::new(), Vec::new()),
        (Fate::Rejects(gone, expected), _) => (gone.clone(), expected.clone()),
    };
    let document = run.unwrap();
    let clean = of_files(&named([grid.without(&gone).bytes()]), &lenient()).unwrap();
    let control = document.control;
    let found = rejects(&document);
    let expected: Vec<_> = expected
        .into_iter()
        .map(|(line, code)| (line, code.to_owned()))
        .collect();
    if found != expected {
        return Some(format!("rejects {found:?}, expected {expected:?}"));
    }
    if (control.kept, control.rejected, control.lines_read)
        != (
            clean.control.kept,
            expected.len() as u64,
            clean.control.kept + expected.len() as u64,
        )
    {
        return Some(format!("{control:?}, expected {} kept", clean.control.kept));
    }
    let tables = numbers(&document).into_iter().zip(numbers(&clean));
    tables
        .into_iter()
        .find(|(found, clean)| found != clean)
        .map(|(found, clean)| {
            let line = found
                .lines()
                .zip(clean.lines())
                .find(|(found, clean)| found != clean);
            format!("table {}: {line:?}", found.lines().next().unwrap())
        })
}

/// The exit code of the program itself under `--strict`: 0, 1 with rejects, 2 where nothing could be read.
fn exits(variant: &Variant) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(variant.file);
    std::fs::write(&path, &variant.bytes).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_ordersift"));
    let output = command
        .args([
            "report",
            "--strict",
            "--max-rejects",
            "20%",
            "--format",
            "json",
        ])
        .arg(&path)
        .output()
        .unwrap();
    let expected = match variant.fate {
        Fate::Same => 0,
        Fate::Rejects(..) => 1,
        Fate::Refused(_) => 2,
    };
    let refused = expected == 2;
    let code = output.status.code();
    (code != Some(expected)
        || output.stdout.is_empty() != refused
        || (refused && output.stderr.is_empty()))
    .then(|| {
        format!(
            "exit {code:?}, {expected} expected: {}",
            String::from_utf8_lossy(&output.stderr)
        )
    })
}

fn grids() -> [(&'static str, Grid, Names); 2] {
    let orders = sample(SampleKind::AllOrders, 60, 11, false, false);
    let backlog = sample(SampleKind::Unshipped, 700, 11, false, false);
    // No inch marks: they are a misfortune of their own.
    let grid = |report: &[u8]| {
        let bare = report.iter().copied().filter(|byte| *byte != b'"');
        Grid::read(&bare.collect::<Vec<_>>())
    };
    [
        ("all-orders", grid(&orders), ORDERS),
        ("unshipped", grid(&backlog), BACKLOG),
    ]
}

#[test]
fn every_misfortune_comes_out_as_it_must() {
    let mut taken = 0;
    let mut wrong = Vec::new();
    for (kind, grid, names) in grids() {
        assert!(grid.rows.len() > 20);
        for variant in variants(&grid, &names) {
            taken += 1;
            wrong.extend(
                [judged(&grid, &variant), exits(&variant)]
                    .into_iter()
                    .flatten()
                    .map(|what| format!("{kind}, {}: {what}", variant.name)),
            );
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {taken} variants:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(taken >= 200, "{taken}");
}

/// Writes the battery to the folder that `ORDERSIFT_BATTERY` names, with what must come of every file: for other programs.
#[test]
fn the_battery_can_be_given_to_others() {
    let Some(folder) = std::env::var_os("ORDERSIFT_BATTERY").map(std::path::PathBuf::from) else {
        return;
    };
    let mut index = Vec::new();
    for (kind, grid, names) in grids() {
        for (number, variant) in variants(&grid, &names).into_iter().enumerate() {
            let file = format!("{kind}-{number:03}.txt");
            std::fs::write(folder.join(&file), &variant.bytes).unwrap();
            let (fate, gone) = match &variant.fate {
                Fate::Same => ("same", Vec::new()),
                Fate::Rejects(gone, _) => ("rejects", gone.clone()),
                Fate::Refused(_) => ("refused", Vec::new()),
            };
            let clean = grid.without(&gone);
            let column = |name: &str| clean.header.iter().position(|column| column.trim() == name);
            let quantity = column(names.quantity).unwrap();
            let units = |grid: &Grid| {
                let cells = grid.rows.iter().map(|row| row[quantity].parse::<u64>());
                cells.map(Result::unwrap).sum::<u64>()
            };
            index.push(serde_json::json!({
                "file": file, "kind": kind, "name": variant.name, "fate": fate, "lines": clean.rows.len(), "units": units(&clean), "all_lines": grid.rows.len(), "all_units": units(&grid), "quantity": names.quantity,
            }));
        }
    }
    std::fs::write(
        folder.join("battery.json"),
        serde_json::to_vec_pretty(&index).unwrap(),
    )
    .unwrap();
}
