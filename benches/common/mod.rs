//! Invented files for the benches, the same on every machine.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use ordersift::sample::{SampleKind, SampleOptions, write_sample};

/// How many lines the files have: what fits into a cache, and what does not.
pub(crate) const SIZES: [u64; 2] = [10_000, 1_000_000];

/// Writes an all-orders report of so many lines into a folder.
pub(crate) fn sample(folder: &Path, lines: u64, overlap: bool) -> PathBuf {
    let path = folder.join(format!("{lines}-{overlap}.txt"));
    let mut file = BufWriter::new(File::create(&path).unwrap());
    let options = SampleOptions {
        kind: SampleKind::AllOrders,
        lines,
        seed: 1,
        overlap,
        dirty: false,
        ..SampleOptions::default()
    };
    write_sample(&options, &mut file).unwrap();
    file.flush().unwrap();
    path
}
