//! The first sheet: sales, orders to ship, data status, findings; then the charts.

use rust_xlsxwriter::{
    Chart, Color, ConditionalFormat2ColorScale, Format, Sparkline, SparklineType, Worksheet,
    XlsxError,
};

use crate::overview::{ChannelSales, Overview, SalesSums};
use crate::table::{Cell, Document};

use super::super::brief::{self, fold, headings, totals};
use super::super::plot::{Drawn, Grid, Plot, Unit};
use super::chart::ChartData;
use super::number::{count, exact, scaled};
use super::sheet_name;
use super::style::{COLORS, Styles};

/// Rows before the smaller ones are folded.
const ROWS: usize = 14;
/// A row of cells as high as a chart.
const CHART_ROWS: u32 = 16;
/// Two charts stand side by side; the second begins here.
const SECOND: u16 = 8;

/// A row of sales, and where the numbers of its curve stand.
pub(super) type Spark = (ChannelSales, (u32, u16, u16));

/// Writes the curves of sales to the sheet of numbers.
pub(super) fn sparks(
    overview: &Overview,
    data: &mut ChartData<'_>,
) -> Result<Vec<Spark>, XlsxError> {
    let Some(sales) = &overview.sales else {
        return Ok(Vec::new());
    };
    let totals = totals(&sales.rows, ROWS);
    let rows = fold(sales.rows.clone(), ROWS).into_iter().chain(totals);
    rows.map(|row| {
        let unit = if row.currency.is_some() {
            Unit::Money(row.decimals)
        } else {
            Unit::Count
        };
        let name = format!("{} {}", row.channel, row.fulfillment);
        let place = data.series(&name, &row.curve(), unit)?;
        Ok((row, place))
    })
    .collect()
}

/// The sheet, filled from its top.
pub(super) struct Page<'s> {
    sheet: &'s mut Worksheet,
    styles: &'s Styles,
    row: u32,
}

impl<'s> Page<'s> {
    pub(super) fn new(sheet: &'s mut Worksheet, styles: &'s Styles) -> Result<Self, XlsxError> {
        sheet.set_active(true);
        sheet
            .set_screen_gridlines(false)
            .set_portrait()
            .set_paper_size(9)
            .set_print_fit_to_pages(1, 1);
        for (column, width) in (0..).zip([22, 11, 10, 10, 10, 17, 10, 14]) {
            sheet.set_column_width(column, width)?;
        }
        Ok(Self {
            sheet,
            styles,
            row: 0,
        })
    }

    fn line(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.sheet
            .write_string_with_format(self.row, 0, text, format)?;
        self.row += 1;
        Ok(())
    }

    /// All but the charts.
    pub(super) fn fill(
        &mut self,
        document: &Document,
        overview: &Overview,
        sparks: &[Spark],
    ) -> Result<(), XlsxError> {
        let sales = overview.sales.as_ref();
        let [heading, _] = sales.map_or_else(
            || ["What must ship".to_owned(), String::new()],
            |sales| headings(&sales.span, overview.by),
        );
        let styles = self.styles;
        self.line(&heading, &styles.title)?;
        self.line(&brief::read(document, None).text(), &styles.dim)?;
        self.line(&brief::judged(document).text(), &styles.dim)?;
        self.row += 1;
        if let Some(gaps) = brief::gaps(document, overview) {
            self.note(gaps.label, &gaps.flow.text())?;
            self.row += 1;
        }
        if let Some(sales) = sales {
            if !sales.complete {
                let noun = overview.by.noun();
                let text = format!("No complete {noun} in these files: all days are shown.");
                self.line(&text, &styles.dim)?;
            }
            let versus = sales
                .span
                .before
                .as_ref()
                .map(|before| format!("vs {before}"));
            self.sold(&versus.unwrap_or_default(), sparks)?;
        }
        for note in brief::notes(document, overview) {
            self.note(note.label, &note.flow.text())?;
        }
        for (text, then) in brief::findings(document, overview) {
            self.note("Check", &format!("{text} ({then})"))?;
        }
        self.row += 1;
        Ok(())
    }

    fn note(&mut self, label: &str, text: &str) -> Result<(), XlsxError> {
        self.sheet
            .write_string_with_format(self.row, 0, label, &self.styles.head)?;
        self.sheet.write_string(self.row, 1, text)?;
        self.row += 1;
        Ok(())
    }

    /// What this workbook does not hold.
    pub(super) fn remark(&mut self, left_out: &[String]) -> Result<(), XlsxError> {
        for text in left_out {
            self.note("Not here", text)?;
        }
        Ok(())
    }

    fn sold(&mut self, versus: &str, sparks: &[Spark]) -> Result<(), XlsxError> {
        let heads = [
            "Sales channel",
            "Ships",
            "Orders",
            versus,
            "Units",
            "Sales",
            versus,
            "Before",
        ];
        for (column, head) in (0..).zip(heads) {
            let format = match column {
                2..7 => &self.styles.head_right,
                7 => &self.styles.after,
                _ => &self.styles.head,
            };
            self.sheet
                .write_string_with_format(self.row, column, head, format)?;
        }
        self.row += 1;
        for (row, curve) in sparks {
            self.sold_line(row, *curve)?;
        }
        self.row += 1;
        Ok(())
    }

    fn sold_line(
        &mut self,
        row: &ChannelSales,
        (data_row, first, last): (u32, u16, u16),
    ) -> Result<(), XlsxError> {
        let (at, now, styles) = (self.row, row.now(), self.styles);
        self.sheet.write_string(at, 0, row.place())?;
        self.sheet.write_string(at, 1, row.ships())?;
        let (orders, units) = (count(now.orders.into()), count(now.units.into()));
        self.sheet
            .write_number_with_format(at, 2, orders, &styles.count)?;
        self.sheet
            .write_number_with_format(at, 4, units, &styles.count)?;
        self.change(3, row, |sums| sums.orders.into())?;
        if let Some(currency) = &row.currency {
            let format = styles.money(currency, row.decimals);
            let sales = Cell::Money(now.sales, row.decimals);
            match exact(sales) {
                Some(number) => self
                    .sheet
                    .write_number_with_format(at, 5, number, &format)?,
                None => self
                    .sheet
                    .write_string(at, 5, sales.text().unwrap_or_default())?,
            };
            self.change(6, row, |sums| sums.sales)?;
        }
        if row.series.iter().flatten().count() > 2 {
            let line = Sparkline::new()
                .set_range((sheet_name::CHART_DATA, data_row, first, data_row, last))
                .set_type(SparklineType::Column)
                .set_sparkline_color(Color::RGB(COLORS[5]))
                .show_last_point(true)
                .set_last_point_color(Color::RGB(COLORS[0]))
                .set_custom_min(0);
            self.sheet.add_sparkline(at, 7, &line)?;
        }
        self.row += 1;
        Ok(())
    }

    /// How much more than in the period before, as a part of it.
    fn change(
        &mut self,
        column: u16,
        row: &ChannelSales,
        of: fn(SalesSums) -> i128,
    ) -> Result<(), XlsxError> {
        let Some(last) = row.last() else {
            return Ok(());
        };
        let (this, last) = (of(row.now()), of(last));
        let word = match (this, last) {
            (1.., 0) => "new",
            (0, 1..) => "gone",
            _ => "",
        };
        let (at, styles) = (self.row, self.styles);
        if !word.is_empty() {
            self.sheet
                .write_string_with_format(at, column, word, &styles.head_right)?;
        } else if last > 0 {
            let change = (this - last).saturating_mul(1_000_000) / last;
            let format = if this < last {
                &styles.down
            } else {
                &styles.up
            };
            self.sheet
                .write_number_with_format(at, column, scaled(change, 6), format)?;
        }
        Ok(())
    }

    /// The charts, two side by side, and the fields as cells on a scale of color.
    pub(super) fn place(
        &mut self,
        plots: &[Plot],
        charts: &[Option<Chart>],
    ) -> Result<(), XlsxError> {
        let mut column = 0;
        for chart in charts.iter().flatten() {
            self.sheet.insert_chart(self.row, column, chart)?;
            column = if column == 0 { SECOND } else { 0 };
            if column == 0 {
                self.row += CHART_ROWS;
            }
        }
        if column != 0 {
            self.row += CHART_ROWS;
        }
        for plot in plots {
            if let Drawn::Fields(grid) = &plot.drawn {
                self.fields(plot, grid)?;
            }
        }
        Ok(())
    }

    /// A column for every series: as wide as the page is without them.
    fn fields(&mut self, plot: &Plot, grid: &Grid) -> Result<(), XlsxError> {
        let styles = self.styles;
        self.line(&plot.title, &styles.bold)?;
        for (column, series) in (1..).zip(&grid.series) {
            self.sheet.write_string_with_format(
                self.row,
                column,
                &series.name,
                &styles.head_right,
            )?;
        }
        let first = self.row + 1;
        for (row, tick) in (first..).zip(&grid.ticks) {
            self.sheet.write_string(row, 0, tick)?;
        }
        for (column, series) in (1..).zip(&grid.series) {
            for (row, value) in (first..).zip(&series.values) {
                let number = count(value.unwrap_or(0));
                self.sheet
                    .write_number_with_format(row, column, number, &styles.count)?;
            }
        }
        let last = self.row + u32::try_from(grid.ticks.len()).unwrap_or(u32::MAX);
        let wide = u16::try_from(grid.series.len()).unwrap_or(u16::MAX);
        let scale = ConditionalFormat2ColorScale::new()
            .set_minimum_color(Color::RGB(0x00FF_FFFF))
            .set_maximum_color(Color::RGB(COLORS[0]));
        self.sheet
            .add_conditional_format(first, 1, last, wide, &scale)?;
        self.row = last + 2;
        Ok(())
    }
}
