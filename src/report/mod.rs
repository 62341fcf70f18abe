//! Reports: their kinds, and how their lines are read.
//!
//! [`detect`](detect()) looks at the head of a file and gives a [`Report`], or a [`Refusal`] that names what it found instead.
//! [`scan`] hands the lines of one chunk of a report to a `LineSink`.

pub mod columns;
mod damage;
pub mod detect;
pub mod encoding;
pub mod foreign;
mod forms;
pub mod kinds;
pub mod known_lines;
mod quoted;
pub mod reading;
pub mod scan;
mod xml;

pub use detect::{Refusal, detect, detect_among, detect_in};
pub use encoding::Encoding;
pub use forms::{Dialect, Forms};
pub use kinds::{ADDRESSED, KINDS, Kind, KindSpec, TRACKING, UNTABLED};

use std::io::{self, Read};

use crate::chunk::{Chunk, cut};
use crate::field::DateForm;
use crate::line::FileId;

use columns::Layout;
use damage::Evidence;

/// No piece of a tab file is larger, whatever was asked for: places in it are kept in four bytes.
const LARGEST_CHUNK: u64 = 1 << 30;

/// A recognised file.
#[derive(Debug, Clone)]
pub struct Report {
    /// Which report it is.
    pub spec: &'static KindSpec,
    /// Where its columns are.
    pub layout: Layout,
    /// How its fields are kept apart.
    pub dialect: Dialect,
    /// How it writes dates and amounts.
    pub forms: Forms,
    /// How its text is encoded.
    pub encoding: Encoding,
    /// Whether all of its lines were looked at for their encoding.
    pub examined: bool,
    /// Whether its head leaves open how it writes dates and quotation marks, which the rest of it may settle.
    pub forms_open: bool,
    /// Everything before the first line of data, as it stands in the file.
    pub header: Vec<u8>,
    /// How many lines that is.
    pub header_lines: u64,
}

impl Report {
    /// First byte after the header.
    pub fn body(&self) -> u64 {
        self.header.len() as u64
    }

    /// Looks at all lines after the header for how they write dates and quotation marks.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn settle_forms(&mut self, body: impl Read) -> io::Result<()> {
        let mut evidence = Evidence::new(self.spec, &self.layout, self.dialect);
        evidence.rest(body)?;
        self.forms = evidence.forms();
        self.forms_open = false;
        Ok(())
    }

    /// Whether a spreadsheet saved it: its cells are quoted, and Amazon's are not.
    pub fn is_resaved(&self) -> bool {
        let comes_so = self.spec.dates == DateForm::Short || self.spec.kind == Kind::Confirmation;
        matches!(self.dialect, Dialect::Quoted(_)) && !comes_so
    }

    /// How large the blocks of a stream of this kind are, if about `size` bytes are wanted.
    pub fn block(&self, size: u64) -> usize {
        usize::try_from(size.min(LARGEST_CHUNK)).unwrap_or(usize::MAX)
    }

    /// The pieces of about `size` bytes that the lines of a file of this kind and of `len` bytes are read in. A file of any
    /// other dialect than tabs is one piece: what its bytes mean depends on all that stands before them.
    pub fn chunks(&self, file: FileId, len: u64, size: u64) -> Vec<Chunk> {
        let size = match self.dialect {
            Dialect::Tabs => size.min(LARGEST_CHUNK),
            Dialect::Quoted(_) | Dialect::Xml | Dialect::Json => u64::MAX,
        };
        cut(file, self.body(), len, size)
    }
}
