//! The forms of a file: how its fields are kept apart, and how it writes dates and amounts.

use crate::field::{DateForm, NumberForm};

/// How fields are kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Tabs, no quoting: a quotation mark is an ordinary character and every newline ends a line.
    Tabs,
    /// This delimiter, with quoting: a file that a spreadsheet saved.
    Quoted(u8),
    /// No table: elements within elements.
    Xml,
    /// No table: one document, small enough to be read whole.
    Json,
}

/// How a file writes its dates, its amounts and its quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Forms {
    /// The dates.
    pub dates: DateForm,
    /// The amounts.
    pub numbers: NumberForm,
    /// Whether a spreadsheet put quotation marks around cells of a tab file, and doubled those inside.
    pub quoted: bool,
}

impl Forms {
    /// As Amazon writes them.
    pub const AMAZON: Self = Self {
        dates: DateForm::Iso,
        numbers: NumberForm::Point,
        quoted: false,
    };
}
