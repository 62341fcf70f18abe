//! `benches/ci.py`: what passes, and what fails.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

fn ci(folder: &Path, arguments: &[&str]) -> Option<Output> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/ci.py");
    let fixed = [
        "--lines",
        "300",
        "--rounds",
        "1",
        "--no-callgrind",
        "--no-stages",
    ];
    let run = Command::new("python3")
        .arg(script)
        .args(["--ordersift", env!("CARGO_BIN_EXE_ordersift")])
        .args(fixed)
        .args(arguments)
        .current_dir(folder)
        .output();
    // The benchmarks need Python; where there is none, they cannot be run at all.
    run.ok()
}

#[test]
fn a_benchmark_past_its_limit_or_gone_fails_and_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let Some(first) = ci(
        folder.path(),
        &["--out", "now.json", "--append", "summary.md"],
    ) else {
        return;
    };
    assert_eq!(first.status.code(), Some(0), "{first:?}");
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    let now: Value = serde_json::from_str(&read("now.json")).unwrap();
    let benchmarks: BTreeMap<String, Value> =
        serde_json::from_value(now["benchmarks"].clone()).unwrap();
    assert_eq!(benchmarks.len(), 9);
    assert!(
        benchmarks
            .keys()
            .all(|name| read("summary.md").contains(name))
    );

    let against = |change: &dyn Fn(&mut Value)| {
        let mut kept = now.clone();
        for benchmark in kept["benchmarks"].as_object_mut().unwrap().values_mut() {
            benchmark["ratio"] = json!(1e9);
        }
        change(&mut kept);
        std::fs::write(folder.path().join("kept.json"), kept.to_string()).unwrap();
        let output = ci(folder.path(), &["--before", "kept.json"]).unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        (output.status.code(), said)
    };
    let (code, said) = against(&|_| {});
    assert_eq!((code, said.contains("slower")), (Some(0), false), "{said}");
    let (code, said) = against(&|kept| kept["benchmarks"]["worklist"]["ratio"] = json!(1e-9));
    assert_eq!(code, Some(1));
    assert_eq!(said.matches("**slower**").count(), 1, "{said}");
    assert!(said.contains("- worklist: × "), "{said}");
    let (code, said) = against(&|kept| kept["benchmarks"]["old job"] = json!({"ratio": 1.0}));
    assert_eq!(code, Some(1));
    assert!(said.contains("old job: was measured before, and is gone"));
    let (code, _) = against(&|kept| kept["lines"] = json!(301));
    assert_eq!(
        code,
        Some(2),
        "two runs of different sizes are not compared"
    );
}
