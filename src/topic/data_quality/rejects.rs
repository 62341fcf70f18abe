//! The table `rejects`: lines that could not be read.

use polars::prelude::*;

use crate::table::ColumnKind::{Count, Text};
use crate::table::rows::Rows;
use crate::table::shared_columns;
use crate::table::sums::count;
use crate::table::{LakeView, Part, TableSpec, column};
use crate::topic::context::ReportContext;

pub(crate) const REJECTS: TableSpec = TableSpec {
    name: "rejects",
    title: "Rejected lines",
    part: Part::Data,
    filled_by: &[],
    definition: "Lines that could not be read and are not counted, each with its place and reason: the first 10,000 of them, by file and line; the \
                 control totals count all. byte: how many bytes of the text \
                 stand before the line, unpacked. code: the reason in one word, the same in every version. text is at most 40 characters of the cell at fault, and never a buyer's field.",
    columns: &[
        shared_columns::FILE,
        shared_columns::LINE,
        column(
            "byte",
            "Byte",
            Count,
            "How many bytes of the file's text, unpacked, stand before the line.",
        ),
        column(
            "code",
            "Code",
            Text,
            "The reason in one word, the same in every version.",
        ),
        column("reason", "Reason", Text, "Why the line could not be read."),
        column(
            "column",
            "Column",
            Text,
            "The column of the report that could not be read; empty if it is the line as a whole.",
        ),
        column(
            "text",
            "Found",
            Text,
            "What was found there, at most 40 characters, never of a buyer's field.",
        ),
    ],
    charts: &[],
    in_lake: LakeView::None("the folder `rejects` of the lake has them, a row for each line"),
};

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    Rows::of(context.state.data_quality.rejects.listed())
        .text("file", |reject| {
            Some(context.file_name(reject.place.file).to_owned())
        })
        .count("line", |reject| {
            Some(count(context.line_number(reject.place)))
        })
        .count("byte", |reject| Some(count(reject.place.byte)))
        .text("code", |reject| Some(reject.fault.reason.code().to_owned()))
        .text("reason", |reject| Some(reject.fault.reason.to_string()))
        .text("column", |reject| reject.fault.column.map(str::to_owned))
        .text("text", |reject| Some(reject.fault.text.clone()))
        .frame()
}
