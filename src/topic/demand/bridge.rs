//! The table `bridge`: the steps from our sales to those of Business Reports (docs/metrics.md, Changes and comparisons).

use std::collections::BTreeMap;
use std::ops::AddAssign;

use polars::prelude::*;

use crate::field::zone::is_multi_channel;
use crate::field::{Currency, Day};
use crate::table::shared_columns;
use crate::topic::demand::state::reconciliation::{AdjustmentMeasures, AdjustmentReason};

use crate::table::ColumnKind::{Flag, Text};
use crate::table::rows::Rows;
use crate::table::{ALL_ORDERS, LakeView, Part, TableSpec, column};
use crate::topic::context::ReportContext;
use crate::topic::demand::median_price::{Estimate, estimates};
use crate::topic::review::complete_periods::Cut;

pub(crate) const BRIDGE: TableSpec = TableSpec {
    name: "bridge",
    title: "Bridge to Business Reports",
    part: Part::Demand,
    filled_by: ALL_ORDERS,
    definition: "From our sales to the ordered product sales and units ordered of Seller Central's Business Reports, step by \
                 step, for the last complete week, the last complete month and all of the files, by currency; business_reports is \
                 the sum of the steps above it. non_amazon: multi-channel orders, which are no sales on Amazon. cancelled: \
                 Business Reports take cancelled orders into account; added as far as the files still have their units and \
                 prices. unpriced: pending units are among our units, and what they are worth comes with --estimate-pending only; \
                 an estimate takes units without a currency to the currency that it is in. replacement: free replacements, as far \
                 as the layout says which orders are some; a price of zero alone proves nothing. zone_shift: days of Business \
                 Reports are the marketplace's, and so are ours, unless --time-zone forces others; estimates do not shift. known \
                 is false where something is missing or estimated, and the note says what. Units without a currency are a group \
                 of their own.",
    columns: &[
        shared_columns::COMPARES,
        shared_columns::PERIOD,
        shared_columns::FIRST_DAY,
        shared_columns::LAST_DAY,
        shared_columns::CURRENCY,
        column(
            "step",
            "Step",
            Text,
            "our_sales, then what is added or taken away on the way to Business Reports, then business_reports: the sum.",
        ),
        shared_columns::UNITS,
        shared_columns::SALES,
        column(
            "known",
            "Known",
            Flag,
            "Whether the files tell all of it; false where something is missing or estimated.",
        ),
        shared_columns::NOTE,
    ],
    charts: &[],
    in_lake: LakeView::None(
        "it needs replacement orders and the days of two zones at once; not written in SQL yet",
    ),
};

/// Days to compare.
#[derive(Debug, Clone)]
struct BridgeSpan {
    compares: &'static str,
    label: String,
    first: Day,
    last: Day,
}

impl BridgeSpan {
    fn holds(&self, day: Day) -> bool {
        (self.first..=self.last).contains(&day)
    }
}

/// What is added up on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct BridgeSums {
    units: i128,
    sales: i128,
}

impl AddAssign for BridgeSums {
    fn add_assign(&mut self, other: Self) {
        self.units += other.units;
        self.sales += other.sales;
    }
}

impl BridgeSums {
    fn of(units: u64, sales: i128) -> Self {
        let units = i128::from(units);
        Self { units, sales }
    }

    fn minus(self) -> Self {
        Self {
            units: -self.units,
            sales: -self.sales,
        }
    }
}

/// What the files hold of a span and a currency.
#[derive(Debug, Default)]
struct Held {
    ours: BridgeSums,
    non_amazon: BridgeSums,
    cancelled: BridgeSums,
    /// Cancelled lines without a price.
    cancelled_unpriced: u64,
    /// Live units on Amazon's channels that have neither price nor estimate.
    unpriced: u64,
    /// Units that an estimate values in this currency.
    estimated: u64,
    /// What the estimate brings here, or takes away to another currency.
    estimate: BridgeSums,
    replacement: BridgeSums,
    shift: BridgeSums,
}

/// One reason why the numbers differ, and how much it makes.
#[derive(Debug)]
struct Step {
    name: &'static str,
    sums: BridgeSums,
    /// Whether the amount is a number at all.
    priced: bool,
    known: bool,
    note: String,
}

impl Step {
    /// One that the files tell all of.
    fn of(name: &'static str, sums: BridgeSums) -> Self {
        Self {
            name,
            sums,
            priced: true,
            known: true,
            note: String::new(),
        }
    }

    fn unless(mut self, unknown: bool, note: impl FnOnce() -> String) -> Self {
        if unknown {
            self.known = false;
            self.note = note();
        }
        self
    }
}

struct BridgeRow<'s> {
    span: &'s BridgeSpan,
    currency: Option<Currency>,
    step: Step,
}

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let estimates = estimates(context.state);
    let spans = spans(context);
    let rows: Vec<BridgeRow<'_>> = (spans.iter())
        .flat_map(|span| rows(context, span, &estimates))
        .collect();
    Rows::of(rows)
        .text("compares", |row| Some(row.span.compares.to_owned()))
        .text("period", |row| Some(row.span.label.clone()))
        .text("first_day", |row| Some(row.span.first.to_string()))
        .text("last_day", |row| Some(row.span.last.to_string()))
        .text("currency", |row| {
            row.currency.map(|currency| currency.as_str().to_owned())
        })
        .text("step", |row| Some(row.step.name.to_owned()))
        .count("units", |row| i64::try_from(row.step.sums.units).ok())
        .money("sales", |row| {
            let priced = row.step.priced && row.currency.is_some();
            priced.then_some(row.step.sums.sales)
        })
        .flag("known", |row| Some(row.step.known))
        .text("note", |row| Some(row.step.note.clone()))
        .frame()
}

fn spans(context: &ReportContext<'_>) -> Vec<BridgeSpan> {
    let periods = [Cut::Week, Cut::Month].into_iter().filter_map(|cut| {
        let first = cut.last_complete(context)?;
        Some(BridgeSpan {
            compares: cut.name(),
            label: cut.label(context, first),
            first,
            last: cut.end(first),
        })
    });
    let all = context.coverage.map(|(first, last)| BridgeSpan {
        compares: "all",
        label: "all".to_owned(),
        first,
        last,
    });
    periods.chain(all).collect()
}

/// What is known of the files as a whole.
struct Whole {
    /// An estimate was asked for, and there was something to estimate.
    estimating: bool,
    /// Whether some lines, and whether all, say if they are of a replacement order.
    replacements: (bool, bool),
    /// Whether the files hold all lines of the marketplace's days.
    edges: bool,
}

/// The steps of a span, currency by currency; first those without a currency, if there are units among them.
fn rows<'s>(
    context: &ReportContext<'_>,
    span: &'s BridgeSpan,
    estimates: &[Estimate],
) -> Vec<BridgeRow<'s>> {
    let told = context.state.demand.adjustments.told;
    let lines: u64 = (context.state.demand.sales.iter())
        .map(|(_, cell)| cell.lines)
        .sum();
    let inside = |(from, to): (Day, Day)| span.first > from && span.last < to;
    let whole = Whole {
        estimating: !estimates.is_empty(),
        replacements: (told > 0, told == lines),
        edges: context.time.zones.forced.is_none() || context.coverage.is_some_and(inside),
    };
    let held = held(context, span, estimates);
    let units = |held: &Held| {
        let sums = [held.ours, held.cancelled, held.estimate, held.shift];
        sums.iter().any(|sums| sums.units != 0)
    };
    let nothing = Held::default();
    let bare = held.get(&None).unwrap_or(&nothing);
    let mut rows = Vec::new();
    for (currency, held) in &held {
        let named = currency.is_some();
        if !named && !units(held) {
            continue;
        }
        let mut total = Step::of("business_reports", BridgeSums::default());
        let mut steps = Vec::from(steps(held, if named { bare } else { &nothing }, &whole));
        for step in &mut steps {
            step.known &= named || step.sums.units == 0;
            total.sums += step.sums;
            total.known &= step.known;
        }
        if !total.known {
            "see the steps that are not known".clone_into(&mut total.note);
        }
        steps.push(total);
        rows.extend(steps.into_iter().map(|step| BridgeRow {
            span,
            currency: *currency,
            step,
        }));
    }
    rows
}

/// The steps of a currency. Lines without a currency may be `also` of it.
fn steps(held: &Held, also: &Held, whole: &Whole) -> [Step; 6] {
    let any = |count: u64| if count > 0 { " (of any currency)" } else { "" };
    let unpriced = held.unpriced + also.unpriced;
    let mut unpriced_notes = Vec::new();
    if held.estimated > 0 {
        unpriced_notes.push(format!("estimate of {} units", held.estimated));
    }
    if unpriced > 0 {
        let what = if whole.estimating {
            " or estimate"
        } else {
            ": --estimate-pending"
        };
        let any = any(also.unpriced);
        unpriced_notes.push(format!("{unpriced} units without a price{any}{what}"));
    }
    let cancelled = held.cancelled_unpriced + also.cancelled_unpriced;
    let (any_told, all_told) = whole.replacements;
    [
        Step::of("our_sales", held.ours),
        Step::of("non_amazon", held.non_amazon.minus()),
        Step::of("cancelled", held.cancelled).unless(cancelled > 0, || {
            format!("{cancelled} cancelled lines without a price")
        }),
        Step {
            priced: unpriced == 0 || held.estimated > 0,
            ..Step::of("unpriced", held.estimate)
        }
        .unless(!unpriced_notes.is_empty(), || unpriced_notes.join("; ")),
        Step {
            priced: any_told,
            ..Step::of("replacement", held.replacement.minus())
        }
        .unless(!all_told, || {
            "not every file says which orders are replacements".to_owned()
        }),
        Step::of("zone_shift", held.shift).unless(!whole.edges, || {
            "days at the edges of the files may be incomplete".to_owned()
        }),
    ]
}

/// What the files hold of a span, by currency.
fn held(
    context: &ReportContext<'_>,
    span: &BridgeSpan,
    estimates: &[Estimate],
) -> BTreeMap<Option<Currency>, Held> {
    let state = context.state;
    let mut all: BTreeMap<Option<Currency>, Held> = BTreeMap::new();
    for (key, cell) in state
        .demand
        .sales
        .iter()
        .filter(|(key, _)| span.holds(key.day))
    {
        if cell.lines == 0 {
            continue;
        }
        let held = all.entry(key.currency).or_default();
        let live = BridgeSums::of(cell.units, cell.sales.0);
        held.ours += live;
        let channel = state.labels.channels.get(key.channel);
        if is_multi_channel(channel) {
            held.non_amazon += live;
        } else {
            let cancelled = cell.amount.0 - cell.sales.0;
            held.cancelled += BridgeSums::of(cell.quantity - cell.units, cancelled);
            held.unpriced += cell.unpriced_units;
        }
    }
    for (key, cell) in state.demand.adjustments.cells.iter() {
        let AdjustmentMeasures {
            lines,
            units,
            amount,
        } = *cell;
        let sums = BridgeSums::of(units, amount.0);
        let (here, there) = (span.holds(key.day), span.holds(key.market_day));
        if !here && !there {
            continue;
        }
        let held = all.entry(key.currency).or_default();
        match key.reason {
            AdjustmentReason::Replacement => held.replacement += sums,
            AdjustmentReason::CancelledUnpriced => held.cancelled_unpriced += lines,
            AdjustmentReason::Shifted if here && there => {}
            AdjustmentReason::Shifted => held.shift += if there { sums } else { sums.minus() },
        }
    }
    for estimate in estimates {
        let days = estimate.days.iter().filter(|(day, _)| span.holds(**day));
        let units: u64 = days.map(|(_, units)| units).sum();
        let Some(median) = estimate.median.filter(|_| units > 0) else {
            continue;
        };
        let worth = BridgeSums::of(units, i128::from(median) * i128::from(units));
        let held = all.entry(estimate.currency).or_default();
        held.estimated += units;
        held.estimate += worth;
        // They move from where they are counted to where they are valued.
        let stated = all.entry(estimate.stated).or_default();
        stated.estimate += BridgeSums::of(units, 0).minus();
        stated.unpriced -= units;
    }
    all
}
