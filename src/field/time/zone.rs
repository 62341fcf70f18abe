//! The local day of a moment where the marketplace is (docs/metrics.md, Moments and days).
//!
//! The table is `zones.tsv`: marketplace, country, IANA zone. Public sources cover the
//! US, the UK and the EU (docs/metrics.md, Moments and days). The other zones are our choice.

use std::ops::Range;

use chrono::{NaiveDateTime, Offset, TimeZone};
use chrono_tz::Tz;

use super::day::Day;
use super::moment::{DAY_SECONDS, Moment};

const TABLE: &str = include_str!("zones.tsv");

/// How a run picks its zones: by marketplace, or one for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Zones {
    /// One zone for every line (`--time-zone`), or `None` to take each marketplace's own.
    pub forced: Option<Tz>,
}

impl Zones {
    /// The zone of a sales channel: its marketplace's; of `Non-Amazon XX` the country's; else UTC.
    ///
    /// ```
    /// use ordersift::field::Zones;
    /// let zones = Zones::default();
    /// assert_eq!(zones.of_channel(b"Amazon.co.jp").name(), "Asia/Tokyo");
    /// assert_eq!(zones.of_channel(b"Non-Amazon US").name(), "America/Los_Angeles");
    /// assert_eq!(zones.of_channel(b"Non-Amazon").name(), "UTC");
    /// ```
    pub fn of_channel(self, channel: &[u8]) -> Tz {
        if let Some(zone) = self.forced {
            return zone;
        }
        let country = channel
            .get(..11)
            .filter(|head| head.eq_ignore_ascii_case(b"non-amazon "))
            .map(|_| channel[11..].trim_ascii());
        match country {
            Some(country) => self.of_country(country),
            None => find(|marketplace, _| marketplace.as_bytes().eq_ignore_ascii_case(channel)),
        }
    }

    /// The zone of a country's marketplace by its two letters; UTC if it has none.
    pub fn of_country(self, country: &[u8]) -> Tz {
        self.forced
            .unwrap_or_else(|| find(|_, code| code.as_bytes().eq_ignore_ascii_case(country)))
    }
}

/// Whether a sales channel starts with `Non-Amazon`, in any case: multi-channel orders, which Amazon ships and did not sell
/// (docs/metrics.md, Words). The one place where this is asked.
///
/// ```
/// use ordersift::field::zone::is_multi_channel;
/// assert!(is_multi_channel(b"Non-Amazon US") && is_multi_channel(b"non-amazon"));
/// assert!(!is_multi_channel(b"Amazon.com"));
/// ```
pub fn is_multi_channel(channel: &[u8]) -> bool {
    let head = channel.get(..10);
    head.is_some_and(|head| head.eq_ignore_ascii_case(b"non-amazon"))
}

/// The marketplace of a country by its two letters, as `Amazon.de`; `None` if it has none.
pub fn marketplace(country: &[u8]) -> Option<&'static str> {
    TABLE.lines().find_map(|line| {
        let mut cells = line.split('\t');
        let (marketplace, code) = (cells.next()?, cells.next()?);
        code.as_bytes()
            .eq_ignore_ascii_case(country)
            .then_some(marketplace)
    })
}

/// All marketplaces, as `amazon.de`; one may come several times.
pub fn marketplaces() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter_map(|line| line.split('\t').next())
}

/// The IANA names of the zones of all marketplaces; one may come several times.
pub fn names() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter_map(|line| line.split('\t').nth(2))
}

fn find(is: impl Fn(&str, &str) -> bool) -> Tz {
    let zone = TABLE.lines().find_map(|line| {
        let mut cells = line.split('\t');
        let (marketplace, country, zone) = (cells.next()?, cells.next()?, cells.next()?);
        is(marketplace, country).then_some(zone)
    });
    zone.map_or(Tz::UTC, |name| {
        name.parse()
            .expect("zones.tsv names IANA zones: a test reads them all")
    })
}

/// Seconds a zone is ahead of UTC at a moment.
pub fn offset(zone: Tz, moment: Moment) -> i64 {
    let naive = chrono::DateTime::from_timestamp(moment.utc, 0)
        .map_or(NaiveDateTime::MIN, |utc| utc.naive_utc());
    i64::from(
        zone.offset_from_utc_datetime(&naive)
            .fix()
            .local_minus_utc(),
    )
}

/// How far ahead of UTC, in seconds, a promise was made, and whether that is as far as the zone taken is.
///
/// A promise proves its own offset, since it is 23:59:59 somewhere: where that is not the zone taken, its day is read from the
/// promise itself.
pub fn of_promise(zone: Tz, promise: Moment) -> (i64, bool) {
    let offset = offset(zone, promise);
    let end_of_day = DAY_SECONDS - 1;
    if !promise.timed || (promise.utc + offset).rem_euclid(DAY_SECONDS) == end_of_day {
        return (offset, true);
    }
    let proven = (end_of_day - promise.utc).rem_euclid(DAY_SECONDS);
    let proven = if proven > DAY_SECONDS / 2 {
        proven - DAY_SECONDS
    } else {
        proven
    };
    (if proven % 900 == 0 { proven } else { offset }, false)
}

/// The local day of many moments in one zone: the zone's rules are asked once for all moments of a day, not once a line.
#[derive(Debug, Clone)]
pub struct LocalDays {
    zone: Tz,
    /// The day asked for last, and the seconds since 1970 at which it begins and ends in the zone. None, if the zone changes
    /// its clocks about then.
    day: Day,
    seconds: Range<i64>,
}

impl LocalDays {
    /// The local days of a zone.
    pub fn new(zone: Tz) -> Self {
        Self {
            zone,
            day: Day::default(),
            seconds: 0..0,
        }
    }

    /// The zone.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// The local day of a moment. A bare day is its own.
    #[inline]
    pub fn of(&mut self, moment: Moment) -> Day {
        if moment.timed && self.seconds.contains(&moment.utc) {
            return self.day;
        }
        self.ask(moment)
    }

    /// The hour that a clock shows there, `None` for a bare day. Ask for its day first.
    #[inline]
    pub fn hour(&self, moment: Moment) -> Option<u8> {
        if !moment.timed {
            return None;
        }
        let seconds = if self.seconds.contains(&moment.utc) {
            moment.utc - self.seconds.start
        } else {
            (moment.utc + offset(self.zone, moment)).rem_euclid(DAY_SECONDS)
        };
        u8::try_from(seconds / 3600).ok()
    }

    #[cold]
    fn ask(&mut self, moment: Moment) -> Day {
        if !moment.timed {
            return moment.day(0);
        }
        let offset_here = offset(self.zone, moment);
        let day = moment.day(offset_here);
        let midnight = i64::from(day.0) * DAY_SECONDS - offset_here;
        let seconds = midnight..midnight + DAY_SECONDS;
        let same = |utc: i64| offset(self.zone, Moment::at(utc)) == offset_here;
        if same(seconds.start) && same(seconds.end - 1) {
            self.day = day;
            self.seconds = seconds;
        }
        day
    }
}

#[cfg(test)]
mod tests {
    use chrono::Timelike as _;

    use super::*;

    #[test]
    fn every_zone_of_the_table_exists() {
        for line in TABLE.lines() {
            let zone = line.rsplit('\t').next().unwrap();
            assert!(zone.parse::<Tz>().is_ok(), "{zone}");
            assert_eq!(line.split('\t').count(), 3);
        }
    }

    #[test]
    fn local_days_agree_with_the_zone_rules_at_every_hour_of_a_year_with_both_changes() {
        for zone in [
            Tz::America__Los_Angeles,
            Tz::Europe__London,
            Tz::Asia__Kolkata,
            Tz::Australia__Sydney,
            Tz::Africa__Cairo,
        ] {
            let mut days = LocalDays::new(zone);
            for half_hour in 0..365 * 48 {
                let moment = Moment::at(1_767_225_600 + half_hour * 1800 + 1799);
                let expected = zone.timestamp_opt(moment.utc, 0).unwrap().date_naive();
                assert_eq!(days.of(moment), Day::from(expected), "{zone} {moment}");
                let hour = zone.timestamp_opt(moment.utc, 0).unwrap().hour();
                assert_eq!(
                    days.hour(moment).map(u32::from),
                    Some(hour),
                    "{zone} {moment}"
                );
            }
        }
    }

    #[test]
    fn an_evening_in_los_angeles_is_not_the_day_after() {
        let evening = Moment::read(b"2026-07-27T06:59:59+00:00").unwrap();
        let mut days = LocalDays::new(Zones::default().of_channel(b"amazon.com"));
        assert_eq!(days.of(evening).to_string(), "2026-07-26");
        let mut forced = LocalDays::new(
            Zones {
                forced: Some(Tz::UTC),
            }
            .of_channel(b"amazon.com"),
        );
        assert_eq!(forced.of(evening).to_string(), "2026-07-27");
    }
}
