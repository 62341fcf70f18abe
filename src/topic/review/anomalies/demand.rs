//! Anomalies of weeks: promotions, channels, SKUs.

use std::collections::BTreeMap;

use crate::field::{Day, LabelId};

use crate::table::sums::count;
use crate::topic::context::ReportContext;
use crate::topic::products::state::sku::SkuPeriod;
use crate::topic::review::anomalies::band::{Band, median, scaled};
use crate::topic::review::anomalies::weeks::{Deviation, WeekJudgment, WeekRun, Weeks};

/// A share of discounted lines is judged where a week has so many live lines,
const LINES: i64 = 50;
/// and stands out if it differs by so many hundredths.
const POINTS: i64 = 10;
/// A week of a channel is judged where so many orders are expected,
const CHANNEL_EXPECTED: i64 = 20;
/// of a SKU, so many.
const SKU_EXPECTED: i64 = 15;
/// Channels that make up so many hundredths of what is usual, all out in one direction, are one event.
const TOGETHER: i64 = 90;
/// What the other channels lead to expect counts in a week of promotions where they expect so many orders.
const OTHERS: i64 = 50;

/// Counts of the complete weeks.
type WeekSeries = Vec<i64>;

/// A channel, `None` for all together, and the weeks that stand out.
type Moved = (Option<LabelId>, WeekRun);

/// What is counted week by week.
pub(crate) struct DemandHistory {
    live: WeekSeries,
    discounted: WeekSeries,
    channels: BTreeMap<LabelId, WeekSeries>,
    skus: BTreeMap<LabelId, WeekSeries>,
    /// All SKUs together.
    all: WeekSeries,
}

impl DemandHistory {
    pub(crate) fn of(context: &ReportContext<'_>, weeks: &Weeks) -> Self {
        let state = context.state;
        let none = vec![0; weeks.firsts.len()];
        let mut demand = Self {
            live: none.clone(),
            discounted: none.clone(),
            channels: BTreeMap::new(),
            skus: BTreeMap::new(),
            all: none.clone(),
        };
        for (key, cell) in state.demand.sales.iter() {
            let Some(week) = weeks.place(key.day.week(context.time.week_start)) else {
                continue;
            };
            demand.live[week] += count(cell.live_lines);
            demand.discounted[week] += count(cell.discounted_lines);
            let channel = demand.channels.entry(key.channel);
            channel.or_insert_with(|| none.clone())[week] += count(cell.orders_placed);
        }
        for (key, cell) in state.products.weeks.iter() {
            let SkuPeriod::Week(week) = key.period else {
                continue;
            };
            let first: Day = week.first_day(context.time.week_start);
            if let Some(week) = weeks.place(first) {
                let sku = demand.skus.entry(key.sku);
                sku.or_insert_with(|| none.clone())[week] += count(cell.orders);
                demand.all[week] += count(cell.orders);
            }
        }
        demand
    }

    /// How many live lines a week has.
    pub(crate) fn live(&self, week: usize) -> i64 {
        self.live[week]
    }

    /// Weeks whose share of discounted lines stands out.
    pub(crate) fn promotions(&self, weeks: &Weeks) -> Vec<WeekRun> {
        weeks.runs(0, |week, history| {
            let live = self.live[week];
            let known = history.iter().filter(|week| self.live[**week] > 0);
            let mut predicted: Vec<i64> = known
                .map(|week| scaled(self.discounted[*week], live, self.live[*week]))
                .collect();
            let (measured, band) = (self.discounted[week], Band::around(&mut predicted));
            let out = band.outside(measured).filter(|up| {
                let far = (measured - band.expected).abs() * 100 >= POINTS * live;
                // At least half as many again, or at most half.
                far && if *up {
                    measured * 2 >= band.expected * 3
                } else {
                    measured * 2 <= band.expected
                }
            });
            found(out.filter(|_| live >= LINES), measured, band, history)
        })
    }

    /// Weeks of channels that stand out; `None` is all channels together. `promoted` says which weeks a promotion lifts.
    pub(crate) fn channels(&self, weeks: &Weeks, promoted: impl Fn(usize) -> bool) -> Vec<Moved> {
        let usual = |series: &WeekSeries, history: &[usize]| {
            let mut counts: Vec<i64> = history.iter().map(|week| series[*week]).collect();
            median(&mut counts)
        };
        let mut runs = Vec::new();
        for (channel, series) in &self.channels {
            let Some(from) = begins(series) else { continue };
            let judged = weeks.runs(from, |week, history| {
                let mut counts: Vec<i64> = history.iter().map(|week| series[*week]).collect();
                let (measured, band) = (series[week], Band::around(&mut counts));
                // At least 1.6 times, or at most half.
                let far = |up, measured: i64, expected: i64| {
                    if up {
                        measured * 5 >= expected * 8
                    } else {
                        measured * 2 <= expected
                    }
                };
                let out = band.outside(measured).filter(|up| {
                    band.expected >= CHANNEL_EXPECTED && far(*up, measured, band.expected)
                });
                if out != Some(false) && promoted(week) {
                    // A promotion lifts all channels: this one is news if it rose as much beside the others.
                    let others = self.channels.iter().filter(|(other, _)| *other != channel);
                    let (mut now, mut then) = (0, 0);
                    for (_, series) in others {
                        now += series[week];
                        then += usual(series, history);
                    }
                    let lifted = scaled(band.expected, now, then);
                    if out.is_none() || then < OTHERS || !far(true, measured, lifted) {
                        return WeekJudgment::Explained;
                    }
                }
                found(out, measured, band, history)
            });
            runs.extend(judged.into_iter().map(|run| (Some(*channel), run)));
        }
        self.together(runs)
    }

    /// Channels that rise or fall together are one event, if they are nearly all there is.
    fn together(&self, runs: Vec<Moved>) -> Vec<Moved> {
        let mut events: BTreeMap<(usize, bool), Vec<Moved>> = BTreeMap::new();
        for (channel, run) in runs {
            let event = events.entry((run.first, run.found.up)).or_default();
            event.push((channel, run));
        }
        let mut kept = Vec::new();
        for ((week, _), runs) in events {
            let of = |value: fn(&Deviation) -> i64| -> i64 {
                runs.iter().map(|(_, run)| value(&run.found)).sum()
            };
            let others: i64 = self
                .channels
                .values()
                .map(|series| series[week])
                .sum::<i64>()
                - of(|found| found.measured);
            let (expected, measured) =
                (of(|found| found.band.expected), of(|found| found.measured));
            if runs.len() < 2 || expected * (100 - TOGETHER) < others * TOGETHER {
                kept.extend(runs);
                continue;
            }
            let band = Band {
                expected,
                low: of(|found| found.band.low),
                high: of(|found| found.band.high),
            };
            let all = runs.into_iter().map(|(_, run)| run);
            let longest = all.reduce(|one, other| {
                let longer =
                    (one.weeks, one.last, one.ongoing) >= (other.weeks, other.last, other.ongoing);
                let history = one.found.history.min(other.found.history);
                let mut run = if longer { one } else { other };
                run.found.history = history;
                run
            });
            kept.extend(longest.map(|mut run| {
                (run.found.measured, run.found.band) = (measured, band);
                (None, run)
            }));
        }
        kept
    }

    /// Weeks of SKUs that stand out by themselves and beside all others.
    pub(crate) fn skus(
        &self,
        weeks: &Weeks,
        promoted: impl Fn(usize) -> bool,
    ) -> Vec<(LabelId, WeekRun)> {
        let large = |series: &&WeekSeries| series.iter().any(|orders| *orders >= SKU_EXPECTED);
        let skus = self.skus.iter().filter(|(_, series)| large(series));
        let runs = skus.flat_map(|(sku, series)| {
            let judged = begins(series).map(|from| {
                weeks.runs(from, |week, history| {
                    let mut counts: Vec<i64> = history.iter().map(|week| series[*week]).collect();
                    let beside = history.iter().filter(|week| self.all[**week] > 0);
                    let mut beside: Vec<i64> = beside
                        .map(|known| scaled(series[*known], self.all[week], self.all[*known]))
                        .collect();
                    let (measured, band) = (series[week], Band::around(&mut beside));
                    let level = median(&mut counts);
                    // At least three times, or at most a third.
                    let far = |up, expected: i64| {
                        if up {
                            measured >= expected * 3
                        } else {
                            measured * 3 <= expected
                        }
                    };
                    let out = band.outside(measured).filter(|up| {
                        band.expected >= SKU_EXPECTED && far(*up, band.expected) && far(*up, level)
                    });
                    if out == Some(true) && promoted(week) {
                        return WeekJudgment::Explained;
                    }
                    found(out, measured, band, history)
                })
            });
            judged.into_iter().flatten().map(|run| (*sku, run))
        });
        runs.collect()
    }
}

/// The first week with an order: before it there is no history.
fn begins(series: &WeekSeries) -> Option<usize> {
    series.iter().position(|orders| *orders > 0)
}

fn found(out: Option<bool>, measured: i64, band: Band, history: &[usize]) -> WeekJudgment {
    out.map_or(WeekJudgment::Usual(band.score(measured)), |up| {
        WeekJudgment::Out(Deviation {
            measured,
            band,
            up,
            history: history.len(),
        })
    })
}
