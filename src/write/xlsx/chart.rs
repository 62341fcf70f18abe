//! Native charts, and the sheet of numbers that they are drawn from.

use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartDataLabel, ChartFont, ChartLegendPosition, ChartLine,
    ChartMarker, ChartSolidFill, ChartType, Color, Format, Worksheet, XlsxError,
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
        sheet.set_column_width(0, 16)?;
        sheet.set_column_range_width(1, 12, 14)?;
        Ok(Self {
            sheet,
            styles,
            row: 0,
        })
    }

    /// Whether no chart is drawn.
    pub(super) fn is_empty(&self) -> bool {
        self.row == 0
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

    /// The chart of a picture; `None` for fields, which are cells.
    pub(super) fn chart(&mut self, plot: &Plot) -> Result<Option<Chart>, XlsxError> {
        match &plot.drawn {
            Drawn::Lines(grid) => self.grid(plot, grid, ChartType::Line).map(Some),
            Drawn::Bars(grid) => self
                .grid(plot, grid, ChartType::BarPercentStacked)
                .map(Some),
            Drawn::Curve { shares, .. } => self.curve(plot, shares).map(Some),
            Drawn::Fields(_) => Ok(None),
        }
    }

    /// A bar for every value, the first one on top.
    pub(super) fn bars(
        &mut self,
        title: &str,
        unit: Unit,
        bars: &[(String, i128)],
    ) -> Result<Chart, XlsxError> {
        let top = self.row;
        self.sheet
            .write_string_with_format(top, 0, title, &self.styles.bold)?;
        let mut last = top;
        for (row, (name, value)) in (top + 1..).zip(bars) {
            self.sheet.write_string(row, 0, name)?;
            self.number((row, 1), Some(*value), unit)?;
            last = row;
        }
        let mut chart = titled(title, ChartType::Bar);
        chart.legend().set_hidden();
        // Of a chart with bars that lie, the vertical axis has the names.
        chart
            .y_axis()
            .set_reverse()
            .set_label_interval(1)
            .set_label_position(ChartAxisLabelPosition::Low);
        chart.x_axis().set_num_format("#,##0");
        chart
            .add_series()
            .set_categories((sheet_name::CHART_DATA, top + 1, 0, last, 0))
            .set_values((sheet_name::CHART_DATA, top + 1, 1, last, 1))
            .set_format(ChartSolidFill::new().set_color(Color::RGB(COLORS[0])))
            .set_data_label(ChartDataLabel::new().show_value())
            .set_gap(40);
        self.row = last + 2;
        Ok(chart)
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
        let mut chart = titled(&plot.title, kind);
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
                    .set_format(ChartSolidFill::new().set_color(color))
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
        let mut chart = titled(&plot.title, ChartType::Line);
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

fn titled(title: &str, kind: ChartType) -> Chart {
    let mut chart = Chart::new(kind);
    chart.title().set_name(title);
    chart.title().set_font(ChartFont::new().set_size(11));
    chart.set_alt_text(title);
    chart.legend().set_position(ChartLegendPosition::Bottom);
    let mut light = ChartLine::new();
    light.set_color(Color::RGB(0x00E3_E8EF));
    let mut small = ChartFont::new();
    small.set_size(8);
    chart.x_axis().set_font(&small);
    chart.y_axis().set_font(&small);
    match kind {
        ChartType::Line => {
            let axis = chart.y_axis();
            axis.set_num_format("#,##0").set_min(0);
            axis.set_major_gridlines_line(&light);
        }
        _ => {
            chart.x_axis().set_major_gridlines_line(&light);
        }
    }
    chart
}
