//! The table `sources`: files, their lines, and what became of them.

use polars::prelude::*;

use crate::field::label;
use crate::line::FileId;
use crate::ownership::Role;
use crate::table::shared_columns;
use crate::topic::data_quality::state::source::Source;

use crate::table::ColumnKind::{Count, Moment, Text};
use crate::table::rows::Rows;
use crate::table::sums::count;
use crate::table::{LakeView, Part, TableSpec, column};
use crate::topic::context::{InputFile, ReportContext};

pub(crate) const SOURCES: TableSpec = TableSpec {
    name: "sources",
    title: "Sources",
    part: Part::Data,
    filled_by: &[],
    definition: "One row per file. lines_read = kept + superseded + repeated + rejected. role: orders (all-orders: each order \
                 counts in the file with its newest snapshot), current, other_account or history (unshipped: a newer backlog \
                 replaces an older one whole), repeated (the same bytes as another file), ignored (no order report, found in a \
                 folder). Dates are of all lines that could be read.",
    columns: &[
        shared_columns::FILE,
        shared_columns::KIND,
        column(
            "role",
            "Role",
            Text,
            "What the file was taken for: orders, current, other_account, history, added, repeated or ignored.",
        ),
        column(
            "encoding",
            "Encoding",
            Text,
            "How the text of the file is encoded, and what shows it.",
        ),
        column(
            "compression",
            "Compression",
            Text,
            "What the file was wrapped in.",
        ),
        column(
            "lines_read",
            "Lines read",
            Count,
            "Lines of data in the file: kept + superseded + repeated + rejected.",
        ),
        column(
            "kept",
            "Kept",
            Count,
            "Lines of the file that are in the numbers.",
        ),
        column(
            "superseded",
            "Superseded",
            Count,
            "Lines of orders, or of backlogs, that a newer file replaces.",
        ),
        column(
            "repeated",
            "Repeated",
            Count,
            "Lines of a file that is the same as another; counted there.",
        ),
        column(
            "rejected",
            "Rejected",
            Count,
            "Lines of the file that could not be read; they are not counted.",
        ),
        column(
            "first_purchase",
            "First purchase",
            Moment,
            "Earliest purchase-date of the file's lines.",
        ),
        column(
            "last_purchase",
            "Last purchase",
            Moment,
            "Latest purchase-date of the file's lines.",
        ),
        column(
            "newest_update",
            "Newest update",
            Moment,
            "Latest last-updated-date of the file's lines.",
        ),
        column(
            "sales_channels",
            "Sales channels",
            Text,
            "The sales channels that the file names.",
        ),
    ],
    charts: &[],
    in_lake: LakeView::None(
        "it is about files as one run names them; lake_files has what each holds",
    ),
};

struct SourceRow<'c> {
    input: &'c InputFile,
    source: Source,
    repeated: u64,
}

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let source = |file: FileId| {
        context
            .state
            .data_quality
            .sources
            .get(&file)
            .cloned()
            .unwrap_or_default()
    };
    let rows = (0..)
        .zip(context.inputs)
        .map(|(file, input)| match input.copy_of {
            Some(twin) => {
                let mut source = source(twin);
                (source.kept, source.superseded, source.rejected) = (0, 0, 0);
                SourceRow {
                    input,
                    repeated: source.lines_read,
                    source,
                }
            }
            None => SourceRow {
                input,
                source: source(FileId(file)),
                repeated: 0,
            },
        });
    let known = |row: &SourceRow<'_>, text: &str| {
        (row.input.role != Role::Ignored).then(|| text.to_owned())
    };
    Rows::of(rows)
        .text("file", |row| Some(row.input.name.clone()))
        .text("kind", |row| Some(row.input.kind.clone()))
        .text("role", |row| Some(row.input.role.name().to_owned()))
        .text("encoding", |row| known(row, &row.input.encoding))
        .text("compression", |row| known(row, row.input.compression))
        .count("lines_read", |row| Some(count(row.source.lines_read)))
        .count("kept", |row| Some(count(row.source.kept)))
        .count("superseded", |row| Some(count(row.source.superseded)))
        .count("repeated", |row| Some(count(row.repeated)))
        .count("rejected", |row| Some(count(row.source.rejected)))
        .text("first_purchase", |row| {
            row.source.first_purchase.map(|moment| moment.to_string())
        })
        .text("last_purchase", |row| {
            row.source.last_purchase.map(|moment| moment.to_string())
        })
        .text("newest_update", |row| {
            row.source.newest_update.map(|moment| moment.to_string())
        })
        .text("sales_channels", |row| {
            Some(
                row.source
                    .sales_channels
                    .iter()
                    .map(|channel| label::shown(channel))
                    .collect::<Vec<_>>()
                    .join(", "),
            )
        })
        .frame()
}
