//! Invented files for the benches, the same on every machine.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use ordersift::sample::{SampleOptions, write_sample};

/// How many lines the files have: what fits into a cache, and what does not.
pub(crate) const SIZES: [u64; 2] = [10_000, 1_000_000];

/// Writes an all-orders report of so many lines into a folder.
pub(crate) fn sample(folder: &Path, lines: u64, overlap: bool) -> PathBuf {
    let options = SampleOptions {
        lines,
        overlap,
        ..SampleOptions::default()
    };
    write(folder, &format!("{lines}-{overlap}"), &options)
}

/// Writes a report into a folder.
pub(crate) fn write(folder: &Path, name: &str, options: &SampleOptions) -> PathBuf {
    let path = folder.join(format!("{name}.txt"));
    let mut file = BufWriter::new(File::create(&path).unwrap());
    write_sample(options, &mut file).unwrap();
    file.flush().unwrap();
    path
}
