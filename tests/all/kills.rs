//! Runs that are killed at random moments leave nothing behind after one more run.
//!
//! `ORDERSIFT_KILLS=1000 cargo test --test all kills::` kills more of them.
#![cfg(unix)]

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::common::history::Dice;
use crate::common::run::{Files, all_orders, written};

fn kills() -> u64 {
    let kills = std::env::var("ORDERSIFT_KILLS");
    kills.map_or(80, |kills| kills.parse().unwrap())
}

/// A run that publishes into `out` of a folder.
fn start(folder: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_ordersift"))
        .args(["report", "july.txt", "--out", "out", "--quiet"])
        .args(["--format", "json", "--format", "csv"])
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// SIGKILL, at a moment within so many microseconds.
fn kill(child: &mut Child, dice: &mut Dice, within: u64) {
    std::thread::sleep(Duration::from_micros(dice.below(within)));
    child.kill().unwrap();
    child.wait().unwrap();
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

/// A whole report stands in `out`, and nothing beside it but the input.
fn only_a_whole_report_stands(folder: &Path) {
    assert!(start(folder).wait().unwrap().success());
    assert_eq!(names(folder), ["july.txt", "out"]);
    let manifest = std::fs::read(folder.join("out/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    for output in manifest["outputs"].as_array().unwrap() {
        let file = folder.join("out").join(output["file"].as_str().unwrap());
        let length = std::fs::metadata(file).unwrap().len();
        assert_eq!(output["bytes"], length, "{output}");
    }
}

fn input() -> Files {
    vec![("july.txt".to_owned(), all_orders(30, 1, false, false))]
}

#[test]
fn runs_killed_one_after_the_other_leave_nothing_after_one_more() {
    let (folder, _) = written(&input());
    let folder = folder.path();
    let mut dice = Dice(1);
    let took = std::time::Instant::now();
    assert!(start(folder).wait().unwrap().success());
    let whole = u64::try_from(took.elapsed().as_micros()).unwrap();
    for at in 0..kills() {
        // Every second one early, where it sweeps what the one before left.
        let within = if at % 2 == 0 {
            whole + whole / 5
        } else {
            whole / 3
        };
        kill(&mut start(folder), &mut dice, within.max(1));
    }
    only_a_whole_report_stands(folder);
}

#[test]
fn runs_killed_side_by_side_leave_nothing_after_one_more() {
    let (folder, _) = written(&input());
    let folder = folder.path();
    let mut dice = Dice(2);
    for _ in 0..kills().div_ceil(40) {
        let mut runs: Vec<Child> = (0..12).map(|_| start(folder)).collect();
        for run in &mut runs {
            // Some end before it comes to that.
            kill(run, &mut dice, 40_000);
        }
    }
    let mut runs: Vec<Child> = (0..12).map(|_| start(folder)).collect();
    let ended: Vec<bool> = runs
        .iter_mut()
        .map(|run| run.wait().unwrap().success())
        .collect();
    assert!(ended.iter().all(|done| *done), "{ended:?}");
    only_a_whole_report_stands(folder);
}

/// A sweep that takes its time, since there is much to remove, is killed in the middle.
#[test]
fn runs_killed_while_they_sweep_leave_nothing_after_one_more() {
    let (folder, _) = written(&input());
    let folder = folder.path();
    let mut dice = Dice(3);
    for at in 0..kills().div_ceil(4) {
        let stale = folder.join(format!(".ordersift-{:06}", at % 10));
        let target = std::fs::canonicalize(folder).unwrap().join("out");
        std::fs::create_dir_all(stale.join("new/tables")).unwrap();
        std::fs::write(stale.join("owner"), target.to_str().unwrap()).unwrap();
        for file in 0..400 {
            std::fs::write(stale.join(format!("new/tables/{file}.csv")), "half").unwrap();
        }
        kill(&mut start(folder), &mut dice, 12_000);
    }
    only_a_whole_report_stands(folder);
}
