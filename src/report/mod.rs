//! What a file can be, and how its lines are read.
//!
//! [`detect`](detect()) looks at the head of a file and gives a [`Report`], or a [`Refusal`] that names what it found instead.
//! [`scan`] hands the lines of one chunk of a report to whatever absorbs them.

pub mod all_orders;
pub mod columns;
mod damage;
pub mod detect;
pub mod encoding;
pub mod foreign;
mod recode;
pub mod scan;
pub mod unshipped;

pub use damage::Forms;
pub use detect::{Refusal, detect, detect_in};
pub use encoding::Encoding;

use crate::chunk::{Chunk, cut};
use crate::field::DateForm;
use crate::line::FileId;

use columns::{Column, Layout};

/// The kinds of report that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Every order item, of any status.
    AllOrders,
    /// The seller's backlog.
    Unshipped,
}

/// One set of column names that a kind goes by.
#[derive(Debug)]
pub struct KindSpec {
    /// The kind.
    pub kind: Kind,
    /// What it is called in messages and in `sources`.
    pub name: &'static str,
    /// Where a seller finds it.
    pub origin: &'static str,
    /// The columns that are read.
    pub columns: &'static [Column],
    /// How its dates are written.
    pub dates: DateForm,
}

/// All of them. A new kind is a file beside this one and an entry here.
pub const KINDS: &[KindSpec] = &[
    KindSpec {
        kind: Kind::AllOrders,
        name: "all-orders",
        origin: "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL, \u{2026}_BY_LAST_UPDATE_GENERAL, archived orders",
        columns: all_orders::COLUMNS,
        dates: DateForm::Iso,
    },
    KindSpec {
        kind: Kind::Unshipped,
        name: "unshipped",
        origin: "GET_FLAT_FILE_ACTIONABLE_ORDER_DATA_SHIPPING, Seller Central: Orders, Order Reports, Unshipped",
        columns: unshipped::COLUMNS,
        dates: DateForm::Iso,
    },
    KindSpec {
        kind: Kind::AllOrders,
        name: "amazon-sale-report",
        origin: "the public data set \"Amazon Sale Report.csv\"",
        columns: all_orders::SALE_REPORT_COLUMNS,
        dates: DateForm::Short,
    },
];

/// How fields are kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Tabs, no quoting: a quotation mark is an ordinary character and every newline ends a line.
    Tabs,
    /// This delimiter, with quoting: a file that a spreadsheet saved.
    Quoted(u8),
}

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

    /// How large the blocks of a stream of this kind are, if about `size` bytes are wanted.
    pub fn block(&self, size: u64) -> usize {
        usize::try_from(size.min(LARGEST_CHUNK)).unwrap_or(usize::MAX)
    }

    /// The pieces of about `size` bytes that the lines of a file of this kind and of `len` bytes are read in. A quoted file is
    /// one piece: whether a newline ends a line depends on all that stands before it.
    pub fn chunks(&self, file: FileId, len: u64, size: u64) -> Vec<Chunk> {
        let size = match self.dialect {
            Dialect::Tabs => size.min(LARGEST_CHUNK),
            Dialect::Quoted(_) => u64::MAX,
        };
        cut(file, self.body(), len, size)
    }
}
