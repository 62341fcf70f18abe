//! From bytes to the document, as the program makes it.

use std::path::PathBuf;

use ordersift::options::{MaxRejects, Options};
use ordersift::pipeline::{self, Unwatched};
use ordersift::sample::{SampleKind, SampleOptions, write_sample};
use ordersift::table::Document;
use ordersift::{Error, input};
use serde_json::Value;
use tempfile::TempDir;

/// Files by name.
pub type Files = Vec<(String, Vec<u8>)>;

/// Files under the names `a.txt`, `b.txt` and so on.
pub fn named(all: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Files {
    let names = ('a'..='z').map(|letter| format!("{letter}.txt"));
    names
        .zip(all.into_iter().map(|bytes| bytes.as_ref().to_vec()))
        .collect()
}

/// Writes the files to a folder that goes when it is dropped; their paths are in the order of the files.
pub fn written(files: &[(String, Vec<u8>)]) -> (TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().unwrap();
    let paths = files.iter().map(|(name, bytes)| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    });
    let paths = paths.collect();
    (folder, paths)
}

/// The defaults, but any number of lines may be bad.
pub fn tolerant() -> Options {
    Options {
        max_rejects: MaxRejects::Share(1_000_000),
        ..Options::default()
    }
}

/// The document of paths, on the threads of the caller.
pub fn of_paths(paths: &[PathBuf], options: &Options) -> Result<Document, Error> {
    pipeline::report(&input::gather(paths, &[])?, options, &Unwatched)
}

/// The document of files.
pub fn of_files(files: &[(String, Vec<u8>)], options: &Options) -> Result<Document, Error> {
    let (_folder, paths) = written(files);
    of_paths(&paths, options)
}

/// The document as it is published.
pub fn json(document: &Document) -> String {
    let mut bytes = Vec::new();
    ordersift::write::json(document, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// The published document of files, any number of whose lines may be bad.
pub fn published(files: &[(String, Vec<u8>)]) -> Result<Value, Error> {
    let document = of_files(files, &tolerant())?;
    Ok(serde_json::from_str(&json(&document)).unwrap())
}

/// The same where it must succeed.
pub fn value(files: &[(String, Vec<u8>)]) -> Value {
    published(files).unwrap_or_else(|error| panic!("{error}"))
}

/// An invented report.
pub fn sample(kind: SampleKind, lines: u64, seed: u64, overlap: bool, dirty: bool) -> Vec<u8> {
    let options = SampleOptions {
        kind,
        lines,
        seed,
        overlap,
        dirty,
    };
    let mut report = Vec::new();
    write_sample(&options, &mut report).unwrap();
    report
}

/// An invented all-orders report.
pub fn all_orders(lines: u64, seed: u64, overlap: bool, dirty: bool) -> Vec<u8> {
    sample(SampleKind::AllOrders, lines, seed, overlap, dirty)
}

/// Everything but the header of a report.
pub fn body(report: &[u8]) -> &[u8] {
    let end = report.iter().position(|byte| *byte == b'\n').unwrap();
    &report[end + 1..]
}
