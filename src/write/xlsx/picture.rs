//! The charts of a workbook, with the sheets that they belong to.

use rust_xlsxwriter::{Chart, Worksheet, XlsxError};

use crate::overview::Overview;
use crate::table::{Cell, Control, Document, Part, Table};

use super::super::number;
use super::super::plot::{Drawn, Grid, Unit, plots};
use super::chart::ChartData;
use crate::write::sanitize::{cut, safe};

/// Columns of pixels and rows of cells that a chart takes.
const WIDTH: u32 = 570;
const HEIGHT: u32 = 280;
const GAP: u32 = 12;
const ROWS: u32 = 15;

/// Bars of a chart at most, up and down.
const BARS: usize = 5;
/// A longer name is cut.
const NAME: usize = 24;

/// A picture of a table.
pub(super) struct Picture {
    pub(super) table: &'static str,
    pub(super) part: Part,
    pub(super) drawn: Shown,
}

/// How a picture is shown.
pub(super) enum Shown {
    Chart(Box<Chart>),
    /// Cells on a scale of color, under a title.
    Cells(String, Grid),
}

impl Picture {
    /// The pictures of all tables, in their order.
    pub(super) fn all(
        tables: &[&Table],
        document: &Document,
        overview: &Overview,
        data: &mut ChartData<'_>,
    ) -> Result<Vec<Self>, XlsxError> {
        let mut pictures = Vec::new();
        for table in tables {
            let mut add = |drawn| {
                pictures.push(Self {
                    table: table.spec.name,
                    part: table.spec.part,
                    drawn,
                });
            };
            for plot in plots(table) {
                if let Some(chart) = data.chart(&plot)? {
                    add(Shown::Chart(Box::new(chart)));
                } else if let Drawn::Fields(grid) = plot.drawn {
                    add(Shown::Cells(plot.title, grid));
                }
            }
            let bars = match table.spec.name {
                "late" => open_orders(overview),
                "sources" => lines(document.control),
                "movers" => movers(table, overview),
                _ => None,
            };
            if let Some((title, unit, bars)) = bars {
                add(Shown::Chart(Box::new(data.bars(&title, unit, &bars)?)));
            }
        }
        Ok(pictures)
    }
}

/// Puts charts below a row, two side by side; gives the row below them.
pub(super) fn place<'p>(
    sheet: &mut Worksheet,
    top: u32,
    charts: impl Iterator<Item = &'p Chart>,
) -> Result<u32, XlsxError> {
    let mut row = top;
    let charts: Vec<&Chart> = charts.collect();
    for pair in charts.chunks(2) {
        for (left, chart) in [0, WIDTH + GAP].into_iter().zip(pair) {
            let mut chart = (*chart).clone();
            chart.set_width(WIDTH).set_height(HEIGHT);
            sheet.insert_chart_with_offset(row, 0, &chart, left, 0)?;
        }
        row += ROWS;
    }
    Ok(row)
}

type Bars = (String, Unit, Vec<(String, i128)>);

/// Open orders by urgency; `None` if no order is open.
fn open_orders(overview: &Overview) -> Option<Bars> {
    let open = overview.open_orders.as_ref()?;
    let bars = [
        ("Past the day Amazon cancels", open.past_cancel_by),
        ("Overdue", open.overdue),
        ("Due today", open.due_today),
        ("Due tomorrow", open.due_tomorrow),
        ("Later", open.later),
        ("Without a promise", open.no_promise),
        ("On hold", open.on_hold),
    ];
    let bars = bars.map(|(name, orders)| (name.to_owned(), orders.into()));
    (open.all() > 0).then(|| ("Orders to ship".to_owned(), Unit::Count, bars.to_vec()))
}

/// What became of the lines; `None` without a line.
fn lines(control: Control) -> Option<Bars> {
    let bars = [
        ("Kept", control.kept),
        ("Superseded", control.superseded),
        ("Repeated", control.repeated),
        ("Rejected", control.rejected),
    ];
    let title = format!("{} read", number::count(control.lines_read, "line"));
    let bars = bars.map(|(name, lines)| (name.to_owned(), lines.into()));
    (control.lines_read > 0).then(|| (title, Unit::Count, bars.to_vec()))
}

/// The SKUs that made the difference, in the currency with the most orders; `None` if nothing moved.
fn movers(table: &Table, overview: &Overview) -> Option<Bars> {
    let column = table.index("sales_difference")?;
    let currency = overview.tiles.first()?.currency.clone()?;
    let rows = |direction: &'static str| {
        let of = move |row: &usize, name, text: &str| table.text(*row, name) == text;
        let currency = currency.clone();
        (0..table.height())
            .filter(move |row| of(row, "direction", direction) && of(row, "currency", &currency))
            .take(BARS)
    };
    let down: Vec<usize> = rows("down").collect();
    let bar = |row: usize| match table.cell(row, column) {
        Cell::Money(value, decimals) => {
            let name = cut(&safe(&table.text(row, "sku")), NAME).into_owned();
            Some((name, value, decimals))
        }
        _ => None,
    };
    // The greatest gain first, the greatest loss last.
    let bars: Vec<(String, i128, usize)> = rows("up")
        .chain(down.into_iter().rev())
        .filter_map(bar)
        .collect();
    let decimals = bars.first()?.2;
    let period = table.text(0, "period");
    let title = format!("Change of sales by SKU in {period}, {}", safe(&currency));
    let bars = bars.into_iter().map(|(name, value, _)| (name, value));
    Some((title, Unit::Money(decimals), bars.collect()))
}
