//! Parquet files that `convert` wrote: each stands for the lines of its kinds, shown as the reports they were.

use std::io::{self, Read, Seek};

use crate::report::Refusal;
use crate::typed::{Lines, Part, Rows, Unfit, VERSION};

use super::compression::{Compression, Inside};

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

/// Shows the lines of a kind as text.
pub(super) fn unpack<T>(
    file: impl Read + Seek,
    part: Part,
    show: impl FnOnce(&mut dyn Read) -> io::Result<T>,
) -> io::Result<T> {
    let lines = Lines::open(file)??;
    show(&mut Rows::new(lines, part))
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
