//! Account health: what of Amazon's metrics the files prove, bound, or cannot tell.

use polars::prelude::*;

use super::ColumnKind::{Count, Share, Text};
use super::late_rate::{WINDOWS, Window, windows};
use super::merchant::merchant;
use super::rows::Rows;
use super::sums::{SHARE, divide, millionths};
use super::{Facts, TableSpec, column};

pub(super) const HEALTH: TableSpec = TableSpec {
    name: "health",
    title: "Account health",
    definition: "Amazon's metrics of a merchant-fulfilling seller, each with what the files prove. basis: bounded (between low and \
                 high; the files do not hold the moment or the cause that Amazon counts by) or not_computable (no file that is \
                 read bears on it). The cancellation rate is at most: the report does not say who cancelled.",
    columns: &[
        column("metric", "Metric", Text),
        column("low", "At least", Share),
        column("high", "At most", Share),
        column("target", "Target", Text),
        column("window_days", "Days", Count),
        column("basis", "Basis", Text),
        column("improved_by", "Improved by", Text),
    ],
    charts: &[],
    roll_up,
};

/// Days of Amazon's cancellation rate.
const CANCELLATION_DAYS: i32 = 7;

/// A row; parts of a whole, `None` where nothing is known.
struct Metric {
    name: String,
    low: Option<(i64, i64)>,
    high: Option<(i64, i64)>,
    target: &'static str,
    days: i32,
    improved_by: Option<&'static str>,
}

fn roll_up(facts: &Facts<'_>) -> PolarsResult<DataFrame> {
    let mut metrics = late_rates(facts);
    metrics.push(cancellations(facts));
    for (name, target, days, improved_by) in ELSEWHERE {
        metrics.push(Metric {
            name: name.to_owned(),
            low: None,
            high: None,
            target,
            days,
            improved_by: Some(improved_by),
        });
    }
    let mut frame = Rows::of(metrics.iter())
        .text("metric", |metric| Some(metric.name.clone()))
        .text("target", |metric| Some(metric.target.to_owned()))
        .count("window_days", |metric| Some(metric.days.into()))
        .text("basis", |metric| {
            let known = metric.low.or(metric.high).is_some();
            Some(if known { "bounded" } else { "not_computable" }.to_owned())
        })
        .text("improved_by", |metric| {
            metric.improved_by.map(str::to_owned)
        })
        .frame()?;
    let parts = |of: fn(&Metric) -> Option<(i64, i64)>| {
        metrics.iter().map(move |metric| {
            let part = of(metric);
            (
                millionths(part.map(|(part, _)| part.into())),
                part.map(|(_, whole)| whole.into()),
            )
        })
    };
    divide(&mut frame, "low", SHARE, parts(|metric| metric.low))?;
    divide(&mut frame, "high", SHARE, parts(|metric| metric.high))?;
    Ok(frame)
}

/// What no report that is read bears on: name, target, days, where it stands.
const ELSEWHERE: [(&str, &str, i32, &str); 3] = [
    (
        "valid_tracking_rate",
        "at least 95 %",
        30,
        "Seller Central, Account Health: carrier scans are in no report",
    ),
    (
        "order_defect_rate",
        "under 1 %",
        60,
        "Seller Central, Account Health: feedback and chargebacks are in no order report",
    ),
    (
        "on_time_delivery_rate",
        "at least 90 %",
        14,
        "Seller Central, Account Health: delivery dates are in no order report",
    ),
];

fn late_rates(facts: &Facts<'_>) -> Vec<Metric> {
    let orders = super::lateness::judged(facts);
    let known = windows(facts, orders);
    let metric = |days: i32, window: Option<&Window<'_>>| {
        let window = window.filter(|window| window.size() > 0);
        Metric {
            name: format!("late_shipment_rate_{days}d"),
            low: window.map(|window| (window.late(), window.size())),
            high: window.map(|window| (window.at_most_today(), window.size())),
            target: "under 4 %",
            days,
            improved_by: match window {
                Some(window) => window.narrowed_by(),
                None => Some("an unshipped-orders report of every day"),
            },
        }
    };
    let of = |days: i32| known.iter().find(|window| window.days == days);
    WINDOWS
        .into_iter()
        .map(|days| metric(days, of(days)))
        .collect()
}

fn cancellations(facts: &Facts<'_>) -> Metric {
    let merchant = merchant(facts, CANCELLATION_DAYS).filter(|merchant| merchant.placed > 0);
    Metric {
        name: "cancellation_rate".to_owned(),
        low: None,
        high: merchant.map(|merchant| (merchant.cancelled, merchant.placed)),
        target: "under 2.5 %",
        days: CANCELLATION_DAYS,
        improved_by: match merchant {
            Some(_) => None,
            None => Some("an all-orders report of the last seven days"),
        },
    }
}
