//! Compression and archives, recognized by the first bytes of a file and never by its name.

use crate::report::Refusal;
use crate::typed::Part;

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

/// What is inside a file: the name of each, its size in the file and how to get at it.
pub(super) type Inside = Result<Vec<(String, u64, Compression)>, Refusal>;
