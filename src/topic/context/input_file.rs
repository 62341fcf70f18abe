//! An input file, as far as tables need to know it.

use crate::line::FileId;
use crate::ownership::Role;

/// An input file, as far as tables need to know it.
#[derive(Debug, Clone)]
pub struct InputFile {
    /// The name that tables show.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// Its role in the run.
    pub role: Role,
    /// The encoding of its text.
    pub encoding: String,
    /// Its compression or archive.
    pub compression: &'static str,
    /// Whether a spreadsheet saved it.
    pub resaved: bool,
    /// Lines before the first chunk.
    pub header_lines: u64,
    /// The file that it is a copy of.
    pub copy_of: Option<FileId>,
}

/// The name of a file; empty if it is none of the inputs.
pub(super) fn file_name(inputs: &[InputFile], file: FileId) -> &str {
    inputs
        .get(file.0 as usize)
        .map_or("", |input| input.name.as_str())
}
