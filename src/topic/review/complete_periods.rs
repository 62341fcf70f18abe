//! The weeks and months that the files cover whole. Only these are compared (docs/metrics.md, Changes and comparisons).

use crate::field::Day;

use crate::topic::context::ReportContext;

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
    pub(crate) fn start(self, context: &ReportContext<'_>, day: Day) -> Day {
        match self {
            Self::Week => day.week(context.time.week_start),
            Self::Month => day.month(),
        }
    }

    pub(crate) fn end(self, first: Day) -> Day {
        match self {
            Self::Week => first.plus(6),
            Self::Month => first.month_end(),
        }
    }

    pub(crate) fn label(self, context: &ReportContext<'_>, first: Day) -> String {
        match self {
            Self::Week => first.week_label(context.time.week_start),
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
    pub(crate) fn spanned(self, context: &ReportContext<'_>, first: Day) -> bool {
        let spans = |(from, to): (Day, Day)| first >= from && self.end(first) <= to;
        context.coverage.is_some_and(spans)
    }

    /// Whether the files cover all its days: it is partial if not.
    pub(crate) fn covered(self, context: &ReportContext<'_>, first: Day) -> bool {
        self.spanned(context, first) && context.days().gap_days(first, self.end(first)) == 0
    }

    /// The last period that is over, whether or not days of it lack.
    pub(crate) fn last_spanned(self, context: &ReportContext<'_>) -> Option<Day> {
        let (_, to) = context.coverage?;
        let current = self.start(context, to);
        let first = if self.end(current) == to {
            current
        } else {
            self.back(current, 1)
        };
        Some(first).filter(|first| self.spanned(context, *first))
    }

    /// The last period that the files cover whole.
    pub(crate) fn last_complete(self, context: &ReportContext<'_>) -> Option<Day> {
        let mut first = self.last_spanned(context)?;
        while !self.covered(context, first) {
            first = Some(self.back(first, 1)).filter(|first| self.spanned(context, *first))?;
        }
        Some(first)
    }
}
