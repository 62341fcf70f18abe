//! A column of a table: its name, its label, what its values are and what they mean.

/// What the values of a column are, and how a writer shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// Text from a report; may hold anything.
    Text,
    /// A whole number.
    Count,
    /// An exact decimal of the currency in the row's `currency` column.
    Money,
    /// A part of one, to six decimals.
    Share,
    /// A calendar day, `2026-07-20`.
    Date,
    /// RFC 3339, or a day where the report gave no time.
    Moment,
    /// Yes or no.
    Flag,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Column {
    /// The name in JSON, CSV and every other machine format (docs/metrics.md, Tables).
    pub name: &'static str,
    /// The name a person reads.
    pub label: &'static str,
    /// What its values are.
    pub kind: ColumnKind,
    /// What they mean, in full sentences.
    #[serde(skip)]
    pub meaning: &'static str,
}

impl Column {
    /// The same column under another label.
    pub(crate) const fn labelled(self, label: &'static str) -> Self {
        Self { label, ..self }
    }
}

/// A column, for the lists of the tables.
pub(crate) const fn column(
    name: &'static str,
    label: &'static str,
    kind: ColumnKind,
    meaning: &'static str,
) -> Column {
    Column {
        name,
        label,
        kind,
        meaning,
    }
}
