//! The numbers that a condition can name.

use crate::overview::{DemandTotals, LateRateWindow, OpenOrders, Overview, PeriodDays, SalesSums};

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
    /// The number of an overview by week, or why it is not known.
    pub(super) value: fn(&Overview, Option<&str>) -> Result<Fraction, String>,
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
    value: fn(&Overview, Option<&str>) -> Result<Fraction, String>,
) -> Scalar {
    Scalar {
        name,
        key: Key::None,
        meaning,
        value,
    }
}

pub(super) const SCALARS: &[Scalar] = &[
    plain("lines_read", "lines of data in all files", |overview, _| {
        Ok(Fraction::of(overview.data.control.lines_read))
    }),
    plain("rejected", "lines that could not be read", |overview, _| {
        Ok(Fraction::of(overview.data.control.rejected))
    }),
    plain(
        "rejected_share",
        "rejected divided by lines_read",
        |overview, _| {
            let control = overview.data.control;
            share(
                control.rejected.into(),
                control.lines_read.into(),
                "no line was read",
            )
        },
    ),
    plain("orders_placed", "orders of any status", |overview, _| {
        total(overview, |totals| totals.orders_placed)
    }),
    plain("orders", "orders that are not cancelled", |overview, _| {
        total(overview, |totals| totals.orders)
    }),
    plain(
        "cancelled_orders",
        "orders that are cancelled",
        |overview, _| total(overview, |totals| totals.cancelled_orders),
    ),
    plain(
        "cancelled_share",
        "cancelled_orders divided by orders_placed",
        |overview, _| {
            let totals = totals(overview)?;
            share(
                totals.cancelled_orders.into(),
                totals.orders_placed.into(),
                "no order was placed",
            )
        },
    ),
    plain(
        "units",
        "units of lines that are not cancelled",
        |overview, _| total(overview, |totals| totals.units),
    ),
    plain("unpriced_units", "units without a price", |overview, _| {
        total(overview, |totals| totals.unpriced_units)
    }),
    Scalar {
        name: "sales",
        key: Key::Currency,
        meaning: "sales in a currency",
        value: |overview, currency| {
            let currency = currency.unwrap_or_default();
            let sum = totals(overview)?.sales.get(currency);
            sum.and_then(|sum| Fraction::new(*sum, 10_000))
                .ok_or_else(|| format!("no sales in {currency}"))
        },
    },
    plain(
        "orders_wow",
        "change of orders from the week before the last complete week, of what Amazon sold; not known if days of either week or \
         of the newest one lack",
        |overview, _| week_over_week(overview, None, |sums| sums.orders.into()),
    ),
    plain("units_wow", "the same change, of units", |overview, _| {
        week_over_week(overview, None, |sums| sums.units.into())
    }),
    Scalar {
        name: "sales_wow",
        key: Key::Currency,
        meaning: "the same change, of sales in a currency",
        value: |overview, currency| week_over_week(overview, currency, |sums| sums.sales),
    },
    plain("to_ship", "open orders", |overview, _| {
        open(overview, OpenOrders::all)
    }),
    plain(
        "late_open",
        "open orders whose promise is past",
        |overview, _| open(overview, OpenOrders::late),
    ),
    plain(
        "past_cancel_by",
        "open orders past the day on which Amazon cancels",
        |overview, _| open(overview, |open| open.past_cancel_by),
    ),
    plain(
        "due_today",
        "open orders that are due today",
        |overview, _| open(overview, |open| open.due_today),
    ),
    plain(
        "on_hold",
        "open orders that the buyer asked to cancel",
        |overview, _| open(overview, |open| open.on_hold),
    ),
    plain(
        "late_rate_low_10d",
        "late shipment rate of 10 days, at least",
        |overview, _| late_rate(overview, 10, |window| window.low),
    ),
    plain("late_rate_high_10d", "the same, at most", |overview, _| {
        late_rate(overview, 10, |window| window.high)
    }),
    plain(
        "late_rate_high_today_10d",
        "the same, at most today",
        |overview, _| late_rate(overview, 10, |window| window.high_today),
    ),
    plain(
        "late_rate_low_30d",
        "late shipment rate of 30 days, at least",
        |overview, _| late_rate(overview, 30, |window| window.low),
    ),
    plain("late_rate_high_30d", "the same, at most", |overview, _| {
        late_rate(overview, 30, |window| window.high)
    }),
    plain(
        "late_rate_high_today_30d",
        "the same, at most today",
        |overview, _| late_rate(overview, 30, |window| window.high_today),
    ),
    Scalar {
        name: "quality",
        key: Key::Check,
        meaning: "cases of a check of the table quality",
        value: |overview, check| {
            let check = check.unwrap_or_default();
            let cases = overview.data.cases(check);
            cases
                .map(Fraction::of)
                .ok_or_else(|| format!("no check is called {check}"))
        },
    },
];

fn share(part: i128, whole: i128, without: &str) -> Result<Fraction, String> {
    Fraction::new(part, whole).ok_or_else(|| without.to_owned())
}

/// The totals of demand, if there is any demand to speak of.
fn totals(overview: &Overview) -> Result<&DemandTotals, String> {
    let totals = overview.demand.totals.as_ref();
    totals.ok_or_else(|| "no all-orders report among the inputs".to_owned())
}

fn total(overview: &Overview, of: fn(&DemandTotals) -> i64) -> Result<Fraction, String> {
    totals(overview).map(|totals| Fraction::of(of(totals)))
}

fn without_backlog() -> String {
    "no unshipped report among the inputs".to_owned()
}

/// A count of open orders.
fn open(overview: &Overview, of: fn(&OpenOrders) -> i64) -> Result<Fraction, String> {
    let open = overview.shipping.open_orders.as_ref();
    open.map(|open| Fraction::of(of(open)))
        .ok_or_else(without_backlog)
}

/// A rate of a window.
fn late_rate(
    overview: &Overview,
    days: i64,
    of: fn(&LateRateWindow) -> Option<i128>,
) -> Result<Fraction, String> {
    let windows = &overview.shipping.late_rate;
    if windows.is_empty() {
        return Err(without_backlog());
    }
    let window = windows.iter().find(|window| window.days == days);
    let rate = window.and_then(of);
    rate.and_then(|millionths| Fraction::new(millionths, 1_000_000))
        .ok_or_else(|| match window {
            Some(window) if window.orders > 0 => {
                format!("none of the merchant orders of {days} days was due yet")
            }
            _ => format!("no merchant order with a promise in {days} days"),
        })
}

/// The last complete week divided by the one before, less one. Multi-channel orders are outside, as in all totals of demand.
fn week_over_week(
    overview: &Overview,
    currency: Option<&str>,
    of: fn(SalesSums) -> i128,
) -> Result<Fraction, String> {
    totals(overview)?;
    let sales = overview.demand.sales.as_ref();
    holds_all_days(sales.and_then(|sales| sales.newest_over.as_ref()))?;
    let sales = sales.filter(|sales| sales.complete);
    let sales = sales.ok_or_else(|| "no complete week in these files".to_owned())?;
    holds_all_days(sales.days_before.as_ref())?;
    let wanted = sales.rows.iter().filter(|row| {
        let in_currency = currency.is_none() || row.currency.as_deref() == currency;
        in_currency && !row.outside()
    });
    let (mut this, mut before) = (0, 0);
    for row in wanted {
        this += of(row.now());
        before += of(row.last().unwrap_or_default());
    }
    share(
        this - before,
        before,
        "nothing to compare the last complete week with",
    )
}

/// Whether all days of a week are in the files: if not, there is nothing to compare it with.
fn holds_all_days(week: Option<&PeriodDays>) -> Result<(), String> {
    match week {
        Some(PeriodDays {
            first,
            gap_days: days @ 1..,
            ..
        }) => {
            let plural = if *days == 1 { "" } else { "s" };
            Err(format!("the week from {first} lacks {days} day{plural}"))
        }
        _ => Ok(()),
    }
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
