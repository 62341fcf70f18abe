//! `ordersift sql`: the views over a lake.

use std::io::Write;

use clap::{Args as Group, ValueEnum};
use ordersift::sql::{Dialect, Script};
use ordersift::table::LakeView;
use ordersift::topic::TABLES;

use crate::cli::screen::Screen;
use crate::cli::{Failure, Outcome};

const EXAMPLES: &str = "\
Examples:
  ordersift convert reports/ --each --out lake
  ordersift sql --lake lake --materialize | duckdb sales.duckdb
  ordersift sql --dialect spark --lake s3a://bucket/lake > views.sql
  ordersift sql --list";

#[derive(Debug, Group)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Sql {
    /// The engine that runs the views
    #[arg(long, value_name = "ENGINE", default_value = "duckdb")]
    dialect: Engine,

    /// The folder of the lake, or its place in object storage as the engine names it
    #[arg(long, value_name = "PATH", default_value = "lake")]
    lake: String,

    /// Only this account [default: all; each has its own rows]
    #[arg(long, value_name = "NAME")]
    account: Option<String>,

    /// Store what many views read, so that lines are merged only once
    #[arg(long)]
    materialize: bool,

    /// List the tables of `report` that have a view, and the reason for each that has none
    #[arg(long, conflicts_with_all = ["dialect", "lake", "account", "materialize"])]
    list: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Engine {
    #[value(name = "duckdb")]
    DuckDb,
    #[value(name = "datafusion")]
    DataFusion,
    Spark,
}

pub(crate) fn run(sql: &Sql, screen: &Screen) -> Result<Outcome, Failure> {
    let mut out = screen.stdout();
    if sql.list {
        for table in TABLES {
            let name = table.name;
            match table.in_lake {
                LakeView::Whole => writeln!(out, "{name:26} view {name}")?,
                LakeView::Part(view, why) => {
                    writeln!(out, "{name:26} view {view}, in part: {why}")?;
                }
                LakeView::None(why) => writeln!(out, "{name:26} no view: {why}")?,
            }
        }
        out.flush()?;
        return Ok(Outcome::Done);
    }
    let script = Script {
        dialect: match sql.dialect {
            Engine::DuckDb => Dialect::DuckDb,
            Engine::DataFusion => Dialect::DataFusion,
            Engine::Spark => Dialect::Spark,
        },
        lake: &sql.lake,
        account: sql.account.as_deref(),
        materialize: sql.materialize,
    };
    out.write_all(script.text().as_bytes())?;
    out.flush()?;
    Ok(Outcome::Done)
}
