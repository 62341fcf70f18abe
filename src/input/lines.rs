//! Parquet files that `convert` wrote: each stands for the lines of its kinds.

use std::io::{self, Read, Seek};

use crate::report::Refusal;
use crate::report::kinds::{all_orders, unshipped};
use crate::typed::{Lines, Look, Part, Rows, Unfit, VERSION};

use super::compression::{Compression, Inside};
use super::place::Stretch;

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
pub struct Converted {
    source: Stretch,
    part: Part,
    footer: Lines,
}

impl Converted {
    pub(super) fn open(source: Stretch, part: Part) -> io::Result<Self> {
        let footer = Lines::open(source.clone())??;
        Ok(Self {
            source,
            part,
            footer,
        })
    }

    /// Its kind, and how many lines it has.
    pub fn content(&self) -> (Part, u64) {
        (self.part, self.footer.count(self.part))
    }

    /// Where its lines are.
    pub fn footer(&self) -> &Lines {
        &self.footer
    }

    /// The lines of a row group.
    ///
    /// # Errors
    /// The file cannot be read, or is damaged.
    pub fn rows(&self, group: usize, look: Look) -> io::Result<Rows> {
        self.footer
            .group(self.source.clone(), group, self.part, look)
    }

    /// What the first lines say of their orders: the same wherever the same lines are.
    ///
    /// # Errors
    /// The file cannot be read, or is damaged.
    pub fn start(&self) -> io::Result<Vec<u8>> {
        let first = (0..self.footer.groups().min(1)).map(|group| self.rows(group, Look::Stamps));
        let mut start = self.footer.count(self.part).to_le_bytes().to_vec();
        for rows in first {
            start.extend(rows?.start());
        }
        Ok(start)
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
