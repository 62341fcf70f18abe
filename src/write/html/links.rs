//! Links of order ids to Seller Central. A link is no request, and carries nothing but the order id.

use crate::table::{Document, Table, is_multi_channel, marketplace, marketplaces};

/// Where the orders of a document are found in Seller Central.
pub(super) struct OrderLinks {
    /// The marketplace of all orders, if it is one. Nothing from a file becomes part of an address.
    only: Option<&'static str>,
}

impl OrderLinks {
    pub(super) fn of(document: &Document) -> Self {
        let mut found: Vec<Option<&'static str>> = Vec::new();
        for name in ["channels", "fba_shipments", "merchant_orders"] {
            let Some(table) = document.table(name) else {
                continue;
            };
            for row in 0..table.height() {
                let channel = table.text(row, "sales_channel");
                if !is_multi_channel(channel.as_bytes()) && !channel.is_empty() {
                    found.push(marketplaces().find(|known| known.eq_ignore_ascii_case(&channel)));
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        let only = match found[..] {
            [only] => only,
            _ => None,
        };
        Self { only }
    }

    /// The address of an order; `None` if its marketplace is not known, or the text is no order id.
    pub(super) fn address(&self, table: &Table, row: usize, order_id: &str) -> Option<String> {
        let digits = |text: &str, count: usize| {
            text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let mut parts = order_id.split('-');
        let whole =
            digits(parts.next()?, 3) && digits(parts.next()?, 7) && digits(parts.next()?, 7);
        if !whole || parts.next().is_some() {
            return None;
        }
        let country = table.text(row, "ship_country");
        let place = self.only.or_else(|| marketplace(country.as_bytes()))?;
        Some(format!(
            "https://sellercentral.{place}/orders-v3/order/{order_id}"
        ))
    }
}
