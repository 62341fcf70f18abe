//! The table `health`: Amazon's metrics, as far as the files prove them, beside what Amazon says.

use polars::prelude::*;

use crate::field::{Moment, zone};
use crate::table::shared_columns;

use crate::table::ColumnKind::{Share, Text};
use crate::table::Subject;
use crate::table::rows::Rows;
use crate::table::{LakeView, Part, TableSpec, column};
use crate::topic::context::ReportContext;
use crate::topic::shipping::late_rate::{WINDOWS, Window, windows};
use crate::topic::shipping::recent_orders::merchant;

pub(crate) const HEALTH: TableSpec = TableSpec {
    name: "health",
    title: "Account health",
    part: Part::Shipping,
    filled_by: &["account-health", "unshipped"],
    definition: "Amazon's metrics of a merchant-fulfilling seller, each with what the files prove. basis: bounded (between low and \
                 high; the files do not hold the moment or the cause that Amazon counts by), exact (Amazon's own number, from its \
                 account-health report, which replaces ours) or not_computable (no file that is read bears on it, or no order was due yet). rating is \
                 Amazon's word, as GOOD, BAD or AT_RISK. The cancellation rate is at most: the report does not say who cancelled. Its days end with the newest moment in the \
                 all-orders files, or with the report's if that is earlier.",
    columns: &[
        column("metric", "Metric", Text, "Amazon's metric."),
        column(
            "marketplace",
            "Marketplace",
            Text,
            "Amazon's id of the marketplace.",
        ),
        column("low", "At least", Share, "The least that it can be."),
        column(
            "high",
            "At most",
            Share,
            "The most that it can be, as far as it is decided today.",
        ),
        column("target", "Target", Text, "What Amazon asks for."),
        shared_columns::WINDOW_DAYS,
        column(
            "rating",
            "Amazon's rating",
            Text,
            "Amazon's own word for the metric, as GOOD, BAD or AT_RISK.",
        ),
        column(
            "basis",
            "Basis",
            Text,
            "How sure the metric is: exact (Amazon's own), bounded by the files, or not_computable.",
        ),
        column(
            "improved_by",
            "Improved by",
            Text,
            "The file that would tell more, or where the metric stands.",
        ),
    ],
    charts: &[],
    in_lake: LakeView::None(LakeView::HISTORY),
};

/// Days of Amazon's cancellation rate.
const CANCELLATION_DAYS: i32 = 7;

/// A row; parts of a whole, `None` where nothing is known.
#[derive(Debug, Default)]
struct Metric {
    name: String,
    marketplace: String,
    rating: String,
    low: Option<(i64, i64)>,
    high: Option<(i64, i64)>,
    target: String,
    days: Option<i32>,
    exact: bool,
    improved_by: Option<String>,
}

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let mut metrics = late_rates(context);
    metrics.push(cancellations(context));
    let tracking = tracking(context);
    let elsewhere = ELSEWHERE.iter().skip(tracking.iter().count());
    metrics.extend(tracking);
    for (name, target, days, improved_by) in elsewhere.copied() {
        metrics.push(Metric {
            name: name.to_owned(),
            target: target.to_owned(),
            days: Some(days),
            improved_by: Some(improved_by.to_owned()),
            ..Metric::default()
        });
    }
    let exact = exact(context);
    // Amazon's own number replaces ours, of whatever window.
    let known = |metric: &Metric| {
        let base = metric
            .name
            .trim_end_matches("_10d")
            .trim_end_matches("_30d");
        exact.iter().any(|exact| exact.name.starts_with(base))
    };
    metrics.retain(|metric| !known(metric));
    let metrics: Vec<Metric> = exact.into_iter().chain(metrics).collect();
    Rows::of(metrics)
        .text("metric", |metric| Some(metric.name.clone()))
        .text("marketplace", |metric| Some(metric.marketplace.clone()))
        .share("low", |metric| metric.low)
        .share("high", |metric| metric.high)
        .text("target", |metric| Some(metric.target.clone()))
        .count("window_days", |metric| metric.days.map(i64::from))
        .text("rating", |metric| Some(metric.rating.clone()))
        .text("basis", |metric| {
            let basis = match metric.low.or(metric.high) {
                _ if metric.exact => "exact",
                Some(_) => "bounded",
                None => "not_computable",
            };
            Some(basis.to_owned())
        })
        .text("improved_by", |metric| metric.improved_by.clone())
        .frame()
}

/// What Amazon itself says, by metric and marketplace.
fn exact(context: &ReportContext<'_>) -> Vec<Metric> {
    let metric = |metric: &crate::state::supplementary::StoredMetric| {
        let rate = metric.rate.map(|rate| (rate, 1_000_000));
        Metric {
            name: context.text(metric.metric),
            marketplace: context.text(metric.marketplace),
            rating: context.text(metric.status),
            low: rate,
            high: rate,
            target: metric.target.map_or_else(String::new, target),
            days: metric.days.map(|(first, last)| last.0 - first.0 + 1),
            exact: true,
            improved_by: None,
        }
    };
    let mut metrics: Vec<Metric> = context
        .state
        .supplementary
        .lines
        .metrics
        .iter()
        .map(metric)
        .collect();
    metrics.sort_by(|a, b| {
        let key = |metric: &Metric| {
            let place = ORDER.iter().position(|name| *name == metric.name);
            (place, metric.marketplace.clone(), metric.days, metric.low)
        };
        key(a).cmp(&key(b))
    });
    metrics
}

/// In the order in which a seller asks.
const ORDER: [&str; 9] = [
    "account_status",
    "late_shipment_rate",
    "cancellation_rate",
    "valid_tracking_rate",
    "on_time_delivery_rate",
    "unit_on_time_delivery_rate",
    "order_defect_rate_merchant",
    "order_defect_rate_fba",
    "invoice_defect_rate",
];

/// `under 4 %`, of millionths.
fn target((millionths, below): (i64, bool)) -> String {
    let percent = format!("{}.{:04}", millionths / 10_000, millionths % 10_000);
    let percent = percent.trim_end_matches('0').trim_end_matches('.');
    format!("{} {percent} %", if below { "under" } else { "at least" })
}

/// The part of confirmed parcels that have a tracking number at all; Amazon counts those that a carrier scanned.
fn tracking(context: &ReportContext<'_>) -> Option<Metric> {
    let confirmed = &context.state.supplementary.lines.confirmed;
    let with = |line: &&crate::state::supplementary::StoredConfirmation| {
        !context
            .state
            .supplementary
            .texts
            .get(line.tracking_number)
            .is_empty()
    };
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let tracked = count(confirmed.iter().filter(with).count());
    (!confirmed.is_empty()).then(|| Metric {
        name: "valid_tracking_rate".to_owned(),
        high: Some((tracked, count(confirmed.len()))),
        target: "at least 95 %".to_owned(),
        improved_by: Some(SCANS.to_owned()),
        ..Metric::default()
    })
}

const SCANS: &str = "Amazon's account-health report: carrier scans are in no report";

/// What no report that is read bears on: name, target, days, where it stands. Of the first, ship-confirmation files tell.
const ELSEWHERE: [(&str, &str, i32, &str); 3] = [
    ("valid_tracking_rate", "at least 95 %", 30, SCANS),
    (
        "order_defect_rate",
        "under 1 %",
        60,
        "Amazon's account-health report: feedback and chargebacks are in no order report",
    ),
    (
        "on_time_delivery_rate",
        "at least 90 %",
        14,
        "Amazon's account-health report: delivery dates are in no order report",
    ),
];

fn late_rates(context: &ReportContext<'_>) -> Vec<Metric> {
    let orders = crate::topic::shipping::lateness::judged(context);
    let known = windows(context, orders);
    let metric = |days: i32, window: Option<&Window<'_>>| {
        let listed = window.filter(|window| window.size() > 0);
        let window = listed.filter(|window| window.is_known());
        let improved_by = match (window, listed) {
            (Some(window), _) => window.narrowed_by(),
            (None, Some(_)) => Some("reports of later days: no order of these days was due yet"),
            (None, None) => Some("an unshipped-orders report of every day"),
        };
        Metric {
            name: format!("late_shipment_rate_{days}d"),
            low: window.map(|window| (window.late(), window.size())),
            high: window.map(|window| (window.at_most_today(), window.size())),
            target: "under 4 %".to_owned(),
            days: Some(days),
            improved_by: improved_by.map(str::to_owned),
            ..Metric::default()
        }
    };
    let of = |days: i32| known.iter().find(|window| window.days == days);
    WINDOWS
        .into_iter()
        .map(|days| metric(days, of(days)))
        .collect()
}

fn cancellations(context: &ReportContext<'_>) -> Metric {
    let until = context.known_until(Subject::Orders);
    let merchant = until.and_then(|until| merchant(context, until, CANCELLATION_DAYS, |_| true));
    let merchant = merchant.filter(|merchant| merchant.placed > 0);
    let day = |moment: Moment| moment.day(zone::offset(context.time.zone, moment));
    let (until, today) = (until.map(day), context.time.today(context.time.zone));
    let older = until.zip(today).filter(|(until, today)| until < today);
    let older = older.map(|(until, today)| {
        format!("an all-orders report up to {today}: the newest ends on {until}")
    });
    Metric {
        name: "cancellation_rate".to_owned(),
        high: merchant.map(|merchant| (merchant.cancelled, merchant.placed)),
        target: "under 2.5 %".to_owned(),
        days: Some(CANCELLATION_DAYS),
        improved_by: match merchant {
            Some(_) => older,
            None => Some("an all-orders report of the last seven days".to_owned()),
        },
        ..Metric::default()
    }
}
