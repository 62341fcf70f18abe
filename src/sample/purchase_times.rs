//! The times of purchase: from order number to moment and back, busy and quiet hours as in a shop.

use super::market::Market;

/// Seconds since 2024-01-01T00:00:00Z, a Monday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment(pub(super) u32);

pub(super) const HOUR: u32 = 3600;
pub(super) const DAY: u32 = 24 * HOUR;
/// The first year and the days of each year from then on.
const FIRST_YEAR: u32 = 2024;
const YEARS: [u32; 3] = [366, 365, 365];
const MONTHS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

impl Moment {
    /// A moment of 2026.
    pub(super) const fn new(month: usize, day: u32, hour: u32, minute: u32) -> Self {
        let mut days = YEARS[0] + YEARS[1] + day - 1;
        let mut before = 1;
        while before < month {
            days += MONTHS[before - 1];
            before += 1;
        }
        Self(days * DAY + hour * HOUR + minute * 60)
    }

    pub(super) const fn plus(self, seconds: u32) -> Self {
        Self(self.0 + seconds)
    }

    pub(super) fn second_of_day(self) -> u32 {
        self.0 % DAY
    }

    /// Year, month and day in UTC.
    pub(super) fn date(self) -> (u32, u32, u32) {
        let mut day = self.0 / DAY;
        let mut year = FIRST_YEAR;
        for length in YEARS {
            if day < length {
                break;
            }
            day -= length;
            year += 1;
        }
        for (number, length) in (1..).zip(MONTHS) {
            let length = length + u32::from(number == 2 && year.is_multiple_of(4));
            if day < length {
                return (year, number, day + 1);
            }
            day -= length;
        }
        (year, 12, 31)
    }

    /// The day this moment falls on in a zone so many hours east of Greenwich, counted from the first.
    pub(super) fn local_day(self, offset_hours: i32) -> u32 {
        self.0.saturating_add_signed(offset_hours * 3600) / DAY
    }

    /// 23:59:59 of such a local day.
    pub(super) fn end_of_local_day(day: u32, offset_hours: i32) -> Self {
        Self(((day + 1) * DAY - 1).saturating_add_signed(-offset_hours * 3600))
    }
}

/// The first possible purchase of a single report. Not earlier, so that no order falls on Sunday 21 June in any zone used
/// here.
const START: Moment = Moment::new(6, 22, 7, 58);
/// The moment of the first download, and of the newest of several.
pub(super) const FIRST_SNAPSHOT: Moment = Moment::new(7, 27, 13, 58);
/// The moment of the later download.
pub(super) const LATER_SNAPSHOT: Moment = Moment::new(7, 30, 13, 58);

/// How busy a buyer's local hour is.
const CURVE: [u32; 24] = [
    26, 16, 10, 8, 8, 12, 22, 36, 50, 60, 66, 70, 74, 70, 66, 66, 70, 78, 90, 104, 112, 104, 78, 48,
];
/// Monday to Sunday.
const WEEKDAYS: [u32; 7] = [108, 102, 98, 96, 88, 94, 116];
/// A mild trend with one dip, again and again; the sixth entry is the week of both snapshots.
const WEEKS: [u32; 6] = [96, 103, 92, 108, 114, 116];
/// After the first snapshot a three-day sale runs: a quarter of the lines is new then, and the
/// later file stays as long as the first.
const SALE: u32 = 3;
const TREND_START: u32 = Moment::new(6, 22, 0, 0).0 / DAY;

/// Order number and moment of purchase, each from the other.
#[derive(Debug)]
pub(super) struct PurchaseTimes {
    start: Moment,
    end: Moment,
    /// `sums[hour]`: the weight of all hours before it, counted from `start`.
    sums: Vec<u64>,
    /// `markets[utc hour][market]`: running sums of how busy each marketplace is then.
    markets: Vec<Vec<u32>>,
    /// Orders before the first snapshot, and their weight.
    known: u64,
    known_weight: u64,
}

/// Parts of one unit of weight, fine enough to part seconds.
const PARTS: u64 = 1 << 20;

impl PurchaseTimes {
    /// Of a single report: `known` is the number of orders from the start to the first snapshot, whatever the snapshot of the
    /// file is.
    pub(super) fn new(known: u64, markets: &[Market]) -> Self {
        Self::between(START, LATER_SNAPSHOT, known, markets)
    }

    /// Of several downloads, `days` before the newest.
    pub(super) fn of_days(days: u32, known: u64, markets: &[Market]) -> Self {
        let start = Moment(FIRST_SNAPSHOT.0 - days * DAY);
        Self::between(start, FIRST_SNAPSHOT, known, markets)
    }

    fn between(start: Moment, end: Moment, known: u64, markets: &[Market]) -> Self {
        let hours: Vec<_> = (0..24).map(|hour| busy_markets(hour, markets)).collect();
        let mut sums = vec![0];
        let (mut sum, mut known_weight) = (0, 0);
        for number in 0..(end.0 - start.0) / HOUR {
            // The hour from 07:58 to 08:58 counts as eight o'clock; days turn where most buyers live.
            let hour = start.plus(number * HOUR);
            let moment = hour.plus(120);
            let day = moment.local_day(markets[0].offset_hours);
            let busy = hours[(moment.second_of_day() / HOUR) as usize].last();
            // A hundred and fifty weeks before is before all moments.
            let week = (day + 150 * 7 - TREND_START) / 7;
            let sale = if hour < FIRST_SNAPSHOT { 1 } else { SALE };
            sum += u64::from(busy.unwrap_or(&1) * sale)
                * u64::from(WEEKDAYS[(day % 7) as usize] * WEEKS[week as usize % WEEKS.len()])
                / 1000;
            sums.push(sum);
            if hour < FIRST_SNAPSHOT {
                known_weight = sum;
            }
        }
        Self {
            start,
            end,
            sums,
            markets: hours,
            known: known.max(1),
            known_weight,
        }
    }

    /// Orders up to the later snapshot; at least one is new.
    pub(super) fn orders_at_later_snapshot(&self) -> u64 {
        let all = self.sums.last().copied().unwrap_or(0);
        let new = u128::from(self.known) * u128::from(all - self.known_weight)
            / u128::from(self.known_weight);
        self.known + u64::try_from(new).unwrap_or(u64::MAX / 2).max(1)
    }

    /// The seconds in which order `index` may be purchased: from the first to before the second.
    /// They are the same second only where orders outnumber seconds.
    pub(super) fn span(&self, index: u64) -> (Moment, Moment) {
        (self.boundary(index), self.boundary(index + 1))
    }

    /// The order whose span holds `moment`.
    pub(super) fn index_at(&self, moment: Moment) -> u64 {
        let seconds = moment.0.saturating_sub(self.start.0);
        let hour = ((seconds / HOUR) as usize).min(self.sums.len() - 2);
        let weight = self.sums[hour + 1] - self.sums[hour];
        let position = u128::from(self.sums[hour]) * u128::from(HOUR)
            + u128::from(weight) * u128::from(seconds % HOUR);
        let index =
            position * u128::from(self.known) / (u128::from(self.known_weight) * u128::from(HOUR));
        u64::try_from(index).unwrap_or(u64::MAX)
    }

    /// Running sums over the marketplaces at this hour: who buys when.
    pub(super) fn busy_at(&self, moment: Moment) -> &[u32] {
        &self.markets[(moment.second_of_day() / HOUR) as usize]
    }

    fn boundary(&self, index: u64) -> Moment {
        let position =
            u128::from(index) * u128::from(self.known_weight * PARTS) / u128::from(self.known);
        let position = u64::try_from(position).unwrap_or(u64::MAX);
        let hour = self
            .sums
            .partition_point(|&before| before * PARTS <= position)
            - 1;
        let Some(next) = self.sums.get(hour + 1) else {
            return self.end;
        };
        let weight = (next - self.sums[hour]) * PARTS;
        let within = (position - self.sums[hour] * PARTS) * u64::from(HOUR) / weight;
        let seconds = hour as u64 * u64::from(HOUR) + within;
        self.start.plus(u32::try_from(seconds).unwrap_or(u32::MAX))
    }
}

/// How busy each marketplace is at an hour of UTC, as running sums: every buyer follows the curve of his own zone.
fn busy_markets(utc_hour: i32, markets: &[Market]) -> Vec<u32> {
    let sums = markets.iter().scan(0, |sum, market| {
        let hour = (utc_hour + market.offset_hours).rem_euclid(24);
        *sum += market.share * CURVE[usize::try_from(hour).unwrap_or(0)];
        Some(*sum)
    });
    sums.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::SampleMarket;
    use crate::sample::market::markets;

    fn times(known: u64) -> PurchaseTimes {
        PurchaseTimes::new(known, &markets(SampleMarket::Mixed))
    }

    #[test]
    fn known_orders_fill_the_span_up_to_the_first_snapshot() {
        for known in [1, 2, 170, 100_000] {
            let times = times(known);
            assert_eq!(times.span(0).0, START);
            assert_eq!(times.span(known - 1).1, FIRST_SNAPSHOT);
            let last = times.orders_at_later_snapshot() - 1;
            assert!(
                last >= known
                    && times.span(last).0 >= FIRST_SNAPSHOT
                    && times.span(last).1 <= LATER_SNAPSHOT
            );
        }
    }

    #[test]
    fn a_million_orders_never_share_a_second() {
        let times = times(1_000_000);
        let shared = (0..times.known)
            .filter(|&index| times.span(index).0 >= times.span(index).1)
            .count();
        assert_eq!(shared, 0);
    }

    #[test]
    fn index_at_finds_the_span_of_its_moment() {
        let times = times(12_345);
        for hours in [1, 60, 500, 845] {
            let moment = START.plus(hours * HOUR + 77);
            let (from, to) = times.span(times.index_at(moment));
            assert!(from <= moment.plus(1) && moment <= to.plus(1));
        }
    }

    #[test]
    fn about_a_quarter_is_new_at_the_later_snapshot() {
        let new = times(1000).orders_at_later_snapshot() - 1000;
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
