//! What sold in the last complete period and the seven before it, by channel, who ships, and currency.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::AddAssign;

use chrono::{Days, Months, NaiveDate};

use crate::table::{Cell, Document, Table, is_multi_channel};

use super::super::screen::Period;
use super::incomplete::last_day;
use super::{Span, head};

/// How many periods are looked back over, the shown one included.
pub(in super::super) const PERIODS: usize = 8;

/// What was sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in super::super) struct Sums {
    pub(in super::super) orders: i64,
    pub(in super::super) units: i64,
    /// Ten-thousandths of the row's currency.
    pub(in super::super) sales: i128,
}

impl AddAssign for Sums {
    fn add_assign(&mut self, other: Self) {
        self.orders += other.orders;
        self.units += other.units;
        self.sales += other.sales;
    }
}

/// Sums period by period, oldest first, the shown one last; `None` where the files do not cover the period.
pub(in super::super) type Series = Vec<Option<Sums>>;

/// A line of the block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Sold {
    pub(in super::super) channel: String,
    pub(in super::super) fulfillment: String,
    /// `None` where no price was stated.
    pub(in super::super) currency: Option<String>,
    /// Decimals the currency is shown with.
    pub(in super::super) decimals: usize,
    pub(in super::super) series: Series,
}

impl Sold {
    pub(in super::super) fn now(&self) -> Sums {
        self.series.last().copied().flatten().unwrap_or_default()
    }

    /// The sums of the period before, if the files cover it.
    pub(in super::super) fn last(&self) -> Option<Sums> {
        self.series.iter().rev().nth(1).copied().flatten()
    }

    /// Orders that Amazon only ships: outside what Amazon sold.
    pub(in super::super) fn outside(&self) -> bool {
        is_multi_channel(self.channel.as_bytes())
    }

    /// The channel as a reader knows it.
    pub(in super::super) fn place(&self) -> &str {
        match self.channel.as_str() {
            "" => "(no channel)",
            channel => channel,
        }
    }

    /// Who ships, as a reader knows it.
    pub(in super::super) fn ships(&self) -> &str {
        match self.fulfillment.as_str() {
            "fba" => "FBA",
            ships => ships,
        }
    }

    /// What its curve shows, period by period: sales, or units where no price was stated.
    pub(in super::super) fn curve(&self) -> Vec<Option<i128>> {
        let priced = self.currency.is_some();
        let value = |sums: Sums| {
            if priced {
                sums.sales
            } else {
                sums.units.into()
            }
        };
        self.series.iter().map(|sums| sums.map(value)).collect()
    }

    /// Adds another's sums.
    pub(in super::super) fn absorb(&mut self, other: &Self) {
        for (sum, more) in self.series.iter_mut().zip(&other.series) {
            if let (Some(sum), Some(more)) = (sum, more) {
                *sum += *more;
            }
        }
    }
}

type Key = (String, String, Option<String>);

/// What sold in the last complete period; `None` if no period is complete.
pub(in super::super) fn of_period(document: &Document, by: Period) -> Option<(Span, Vec<Sold>)> {
    let table = document.table(by.table())?;
    let read = Reader { table };
    let whole = |row: &usize| read.cell(*row, "partial") == Cell::Flag(false);
    // The day that is still going on is covered, but not over; it is shown only if there is no other.
    let today = head::today(document).filter(|_| by == Period::Day);
    let over = |row: &usize| today.is_none_or(|today| read.day(*row, "first_day") < Some(today));
    let any_over = (0..table.height()).any(|row| whole(&row) && over(&row));
    let rows = || (0..table.height()).filter(|row| whole(row) && (over(row) || !any_over));
    let first = rows().filter_map(|row| read.day(row, "first_day")).max()?;
    let oldest = rows().filter_map(|row| read.day(row, "first_day")).min()?;
    let mut starts = vec![first];
    while starts.len() < PERIODS {
        let Some(before) = starts.last().and_then(|start| step_back(*start, by)) else {
            break;
        };
        starts.push(before);
    }
    starts.reverse();
    // A period without a row, between complete ones, sold nothing, unless days of it lack; before the first of them nothing is
    // known.
    let known = |start: NaiveDate| {
        let gap_days = || last_day(start, by).map_or(0, |last| document.gap_days(start, last));
        start >= oldest && gap_days() == 0
    };
    let empty: Series = starts
        .iter()
        .map(|start| known(*start).then(Sums::default))
        .collect();
    let mut sold: BTreeMap<Key, (usize, Series)> = BTreeMap::new();
    let mut labels = BTreeMap::new();
    let mut last_day = first;
    for row in rows() {
        let Some(start) = read.day(row, "first_day") else {
            continue;
        };
        let Some(place) = starts.iter().position(|known| *known == start) else {
            continue;
        };
        labels.insert(start, read.text(row, "period"));
        if start == first {
            last_day = read.day(row, "last_day").unwrap_or(first);
        }
        let (decimals, series) = sold
            .entry(read.key(row))
            .or_insert_with(|| (0, empty.clone()));
        *decimals = (*decimals).max(read.decimals(row));
        series[place]
            .get_or_insert_default()
            .add_assign(read.sums(row));
    }
    let before = starts.iter().rev().nth(1).filter(|start| known(**start));
    let before = before.map(|start| {
        labels.get(start).map_or_else(
            || format!("{} before", by.noun()),
            |label| short(label, *start, by),
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

/// What sold in all of the data; `None` if it has no day.
pub(in super::super) fn of_all(document: &Document) -> Option<(Span, Vec<Sold>)> {
    let days = Reader {
        table: document.table("daily")?,
    };
    let first = (0..days.table.height())
        .filter_map(|row| days.day(row, "first_day"))
        .min()?;
    let last = (0..days.table.height())
        .filter_map(|row| days.day(row, "last_day"))
        .max()?;
    let read = Reader {
        table: document.table("channels")?,
    };
    let mut sold: BTreeMap<Key, (usize, Series)> = BTreeMap::new();
    for row in 0..read.table.height() {
        let (decimals, series) = sold
            .entry(read.key(row))
            .or_insert_with(|| (0, vec![Some(Sums::default())]));
        *decimals = (*decimals).max(read.decimals(row));
        series[0].get_or_insert_default().add_assign(read.sums(row));
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

/// What sold on both sides of a comparison; of sides with unlike numbers of days only what sold now, since sums would tell
/// nothing. `None` if the document compares nothing.
pub(in super::super) fn of_sides(document: &Document) -> Option<(Span, Vec<Sold>)> {
    let compared = document.compared.as_ref()?;
    let read = Reader {
        table: document.table("comparison")?,
    };
    let mut sold: BTreeMap<Key, (usize, Series)> = BTreeMap::new();
    let rows = 0..read.table.height();
    for row in rows.filter(|row| read.text(*row, "level") == "channel") {
        let then = read.sums_of(row, ["orders_then", "units_then", "sales_then"]);
        let series = vec![Some(then), Some(read.sums(row))];
        sold.insert(read.key(row), (read.decimals(row), series));
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

/// One row for a channel and who ships it, if it sells in one currency: orders that have no price yet are its orders too.
/// Then in the order of a reader's interest.
fn tidy(sold: BTreeMap<Key, (usize, Series)>) -> Vec<Sold> {
    let mut rows: Vec<Sold> = Vec::new();
    let row = |((channel, fulfillment, currency), (decimals, series))| Sold {
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
                before.absorb(&unpriced);
            }
            _ => rows.push(row),
        }
    }
    rows.retain(|row| {
        row.now() != Sums::default() || row.last().is_some_and(|last| last != Sums::default())
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

/// The first day of the period before.
pub(super) fn step_back(start: NaiveDate, by: Period) -> Option<NaiveDate> {
    match by {
        Period::Day => start.checked_sub_days(Days::new(1)),
        Period::Week => start.checked_sub_days(Days::new(7)),
        Period::Month => start.checked_sub_months(Months::new(1)),
    }
}

/// `2026-W29` as `W29`, a day as `Jul 25`, a month as `Jun`.
pub(super) fn short(label: &str, start: NaiveDate, by: Period) -> String {
    match by {
        Period::Day => start.format("%b %-d").to_string(),
        Period::Week => label.rsplit('-').next().unwrap_or(label).to_owned(),
        Period::Month => start.format("%b").to_string(),
    }
}

/// Cells by the names of their columns.
struct Reader<'d> {
    table: &'d Table,
}

impl<'d> Reader<'d> {
    fn cell(&self, row: usize, column: &str) -> Cell<'d> {
        self.table
            .index(column)
            .map_or(Cell::Absent, |column| self.table.cell(row, column))
    }

    fn text(&self, row: usize, column: &str) -> String {
        if let Cell::Text(text) = self.cell(row, column) {
            text.to_owned()
        } else {
            String::new()
        }
    }

    fn day(&self, row: usize, column: &str) -> Option<NaiveDate> {
        self.text(row, column).parse().ok()
    }

    fn key(&self, row: usize) -> Key {
        let currency = self.text(row, "currency");
        (
            self.text(row, "sales_channel"),
            self.text(row, "fulfillment"),
            (!currency.is_empty()).then_some(currency),
        )
    }

    fn decimals(&self, row: usize) -> usize {
        if let Cell::Money(_, decimals) = self.cell(row, "sales") {
            decimals
        } else {
            0
        }
    }

    fn sums(&self, row: usize) -> Sums {
        self.sums_of(row, ["orders", "units", "sales"])
    }

    fn sums_of(&self, row: usize, [orders, units, sales]: [&str; 3]) -> Sums {
        let count = |column| {
            if let Cell::Count(count) = self.cell(row, column) {
                count
            } else {
                0
            }
        };
        let sales = if let Cell::Money(sales, _) = self.cell(row, sales) {
            sales
        } else {
            0
        };
        Sums {
            orders: count(orders),
            units: count(units),
            sales,
        }
    }
}
