//! The side roads, `split` and `convert`, in memory; and whether two documents say the same.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use ordersift::convert::{ConvertError, Form, Written, convert};
use ordersift::input;
use ordersift::options::Options;
use ordersift::pipeline::{Plan, Unwatched};
use ordersift::split::{Outlets, split};
use ordersift::table::{Control, Document, Table};

use super::run::{Files, tolerant};

/// The lines of paths as one file of columns.
pub fn converted(
    paths: &[PathBuf],
    options: &Options,
    form: Form,
) -> Result<(Vec<u8>, Written), ConvertError> {
    let inputs = input::gather(paths, &[])?;
    let mut plan = Plan::new(&inputs, options, &Unwatched)?;
    convert(&mut plan, options, form, &Unwatched, || Ok(Vec::new()))
}

/// The same as Parquet, of any number of damaged lines.
pub fn parquet(paths: &[PathBuf]) -> (Vec<u8>, Written) {
    converted(paths, &tolerant(), Form::Parquet).unwrap()
}

/// A folder with the bytes as `lines.parquet`.
pub fn kept(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lines.parquet");
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

/// The files that `split` makes of paths, under names such as `fba/a.txt`.
pub fn split_files(paths: &[PathBuf], options: &Options) -> (Files, Control) {
    let inputs = input::gather(paths, &[]).unwrap();
    let plan = Plan::new(&inputs, options, &Unwatched).unwrap();
    let mut folder = Folder::default();
    let written = split(&plan, options, &Unwatched, &mut folder);
    let Ok(written) = written else {
        panic!("{:?}", written.err())
    };
    (folder.0.into_iter().collect(), written.control)
}

#[derive(Default)]
struct Folder(BTreeMap<String, Vec<u8>>);

struct Open {
    name: String,
    bytes: Vec<u8>,
}

impl Outlets for Folder {
    type Out = Open;

    fn open(&mut self, name: &str) -> io::Result<Open> {
        assert!(!self.0.contains_key(name), "{name} is written twice");
        Ok(Open {
            name: name.to_owned(),
            bytes: Vec::new(),
        })
    }

    fn close(&mut self, out: Open) -> io::Result<()> {
        self.0.insert(out.name, out.bytes);
        Ok(())
    }
}

impl Write for Open {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The cells of a table as text.
pub fn cells(table: &Table) -> Vec<Vec<Option<String>>> {
    let rows = (0..table.height()).map(|row| {
        let cells = table.row(row);
        cells
            .map(|(_, cell)| cell.text().map(std::borrow::Cow::into_owned))
            .collect()
    });
    rows.collect()
}

/// Tables about files.
pub const OF_FILES: [&str; 4] = ["sources", "rejects", "quality", "coverage"];
/// Tables that lean on snapshots which are no kept lines.
pub const OF_SNAPSHOTS: [&str; 4] = ["late_rate", "late_rate_by", "late_orders", "health"];

/// Tables that compare periods: only where no day of them lacks.
pub const OF_PERIODS: [&str; 4] = ["changes", "movers", "bridge", "anomalies"];

/// The days that a document says lack. Files leave a gap of days between them that their lines, kept in one file, need not show:
/// where orders are few, days without any are no gap.
fn gap_days(document: &Document) -> Vec<(String, String)> {
    let coverage = document.table("coverage").unwrap();
    let is_gap = |row: &usize| {
        coverage.text(*row, "found") == "missing"
            || coverage.text(*row, "note").contains("orders are usual")
    };
    let rows = (0..coverage.height()).filter(is_gap);
    rows.map(|row| {
        (
            coverage.text(row, "first_day"),
            coverage.text(row, "last_day"),
        )
    })
    .collect()
}

/// The first thing that two documents do not say the same of, the tables `but` aside. Where other days lack, other periods are
/// partial and compared.
pub fn difference(one: &Document, other: &Document, but: &[&str]) -> Option<String> {
    if (&one.as_of, one.control.kept) != (&other.as_of, other.control.kept) {
        let of = |document: &Document| format!("{:?} {:?}", document.as_of, document.control);
        return Some(format!("{} is {}", of(one), of(other)));
    }
    assert_eq!(one.tables.len(), other.tables.len());
    let same_days = gap_days(one) == gap_days(other);
    let compared = one.tables.iter().zip(&other.tables);
    let aside = |name| but.contains(&name) || !same_days && OF_PERIODS.contains(&name);
    let mut compared = compared.filter(|(table, _)| !aside(table.spec.name));
    compared.find_map(|(table, other)| {
        let (mut cells, mut others) = (cells(table), cells(other));
        if let (false, Some(partial)) = (same_days, table.index("partial")) {
            let all = cells.iter_mut().chain(&mut others);
            all.for_each(|row| row[partial] = None);
        }
        let rows = 0..cells.len().max(others.len());
        let mut rows = rows.map(|row| (row, cells.get(row), others.get(row)));
        let (row, cells, others) = rows.find(|(_, cells, others)| cells != others)?;
        let names: Vec<&str> = table.columns().iter().map(|column| column.name).collect();
        let name = table.spec.name;
        Some(format!(
            "{name}, row {row}, {names:?}:\n  {cells:?}\n  {others:?}"
        ))
    })
}
