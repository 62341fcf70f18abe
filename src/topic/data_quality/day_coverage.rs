//! The coverage of each day from the first to the last: covered, overlap, part, quiet or missing.

use chrono_tz::Tz;

use crate::field::zone::LocalDays;
use crate::field::{Day, Moment};
use crate::line::FileId;
use crate::ownership::Role;
use crate::state::finished::FinishedState;
use crate::topic::data_quality::state::source::Source;

use crate::topic::context::InputFile;

/// How many weeks before and after a day tell what is usual on its weekday, and in how many of them there must be files.
const AROUND: i32 = 8;
const LEAST: usize = 4;
/// A hundred years: a wrong date must not cost the memory of all days since.
const MOST: i32 = 36_525;
/// A day without orders is odd where so many are usual: of less, none at all comes by chance.
pub(crate) const USUAL: u64 = 10;

/// What the files show of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum DayKind {
    /// In one file.
    Covered,
    /// In several files.
    Overlap,
    /// The last day of its files, and nothing in them is newer: more orders may have come that day.
    Part,
    /// It holds no order, and is in a file or where that says little.
    Quiet,
    /// Between two files: it may hold a few orders of places where the clock is another.
    Missing,
}

impl DayKind {
    /// The word in the table.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Covered => "covered",
            Self::Overlap => "overlap",
            Self::Part => "part",
            Self::Quiet => "quiet",
            Self::Missing => "missing",
        }
    }
}

/// A day and what there is of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DayFinding {
    pub(crate) state: DayKind,
    pub(crate) files: usize,
    pub(crate) orders: u64,
    pub(crate) lines: u64,
    /// The median of the orders of its weekday in the weeks around it; `None` if too few of them are known.
    pub(crate) usual: Option<u64>,
    /// Beside a gap, with less than a quarter of its usual orders: those of places where the clock is another.
    ragged: bool,
}

impl DayFinding {
    /// In no file, or without orders though they are usual, or beside such a day with next to none: a gap, whether the files leave it between them or, joined into
    /// one, within it.
    fn is_gap(&self) -> bool {
        self.state == DayKind::Missing || self.lacks_orders()
    }

    /// A gap that only its orders show.
    pub(crate) fn lacks_orders(&self) -> bool {
        self.odd() || self.ragged && self.state != DayKind::Missing
    }

    /// Without orders though they are usual.
    pub(crate) fn odd(&self) -> bool {
        self.state == DayKind::Quiet && self.usual.is_some_and(|usual| usual >= USUAL)
    }
}

/// The days that an all-orders file spans.
#[derive(Debug)]
pub(crate) struct FileSpan {
    pub(crate) file: FileId,
    pub(crate) first: Day,
    pub(crate) last: Day,
    /// The newest moment in it, where that is on its last day.
    pub(crate) ends: Option<Moment>,
}

/// All days from the first to the last.
#[derive(Debug, Default)]
pub(crate) struct DayCoverage {
    pub(crate) first: Day,
    shown: Vec<DayFinding>,
    /// How many of the days before each lack, and of all.
    gap_days: Vec<i64>,
    pub(crate) spans: Vec<FileSpan>,
}

impl DayCoverage {
    /// The days of `coverage`, the first and the last local purchase day; days are those of `zone` where a file names no place.
    pub(crate) fn of(
        state: &FinishedState,
        inputs: &[InputFile],
        zone: Tz,
        coverage: Option<(Day, Day)>,
    ) -> Self {
        let Some((first, last)) = coverage else {
            return Self::default();
        };
        let first = first.max(last.plus(-MOST));
        let spans = spans(state, inputs, zone);
        let place = |day: Day| usize::try_from(day.0 - first.0).ok();
        let days = place(last).map_or(0, |last| last + 1);
        let mut sums = vec![(0, 0); days];
        for (key, cell) in state.demand.sales.iter() {
            // A cell from which all orders were taken back has a day but no line.
            if let Some((orders, lines)) = place(key.day).and_then(|at| sums.get_mut(at)) {
                *orders += cell.orders_placed;
                *lines += cell.lines;
            }
        }
        // How many files begin on a day less how many ended the day before, and whether one that goes on shows the day whole.
        let mut files = vec![0_i64; days + 1];
        let mut whole = vec![0_i64; days + 1];
        for span in &spans {
            let within = |day: Day| day.0.clamp(first.0, last.0 + 1);
            let (from, to) = (within(span.first), within(span.last.plus(1)));
            let to_whole = to - i32::from(span.ends.is_some() && span.last <= last);
            for (steps, to) in [(&mut files, to), (&mut whole, to_whole.max(from))] {
                steps[(from - first.0).unsigned_abs() as usize] += 1;
                steps[(to - first.0).unsigned_abs() as usize] -= 1;
            }
        }
        let spanned =
            spans.iter().map(|span| span.first).min()..=spans.iter().map(|span| span.last).max();
        let mut running = (0, 0);
        let shown = sums.into_iter().enumerate().map(|(at, (orders, lines))| {
            running = (running.0 + files[at], running.1 + whole[at]);
            let day = i32::try_from(at).map_or(last, |at| first.plus(at));
            let state = match (running, lines) {
                // Where the clock is ahead or behind, orders are of the day before the first or after the last.
                ((0, _), _) if !spanned.contains(&Some(day)) => DayKind::Part,
                ((0, _), _) => DayKind::Missing,
                (_, 0) => DayKind::Quiet,
                ((_, 0), _) => DayKind::Part,
                ((2.., _), _) => DayKind::Overlap,
                _ => DayKind::Covered,
            };
            DayFinding {
                state,
                files: usize::try_from(running.0).unwrap_or(0),
                orders,
                lines,
                usual: None,
                ragged: false,
            }
        });
        let mut days = Self {
            first,
            shown: shown.collect(),
            gap_days: Vec::new(),
            spans,
        };
        days.settle();
        let usual: Vec<_> = days.all().map(|(day, _)| days.usual(day)).collect();
        for (shown, usual) in days.shown.iter_mut().zip(usual) {
            shown.usual = usual;
        }
        let gaps: Vec<bool> = days.shown.iter().map(DayFinding::is_gap).collect();
        for (at, shown) in days.shown.iter_mut().enumerate() {
            let gap = |at: usize| gaps.get(at).is_some_and(|gap| *gap);
            let few = |usual: u64| usual >= USUAL && shown.orders * 4 < usual;
            let beside = gap(at.wrapping_sub(1)) || gap(at + 1);
            shown.ragged = beside && shown.usual.is_some_and(few);
        }
        days.gap_days.push(0);
        let mut sum = 0;
        for shown in &days.shown {
            sum += i64::from(shown.is_gap());
            days.gap_days.push(sum);
        }
        days
    }

    /// Where few orders come, that none did proves little: days between two files are no gap if fewer than ten orders came on
    /// so many other days, and a day is over as far as anybody can tell if fewer than ten come on one.
    fn settle(&mut self) {
        let missing = |shown: &DayFinding| shown.state == DayKind::Missing;
        let held = self.shown.iter().filter(|shown| !missing(shown));
        let (days, orders) = held.fold((0, 0), |(days, orders), shown| {
            (days + 1, orders + shown.orders)
        });
        let thin = orders < USUAL * days;
        let parts = self
            .shown
            .iter_mut()
            .filter(|shown| shown.state == DayKind::Part);
        for part in parts.filter(|_| thin) {
            part.state = if part.files > 1 {
                DayKind::Overlap
            } else {
                DayKind::Covered
            };
        }
        for stretch in self
            .shown
            .chunk_by_mut(|one, other| missing(one) == missing(other))
        {
            let few = stretch.len() as u64 * orders < USUAL * days;
            for shown in stretch.iter_mut().filter(|shown| few && missing(shown)) {
                shown.state = if shown.lines > 0 {
                    DayKind::Covered
                } else {
                    DayKind::Quiet
                };
            }
        }
    }

    /// Every day in its order.
    pub(crate) fn all(&self) -> impl Iterator<Item = (Day, &DayFinding)> {
        (self.first.0..).map(Day).zip(&self.shown)
    }

    /// A day; `None` before the first and after the last.
    pub(crate) fn get(&self, day: Day) -> Option<&DayFinding> {
        self.shown.get(usize::try_from(day.0 - self.first.0).ok()?)
    }

    /// Whether a day is a gap, or outside of all.
    pub(crate) fn is_gap(&self, day: Day) -> bool {
        self.get(day).is_none_or(DayFinding::is_gap)
    }

    /// How many days from one to another lack, of those from the first purchase to the last.
    pub(crate) fn gap_days(&self, first: Day, last: Day) -> i64 {
        let before = |day: Day| {
            let place = usize::try_from(day.0 - self.first.0).unwrap_or(0);
            self.gap_days.get(place).or(self.gap_days.last())
        };
        let (from, to) = (before(first), before(last.plus(1)));
        from.zip(to).map_or(0, |(from, to)| to - from)
    }

    /// The days of a range that lack, where lines of other days were read too: of days that no line is kept of, the files alone
    /// tell.
    pub(crate) fn lacking_of(&self, (first, last): (Day, Day)) -> Vec<Day> {
        let from = self.spans.iter().map(|span| span.first).min();
        let to = self.spans.iter().map(|span| span.last).max();
        let Some((from, to)) = from.zip(to) else {
            return Vec::new();
        };
        let held = self.shown.iter().filter(|shown| !shown.is_gap());
        let (days, orders) = held.fold((0, 0), |(days, orders), shown| {
            (days + 1, orders + shown.orders)
        });
        let in_no_file = |day: Day| {
            let spanned = |span: &FileSpan| span.first <= day && day <= span.last;
            day > from && day < to && !self.spans.iter().any(spanned)
        };
        let range: Vec<Day> = (first.max(last.plus(-MOST)).0..=last.0).map(Day).collect();
        let is_gap = |day: &Day| match self.get(*day) {
            Some(shown) => shown.is_gap(),
            None => in_no_file(*day),
        };
        let stretches = range.chunk_by(|one, other| is_gap(one) == is_gap(other));
        let gaps = stretches.filter(|stretch| {
            let known = |day: &Day| self.get(*day).is_some();
            let many = stretch.len() as u64 * orders >= USUAL * days;
            stretch.first().is_some_and(is_gap) && (many || stretch.iter().any(known))
        });
        gaps.flatten().copied().collect()
    }

    fn usual(&self, day: Day) -> Option<u64> {
        let around = (-AROUND..=AROUND).filter(|week| *week != 0);
        let known = around.filter_map(|week| self.get(day.plus(7 * week)));
        let mut orders: Vec<u64> = known
            .filter(|shown| !matches!(shown.state, DayKind::Missing | DayKind::Part))
            .map(|shown| shown.orders)
            .collect();
        orders.sort_unstable();
        (orders.len() >= LEAST).then(|| orders[(orders.len() - 1) / 2])
    }
}

/// The days of every all-orders file, in the zone of most orders.
fn spans(state: &FinishedState, inputs: &[InputFile], zone: Tz) -> Vec<FileSpan> {
    let mut local = LocalDays::new(zone);
    let orders = (0..)
        .map(FileId)
        .zip(inputs)
        .filter(|(_, input)| input.role == Role::Orders);
    orders
        .filter_map(|(file, _)| {
            let source: &Source = state.data_quality.sources.get(&file)?;
            let (first, last) = (source.first_purchase?, source.last_purchase?);
            let newest = source.newest_moment.max(source.newest_update);
            let newest = newest.unwrap_or(last).max(last);
            let (first, last_day) = (local.of(first), local.of(last));
            let ends = (last.timed && local.of(newest) == last_day).then_some(newest);
            Some(FileSpan {
                file,
                first,
                last: last_day,
                ends,
            })
        })
        .collect()
}
