//! The heads of lines, packed.

use crate::field::{Moment, OrderId};
use crate::line::OrderLineHead;

/// Heads of lines, packed.
#[derive(Debug, Default)]
pub(super) struct Heads {
    orders: Vec<(OrderId, [u32; 2])>,
    kinds: Vec<u8>,
    named: Vec<HeadKind>,
}

/// What is the same in most heads.
#[derive(Debug, Clone, PartialEq, Eq)]
struct HeadKind {
    sales_channel: Box<[u8]>,
    /// Whether the purchase has a time of day, and the update, if there is one.
    purchase_timed: bool,
    update_timed: Option<bool>,
}

impl Heads {
    /// Packs one more; says whether it can be.
    pub(super) fn push(&mut self, head: &OrderLineHead<'_>) -> bool {
        let kind = |kind: &HeadKind| {
            *kind.sales_channel == *head.sales_channel
                && kind.purchase_timed == head.purchase_date.timed
                && kind.update_timed == head.last_updated_date.map(|update| update.timed)
        };
        let same = (self.kinds.last())
            .filter(|last| kind(&self.named[usize::from(**last)]))
            .map(|last| usize::from(*last));
        let number = same
            .or_else(|| self.named.iter().position(kind))
            .unwrap_or(self.named.len());
        let update = head.last_updated_date.map_or(0, |update| update.utc);
        let moments = (u32::try_from(head.purchase_date.utc), u32::try_from(update));
        let (Ok(number), (Ok(purchase), Ok(update))) = (u8::try_from(number), moments) else {
            return false;
        };
        if usize::from(number) == self.named.len() {
            self.named.push(HeadKind {
                sales_channel: head.sales_channel.into(),
                purchase_timed: head.purchase_date.timed,
                update_timed: head.last_updated_date.map(|update| update.timed),
            });
        }
        self.kinds.push(number);
        self.orders.push((head.order_id, [purchase, update]));
        true
    }

    #[inline]
    pub(super) fn get(&self, index: usize) -> OrderLineHead<'_> {
        let (order_id, [purchase, update]) = self.orders[index];
        let kind = &self.named[usize::from(self.kinds[index])];
        let moment = |utc: u32, timed| Moment {
            utc: i64::from(utc),
            timed,
        };
        OrderLineHead {
            order_id,
            purchase_date: moment(purchase, kind.purchase_timed),
            last_updated_date: kind.update_timed.map(|timed| moment(update, timed)),
            sales_channel: &kind.sales_channel,
        }
    }
}
