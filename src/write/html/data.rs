//! The sales that the page's script adds up: the table `daily` by channel, fulfillment and currency, as JSON.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, NaiveDate};
use maud::{Markup, PreEscaped, html};
use serde::{Serialize, Serializer};

use crate::overview::{Overview, Period, usual_currencies};
use crate::table::{CONVERTED, Cell, DayState, Document, Table, decimals, is_multi_channel};
use crate::write::sanitize::safe;

/// Channels that are told apart at most; the smaller ones become one.
const CHANNELS: usize = 40;
/// Rows at most: of more, more channels become one, and then the oldest days go.
const ROWS: usize = 15_000;

/// The data of the page.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PageData<'d> {
    /// The first day, as days since 1970-01-01.
    first: i64,
    /// What the files hold of each day: `c` all, `p` a part, `m` nothing.
    states: String,
    /// The first day of a week: 0 for Monday, 6 for Sunday.
    week_start: u8,
    /// The days that the page begins with.
    shown: Days,
    /// Decimals by currency.
    decimals: BTreeMap<Cow<'d, str>, usize>,
    /// The currency of `--fx`.
    converted: Option<Cow<'d, str>>,
    /// Sales by channel, fulfillment and currency.
    pub(super) groups: Vec<DataGroup<'d>>,
    /// The days before these are left out, because they are too many.
    #[serde(skip)]
    pub(super) cut_before: Option<NaiveDate>,
}

/// A first and a last day, as days since 1970-01-01.
#[derive(Debug, Serialize)]
struct Days {
    first: i64,
    last: i64,
}

/// The sales of a channel with one fulfillment in one currency.
#[derive(Debug, Serialize)]
pub(super) struct DataGroup<'d> {
    pub(super) channel: Cow<'d, str>,
    pub(super) fulfillment: Cow<'d, str>,
    /// `None` where no price is stated.
    currency: Option<Cow<'d, str>>,
    /// The currency that its orders are counted with: orders without a price are orders of the channel's currency.
    counted: Option<Cow<'d, str>>,
    /// Whether Amazon only ships these orders.
    outside: bool,
    /// By day, the oldest first.
    rows: Vec<DaySales>,
}

/// The sales of a day: days since the first one, orders placed, orders, units, sales, converted sales.
#[derive(Debug, Clone, Copy)]
struct DaySales {
    day: i64,
    orders_placed: i64,
    orders: i64,
    units: i64,
    sales: Option<Amount>,
    converted: DataConversion,
}

/// Ten-thousandths of a currency, and its decimals.
type Amount = (i128, usize);

/// Sales in the currency of `--fx`.
#[derive(Debug, Clone, Copy, Default)]
enum DataConversion {
    /// The run has no rates.
    #[default]
    NotAsked,
    /// Nothing was sold, or the day has no rate.
    Unknown,
    /// What was sold.
    Known(Amount),
}

impl Serialize for DaySales {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = |money: Option<Amount>| {
            let (value, decimals) = money?;
            let cell = Cell::Money(value, decimals);
            cell.text().map(Cow::into_owned)
        };
        let counts = (self.day, self.orders_placed, self.orders, self.units);
        let (day, placed, orders, units) = counts;
        let sales = text(self.sales);
        let converted = match self.converted {
            DataConversion::NotAsked if sales.is_none() => return counts.serialize(serializer),
            DataConversion::NotAsked => {
                return (day, placed, orders, units, sales).serialize(serializer);
            }
            DataConversion::Unknown => None,
            DataConversion::Known(amount) => text(Some(amount)),
        };
        (day, placed, orders, units, sales, converted).serialize(serializer)
    }
}

impl DaySales {
    fn add(&mut self, other: Self) {
        let sum = |own: Amount, more: Amount| (own.0 + more.0, own.1.max(more.1));
        self.orders_placed += other.orders_placed;
        self.orders += other.orders;
        self.units += other.units;
        self.converted = match (self.converted, other.converted) {
            (DataConversion::Known(own), DataConversion::Known(more)) => {
                DataConversion::Known(sum(own, more))
            }
            // Nothing sold adds nothing; what lacks its rate lacks it in the sum.
            (DataConversion::Known(known), _) if other.sales.is_none() => {
                DataConversion::Known(known)
            }
            (_, DataConversion::Known(known)) if self.sales.is_none() => {
                DataConversion::Known(known)
            }
            (DataConversion::NotAsked, DataConversion::NotAsked) => DataConversion::NotAsked,
            _ => DataConversion::Unknown,
        };
        self.sales = match (self.sales, other.sales) {
            (Some(own), Some(more)) => Some(sum(own, more)),
            (own, more) => own.or(more),
        };
    }
}

/// A row of the table as it is read.
struct DataRow<'d> {
    channel: &'d str,
    fulfillment: &'d str,
    currency: &'d str,
    counted: &'d str,
    sales: DaySales,
}

impl<'d> PageData<'d> {
    /// The data of a document; `None` where no table `daily` has a row, or two runs are compared.
    pub(super) fn of(document: &'d Document, overview: &Overview) -> Option<Self> {
        let shown = overview
            .demand
            .sales
            .as_ref()
            .filter(|_| document.compared.is_none())?;
        let table = document.table("daily").filter(|table| table.height() > 0)?;
        let (first, states) = document.day_states()?;
        let rows = rows(document, table, first);
        let mut names: HashMap<&str, i64> = HashMap::new();
        for row in &rows {
            *names.entry(row.channel).or_default() += row.sales.orders_placed;
        }
        let mut names: Vec<(&str, i64)> = names.into_iter().collect();
        names.sort_by_key(|(name, orders)| (Reverse(*orders), *name));
        let mut alone = names.len().min(CHANNELS);
        let mut groups = group(&rows, &names, alone);
        while alone > 1 && size(&groups) > ROWS {
            alone /= 2;
            groups = group(&rows, &names, alone);
        }
        let from = cut(&mut groups);
        let first_day = i64::from(first.num_days_from_ce()) - EPOCH + from;
        let cut = usize::try_from(from).unwrap_or(0).min(states.len());
        let states = letters(&states[cut..]);
        let sunday = document
            .options
            .iter()
            .any(|(name, value)| *name == "week_start" && value == "sunday");
        let days = |day: NaiveDate| i64::from(day.num_days_from_ce()) - EPOCH;
        let currencies = groups.iter().filter_map(|group| group.counted.clone());
        let converted = table
            .index(CONVERTED[1].name)
            .and_then(|column| (0..table.height()).find_map(|row| text(table, row, column)));
        let all = currencies.chain(converted.map(Cow::Borrowed));
        Some(Self {
            first: first_day,
            states,
            week_start: if sunday { 6 } else { 0 },
            shown: Days {
                first: days(shown.span.first).max(first_day),
                last: days(shown.span.last),
            },
            decimals: all.map(|name| (name.clone(), decimals(&name))).collect(),
            converted: converted.map(Cow::Borrowed),
            groups,
            cut_before: (from > 0).then(|| first + chrono::Days::new(from.unsigned_abs())),
        })
    }

    /// Whether sales are converted into one currency.
    pub(super) fn converts_to(&self) -> Option<&str> {
        self.converted.as_deref()
    }

    /// The currencies that prices are stated in.
    pub(super) fn currencies(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self
            .groups
            .iter()
            .filter_map(|group| group.counted.as_deref())
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The data as an element that is no script that runs.
    pub(super) fn script(&self) -> Markup {
        // A `<` would end the script, whatever it stands in.
        let text = serde_json::to_string(self).unwrap_or_default();
        let text = text.replace('<', "\\u003c").replace('>', "\\u003e");
        html! { script #sales-data type="application/json" { (PreEscaped(text)) } "\n" }
    }
}

/// 1970-01-01 as days of the common era.
const EPOCH: i64 = 719_163;

fn text(table: &Table, row: usize, column: usize) -> Option<&str> {
    match table.cell(row, column) {
        Cell::Text(text) => Some(text),
        _ => None,
    }
}

fn rows<'d>(document: &'d Document, table: &'d Table, first: NaiveDate) -> Vec<DataRow<'d>> {
    let column = |name: &str| table.index(name);
    let (Some(day), Some(channel), Some(fulfillment), Some(currency), Some(sales)) = (
        column("first_day"),
        column("sales_channel"),
        column("fulfillment"),
        column("currency"),
        column("sales"),
    ) else {
        return Vec::new();
    };
    let counts = ["orders_placed", "orders", "units"].map(column);
    let converted = column(CONVERTED[0].name);
    let usual = usual_currencies(document);
    let row = |row: usize| {
        let of = |column: usize| text(table, row, column).unwrap_or_default();
        let date: NaiveDate = of(day).parse().ok()?;
        let [orders_placed, orders, units] = counts.map(|column| match column {
            Some(column) => match table.cell(row, column) {
                Cell::Count(count) => count,
                _ => 0,
            },
            None => 0,
        });
        let money = |column: usize| match table.cell(row, column) {
            Cell::Money(value, decimals) => Some((value, decimals)),
            _ => None,
        };
        let own = of(currency);
        let counted = if own.is_empty() {
            let key = (of(channel), of(fulfillment));
            usual.get(&key).copied().unwrap_or_default()
        } else {
            own
        };
        Some(DataRow {
            channel: of(channel),
            fulfillment: of(fulfillment),
            currency: own,
            counted,
            sales: DaySales {
                day: (date - first).num_days(),
                orders_placed,
                orders,
                units,
                sales: money(sales),
                converted: match converted.map(money) {
                    None => DataConversion::NotAsked,
                    Some(None) => DataConversion::Unknown,
                    Some(Some(amount)) => DataConversion::Known(amount),
                },
            },
        })
    };
    (0..table.height()).filter_map(row).collect()
}

/// Place of the channel, fulfillment, currency, currency it is counted with, whether it is outside Amazon.
type DataKey<'d> = (usize, &'d str, &'d str, &'d str, bool);

/// Rows by channel, fulfillment and currency; all but so many channels become one.
fn group<'d>(rows: &[DataRow<'d>], names: &[(&'d str, i64)], alone: usize) -> Vec<DataGroup<'d>> {
    let places: HashMap<&str, usize> = names.iter().map(|(name, _)| *name).zip(0..).collect();
    let more = names.len() - alone;
    let mut groups: BTreeMap<DataKey<'d>, BTreeMap<i64, DaySales>> = BTreeMap::new();
    for row in rows {
        let place = places[row.channel].min(alone);
        let outside = is_multi_channel(row.channel.as_bytes());
        let key = (place, row.fulfillment, row.currency, row.counted, outside);
        let days = groups.entry(key).or_default();
        days.entry(row.sales.day)
            .and_modify(|sales| sales.add(row.sales))
            .or_insert(row.sales);
    }
    let known = |text: &'d str| (!text.is_empty()).then(|| safe(text));
    let made = groups.into_iter().map(|(key, days)| {
        let (place, fulfillment, currency, counted, outside) = key;
        let channel = match names.get(place).filter(|_| place < alone) {
            Some(("", _)) => "(no channel)".into(),
            Some((name, _)) => safe(name),
            None if outside => format!("{more} more, outside Amazon").into(),
            None => format!("{more} more").into(),
        };
        DataGroup {
            channel,
            fulfillment: safe(fulfillment),
            currency: known(currency),
            counted: known(counted),
            outside,
            rows: days.into_values().collect(),
        }
    });
    made.collect()
}

fn size(groups: &[DataGroup<'_>]) -> usize {
    groups.iter().map(|group| group.rows.len()).sum()
}

/// Leaves out the oldest days of what is still too much; says how many.
fn cut(groups: &mut [DataGroup<'_>]) -> i64 {
    if size(groups) <= ROWS {
        return 0;
    }
    let mut days: Vec<i64> = groups
        .iter()
        .flat_map(|group| group.rows.iter().map(|row| row.day))
        .collect();
    days.sort_unstable_by_key(|day| Reverse(*day));
    let from = days[ROWS - 1] + 1;
    for group in groups {
        group.rows.retain(|row| row.day >= from);
        for row in &mut group.rows {
            row.day -= from;
        }
    }
    from
}

/// A letter for what the files hold of each day.
fn letters(states: &[DayState]) -> String {
    let letter = |state: &DayState| match state {
        DayState::Covered => 'c',
        DayState::Part => 'p',
        DayState::Missing => 'm',
    };
    states.iter().map(letter).collect()
}

/// The name of a period in the menu of periods.
pub(super) fn shown_name(by: Period, complete: bool) -> &'static str {
    match by {
        _ if !complete => "All days",
        Period::Day => "Last whole day",
        Period::Week => "Last whole week",
        Period::Month => "Last whole month",
    }
}
