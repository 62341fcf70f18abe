//! Complete weeks, and runs of adjacent weeks that deviate from their history in one direction. A run is reported once, by its
//! first week. The caller judges a single week; nothing here reads a table.

use crate::field::Day;

use crate::topic::context::ReportContext;
use crate::topic::review::anomalies::band::{Band, HISTORY, MOST};
use crate::topic::review::complete_periods::Cut;

/// Runs that begin in the last so many complete weeks are reported.
pub(crate) const RECENT: usize = 4;
/// The history of a week has at most so many weeks before it.
pub(crate) const REACH: usize = 13;
/// After so many weeks a run ends, and its weeks become the new history.
const LONGEST_RUN: usize = 4;
/// A run continues while a week is at least so many hundredths of the way from the expected value to the edge of its band.
const GOES_ON: i64 = 50;
/// Weeks that are examined: enough that a run before the recent weeks is known.
const WALKED: i32 = 32;

/// The last complete weeks.
#[derive(Debug)]
pub(crate) struct Weeks {
    /// Their first days.
    pub(crate) firsts: Vec<Day>,
    /// Whether all their days are in files. Other weeks are neither judged nor part of a history.
    covered: Vec<bool>,
}

/// The judgment of a week.
pub(crate) enum WeekJudgment {
    /// Within its band, with the distance from the expected value in hundredths of the way to the edge.
    Usual(i64),
    /// Unusual for a reason that is reported elsewhere: neither judged nor part of a history.
    Explained,
    /// Outside of its band.
    Out(Deviation),
}

/// A measured value outside of its band.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deviation {
    pub(crate) measured: i64,
    pub(crate) band: Band,
    /// Whether it is above the band, not below.
    pub(crate) up: bool,
    /// Periods of history.
    pub(crate) history: usize,
}

/// Adjacent weeks that deviate in one direction.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WeekRun {
    /// The index of its first week, and of its last.
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) weeks: usize,
    /// The deviation of the first week.
    pub(crate) found: Deviation,
    /// Whether it includes the last week that can be judged.
    pub(crate) ongoing: bool,
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
        let covered = firsts
            .iter()
            .map(|first| (0..7).all(|day| !days.is_gap(first.plus(day))))
            .collect();
        Self { firsts, covered }
    }

    /// The index of the week that begins on a day.
    pub(crate) fn place(&self, first: Day) -> Option<usize> {
        self.firsts.binary_search(&first).ok()
    }

    /// Whether a run that begins in a week is reported.
    pub(crate) fn recent(&self, week: usize) -> bool {
        week + RECENT >= self.firsts.len()
    }

    /// The runs of weeks that deviate. History begins at `from`; `judge` gets a week and the weeks of its history.
    pub(crate) fn runs(
        &self,
        from: usize,
        judge: impl Fn(usize, &[usize]) -> WeekJudgment,
    ) -> Vec<WeekRun> {
        let mut history: Vec<usize> = Vec::new();
        let mut runs: Vec<WeekRun> = Vec::new();
        let mut open: Option<(WeekRun, Vec<usize>)> = None;
        for week in (from..self.firsts.len()).filter(|week| self.covered[*week]) {
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
                    if weeks.len() > LONGEST_RUN {
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
                        ongoing: false,
                    };
                    let before = open.replace((run, vec![week]));
                    runs.extend(before.map(|(run, _)| run));
                }
            }
        }
        runs.extend(open.map(|(mut run, _)| {
            run.ongoing = true;
            run
        }));
        runs
    }
}
