//! Days that fall out of their week.

use crate::field::Day;

use crate::topic::context::ReportContext;
use crate::topic::data_quality::day_coverage::{DayCoverage, DayKind};
use crate::topic::review::anomalies::band::{Band, HISTORY, MOST, median, scaled};
use crate::topic::review::anomalies::weeks::{Deviation, REACH, RECENT, Weeks};

/// A day is judged where so many orders are expected.
const EXPECTED: i64 = 15;
/// The rest of its week is so many other days at least.
const REST: usize = 3;

/// A day, or several one after the other, in one direction.
pub(crate) struct Odd {
    pub(crate) first: Day,
    pub(crate) last: Day,
    pub(crate) found: Deviation,
}

/// Days of the last weeks that are far from their share of their week, and from the level of their weekday.
///
/// The week of a day is its own where that is complete, else it and the six days before. `explained` says which days a
/// promotion lifts.
pub(crate) fn odd(
    context: &ReportContext<'_>,
    weeks: &Weeks,
    explained: impl Fn(Day) -> bool,
) -> Vec<Odd> {
    let days = context.days();
    let Some((_, last)) = context.coverage else {
        return Vec::new();
    };
    let Some(newest) = weeks.firsts.last() else {
        return Vec::new();
    };
    let from = newest.plus(-7 * i32::try_from(RECENT - 1).unwrap_or(0));
    let mut all: Vec<Odd> = Vec::new();
    for day in (from.0..=last.0).map(Day) {
        let complete = day.0 < newest.0 + 7;
        let week = day.week(context.time.week_start);
        let steps = (0..7).map(|step| {
            if complete {
                week.plus(step)
            } else {
                day.plus(-step)
            }
        });
        let others: Vec<i32> = steps
            .filter(|other| *other != day && usable(days, *other))
            .map(|other| other.0 - day.0)
            .collect();
        let found = judge(days, day, &others).filter(|found| !(found.up && explained(day)));
        let Some(found) = found else { continue };
        match all.last_mut() {
            Some(above) if above.last.plus(1) == day && above.found.up == found.up => {
                let (sum, more) = (&mut above.found, found);
                above.last = day;
                sum.measured += more.measured;
                sum.band.expected += more.band.expected;
                sum.band.low += more.band.low;
                sum.band.high += more.band.high;
                sum.history = sum.history.min(more.history);
            }
            _ => all.push(Odd {
                first: day,
                last: day,
                found,
            }),
        }
    }
    all
}

fn judge(days: &DayCoverage, day: Day, others: &[i32]) -> Option<Deviation> {
    if !usable(days, day) || others.len() < REST {
        return None;
    }
    let orders = |day: Day| {
        let orders = days.get(day).map_or(0, |shown| shown.orders);
        i64::try_from(orders).unwrap_or(i64::MAX)
    };
    let rest = |day: Day| -> i64 { others.iter().map(|step| orders(day.plus(*step))).sum() };
    let (measured, rest_now) = (orders(day), rest(day));
    let before = (1..=i32::try_from(REACH).unwrap_or(0)).map(|back| day.plus(-7 * back));
    let known = before.filter(|day| {
        usable(days, *day) && others.iter().all(|step| usable(days, day.plus(*step)))
    });
    let (mut levels, mut predicted) = (Vec::new(), Vec::new());
    for day in known.filter(|day| rest(*day) > 0).take(MOST) {
        levels.push(orders(day));
        predicted.push(scaled(orders(day), rest_now, rest(day)));
    }
    if levels.len() < HISTORY {
        return None;
    }
    let history = levels.len();
    let (level, band) = (median(&mut levels), Band::around(&mut predicted));
    if band.expected < EXPECTED {
        return None;
    }
    let up = band.outside(measured)?;
    // At least 1.6 times, or at most half, of what its week and what its weekday lead to expect.
    let far = |expected: i64| {
        if up {
            measured * 5 >= expected * 8
        } else {
            measured * 2 <= expected
        }
    };
    (far(band.expected) && far(level)).then_some(Deviation {
        measured,
        band,
        up,
        history,
    })
}

/// Whether a day is held whole: a gap beside it, or the end of all files, may have taken a part of it. One without orders
/// where they are usual is a matter of coverage.
fn usable(days: &DayCoverage, day: Day) -> bool {
    let held =
        |shown: &crate::topic::data_quality::day_coverage::DayFinding| shown.state != DayKind::Part;
    days.get(day).is_some_and(held) && (-1..=1).all(|step| !days.is_gap(day.plus(step)))
}
