//! The content of the first screen, worked out once from a document: sales by period, open orders, the late rate, totals, data status,
//! verdicts.
//!
//! Every format shows them and every gate is judged by them, so that no two places compute a figure in two ways. What is said about
//! them, and how it looks, is the writers' part.

mod account;
mod anomalies;
mod cells;
mod comparison;
mod converted;
mod data_status;
mod demand_totals;
mod gaps;
mod high_rates;
mod incomplete;
mod late_rate;
mod movers;
mod open_orders;
mod period;
mod period_sales;
mod returns;
mod stale_files;
mod tiles;
mod verdict;

use chrono::NaiveDate;

use crate::table::Document;

pub use account::{AccountHealth, AccountMetric, AccountStatus};
pub use anomalies::{Anomaly, AnomalyKind};
pub use comparison::{ComparedMover, Comparison, SalesPerDay};
pub use converted::ConvertedSales;
pub use data_status::{CheckCount, DataStatus};
pub use demand_totals::{DemandTotals, PendingEstimate};
pub use gaps::{Gap, GapKind};
pub use high_rates::{HighRate, HighRates};
pub use incomplete::IncompletePeriods;
pub use late_rate::{LATE_RATE_TARGET, LateRateWindow};
pub use movers::{CurrencyMovers, Mover, WeekMovers};
pub use open_orders::{OpenOrders, PendingOrders};
pub use period::{Period, PeriodDays, PeriodSum};
pub use period_sales::{ChannelSales, PERIODS, PeriodSales, SalesSums, Span, both_sides};
pub use returns::{ReturnRequests, ReturnedUnits};
pub use stale_files::StaleFiles;
pub use tiles::{CurrencyTiles, TileSums, usual_currencies};
pub use verdict::{Matter, Severity, Verdict};

/// The content of the first screen.
#[derive(Debug)]
pub struct Overview {
    /// The period that is compared.
    pub by: Period,
    /// The local day of the report. `None` if no file proves one.
    pub today: Option<NaiveDate>,
    /// What was sold.
    pub demand: DemandOverview,
    /// What must ship, and how well the seller ships.
    pub shipping: ShippingOverview,
    /// What came back.
    pub returns: ReturnOverview,
    /// What stands out.
    pub review: ReviewOverview,
    /// How sound the data are.
    pub data: DataStatus,
}

/// What was sold.
#[derive(Debug)]
pub struct DemandOverview {
    /// Sales of the last complete period and of those before it, or of all days, or of both sides of a comparison. `None` without an
    /// order.
    pub sales: Option<PeriodSales>,
    /// Sums of the shown period and of those before it, by currency, the one with the most orders first. Empty without an order.
    pub tiles: Vec<CurrencyTiles>,
    /// Periods without all their days beside the one that is shown. `None` if no period is complete.
    pub incomplete: Option<IncompletePeriods>,
    /// Totals of all days. `None` without an all-orders report.
    pub totals: Option<DemandTotals>,
    /// The SKUs that made the difference to the week before. `None` if no two weeks can be compared.
    pub movers: Option<WeekMovers>,
    /// Sales in one currency. `None` if nothing was to be converted.
    pub converted: Option<ConvertedSales>,
    /// The figures of a comparison. `None` in a report.
    pub comparison: Option<Comparison>,
}

/// What must ship, and how well the seller ships.
#[derive(Debug)]
pub struct ShippingOverview {
    /// Open orders by urgency. `None` without an unshipped-orders report.
    pub open_orders: Option<OpenOrders>,
    /// The late shipment rate by window. Empty if it cannot be known.
    pub late_rate: Vec<LateRateWindow>,
    /// Account health as Amazon states it.
    pub account: AccountHealth,
    /// Orders whose payment takes longer than it should.
    pub pending: PendingOrders,
}

/// What came back.
#[derive(Debug)]
pub struct ReturnOverview {
    /// Return requests.
    pub requests: ReturnRequests,
    /// Returned units. `None` if there are none.
    pub units: Option<ReturnedUnits>,
}

/// What stands out.
#[derive(Debug)]
pub struct ReviewOverview {
    /// What is not as expected, the farthest from it first.
    pub anomalies: Vec<Anomaly>,
    /// Rates of cancellations and returns that stand out, SKUs before channels.
    pub high_rates: Vec<HighRates>,
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
    /// assert!(overview.demand.totals.is_some_and(|totals| totals.orders_placed > 0));
    /// # Ok(())
    /// # }
    /// ```
    pub fn of(document: &Document, by: Period) -> Self {
        let sales = PeriodSales::of(document, by);
        let shown = sales
            .as_ref()
            .map(|sales| (sales.span.first, sales.span.last));
        let tiles = sales
            .as_ref()
            .map(|sales| tiles::tiles(document, by, sales));
        Self {
            by,
            today: stale_files::today(document),
            demand: DemandOverview {
                tiles: tiles.unwrap_or_default(),
                incomplete: IncompletePeriods::of(document, by, sales.as_ref()),
                converted: ConvertedSales::of(document, by, sales.as_ref()),
                sales,
                totals: DemandTotals::of(document),
                movers: WeekMovers::of(document),
                comparison: Comparison::of(document),
            },
            shipping: ShippingOverview {
                open_orders: OpenOrders::of(document),
                late_rate: LateRateWindow::all(document),
                account: AccountHealth::of(document),
                pending: PendingOrders::of(document),
            },
            returns: ReturnOverview {
                requests: ReturnRequests::of(document),
                units: ReturnedUnits::of(document),
            },
            review: ReviewOverview {
                anomalies: Anomaly::all(document),
                high_rates: HighRates::all(document),
            },
            data: DataStatus::of(document, shown),
        }
    }
}
