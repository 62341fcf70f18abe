//! One order and its lifecycle, from purchase to parcel.
//!
//! All of it is drawn from (seed, order number) alone and in the same sequence whatever the
//! snapshot: a later download sees the same order, only further on.

use super::catalog::Fulfillment;
use super::market::{BuyerAddress, Market};
use super::plan::{Plan, Preset, Situation, has_equal_lines};
use super::purchase_times::{DAY, HOUR, Moment};
use super::rng::{Rng, Subject};

/// What all lines of an order share.
#[derive(Debug)]
pub(super) struct Order<'p> {
    pub(super) index: u64,
    pub(super) market: &'p Market,
    pub(super) fulfillment: Fulfillment,
    pub(super) purchased: Moment,
    pub(super) lifecycle: Lifecycle,
    pub(super) service_level: &'static str,
    pub(super) address: BuyerAddress,
    /// `None` for a private buyer.
    pub(super) business: Option<Business>,
    /// Lines have no price until payment clears.
    pub(super) hides_price: bool,
    /// The one line that is cancelled when the others are shipped.
    pub(super) dropped_line: Option<u32>,
    pub(super) signature: bool,
    /// A number for what one buyer is called and where he lives.
    pub(super) buyer: u32,
}

/// What a business buyer adds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Business {
    pub(super) purchase_order: Option<u32>,
    pub(super) special_price: bool,
}

/// The moments at which an order changes; each change is an update with a new `last-updated-date`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lifecycle {
    /// Amazon looks at it again.
    touched: Moment,
    /// Payment has cleared.
    pub(super) released: Moment,
    /// Shipped or cancelled.
    ended: Moment,
    is_cancelled: bool,
    /// Cancelled, yet quantity and price stay in the report.
    pub(super) keeps_price: bool,
    pub(super) promised: Moment,
    pub(super) asked_to_cancel: bool,
}

/// Days from purchase to promise; some things are made to order.
const HANDLING_DAYS: [u32; 9] = [1, 1, 2, 2, 2, 3, 3, 5, 10];

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Pending,
    /// Paid, not yet shipped.
    Waiting,
    Shipped,
    Cancelled,
}

impl Lifecycle {
    /// The stage at a moment and the change that led to it.
    pub(super) fn at(&self, moment: Moment, purchased: Moment) -> (Stage, Moment) {
        if self.ended <= moment {
            (self.end(), self.ended)
        } else if self.released <= moment {
            (Stage::Waiting, self.released)
        } else if self.touched <= moment {
            (Stage::Pending, self.touched)
        } else {
            (Stage::Pending, purchased)
        }
    }

    fn end(&self) -> Stage {
        if self.is_cancelled {
            Stage::Cancelled
        } else {
            Stage::Shipped
        }
    }
}

impl<'p> Order<'p> {
    /// Draws order `index` and leaves `rng` where its lines begin.
    pub(super) fn draw(plan: &'p Plan, index: u64) -> (Self, Rng) {
        let mut rng = Rng::new(plan.seed, Subject::Order, index);
        let preset = plan.preset(index);
        let (from, to) = plan.purchases.span(index);
        let purchased = from.plus(rng.below(to.0.saturating_sub(from.0)));
        let market = draw_market(&mut rng, plan, purchased, preset);
        let fulfillment = draw_fulfillment(&mut rng, market, preset);
        let lifecycle = match fulfillment {
            Fulfillment::Amazon => Lifecycle::draw_amazon(&mut rng, purchased),
            Fulfillment::Merchant => Lifecycle::draw_merchant(&mut rng, purchased, market),
        };
        let lifecycle = preset.map_or(lifecycle, |preset| {
            lifecycle.arranged(&mut rng, preset, purchased, market)
        });
        let size = plan.size(index);
        let order = Self {
            index,
            market,
            fulfillment,
            purchased,
            lifecycle,
            service_level: draw_service_level(&mut rng, fulfillment),
            address: BuyerAddress::draw(&mut rng, &market.places),
            business: (rng.chance(60) && !market.is_multi_channel())
                .then(|| Business::draw(&mut rng)),
            hides_price: fulfillment == Fulfillment::Merchant || rng.chance(400),
            dropped_line: (size > 1 && !has_equal_lines(index) && rng.chance(40))
                .then(|| rng.below(size)),
            signature: rng.chance(6),
            buyer: rng.below(10_000_000),
        };
        (order, rng)
    }
}

impl Lifecycle {
    fn draw_amazon(rng: &mut Rng, purchased: Moment) -> Self {
        let mut lifecycle = Self::draw_start(rng, purchased);
        let wait = if rng.chance(20) {
            rng.between(DAY, 4 * DAY)
        } else {
            rng.between(4 * HOUR, 50 * HOUR)
        };
        lifecycle.ended = if lifecycle.is_cancelled {
            lifecycle.cancelled_at(rng)
        } else {
            lifecycle.released.plus(wait)
        };
        lifecycle
    }

    fn draw_merchant(rng: &mut Rng, purchased: Moment, market: &Market) -> Self {
        let mut lifecycle = Self::draw_start(rng, purchased);
        let due = purchased.local_day(market.offset_hours) + rng.pick(&HANDLING_DAYS);
        // Days count from a Monday; nothing is due on a weekend.
        let due = match due % 7 {
            5 => due + 2,
            6 => due + 1,
            _ => due,
        };
        lifecycle.promised = Moment::end_of_local_day(due, market.offset_hours);
        let time_left = lifecycle.promised.0.saturating_sub(lifecycle.released.0);
        let shipped = match rng.below(1000) {
            0..35 => lifecycle.promised.plus(rng.between(HOUR, 2 * DAY)),
            35..42 => lifecycle.promised.plus(rng.between(DAY, 9 * DAY)),
            // Paid so late that the promise has passed.
            _ if time_left < 2 * HOUR => lifecycle.released.plus(rng.between(HOUR, 20 * HOUR)),
            _ => lifecycle.released.plus(rng.between(HOUR, time_left - 1)),
        };
        lifecycle.ended = if lifecycle.is_cancelled {
            lifecycle.cancelled_at(rng)
        } else {
            shipped.max(lifecycle.released.plus(60))
        };
        lifecycle.asked_to_cancel = rng.chance(if lifecycle.is_cancelled { 300 } else { 12 });
        lifecycle
    }

    fn draw_start(rng: &mut Rng, purchased: Moment) -> Self {
        let touched = purchased.plus(rng.between(20, 900));
        let released = match rng.below(1000) {
            0..15 => purchased.plus(rng.between(DAY, 6 * DAY)),
            15..90 => purchased.plus(rng.between(HOUR, DAY)),
            _ => purchased.plus(rng.between(1700, 1990)),
        };
        let (is_cancelled, keeps_price) = (rng.chance(40), rng.chance(150));
        Self {
            touched,
            released,
            ended: released,
            is_cancelled,
            keeps_price,
            promised: released,
            asked_to_cancel: false,
        }
    }

    /// Buyers change their minds soon, some while payment is still pending.
    fn cancelled_at(&self, rng: &mut Rng) -> Moment {
        if rng.chance(300) {
            let pending = self.released.0 - self.touched.0;
            self.touched.plus(rng.between(1, pending.max(1)))
        } else {
            self.released.plus(rng.between(600, 30 * HOUR))
        }
    }

    /// The lifecycle of an order that is in its preset situation at the snapshot of the preset; afterwards it goes on as any
    /// other.
    fn arranged(
        mut self,
        rng: &mut Rng,
        preset: Preset,
        purchased: Moment,
        market: &Market,
    ) -> Self {
        let later = |rng: &mut Rng| preset.snapshot.plus(rng.between(5 * HOUR, 55 * HOUR));
        // A few orders bought minutes before the snapshot would otherwise still be pending, or not
        // even touched.
        let age = preset.snapshot.0.saturating_sub(purchased.0);
        self.touched = purchased.plus((self.touched.0 - purchased.0).min(age / 3));
        match preset.situation {
            Situation::Pending { will_be_cancelled } => {
                self.released = later(rng);
                self.is_cancelled = will_be_cancelled;
                let more = if will_be_cancelled {
                    0
                } else {
                    rng.between(HOUR, 9 * HOUR)
                };
                self.ended = self.released.plus(more);
            }
            Situation::Backlog {
                due,
                asked_to_cancel,
            } => {
                self.released = purchased.plus(1800.min(age / 2));
                let today = preset.snapshot.local_day(market.offset_hours);
                self.promised =
                    Moment::end_of_local_day(today.saturating_add_signed(due), market.offset_hours);
                self.ended = later(rng);
                self.is_cancelled = asked_to_cancel;
                self.asked_to_cancel = asked_to_cancel;
            }
        }
        self
    }
}

impl Business {
    fn draw(rng: &mut Rng) -> Self {
        Self {
            purchase_order: rng.chance(400).then(|| rng.below(90_000)),
            special_price: rng.chance(600),
        }
    }
}

fn draw_market<'p>(
    rng: &mut Rng,
    plan: &'p Plan,
    purchased: Moment,
    preset: Option<Preset>,
) -> &'p Market {
    let busy = plan.purchases.busy_at(purchased);
    let drawn = rng.below(busy.last().copied().unwrap_or(1));
    let market = &plan.markets[busy.partition_point(|&before| before <= drawn)];
    // Multi-channel orders are not in the seller's backlog.
    if market.is_multi_channel() && preset.is_some() {
        &plan.markets[0]
    } else {
        market
    }
}

fn draw_fulfillment(rng: &mut Rng, market: &Market, preset: Option<Preset>) -> Fulfillment {
    let merchant = rng.chance(206) && !market.is_multi_channel();
    match preset.map(|preset| preset.situation) {
        Some(Situation::Backlog { .. }) => Fulfillment::Merchant,
        None if merchant => Fulfillment::Merchant,
        Some(Situation::Pending { .. }) | None => Fulfillment::Amazon,
    }
}

fn draw_service_level(rng: &mut Rng, fulfillment: Fulfillment) -> &'static str {
    match fulfillment {
        Fulfillment::Amazon => {
            rng.pick(&["Expedited", "Expedited", "Standard", "SecondDay", "NextDay"])
        }
        Fulfillment::Merchant => {
            rng.pick(&["Standard", "Standard", "Standard", "Standard", "Expedited"])
        }
    }
}
