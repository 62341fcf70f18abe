//! The table `anomalies`: days and weeks that deviate from their history.

mod band;
mod days;
mod demand;
mod weeks;

use polars::prelude::*;

use crate::field::{Day, label};
use crate::table::shared_columns;

use crate::table::ColumnKind::{Count, Flag};
use crate::table::rows::Rows;
use crate::table::{ALL_ORDERS, LakeView, Part, TableSpec, column};
use crate::topic::context::ReportContext;
use crate::topic::review::anomalies::demand::DemandHistory;
use crate::topic::review::anomalies::weeks::{Deviation, WeekRun, Weeks};
use crate::topic::review::complete_periods::Cut;

pub(crate) const ANOMALIES: TableSpec = TableSpec {
    name: "anomalies",
    title: "What stands out",
    part: Part::Data,
    filled_by: ALL_ORDERS,
    definition: "What the last eight comparable weeks (five at least, of the last thirteen) did not predict: days since the first of the last \
                 four complete weeks, and what began in one of these weeks. At most eight rows, farthest from expected first. \
                 expected is the median of the history; low and high are where the root of a count is 2.5 from that of expected (five standard deviations of chance), or four \
                 standard deviations of the roots of the history, by their median deviation, if that is more. day: \
                 orders placed, as the rest of its week predicts (of an unfinished week, the six days before); at least 15 expected, at least 1.6 times or at most half of that \
                 and of the level of its weekday; days in a row are one. channel: orders placed in a week; at least 20 expected, 1.6 times or half. \
                 sku: orders with the SKU in a week, as those with all SKUs predict; at least 15 expected, three times or a third of that and of its own level. promotions: \
                 live lines with a discount, of all live lines (at least 50); ten points, and half as many again or half. A week of \
                 unusual promotions explains more orders of days and SKUs, and of channels as far as the others rose too. Channels that move \
                 together and are nine tenths of all are one row. What lasts (it stays half way to the edge) is named with its first week, and after \
                 four weeks it is what is usual. Weeks with a day in no file are neither judged nor history; days that \
                 are in no file, beside such a day, not over in their file, or without orders are never named here: see coverage. Ours.",
    columns: &[
        shared_columns::KIND,
        shared_columns::NAME,
        shared_columns::PERIOD,
        shared_columns::FIRST_DAY,
        shared_columns::LAST_DAY,
        shared_columns::DIRECTION,
        column(
            "measured",
            "Measured",
            Count,
            "What there was, in the first week where it lasts: orders placed, of promotions the discounted lines.",
        ),
        column(
            "expected",
            "Expected",
            Count,
            "What the history predicts: the median of its weeks, as far as the rest of the week or all SKUs say.",
        ),
        column("low", "Low", Count, "The least that would be usual."),
        column("high", "High", Count, "The most that would be usual."),
        column(
            "reference",
            "Reference",
            Count,
            "All live lines of the week, of which those with a discount are measured.",
        ),
        column(
            "history",
            "Periods of history",
            Count,
            "How many weeks of history the expectation is from.",
        ),
        column("weeks", "Weeks", Count, "How many weeks it stands out for."),
        column(
            "ongoing",
            "Ongoing",
            Flag,
            "Whether it goes on in the last week that can be judged.",
        ),
        column(
            "score",
            "Score",
            Count,
            "How far measured is from expected, in hundredths of the way to low or high.",
        ),
    ],
    charts: &[],
    in_lake: LakeView::None(
        "its medians and bounds run over series of weeks with exceptions; not written in SQL yet",
    ),
};

/// Rows at most: more would be read by nobody, and the farthest come first.
const ROWS: usize = 8;

/// Something that stands out.
struct AnomalyRow {
    kind: &'static str,
    name: Option<String>,
    period: String,
    first: Day,
    last: Day,
    found: Deviation,
    of: Option<i64>,
    weeks: Option<usize>,
    ongoing: Option<bool>,
}

impl AnomalyRow {
    fn score(&self) -> i64 {
        self.found.band.score(self.found.measured).abs()
    }
}

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let whole = |count: usize| i64::try_from(count).ok();
    Rows::of(rows(context))
        .text("kind", |row| Some(row.kind.to_owned()))
        .text("name", |row| row.name.clone())
        .text("period", |row| Some(row.period.clone()))
        .text("first_day", |row| Some(row.first.to_string()))
        .text("last_day", |row| Some(row.last.to_string()))
        .text("direction", |row| {
            Some(if row.found.up { "up" } else { "down" }.to_owned())
        })
        .count("measured", |row| Some(row.found.measured))
        .count("expected", |row| Some(row.found.band.expected))
        .count("low", |row| Some(row.found.band.low))
        .count("high", |row| Some(row.found.band.high))
        .count("reference", |row| row.of)
        .count("history", |row| whole(row.found.history))
        .count("weeks", |row| row.weeks.and_then(whole))
        .flag("ongoing", |row| row.ongoing)
        .count("score", |row| Some(row.score()))
        .frame()
}

fn rows(context: &ReportContext<'_>) -> Vec<AnomalyRow> {
    let weeks = Weeks::of(context);
    let demand = DemandHistory::of(context, &weeks);
    let week = |kind, name: Option<String>, run: WeekRun| {
        let first = weeks.firsts[run.first];
        AnomalyRow {
            kind,
            name,
            period: Cut::Week.label(context, first),
            first,
            last: weeks.firsts[run.last].plus(6),
            found: run.found,
            of: None,
            weeks: Some(run.weeks),
            ongoing: Some(run.ongoing),
        }
    };
    let promotions = demand.promotions(&weeks);
    let promoted = |week: usize| {
        let within = |run: &WeekRun| run.found.up && (run.first..=run.last).contains(&week);
        promotions.iter().any(within)
    };
    let news = |run: &WeekRun| weeks.recent(run.first);
    let mut rows: Vec<AnomalyRow> = Vec::new();
    for run in promotions.iter().filter(|run| news(run)) {
        rows.push(AnomalyRow {
            of: Some(demand.live(run.first)),
            ..week("promotions", None, *run)
        });
    }
    let channels = demand.channels(&weeks, promoted);
    let channels = channels.into_iter().filter(|(_, run)| news(run));
    rows.extend(channels.map(|(channel, run)| {
        let name = channel.map_or_else(
            || "all channels".to_owned(),
            |channel| label::shown(context.state.labels.channels.get(channel)),
        );
        week("channel", Some(name), run)
    }));
    let skus = demand.skus(&weeks, promoted);
    let skus = skus.into_iter().filter(|(_, run)| news(run));
    rows.extend(skus.map(|(sku, run)| {
        let name = label::shown(context.state.labels.skus.get(sku));
        week("sku", Some(name), run)
    }));
    let lifted = |day: Day| {
        weeks
            .place(day.week(context.time.week_start))
            .is_some_and(promoted)
    };
    rows.extend(
        days::odd(context, &weeks, lifted)
            .into_iter()
            .map(|odd| AnomalyRow {
                kind: "day",
                name: None,
                period: odd.first.to_string(),
                first: odd.first,
                last: odd.last,
                found: odd.found,
                of: None,
                weeks: None,
                ongoing: None,
            }),
    );
    rows.sort_by(|a, b| {
        let key = |row: &AnomalyRow| (std::cmp::Reverse(row.score()), row.kind, row.first);
        key(a).cmp(&key(b)).then_with(|| a.name.cmp(&b.name))
    });
    rows.truncate(ROWS);
    rows
}
