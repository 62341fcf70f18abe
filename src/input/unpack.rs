//! The bytes inside a compressed file or an archive, as a stream: nothing is unpacked to the disk, and a file that unpacks
//! without end meets a cap.

use std::io::{self, BufReader, Read, Seek};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::report::Refusal;

use super::compression::Compression;
use super::{archive, lines, sheet};

/// What a file may unpack to before it must show that it is no bomb.
const FREE: u64 = 256 << 20;
/// How many times its size a larger one may unpack to. Deflate ends at 1032; reports unpack to ten or twenty times.
const MOST: u64 = 500;

/// Shows the bytes inside a file of `size` bytes to `show`.
pub(super) fn unpack<T>(
    compression: &Compression,
    packed: CountedRead<'_, impl Read + Seek>,
    size: u64,
    show: impl FnOnce(&mut dyn Read) -> io::Result<T>,
) -> io::Result<T> {
    match compression {
        Compression::None => show(&mut BufReader::with_capacity(1 << 18, packed)),
        Compression::Gzip => {
            let source = BufReader::with_capacity(1 << 16, packed);
            show(&mut capped(
                flate2::bufread::MultiGzDecoder::new(source),
                size,
            ))
        }
        Compression::Zstd => {
            zstd::Decoder::new(packed).and_then(|source| show(&mut capped(source, size)))
        }
        Compression::Zip(entry) => {
            archive::unpack(packed, *entry, |source| show(&mut capped(source, size)))
        }
        Compression::Sheet(name) => sheet::unpack(packed, name, |source| show(source)),
        Compression::Lines(part) => {
            lines::header(packed, *part).and_then(|header| show(&mut header.as_slice()))
        }
        Compression::Unusable(refusal) => Err(io::Error::other(refusal.found.clone())),
    }
}

/// What an I/O error says of the wrapping, `None` if it is an ordinary one.
pub(super) fn damage(compression: &Compression, error: &io::Error) -> Option<Refusal> {
    let what = match compression {
        Compression::None | Compression::Unusable(_) => return None,
        Compression::Gzip => "a gzip file",
        Compression::Zstd => "a zstd file",
        Compression::Zip(_) => "an entry of a zip archive",
        Compression::Sheet(_) => "an Excel workbook",
        Compression::Lines(_) => "a Parquet file",
    };
    if let Some(Bomb { size }) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
        return Some(Refusal {
            found: format!(
                "{what} of {size} bytes that unpacks to more than {MOST} times its size"
            ),
            detail: Some(format!(
                "reading stopped there: over {} MiB, {MOST} times is the most",
                FREE >> 20
            )),
            help:
                "no report is that repetitive; if this one is, unpack it and give the file inside"
                    .into(),
            foreign: false,
        });
    }
    if error.raw_os_error().is_some() || error.to_string().contains("changed during read") {
        return None;
    }
    let (found, detail) = match error.kind() {
        io::ErrorKind::UnexpectedEof => (format!("{what} that ends too early"), None),
        _ => (format!("{what} that is damaged"), Some(error.to_string())),
    };
    let again = match compression {
        Compression::Lines(_) => "convert the reports again, with `--force`",
        _ => "download it again",
    };
    let help =
        format!("{again}; none of its lines was counted, since nobody knows which are missing");
    Some(Refusal {
        found,
        detail,
        help,
        foreign: false,
    })
}

/// The error of a file that unpacks to too much.
#[derive(Debug)]
struct Bomb {
    size: u64,
}

impl std::fmt::Display for Bomb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} bytes unpack to more than {MOST} times as much",
            self.size
        )
    }
}

impl std::error::Error for Bomb {}

/// Stops where a file of `size` bytes has unpacked to more than any report does.
fn capped(source: impl Read, size: u64) -> impl Read {
    Capped {
        source,
        size,
        left: FREE.max(size.saturating_mul(MOST)),
    }
}

struct Capped<R> {
    source: R,
    size: u64,
    left: u64,
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        match self.left.checked_sub(read as u64) {
            Some(left) => self.left = left,
            None => return Err(io::Error::other(Bomb { size: self.size })),
        }
        Ok(read)
    }
}

/// Counts what is read of the file itself.
#[derive(Debug)]
pub(super) struct CountedRead<'c, R> {
    pub(super) source: R,
    pub(super) read: &'c AtomicU64,
}

impl<R: Read> Read for CountedRead<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl<R: Seek> Seek for CountedRead<'_, R> {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.source.seek(to)
    }
}
