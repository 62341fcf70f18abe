//! Parquet files that `convert` wrote: each stands for the lines of its kinds.

use std::io::{self, Read, Seek};

use crate::error::Error;
use crate::field::OrderIds;
use crate::report::{Refusal, all_orders, unshipped};
use crate::typed::{Lines, Look, Part, Rows, Unfit, VERSION};

use super::gather::Inside;
use super::{Compression, Input};

/// The kinds that have lines in a file; a file of no lines is an all-orders report without any.
///
/// # Errors
/// The file cannot be read; within, why it is none of ours.
pub(super) fn parts(file: impl Read + Seek, len: u64) -> io::Result<Inside> {
    let lines = match Lines::open(file)? {
        Ok(lines) => lines,
        Err(unfit) => return Ok(Err(refusal(unfit))),
    };
    let mut parts: Vec<Part> = Part::ALL
        .into_iter()
        .filter(|part| lines.count(*part) > 0)
        .collect();
    if parts.is_empty() {
        parts.push(Part::Orders);
    }
    let alone = parts.len() == 1;
    let parts = parts.into_iter().map(|part| {
        let label = if alone { "" } else { part.name() };
        (label.to_owned(), len, Compression::Lines(part))
    });
    Ok(Ok(parts.collect()))
}

/// The header of the report that the lines of a kind would be as text, by which it is recognised.
pub(super) fn header(file: impl Read + Seek, part: Part) -> io::Result<Vec<u8>> {
    let columns = match part {
        Part::Orders => all_orders::COLUMNS,
        Part::Backlog => unshipped::COLUMNS,
    };
    let quote = if Lines::open(file)??.quoted() {
        "\""
    } else {
        ""
    };
    let names = columns
        .iter()
        .map(|column| format!("{quote}{}{quote}", column.name));
    let names: Vec<String> = names.collect();
    Ok(format!("\u{feff}{}\n", names.join("\t")).into_bytes())
}

/// The lines of a kind in a converted file.
#[derive(Debug)]
pub struct Converted<'i> {
    input: &'i Input,
    part: Part,
    lines: Lines,
}

impl Input {
    /// Its converted lines; `None` if it is a report.
    ///
    /// # Errors
    /// The file cannot be read, or is damaged.
    pub fn converted(&self) -> Result<Option<Converted<'_>>, Error> {
        let Compression::Lines(part) = self.compression else {
            return Ok(None);
        };
        let lines = Lines::open(self.stretch()?).and_then(|lines| Ok(lines?));
        Ok(Some(Converted {
            input: self,
            part,
            lines: lines.map_err(|source| self.unreadable(source))?,
        }))
    }
}

impl Converted<'_> {
    /// How many row groups there are.
    pub fn groups(&self) -> usize {
        self.lines.groups()
    }

    /// How many bytes a row group has.
    pub fn bytes(&self, group: usize) -> u64 {
        self.lines.bytes(group)
    }

    /// How many lines stand before a row group.
    pub fn lines_before(&self, group: usize) -> u64 {
        self.lines.lines_before(group)
    }

    /// The lines of a row group.
    ///
    /// # Errors
    /// The file cannot be read, or is damaged.
    pub fn rows(&self, group: usize, look: Look) -> Result<Rows, Error> {
        let rows = self
            .lines
            .group(self.input.stretch()?, group, self.part, look);
        rows.map_err(|source| self.input.unreadable(source))
    }

    /// What the first lines say of their orders: the same wherever the same lines are.
    ///
    /// # Errors
    /// The file cannot be read, or is damaged.
    pub fn start(&self) -> Result<Vec<u8>, Error> {
        let first = (0..self.groups().min(1)).map(|group| self.rows(group, Look::Stamps));
        let mut start = self.lines.count(self.part).to_le_bytes().to_vec();
        for rows in first {
            start.extend(rows?.start());
        }
        Ok(start)
    }

    /// Whether two files hold the same lines of a kind.
    ///
    /// # Errors
    /// One of them cannot be read, or is damaged.
    pub fn same(&self, other: &Self) -> Result<bool, Error> {
        if self.part != other.part || self.lines.count(self.part) != other.lines.count(self.part) {
            return Ok(false);
        }
        // Row groups depend on the lines alone. Those of another kind may follow.
        let ids = OrderIds::default();
        for group in 0..self.groups().min(other.groups()) {
            let rows = self.rows(group, Look::All)?;
            if !rows.same(&other.rows(group, Look::All)?, &ids) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

fn refusal(unfit: Unfit) -> Refusal {
    match unfit {
        Unfit::Foreign(detail) => Refusal {
            found: "a Parquet file that `ordersift convert` did not write".into(),
            detail: Some(format!(
                "{detail}; expected is `ordersift.lines` = {VERSION}, and the columns that `ordersift convert --help` names"
            )),
            help: "give the reports it was made from".into(),
            foreign: true,
        },
        Unfit::Damaged(detail) => Refusal {
            found: "a Parquet file that is cut short or damaged".into(),
            detail: Some(detail),
            help: "convert the reports again; none of its lines was counted".into(),
            foreign: false,
        },
    }
}
