//! Compression and archives, recognized by the first bytes of a file and never by its name.
//!
//! Everything is read as a stream: nothing is ever unpacked to the disk, and a file that unpacks without end meets a cap.

use std::io::{self, BufReader, Read};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::Error;
use crate::report::Refusal;
use crate::typed::Part;

use crate::input::{Input, archive, lines, sheet};

/// What a file is wrapped in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Compression {
    /// Nothing.
    None,
    /// gzip, of one or several members.
    Gzip,
    /// Zstandard.
    Zstd,
    /// An entry of a zip archive, by its place in the directory.
    Zip(usize),
    /// A sheet of a workbook, by its name; shown as text with quoted cells.
    Sheet(String),
    /// The lines of one kind in a Parquet file that `convert` wrote; shown as the header of a report without lines.
    Lines(Part),
    /// Something that cannot be opened.
    Unusable(Refusal),
}

/// A wrapping by itself, before it is known what is inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Magic {
    Plain,
    Gzip,
    Zstd,
    Zip,
    Parquet,
}

/// What the first bytes say.
pub(super) fn magic(head: &[u8]) -> Magic {
    match head {
        [0x1f, 0x8b, ..] => Magic::Gzip,
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Magic::Zstd,
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Magic::Zip,
        b"PAR1" => Magic::Parquet,
        _ => Magic::Plain,
    }
}

impl Compression {
    /// The name in `sources`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::None | Self::Unusable(_) => "none",
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Zip(_) => "zip",
            Self::Sheet(_) => "xlsx",
            Self::Lines(_) => "parquet",
        }
    }
}

/// What a file may unpack to before it must show that it is no bomb.
const FREE: u64 = 256 << 20;
/// How many times its size a larger one may unpack to. Deflate ends at 1032; reports unpack to ten or twenty times.
const MOST: u64 = 500;

pub(super) fn unpack<T>(
    input: &Input,
    read: &AtomicU64,
    show: impl FnOnce(&mut dyn Read) -> io::Result<T>,
) -> Result<T, Error> {
    let packed = CountedRead {
        source: input.stretch()?,
        read,
    };
    let shown = match &input.compression {
        Compression::None => show(&mut BufReader::with_capacity(1 << 18, packed)),
        Compression::Gzip => {
            let source = BufReader::with_capacity(1 << 16, packed);
            show(&mut capped(
                flate2::bufread::MultiGzDecoder::new(source),
                input.len,
            ))
        }
        Compression::Zstd => {
            zstd::Decoder::new(packed).and_then(|source| show(&mut capped(source, input.len)))
        }
        Compression::Zip(entry) => archive::unpack(packed, *entry, |source| {
            show(&mut capped(source, input.len))
        }),
        Compression::Sheet(name) => sheet::unpack(packed, name, |source| show(source)),
        Compression::Lines(part) => {
            lines::header(packed, *part).and_then(|header| show(&mut header.as_slice()))
        }
        Compression::Unusable(refusal) => return Err(input.refused(refusal.clone())),
    };
    shown.map_err(|source| input.unreadable(source))
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
    Some(Refusal {
        found,
        detail,
        help:
            "download it again; none of its lines was counted, since nobody knows which are missing"
                .into(),
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
pub(super) fn capped(source: impl Read, size: u64) -> impl Read {
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
    source: R,
    read: &'c AtomicU64,
}

impl<R: Read> Read for CountedRead<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl<R: io::Seek> io::Seek for CountedRead<'_, R> {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.source.seek(to)
    }
}
