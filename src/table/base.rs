//! The state as frames, and the few steps that every roll-up is made of.

use polars::prelude::*;

use crate::cube::counted::Counted;
use crate::field::{
    Currency, Day, Fulfillment, Labels, Moment, Money, OrderIds, StatusGroup, WeekStart, Zones,
    label, money,
};
use crate::overlap::Role;

/// What a table needs to know of an input file, by its place among the inputs.
#[derive(Debug, Clone)]
pub struct InputFacts {
    /// The name that tables show.
    pub name: String,
    /// What kind of file it is.
    pub kind: String,
    /// What it was taken for.
    pub role: Role,
    /// How its text is encoded.
    pub encoding: &'static str,
    /// Lines before the first chunk.
    pub header_lines: u64,
    /// The file that it is a copy of.
    pub copy_of: Option<crate::line::FileId>,
}

/// What tables are rolled up from.
#[derive(Debug)]
pub struct Facts<'c> {
    /// The state.
    pub counted: &'c Counted,
    /// The inputs.
    pub inputs: &'c [InputFacts],
    /// The order ids of the run.
    pub ids: &'c OrderIds,
    /// The moment that lateness is judged at; `None` if no file proves one.
    pub as_of: Option<Moment>,
    /// Which zones the days are in.
    pub zones: Zones,
    /// Where weeks start.
    pub week_start: WeekStart,
    /// Orders whose newest snapshots tie but differ in lines.
    pub uneven_ties: u64,
    /// First and last local purchase day of the kept lines.
    pub coverage: Option<(Day, Day)>,
    /// The sales cube, its texts as numbers that sort as they do.
    sales: DataFrame,
    statuses: Vec<Option<String>>,
    channels: Vec<Option<String>>,
    currencies: Vec<Option<String>>,
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

/// The decimals of money and of shares.
pub(super) const MONEY: usize = money::SCALE;
pub(super) const SHARE: usize = 6;
const MOST_DIGITS: usize = 38;

impl<'c> Facts<'c> {
    /// The facts of a run.
    ///
    /// # Errors
    /// What polars refuses: a defect of the program.
    pub fn new(
        counted: &'c Counted,
        inputs: &'c [InputFacts],
        ids: &'c OrderIds,
        as_of: Option<Moment>,
        zones: Zones,
        week_start: WeekStart,
        uneven_ties: u64,
    ) -> PolarsResult<Self> {
        let with_lines = || {
            counted
                .sales
                .iter()
                .filter(|(_, cell)| cell.lines > 0)
                .map(|(key, _)| key.day)
        };
        let coverage = with_lines().min().zip(with_lines().max());
        let currencies = currencies(counted);
        let sales = sales_frame(counted, &currencies)?;
        let shown: Vec<_> = currencies
            .iter()
            .map(|currency| currency.map(|known| known.as_str().to_owned()))
            .collect();
        let (statuses, channels) = (in_order(&counted.statuses), in_order(&counted.channels));
        Ok(Self {
            counted,
            inputs,
            ids,
            as_of,
            zones,
            week_start,
            uneven_ties,
            coverage,
            sales,
            statuses,
            channels,
            currencies: shown,
        })
    }

    /// The sales cube with days cut to the start of their period, summed by the keys and sorted by them.
    pub(super) fn by_period(
        &self,
        keys: &[&str],
        start: impl Fn(Day) -> Day,
    ) -> PolarsResult<DataFrame> {
        let mut frame = self.sales.clone();
        let starts: Int32Chunked = frame
            .column("day")?
            .i32()?
            .apply_values(|day| start(Day(day)).0);
        frame.with_column(starts.with_name("day".into()).into_column())?;
        sum_by(&frame, keys)
    }

    /// The sales cube summed by the keys and sorted by them.
    pub(super) fn by(&self, keys: &[&str]) -> PolarsResult<DataFrame> {
        sum_by(&self.sales, keys)
    }

    /// Turns the numbers of the key columns back into texts.
    pub(super) fn decode(&self, mut frame: DataFrame) -> PolarsResult<DataFrame> {
        let fulfillments: Vec<_> = Fulfillment::ALL
            .into_iter()
            .map(|who| Some(who.name().to_owned()))
            .collect();
        let groups: Vec<_> = GROUPS
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
    pub(super) fn currency_code(&self, currency: Option<Currency>) -> u32 {
        let wanted = currency.as_ref().map(Currency::as_str);
        let place = self
            .currencies
            .iter()
            .position(|known| known.as_deref() == wanted);
        place
            .and_then(|place| u32::try_from(place).ok())
            .unwrap_or(0)
    }

    /// The line number of a place.
    pub(super) fn line_number(&self, place: crate::line::Place) -> u64 {
        let header = self
            .inputs
            .get(place.file.0 as usize)
            .map_or(0, |input| input.header_lines);
        self.counted
            .sources
            .get(&place.file)
            .map_or(0, |source| source.line_number(place, header))
    }

    /// The name of a file.
    pub(super) fn file_name(&self, file: crate::line::FileId) -> &str {
        self.inputs
            .get(file.0 as usize)
            .map_or("", |input| input.name.as_str())
    }
}

const GROUPS: [StatusGroup; 10] = [
    StatusGroup::Cancelled,
    StatusGroup::Delivered,
    StatusGroup::Failed,
    StatusGroup::OnHold,
    StatusGroup::PartiallyShipped,
    StatusGroup::Pending,
    StatusGroup::Returned,
    StatusGroup::Shipped,
    StatusGroup::Unknown,
    StatusGroup::Unshipped,
];

/// All currencies of the run in the order of their names; first, none.
fn currencies(counted: &Counted) -> Vec<Option<Currency>> {
    let sales = counted.sales.iter().map(|(key, _)| key.currency);
    let mut all: Vec<_> = std::iter::once(None)
        .chain(sales)
        .chain(counted.sku_sales.iter().map(|(key, _)| key.currency))
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

fn sales_frame(counted: &Counted, currencies: &[Option<Currency>]) -> PolarsResult<DataFrame> {
    let cells: Vec<_> = counted
        .sales
        .iter()
        .filter(|(_, cell)| cell.lines > 0 || cell.orders_placed > 0)
        .collect();
    let (statuses, channels) = (counted.statuses.ranks(), counted.channels.ranks());
    let groups: Vec<StatusGroup> = counted
        .statuses
        .ids()
        .map(|id| StatusGroup::read(counted.statuses.get(id)))
        .collect();
    let code = |place: Option<usize>| {
        place
            .and_then(|place| u32::try_from(place).ok())
            .unwrap_or(0)
    };
    let keys = |name: &str, of: &dyn Fn(&crate::cube::sales::SalesKey) -> u32| {
        Column::new(
            name.into(),
            cells.iter().map(|(key, _)| of(key)).collect::<Vec<u32>>(),
        )
    };
    let counts =
        |name: &str, of: &dyn Fn(&crate::cube::sales::SalesMeasures, StatusGroup) -> u64| {
            let values = cells
                .iter()
                .map(|(key, cell)| count(of(cell, groups[key.status.0 as usize])))
                .collect::<Vec<i64>>();
            Column::new(name.into(), values)
        };
    let sums = |name: &str, of: &dyn Fn(&crate::cube::sales::SalesMeasures) -> Money| {
        decimals(
            name,
            cells.iter().map(|(_, cell)| Some(of(cell).0)).collect(),
            MONEY,
        )
    };
    let cancelled = |group| group == StatusGroup::Cancelled;
    DataFrame::new_infer_height(vec![
        keys("fulfillment", &|key| {
            code(
                Fulfillment::ALL
                    .iter()
                    .position(|who| *who == key.fulfillment),
            )
        }),
        keys("status_group", &|key| {
            code(
                GROUPS
                    .iter()
                    .position(|group| *group == groups[key.status.0 as usize]),
            )
        }),
        keys("status", &|key| statuses[key.status.0 as usize]),
        keys("sales_channel", &|key| channels[key.channel.0 as usize]),
        keys("currency", &|key| {
            code(
                currencies
                    .iter()
                    .position(|currency| *currency == key.currency),
            )
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
    ])
}

/// The frame summed by the keys and sorted by them. Money without a currency is not a number.
fn sum_by(frame: &DataFrame, keys: &[&str]) -> PolarsResult<DataFrame> {
    let measures: Vec<&str> = MEASURES.into_iter().chain(AMOUNTS).collect();
    let mut sums = sum(frame, keys, &measures)?;
    if keys.contains(&"currency") {
        let known = sums.column("currency")?.u32()?.not_equal(0);
        for amount in AMOUNTS {
            let masked = blank(sums.column(amount)?, &known)?;
            sums.with_column(masked)?;
        }
    }
    sums.sort(keys, SortMultipleOptions::default())
}

/// A count as polars keeps it: far below its limit, since a line adds at most 10^9 units.
pub(super) fn count(value: u64) -> i64 {
    i64::try_from(value).expect("fewer than 10^9 lines of 10^9 units")
}

/// Sums the measures by the keys.
#[expect(
    deprecated,
    reason = "polars would rather have this asked of its lazy engine, which costs nine minutes of build time (DESIGN 7)"
)]
pub(super) fn sum(frame: &DataFrame, keys: &[&str], measures: &[&str]) -> PolarsResult<DataFrame> {
    let mut sums = frame
        .group_by(keys)?
        .select(measures.iter().copied())
        .sum()?;
    for measure in measures {
        sums.rename(&format!("{measure}_sum"), (*measure).into())?;
    }
    Ok(sums)
}

/// A column of exact decimals.
pub(super) fn decimals(
    name: &str,
    values: Vec<Option<i128>>,
    scale: usize,
) -> PolarsResult<Column> {
    let values: Int128Chunked = values.into_iter().collect();
    Ok(values
        .with_name(name.into())
        .into_decimal(MOST_DIGITS, scale)?
        .into_column())
}

/// The integers of a column of exact decimals.
pub(super) fn integers(column: &Column) -> PolarsResult<Vec<Option<i128>>> {
    Ok(column.decimal()?.physical().iter().collect())
}

/// A column of decimals with absent values wherever `known` is false.
fn blank(column: &Column, known: &BooleanChunked) -> PolarsResult<Column> {
    let values = integers(column)?.into_iter().zip(known.iter());
    decimals(
        column.name(),
        values
            .map(|(value, known)| value.filter(|_| known == Some(true)))
            .collect(),
        MONEY,
    )
}

/// Appends a column of quotients, rounded half away from zero; absent where the divisor is zero or a part is absent.
pub(super) fn divide(
    frame: &mut DataFrame,
    name: &str,
    scale: usize,
    parts: impl Iterator<Item = (Option<i128>, Option<i128>)>,
) -> PolarsResult<()> {
    let quotients = parts
        .map(|(part, whole)| Some(rounded(part?, whole.filter(|whole| *whole != 0)?)))
        .collect();
    frame.with_column(decimals(name, quotients, scale)?)?;
    Ok(())
}

/// The counts of a column as integers to divide.
pub(super) fn counts(column: &Column) -> PolarsResult<Vec<Option<i128>>> {
    Ok(column
        .i64()?
        .iter()
        .map(|value| value.map(i128::from))
        .collect())
}

/// `sales / priced units` and `sales / orders with a priced live line`.
pub(super) fn averages(frame: &mut DataFrame) -> PolarsResult<()> {
    let sales = integers(frame.column("sales")?)?;
    for (name, divisor) in [("asp", "priced_units"), ("aov", "priced_orders")] {
        let divisors = counts(frame.column(divisor)?)?;
        divide(frame, name, MONEY, sales.iter().copied().zip(divisors))?;
    }
    Ok(())
}

/// A part of a whole in millionths, before rounding.
pub(super) fn millionths(part: Option<i128>) -> Option<i128> {
    part.map(|part| part * 1_000_000)
}

fn rounded(part: i128, whole: i128) -> i128 {
    let (sign, part, whole) = (part.signum() * whole.signum(), part.abs(), whole.abs());
    sign * ((2 * part + whole) / (2 * whole))
}
