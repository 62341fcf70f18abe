//! The numbers that a condition can name.

use crate::overview::{
    DemandTotals, LateRateWindow, OpenOrders, Overview, Period, PeriodDays, SalesSums,
};
use crate::table::Document;

use super::fraction::Fraction;

/// What a number's brackets hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    None,
    Currency,
    Check,
}

/// What numbers are read from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figures<'d> {
    pub(super) document: &'d Document,
    /// The overview by week.
    pub(super) overview: &'d Overview,
}

/// A number of a report.
#[derive(Debug)]
pub(super) struct Scalar {
    pub(super) name: &'static str,
    pub(super) key: Key,
    meaning: &'static str,
    /// The number, or why it is not known.
    pub(super) value: fn(Figures<'_>, Option<&str>) -> Result<Fraction, String>,
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
    value: fn(Figures<'_>, Option<&str>) -> Result<Fraction, String>,
) -> Scalar {
    Scalar {
        name,
        key: Key::None,
        meaning,
        value,
    }
}

pub(super) const SCALARS: &[Scalar] = &[
    plain("lines_read", "lines of data in all files", |figures, _| {
        Ok(Fraction::of(figures.document.control.lines_read))
    }),
    plain("rejected", "lines that could not be read", |figures, _| {
        Ok(Fraction::of(figures.document.control.rejected))
    }),
    plain(
        "rejected_share",
        "rejected divided by lines_read",
        |figures, _| {
            let control = figures.document.control;
            share(
                control.rejected.into(),
                control.lines_read.into(),
                "no line was read",
            )
        },
    ),
    plain("orders_placed", "orders of any status", |figures, _| {
        total(figures, |totals| totals.orders_placed)
    }),
    plain("orders", "orders that are not cancelled", |figures, _| {
        total(figures, |totals| totals.orders)
    }),
    plain(
        "cancelled_orders",
        "orders that are cancelled",
        |figures, _| total(figures, |totals| totals.cancelled_orders),
    ),
    plain(
        "cancelled_share",
        "cancelled_orders divided by orders_placed",
        |figures, _| {
            let totals = totals(figures)?;
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
        |figures, _| total(figures, |totals| totals.units),
    ),
    plain("unpriced_units", "units without a price", |figures, _| {
        total(figures, |totals| totals.unpriced_units)
    }),
    Scalar {
        name: "sales",
        key: Key::Currency,
        meaning: "sales in a currency",
        value: |figures, currency| {
            let currency = currency.unwrap_or_default();
            let sum = totals(figures)?.sales.get(currency);
            sum.and_then(|sum| Fraction::new(*sum, 10_000))
                .ok_or_else(|| format!("no sales in {currency}"))
        },
    },
    plain(
        "orders_wow",
        "change of orders from the week before the last complete week, of what Amazon sold; not known if days of either week or \
         of the newest one lack",
        |figures, _| week_over_week(figures, None, |sums| sums.orders.into()),
    ),
    plain("units_wow", "the same change, of units", |figures, _| {
        week_over_week(figures, None, |sums| sums.units.into())
    }),
    Scalar {
        name: "sales_wow",
        key: Key::Currency,
        meaning: "the same change, of sales in a currency",
        value: |figures, currency| week_over_week(figures, currency, |sums| sums.sales),
    },
    plain("to_ship", "open orders", |figures, _| {
        open(figures, OpenOrders::all)
    }),
    plain(
        "late_open",
        "open orders whose promise is past",
        |figures, _| open(figures, OpenOrders::late),
    ),
    plain(
        "past_cancel_by",
        "open orders past the day on which Amazon cancels",
        |figures, _| open(figures, |open| open.past_cancel_by),
    ),
    plain(
        "due_today",
        "open orders that are due today",
        |figures, _| open(figures, |open| open.due_today),
    ),
    plain(
        "on_hold",
        "open orders that the buyer asked to cancel",
        |figures, _| open(figures, |open| open.on_hold),
    ),
    plain(
        "late_rate_low_10d",
        "late shipment rate of 10 days, at least",
        |figures, _| late_rate(figures, 10, |window| window.low),
    ),
    plain("late_rate_high_10d", "the same, at most", |figures, _| {
        late_rate(figures, 10, |window| window.high)
    }),
    plain(
        "late_rate_high_today_10d",
        "the same, at most today",
        |figures, _| late_rate(figures, 10, |window| window.high_today),
    ),
    plain(
        "late_rate_low_30d",
        "late shipment rate of 30 days, at least",
        |figures, _| late_rate(figures, 30, |window| window.low),
    ),
    plain("late_rate_high_30d", "the same, at most", |figures, _| {
        late_rate(figures, 30, |window| window.high)
    }),
    plain(
        "late_rate_high_today_30d",
        "the same, at most today",
        |figures, _| late_rate(figures, 30, |window| window.high_today),
    ),
    Scalar {
        name: "quality",
        key: Key::Check,
        meaning: "cases of a check of the table quality",
        value: |figures, check| {
            let check = check.unwrap_or_default();
            let document = figures.document;
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

/// The totals of demand, if there is any demand to speak of.
fn totals(figures: Figures<'_>) -> Result<&DemandTotals, String> {
    let totals = figures.overview.totals.as_ref();
    totals.ok_or_else(|| "no all-orders report among the inputs".to_owned())
}

fn total(figures: Figures<'_>, of: fn(&DemandTotals) -> i64) -> Result<Fraction, String> {
    totals(figures).map(|totals| Fraction::of(of(totals)))
}

fn without_backlog() -> String {
    "no unshipped report among the inputs".to_owned()
}

/// A count of open orders.
fn open(figures: Figures<'_>, of: fn(&OpenOrders) -> i64) -> Result<Fraction, String> {
    let open = figures.overview.open_orders.as_ref();
    open.map(|open| Fraction::of(of(open)))
        .ok_or_else(without_backlog)
}

/// A rate of a window.
fn late_rate(
    figures: Figures<'_>,
    days: i64,
    of: fn(&LateRateWindow) -> Option<i128>,
) -> Result<Fraction, String> {
    let windows = &figures.overview.late_rate;
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
    figures: Figures<'_>,
    currency: Option<&str>,
    of: fn(SalesSums) -> i128,
) -> Result<Fraction, String> {
    totals(figures)?;
    let (document, by) = (figures.document, Period::Week);
    let sales = figures.overview.sales.as_ref();
    let sales = sales.filter(|sales| sales.complete);
    holds_all_days(PeriodDays::newest_over(document, by).as_ref())?;
    let sales = sales.ok_or_else(|| "no complete week in these files".to_owned())?;
    let before = by.step_back(sales.span.first);
    let before = before.and_then(|first| PeriodDays::of(document, by, first));
    holds_all_days(before.as_ref())?;
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
