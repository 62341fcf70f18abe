//! A file on its way: hashed and counted while it is written.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::sync::{Arc, Mutex};

use sha2::{Digest, Sha256};

use super::manifest::{FileSum, hex};

/// The files that are written and closed; `None` is one still open.
pub(super) type Sums = Arc<Mutex<std::collections::BTreeMap<String, Option<FileSum>>>>;

/// A file of a publication. Buffered; it counts only once it is [closed](PublishedWriter::close).
#[derive(Debug)]
pub struct PublishedWriter {
    name: String,
    out: BufWriter<Summed>,
    sums: Sums,
}

/// Sums what reaches the file.
#[derive(Debug)]
struct Summed {
    file: File,
    hash: Sha256,
    bytes: u64,
}

impl PublishedWriter {
    pub(super) fn new(name: String, file: File, sums: Sums) -> Self {
        let summed = Summed {
            file,
            hash: Sha256::new(),
            bytes: 0,
        };
        Self {
            name,
            out: BufWriter::with_capacity(1 << 16, summed),
            sums,
        }
    }

    /// Brings the file to the disk and makes it part of the publication.
    pub fn close(self) -> io::Result<FileSum> {
        let summed = self.out.into_inner()?;
        summed.file.sync_all()?;
        let sum = FileSum {
            file: self.name,
            bytes: summed.bytes,
            sha256: hex(&summed.hash.finalize()),
        };
        let mut sums = self
            .sums
            .lock()
            .map_err(|_| io::Error::other("a writer panicked"))?;
        sums.insert(sum.file.clone(), Some(sum.clone()));
        Ok(sum)
    }
}

impl Write for PublishedWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Write for Summed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
