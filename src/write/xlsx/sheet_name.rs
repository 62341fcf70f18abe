//! The names of the sheets that are no tables, and the links between sheets.

use rust_xlsxwriter::{Url, Worksheet, XlsxError};

use super::style::Styles;

pub(super) const OVERVIEW: &str = "Overview";
pub(super) const INDEX: &str = "Index";
pub(super) const DEFINITIONS: &str = "Definitions";
pub(super) const CHART_DATA: &str = "Chart data";

/// The rows above a table: the link back, and an empty one. Spreadsheet programs take the rows around a cell up to an empty one for
/// a table, so nothing may touch the headings.
pub(super) const HEAD: u32 = 2;

/// A link to a sheet of this workbook. Names of sheets are titles of tables and parts: they are in the program, so no text of a
/// file ever becomes a link.
pub(super) fn link(sheet: &'static str, text: &'static str) -> Url {
    Url::new(format!("internal:'{sheet}'!A1")).set_text(text)
}

/// Fills the row above a table: the link back to the index, and what the sheet tells.
pub(super) fn head(sheet: &mut Worksheet, about: &str, styles: &Styles) -> Result<(), XlsxError> {
    sheet.write_url_with_format(0, 0, link(INDEX, "‹ Index"), &styles.link)?;
    sheet.write_string_with_format(0, 1, about, &styles.dim)?;
    Ok(())
}
