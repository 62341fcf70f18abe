//! Converted lines as lines of a report: Amazon's columns, tabs, UTF-8.

use std::borrow::Cow;

use crate::field::{Amount, Fulfillment, Moment, OrderIds, money};
use crate::line::{OrderLine, UnshippedLine};

/// A line of an all-orders report, in the columns of its kind.
pub(super) fn order(line: &OrderLine<'_>, ids: &OrderIds, quoted: bool, out: &mut Vec<u8>) {
    let currency = line
        .currency
        .map_or(String::new(), |of| of.as_str().to_owned());
    let [tax, discounts] = [parts(line.tax), parts(line.discounts)];
    let cells: [Cow<'_, [u8]>; 26] = [
        owned(ids.text(line.order_id)),
        moment(Some(line.purchase_date)),
        moment(line.last_updated_date),
        line.order_status.into(),
        match line.fulfillment {
            Fulfillment::Amazon => b"Amazon"[..].into(),
            Fulfillment::Merchant => b"Merchant"[..].into(),
            Fulfillment::Unknown => b""[..].into(),
        },
        line.sales_channel.into(),
        line.sku.into(),
        line.asin.into(),
        line.product_name.into(),
        line.item_status.into(),
        owned(line.quantity.to_string()),
        owned(currency),
        owned(line.line_amount.map_or(String::new(), amount)),
        part(tax[0]),
        owned(amount(line.shipping)),
        part(tax[1]),
        owned(amount(line.gift_wrap)),
        part(tax[2]),
        part(discounts[0]),
        part(discounts[1]),
        line.ship_state.into(),
        line.ship_country.into(),
        line.ship_service_level.into(),
        flag(line.is_business),
        flag(line.is_replacement),
        line.promotion_ids.into(),
    ];
    write(&cells, quoted, out);
}

/// A line of an unshipped report, in the columns of its kind.
pub(super) fn unshipped(line: &UnshippedLine<'_>, ids: &OrderIds, quoted: bool, out: &mut Vec<u8>) {
    let days = line.days_past_promise.map(|days| days.to_string());
    let cells: [Cow<'_, [u8]>; 19] = [
        owned(ids.text(line.order_id)),
        line.order_item_id.into(),
        moment(Some(line.purchase_date)),
        moment(line.payments_date),
        moment(line.reporting_date),
        moment(line.promise_date),
        owned(days.unwrap_or_default()),
        line.sku.into(),
        line.product_name.into(),
        owned(line.quantity_to_ship.to_string()),
        line.ship_service_level.into(),
        line.sales_channel.into(),
        line.ship_city.into(),
        line.ship_state.into(),
        line.ship_country.into(),
        flag(line.is_prime),
        flag(line.is_business),
        flag(Some(line.buyer_requested_cancellation)),
        flag(line.verge_of_cancellation),
    ];
    write(&cells, quoted, out);
}

fn write(cells: &[Cow<'_, [u8]>], quoted: bool, out: &mut Vec<u8>) {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            out.push(b'\t');
        }
        if !quoted || cell.is_empty() {
            out.extend_from_slice(cell);
            continue;
        }
        // In quotation marks, tabs, line ends and quotation marks are the cell's own.
        out.push(b'"');
        for piece in cell.split_inclusive(|byte| *byte == b'"') {
            out.extend_from_slice(piece);
            out.extend(piece.last().filter(|byte| **byte == b'"'));
        }
        out.push(b'"');
    }
    out.push(b'\n');
}

fn owned<'a>(text: String) -> Cow<'a, [u8]> {
    text.into_bytes().into()
}

fn flag<'a>(flag: Option<bool>) -> Cow<'a, [u8]> {
    owned(flag.map_or(String::new(), |flag| flag.to_string()))
}

fn amount(amount: Amount) -> String {
    money::text(i128::from(amount.ten_thousandths()), 2)
}

/// A sum of up to three amounts as amounts that a cell may hold.
fn parts(sum: Amount) -> [i64; 3] {
    /// The largest amount of one cell, in ten-thousandths.
    const MOST: i64 = 9_999_999_999_999_999;
    let mut left = sum.ten_thousandths();
    [(); 3].map(|()| {
        let part = left.clamp(-MOST, MOST);
        left -= part;
        part
    })
}

fn part<'a>(part: i64) -> Cow<'a, [u8]> {
    let shown = (part != 0).then(|| money::text(i128::from(part), 2));
    owned(shown.unwrap_or_default())
}

/// A moment in UTC; one that is of another year there than in its own place is written with an offset.
fn moment<'a>(moment: Option<Moment>) -> Cow<'a, [u8]> {
    /// From 0000-01-01 to the end of 9999-12-31.
    const FIRST: i64 = -62_167_219_200;
    const LAST: i64 = 253_402_300_799;
    /// 23:59, the most that an offset can say.
    const FAR: i64 = 86_340;
    let Some(moment) = moment else {
        return owned(String::new());
    };
    if !moment.timed {
        return owned(moment.to_string());
    }
    let (shift, offset) = match moment.utc {
        ..FIRST => (FAR, "+23:59"),
        FIRST..=LAST => (0, "+00:00"),
        _ => (-FAR, "-23:59"),
    };
    let local = Moment::at(moment.utc + shift).to_string();
    owned(local.replace('Z', offset))
}
