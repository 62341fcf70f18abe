//! The first sheet: what needs a person, the figures of the period, charts, sales by channel, and all that the first screen says.

use std::cmp::Ordering;

use rust_xlsxwriter::{Color, Format, Sparkline, SparklineType, Worksheet, XlsxError};

use crate::overview::{ChannelSales, CurrencyTiles, Overview, PeriodSales, SalesSums, Severity};
use crate::table::{Cell, Document};

use super::super::brief::{self, Measure, Value, fold, headings, totals};
use super::super::number::change;
use super::super::plot::Unit;
use super::chart::ChartData;
use super::number::{exact, scaled};
use super::page::{Lines, Span};
use super::picture::{self, Picture, Shown};
use super::sheet_name::{self, INDEX, link};
use super::style::{COLORS, Styles};

/// Rows of channels before the smaller ones are folded.
const ROWS: usize = 14;
/// Charts at most.
const CHARTS: usize = 2;
/// The widths of the columns. A tile takes two.
const WIDTHS: [u32; 12] = [15, 11, 13, 13, 13, 13, 17, 9, 14, 12, 16, 12];
/// The columns of a text with a link after it, and of one without.
const LINKED: Span = Span {
    first: 1,
    last: 9,
    letters: 120,
};
const TEXT: Span = Span {
    first: 1,
    last: 11,
    letters: 150,
};

/// Where the numbers of a curve stand: row, first and last column.
type Place = (u32, u16, u16);

/// The curves of the first sheet, with the sheet of numbers filled.
pub(super) struct Curves {
    /// Of every measure of the first tiles.
    tiles: Vec<Place>,
    /// Of every row of sales that has one.
    sales: Vec<(ChannelSales, Option<Place>)>,
}

impl Curves {
    pub(super) fn of(overview: &Overview, data: &mut ChartData<'_>) -> Result<Self, XlsxError> {
        let mut tiles = Vec::new();
        if let Some(first) = overview
            .demand
            .tiles
            .first()
            .filter(|tiles| tiles.series.len() > 2)
        {
            for measure in Measure::ALL {
                let values = first.series.iter();
                let values: Vec<Option<Value>> = values
                    .map(|sums| sums.and_then(|sums| measure.of(first, &sums)))
                    .collect();
                tiles.push(values_of(data, measure, &values)?);
            }
        }
        let mut sales = Vec::new();
        if let Some(sold) = &overview.demand.sales {
            let totals = totals(&sold.rows, ROWS);
            for row in fold(sold.rows.clone(), ROWS).into_iter().chain(totals) {
                let unit = match row.currency {
                    Some(_) => Unit::Money(row.decimals),
                    None => Unit::Count,
                };
                // Fewer periods are nothing to draw.
                let curve = if row.series.iter().flatten().count() > 2 {
                    let name = format!("{} {}", row.channel, row.fulfillment);
                    Some(data.series(&name, &row.curve(), unit)?)
                } else {
                    None
                };
                sales.push((row, curve));
            }
        }
        Ok(Self { tiles, sales })
    }
}

fn values_of(
    data: &mut ChartData<'_>,
    measure: Measure,
    values: &[Option<Value>],
) -> Result<Place, XlsxError> {
    let unit = match values.iter().flatten().next() {
        Some(Value::Money(_, decimals)) => Unit::Money(*decimals),
        Some(Value::Share(..)) => Unit::Share,
        Some(Value::Count(_)) | None => Unit::Count,
    };
    let number = |value: &Value| match value {
        Value::Money(value, _) => *value,
        Value::Share(part, whole) => Value::millionths(*part, *whole),
        Value::Count(count) => (*count).into(),
    };
    let values: Vec<Option<i128>> = values
        .iter()
        .map(|value| value.as_ref().map(number))
        .collect();
    data.series(measure.name(), &values, unit)
}

/// The sheet, filled from its top.
pub(super) struct Page<'s>(Lines<'s>);

impl<'s> Page<'s> {
    pub(super) fn new(sheet: &'s mut Worksheet, styles: &'s Styles) -> Result<Self, XlsxError> {
        sheet.set_active(true);
        sheet
            .set_screen_gridlines(false)
            .set_landscape()
            .set_paper_size(9)
            .set_print_fit_to_pages(1, 1);
        for (column, width) in (0..).zip(WIDTHS) {
            sheet.set_column_width(column, width)?;
        }
        Ok(Self(Lines {
            sheet,
            styles,
            row: 0,
        }))
    }

    pub(super) fn fill(
        mut self,
        document: &Document,
        overview: &Overview,
        curves: &Curves,
        pictures: &[Picture],
        left_out: &[String],
    ) -> Result<(), XlsxError> {
        self.heading(document, overview)?;
        self.verdicts(document, overview)?;
        if let Some(sales) = &overview.demand.sales {
            self.tiles(overview, sales, &curves.tiles)?;
        }
        self.charts(overview, pictures)?;
        if let Some(sales) = &overview.demand.sales {
            self.sold(&versus(sales), &curves.sales)?;
        }
        let notes = brief::notes(document, overview).into_iter();
        for note in brief::gaps(overview).into_iter().chain(notes) {
            self.note(note.label, &note.flow.text())?;
        }
        for text in left_out {
            self.note("Not here", text)?;
        }
        Ok(())
    }

    fn heading(&mut self, document: &Document, overview: &Overview) -> Result<(), XlsxError> {
        let sales = overview.demand.sales.as_ref();
        let [heading, _] = sales.map_or_else(
            || ["What must ship".to_owned(), String::new()],
            |sales| headings(&sales.span, overview.by),
        );
        let styles = self.0.styles;
        self.0.title(&heading)?;
        let last = TEXT.last;
        let index = link(INDEX, "Index of all sheets ›");
        self.0
            .sheet
            .write_url_with_format(0, last - 1, index, &styles.link)?;
        self.0
            .line(&brief::read(document, None).text(), &styles.dim)?;
        self.0.line(&brief::judged(document).text(), &styles.dim)?;
        if sales.is_some_and(|sales| !sales.complete) {
            let noun = overview.by.noun();
            let text = format!("No complete {noun} in these files: all days are shown.");
            self.0.line(&text, &styles.dim)?;
        }
        self.0.row += 1;
        Ok(())
    }

    /// What needs a person now, each with a link to the sheet that proves it.
    fn verdicts(&mut self, document: &Document, overview: &Overview) -> Result<(), XlsxError> {
        if document.compared.is_some() {
            return Ok(());
        }
        let styles = self.0.styles;
        let verdicts = brief::verdicts(document, overview);
        for verdict in &verdicts.told {
            let label = match verdict.severity {
                Severity::Bad => ("Now", &styles.now),
                Severity::Warning => ("Check", &styles.check),
            };
            let table = document.table(verdict.evidence);
            let title = table
                .filter(|table| table.height() > 0)
                .map(|table| table.spec.title);
            let link = title.map(|title| (LINKED.last + 1, link(title, title)));
            self.0.note(label, &verdict.text, LINKED, link)?;
        }
        if verdicts.told.is_empty() {
            self.0.line("Nothing needs attention.", &styles.bold)?;
        }
        if !verdicts.others.is_empty() {
            let texts = verdicts.others.iter();
            let texts: Vec<&str> = texts.map(|verdict| verdict.text.as_str()).collect();
            let text = format!("and {} more: {}", texts.len(), texts.join(" \u{b7} "));
            self.0.note(("", &styles.dim), &text, LINKED, None)?;
        }
        self.0.row += 1;
        Ok(())
    }

    /// The currency with the most orders as a row of big numbers, the others as lines below it. They are never added.
    fn tiles(
        &mut self,
        overview: &Overview,
        sales: &PeriodSales,
        curves: &[Place],
    ) -> Result<(), XlsxError> {
        let Some(first) = overview.demand.tiles.first() else {
            return Ok(());
        };
        for (column, measure) in (0..).step_by(2).zip(Measure::ALL) {
            self.tile(first, measure, column)?;
        }
        let row = self.0.row + 3;
        for (column, curve) in (0..).step_by(2).zip(curves) {
            // Of two cells that are one, the first holds what is drawn.
            self.curve((row, column), *curve)?;
        }
        self.0.sheet.set_row_height(self.0.row, 20)?;
        self.0.sheet.set_row_height(self.0.row + 1, 27)?;
        // Without other periods there is nothing to draw.
        let height = if curves.is_empty() { 4 } else { 24 };
        self.0.sheet.set_row_height(row, height)?;
        self.0.row = row + 1;
        let others = &overview.demand.tiles[1..];
        if !others.is_empty() {
            self.0.row += 1;
            self.others(others, &versus(sales))?;
        }
        self.0.row += 1;
        Ok(())
    }

    fn tile(
        &mut self,
        tiles: &CurrencyTiles,
        measure: Measure,
        column: u16,
    ) -> Result<(), XlsxError> {
        let (row, formats) = (self.0.row, &self.0.styles.tile);
        let name = match (&tiles.currency, measure) {
            (Some(currency), Measure::Sales | Measure::AverageOrder) => {
                format!("{}, {currency}", measure.name())
            }
            _ => measure.name().to_owned(),
        };
        let change = measure.change(tiles);
        let changed = change.text();
        let tone = match measure.is_good(change.direction) {
            Some(true) => &formats.up,
            Some(false) => &formats.down,
            None => &formats.name,
        };
        let sheet = &mut *self.0.sheet;
        let texts = [
            (row, name.as_str(), &formats.name),
            (row + 1, "", &formats.value),
            (row + 2, changed.as_str(), tone),
            (row + 3, "", &formats.curve),
        ];
        for (row, text, format) in texts {
            sheet.merge_range(row, column, row, column + 1, text, format)?;
        }
        if let Some(value) = measure.now(tiles) {
            self.number((row + 1, column), value, None, &formats.value)?;
        } else {
            let unknown = formats.value.clone();
            let unknown = unknown.set_font_color(Color::RGB(COLORS[5]));
            sheet.write_string_with_format(row + 1, column, "unknown", &unknown)?;
        }
        Ok(())
    }

    /// A line for each currency, with its change beside every measure of money and count.
    fn others(&mut self, others: &[CurrencyTiles], versus: &str) -> Result<(), XlsxError> {
        let styles = self.0.styles;
        let mut heads = vec![("Other currencies", &styles.head)];
        for measure in Measure::ALL {
            heads.push((measure.name(), &styles.head_right));
            if measure.has_change_column() {
                heads.push((versus, &styles.head_right));
            }
        }
        for (column, (head, format)) in COLUMNS.into_iter().zip(heads) {
            self.0
                .sheet
                .write_string_with_format(self.0.row, column, head, format)?;
        }
        self.0.row += 1;
        for tiles in others {
            let (row, sheet) = (self.0.row, &mut *self.0.sheet);
            let name = tiles.currency.as_deref().unwrap_or("unpriced");
            sheet.write_string(row, 0, name)?;
            let mut columns = COLUMNS.into_iter().skip(1);
            for measure in Measure::ALL {
                let Some(column) = columns.next() else { break };
                if let Some(value) = measure.now(tiles) {
                    let format = Format::new().set_shrink();
                    self.number((row, column), value, None, &format)?;
                }
                if measure.has_change_column() {
                    let Some(column) = columns.next() else { break };
                    self.percent((row, column), measure.now(tiles), measure.before(tiles))?;
                }
            }
            self.0.row += 1;
        }
        Ok(())
    }

    /// The charts of the period that is compared; of open orders where no sales are known.
    fn charts(&mut self, overview: &Overview, pictures: &[Picture]) -> Result<(), XlsxError> {
        let of = |table: &str| {
            let of = pictures.iter().filter(|picture| picture.table == table);
            let charts = of.filter_map(|picture| match &picture.drawn {
                Shown::Chart(chart) => Some(&**chart),
                Shown::Cells(..) => None,
            });
            charts.collect::<Vec<_>>()
        };
        // A trend that fills the place, and beside it what moved or what must ship.
        let period = of(overview.by.table());
        let trend = if period.is_empty() {
            of("daily")
        } else {
            period
        };
        let beside = [of("movers"), of("late"), of("status")].concat();
        let charts = trend.into_iter().take(1).chain(beside).take(CHARTS);
        self.0.row = picture::place(self.0.sheet, self.0.row, charts)?;
        Ok(())
    }

    fn note(&mut self, label: &str, text: &str) -> Result<(), XlsxError> {
        let label = (label, &self.0.styles.label);
        self.0.note(label, text, TEXT, None)
    }

    /// Sales by channel, with totals.
    fn sold(
        &mut self,
        versus: &str,
        rows: &[(ChannelSales, Option<Place>)],
    ) -> Result<(), XlsxError> {
        let styles = self.0.styles;
        let any = rows.iter().any(|(_, curve)| curve.is_some());
        let before = if any { "Before" } else { "" };
        let heads = [
            ("Sales channel", &styles.head),
            ("Ships", &styles.head),
            ("Orders", &styles.head_right),
            (versus, &styles.head_right),
            ("Units", &styles.head_right),
            ("Sales", &styles.head_right),
            (versus, &styles.head_right),
            (before, &styles.after),
        ];
        for (column, (head, format)) in CHANNELS.into_iter().zip(heads) {
            self.0
                .sheet
                .write_string_with_format(self.0.row, column, head, format)?;
        }
        self.0.row += 1;
        for (row, curve) in rows {
            self.channel(row, *curve)?;
        }
        self.0.row += 1;
        Ok(())
    }

    fn channel(&mut self, row: &ChannelSales, curve: Option<Place>) -> Result<(), XlsxError> {
        let [
            name,
            ships,
            orders,
            orders_change,
            units,
            sales,
            sales_change,
            before,
        ] = CHANNELS;
        let (at, now, last) = (self.0.row, row.now(), row.last());
        let total = row.fulfillment.is_empty();
        let plain = if total {
            self.0.styles.bold.clone()
        } else {
            Format::new()
        };
        self.0
            .sheet
            .write_string_with_format(at, name, row.place(), &plain)?;
        self.0.sheet.write_string(at, ships, row.ships())?;
        self.number((at, orders), Value::Count(now.orders), None, &plain)?;
        self.number((at, units), Value::Count(now.units), None, &plain)?;
        let of = |of: fn(SalesSums) -> Value| (Some(of(now)), last.map(of));
        let (this, that) = of(|sums| Value::Count(sums.orders));
        self.percent((at, orders_change), this, that)?;
        if let Some(currency) = &row.currency {
            let value = Value::Money(now.sales, row.decimals);
            self.number((at, sales), value, Some(currency), &plain)?;
            let (this, that) = of(|sums| Value::Money(sums.sales, 0));
            self.percent((at, sales_change), this, that)?;
        }
        if let Some(curve) = curve {
            self.curve((at, before), curve)?;
        }
        self.0.row += 1;
        Ok(())
    }

    fn curve(
        &mut self,
        (row, column): (u32, u16),
        (data_row, first, last): Place,
    ) -> Result<(), XlsxError> {
        let line = Sparkline::new()
            .set_range((sheet_name::CHART_DATA, data_row, first, data_row, last))
            .set_type(SparklineType::Column)
            .set_sparkline_color(Color::RGB(COLORS[5]))
            .show_last_point(true)
            .set_last_point_color(Color::RGB(COLORS[0]))
            .set_custom_min(0);
        self.0.sheet.add_sparkline(row, column, &line)?;
        Ok(())
    }

    /// A value as a number; as exact text where a cell cannot hold it.
    fn number(
        &mut self,
        (row, column): (u32, u16),
        value: Value,
        currency: Option<&str>,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let (cell, pattern) = match value {
            Value::Count(count) => (Cell::Count(count), "#,##0".to_owned()),
            Value::Share(part, whole) => {
                let share = Value::millionths(part, whole);
                (Cell::Share(share), "0.0%".to_owned())
            }
            Value::Money(value, decimals) => {
                let pattern = Styles::money_pattern(currency.unwrap_or_default(), decimals);
                (Cell::Money(value, decimals), pattern)
            }
        };
        let format = format.clone().set_num_format(pattern);
        let sheet = &mut *self.0.sheet;
        match exact(cell) {
            Some(number) => sheet.write_number_with_format(row, column, number, &format)?,
            None => sheet.write_string_with_format(row, column, value.text(), &format)?,
        };
        Ok(())
    }

    /// How much more than before, as on every other screen.
    fn percent(
        &mut self,
        (row, column): (u32, u16),
        now: Option<Value>,
        before: Option<Value>,
    ) -> Result<(), XlsxError> {
        let number = |value| match value {
            Value::Count(count) => i128::from(count),
            Value::Money(value, _) => value,
            Value::Share(part, whole) => Value::millionths(part, whole),
        };
        let (Some(now), Some(before)) = (now.map(number), before.map(number)) else {
            return Ok(());
        };
        let (direction, text) = change(now, before);
        let styles = self.0.styles;
        let format = match direction {
            Ordering::Less => &styles.down,
            _ => &styles.up,
        };
        // "new", "gone" and "15 x" are words; a share is a number.
        if text.ends_with('%') && before > 0 {
            let share = (now - before).saturating_mul(1_000_000) / before;
            let number = scaled(share, 6);
            self.0
                .sheet
                .write_number_with_format(row, column, number, format)?;
        } else if !text.is_empty() {
            self.0
                .sheet
                .write_string_with_format(row, column, &text, &styles.head_right)?;
        }
        Ok(())
    }
}

/// The columns of the lines of currencies.
const COLUMNS: [u16; 10] = [0, 2, 3, 4, 5, 6, 7, 8, 9, 10];
/// The columns of sales by channel. The name of a channel runs into the empty one beside it.
const CHANNELS: [u16; 8] = [0, 2, 3, 4, 5, 6, 7, 8];

fn versus(sales: &PeriodSales) -> String {
    let before = sales.span.before.as_ref();
    before.map_or_else(String::new, |before| format!("vs {before}"))
}
