//! Days that the files lack, naively: METRICS 1 and the definition of the table `coverage` read aloud, day by day.
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Tz;

use super::contract::{self, Fact};

/// The first and the last day of a file, and whether something in it is newer than the last.
type Span = (NaiveDate, NaiveDate, bool);

/// The days between the first and the last purchase that lack. `facts` are those of all orders that count.
pub fn gap_days(files: &[(String, Vec<u8>)], context: &[Fact]) -> BTreeSet<String> {
    let mut orders: BTreeMap<NaiveDate, (i128, i128)> = BTreeMap::new();
    let mut channels: BTreeMap<&str, i128> = BTreeMap::new();
    for (names, sums) in context
        .iter()
        .filter(|(names, _)| names.contains_key("day"))
    {
        let placed = sums.get("orders_placed").copied().unwrap_or(0);
        let day = orders.entry(names["day"].parse().unwrap()).or_default();
        day.0 += placed;
        day.1 += sums.get("lines").copied().unwrap_or(0);
        *channels.entry(&names["sales_channel"]).or_default() += placed;
    }
    let (Some((first, _)), Some((last, _))) = (orders.first_key_value(), orders.last_key_value())
    else {
        return BTreeSet::new();
    };
    let (first, last) = ((*first).max(*last - Days::new(36_525)), *last);
    // Of channels with as many orders, the least name.
    let busiest = channels.into_iter().rev().max_by_key(|(_, orders)| *orders);
    let spans = spans(files, contract::zone(busiest.unwrap().0));
    let from = spans.iter().map(|span| span.0).min().unwrap();
    let to = spans.iter().map(|span| span.1).max().unwrap();
    let within = |day: NaiveDate| {
        spans
            .iter()
            .filter(move |span| span.0 <= day && day <= span.1)
    };
    let all: Vec<NaiveDate> = first.iter_days().take_while(|day| *day <= last).collect();
    let sold = |day: &NaiveDate| orders.get(day).copied().unwrap_or_default();
    let between = |day: &NaiveDate| within(*day).next().is_none() && from <= *day && *day <= to;
    let held: Vec<&NaiveDate> = all.iter().filter(|day| !between(day)).collect();
    let (days, placed) = (
        i128::try_from(held.len()).unwrap(),
        held.iter().map(|day| sold(day).0).sum::<i128>(),
    );
    // Where few orders come, that none did proves little.
    let mut missing: BTreeSet<NaiveDate> = BTreeSet::new();
    for stretch in all.chunk_by(|one, other| between(one) == between(other)) {
        let many = i128::try_from(stretch.len()).unwrap() * placed >= 10 * days;
        missing.extend(stretch.iter().filter(|day| between(day) && many));
    }
    let is_part = |day: &NaiveDate| {
        let goes_on = within(*day).any(|span| span.2 || *day < span.1);
        let beyond = within(*day).next().is_none() && !between(day);
        (beyond || sold(day).1 > 0 && !goes_on && !between(day)) && placed >= 10 * days
    };
    let usual = |day: NaiveDate| {
        let around = (-8_i64..=8).filter(|week| *week != 0);
        let around =
            around.filter_map(|week| day.checked_add_signed(chrono::Duration::weeks(week)));
        let known = around
            .filter(|day| first <= *day && *day <= last && !missing.contains(day) && !is_part(day));
        let mut known: Vec<i128> = known.map(|day| sold(&day).0).collect();
        known.sort_unstable();
        (known.len() >= 4).then(|| known[(known.len() - 1) / 2])
    };
    let quiet = |day: &NaiveDate| {
        let none = sold(day).1 == 0 && !missing.contains(day) && !is_part(day);
        none && usual(*day).is_some_and(|usual| usual >= 10)
    };
    let gaps: BTreeSet<NaiveDate> = all
        .iter()
        .filter(|day| missing.contains(day) || quiet(day))
        .copied()
        .collect();
    // Beside a gap, less than a quarter of what is usual: orders of places where the clock is another.
    let ragged = |day: &NaiveDate| {
        let beside = [day.pred_opt(), day.succ_opt()].into_iter().flatten();
        let few = |usual: i128| usual >= 10 && sold(day).0 * 4 < usual;
        beside.into_iter().any(|day| gaps.contains(&day)) && usual(*day).is_some_and(few)
    };
    let is_gap = all.iter().filter(|day| gaps.contains(day) || ragged(day));
    is_gap.map(ToString::to_string).collect()
}

/// The days that every file spans, where most orders are.
fn spans(files: &[(String, Vec<u8>)], zone: Tz) -> Vec<Span> {
    let files: BTreeSet<&[u8]> = files.iter().map(|(_, bytes)| bytes.as_slice()).collect();
    let parse = |text: &str| -> Option<DateTime<Utc>> { text.parse().ok() };
    let spans = files.into_iter().filter_map(|bytes| {
        let lines: Vec<Fact> = contract::read(bytes).into_iter().flatten().collect();
        let is_bare = |line: &Fact| line.0["when"].ends_with(' ');
        let bought = |line: &Fact| (parse(&line.0["bought"]).unwrap(), !is_bare(line));
        let local = |(moment, timed): (DateTime<Utc>, bool)| {
            let zone = if timed { zone } else { Tz::UTC };
            moment.with_timezone(&zone).date_naive()
        };
        let (first, last) = (
            lines.iter().map(bought).min()?,
            lines.iter().map(bought).max()?,
        );
        let updated = lines
            .iter()
            .filter_map(|line| parse(&line.0["updated"]))
            .max();
        let newest = updated.map_or(last, |updated| (updated, true).max(last));
        Some((
            local(first),
            local(last),
            !last.1 || local(newest) != local(last),
        ))
    });
    spans.collect()
}
