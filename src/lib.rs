//! The weekly sales and shipping figures of an Amazon seller, from order-report files.
//!
//! The way of the data, in one line:
//!
//! ```text
//! paths ─detect→ Report ─cut→ Chunk ─parse→ OrderLine | UnshippedLine ─aggregate→ State ─merge→ State ─table→ Table ─render→ bytes
//! ```
//!
//! | stage | module | question it answers |
//! |---|---|---|
//! | gather | [`input`] | which files? |
//! | detect | [`report`] | what is this file? |
//! | cut | [`chunk`] | which bytes are a line? |
//! | parse | [`field`], [`report`], [`line`](mod@line) | what does a line say? |
//! | settle | [`ownership`] | which file's lines count? |
//! | aggregate, merge | [`state`], [`merge`] | what is left of the lines? |
//! | table | [`topic`], [`table`] | what does a reader ask? |
//! | sum up | [`overview`] | what does the first screen show? |
//! | judge | [`gate`] | should a job fail on it? |
//! | render, publish | [`write`](mod@write) | in which format? |
//!
//! [`pipeline`] is where they meet.
//!
//! ```
//! use ordersift::{input, options::Options, pipeline};
//! # fn main() -> Result<(), ordersift::Error> {
//! let inputs = input::gather(&["fixtures/first-week".into()], &[])?;
//! let document = pipeline::report(&inputs, &Options::default(), &pipeline::Unwatched)?;
//! assert!(document.control.adds_up());
//! assert!(document.table("fulfillment").is_some_and(|table| table.height() > 0));
//! # Ok(())
//! # }
//! ```

pub mod chunk;
pub mod convert;
pub mod cube;
mod error;
pub mod field;
pub mod gate;
pub mod input;
pub mod lake;
pub mod line;
pub mod merge;
pub mod options;
pub mod overview;
pub mod ownership;
pub mod partitioned;
pub mod pipeline;
pub mod report;
pub mod sample;
pub mod scanner;
pub mod split;
pub mod sql;
pub mod state;
pub mod table;
pub mod topic;
pub mod typed;
pub mod write;

pub use error::Error;
