//! Everything the fuzzers ever found, and the files they start from, read once more.

use crate::common::fuzzed;

fn replay(target: &str, check: fn(&[u8])) {
    let folder = std::path::Path::new("fuzz/corpus").join(target);
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() >= 5, "{} files for {target}", files.len());
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        let found = std::panic::catch_unwind(|| check(&bytes));
        assert!(found.is_ok(), "{} breaks {target}", file.display());
    }
}

#[test]
fn detection_takes_any_bytes() {
    replay("detect", fuzzed::detect);
}

#[test]
fn cells_take_any_bytes() {
    replay("fields", fuzzed::fields);
}

#[test]
fn lines_are_what_the_slow_twin_hears() {
    replay("lines", fuzzed::lines);
}

#[test]
fn the_pipeline_takes_any_bytes() {
    replay("pipeline", fuzzed::pipeline);
}
