//! The SQL of the engines that read a lake.

use std::str::FromStr;

/// The SQL of an engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// `DuckDB`.
    DuckDb,
    /// Apache `DataFusion`.
    DataFusion,
    /// Apache Spark, 3.4 or later.
    Spark,
}

impl Dialect {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::DuckDb, Self::DataFusion, Self::Spark];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::DuckDb => "duckdb",
            Self::DataFusion => "datafusion",
            Self::Spark => "spark",
        }
    }
}

impl FromStr for Dialect {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let all = Self::ALL.into_iter();
        let mut named = all.filter(|dialect| dialect.name() == name);
        named
            .next()
            .ok_or_else(|| "one of duckdb, datafusion, spark".to_owned())
    }
}
