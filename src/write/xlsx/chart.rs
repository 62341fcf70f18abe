//! Native charts, and the sheet of numbers that they are drawn from.

use rust_xlsxwriter::{
    Chart, ChartLegendPosition, ChartLine, ChartMarker, ChartType, Color, Format, Worksheet,
    XlsxError,
};

use super::super::plot::{Drawn, Grid, Plot, Unit};
use super::number::{count, scaled};
use super::sheet_name;
use super::style::{COLORS, Styles};

/// Points of a curve at most: more are not seen.
const POINTS: usize = 200;

/// The sheet of the numbers, filled from its top.
pub(super) struct ChartData<'s> {
    sheet: &'s mut Worksheet,
    styles: &'s Styles,
    row: u32,
}

impl<'s> ChartData<'s> {
    pub(super) fn new(sheet: &'s mut Worksheet, styles: &'s Styles) -> Result<Self, XlsxError> {
        sheet.set_name(sheet_name::CHART_DATA)?;
        sheet.set_column_width(0, 16)?;
        sheet.set_column_range_width(1, 12, 14)?;
        Ok(Self {
            sheet,
            styles,
            row: 0,
        })
    }

    /// Writes a row of numbers and gives its place: row, first and last column.
    pub(super) fn series(
        &mut self,
        name: &str,
        values: &[Option<i128>],
        unit: Unit,
    ) -> Result<(u32, u16, u16), XlsxError> {
        let row = self.row;
        self.sheet.write_string(row, 0, name)?;
        for (column, value) in (1..).zip(values) {
            self.number((row, column), *value, unit)?;
        }
        self.row += 1;
        let last = u16::try_from(values.len()).unwrap_or(u16::MAX);
        Ok((row, 1, last))
    }

    /// A chart for every picture that is one; `None` for fields, which are cells.
    pub(super) fn charts(&mut self, plots: &[Plot]) -> Result<Vec<Option<Chart>>, XlsxError> {
        let chart = |plot: &Plot| match &plot.drawn {
            Drawn::Lines(grid) => self.grid(plot, grid, ChartType::Line).map(Some),
            Drawn::Bars(grid) => self
                .grid(plot, grid, ChartType::BarPercentStacked)
                .map(Some),
            Drawn::Curve { shares, .. } => self.curve(plot, shares).map(Some),
            Drawn::Fields(_) => Ok(None),
        };
        plots.iter().map(chart).collect()
    }

    fn number(
        &mut self,
        (row, column): (u32, u16),
        value: Option<i128>,
        unit: Unit,
    ) -> Result<(), XlsxError> {
        let Some(value) = value else { return Ok(()) };
        let (number, format): (_, &Format) = match unit {
            Unit::Count => (count(value), &self.styles.count),
            Unit::Money(_) => (scaled(value, 4), &self.styles.count),
            Unit::Share => (scaled(value, 6), &self.styles.share),
        };
        self.sheet
            .write_number_with_format(row, column, number, format)?;
        Ok(())
    }

    /// Ticks downward, a column for every series; then the chart over them.
    fn grid(&mut self, plot: &Plot, grid: &Grid, kind: ChartType) -> Result<Chart, XlsxError> {
        let top = self.row;
        self.sheet
            .write_string_with_format(top, 0, &plot.title, &self.styles.bold)?;
        let mut chart = titled(plot, kind);
        for (row, tick) in (top + 2..).zip(&grid.ticks) {
            self.sheet.write_string(row, 0, tick)?;
        }
        let last = top + 1 + u32::try_from(grid.ticks.len()).unwrap_or(u32::MAX);
        for (place, (column, series)) in (1..).zip(&grid.series).enumerate() {
            self.sheet.write_string_with_format(
                top + 1,
                column,
                &series.name,
                &self.styles.head,
            )?;
            for (row, value) in (top + 2..).zip(&series.values) {
                self.number((row, column), *value, plot.unit)?;
            }
            let color = Color::RGB(COLORS[place.min(COLORS.len() - 1)]);
            let drawn = chart.add_series();
            drawn
                .set_name((sheet_name::CHART_DATA, top + 1, column))
                .set_categories((sheet_name::CHART_DATA, top + 2, 0, last, 0))
                .set_values((sheet_name::CHART_DATA, top + 2, column, last, column));
            if kind == ChartType::Line {
                drawn
                    .set_format(ChartLine::new().set_color(color).set_width(2))
                    .set_marker(ChartMarker::new().set_none());
            } else {
                drawn
                    .set_format(rust_xlsxwriter::ChartSolidFill::new().set_color(color))
                    .set_gap(60);
            }
        }
        self.row = last + 2;
        Ok(chart)
    }

    fn curve(&mut self, plot: &Plot, shares: &[i128]) -> Result<Chart, XlsxError> {
        let top = self.row;
        self.sheet
            .write_string_with_format(top, 0, &plot.title, &self.styles.bold)?;
        let rows = shares.len();
        let mut row = top;
        let mut places: Vec<usize> = (1..=POINTS.min(rows))
            .map(|point| point * rows / POINTS.min(rows))
            .collect();
        places.dedup();
        for place in places {
            row += 1;
            let rank = i128::try_from(place).unwrap_or(i128::MAX);
            self.number((row, 0), Some(rank), Unit::Count)?;
            self.number((row, 1), shares.get(place - 1).copied(), Unit::Share)?;
        }
        let mut chart = titled(plot, ChartType::Line);
        chart.y_axis().set_max(1).set_min(0).set_num_format("0%");
        chart.legend().set_hidden();
        chart
            .add_series()
            .set_categories((sheet_name::CHART_DATA, top + 1, 0, row, 0))
            .set_values((sheet_name::CHART_DATA, top + 1, 1, row, 1))
            .set_format(
                ChartLine::new()
                    .set_color(Color::RGB(COLORS[0]))
                    .set_width(2),
            )
            .set_marker(ChartMarker::new().set_none());
        self.row = row + 2;
        Ok(chart)
    }
}

fn titled(plot: &Plot, kind: ChartType) -> Chart {
    let mut chart = Chart::new(kind);
    chart.title().set_name(plot.title.as_str());
    chart.set_alt_text(plot.title.as_str());
    chart.legend().set_position(ChartLegendPosition::Bottom);
    if kind == ChartType::Line {
        chart.y_axis().set_num_format("#,##0").set_min(0);
    }
    chart.set_width(720).set_height(300);
    chart
}
