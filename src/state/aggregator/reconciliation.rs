//! Lines that Business Reports count otherwise, and prices for estimates.

use crate::field::status;
use crate::line::OrderLine;
use crate::topic::demand::state::reconciliation::{AdjustmentKey, AdjustmentReason};
use crate::topic::demand::state::sales::SalesKey;
use crate::topic::demand::state::unit_price::{PriceKey, UnpricedKey, unit_price};
use crate::topic::returns::state::returned_line::ReturnedLine;

use crate::state::aggregator::Aggregator;

impl Aggregator<'_> {
    /// Whether a line is one of the few. Asked of every line, so it is a comparison or two.
    #[inline]
    pub(crate) fn needs_adjustment(&self, line: &OrderLine<'_>, live: bool) -> bool {
        self.adjustment_cache.all
            || line.is_replacement.is_some()
            || !live && line.line_amount.is_none()
    }

    /// Keeps them apart.
    #[cold]
    #[inline(never)]
    pub(crate) fn note_adjustment(&mut self, line: &OrderLine<'_>, key: SalesKey, live: bool) {
        self.state.demand.adjustments.told += u64::from(line.is_replacement.is_some());
        let replacement = line.is_replacement == Some(true);
        let cancelled_unpriced = !live && line.line_amount.is_none();
        if !(self.adjustment_cache.all || replacement || cancelled_unpriced) {
            return;
        }
        let (amazon, market_day) =
            self.adjustment_cache
                .market(key.channel, line.sales_channel, line.purchase_date);
        if !amazon {
            return;
        }
        let mut note = |reason, market_day| {
            let key = AdjustmentKey {
                reason,
                day: key.day,
                market_day,
                currency: key.currency,
            };
            self.state.demand.adjustments.cells.cell(key).add(line);
        };
        if replacement {
            note(AdjustmentReason::Replacement, key.day);
        } else if self.adjustment_cache.shifts && market_day != key.day {
            note(AdjustmentReason::Shifted, market_day);
        }
        if cancelled_unpriced {
            note(AdjustmentReason::CancelledUnpriced, key.day);
        }
        // A replacement never gets a price.
        if self.adjustment_cache.estimates && live && line.quantity > 0 && !replacement {
            self.note_price(line, key);
        }
    }

    fn note_price(&mut self, line: &OrderLine<'_>, key: SalesKey) {
        let sku = self.state.labels.skus.intern(line.sku);
        let prices = &mut self.state.demand.prices;
        let units = u64::from(line.quantity);
        let Some(amount) = line.line_amount else {
            let unpriced = UnpricedKey {
                sku,
                channel: key.channel,
                fulfillment: key.fulfillment,
                currency: key.currency,
                day: key.day,
            };
            prices.unpriced.cell(unpriced).0 += units;
            return;
        };
        let unit_price = unit_price(amount.ten_thousandths(), line.quantity);
        if let (Some(currency), Some(unit_price)) = (key.currency, unit_price) {
            let price = PriceKey {
                sku,
                channel: key.channel,
                currency,
                unit_price,
            };
            prices.priced.cell(price).0 += units;
        }
    }

    /// A line whose status says that it came back.
    #[cold]
    #[inline(never)]
    pub(crate) fn note_returned(&mut self, line: &OrderLine<'_>, key: SalesKey) {
        if status::is_cancelled(line.item_status) {
            return;
        }
        let sku = self.state.labels.skus.intern(line.sku);
        self.state.returns.lines.push(ReturnedLine {
            order: line.order_id,
            sku,
            channel: key.channel,
            fulfillment: key.fulfillment,
            units: line.quantity,
        });
    }
}
