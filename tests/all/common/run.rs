//! From bytes to the document, as the program makes it.

use std::path::PathBuf;

use ordersift::field::{Day, Filter, Selection};
use ordersift::options::{MaxRejects, Options, ReadingOptions};
use ordersift::pipeline::{self, Unwatched};
use ordersift::report::encoding::Charset;
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
    let document = of_files(files, &plain())?;
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
        ..SampleOptions::default()
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

/// The first place where two documents differ, and how.
pub fn change(one: &Value, other: &Value) -> Option<String> {
    let inner = |key: String, one: &Value, other: Option<&Value>| match other {
        None => Some(format!("{key}: {one} is gone")),
        Some(other) => change(one, other).map(|what| format!("{key}/{what}")),
    };
    match (one, other) {
        _ if one == other => None,
        (Value::Object(one), Value::Object(others)) => {
            let entries = one.iter();
            let mut changes =
                entries.map(|(key, value)| inner(key.clone(), value, others.get(key)));
            let changed = changes.find_map(|change| change);
            changed.or_else(|| Some("a new key".into()))
        }
        (Value::Array(one), Value::Array(others)) => {
            let entries = one.iter().enumerate();
            let mut changes =
                entries.map(|(at, value)| inner(at.to_string(), value, others.get(at)));
            let changed = changes.find_map(|change| change);
            changed.or_else(|| Some(format!("{}: a new row", one.len())))
        }
        _ => Some(format!(" {one} is now {other}")),
    }
}

/// The same, and text that is not UTF-8 stays as it is: the other engines do not ask what it might be.
pub fn plain() -> Options {
    encoded(ordersift::report::encoding::by_name("utf-8"))
}

/// Tolerant options, for files of an encoding.
pub fn encoded(encoding: Option<Charset>) -> Options {
    let options = tolerant();
    Options {
        reading: ReadingOptions {
            encoding,
            ..options.reading
        },
        ..options
    }
}

/// The options, with files read in pieces of so many bytes.
pub fn in_pieces(chunk: u64, options: Options) -> Options {
    Options {
        reading: ReadingOptions {
            chunk,
            ..options.reading
        },
        ..options
    }
}

/// The options, for lines of these days only.
pub fn of_days(from: Option<Day>, to: Option<Day>, options: Options) -> Options {
    Options {
        selection: Selection {
            from,
            to,
            ..options.selection
        },
        ..options
    }
}

/// The options, for lines of a filter only.
pub fn filtered(filter: Filter, options: Options) -> Options {
    Options {
        selection: Selection {
            filter,
            ..options.selection
        },
        ..options
    }
}
