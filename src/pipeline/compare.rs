//! Two runs, and what is between them.

use std::collections::BTreeMap;

use crate::error::Error;
use crate::field::{Range, Selection};
use crate::input::Input;
use crate::options::Options;
use crate::table::{Compared, SideDays};
use crate::table::{Control, Document};
use crate::topic::{self, Side};

use super::finish::{defect, document_and};
use super::{Progress, ProvisionalPlan};

/// One side of a comparison: what it is called, its inputs, and which of their lines are asked for.
#[derive(Debug, Clone, Copy)]
pub struct SideInputs<'i> {
    /// What it is called.
    pub name: &'i str,
    /// The inputs; both sides may have the same ones.
    pub inputs: &'i [Input],
    /// The options, the days among them.
    pub options: &'i Options,
}

/// A run that is to be compared.
#[derive(Debug)]
pub struct Sided {
    /// All there is to know of it.
    pub document: Document,
    /// The days that it is about.
    pub days: SideDays,
    sold: Side,
}

/// Reads one side.
///
/// # Errors
/// See [`Error`]; no day of it is in the files.
pub fn side(inputs: SideInputs<'_>, progress: &dyn Progress) -> Result<Sided, Error> {
    let SideInputs {
        inputs: files,
        options,
        ..
    } = inputs;
    let plan = ProvisionalPlan::new(files, options, progress)?;
    let (plan, state) = plan.aggregate(options, progress)?;
    let (document, sold) = document_and(&plan, state, &plan.input_files(), options, Side::of)?;
    Ok(Sided {
        document,
        days: days(inputs, &sold)?,
        sold,
    })
}

/// A document whose only table compares sales now with sales then. Two ranges of the same files are `together`: their
/// lines were read twice, and are told once.
///
/// # Errors
/// What polars refuses: a defect of the program.
pub fn compare(then: Sided, now: Sided, together: bool) -> Result<Document, Error> {
    let compared = Compared {
        then: then.days,
        now: now.days,
    };
    let table = topic::comparison(&then.sold, &now.sold, &compared).map_err(defect)?;
    let mut document = now.document;
    if together {
        let asked = |name: &str| matches!(name, "from" | "to");
        document.options.retain(|(name, _)| !asked(name));
    } else {
        add(&mut document, &then.document);
    }
    document.options.push(("then", compared.then.to_string()));
    document.options.push(("now", compared.now.to_string()));
    document.compared = Some(compared);
    document.tables = vec![table];
    Ok(document)
}

/// What was asked for, as far as the files go.
fn days(inputs: SideInputs<'_>, side: &Side) -> Result<SideDays, Error> {
    let Selection { from, to, .. } = inputs.options.selection;
    let (first, last) = side.covered.ok_or_else(|| Error::NothingToCompare {
        side: inputs.name.to_owned(),
        covered: None,
    })?;
    let (first_day, last_day) = (
        from.map_or(first, |from| from.max(first)),
        to.map_or(last, |to| to.min(last)),
    );
    if last_day < first_day {
        return Err(Error::NothingToCompare {
            side: inputs.name.to_owned(),
            covered: Some(Range { first, last }.to_string()),
        });
    }
    let range = Range {
        first: first_day,
        last: last_day,
    };
    let gap_days = side.gap_days.iter();
    let gap_days = gap_days.filter(|day| (first_day..=last_day).contains(day));
    let gap_days = i64::try_from(gap_days.count()).unwrap_or(i64::MAX);
    let beyond = from.is_some_and(|from| from < first) || to.is_some_and(|to| to > last);
    Ok(SideDays {
        name: inputs.name.to_owned(),
        first_day,
        last_day,
        days: i64::from(range.days()) - gap_days,
        partial: beyond || gap_days > 0,
    })
}

/// Counts the files of the other side too.
fn add(document: &mut Document, other: &Document) {
    let (mine, theirs) = (document.control, other.control);
    document.control = Control {
        lines_read: mine.lines_read + theirs.lines_read,
        kept: mine.kept + theirs.kept,
        superseded: mine.superseded + theirs.superseded,
        repeated: mine.repeated + theirs.repeated,
        rejected: mine.rejected + theirs.rejected,
    };
    document.bytes += other.bytes;
    let mut kinds: BTreeMap<&'static str, usize> = BTreeMap::new();
    for (kind, files) in document.kinds.iter().chain(&other.kinds) {
        *kinds.entry(kind).or_default() += files;
    }
    document.kinds = kinds.into_iter().collect();
}
