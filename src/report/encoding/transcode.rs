//! Cells of files that are not UTF-8, as UTF-8: the texts of a line, and nothing else of it.

use crate::line::{Address, OrderLine, UnshippedLine};

use super::Encoding;
use crate::report::columns::Picked;

/// The texts of a line, decoded into a buffer that is used again.
#[derive(Debug, Default)]
pub(in crate::report) struct Recoded(Vec<u8>);

impl Recoded {
    /// A line of an all-orders report.
    pub(in crate::report) fn order_line<'s>(
        &'s mut self,
        line: &OrderLine<'s>,
        encoding: Encoding,
    ) -> OrderLine<'s> {
        let texts = [
            line.order_status,
            line.item_status,
            line.sales_channel,
            line.sku,
            line.asin,
            line.product_name,
            line.ship_country,
            line.ship_state,
            line.ship_service_level,
            line.promotion_ids,
        ];
        let [
            order_status,
            item_status,
            sales_channel,
            sku,
            asin,
            product_name,
            ship_country,
            ship_state,
            ship_service_level,
            promotion_ids,
        ] = self.texts(texts, encoding);
        OrderLine {
            order_status,
            item_status,
            sales_channel,
            sku,
            asin,
            product_name,
            ship_country,
            ship_state,
            ship_service_level,
            promotion_ids,
            ..*line
        }
    }

    /// A line of an unshipped-orders report.
    pub(in crate::report) fn unshipped_line<'s>(
        &'s mut self,
        line: &UnshippedLine<'s>,
        encoding: Encoding,
    ) -> UnshippedLine<'s> {
        let [
            order_item_id,
            sku,
            product_name,
            ship_service_level,
            sales_channel,
            ship_city,
            ship_state,
            ship_country,
            address @ ..,
        ] = self.texts(line.texts(), encoding);
        UnshippedLine {
            order_item_id,
            sku,
            product_name,
            ship_service_level,
            sales_channel,
            ship_city,
            ship_state,
            ship_country,
            address: Address::of(address),
            ..*line
        }
    }

    /// The cells of a line of any other report.
    pub(in crate::report) fn cells<'s>(
        &'s mut self,
        cells: &Picked<'s>,
        encoding: Encoding,
    ) -> Picked<'s> {
        self.texts(*cells, encoding)
    }

    fn texts<'s, const N: usize>(
        &'s mut self,
        texts: [&'s [u8]; N],
        encoding: Encoding,
    ) -> [&'s [u8]; N] {
        if texts.iter().all(|text| text.is_ascii()) {
            return texts;
        }
        self.0.clear();
        let ends = texts.map(|text| {
            self.0.extend_from_slice(&encoding.cell(text));
            self.0.len()
        });
        let mut start = 0;
        ends.map(|end| {
            let text = &self.0[start..end];
            start = end;
            text
        })
    }
}
