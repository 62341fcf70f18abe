//! The figures of the first screen, worked out once from a document: sales by period, open orders, the late rate, totals.
//!
//! Every format shows them and every gate is judged by them, so that no two places compute a figure in two ways. What is said about
//! them, and how it looks, is the writers' part.

mod cells;
mod demand_totals;
mod incomplete;
mod late_rate;
mod movers;
mod open_orders;
mod period;
mod period_sales;
mod tiles;

use crate::table::Document;

pub use demand_totals::DemandTotals;
pub use incomplete::{IncompletePeriods, PeriodDays, PeriodSum};
pub use late_rate::LateRateWindow;
pub use movers::{CurrencyMovers, Mover, WeekMovers};
pub use open_orders::OpenOrders;
pub use period::Period;
pub use period_sales::{ChannelSales, PERIODS, PeriodSales, SalesSums, Span, both_sides};
pub use tiles::{CurrencyTiles, TileSums, usual_currencies};

/// The figures of the first screen.
#[derive(Debug)]
pub struct Overview {
    /// The period that is compared.
    pub by: Period,
    /// Sales of the last complete period and of those before it, or of all days, or of both sides of a comparison. `None` without an
    /// order.
    pub sales: Option<PeriodSales>,
    /// Sums of the shown period and of those before it, by currency, the one with the most orders first. Empty without an order.
    pub tiles: Vec<CurrencyTiles>,
    /// Periods without all their days beside the one that is shown. `None` if no period is complete.
    pub incomplete: Option<IncompletePeriods>,
    /// Totals of all days. `None` without an all-orders report.
    pub totals: Option<DemandTotals>,
    /// Open orders by urgency. `None` without an unshipped-orders report.
    pub open_orders: Option<OpenOrders>,
    /// The SKUs that made the difference to the week before. `None` if no two weeks can be compared.
    pub movers: Option<WeekMovers>,
    /// The late shipment rate by window. Empty if it cannot be known.
    pub late_rate: Vec<LateRateWindow>,
}

impl Overview {
    /// Works out the figures of a document.
    ///
    /// ```
    /// use ordersift::overview::{Overview, Period};
    /// use ordersift::{input, options::Options, pipeline};
    /// # fn main() -> Result<(), ordersift::Error> {
    /// let inputs = input::gather(&["fixtures/first-week".into()], &[])?;
    /// let document = pipeline::report(&inputs, &Options::default(), &pipeline::Unwatched)?;
    /// let overview = Overview::of(&document, Period::Week);
    /// assert!(overview.totals.is_some_and(|totals| totals.orders_placed > 0));
    /// # Ok(())
    /// # }
    /// ```
    pub fn of(document: &Document, by: Period) -> Self {
        let sales = PeriodSales::of(document, by);
        Self {
            by,
            incomplete: IncompletePeriods::of(document, by, sales.as_ref()),
            tiles: sales
                .as_ref()
                .map_or_else(Vec::new, |sales| tiles::tiles(document, by, sales)),
            sales,
            totals: DemandTotals::of(document),
            open_orders: OpenOrders::of(document),
            movers: WeekMovers::of(document),
            late_rate: LateRateWindow::all(document),
        }
    }
}
