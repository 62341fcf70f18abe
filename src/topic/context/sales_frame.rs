//! The sales as a frame, in which texts are numbers of the same order, so that sums need no strings.

use polars::prelude::*;

use crate::field::{Currency, Day, Fulfillment, Labels, Money, Rates, StatusGroup, label};
use crate::state::finished::FinishedState;

use crate::table::CONVERTED;
use crate::table::sums::{MONEY, blank, count, decimals, integers, sum};
use crate::topic::demand::converted::{self, UNCONVERTED, of_sums};

/// The sales cube, its texts as numbers that sort as they do.
#[derive(Debug)]
pub(crate) struct SalesFrame<'c> {
    frame: DataFrame,
    statuses: Vec<Option<String>>,
    channels: Vec<Option<String>>,
    currencies: Vec<Option<String>>,
    /// By which rates sales are converted, if they are.
    rates: Option<&'c Rates>,
}

/// Names of the measures of the sales frame.
const MEASURES: [&str; 9] = [
    "orders_placed",
    "orders",
    "cancelled_orders",
    "priced_orders",
    "lines",
    "quantity",
    "units",
    "unpriced_units",
    "priced_units",
];
const AMOUNTS: [&str; 6] = [
    "sales",
    "amount",
    "tax",
    "shipping",
    "gift_wrap",
    "discounts",
];

impl<'c> SalesFrame<'c> {
    pub(crate) fn of(state: &FinishedState, rates: Option<&'c Rates>) -> PolarsResult<Self> {
        let currencies = currencies(state);
        let frame = sales_frame(state, &currencies, rates)?;
        let name = |currency: Currency| currency.as_str().to_owned();
        Ok(Self {
            frame,
            statuses: in_order(&state.labels.statuses),
            channels: in_order(&state.labels.channels),
            currencies: currencies
                .into_iter()
                .map(|known| known.map(name))
                .collect(),
            rates,
        })
    }

    /// The sales cube with days cut to the start of their period, summed by the keys and sorted by them.
    pub(crate) fn by_period(
        &self,
        keys: &[&str],
        start: impl Fn(Day) -> Day,
    ) -> PolarsResult<DataFrame> {
        let mut frame = self.frame.clone();
        let starts: Int32Chunked = frame
            .column("day")?
            .i32()?
            .apply_values(|day| start(Day(day)).0);
        frame.with_column(starts.with_name("day".into()).into_column())?;
        self.sum_by(&frame, keys)
    }

    /// The sales cube summed by the keys and sorted by them.
    pub(crate) fn by(&self, keys: &[&str]) -> PolarsResult<DataFrame> {
        self.sum_by(&self.frame, keys)
    }

    /// Turns the numbers of the key columns back into texts.
    pub(crate) fn decode(&self, mut frame: DataFrame) -> PolarsResult<DataFrame> {
        let fulfillments: Vec<_> = Fulfillment::ALL
            .into_iter()
            .map(|who| Some(who.name().to_owned()))
            .collect();
        let groups: Vec<_> = StatusGroup::ALL
            .into_iter()
            .map(|group| Some(group.name().to_owned()))
            .collect();
        let texts: [(&str, &[Option<String>]); 5] = [
            ("fulfillment", &fulfillments),
            ("status_group", &groups),
            ("status", &self.statuses),
            ("sales_channel", &self.channels),
            ("currency", &self.currencies),
        ];
        for (name, texts) in texts {
            let Ok(codes) = frame.column(name).and_then(|column| column.u32()) else {
                continue;
            };
            let decoded: StringChunked = codes
                .iter()
                .map(|code| {
                    code.and_then(|code| texts.get(code as usize))
                        .and_then(|text| text.as_deref())
                })
                .collect();
            frame.with_column(decoded.with_name(name.into()).into_column())?;
        }
        Ok(frame)
    }

    /// A currency's number in the key columns; 0 is none.
    pub(crate) fn currency_code(&self, currency: Option<Currency>) -> u32 {
        let wanted = currency.as_ref().map(Currency::as_str);
        let place = self
            .currencies
            .iter()
            .position(|known| known.as_deref() == wanted);
        place
            .and_then(|place| u32::try_from(place).ok())
            .unwrap_or(0)
    }

    /// The frame summed by the keys and sorted by them. Money without a currency is not a number.
    fn sum_by(&self, frame: &DataFrame, keys: &[&str]) -> PolarsResult<DataFrame> {
        let converted = self.rates.map(|_| [CONVERTED[0].name, UNCONVERTED]);
        let measures: Vec<&str> = MEASURES
            .into_iter()
            .chain(AMOUNTS)
            .chain(converted.into_iter().flatten())
            .collect();
        let mut sums = sum(frame, keys, &measures)?;
        if keys.contains(&"currency") {
            let known = sums.column("currency")?.u32()?.not_equal(0);
            for amount in AMOUNTS {
                let masked = blank(sums.column(amount)?, &known)?;
                sums.with_column(masked)?;
            }
            if let Some(rates) = self.rates {
                let whole = sums.column(UNCONVERTED)?.i64()?.equal(0) & known;
                let masked = blank(sums.column(CONVERTED[0].name)?, &whole)?;
                for column in of_sums(integers(&masked)?, rates)? {
                    sums.with_column(column)?;
                }
            }
        }
        sums.sort(keys, SortMultipleOptions::default())
    }
}

/// All currencies of the run in the order of their names; first, none.
fn currencies(state: &FinishedState) -> Vec<Option<Currency>> {
    let sales = state.demand.sales.iter().map(|(key, _)| key.currency);
    let mut all: Vec<_> = std::iter::once(None)
        .chain(sales)
        .chain(state.products.sales.iter().map(|(key, _)| key.currency))
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The texts in the order of their ranks; an empty one is absent.
fn in_order(labels: &Labels) -> Vec<Option<String>> {
    let mut texts: Vec<&[u8]> = labels.ids().map(|id| labels.get(id)).collect();
    texts.sort_unstable();
    texts
        .into_iter()
        .map(|text| (!text.is_empty()).then(|| label::shown(text)))
        .collect()
}

fn sales_frame(
    state: &FinishedState,
    currencies: &[Option<Currency>],
    rates: Option<&Rates>,
) -> PolarsResult<DataFrame> {
    let cells: Vec<_> = state
        .demand
        .sales
        .iter()
        .filter(|(_, cell)| cell.lines > 0 || cell.orders_placed > 0)
        .collect();
    let (statuses, channels) = (state.labels.statuses.ranks(), state.labels.channels.ranks());
    let groups: Vec<StatusGroup> = state
        .labels
        .statuses
        .ids()
        .map(|id| StatusGroup::read(state.labels.statuses.get(id)))
        .collect();
    let code = |place: Option<usize>| {
        place
            .and_then(|place| u32::try_from(place).ok())
            .unwrap_or(0)
    };
    let keys = |name: &str, of: &dyn Fn(&crate::topic::demand::state::sales::SalesKey) -> u32| {
        Column::new(
            name.into(),
            cells.iter().map(|(key, _)| of(key)).collect::<Vec<u32>>(),
        )
    };
    let counts = |name: &str,
                  of: &dyn Fn(
        &crate::topic::demand::state::sales::SalesMeasures,
        StatusGroup,
    ) -> u64| {
        let values = cells
            .iter()
            .map(|(key, cell)| count(of(cell, groups[key.status.0 as usize])))
            .collect::<Vec<i64>>();
        Column::new(name.into(), values)
    };
    let sums =
        |name: &str, of: &dyn Fn(&crate::topic::demand::state::sales::SalesMeasures) -> Money| {
            decimals(
                name,
                cells.iter().map(|(_, cell)| Some(of(cell).0)).collect(),
                MONEY,
            )
        };
    let cancelled = |group| group == StatusGroup::Cancelled;
    let mut columns = vec![
        keys("fulfillment", &|key| {
            code(
                Fulfillment::ALL
                    .iter()
                    .position(|who| *who == key.fulfillment),
            )
        }),
        keys("status_group", &|key| {
            code(
                StatusGroup::ALL
                    .iter()
                    .position(|group| *group == groups[key.status.0 as usize]),
            )
        }),
        keys("status", &|key| statuses[key.status.0 as usize]),
        keys("sales_channel", &|key| channels[key.channel.0 as usize]),
        keys("currency", &|key| {
            code(currencies.binary_search(&key.currency).ok())
        }),
        Column::new(
            "day".into(),
            cells.iter().map(|(key, _)| key.day.0).collect::<Vec<i32>>(),
        ),
        counts("orders_placed", &|cell, _| cell.orders_placed),
        counts("orders", &|cell, group| {
            if cancelled(group) {
                0
            } else {
                cell.orders_placed
            }
        }),
        counts("cancelled_orders", &|cell, group| {
            if cancelled(group) {
                cell.orders_placed
            } else {
                0
            }
        }),
        counts("priced_orders", &|cell, _| cell.priced_orders),
        counts("lines", &|cell, _| cell.lines),
        counts("quantity", &|cell, _| cell.quantity),
        counts("units", &|cell, _| cell.units),
        counts("unpriced_units", &|cell, _| cell.unpriced_units),
        counts("priced_units", &|cell, _| cell.units - cell.unpriced_units),
        sums("sales", &|cell| cell.sales)?,
        sums("amount", &|cell| cell.amount)?,
        sums("tax", &|cell| cell.tax)?,
        sums("shipping", &|cell| cell.shipping)?,
        sums("gift_wrap", &|cell| cell.gift_wrap)?,
        sums("discounts", &|cell| cell.discounts)?,
    ];
    if let Some(rates) = rates {
        columns.extend(converted::of_cells(&cells, rates)?);
    }
    DataFrame::new_infer_height(columns)
}
