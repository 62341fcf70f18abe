//! When things happen: the calendar of one summer and the shop's rhythm over it.

use super::market::MARKETS;

/// Seconds since 2026-06-01T00:00:00Z, a Monday. Every moment of a sample lies between June and
/// September 2026.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment(pub(super) u32);

pub(super) const HOUR: u32 = 3600;
pub(super) const DAY: u32 = 24 * HOUR;
const MONTHS: [(u32, u32); 4] = [(6, 30), (7, 31), (8, 31), (9, 30)];

impl Moment {
    pub(super) const fn new(month: u32, day: u32, hour: u32, minute: u32) -> Self {
        let mut days = day - 1;
        let mut at = 0;
        while at < MONTHS.len() && MONTHS[at].0 < month {
            days += MONTHS[at].1;
            at += 1;
        }
        Self(days * DAY + hour * HOUR + minute * 60)
    }

    pub(super) const fn plus(self, seconds: u32) -> Self {
        Self(self.0 + seconds)
    }

    pub(super) fn second_of_day(self) -> u32 {
        self.0 % DAY
    }

    pub(super) fn month_and_day(self) -> (u32, u32) {
        let mut day = self.0 / DAY;
        for (month, length) in MONTHS {
            if day < length {
                return (month, day + 1);
            }
            day -= length;
        }
        (10, day + 1)
    }

    /// The day this moment falls on in a zone so many hours east of Greenwich, counted from Monday
    /// 2026-06-01.
    pub(super) fn local_day(self, offset_hours: i32) -> u32 {
        self.0.saturating_add_signed(offset_hours * 3600) / DAY
    }

    /// 23:59:59 of such a local day.
    pub(super) fn end_of_local_day(day: u32, offset_hours: i32) -> Self {
        Self(((day + 1) * DAY - 1).saturating_add_signed(-offset_hours * 3600))
    }
}

/// The first possible purchase. Not earlier, so that no order falls on Sunday 21 June anywhere in
/// the world's zones used here.
const START: Moment = Moment::new(6, 22, 7, 58);
/// The moment of the first download.
pub(super) const FIRST_SNAPSHOT: Moment = Moment::new(7, 27, 13, 58);
/// The moment of the later download.
pub(super) const LATER_SNAPSHOT: Moment = Moment::new(7, 30, 13, 58);

/// Hours, counted from `START`; both snapshots stand on such an hour exactly.
const FIRST_SLOTS: usize = ((FIRST_SNAPSHOT.0 - START.0) / HOUR) as usize;
const SLOTS: usize = ((LATER_SNAPSHOT.0 - START.0) / HOUR) as usize;

/// How busy a buyer's local hour is.
const CURVE: [u32; 24] = [
    26, 16, 10, 8, 8, 12, 22, 36, 50, 60, 66, 70, 74, 70, 66, 66, 70, 78, 90, 104, 112, 104, 78, 48,
];
/// Monday to Sunday.
const WEEKDAYS: [u32; 7] = [108, 102, 98, 96, 88, 94, 116];
/// A mild trend with one dip; the sixth entry is the week of both snapshots.
const WEEKS: [u32; 6] = [96, 103, 92, 108, 114, 116];
/// After the first snapshot a three-day sale runs: a quarter of the lines is new then, and the
/// later file stays as long as the first.
const SALE: u32 = 3;

/// The rhythm: order number and moment, each from the other.
#[derive(Debug)]
pub(super) struct Clock {
    /// `upto[slot]`: the weight of all hours before it.
    upto: Vec<u64>,
    /// `hours[utc hour][market]`: running sums of how busy each marketplace is then.
    hours: Vec<[u32; MARKETS.len()]>,
    /// Orders before the first snapshot.
    known: u64,
}

/// Parts of one unit of weight: fine enough to part seconds.
const PARTS: u64 = 1 << 20;

impl Clock {
    /// `known` is the number of orders from the start to the first snapshot, whatever the snapshot
    /// of the file is.
    pub(super) fn new(known: u64) -> Self {
        let hours: Vec<_> = (0..24).map(busy_markets).collect();
        let mut upto = Vec::with_capacity(SLOTS + 1);
        let mut sum = 0;
        upto.push(sum);
        for (slot, number) in (0..SLOTS).zip(0_u32..) {
            // The slot from 07:58 to 08:58 counts as eight o'clock; days turn where most buyers
            // live.
            let moment = START.plus(number * HOUR + 120);
            let day = moment.local_day(MARKETS[0].offset_hours);
            let busy = hours[(moment.second_of_day() / HOUR) as usize][MARKETS.len() - 1];
            let week = ((day - 21) / 7) as usize;
            let sale = if slot < FIRST_SLOTS { 1 } else { SALE };
            sum += u64::from(busy * sale) * u64::from(WEEKDAYS[(day % 7) as usize] * WEEKS[week])
                / 1000;
            upto.push(sum);
        }
        Self {
            upto,
            hours,
            known: known.max(1),
        }
    }

    /// Orders up to the later snapshot; at least one is new.
    pub(super) fn orders_at_later_snapshot(&self) -> u64 {
        let new = u128::from(self.known) * u128::from(self.upto[SLOTS] - self.first_weight())
            / u128::from(self.first_weight());
        self.known + u64::try_from(new).unwrap_or(u64::MAX / 2).max(1)
    }

    /// The seconds in which order `index` may be purchased: from the first to before the second.
    /// They are the same second only where orders outnumber seconds.
    pub(super) fn span(&self, index: u64) -> (Moment, Moment) {
        (self.boundary(index), self.boundary(index + 1))
    }

    /// The order whose span holds `moment`.
    pub(super) fn index_at(&self, moment: Moment) -> u64 {
        let seconds = moment.0.saturating_sub(START.0);
        let slot = ((seconds / HOUR) as usize).min(SLOTS - 1);
        let weight = self.upto[slot + 1] - self.upto[slot];
        let position = u128::from(self.upto[slot]) * u128::from(HOUR)
            + u128::from(weight) * u128::from(seconds % HOUR);
        let index = position * u128::from(self.known)
            / (u128::from(self.first_weight()) * u128::from(HOUR));
        u64::try_from(index).unwrap_or(u64::MAX)
    }

    /// Running sums over the marketplaces at this hour: who buys when.
    pub(super) fn busy_at(&self, moment: Moment) -> &[u32; MARKETS.len()] {
        &self.hours[(moment.second_of_day() / HOUR) as usize]
    }

    fn boundary(&self, index: u64) -> Moment {
        let position =
            u128::from(index) * u128::from(self.first_weight() * PARTS) / u128::from(self.known);
        let position = u64::try_from(position).unwrap_or(u64::MAX);
        let slot = self
            .upto
            .partition_point(|&before| before * PARTS <= position)
            - 1;
        if slot >= SLOTS {
            return LATER_SNAPSHOT;
        }
        let weight = (self.upto[slot + 1] - self.upto[slot]) * PARTS;
        let within = (position - self.upto[slot] * PARTS) * u64::from(HOUR) / weight;
        let seconds = slot as u64 * u64::from(HOUR) + within;
        START.plus(u32::try_from(seconds).unwrap_or(u32::MAX))
    }

    fn first_weight(&self) -> u64 {
        self.upto[FIRST_SLOTS]
    }
}

/// How busy each marketplace is at an hour of UTC, as running sums: every buyer follows the curve
/// of his own zone.
fn busy_markets(utc_hour: i32) -> [u32; MARKETS.len()] {
    let mut sums = [0; MARKETS.len()];
    let mut sum = 0;
    for (entry, market) in sums.iter_mut().zip(&MARKETS) {
        let hour = usize::try_from((utc_hour + market.offset_hours).rem_euclid(24)).unwrap_or(0);
        sum += market.share * CURVE[hour];
        *entry = sum;
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_orders_fill_the_span_up_to_the_first_snapshot() {
        for known in [1, 2, 170, 100_000] {
            let clock = Clock::new(known);
            assert_eq!(clock.span(0).0, START);
            assert_eq!(clock.span(known - 1).1, FIRST_SNAPSHOT);
            let last = clock.orders_at_later_snapshot() - 1;
            assert!(
                last >= known
                    && clock.span(last).0 >= FIRST_SNAPSHOT
                    && clock.span(last).1 <= LATER_SNAPSHOT
            );
        }
    }

    #[test]
    fn a_million_orders_never_share_a_second() {
        let clock = Clock::new(1_000_000);
        let shared = (0..clock.known)
            .filter(|&index| clock.span(index).0 >= clock.span(index).1)
            .count();
        assert_eq!(shared, 0);
    }

    #[test]
    fn index_at_finds_the_span_of_its_moment() {
        let clock = Clock::new(12_345);
        for hours in [1, 60, 500, 845] {
            let moment = START.plus(hours * HOUR + 77);
            let (from, to) = clock.span(clock.index_at(moment));
            assert!(from <= moment.plus(1) && moment <= to.plus(1));
        }
    }

    #[test]
    fn about_a_quarter_is_new_at_the_later_snapshot() {
        let new = Clock::new(1000).orders_at_later_snapshot() - 1000;
        assert!((230..300).contains(&new), "{new}");
    }

    #[test]
    fn days_and_promises_are_local() {
        let moment = Moment::new(7, 27, 13, 58);
        assert_eq!(moment.local_day(-7) % 7, 0);
        assert_eq!(
            Moment::end_of_local_day(moment.local_day(-7), -7),
            Moment::new(7, 28, 6, 59).plus(59)
        );
        assert_eq!(
            Moment::end_of_local_day(moment.local_day(9), 9),
            Moment::new(7, 27, 14, 59).plus(59)
        );
    }
}
