//! The charts of a workbook, with the sheets that they belong to.

use rust_xlsxwriter::{Chart, Worksheet, XlsxError};

use crate::overview::{Mover, Overview};
use crate::table::{Control, Document, Part, Table};

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
                "movers" => movers(overview),
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
    let open = overview.shipping.open_orders.as_ref()?;
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
fn movers(overview: &Overview) -> Option<Bars> {
    let movers = overview.demand.movers.as_ref()?;
    let first = movers.currencies.first()?;
    // The greatest gain first, the greatest loss last.
    let down = first.down.iter().take(BARS).rev();
    let bar = |mover: &Mover| {
        let name = cut(&safe(&mover.sku), NAME).into_owned();
        (name, mover.difference)
    };
    let bars: Vec<(String, i128)> = first.up.iter().take(BARS).chain(down).map(bar).collect();
    let (week, currency) = (&movers.week, safe(&first.currency));
    let title = format!("Change of sales by SKU in {week}, {currency}");
    (!bars.is_empty()).then_some((title, Unit::Money(first.decimals), bars))
}
