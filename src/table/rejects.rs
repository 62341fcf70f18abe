//! Lines that could not be read.

use polars::prelude::*;

use super::ColumnKind::{Count, Text};
use super::rows::Rows;
use super::sums::count;
use super::{Facts, TableSpec, column};

pub(super) const REJECTS: TableSpec = TableSpec {
    name: "rejects",
    title: "Rejected lines",
    definition: "Lines that are in no number, each with where it stands and why: the first 10,000 of them, by file and line; the \
                 control totals count all. byte: how many bytes of the text \
                 stand before the line, unpacked. code: the reason in one word, the same in every version. text is at most 40 characters of the cell at fault, and never a buyer's field.",
    columns: &[
        column("file", "File", Text),
        column("line", "Line", Count),
        column("byte", "Byte", Count),
        column("code", "Code", Text),
        column("reason", "Reason", Text),
        column("column", "Column", Text),
        column("text", "Found", Text),
    ],
    charts: &[],
    roll_up,
};

fn roll_up(facts: &Facts<'_>) -> PolarsResult<DataFrame> {
    Rows::of(facts.counted.rejects.listed())
        .text("file", |reject| {
            Some(facts.file_name(reject.place.file).to_owned())
        })
        .count("line", |reject| {
            Some(count(facts.line_number(reject.place)))
        })
        .count("byte", |reject| Some(count(reject.place.byte)))
        .text("code", |reject| Some(reject.fault.reason.code().to_owned()))
        .text("reason", |reject| Some(reject.fault.reason.to_string()))
        .text("column", |reject| reject.fault.column.map(str::to_owned))
        .text("text", |reject| Some(reject.fault.text.clone()))
        .frame()
}
