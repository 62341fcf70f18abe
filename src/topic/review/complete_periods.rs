//! Which weeks and months the files cover whole: only these are compared (docs/metrics.md, Changes and
//! comparisons).

use crate::field::Day;

use crate::topic::context::Facts;

/// A way to cut time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    Week,
    Month,
}

impl Cut {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// The first day of the period that holds a day.
    pub(crate) fn start(self, facts: &Facts<'_>, day: Day) -> Day {
        match self {
            Self::Week => day.week(facts.week_start),
            Self::Month => day.month(),
        }
    }

    pub(crate) fn end(self, first: Day) -> Day {
        match self {
            Self::Week => first.plus(6),
            Self::Month => first.month_end(),
        }
    }

    pub(crate) fn label(self, facts: &Facts<'_>, first: Day) -> String {
        match self {
            Self::Week => first.week_label(facts.week_start),
            Self::Month => first.month_label(),
        }
    }

    /// So many periods earlier.
    pub(crate) fn back(self, first: Day, periods: i32) -> Day {
        match self {
            Self::Week => first.plus(-7 * periods),
            Self::Month => (0..periods).fold(first, |first, _| first.plus(-1).month()),
        }
    }

    /// The same week a year earlier (52 weeks, so that weekdays match), or the same month.
    pub(crate) fn year_ago(self, first: Day) -> Day {
        match self {
            Self::Week => self.back(first, 52),
            Self::Month => self.back(first, 12),
        }
    }

    /// Whether all its days are between the first purchase and the last.
    pub(crate) fn spanned(self, facts: &Facts<'_>, first: Day) -> bool {
        let spans = |(from, to): (Day, Day)| first >= from && self.end(first) <= to;
        facts.coverage.is_some_and(spans)
    }

    /// Whether the files cover all its days: it is partial if not.
    pub(crate) fn covered(self, facts: &Facts<'_>, first: Day) -> bool {
        self.spanned(facts, first) && facts.days().lacking(first, self.end(first)) == 0
    }

    /// The last period that is over, whether or not days of it lack.
    pub(crate) fn last_spanned(self, facts: &Facts<'_>) -> Option<Day> {
        let (_, to) = facts.coverage?;
        let current = self.start(facts, to);
        let first = if self.end(current) == to {
            current
        } else {
            self.back(current, 1)
        };
        Some(first).filter(|first| self.spanned(facts, *first))
    }

    /// The last period that the files cover whole.
    pub(crate) fn last_complete(self, facts: &Facts<'_>) -> Option<Day> {
        let mut first = self.last_spanned(facts)?;
        while !self.covered(facts, first) {
            first = Some(self.back(first, 1)).filter(|first| self.spanned(facts, *first))?;
        }
        Some(first)
    }
}
