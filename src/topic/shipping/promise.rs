//! The promise of an open order: ship-by date, bucket, and the day on which Amazon would cancel it (docs/metrics.md, Late
//! shipments).

use chrono_tz::Tz;

use crate::field::moment::DAY_SECONDS;
use crate::field::{Day, Moment, zone};
use crate::topic::shipping::state::backlog::OpenLine;

/// How urgent an open order is, in working order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Bucket {
    Hold,
    PastCancelBy,
    Overdue8Plus,
    Overdue4To7,
    Overdue2To3,
    Overdue1,
    OverdueToday,
    DueToday,
    DueTomorrow,
    Later,
    NoPromise,
}

impl Bucket {
    pub(crate) const ALL: [Self; 11] = [
        Self::Hold,
        Self::PastCancelBy,
        Self::Overdue8Plus,
        Self::Overdue4To7,
        Self::Overdue2To3,
        Self::Overdue1,
        Self::OverdueToday,
        Self::DueToday,
        Self::DueTomorrow,
        Self::Later,
        Self::NoPromise,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Hold => "hold",
            Self::PastCancelBy => "past_cancel_by",
            Self::Overdue8Plus => "overdue_8_plus",
            Self::Overdue4To7 => "overdue_4_7",
            Self::Overdue2To3 => "overdue_2_3",
            Self::Overdue1 => "overdue_1",
            Self::OverdueToday => "overdue_today",
            Self::DueToday => "due_today",
            Self::DueTomorrow => "due_tomorrow",
            Self::Later => "later",
            Self::NoPromise => "no_promise",
        }
    }
}

/// The end of the local day by which to ship.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Promise {
    pub(crate) moment: Moment,
    /// The local day.
    pub(crate) day: Day,
    /// Seconds ahead of UTC.
    offset: i64,
    /// Whether it is 23:59:59 in the zone taken, as it ought to be.
    pub(crate) fits_zone: bool,
}

impl Promise {
    /// Read where the zone taken is that of the order; a promise knows better where that is wrong.
    pub(crate) fn read(moment: Moment, zone: Tz) -> Self {
        let (offset, fits_zone) = zone::of_promise(zone, moment);
        Self {
            moment,
            day: moment.day(offset),
            offset,
            fits_zone,
        }
    }

    /// The last moment that is in time: of a bare day, the end of it.
    pub(crate) fn end(&self) -> Moment {
        if self.moment.timed {
            return self.moment;
        }
        Moment::at(i64::from(self.day.0 + 1) * DAY_SECONDS - 1 - self.offset)
    }

    /// RFC 3339 with the local offset; a bare day as it is.
    pub(crate) fn local(&self) -> String {
        if !self.moment.timed {
            return self.day.to_string();
        }
        let local = Moment::at(self.moment.utc + self.offset).to_string();
        let (sign, minutes) = (
            if self.offset < 0 { '-' } else { '+' },
            self.offset.abs() / 60,
        );
        format!(
            "{}{sign}{:02}:{:02}",
            local.trim_end_matches('Z'),
            minutes / 60,
            minutes % 60
        )
    }
}

/// An open line with what its order as a whole is due for.
#[derive(Debug)]
pub(crate) struct Open<'c> {
    pub(crate) line: &'c OpenLine,
    /// Units still to ship, less those that a ship-confirmation file tells of.
    pub(crate) quantity: u32,
    pub(crate) order_id: String,
    pub(crate) bucket: Bucket,
    /// The order's: the least of its open lines.
    pub(crate) promise: Option<Promise>,
    pub(crate) days_overdue: Option<i32>,
    pub(crate) cancel_by: Option<Day>,
    /// It is the last business day before that, or later.
    pub(crate) verge: Option<bool>,
    /// The buyer asked to cancel a line of the order.
    pub(crate) hold: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn promise(text: &str, zone: Tz) -> Promise {
        Promise::read(Moment::read(text.as_bytes()).unwrap(), zone)
    }

    #[test]
    fn a_promise_is_the_end_of_a_local_day() {
        let due = promise("2025-05-16T06:59:59+00:00", Tz::America__Los_Angeles);
        assert_eq!(
            (due.day.to_string().as_str(), due.fits_zone),
            ("2025-05-15", true)
        );
        assert_eq!(due.local(), "2025-05-15T23:59:59-07:00");
        let due = promise("2022-04-22T14:59:59+00:00", Tz::Asia__Tokyo);
        assert_eq!(
            (due.day.to_string().as_str(), due.fits_zone),
            ("2022-04-22", true)
        );
        let due = promise("2025-08-21T18:29:59+00:00", Tz::Asia__Kolkata);
        assert_eq!(due.local(), "2025-08-21T23:59:59+05:30");
    }

    #[test]
    fn a_promise_of_another_zone_tells_its_own_day() {
        let due = promise("2025-07-10T22:59:59+00:00", Tz::Europe__Paris);
        assert_eq!(
            (due.local().as_str(), due.fits_zone),
            ("2025-07-10T23:59:59+01:00", false)
        );
        let due = promise("2025-05-16T06:59:59+00:00", Tz::UTC);
        assert_eq!(
            (due.local().as_str(), due.fits_zone),
            ("2025-05-15T23:59:59-07:00", false)
        );
        let odd = promise("2025-05-16T06:30:00+00:00", Tz::UTC);
        assert_eq!(
            (odd.day.to_string().as_str(), odd.fits_zone),
            ("2025-05-16", false)
        );
    }
}
