//! The table `quality`: oddities of lines that are counted nevertheless.

use polars::prelude::*;

use crate::field::moment::DAY_SECONDS;
use crate::field::{Day, label};
use crate::line::Place;
use crate::topic::data_quality::state::quality::Check;

use crate::table::ColumnKind::{Count, Text};
use crate::table::rows::Rows;
use crate::table::sums::count;
use crate::table::{LakeView, Part, TableSpec, column};
use crate::topic::context::ReportContext;
use crate::topic::data_quality::day_coverage::DayFinding;
use crate::topic::demand::converted;
use crate::topic::shipping::open_lines::{promise_of, zone_of};
use crate::topic::shipping::state::backlog::OpenLine;

pub(crate) const QUALITY: TableSpec = TableSpec {
    name: "quality",
    title: "Data quality",
    part: Part::Data,
    filled_by: &[],
    definition: "Every check with how often it struck and the first place where it did. Nothing here keeps a line out of the \
                 numbers. cancelled_with_price: in no sales. confirmation_not_taken: open lines that a ship-confirmation file tells of and that the \
                 backlog lists two days later still; they stay on the worklist. channel_without_zone: days are UTC days. days_past_promise_differs: \
                 Amazon's own count of 24-hour periods does not fit the promise as it was read. days_without_orders: days \
                 between the first and the last that hold no order (coverage: which of them are in no file). fx_missing (with --fx): days by currency that sold without a rate. live_line_of_zero_units. \
                 names_not_utf8: product names that print with replacement marks. \
                 order_field_conflicts: orders whose lines \
                 disagree on status, channel, fulfillment or day. order_item_id_spoilt: open lines whose order item id a spreadsheet \
                 rounded to the form 1.40E+14; they are on the worklist without one. promotion_without_item: a promotion line of an orders report whose item is in no line of its file. promise_zone_mismatch: a promise that is not 23:59:59 in the \
                 zone taken; its day is read from the promise itself. saved_by_spreadsheet: files whose cells are quoted, and workbooks: \
                 leading zeros of SKUs, postal codes and other codes may be gone. repeated_header: not a line. snapshot_ties: equally new \
                 snapshots of an order with unlike numbers of lines. text_not_in_encoding: kept lines whose name or SKU is not in the encoding of \
                 their file (sources); it prints as it can. text_lost: SKUs and places with two question marks in a row, which a program \
                 writes for letters that its encoding lacks; different ones may have become one. unknown_fulfillment, unknown_status: counted as unknown.",
    columns: &[
        column("check", "Check", Text, "What was looked for."),
        column("count", "Count", Count, "How often it was found."),
        column(
            "example_place",
            "First place",
            Text,
            "File and line of the first case, or the first order or day.",
        ),
    ],
    charts: &[],
    in_lake: LakeView::None("it counts damage that a lake no longer shows"),
};

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let at = |place: Place| {
        format!(
            "{}:{}",
            context.file_name(place.file),
            context.line_number(place)
        )
    };
    let state = context.state;
    let mut rows: Vec<(&str, u64, Option<String>)> = Check::ALL
        .into_iter()
        .map(|check| {
            let struck = state.data_quality.quality.get(check);
            (
                check.name(),
                struck.map_or(0, |(count, _)| count),
                struck.map(|(_, place)| at(place)),
            )
        })
        .collect();
    rows.push((
        "order_field_conflicts",
        state.orders.conflicts,
        state
            .orders
            .conflict_example
            .as_ref()
            .map(|id| format!("order {id}")),
    ));
    rows.push(("snapshot_ties", context.uneven_ties, None));
    let promises = struck(context, |line| {
        promise_of(context, line).is_some_and(|promise| !promise.fits_zone)
    });
    rows.push(("promise_zone_mismatch", promises.0, promises.1.map(at)));
    let days = struck(context, |line| differs(context, line) == Some(true));
    rows.push(("days_past_promise_differs", days.0, days.1.map(at)));
    let (missing, first) = days_without_orders(context);
    rows.push((
        "days_without_orders",
        missing,
        first.map(|day| day.to_string()),
    ));
    let (odd, example) = names_not_utf8(context);
    rows.push((
        "names_not_utf8",
        odd,
        example.map(|sku| format!("sku {sku}")),
    ));
    let mut resaved = context.inputs.iter().filter(|input| input.resaved);
    let example = resaved.next().map(|input| input.name.clone());
    let files = u64::from(example.is_some()) + resaved.count() as u64;
    rows.push(("saved_by_spreadsheet", files, example));
    let (lost, example) = text_lost(context);
    rows.push(("text_lost", lost, example));
    let homeless = &state.supplementary.lines.orphaned_promotions;
    rows.push((
        "promotion_without_item",
        homeless.len() as u64,
        homeless.first().map(|place| at(*place)),
    ));
    let kept_on = not_taken(context);
    rows.push(("confirmation_not_taken", kept_on.0, kept_on.1.map(at)));
    if let Some(rates) = context.rates {
        let missing = converted::missing(state, rates);
        let example = missing.first();
        rows.push((
            "fx_missing",
            missing.len() as u64,
            example.map(|(day, currency)| format!("{} {day}", currency.as_str())),
        ));
    }
    rows.sort_unstable_by_key(|(check, ..)| *check);
    Rows::of(rows)
        .text("check", |(check, ..)| Some((*check).to_owned()))
        .count("count", |(_, struck, _)| Some(count(*struck)))
        .text("example_place", |(.., place)| place.clone())
        .frame()
}

/// Open lines that a ship-confirmation file tells of, and that the backlog lists two days later still.
fn not_taken(context: &ReportContext<'_>) -> (u64, Option<Place>) {
    let confirmed = context.confirmed();
    struck(context, |line| {
        let zone = zone_of(context, line);
        let left = confirmed.open(context.state, &[line], zone);
        left.iter().any(|(_, stale)| *stale)
    })
}

fn struck(context: &ReportContext<'_>, check: impl Fn(&OpenLine) -> bool) -> (u64, Option<Place>) {
    let places = context
        .state
        .shipping
        .backlog
        .iter()
        .filter(|line| check(line))
        .map(|line| line.place);
    places.fold((0, None), |(count, first), place| {
        (count + 1, first.or(Some(place)))
    })
}

/// Whether Amazon's day count does not fit the promise as we read it; `None` if it gives none.
///
/// Amazon counts periods of 24 hours since the promise, rounded down, when it makes the file: -1 on the last day, 0 when
/// late by less than a day (all of nineteen real files agree). When the file was made is not in it, but not before its
/// newest line, and seldom a day after.
fn differs(context: &ReportContext<'_>, line: &OpenLine) -> Option<bool> {
    let promise = promise_of(context, line)?;
    let newest = context
        .state
        .data_quality
        .sources
        .get(&line.place.file)?
        .newest_moment?;
    let least = (newest.utc - promise.moment.utc).div_euclid(DAY_SECONDS);
    let amazon = i64::from(line.days_past_promise?);
    Some(amazon != least && amazon != least + 1)
}

/// Days between the first and the last without a line, and the first of them.
fn days_without_orders(context: &ReportContext<'_>) -> (u64, Option<Day>) {
    let empty = |(day, shown): (Day, &DayFinding)| (shown.lines == 0).then_some(day);
    let mut days = context.days().all().filter_map(empty);
    let first = days.next();
    (u64::from(first.is_some()) + days.count() as u64, first)
}

/// SKUs and places that a program saved with question marks in the place of letters, and the first of them.
fn text_lost(context: &ReportContext<'_>) -> (u64, Option<String>) {
    let state = context.state;
    let lost = |text: &[u8]| memchr::memmem::find(text, b"??").is_some();
    let skus = state.labels.skus.ids().map(|id| state.labels.skus.get(id));
    let mut lost_texts: Vec<String> = skus
        .filter(|sku| lost(sku))
        .map(|sku| format!("sku {}", label::shown(sku)))
        .collect();
    let places = state
        .orders
        .profiles
        .places
        .ids()
        .map(|id| state.orders.profiles.places.get(id));
    let lost_places = places.filter(|(country, state)| lost(country) || lost(state));
    lost_texts.extend(lost_places.map(|(country, state)| {
        format!("place {} {}", label::shown(country), label::shown(state))
    }));
    lost_texts.sort_unstable();
    (lost_texts.len() as u64, lost_texts.into_iter().next())
}

fn names_not_utf8(context: &ReportContext<'_>) -> (u64, Option<String>) {
    let state = context.state;
    let odd = state.labels.skus.ids().filter(|id| {
        let name = state
            .products
            .names
            .get(id.0 as usize)
            .and_then(|names| names.product_name.text());
        name.is_some_and(|name| std::str::from_utf8(name).is_err())
    });
    let mut skus: Vec<&[u8]> = odd.map(|id| state.labels.skus.get(id)).collect();
    skus.sort_unstable();
    (skus.len() as u64, skus.first().map(|sku| label::shown(sku)))
}
