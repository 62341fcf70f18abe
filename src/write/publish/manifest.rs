//! The manifest: the files that were read and written.

use std::io::{self, Read};

use serde::{Deserialize, Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::table::{Control, Document};

/// A file with its length and its SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSum {
    /// The name: of an input as it was given, of an output inside its folder.
    pub file: String,
    /// The length.
    pub bytes: u64,
    /// The sum, 64 hexadecimal digits.
    pub sha256: String,
}

impl FileSum {
    /// The sum of all bytes of a reader.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn read(file: String, mut from: impl Read) -> io::Result<Self> {
        let mut hash = Sha256::new();
        let mut bytes = 0;
        let mut block = vec![0; 1 << 18];
        loop {
            let read = from.read(&mut block)?;
            if read == 0 {
                return Ok(Self {
                    file,
                    bytes,
                    sha256: hex(&hash.finalize()),
                });
            }
            hash.update(&block[..read]);
            bytes += read as u64;
        }
    }
}

/// The last file of a publication: with it the folder is finished, and known to be ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Manifest {
    /// The version of the manifest's shape.
    pub schema_version: u32,
    /// The version of the program.
    pub ordersift: &'static str,
    /// The options that changed numbers.
    #[serde(serialize_with = "as_map")]
    pub options: Vec<(&'static str, String)>,
    /// The moment that lateness was judged at.
    pub as_of: Option<String>,
    /// Every line accounted for.
    pub control: Control,
    /// The files that were read.
    pub inputs: Vec<FileSum>,
    /// The files of the publication; filled when it is finished.
    pub outputs: Vec<FileSum>,
    /// Text cells of CSV files that were guarded against spreadsheets.
    pub guarded_cells: u64,
}

impl Manifest {
    /// The manifest of a document.
    pub fn new(document: &Document, inputs: Vec<FileSum>, guarded_cells: u64) -> Self {
        Self::of(
            document.options.clone(),
            document.as_of.clone(),
            document.control,
            inputs,
            guarded_cells,
        )
    }

    /// The manifest of a run that has no document: of `split`.
    pub fn of(
        options: Vec<(&'static str, String)>,
        as_of: Option<String>,
        control: Control,
        inputs: Vec<FileSum>,
        guarded_cells: u64,
    ) -> Self {
        let ordersift = env!("CARGO_PKG_VERSION");
        Self {
            schema_version: 1,
            ordersift,
            options,
            as_of,
            control,
            inputs,
            outputs: Vec::new(),
            guarded_cells,
        }
    }
}

fn as_map<S: Serializer>(
    options: &[(&'static str, String)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(options.iter().map(|(name, value)| (name, value)))
}

/// What of a manifest found in a folder matters: that it is one of ours, and which files it names.
#[derive(Debug, Deserialize)]
pub(super) struct Found {
    #[serde(rename = "ordersift")]
    _version: String,
    pub(super) outputs: Vec<FileSum>,
}

pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| char::from(DIGITS[usize::from(half & 15)]);
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(*byte)])
        .collect()
}
