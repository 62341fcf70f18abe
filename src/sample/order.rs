//! One order: what was bought, and how its life goes on from purchase to parcel.
//!
//! All of it is drawn from (seed, order number) alone and in the same sequence whatever the
//! snapshot: a later download sees the same order, only further on.

use super::catalog::Fulfillment;
use super::clock::{DAY, HOUR, Moment};
use super::dice::{Dice, Subject};
use super::market::{MARKETS, MULTI_CHANNEL, Market};
use super::place::Address;
use super::plan::{Part, Plan, Role, is_twin};

/// What all lines of an order share.
#[derive(Debug)]
pub(super) struct Order {
    pub(super) index: u64,
    pub(super) market: &'static Market,
    pub(super) fulfillment: Fulfillment,
    pub(super) purchased: Moment,
    pub(super) life: Life,
    pub(super) service_level: &'static str,
    pub(super) address: Address,
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
pub(super) struct Life {
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

impl Life {
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

impl Order {
    /// Draws order `index` and leaves `dice` where its lines begin.
    pub(super) fn draw(plan: &Plan, index: u64) -> (Self, Dice) {
        let mut dice = Dice::new(plan.seed, Subject::Order, index);
        let role = plan.role(index);
        let (from, to) = plan.clock.span(index);
        let purchased = from.plus(dice.below(to.0.saturating_sub(from.0)));
        let market = draw_market(&mut dice, plan, purchased, role);
        let fulfillment = draw_fulfillment(&mut dice, market, role);
        let life = match fulfillment {
            Fulfillment::Amazon => Life::draw_amazon(&mut dice, purchased),
            Fulfillment::Merchant => Life::draw_merchant(&mut dice, purchased, market),
        };
        let life = role.map_or(life, |role| life.play(&mut dice, role, purchased, market));
        let size = plan.size(index);
        let order = Self {
            index,
            market,
            fulfillment,
            purchased,
            life,
            service_level: draw_service_level(&mut dice, fulfillment),
            address: Address::draw(&mut dice, market.places),
            business: (dice.chance(60) && !market.is_multi_channel())
                .then(|| Business::draw(&mut dice)),
            hides_price: fulfillment == Fulfillment::Merchant || dice.chance(400),
            dropped_line: (size > 1 && !is_twin(index) && dice.chance(40))
                .then(|| dice.below(size)),
            signature: dice.chance(6),
            buyer: dice.below(10_000_000),
        };
        (order, dice)
    }
}

impl Life {
    fn draw_amazon(dice: &mut Dice, purchased: Moment) -> Self {
        let mut life = Self::draw_start(dice, purchased);
        let wait = if dice.chance(20) {
            dice.between(DAY, 4 * DAY)
        } else {
            dice.between(4 * HOUR, 50 * HOUR)
        };
        life.ended = if life.is_cancelled {
            life.cancelled_at(dice)
        } else {
            life.released.plus(wait)
        };
        life
    }

    fn draw_merchant(dice: &mut Dice, purchased: Moment, market: &Market) -> Self {
        let mut life = Self::draw_start(dice, purchased);
        let due = purchased.local_day(market.offset_hours) + dice.pick(&HANDLING_DAYS);
        // Days count from a Monday; nothing is due on a weekend.
        let due = match due % 7 {
            5 => due + 2,
            6 => due + 1,
            _ => due,
        };
        life.promised = Moment::end_of_local_day(due, market.offset_hours);
        let time_left = life.promised.0.saturating_sub(life.released.0);
        let shipped = match dice.below(1000) {
            0..35 => life.promised.plus(dice.between(HOUR, 2 * DAY)),
            35..42 => life.promised.plus(dice.between(DAY, 9 * DAY)),
            // Paid so late that the promise has passed.
            _ if time_left < 2 * HOUR => life.released.plus(dice.between(HOUR, 20 * HOUR)),
            _ => life.released.plus(dice.between(HOUR, time_left - 1)),
        };
        life.ended = if life.is_cancelled {
            life.cancelled_at(dice)
        } else {
            shipped.max(life.released.plus(60))
        };
        life.asked_to_cancel = dice.chance(if life.is_cancelled { 300 } else { 12 });
        life
    }

    fn draw_start(dice: &mut Dice, purchased: Moment) -> Self {
        let touched = purchased.plus(dice.between(20, 900));
        let released = match dice.below(1000) {
            0..15 => purchased.plus(dice.between(DAY, 6 * DAY)),
            15..90 => purchased.plus(dice.between(HOUR, DAY)),
            _ => purchased.plus(dice.between(1700, 1990)),
        };
        let (is_cancelled, keeps_price) = (dice.chance(40), dice.chance(150));
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
    fn cancelled_at(&self, dice: &mut Dice) -> Moment {
        if dice.chance(300) {
            let pending = self.released.0 - self.touched.0;
            self.touched.plus(dice.between(1, pending.max(1)))
        } else {
            self.released.plus(dice.between(600, 30 * HOUR))
        }
    }

    /// Bends the life so that the order plays its part at the snapshot of its role; afterwards it
    /// goes on as any other.
    fn play(mut self, dice: &mut Dice, role: Role, purchased: Moment, market: &Market) -> Self {
        let later = |dice: &mut Dice| role.snapshot.plus(dice.between(5 * HOUR, 55 * HOUR));
        // A few orders bought minutes before the snapshot would otherwise still be pending, or not
        // even touched.
        let age = role.snapshot.0.saturating_sub(purchased.0);
        self.touched = purchased.plus((self.touched.0 - purchased.0).min(age / 3));
        match role.part {
            Part::Pending { will_be_cancelled } => {
                self.released = later(dice);
                self.is_cancelled = will_be_cancelled;
                let more = if will_be_cancelled {
                    0
                } else {
                    dice.between(HOUR, 9 * HOUR)
                };
                self.ended = self.released.plus(more);
            }
            Part::Backlog {
                due,
                asked_to_cancel,
            } => {
                self.released = purchased.plus(1800.min(age / 2));
                let today = role.snapshot.local_day(market.offset_hours);
                self.promised =
                    Moment::end_of_local_day(today.saturating_add_signed(due), market.offset_hours);
                self.ended = later(dice);
                self.is_cancelled = asked_to_cancel;
                self.asked_to_cancel = asked_to_cancel;
            }
        }
        self
    }
}

impl Business {
    fn draw(dice: &mut Dice) -> Self {
        Self {
            purchase_order: dice.chance(400).then(|| dice.below(90_000)),
            special_price: dice.chance(600),
        }
    }
}

fn draw_market(
    dice: &mut Dice,
    plan: &Plan,
    purchased: Moment,
    role: Option<Role>,
) -> &'static Market {
    let busy = plan.clock.busy_at(purchased);
    let thrown = dice.below(busy[MARKETS.len() - 1]);
    let market = busy.partition_point(|&before| before <= thrown);
    // A backlog is the seller's own work, and his shop's parcels are not in it.
    if market == MULTI_CHANNEL && role.is_some() {
        &MARKETS[0]
    } else {
        &MARKETS[market]
    }
}

fn draw_fulfillment(dice: &mut Dice, market: &Market, role: Option<Role>) -> Fulfillment {
    let merchant = dice.chance(206) && !market.is_multi_channel();
    match role.map(|role| role.part) {
        Some(Part::Backlog { .. }) => Fulfillment::Merchant,
        None if merchant => Fulfillment::Merchant,
        Some(Part::Pending { .. }) | None => Fulfillment::Amazon,
    }
}

fn draw_service_level(dice: &mut Dice, fulfillment: Fulfillment) -> &'static str {
    match fulfillment {
        Fulfillment::Amazon => {
            dice.pick(&["Expedited", "Expedited", "Standard", "SecondDay", "NextDay"])
        }
        Fulfillment::Merchant => {
            dice.pick(&["Standard", "Standard", "Standard", "Standard", "Expedited"])
        }
    }
}
