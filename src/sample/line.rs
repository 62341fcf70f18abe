//! One line of an order: an article, how many of it, and every amount.

use super::catalog::{Article, Catalog, OFFER_WEEKS};
use super::market::{Market, Tax};
use super::order::Order;
use super::purchase_times::{DAY, Moment};
use super::rng::Rng;

/// Amounts are in hundredths of the currency and for the whole line; `None` is an empty cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) article: &'a Article,
    pub(super) number: u32,
    pub(super) quantity: u32,
    pub(super) amount: u64,
    pub(super) tax: Option<u64>,
    pub(super) shipping: Option<u64>,
    pub(super) shipping_tax: Option<u64>,
    pub(super) gift_wrap: Option<u64>,
    pub(super) gift_wrap_tax: Option<u64>,
    pub(super) discount: Option<u64>,
    pub(super) shipping_discount: Option<u64>,
    pub(super) promotions: &'static str,
}

const FIRST_MONDAY: Moment = Moment::new(6, 22, 0, 0);
/// Added to every moment, so that none is before the first Monday.
const MANY_WEEKS: u32 = 8 * OFFER_WEEKS * 7 * DAY;
const COUPONS: [&str; 5] = [
    "Summer Coupon 2026-06 K7WQX2M4,PLM-5f20c1aa",
    "PLM-90b77d3e",
    "Save 10% on 2, Garden Week 2026 M2ZC88QT",
    "Duplicated A0SAMPLE0PROMO 1780000000000",
    "Subscribe,Save 2026 B4NN71XD,PLM-0c4e19f2,VIP Early Access 77120",
];
const FREE_SHIPPING: &str = "Free Shipping 2026 D3M0SAMPLE";

impl<'a> Line<'a> {
    /// Draws the next line of an order.
    pub(super) fn draw(
        rng: &mut Rng,
        order: &Order<'_>,
        catalog: &'a Catalog,
        number: u32,
    ) -> Self {
        let market = order.market;
        let article = catalog.draw(rng, market, order.fulfillment);
        let quantity = draw_quantity(rng, order.business.is_some());
        let week = (order.purchased.0 + MANY_WEEKS - FIRST_MONDAY.0) / (7 * DAY) % OFFER_WEEKS;
        let amount = article.unit_price(market, week) * u64::from(quantity);
        let mut line = Self {
            article,
            number,
            quantity,
            amount,
            tax: None,
            shipping: None,
            shipping_tax: None,
            gift_wrap: None,
            gift_wrap_tax: None,
            discount: None,
            shipping_discount: None,
            promotions: "",
        };
        line.draw_extras(rng, order);
        line
    }

    fn draw_extras(&mut self, rng: &mut Rng, order: &Order<'_>) {
        let market = order.market;
        let tax = |rng: &mut Rng, amount| draw_tax(rng, market, order.address.tax, amount);
        self.tax = tax(rng, self.amount);
        if rng.chance(320) {
            let shipping = local(market, rng.pick(&[299, 399, 499, 599]));
            self.shipping = Some(shipping);
            self.shipping_tax = if rng.chance(100) {
                tax(rng, shipping)
            } else {
                None
            };
            if rng.chance(850) {
                self.shipping_discount = Some(shipping);
                self.promotions = if rng.chance(300) { FREE_SHIPPING } else { "" };
            }
        } else if rng.chance(200) {
            self.shipping = Some(0);
        }
        if rng.chance(12) {
            let wrap = local(market, 399);
            self.gift_wrap = Some(wrap);
            self.gift_wrap_tax = tax(rng, wrap);
        }
        if rng.chance(60) {
            self.discount = Some(whole(
                market,
                self.amount * u64::from(rng.between(5, 20)) / 100,
            ));
            self.promotions = rng.pick(&COUPONS);
        }
    }
}

fn draw_quantity(rng: &mut Rng, is_business: bool) -> u32 {
    match (rng.below(2000), is_business) {
        (0, _) | (0..12, true) => rng.pick(&[50, 100]),
        (_, true) => rng.pick(&[1, 1, 1, 2, 2, 3, 5]),
        (1..190, false) => rng.pick(&[2, 2, 2, 3, 3, 4, 5]),
        _ => 1,
    }
}

fn draw_tax(rng: &mut Rng, market: &Market, rate: u32, amount: u64) -> Option<u64> {
    let known = rng.chance(880);
    match market.tax {
        Tax::OnTop if known && rate > 0 => Some((amount * u64::from(rate) + 5000) / 10_000),
        Tax::Inside(percent) if known => Some(whole(
            market,
            amount * u64::from(percent) / u64::from(100 + percent),
        )),
        _ => None,
    }
}

/// US cents in the currency of the marketplace.
fn local(market: &Market, cents: u64) -> u64 {
    whole(market, cents * u64::from(market.rate) / 100)
}

/// Yen have no hundredths.
fn whole(market: &Market, hundredths: u64) -> u64 {
    if market.is_yen() {
        hundredths - hundredths % 100
    } else {
        hundredths
    }
}
