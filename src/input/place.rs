//! A file read from any place, by several readers at once.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;

use crate::chunk::read_at;

/// A cursor of its own in a file whose length is known: other cursors in it do not move.
#[derive(Debug, Clone)]
pub struct Stretch {
    file: Arc<File>,
    at: u64,
    len: u64,
}

impl Stretch {
    /// All of a file.
    pub fn new(file: File, len: u64) -> Self {
        Self {
            file: Arc::new(file),
            at: 0,
            len,
        }
    }
}

impl Read for Stretch {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.len.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let wanted = buffer.len().min(left);
        if wanted == 0 {
            return Ok(0);
        }
        let read = read_at(&self.file, &mut buffer[..wanted], self.at)?;
        if read == 0 {
            return Err(crate::chunk::shorter());
        }
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Stretch {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.len.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}
