//! The table `cancellations_and_returns`: cancelled and returned units by SKU and channel, with rates that stand out.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use polars::prelude::*;

use crate::field::label;
use crate::table::shared_columns;

use crate::table::ColumnKind::{Count, Flag, Share, Text};
use crate::table::rows::Rows;
use crate::table::wilson::{Rate, Wilson};
use crate::table::{ALL_ORDERS, LakeView, Part, TableSpec, column};
use crate::topic::context::ReportContext;
use crate::topic::returns::units_returned::{Returned, returned};

pub(crate) const CANCELLATIONS_AND_RETURNS: TableSpec = TableSpec {
    name: "cancellations_and_returns",
    title: "Cancellations and returns",
    part: Part::Products,
    filled_by: ALL_ORDERS,
    definition: "How much of what was ordered is cancelled, and how much comes back: by fulfillment, by sales channel, and of \
                 every SKU with a cancelled line or a returned unit; first what stands out. cancellation_rate: cancelled lines by \
                 all lines. return_rate: returned units by units, of orders that the all-orders files hold; a unit counts as \
                 returned if a returns report lists it or the order's status says so. low and high: the Wilson score interval for \
                 four standard deviations; usual: the rate of all others together. A rate stands out if its low end is above the \
                 high end of the usual one, with at least 10 cases in 30 and at least 30 among the others: small counts prove nothing, and chance \
                 alone names one of many thousands. A return names no channel; that of its order stands for it, and so \
                 does the day of purchase. Unless a return is of an order in the files, no return rate is known, and with reports \
                 of some weeks only it is a floor. How long after purchase an order is cancelled is in no report: the last update \
                 of a cancelled order may be long after.",
    columns: &[
        column(
            "group_type",
            "Group",
            Text,
            "What the row is of: fulfillment, sales_channel or sku.",
        ),
        shared_columns::NAME,
        shared_columns::LINES,
        column(
            "cancelled_lines",
            "Cancelled",
            Count,
            "Lines whose order or item is cancelled.",
        ),
        column(
            "cancellation_rate",
            "Rate",
            Share,
            "Cancelled lines by all lines.",
        ),
        column(
            "cancellation_low",
            "At least",
            Share,
            "The least that the rate can be by chance: the low end of its Wilson interval for four standard deviations.",
        ),
        column(
            "cancellation_high",
            "At most",
            Share,
            "The most that the rate can be by chance: the high end of its Wilson interval.",
        ),
        column(
            "cancellation_usual",
            "Others",
            Share,
            "The rate of all the others together.",
        ),
        column(
            "cancellation_stands_out",
            "Stands out",
            Flag,
            "Whether the low end is above the usual rate, with at least 5 cancelled lines of at least 30, and at least 30 lines of others.",
        ),
        shared_columns::UNITS,
        column(
            "returned_units",
            "Returned",
            Count,
            "Units that came back or were asked to be returned, of orders that the all-orders files hold; empty where no return is of an order in the files.",
        ),
        column(
            "return_rate",
            "Rate",
            Share,
            "Returned units by units, of orders that the all-orders files hold.",
        ),
        column(
            "return_low",
            "At least",
            Share,
            "The least that the return rate can be by chance: the low end of its Wilson interval for four standard deviations.",
        ),
        column(
            "return_high",
            "At most",
            Share,
            "The most that the return rate can be by chance: the high end of its Wilson interval.",
        ),
        column(
            "return_usual",
            "Others",
            Share,
            "The return rate of all the others together.",
        ),
        column(
            "return_stands_out",
            "Stands out",
            Flag,
            "Whether the low end is above the usual return rate, with at least 5 returned units of at least 30, and at least 30 units of others.",
        ),
        column(
            "returned_elsewhere",
            "Returned of other orders",
            Count,
            "Returned units whose order no all-orders file holds; in no rate.",
        ),
        column(
            "days_to_return",
            "Days to return",
            Count,
            "Median days from purchase to return, over the returned units of which both are known.",
        ),
        shared_columns::RETURN_REASON.labelled("Commonest reason"),
    ],
    charts: &[],
    in_lake: LakeView::Part(
        "cancellations",
        "the bounds of a rate need a square root to nine places, which engines compute in floating point; returns need reports \
         that a lake does not hold",
    ),
};

/// What the rows are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum By {
    Fulfillment,
    Channel,
    Sku,
}

impl By {
    fn name(self) -> &'static str {
        match self {
            Self::Fulfillment => "fulfillment",
            Self::Channel => "sales_channel",
            Self::Sku => "sku",
        }
    }
}

/// What adds up under a name.
#[derive(Debug, Default)]
struct FirstPass {
    lines: u64,
    cancelled: u64,
    units: u64,
    /// Returned units of orders that are here.
    returned: u64,
    /// And of others.
    elsewhere: u64,
    /// Whether returns reports are of these orders, and whether there are any.
    returns_known: bool,
    any_returns: bool,
    days: BTreeMap<i32, u64>,
    reasons: BTreeMap<String, u64>,
}

impl FirstPass {
    fn give(&mut self, line: &Returned<'_>) {
        if line.channel.is_some() {
            self.returned += line.units;
        } else {
            self.elsewhere += line.units;
        }
        if let Some(days) = line.days {
            *self.days.entry(days).or_default() += line.units;
        }
        if !line.reason.is_empty() {
            *self.reasons.entry(line.reason.clone()).or_default() += line.units;
        }
    }
}

struct RateRow {
    by: By,
    name: Vec<u8>,
    first_pass: FirstPass,
    cancellation: Rate,
    /// `None` if no returns are known.
    back: Option<Rate>,
}

impl RateRow {
    /// The low ends of both rates.
    fn lows(&self) -> [Option<i128>; 2] {
        [Some(self.cancellation), self.back].map(|rate| rate?.wilson()?.low())
    }

    fn stands_out(&self) -> usize {
        let rates = [Some(self.cancellation), self.back];
        let out = |rate: &Option<Rate>| rate.and_then(|rate| rate.stands_out()) == Some(true);
        rates.iter().filter(|rate| out(rate)).count()
    }
}

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let cancelled = |row: &RateRow| Some(row.cancellation);
    let back = |row: &RateRow| row.back;
    let count = |count: u64| i64::try_from(count).ok();
    let share = |rate: fn(&RateRow) -> Option<Rate>, of: fn(&Rate) -> (u64, u64)| {
        move |row: &RateRow| {
            rate(row)
                .as_ref()
                .map(of)
                .map(|(a, b)| (a.into(), b.into()))
        }
    };
    let usual = |rate: &Rate| (rate.other_cases, rate.other_whole);
    let own = |rate: &Rate| (rate.cases, rate.whole);
    let end = |rate: fn(&RateRow) -> Option<Rate>, end: fn(Wilson) -> Option<i128>| {
        move |row: &RateRow| Some((end(rate(row)?.wilson()?)?, 1_000_000))
    };
    Rows::of(rows(context))
        .text("group_type", |row| Some(row.by.name().to_owned()))
        .text("name", |row| Some(label::shown(&row.name)))
        .count("lines", |row| count(row.first_pass.lines))
        .count("cancelled_lines", |row| count(row.first_pass.cancelled))
        .part("cancellation_rate", share(cancelled, own))
        .part("cancellation_low", end(cancelled, Wilson::low))
        .part("cancellation_high", end(cancelled, Wilson::high))
        .part("cancellation_usual", share(cancelled, usual))
        .flag("cancellation_stands_out", |row| {
            row.cancellation.stands_out()
        })
        .count("units", |row| count(row.first_pass.units))
        .count("returned_units", |row| count(row.back?.cases))
        .part("return_rate", |row| {
            // More came back than was sold: the reports are not of the same sales.
            let rate = row.back.filter(|rate| rate.cases <= rate.whole)?;
            Some((rate.cases.into(), rate.whole.into()))
        })
        .part("return_low", end(back, Wilson::low))
        .part("return_high", end(back, Wilson::high))
        .part("return_usual", share(back, usual))
        .flag("return_stands_out", |row| row.back?.stands_out())
        .count("returned_elsewhere", |row| {
            let known = row.first_pass.any_returns && row.by != By::Channel;
            count(row.first_pass.elsewhere).filter(|_| known)
        })
        .count("days_to_return", |row| median(&row.first_pass.days))
        .text("return_reason", |row| {
            // The first in the order of the alphabet where several are as common.
            let reasons = row.first_pass.reasons.iter().rev();
            let (reason, _) = reasons.max_by_key(|(_, units)| **units)?;
            Some(reason.clone())
        })
        .frame()
}

/// The median over units; of an even number, the lesser of the two in the middle.
fn median(days: &BTreeMap<i32, u64>) -> Option<i64> {
    let middle = days.values().sum::<u64>().checked_sub(1)? / 2;
    let mut before = 0;
    let (days, _) = days.iter().find(|(_, units)| {
        before += **units;
        before > middle
    })?;
    Some(i64::from(*days))
}

fn rows(context: &ReportContext<'_>) -> Vec<RateRow> {
    let state = context.state;
    let mut tallies: BTreeMap<(By, Vec<u8>), FirstPass> = BTreeMap::new();
    let mut first_pass = |by: By, name: &[u8], add: &dyn Fn(&mut FirstPass)| {
        add(tallies.entry((by, name.to_vec())).or_default());
    };
    for (key, cell) in state
        .products
        .sales
        .iter()
        .filter(|(_, cell)| cell.lines > 0)
    {
        first_pass(By::Sku, state.labels.skus.get(key.sku), &|first_pass| {
            first_pass.lines += cell.lines;
            first_pass.cancelled += cell.lines - cell.live_lines;
            first_pass.units += cell.units;
        });
    }
    for (key, cell) in state.demand.sales.iter().filter(|(_, cell)| cell.lines > 0) {
        let channel = state.labels.channels.get(key.channel);
        let who = key.fulfillment.name().as_bytes();
        for (by, name) in [(By::Channel, channel), (By::Fulfillment, who)] {
            first_pass(by, name, &|first_pass| {
                first_pass.lines += cell.lines;
                first_pass.cancelled += cell.lines - cell.live_lines;
                first_pass.units += cell.units;
            });
        }
    }
    let returned = returned(context);
    for line in &returned {
        first_pass(By::Sku, line.sku, &|first_pass| first_pass.give(line));
        let who = line.fulfillment.name().as_bytes();
        first_pass(By::Fulfillment, who, &|first_pass| first_pass.give(line));
        if let Some(channel) = line.channel {
            let channel = state.labels.channels.get(channel);
            first_pass(By::Channel, channel, &|first_pass| first_pass.give(line));
        }
    }
    for ((by, name), first_pass) in &mut tallies {
        let mut lines = returned
            .iter()
            .filter(|line| *by != By::Fulfillment || line.fulfillment.name().as_bytes() == *name);
        first_pass.any_returns = lines.clone().next().is_some();
        first_pass.returns_known = lines.any(|line| line.channel.is_some());
    }
    rated(tallies)
}

/// The rows in their order, each with its rates and those of the others.
fn rated(tallies: BTreeMap<(By, Vec<u8>), FirstPass>) -> Vec<RateRow> {
    let mut all: BTreeMap<By, [u64; 4]> = BTreeMap::new();
    for ((by, _), first_pass) in &tallies {
        let sums = all.entry(*by).or_default();
        sums[0] += first_pass.cancelled;
        sums[1] += first_pass.lines;
        if first_pass.returns_known {
            sums[2] += first_pass.returned;
            sums[3] += first_pass.units;
        }
    }
    let mut rows: Vec<RateRow> = tallies
        .into_iter()
        .map(|((by, name), first_pass)| {
            let [cancelled, lines, returned, units] = all[&by];
            let rate = |cases, whole, all_cases, all_whole| Rate {
                cases,
                whole,
                other_cases: all_cases - cases,
                other_whole: all_whole - whole,
            };
            let back = (first_pass.returns_known)
                .then(|| rate(first_pass.returned, first_pass.units, returned, units));
            RateRow {
                by,
                name,
                cancellation: rate(first_pass.cancelled, first_pass.lines, cancelled, lines),
                back,
                first_pass,
            }
        })
        .filter(|row| {
            let first_pass = &row.first_pass;
            row.by != By::Sku
                || first_pass.cancelled + first_pass.returned + first_pass.elsewhere > 0
        })
        .collect();
    // Stable, so that what is equal stays in the order of its names.
    rows.sort_by_cached_key(|row| {
        let low = row.lows().into_iter().flatten().max();
        (row.by, Reverse(row.stands_out()), Reverse(low))
    });
    rows
}
