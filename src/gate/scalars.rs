//! The numbers that a condition can name.

use chrono::{Days, NaiveDate};

use crate::table::{Cell, Document, Table, is_multi_channel};

use super::fraction::Fraction;

/// What a number's brackets hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    None,
    Currency,
    Check,
}

/// A number of a report.
#[derive(Debug)]
pub(super) struct Scalar {
    pub(super) name: &'static str,
    pub(super) key: Key,
    meaning: &'static str,
    /// The number, or why it is not known.
    pub(super) value: fn(&Document, Option<&str>) -> Result<Fraction, String>,
}

/// Every number that can be named, how it is written, and what it is.
pub fn names() -> impl Iterator<Item = (String, &'static str)> {
    SCALARS.iter().map(|scalar| {
        let key = match scalar.key {
            Key::None => "",
            Key::Currency => "[USD]",
            Key::Check => "[CHECK]",
        };
        (format!("{}{key}", scalar.name), scalar.meaning)
    })
}

/// A number without a key.
const fn plain(
    name: &'static str,
    meaning: &'static str,
    value: fn(&Document, Option<&str>) -> Result<Fraction, String>,
) -> Scalar {
    Scalar {
        name,
        key: Key::None,
        meaning,
        value,
    }
}

pub(super) const SCALARS: &[Scalar] = &[
    plain("lines_read", "lines of data in all files", |document, _| {
        Ok(Fraction::of(document.control.lines_read))
    }),
    plain("rejected", "lines that could not be read", |document, _| {
        Ok(Fraction::of(document.control.rejected))
    }),
    plain(
        "rejected_share",
        "rejected divided by lines_read",
        |document, _| {
            let control = document.control;
            share(
                control.rejected.into(),
                control.lines_read.into(),
                "no line was read",
            )
        },
    ),
    plain("orders_placed", "orders of any status", |document, _| {
        sold(document, "orders_placed").map(Fraction::of)
    }),
    plain("orders", "orders that are not cancelled", |document, _| {
        sold(document, "orders").map(Fraction::of)
    }),
    plain(
        "cancelled_orders",
        "orders that are cancelled",
        |document, _| sold(document, "cancelled_orders").map(Fraction::of),
    ),
    plain(
        "cancelled_share",
        "cancelled_orders by orders_placed",
        |document, _| {
            let part = sold(document, "cancelled_orders")?;
            share(
                part,
                sold(document, "orders_placed")?,
                "no order was placed",
            )
        },
    ),
    plain("units", "pieces of live lines", |document, _| {
        sold(document, "units").map(Fraction::of)
    }),
    plain("unpriced_units", "units without a price", |document, _| {
        sold(document, "unpriced_units").map(Fraction::of)
    }),
    Scalar {
        name: "sales",
        key: Key::Currency,
        meaning: "sales in a currency",
        value: |document, currency| {
            let table = demand(document, "fulfillment")?;
            let sum = sum(table, "sales", |row| {
                text(table, row, "currency") == currency
            });
            sum.and_then(|sum| Fraction::new(sum, 10_000))
                .ok_or_else(|| format!("no sales in {}", currency.unwrap_or_default()))
        },
    },
    plain(
        "orders_wow",
        "change of orders from the week before the last complete week, of what Amazon sold; not known if days of either week or \
         of the newest one lack",
        |document, _| week_over_week(document, "orders", None),
    ),
    plain("units_wow", "the same change, of units", |document, _| {
        week_over_week(document, "units", None)
    }),
    Scalar {
        name: "sales_wow",
        key: Key::Currency,
        meaning: "the same change, of sales in a currency",
        value: |document, currency| week_over_week(document, "sales", currency),
    },
    plain("to_ship", "open orders", |document, _| {
        open(document, |_| true)
    }),
    plain(
        "late_open",
        "open orders whose promise is past",
        |document, _| {
            open(document, |bucket| {
                bucket.starts_with("overdue") || bucket == "past_cancel_by"
            })
        },
    ),
    plain(
        "past_cancel_by",
        "open orders past the day on which Amazon cancels",
        |document, _| open(document, |bucket| bucket == "past_cancel_by"),
    ),
    plain(
        "due_today",
        "open orders that are due today",
        |document, _| open(document, |bucket| bucket == "due_today"),
    ),
    plain(
        "on_hold",
        "open orders that the buyer asked to cancel",
        |document, _| open(document, |bucket| bucket == "hold"),
    ),
    plain(
        "late_rate_low_10d",
        "late shipment rate of 10 days, at least",
        |document, _| late_rate(document, 10, "late_rate_low"),
    ),
    plain("late_rate_high_10d", "the same, at most", |document, _| {
        late_rate(document, 10, "late_rate_high")
    }),
    plain(
        "late_rate_high_today_10d",
        "the same, at most today",
        |document, _| late_rate(document, 10, "late_rate_high_today"),
    ),
    plain(
        "late_rate_low_30d",
        "late shipment rate of 30 days, at least",
        |document, _| late_rate(document, 30, "late_rate_low"),
    ),
    plain("late_rate_high_30d", "the same, at most", |document, _| {
        late_rate(document, 30, "late_rate_high")
    }),
    plain(
        "late_rate_high_today_30d",
        "the same, at most today",
        |document, _| late_rate(document, 30, "late_rate_high_today"),
    ),
    Scalar {
        name: "quality",
        key: Key::Check,
        meaning: "cases of a check of the table quality",
        value: |document, check| {
            let check = check.unwrap_or_default();
            document
                .count("quality", check, "count")
                .map(Fraction::of)
                .ok_or_else(|| format!("no check is called {check}"))
        },
    },
];

fn share(part: i128, whole: i128, without: &str) -> Result<Fraction, String> {
    Fraction::new(part, whole).ok_or_else(|| without.to_owned())
}

/// A table of demand, if there is any demand to speak of.
fn demand<'d>(document: &'d Document, name: &str) -> Result<&'d Table, String> {
    let table = document.table(name).filter(|table| table.height() > 0);
    table.ok_or_else(|| "no all-orders report among the inputs".to_owned())
}

fn sold(document: &Document, measure: &str) -> Result<i128, String> {
    let table = demand(document, "fulfillment")?;
    Ok(sum(table, measure, |_| true).unwrap_or(0))
}

/// The sum of a measure over the rows that are wanted; `None` if none of them has a value.
fn sum(table: &Table, measure: &str, wanted: impl Fn(usize) -> bool) -> Option<i128> {
    let column = table.index(measure)?;
    let values = (0..table.height())
        .filter(|row| wanted(*row))
        .filter_map(|row| match table.cell(row, column) {
            Cell::Count(count) => Some(i128::from(count)),
            Cell::Money(value, _) => Some(value),
            _ => None,
        });
    values.reduce(|sum, value| sum + value)
}

fn text<'t>(table: &'t Table, row: usize, column: &str) -> Option<&'t str> {
    match table.cell(row, table.index(column)?) {
        Cell::Text(text) => Some(text),
        _ => None,
    }
}

/// Open orders in the buckets that match.
fn open(document: &Document, matches: fn(&str) -> bool) -> Result<Fraction, String> {
    let table = document
        .table("late")
        .filter(|table| table.height() > 0)
        .ok_or_else(|| "no unshipped report among the inputs".to_owned())?;
    let orders = sum(table, "orders", |row| {
        text(table, row, "bucket").is_some_and(matches)
    });
    Ok(Fraction::of(orders.unwrap_or(0)))
}

/// A rate of the table `late_rate`.
fn late_rate(document: &Document, days: i64, column: &str) -> Result<Fraction, String> {
    let table = document
        .table("late_rate")
        .filter(|table| table.height() > 0)
        .ok_or_else(|| "no unshipped report among the inputs".to_owned())?;
    let row = (0..table.height()).find(|row| table.cell(*row, 0) == Cell::Count(days));
    let column = table.index(column);
    match row.zip(column).map(|(row, column)| table.cell(row, column)) {
        Some(Cell::Share(millionths)) => Fraction::new(millionths, 1_000_000),
        _ => None,
    }
    .ok_or_else(|| {
        let orders = row.zip(table.index("orders"));
        match orders.map(|(row, column)| table.cell(row, column)) {
            Some(Cell::Count(1..)) => {
                format!("none of the merchant orders of {days} days was due yet")
            }
            _ => format!("no merchant order with a promise in {days} days"),
        }
    })
}

/// The last complete week by the one before, less one. Multi-channel orders are outside, as in all totals of demand.
fn week_over_week(
    document: &Document,
    measure: &str,
    currency: Option<&str>,
) -> Result<Fraction, String> {
    let table = demand(document, "weekly")?;
    if let Some(newest) = last_over(document, table) {
        holds_all_days(document, newest)?;
    }
    let partial = table.index("partial");
    let complete =
        |row: usize| partial.is_some_and(|partial| table.cell(row, partial) == Cell::Flag(false));
    let first = |row: usize| text(table, row, "first_day");
    let last = (0..table.height())
        .filter(|row| complete(*row))
        .filter_map(first)
        .max();
    let last = last.ok_or_else(|| "no complete week in these files".to_owned())?;
    let before = last.parse::<NaiveDate>().ok().and_then(week_before);
    if let Some(before) = before {
        holds_all_days(document, before)?;
    }
    let before = before.map(|day| day.to_string()).unwrap_or_default();
    let of = |week: &str| {
        sum(table, measure, |row| {
            complete(row)
                && first(row) == Some(week)
                && (currency.is_none() || text(table, row, "currency") == currency)
                && !text(table, row, "sales_channel")
                    .is_some_and(|channel| is_multi_channel(channel.as_bytes()))
        })
    };
    let (this, before) = (of(last).unwrap_or(0), of(&before).unwrap_or(0));
    share(
        this - before,
        before,
        "nothing to compare the last complete week with",
    )
}

/// The first day of the last week that is over; `None` if the files begin after it.
fn last_over(document: &Document, weekly: &Table) -> Option<NaiveDate> {
    let (from, to) = document.days()?;
    let firsts =
        (0..weekly.height()).filter_map(|row| text(weekly, row, "first_day")?.parse().ok());
    let newest: NaiveDate = firsts.max()?;
    let is_over = last_of_week(newest)? <= to;
    let last = if is_over {
        Some(newest)
    } else {
        week_before(newest)
    };
    last.filter(|first| *first >= from)
}

/// Whether all days of a week are in the files: if not, there is nothing to compare it with.
fn holds_all_days(document: &Document, first: NaiveDate) -> Result<(), String> {
    let is_gap = last_of_week(first).map_or(0, |last| document.gap_days(first, last));
    let plural = if is_gap == 1 { "" } else { "s" };
    match is_gap {
        0 => Ok(()),
        _ => Err(format!("the week from {first} lacks {is_gap} day{plural}")),
    }
}

fn week_before(first: NaiveDate) -> Option<NaiveDate> {
    first.checked_sub_days(Days::new(7))
}

fn last_of_week(first: NaiveDate) -> Option<NaiveDate> {
    first.checked_add_days(Days::new(6))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_mean_something() {
        let mut all: Vec<_> = SCALARS.iter().map(|scalar| scalar.name).collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), SCALARS.len());
        assert!(names().all(|(_, meaning)| !meaning.is_empty()));
    }
}
