//! An invented history of some weeks: weekly all-orders files of four marketplaces, forty SKUs and a pattern of weekdays, the
//! same for the same seed, with whatever is planted in it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;

use super::run::Files;

/// What is invented. Weeks are counted from the first, 0.
#[derive(Debug, Clone, Default)]
pub struct History {
    pub seed: u64,
    pub weeks: u32,
    /// Orders on an average day.
    pub orders: u64,
    /// Sales go up and down by much more than chance, each channel for itself.
    pub restless: bool,
    /// Days after the last week, of which the last is cut off in its morning.
    pub tail: u32,
    /// A SKU that is never sold again from a week on.
    pub dead: Option<(usize, u32)>,
    /// A channel that sells twice as much from a week on.
    pub doubled: Option<(usize, u32)>,
    /// A week of discounts that sells half as much again.
    pub promotion: Option<u32>,
    /// A day, counted from the first, on which so many orders came.
    pub outage: Option<(u32, u64)>,
    /// A week whose file is not there.
    pub lost: Option<u32>,
}

/// A line of an order, as it was sold.
#[derive(Debug, Clone)]
pub struct Sold {
    pub order: String,
    pub bought: DateTime<Utc>,
    /// Where the marketplace is.
    pub day: NaiveDate,
    pub channel: usize,
    pub sku: usize,
    pub quantity: u64,
    pub discounted: bool,
    pub cancelled: bool,
}

/// Channels: name, zone, currency, parts of a hundred.
pub const CHANNELS: [(&str, Tz, &str, u64); 4] = [
    ("Amazon.com", Tz::America__Los_Angeles, "USD", 50),
    ("Amazon.de", Tz::Europe__Paris, "EUR", 24),
    ("Amazon.co.uk", Tz::Europe__London, "GBP", 16),
    ("Amazon.ca", Tz::America__Los_Angeles, "CAD", 10),
];
pub const SKUS: usize = 40;
const WEEKDAYS: [u64; 7] = [100, 104, 97, 94, 90, 112, 124];
const HEADER: &str = "amazon-order-id\tmerchant-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\t\
    sales-channel\torder-channel\tship-service-level\tproduct-name\tsku\tasin\titem-status\tquantity\tcurrency\titem-price\t\
    item-tax\tshipping-price\tshipping-tax\tgift-wrap-price\tgift-wrap-tax\titem-promotion-discount\tship-promotion-discount\t\
    ship-city\tship-state\tship-postal-code\tship-country\tpromotion-ids\n";

/// A Monday.
pub fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 4, 6).unwrap()
}

pub fn sku(number: usize) -> String {
    format!("hs-{:03}", 100 + number)
}

/// A generator of Steele, Lea and Flood: small, and the same everywhere.
pub struct Dice(pub u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        u64::try_from((u128::from(self.next()) * u128::from(end)) >> 64).unwrap()
    }

    /// How many of many come, if `thousandths` are expected: nearly as Poisson has it.
    fn count(&mut self, thousandths: u64) -> u64 {
        let tries = thousandths / 50;
        (0..tries).filter(|_| self.below(20) == 0).count() as u64
    }

    fn weighted(&mut self, weights: impl Iterator<Item = u64> + Clone) -> usize {
        let mut left = self.below(weights.clone().sum());
        let mut weights = weights.enumerate();
        loop {
            let (at, weight) = weights.next().unwrap();
            if left < weight {
                return at;
            }
            left -= weight;
        }
    }
}

impl History {
    /// Sixteen weeks of some hundred and sixty orders a day.
    pub fn of(seed: u64) -> Self {
        Self {
            seed,
            weeks: 16,
            orders: 160,
            ..Self::default()
        }
    }

    /// What was sold, before any file is lost.
    pub fn sold(&self) -> Vec<Sold> {
        let mut dice = Dice(self.seed);
        let mut sold = Vec::new();
        let mut moods = CHANNELS.map(|_| 100);
        for at in 0..7 * self.weeks + self.tail {
            let (day, week) = (first_day() + Days::new(at.into()), at / 7);
            // Every day is better or worse than it should be, for everyone.
            let mood = if self.restless {
                75 + dice.below(51)
            } else {
                90 + dice.below(21)
            };
            if at % 7 == 0 {
                moods = CHANNELS.map(|_| {
                    if self.restless {
                        70 + dice.below(61)
                    } else {
                        100
                    }
                });
            }
            let mean = self.orders * 10 * WEEKDAYS[day.weekday().num_days_from_monday() as usize];
            let lift = if self.promotion == Some(week) { 15 } else { 10 };
            for (channel, (_, zone, _, part)) in CHANNELS.into_iter().enumerate() {
                let times = match self.doubled {
                    Some((doubled, from)) if doubled == channel && week >= from => 2,
                    _ => 1,
                };
                let expected = mean * part * mood * moods[channel] * lift * times / 10_000_000;
                let mut orders = dice.count(expected);
                if let Some((out, most)) = self.outage.filter(|(out, _)| *out == at) {
                    debug_assert_eq!(out, at);
                    orders = most * u64::from(channel == 0);
                }
                for _ in 0..orders {
                    self.order(&mut dice, (channel, zone, day, week), &mut sold);
                }
            }
        }
        sold
    }

    fn order(
        &self,
        dice: &mut Dice,
        (channel, zone, day, week): (usize, Tz, NaiveDate, u32),
        sold: &mut Vec<Sold>,
    ) {
        // People buy less at night.
        let hour = dice.weighted((0..24).map(|hour| if hour < 7 { 1 } else { 4 }));
        let second = i64::try_from(hour).unwrap() * 3600 + i64::try_from(dice.below(3600)).unwrap();
        let midnight = day.and_hms_opt(0, 0, 0).unwrap();
        let local = zone.from_local_datetime(&(midnight + Duration::seconds(second)));
        let bought = local.earliest().unwrap().with_timezone(&Utc);
        let number = sold.len() + 1;
        let order = format!(
            "{:03}-{:07}-{:07}",
            100 + channel,
            self.seed % 9_999_999,
            number
        );
        let cancelled = dice.below(100) < 3;
        let usual = if self.promotion == Some(week) { 46 } else { 12 };
        for _ in 0..=u64::from(dice.below(10) == 0) {
            let dead = |sku: usize| {
                self.dead
                    .is_some_and(|(dead, from)| sku == dead && week >= from)
            };
            let sku = loop {
                let sku = dice.weighted((0..SKUS as u64).map(|place| 10_000 / (place + 3)));
                if !dead(sku) {
                    break sku;
                }
            };
            let quantity = [1, 1, 1, 1, 1, 1, 1, 2, 2, 5][usize::try_from(dice.below(10)).unwrap()];
            sold.push(Sold {
                order: order.clone(),
                bought,
                day,
                channel,
                sku,
                quantity,
                discounted: dice.below(100) < usual,
                cancelled,
            });
        }
    }

    /// When the last file was downloaded: on a Monday morning, or in the morning of the last day.
    fn end(&self) -> DateTime<Utc> {
        let days = 7 * self.weeks + self.tail.saturating_sub(1);
        let morning = (first_day() + Days::new(days.into()))
            .and_hms_opt(9, 12, 0)
            .unwrap();
        let zone = Tz::America__Los_Angeles;
        let end = zone.from_local_datetime(&morning).unwrap();
        end.with_timezone(&Utc)
    }

    /// The week of the file that a line is in, and when that was downloaded; `None` if no file has it.
    fn file_of(&self, line: &Sold) -> Option<(i64, DateTime<Utc>)> {
        let zone = Tz::America__Los_Angeles;
        let here = line.bought.with_timezone(&zone).date_naive();
        let week = (here - first_day()).num_days().div_euclid(7);
        let monday = first_day() + Duration::days(7 * week + 7);
        let morning = zone.from_local_datetime(&monday.and_hms_opt(8, 0, 0).unwrap());
        let downloaded = morning.unwrap().with_timezone(&Utc).min(self.end());
        let held = week >= 0 && line.bought < downloaded && self.lost.map(i64::from) != Some(week);
        held.then_some((week, downloaded))
    }

    /// Whether a line is in a file.
    pub fn holds(&self, line: &Sold) -> bool {
        self.file_of(line).is_some()
    }

    /// The files: a week each as the clocks of Los Angeles have it, downloaded on the Monday after.
    pub fn files(&self, sold: &[Sold]) -> Files {
        let mut files: BTreeMap<i64, String> = BTreeMap::new();
        let mut dice = Dice(!self.seed);
        // An order moves as a whole.
        let mut moved = (String::new(), Duration::zero());
        for line in sold {
            let Some((week, downloaded)) = self.file_of(line) else {
                continue;
            };
            let (channel, _, currency, _) = CHANNELS[line.channel];
            if moved.0 != line.order {
                let minutes = i64::try_from(60 + dice.below(2400)).unwrap();
                moved = (line.order.clone(), Duration::minutes(minutes));
            }
            let moved = moved.1;
            let updated = (line.bought + moved).min(downloaded);
            let status = match line.cancelled {
                true => "Cancelled",
                false if updated < line.bought + moved => "Unshipped",
                false => "Shipped",
            };
            let sku = sku(line.sku);
            let price = (5 + line.sku as u64) * line.quantity;
            let discount = if line.discounted {
                format!("-{}.50", price / 10)
            } else {
                String::new()
            };
            let file = files.entry(week).or_insert_with(|| HEADER.to_owned());
            writeln!(
                file,
                "{0}\t{0}\t{1}\t{2}\t{status}\tAmazon\t{channel}\t\tStandard\tThing {sku}\t{sku}\tB0{sku}\t{status}\t{3}\t\
                 {currency}\t{price}.00\t0.00\t\t\t\t\t{discount}\t\tSomewhere\t\t00000\tUS\t",
                line.order,
                line.bought.format("%Y-%m-%dT%H:%M:%S+00:00"),
                updated.format("%Y-%m-%dT%H:%M:%S+00:00"),
                line.quantity,
            )
            .unwrap();
        }
        let named = files.into_iter();
        named
            .map(|(week, text)| (format!("orders-{week:02}.txt"), text.into_bytes()))
            .collect()
    }
}
