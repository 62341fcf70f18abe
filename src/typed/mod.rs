//! Lines as columns: the one schema of `ordersift convert`, written as Parquet and read back.
//!
//! A [`Batch`] holds lines column by column. [`Writer`] makes a Parquet file of batches, in row groups that depend on the lines
//! alone. [`Lines`] is the footer of such a file, by which its row groups are read one by one, and [`Rows`] are the lines of one:
//! they go to a `LineSink` as those of any other report.

mod batch;
mod decode;
pub mod digits;
mod encode;
mod fill;
pub mod lake;
mod pages;
mod rows;
mod schema;
mod stored;
mod unfit;

pub use batch::{Batch, Cell, Cells};
pub use decode::{Lines, named_of, note_of};
pub use encode::Writer;
pub use fill::{Beside, Origin, order, unshipped};
pub use rows::{Look, Rows};
pub use schema::{COLUMNS, Column, Content, LAKE_COLUMNS, LINES, Schema, place};
pub use unfit::Unfit;

/// The kinds of report whose lines are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// Lines of all-orders reports.
    Orders,
    /// Lines of unshipped reports.
    Backlog,
}

impl Part {
    /// Both, in the order in which their lines are counted.
    pub const ALL: [Self; 2] = [Self::Orders, Self::Backlog];

    /// The text in the column `kind`, which is the kind's name everywhere.
    pub fn name(self) -> &'static str {
        match self {
            Self::Orders => "all-orders",
            Self::Backlog => "unshipped",
        }
    }
}

/// The version of the schema, in the metadata of every file. A file of any other one is refused.
pub const VERSION: &str = "1";

/// The name of the version in the metadata.
const KEY_VERSION: &str = "ordersift.lines";
/// Lines of each part.
const KEY_COUNTS: [&str; 2] = ["ordersift.lines.all_orders", "ordersift.lines.unshipped"];
/// Whether a text holds a tab or a line end, or a line is very long: then fields must be quoted where they are shown.
const KEY_QUOTED: &str = "ordersift.quoted";
/// The CRC-32 of the bytes of every row group.
const KEY_SUMS: &str = "ordersift.crc32";

/// Lines of a row group; the last one may have fewer.
const GROUP: usize = 1 << 16;
/// Bytes of text after which a row group ends early, so that long texts do not fill memory.
const GROUP_BYTES: usize = 64 << 20;
