//! The table `late_rate`: floor and ceiling of the late shipment rate, since the moment of confirmation is in no report.

use std::collections::BTreeMap;

use polars::prelude::*;

use crate::field::Day;
use crate::table::shared_columns;

use crate::table::ColumnKind::{Count, Date, Share, Text};
use crate::table::rows::Rows;
use crate::table::sums::{SHARE, divide, millionths};
use crate::table::{LakeView, Part, TableSpec, column};
use crate::topic::context::ReportContext;
use crate::topic::shipping::judged_order::{Judged, Proof};
use crate::topic::shipping::lateness::judged;
use crate::topic::shipping::recent_orders::{merchant, within};

/// Amazon's windows, in days.
pub(crate) const WINDOWS: [i32; 2] = [10, 30];
/// Amazon's target is under this many percent [A7].
const TARGET: i64 = 4;

pub(crate) const LATE_RATE: TableSpec = TableSpec {
    name: "late_rate",
    title: "Late shipment rate",
    part: Part::Shipping,
    filled_by: &["unshipped", "orders-report"],
    definition: "Amazon's rate: merchant orders confirmed after their promise by all merchant orders, over 10 and 30 days, target \
                 under 4 %. No report holds the moment of confirmation, so the rate has a floor (late_rate_low: proven late) and a \
                 ceiling (late_rate_high: not proven in time; of these, late_rate_high_today leaves out what is not due yet). orders: those with a known promise that are not known to be \
                 cancelled, bought in the window that ends on the day of the report. coverage: the part that they are of all \
                 merchant orders, of the days of the window that all-orders files cover; it is empty if they cover none. A rate over \
                 orders none of which was due yet is not known, and empty. headroom: the most further late orders with which the rate is under the target \
                 today at most; a negative number says how many late orders exceed the target. Without an unshipped-orders report, or an orders report with its column \
                 latest-ship-date, there is no rate and the table is empty; \
                 all-orders reports of before and after the promises narrow it. The table late_orders names every order.",
    columns: &[
        shared_columns::WINDOW_DAYS,
        shared_columns::FIRST_DAY,
        shared_columns::LAST_DAY,
        shared_columns::ORDERS,
        shared_columns::LATE_RATE_LOW,
        shared_columns::LATE_RATE_HIGH,
        column(
            "late_rate_high_today",
            "At most today",
            Share,
            "The same without orders that are not due yet: the most that the rate can be today.",
        ),
        column(
            "rate_if_today_slips",
            "If today's slip",
            Share,
            "The rate today, at most, if every order that is due today is late.",
        ),
        column(
            "coverage",
            "Coverage",
            Share,
            "The part that the orders with a known promise are of all merchant orders, of the days of the window that all-orders files cover; empty if they cover none.",
        ),
        shared_columns::LATE,
        shared_columns::ON_TIME,
        shared_columns::UNKNOWN,
        shared_columns::NOT_DUE,
        column(
            "open_overdue",
            "Open and overdue",
            Count,
            "Late orders that the newest unshipped file still lists.",
        ),
        column(
            "due_today",
            "Due today",
            Count,
            "Orders whose promise is today and that may still be open.",
        ),
        column(
            "headroom",
            "Headroom",
            Count,
            "The most further late orders with which the rate today, at most, stays under the target; empty if no order was due yet. A negative number says how many late orders exceed the target.",
        ),
        column(
            "under_target_on",
            "Under the target on",
            Date,
            "The day on which enough late orders have left the window for the floor to be under 4 %, if as many orders come in as leave; empty if it is.",
        ),
        column(
            "narrowed_by",
            "Narrowed by",
            Text,
            "The file that would bring floor and ceiling nearer to each other.",
        ),
    ],
    charts: &[],
    in_lake: LakeView::None(LakeView::HISTORY),
};

/// A window and what is known of its orders.
pub(crate) struct Window<'j> {
    pub(crate) days: i32,
    today: Day,
    orders: Vec<&'j Judged>,
    /// Of the days that all-orders files cover: its orders, and all merchant orders that are not cancelled. `None` if they
    /// cover none.
    covered: Option<(i64, i64)>,
}

impl Window<'_> {
    fn first(&self) -> Day {
        self.today.plus(1 - self.days)
    }

    fn count(&self, of: impl Fn(&Judged) -> bool) -> i64 {
        as_count(self.orders.iter().filter(|order| of(order)).count())
    }

    fn proven(&self, proof: Proof) -> i64 {
        self.count(|order| order.proof == proof)
    }

    pub(crate) fn late(&self) -> i64 {
        self.proven(Proof::Late)
    }

    fn due_today(&self) -> i64 {
        // What has gone from the backlog cannot slip any more; what never stood in one might.
        self.count(|order| {
            order.proof == Proof::NotDue
                && order.promise.day == order.today
                && (order.open || !order.listed)
        })
    }

    /// Neither proven late nor in time; what is not due yet is.
    fn unknown(&self) -> i64 {
        self.proven(Proof::Unknown) + self.proven(Proof::NotDue)
    }

    /// Late today at most: what is not due yet is not.
    pub(crate) fn at_most_today(&self) -> i64 {
        self.proven(Proof::Late) + self.proven(Proof::Unknown)
    }

    pub(crate) fn size(&self) -> i64 {
        as_count(self.orders.len())
    }

    /// Whether an order was due: if not, there is no rate.
    pub(crate) fn is_known(&self) -> bool {
        self.orders.iter().any(|order| order.proof != Proof::NotDue)
    }

    /// The most late orders with which the rate is under the target; -1 if there is no order.
    fn allowed(&self) -> i64 {
        (self.size() * TARGET + 99) / 100 - 1
    }

    /// The day on which so many of the proven late orders have left the window that the floor is under the target, if as many
    /// orders come in as leave. `None` if it is so today.
    fn under_target_on(&self) -> Option<Day> {
        let mut late: Vec<Day> = self
            .orders
            .iter()
            .filter(|order| order.proof == Proof::Late)
            .map(|order| order.day)
            .collect();
        let allowed = usize::try_from(self.allowed()).unwrap_or(0);
        late.sort_unstable();
        let too_many = late.len().checked_sub(allowed)?.checked_sub(1)?;
        // The day after the last one on which that order is in the window.
        late.get(too_many).map(|day| day.plus(self.days))
    }

    pub(crate) fn narrowed_by(&self) -> Option<&'static str> {
        let unknown =
            |seen: bool| self.count(|order| order.proof == Proof::Unknown && order.seen == seen);
        if unknown(false) > 0 {
            Some("an all-orders report by last update, of the days since")
        } else if unknown(true) > 0 {
            Some("unshipped-orders reports more often, one after the last promise of each day")
        } else {
            None
        }
    }
}

pub(crate) fn roll_up(context: &ReportContext<'_>) -> PolarsResult<DataFrame> {
    let judged = judged(context);
    let windows = windows(context, judged);
    let mut frame = Rows::of(windows.iter())
        .count("window_days", |window| Some(window.days.into()))
        .text("first_day", |window| Some(window.first().to_string()))
        .text("last_day", |window| Some(window.today.to_string()))
        .count("orders", |window| Some(window.size()))
        .count("late", |window| Some(window.proven(Proof::Late)))
        .count("on_time", |window| Some(window.proven(Proof::OnTime)))
        .count("unknown", |window| Some(window.unknown()))
        .count("not_due", |window| Some(window.proven(Proof::NotDue)))
        .count("open_overdue", |window| {
            Some(window.count(|order| order.open && order.proof == Proof::Late))
        })
        .count("due_today", |window| Some(window.due_today()))
        .count("headroom", |window| {
            window
                .is_known()
                .then(|| window.allowed() - window.at_most_today())
        })
        .text("under_target_on", |window| {
            window.under_target_on().map(|day| day.to_string())
        })
        .text("narrowed_by", |window| {
            window.narrowed_by().map(str::to_owned)
        })
        .frame()?;
    let part = |name: &str, frame: &mut DataFrame, of: &dyn Fn(&Window<'_>) -> Option<i64>| {
        let parts = windows.iter().map(|window| {
            (
                millionths(of(window).map(i128::from)),
                Some(window.size().into()),
            )
        });
        divide(frame, name, SHARE, parts)
    };
    part("late_rate_low", &mut frame, &|window| {
        window.is_known().then(|| window.late())
    })?;
    part("late_rate_high", &mut frame, &|window| {
        window.is_known().then(|| window.late() + window.unknown())
    })?;
    part("late_rate_high_today", &mut frame, &|window| {
        window.is_known().then(|| window.at_most_today())
    })?;
    part("rate_if_today_slips", &mut frame, &|window| {
        let due = window.is_known() || window.due_today() > 0;
        due.then(|| window.at_most_today() + window.due_today())
    })?;
    let covered = windows.iter().map(|window| {
        let (known, all) = window.covered.unzip();
        (millionths(known.map(i128::from)), all.map(i128::from))
    });
    divide(&mut frame, "coverage", SHARE, covered)?;
    Ok(frame)
}

/// Amazon's windows; none without an order to judge.
pub(crate) fn windows<'j>(context: &ReportContext<'_>, judged: &'j [Judged]) -> Vec<Window<'j>> {
    let of = |today: Day| WINDOWS.map(|days| window(context, judged, days, today));
    busiest_today(judged).map_or_else(Vec::new, |today| of(today).into())
}

/// The local day of the report, in the zone of the most orders.
fn busiest_today(judged: &[Judged]) -> Option<Day> {
    let mut zones: BTreeMap<&str, (usize, Day)> = BTreeMap::new();
    for order in judged {
        let known = zones.entry(order.zone.name()).or_insert((0, order.today));
        known.0 += 1;
    }
    let busiest = zones
        .into_iter()
        .max_by_key(|(name, (orders, _))| (*orders, std::cmp::Reverse(*name)));
    busiest.map(|(_, (_, today))| today)
}

fn window<'j>(
    context: &ReportContext<'_>,
    judged: &'j [Judged],
    days: i32,
    today: Day,
) -> Window<'j> {
    let orders: Vec<&Judged> = judged
        .iter()
        .filter(|order| within(order.day, order.today, days))
        .collect();
    let is_covered = |day: Day| !context.days().is_gap(day);
    let covers_any = (0..days).any(|back| is_covered(today.plus(-back)));
    let as_of = context.time.as_of.filter(|_| covers_any);
    let all = as_of.and_then(|as_of| merchant(context, as_of, days, is_covered));
    let known = || orders.iter().filter(|order| is_covered(order.day));
    let unseen = as_count(known().filter(|order| !order.seen).count());
    Window {
        days,
        today,
        covered: all.map(|all| {
            let known = as_count(known().count());
            (known, all.placed - all.cancelled + unseen)
        }),
        orders,
    }
}

fn as_count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
