//! Views in SQL over a lake: the merge and the tables of a report, for engines that data teams run.
//!
//! Every view is one file in `views`, in the SQL that `DuckDB`, `DataFusion` and Spark share. Where they differ, the file says
//! `@name(arguments)`, and [`expand`] writes what the dialect has for it.

mod dialect;
mod expand;
mod list;

use std::fmt::Write as _;

use crate::typed::lake::{
    FILE_COLUMNS, FILES_FOLDER, LAKE_LINES, LINES_FOLDER, ZONE_COLUMNS, ZONES_FOLDER, escaped,
};
use crate::typed::{Column, Content};

pub use dialect::Dialect;
pub use list::{VIEWS, View};

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Script<'s> {
    /// For which engine.
    pub dialect: Dialect,
    /// Where the lake is: a folder, or a place in object storage that the engine reads.
    pub lake: &'s str,
    /// One account, or `None` for all; each has its own rows in every view.
    pub account: Option<&'s str>,
    /// Whether the views that others read are stored as tables, so that lines are merged once.
    pub materialize: bool,
}

impl Script<'_> {
    /// The statements, each ended by a semicolon and an empty line.
    pub fn text(&self) -> String {
        let mut text = format!(
            "-- Views over a lake of `ordersift convert --each`, for {}. Made by `ordersift sql` {}.\n\
             -- Every view has a row for each account and whatever else; the rows of an account are those of `ordersift report`.\n\
             -- Texts must be compared byte by byte in UTF-8, which is the default of this engine: set no other collation.\n\n",
            self.dialect.name(),
            env!("CARGO_PKG_VERSION"),
        );
        self.settings(&mut text);
        for (name, folder, columns) in [
            ("lake_lines", LINES_FOLDER, LAKE_LINES.columns),
            ("lake_files", FILES_FOLDER, FILE_COLUMNS),
            ("lake_zones", ZONES_FOLDER, ZONE_COLUMNS),
        ] {
            self.source(&mut text, name, folder, columns);
        }
        for view in VIEWS {
            let (comment, body) = parted(view.text);
            let body = expand::expand(body, self.dialect);
            let name = view.name;
            let stored = self.materialize && view.stored;
            text.push_str(comment);
            let _ = match (self.dialect, stored) {
                // A table cuts the plan: Spark would analyze the views below a cached one again for each that reads it.
                (Dialect::Spark, true) => writeln!(
                    text,
                    "DROP TABLE IF EXISTS {name};\n\nCREATE TABLE {name} USING parquet AS\n{body};\n"
                ),
                (Dialect::Spark, false) => writeln!(
                    text,
                    "CREATE OR REPLACE TEMPORARY VIEW {name} AS\n{body};\n"
                ),
                (_, true) => writeln!(text, "CREATE OR REPLACE TABLE {name} AS\n{body};\n"),
                (_, false) => writeln!(text, "CREATE OR REPLACE VIEW {name} AS\n{body};\n"),
            };
        }
        text
    }

    fn settings(&self, text: &mut String) {
        text.push_str(match self.dialect {
            Dialect::DuckDb => "",
            Dialect::DataFusion => {
                "SET datafusion.execution.listing_table_ignore_subdirectory = false;\n\n\
                 SET datafusion.execution.listing_table_factory_infer_partitions = false;\n\n"
            }
            // Before Spark 4, an overflow is null unless it is asked to be an error.
            Dialect::Spark => {
                "SET spark.sql.session.timeZone = UTC;\n\nSET spark.sql.ansi.enabled = true;\n\n"
            }
        });
    }

    /// The statement that makes files of the lake a table.
    fn source(&self, text: &mut String, name: &str, folder: &str, columns: &[Column]) {
        let lake = self.lake.trim_end_matches('/').replace('\'', "''");
        let account = self.account.filter(|_| folder != ZONES_FOLDER);
        let account = account.map(|account| format!("account={}", escaped(account)));
        let _ = match self.dialect {
            Dialect::DuckDb => {
                let files = match (&account, folder) {
                    (Some(account), _) => format!("{account}/*.parquet"),
                    (None, ZONES_FOLDER) => "*.parquet".to_owned(),
                    (None, _) => "*/*.parquet".to_owned(),
                };
                // Types are named, so that a file of another program cannot make money a float.
                let columns = columns.iter().map(|column| {
                    let (name, of) = (column.name, duckdb(column.content));
                    format!("CAST({name} AS {of}) AS {name}")
                });
                writeln!(
                    text,
                    "CREATE OR REPLACE VIEW {name} AS\n\
                     SELECT {}\n\
                     FROM read_parquet('{lake}/{folder}/{files}', union_by_name = true, hive_partitioning = false);\n",
                    columns.collect::<Vec<_>>().join(", ")
                )
            }
            Dialect::DataFusion => {
                let account = account.map(|account| account + "/").unwrap_or_default();
                writeln!(
                    text,
                    "CREATE EXTERNAL TABLE {name} STORED AS PARQUET LOCATION '{lake}/{folder}/{account}';\n"
                )
            }
            Dialect::Spark => {
                let account = account.map(|account| format!("/{account}"));
                let account = account.unwrap_or_default();
                let columns: Vec<String> = columns
                    .iter()
                    .map(|column| format!("`{}` {}", column.name, spark(column.content)))
                    .collect();
                let columns = columns.join(", ");
                writeln!(
                    text,
                    "CREATE OR REPLACE TEMPORARY VIEW {name} ({columns}) USING parquet\n\
                     OPTIONS (path '{lake}/{folder}{account}', recursiveFileLookup 'true');\n"
                )
            }
        };
    }
}

fn duckdb(content: Content) -> &'static str {
    match content {
        Content::Text => "VARCHAR",
        Content::Count => "INTEGER",
        Content::Number => "BIGINT",
        Content::Money => "DECIMAL(18,4)",
        Content::Day => "DATE",
        Content::Moment => "TIMESTAMPTZ",
        Content::Flag => "BOOLEAN",
    }
}

fn spark(content: Content) -> &'static str {
    match content {
        Content::Text => "STRING",
        Content::Count => "INT",
        Content::Number => "BIGINT",
        Content::Money => "DECIMAL(18,4)",
        Content::Day => "DATE",
        Content::Moment => "TIMESTAMP",
        Content::Flag => "BOOLEAN",
    }
}

/// The comment at the head of a view, and the rest of it.
fn parted(text: &str) -> (&str, &str) {
    let comment: usize = text
        .split_inclusive('\n')
        .take_while(|line| line.starts_with("--"))
        .map(str::len)
        .sum();
    (&text[..comment], text[comment..].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_has_every_view_and_no_mark_left_in_it() {
        for dialect in Dialect::ALL {
            for materialize in [false, true] {
                let script = Script {
                    dialect,
                    lake: "it's/",
                    account: Some("a b"),
                    materialize,
                };
                let text = script.text();
                assert!(!text.contains('@'), "{}", dialect.name());
                assert!(text.contains("'it''s/lines/account=a%20b"));
                for view in VIEWS {
                    let [plain, stored] =
                        ["", " USING parquet"].map(|using| format!(" {}{using} AS\n", view.name));
                    assert!(text.contains(&plain) || text.contains(&stored));
                }
            }
        }
    }

    #[test]
    fn a_view_reads_only_what_stands_before_it() {
        let words = |text: &str| -> Vec<String> {
            let letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
            text.split(|c| !letter(c)).map(str::to_owned).collect()
        };
        for (place, view) in VIEWS.iter().enumerate() {
            let (_, body) = parted(view.text);
            let words = words(body);
            for pair in words
                .windows(2)
                .filter(|pair| ["FROM", "JOIN"].contains(&pair[0].as_str()))
            {
                let later = VIEWS[place..].iter().any(|later| later.name == pair[1]);
                let own = body.contains(&format!("{} AS (", pair[1]));
                assert!(!later || own, "{} reads {}", view.name, pair[1]);
            }
        }
    }
}
