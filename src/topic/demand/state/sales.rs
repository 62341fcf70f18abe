//! The sales cube: sums by status, channel, fulfillment, currency and day. Every table of demand is computed from it.

use std::hash::{Hash, Hasher};

use crate::field::{Amount, Currency, Day, Fulfillment, LabelId, Money};
use crate::line::OrderLine;

use crate::merge::Merge;

/// Where a line counts, and where an order has its home (docs/metrics.md, One order, one snapshot).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SalesKey {
    /// Fulfillment.
    pub fulfillment: Fulfillment,
    /// Order status, as Amazon wrote it.
    pub status: LabelId,
    /// Sales channel, as Amazon wrote it.
    pub channel: LabelId,
    /// The marketplace-local day of purchase.
    pub day: Day,
    /// The currency; `None` where the line states none. Currencies are never added.
    pub currency: Option<Currency>,
}

impl Hash for SalesKey {
    /// Two words in place of five fields: this is hashed for most lines.
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        let day = u64::from(self.day.0.cast_unsigned());
        state.write_u64(u64::from(self.status.0) << 32 | u64::from(self.channel.0));
        state.write_u64(
            day << 32 | u64::from(currency_number(self.currency)) << 2 | self.fulfillment as u64,
        );
    }
}

/// The currency as a number, 0 for none.
#[inline]
pub(crate) fn currency_number(currency: Option<Currency>) -> u32 {
    currency.map_or(0, Currency::number)
}

/// What is added up (docs/metrics.md, Measures).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SalesMeasures {
    /// Orders at home here, any status.
    pub orders_placed: u64,
    /// Those of them that hold a live line with a price.
    pub priced_orders: u64,
    /// Lines, any status.
    pub lines: u64,
    /// Lines that are not cancelled.
    pub live_lines: u64,
    /// Live lines with a discount.
    pub discounted_lines: u64,
    /// Units of all lines.
    pub quantity: u64,
    /// Units of live lines.
    pub units: u64,
    /// Units of live lines without a price.
    pub unpriced_units: u64,
    /// Line amounts of live lines.
    pub sales: Money,
    /// Line amounts of all lines.
    pub amount: Money,
    /// Taxes of live lines.
    pub tax: Money,
    /// Shipping prices of live lines.
    pub shipping: Money,
    /// Gift-wrap prices of live lines.
    pub gift_wrap: Money,
    /// Discounts of live lines, without sign.
    pub discounts: Money,
}

impl SalesMeasures {
    /// Adds a line. `live` says that neither its order nor its item is cancelled.
    #[inline]
    pub fn add(&mut self, line: &OrderLine<'_>, live: bool) {
        let quantity = u64::from(line.quantity);
        self.lines += 1;
        self.quantity += quantity;
        if let Some(amount) = line.line_amount {
            self.amount += amount;
        }
        if !live {
            return;
        }
        self.live_lines += 1;
        self.discounted_lines += u64::from(line.discounts > Amount::default());
        self.units += quantity;
        match line.line_amount {
            Some(amount) => self.sales += amount,
            None => self.unpriced_units += quantity,
        }
        self.tax += line.tax;
        self.shipping += line.shipping;
        self.gift_wrap += line.gift_wrap;
        self.discounts += line.discounts;
    }
}

impl Merge for SalesMeasures {
    fn merge(&mut self, other: Self) {
        self.orders_placed += other.orders_placed;
        self.priced_orders += other.priced_orders;
        self.lines += other.lines;
        self.live_lines += other.live_lines;
        self.discounted_lines += other.discounted_lines;
        self.quantity += other.quantity;
        self.units += other.units;
        self.unpriced_units += other.unpriced_units;
        self.sales += other.sales;
        self.amount += other.amount;
        self.tax += other.tax;
        self.shipping += other.shipping;
        self.gift_wrap += other.gift_wrap;
        self.discounts += other.discounts;
    }
}
