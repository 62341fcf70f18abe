//! The description of a chart: which columns of a table go where. Drawing is the writers' part.

/// A picture of a table. Columns are named as in [`TableSpec::columns`](super::TableSpec).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chart {
    /// A line through time for every value of a column; money is drawn in a picture for every currency. Partial periods
    /// are left out.
    Trend {
        /// What it shows.
        title: &'static str,
        /// The column that lines are told apart by.
        by: &'static str,
        /// The measure.
        of: &'static str,
    },
    /// Bars of a hundred percent, cut into their parts.
    Parts {
        /// What it shows.
        title: &'static str,
        /// The column with a bar for every value.
        whole: &'static str,
        /// The column whose values are the parts.
        part: &'static str,
        /// The measure, a count.
        of: &'static str,
    },
    /// Fields as dark as they are great, a row for every value of one column, a field for every value of another.
    Heat {
        /// What it shows.
        title: &'static str,
        /// The column of the rows.
        rows: &'static str,
        /// The column of the fields.
        fields: &'static str,
        /// The measure, a count.
        of: &'static str,
    },
    /// How few rows make how much of the whole: the sum from the greatest row down, by currency.
    Pareto {
        /// What it shows.
        title: &'static str,
        /// The measure, money; the table is sorted by it, greatest first.
        of: &'static str,
    },
}

impl Chart {
    /// What it shows.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Trend { title, .. }
            | Self::Parts { title, .. }
            | Self::Heat { title, .. }
            | Self::Pareto { title, .. } => title,
        }
    }
}
