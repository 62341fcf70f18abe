//! What the inputs are, and which of them are the same.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::error::Error;
use crate::input::Input;
use crate::line::FileId;
use crate::report::detect::HEAD;
use crate::report::{Refusal, Report, detect};

/// What an input turned out to be.
#[derive(Debug)]
pub enum Found {
    /// A report to read.
    Report(Report),
    /// A report to read, the same byte for byte as that input.
    Copy(Report, FileId),
    /// Something else.
    Refused(Refusal),
}

/// What the inputs are, one by one.
///
/// # Errors
/// A file cannot be read.
pub fn recognise(inputs: &[Input]) -> Result<Vec<Found>, Error> {
    let detected: Vec<Result<Report, Refusal>> = inputs
        .par_iter()
        .map(|input| {
            input
                .head(HEAD as u64)
                .map(|head| detect(&head, head.len() as u64 == input.len))
        })
        .collect::<Result<_, Error>>()?;
    let mut by_size: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    let mut found = Vec::new();
    for (index, detected) in detected.into_iter().enumerate() {
        found.push(match detected {
            Err(refusal) => Found::Refused(refusal),
            Ok(report) => {
                let twins = by_size.entry(inputs[index].len).or_default();
                let mut copy_of = None;
                for &twin in twins.iter() {
                    if inputs[index].same_bytes(&inputs[twin])? {
                        copy_of = Some(file_id(twin));
                        break;
                    }
                }
                if let Some(twin) = copy_of {
                    Found::Copy(report, twin)
                } else {
                    twins.push(index);
                    Found::Report(report)
                }
            }
        });
    }
    Ok(found)
}

/// The id of an input, which is its place among them.
pub(super) fn file_id(index: usize) -> FileId {
    FileId(u32::try_from(index).expect("fewer than four thousand million files"))
}
