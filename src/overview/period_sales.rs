//! Sales of the last complete period and the seven before it, by channel, fulfillment and currency.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::AddAssign;

use chrono::NaiveDate;

use crate::table::{Cell, Document, is_multi_channel};

use super::cells::Cells;
use super::stale_files::today;
use super::{Period, PeriodDays};

/// How many periods are looked back over, the shown one included.
pub const PERIODS: usize = 8;

/// The period that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Its label; empty if it is the whole of the data.
    pub label: String,
    /// Its first day.
    pub first: NaiveDate,
    /// Its last day.
    pub last: NaiveDate,
    /// The label of the period before, if the files cover it.
    pub before: Option<String>,
    /// What it is compared with, if it was asked for: the heading names both.
    pub against: Option<String>,
}

/// Sales in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodSales {
    /// The period.
    pub span: Span,
    /// Sales by channel, fulfillment and currency, in the order of a reader's interest.
    pub rows: Vec<ChannelSales>,
    /// `false` if no period is complete, and the sales are those of all days.
    pub complete: bool,
    /// The newest period that is over, complete or not. `None` if the files begin after it, or in a comparison.
    pub newest_over: Option<PeriodDays>,
    /// The period before the one that is shown, complete or not. `None` in a comparison.
    pub days_before: Option<PeriodDays>,
}

impl PeriodSales {
    /// The sales of the last complete period, or of all days, or of both sides of a comparison. `None` without an order.
    pub(super) fn of(document: &Document, by: Period) -> Option<Self> {
        if let Some((span, mut rows)) = both_sides(document) {
            if span.before.is_none() {
                for row in &mut rows {
                    row.series.remove(0);
                }
            }
            return Some(Self {
                span,
                rows,
                complete: true,
                newest_over: None,
                days_before: None,
            });
        }
        let period = of_period(document, by);
        let complete = period.is_some();
        let (span, rows) = period.or_else(|| of_all(document))?;
        Some(Self {
            newest_over: PeriodDays::newest_over(document, by),
            days_before: by
                .step_back(span.first)
                .and_then(|first| PeriodDays::of(document, by, first)),
            span,
            rows,
            complete,
        })
    }
}

/// Orders, units and sales.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SalesSums {
    /// Orders that are not cancelled.
    pub orders: i64,
    /// Units of lines that are not cancelled.
    pub units: i64,
    /// Ten-thousandths of the row's currency.
    pub sales: i128,
}

impl AddAssign for SalesSums {
    fn add_assign(&mut self, other: Self) {
        self.orders += other.orders;
        self.units += other.units;
        self.sales += other.sales;
    }
}

/// Sums period by period, oldest first, the shown one last; `None` where the files do not cover the period.
type SumsByPeriod = Vec<Option<SalesSums>>;

/// A line of the block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelSales {
    /// The sales channel as Amazon wrote it.
    pub channel: String,
    /// `fba`, `merchant` or `unknown`.
    pub fulfillment: String,
    /// `None` where no price was stated.
    pub currency: Option<String>,
    /// Decimals the currency is shown with.
    pub decimals: usize,
    /// Sums by period.
    pub series: Vec<Option<SalesSums>>,
}

impl ChannelSales {
    /// The sums of the period that is shown.
    pub fn now(&self) -> SalesSums {
        self.series.last().copied().flatten().unwrap_or_default()
    }

    /// The sums of the period before, if the files cover it.
    pub fn last(&self) -> Option<SalesSums> {
        self.series.iter().rev().nth(1).copied().flatten()
    }

    /// Orders that Amazon only ships: outside what Amazon sold.
    pub fn outside(&self) -> bool {
        is_multi_channel(self.channel.as_bytes())
    }

    /// The channel as a reader knows it.
    pub fn place(&self) -> &str {
        match self.channel.as_str() {
            "" => "(no channel)",
            channel => channel,
        }
    }

    /// The fulfillment as a reader knows it.
    pub fn ships(&self) -> &str {
        match self.fulfillment.as_str() {
            "fba" => "FBA",
            ships => ships,
        }
    }

    /// What its curve shows, period by period: sales, or units where no price was stated.
    pub fn curve(&self) -> Vec<Option<i128>> {
        let priced = self.currency.is_some();
        let value = |sums: SalesSums| {
            if priced {
                sums.sales
            } else {
                sums.units.into()
            }
        };
        self.series.iter().map(|sums| sums.map(value)).collect()
    }

    /// Adds another's sums.
    pub fn add(&mut self, other: &Self) {
        for (sum, more) in self.series.iter_mut().zip(&other.series) {
            if let (Some(sum), Some(more)) = (sum, more) {
                *sum += *more;
            }
        }
    }
}

type ChannelKey = (String, String, Option<String>);

/// Sales in the last complete period; `None` if no period is complete.
fn of_period(document: &Document, by: Period) -> Option<(Span, Vec<ChannelSales>)> {
    let table = document.table(by.table())?;
    let cells = Cells { table };
    let whole = |row: &usize| cells.cell(*row, "partial") == Cell::Flag(false);
    // The day that is still going on is covered, but not over; it is shown only if there is no other.
    let today = today(document).filter(|_| by == Period::Day);
    let over = |row: &usize| today.is_none_or(|today| cells.day(*row, "first_day") < Some(today));
    let any_over = (0..table.height()).any(|row| whole(&row) && over(&row));
    let rows = || (0..table.height()).filter(|row| whole(row) && (over(row) || !any_over));
    let first = rows().filter_map(|row| cells.day(row, "first_day")).max()?;
    let oldest = rows().filter_map(|row| cells.day(row, "first_day")).min()?;
    let mut starts = vec![first];
    while starts.len() < PERIODS {
        let Some(before) = starts.last().and_then(|start| by.step_back(*start)) else {
            break;
        };
        starts.push(before);
    }
    starts.reverse();
    // A period without a row, between complete ones, sold nothing, unless days of it lack; before the first of them nothing is
    // known.
    let known = |start: NaiveDate| {
        let gap_days = || {
            by.last_day(start)
                .map_or(0, |last| document.gap_days(start, last))
        };
        start >= oldest && gap_days() == 0
    };
    let empty: SumsByPeriod = starts
        .iter()
        .map(|start| known(*start).then(SalesSums::default))
        .collect();
    let mut sold: BTreeMap<ChannelKey, (usize, SumsByPeriod)> = BTreeMap::new();
    let mut labels = BTreeMap::new();
    let mut last_day = first;
    for row in rows() {
        let Some(start) = cells.day(row, "first_day") else {
            continue;
        };
        let Some(place) = starts.iter().position(|known| *known == start) else {
            continue;
        };
        labels.insert(start, cells.text(row, "period").to_owned());
        if start == first {
            last_day = cells.day(row, "last_day").unwrap_or(first);
        }
        let (decimals, series) = sold
            .entry(key(cells, row))
            .or_insert_with(|| (0, empty.clone()));
        *decimals = (*decimals).max(decimals_of(cells, row));
        series[place]
            .get_or_insert_default()
            .add_assign(sums(cells, row));
    }
    let before = starts.iter().rev().nth(1).filter(|start| known(**start));
    let before = before.map(|start| {
        labels.get(start).map_or_else(
            || format!("{} before", by.noun()),
            |label| by.short(label, *start),
        )
    });
    let label = labels.remove(&first).unwrap_or_default();
    Some((
        Span {
            label,
            first,
            last: last_day,
            before,
            against: None,
        },
        tidy(sold),
    ))
}

/// Sales in all of the data; `None` if it has no day.
fn of_all(document: &Document) -> Option<(Span, Vec<ChannelSales>)> {
    let days = Cells {
        table: document.table("daily")?,
    };
    let first = (0..days.table.height())
        .filter_map(|row| days.day(row, "first_day"))
        .min()?;
    let last = (0..days.table.height())
        .filter_map(|row| days.day(row, "last_day"))
        .max()?;
    let cells = Cells {
        table: document.table("channels")?,
    };
    let mut sold: BTreeMap<ChannelKey, (usize, SumsByPeriod)> = BTreeMap::new();
    for row in 0..cells.table.height() {
        let (decimals, series) = sold
            .entry(key(cells, row))
            .or_insert_with(|| (0, vec![Some(SalesSums::default())]));
        *decimals = (*decimals).max(decimals_of(cells, row));
        series[0]
            .get_or_insert_default()
            .add_assign(sums(cells, row));
    }
    Some((
        Span {
            label: String::new(),
            first,
            last,
            before: None,
            against: None,
        },
        tidy(sold),
    ))
}

/// Sales of both sides of a comparison; of sides with unlike numbers of days only sales now, since sums would tell
/// nothing. `None` if the document compares nothing.
pub fn both_sides(document: &Document) -> Option<(Span, Vec<ChannelSales>)> {
    let compared = document.compared.as_ref()?;
    let cells = Cells {
        table: document.table("comparison")?,
    };
    let mut sold: BTreeMap<ChannelKey, (usize, SumsByPeriod)> = BTreeMap::new();
    let rows = 0..cells.table.height();
    for row in rows.filter(|row| cells.text(*row, "level") == "channel") {
        let then = sums_of(cells, row, ["orders_then", "units_then", "sales_then"]);
        let series = vec![Some(then), Some(sums(cells, row))];
        sold.insert(key(cells, row), (decimals_of(cells, row), series));
    }
    Some((
        Span {
            label: compared.now.name.clone(),
            first: compared.now.first_day.date(),
            last: compared.now.last_day.date(),
            before: compared.even().then(|| "then".to_owned()),
            against: Some(compared.then.name.clone()),
        },
        tidy(sold),
    ))
}

/// One row for a channel and fulfillment, if it sells in one currency: orders that have no price yet are its orders too.
/// Then in the order of a reader's interest.
fn tidy(sold: BTreeMap<ChannelKey, (usize, SumsByPeriod)>) -> Vec<ChannelSales> {
    let mut rows: Vec<ChannelSales> = Vec::new();
    let row = |((channel, fulfillment, currency), (decimals, series))| ChannelSales {
        channel,
        fulfillment,
        currency,
        decimals,
        series,
    };
    for row in sold.into_iter().map(row) {
        // Sorted by key: the row without a currency comes first, then the currencies.
        match rows.last_mut() {
            Some(before)
                if before.currency.is_none()
                    && before.channel == row.channel
                    && before.fulfillment == row.fulfillment =>
            {
                let unpriced = std::mem::replace(before, row);
                before.add(&unpriced);
            }
            _ => rows.push(row),
        }
    }
    rows.retain(|row| {
        row.now() != SalesSums::default()
            || row.last().is_some_and(|last| last != SalesSums::default())
    });
    let mut orders: BTreeMap<String, i64> = BTreeMap::new();
    for row in &rows {
        *orders.entry(row.channel.clone()).or_default() += row.now().orders;
    }
    // Keys are made once for a row: there may be half a million of them.
    rows.sort_by_cached_key(|row| {
        let of_channel = orders.get(&row.channel).copied().unwrap_or_default();
        (
            row.outside(),
            Reverse(of_channel),
            row.channel.clone(),
            Reverse(row.now().orders),
        )
    });
    rows
}

fn key(cells: Cells<'_>, row: usize) -> ChannelKey {
    let currency = cells.text(row, "currency");
    (
        cells.text(row, "sales_channel").to_owned(),
        cells.text(row, "fulfillment").to_owned(),
        (!currency.is_empty()).then(|| currency.to_owned()),
    )
}

fn decimals_of(cells: Cells<'_>, row: usize) -> usize {
    cells
        .money(row, "sales")
        .map_or(0, |(_, decimals)| decimals)
}

fn sums(cells: Cells<'_>, row: usize) -> SalesSums {
    sums_of(cells, row, ["orders", "units", "sales"])
}

fn sums_of(cells: Cells<'_>, row: usize, [orders, units, sales]: [&str; 3]) -> SalesSums {
    SalesSums {
        orders: cells.count(row, orders),
        units: cells.count(row, units),
        sales: cells.money(row, sales).map_or(0, |(sales, _)| sales),
    }
}
