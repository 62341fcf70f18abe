//! A sheet for reading: lines of text that are broken where the sheet ends.

use rust_xlsxwriter::{Color, ConditionalFormat2ColorScale, Format, Url, Worksheet, XlsxError};

use super::super::plot::Grid;
use super::number::count;
use super::style::Styles;
use crate::write::sanitize::width;

/// The color of the greatest number on a scale: text on it can be read.
const DARKEST: u32 = 0x007F_A8F5;
/// The height of a line in points.
const LINE: u32 = 15;

/// A sheet that is filled from its top.
pub(super) struct Lines<'s> {
    pub(super) sheet: &'s mut Worksheet,
    pub(super) styles: &'s Styles,
    pub(super) row: u32,
}

/// Columns that a text takes, from the first to the last one, and the letters that fit into a line of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) first: u16,
    pub(super) last: u16,
    pub(super) letters: usize,
}

impl Lines<'_> {
    /// The title of the sheet.
    pub(super) fn title(&mut self, text: &str) -> Result<(), XlsxError> {
        self.sheet.set_row_height(self.row, 26)?;
        self.line(text, &self.styles.title)
    }

    /// A text in the first column.
    pub(super) fn line(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.sheet
            .write_string_with_format(self.row, 0, text, format)?;
        self.row += 1;
        Ok(())
    }

    /// A label, a text beside it, and a link after it.
    pub(super) fn note(
        &mut self,
        (label, format): (&str, &Format),
        text: &str,
        span: Span,
        link: Option<(u16, Url)>,
    ) -> Result<(), XlsxError> {
        self.sheet
            .write_string_with_format(self.row, 0, label, format)?;
        self.wrapped(text, span)?;
        if let Some((column, link)) = link {
            self.sheet
                .write_url_with_format(self.row, column, link, &self.styles.link)?;
        }
        self.row += 1;
        Ok(())
    }

    /// A text over several columns of this row, which becomes as high as the text needs: spreadsheet programs do not do that for
    /// merged cells.
    pub(super) fn wrapped(&mut self, text: &str, span: Span) -> Result<(), XlsxError> {
        let (first, last) = (span.first, span.last);
        let format = &self.styles.told;
        self.sheet
            .merge_range(self.row, first, self.row, last, text, format)?;
        set_height(self.sheet, self.row, text, span.letters)
    }

    /// Cells on a scale of color: a row for every series, a column for every tick, the first in `column`.
    pub(super) fn cells(&mut self, title: &str, grid: &Grid, column: u16) -> Result<(), XlsxError> {
        let styles = self.styles;
        self.line(title, &styles.bold)?;
        for (column, tick) in (column..).zip(&grid.ticks) {
            let head = &styles.heat_head;
            self.sheet
                .write_string_with_format(self.row, column, tick, head)?;
        }
        let first = self.row + 1;
        self.row = first;
        for series in &grid.series {
            self.sheet.write_string(self.row, 0, &series.name)?;
            for (column, value) in (column..).zip(&series.values) {
                let number = count(value.unwrap_or(0));
                self.sheet
                    .write_number_with_format(self.row, column, number, &styles.heat)?;
            }
            self.row += 1;
        }
        let wide = u16::try_from(grid.ticks.len().max(1)).unwrap_or(u16::MAX);
        let scale = ConditionalFormat2ColorScale::new()
            .set_minimum_color(Color::White)
            .set_maximum_color(Color::RGB(DARKEST));
        let last = column.saturating_add(wide - 1);
        self.sheet.add_conditional_format(
            first,
            column,
            self.row.max(first + 1) - 1,
            last,
            &scale,
        )?;
        self.row += 1;
        Ok(())
    }
}

/// Makes a row as high as a text needs with so many letters in a line.
pub(super) fn set_height(
    sheet: &mut Worksheet,
    row: u32,
    text: &str,
    letters: usize,
) -> Result<(), XlsxError> {
    let lines = width(text).div_ceil(letters);
    if lines > 1 {
        let height = u32::try_from(lines).unwrap_or(u32::MAX);
        sheet.set_row_height(row, height.saturating_mul(LINE))?;
    }
    Ok(())
}
