//! The weeks that are over, and what goes through them one after the other: what stands out is named once, with its first week.

use crate::field::Day;

use crate::topic::context::ReportContext;
use crate::topic::review::anomalies::band::{Band, HISTORY, MOST};
use crate::topic::review::complete_periods::Cut;

/// What is no older than so many weeks that are over is named.
pub(crate) const RECENT: usize = 4;
/// A history reaches no further back than so many weeks.
pub(crate) const REACH: usize = 13;
/// What stands out for longer than so many weeks is what is usual now.
const LASTS: usize = 4;
/// What stood out goes on while it is so many hundredths of the way to the edge.
const GOES_ON: i64 = 50;
/// Weeks that are looked at: enough for the first recent one to know what stood out before it.
const WALKED: i32 = 32;

/// The last weeks that are over.
#[derive(Debug)]
pub(crate) struct Weeks {
    /// Their first days.
    pub(crate) firsts: Vec<Day>,
    /// Whether all their days are in files: others are neither judged nor history.
    sound: Vec<bool>,
}

/// What a week is judged to be.
pub(crate) enum WeekJudgment {
    /// With its distance from what is expected, in hundredths of the way to the edge.
    Usual(i64),
    /// Unusual, but by something else that is named: neither judged nor history.
    Explained,
    Out(Deviation),
}

/// What was measured against what was expected.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deviation {
    pub(crate) measured: i64,
    pub(crate) band: Band,
    pub(crate) up: bool,
    /// Periods of history.
    pub(crate) history: usize,
}

/// Weeks one after the other that stand out in one direction.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WeekRun {
    /// The place of its first week, and of its last.
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) weeks: usize,
    /// In the first week.
    pub(crate) found: Deviation,
    /// Whether it goes on in the last week that can be judged.
    pub(crate) lasts: bool,
}

impl Weeks {
    pub(crate) fn of(context: &ReportContext<'_>) -> Self {
        let days = context.days();
        let firsts: Vec<Day> = Cut::Week
            .last_spanned(context)
            .map_or_else(Vec::new, |last| {
                let weeks = (0..WALKED).rev().map(|back| Cut::Week.back(last, back));
                weeks
                    .filter(|first| Cut::Week.spanned(context, *first))
                    .collect()
            });
        let sound = firsts
            .iter()
            .map(|first| (0..7).all(|day| !days.is_gap(first.plus(day))))
            .collect();
        Self { firsts, sound }
    }

    /// The place of the week that begins on a day.
    pub(crate) fn place(&self, first: Day) -> Option<usize> {
        self.firsts.binary_search(&first).ok()
    }

    /// Whether what began in a week is news.
    pub(crate) fn recent(&self, week: usize) -> bool {
        week + RECENT >= self.firsts.len()
    }

    /// Runs of weeks that stand out. History begins at `from`; `judge` gets a week and the weeks before it
    /// that tell what is usual.
    pub(crate) fn runs(
        &self,
        from: usize,
        judge: impl Fn(usize, &[usize]) -> WeekJudgment,
    ) -> Vec<WeekRun> {
        let mut history: Vec<usize> = Vec::new();
        let mut runs: Vec<WeekRun> = Vec::new();
        let mut open: Option<(WeekRun, Vec<usize>)> = None;
        for week in (from..self.firsts.len()).filter(|week| self.sound[*week]) {
            let near: Vec<usize> = history
                .iter()
                .copied()
                .filter(|known| known + REACH >= week)
                .collect();
            let near = &near[near.len().saturating_sub(MOST)..];
            let verdict = if near.len() < HISTORY {
                WeekJudgment::Usual(0)
            } else {
                judge(week, near)
            };
            let goes_on = |up: bool| match &verdict {
                WeekJudgment::Usual(score) => (if up { *score } else { -score }) >= GOES_ON,
                WeekJudgment::Explained => false,
                WeekJudgment::Out(found) => found.up == up,
            };
            match (&mut open, &verdict) {
                (_, WeekJudgment::Explained) => {}
                (Some((run, weeks)), _) if goes_on(run.found.up) => {
                    (run.last, run.weeks) = (week, run.weeks + 1);
                    weeks.push(week);
                    if weeks.len() > LASTS {
                        history = std::mem::take(weeks);
                        runs.extend(open.take().map(|(run, _)| run));
                    }
                }
                (_, WeekJudgment::Usual(_)) => {
                    runs.extend(open.take().map(|(run, _)| run));
                    history.push(week);
                }
                (_, WeekJudgment::Out(found)) => {
                    let run = WeekRun {
                        first: week,
                        last: week,
                        weeks: 1,
                        found: *found,
                        lasts: false,
                    };
                    let before = open.replace((run, vec![week]));
                    runs.extend(before.map(|(run, _)| run));
                }
            }
        }
        runs.extend(open.map(|(mut run, _)| {
            run.lasts = true;
            run
        }));
        runs
    }
}
