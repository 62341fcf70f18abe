//! The all-orders report: layout A6, one line for every item of every order.

use super::catalog::Fulfillment;
use super::dice::{Subject, key, scramble};
use super::line::Line;
use super::market::Market;
use super::order::{Order, Stage};
use super::plan::Plan;
use super::text::{put_amount, put_flag, put_moment, put_number, put_optional_amount, put_seven};

/// The last name ends in a blank, as in real files.
pub(super) const HEADER: &str = "\
amazon-order-id\tmerchant-order-id\tpurchase-date\tlast-updated-date\torder-status\t\
order-item-id\tfulfillment-channel\tsales-channel\torder-channel\tship-service-level\t\
product-name\tsku\tasin\titem-status\tquantity\tcurrency\titem-price\titem-tax\t\
shipping-price\tshipping-tax\tgift-wrap-price\tgift-wrap-tax\titem-promotion-discount\t\
ship-promotion-discount\tship-city\tship-state\tship-postal-code\tship-country\tpromotion-ids\t\
cpf\tis-business-order\tpurchase-order-number\tprice-designation\t\
signature-confirmation-recommended ";
pub(super) const LINE_END: &str = "\r\n";

/// Appends one line without its end.
pub(super) fn put_line(out: &mut Vec<u8>, plan: &Plan, order: &Order, line: &Line<'_>) {
    let (stage, updated) = order.life.at(plan.snapshot, order.purchased);
    let is_dropped = stage == Stage::Shipped && order.dropped_line == Some(line.number);
    let is_cancelled = stage == Stage::Cancelled || is_dropped;
    let is_empty = is_cancelled && !order.life.keeps_price;
    put_order_id(out, plan, order);
    out.push(b'\t');
    put_merchant_order_id(out, plan, order);
    out.push(b'\t');
    put_moment(out, order.purchased);
    out.push(b'\t');
    put_moment(out, updated);
    out.push(b'\t');
    put(out, order_status(stage, order.fulfillment));
    out.push(b'\t');
    put_item_id(out, plan.seed, order.index, line.number);
    out.push(b'\t');
    put(out, fulfillment_channel(order.fulfillment));
    out.push(b'\t');
    put(out, order.market.sales_channel);
    // order-channel stays empty.
    put(out, "\t\t");
    put(out, order.service_level);
    out.push(b'\t');
    put(out, &line.article.name);
    out.push(b'\t');
    out.extend_from_slice(&line.article.sku);
    out.push(b'\t');
    out.extend_from_slice(&line.article.asin);
    out.push(b'\t');
    put(out, item_status(stage, is_dropped));
    out.push(b'\t');
    put_number(
        out,
        if is_empty {
            0
        } else {
            u64::from(line.quantity)
        },
    );
    out.push(b'\t');
    if is_empty || stage == Stage::Pending && order.hides_price {
        put(out, "\t\t\t\t\t\t\t\t");
    } else {
        put_amounts(out, order.market, line);
    }
    out.push(b'\t');
    order.address.put(out);
    out.push(b'\t');
    put(out, if is_empty { "" } else { line.promotions });
    // cpf is for Brazil.
    put(out, "\t\t");
    put_business(out, order);
    out.push(b'\t');
    put_flag(out, order.signature);
}

/// Appends the order id: three digits that tell the marketplace, twice seven that no other order
/// has.
pub(super) fn put_order_id(out: &mut Vec<u8>, plan: &Plan, order: &Order) {
    let (left, right) = scramble(key(plan.seed, Subject::OrderId), order.index);
    let prefixes = order.market.prefixes;
    put(out, prefixes[order.buyer as usize % prefixes.len()]);
    out.push(b'-');
    put_seven(out, left);
    out.push(b'-');
    put_seven(out, right);
}

/// Appends the order item id, fifteen digits; the lines of a twin share one.
pub(super) fn put_item_id(out: &mut Vec<u8>, seed: u64, order: u64, line: u32) {
    let (left, right) = scramble(key(seed, Subject::ItemId), order * 4 + u64::from(line));
    out.push(b'1');
    put_seven(out, left);
    put_seven(out, right);
}

/// Appends is-business-order, purchase-order-number and price-designation.
pub(super) fn put_business(out: &mut Vec<u8>, order: &Order) {
    put_flag(out, order.business.is_some());
    out.push(b'\t');
    if let Some(number) = order.business.and_then(|business| business.purchase_order) {
        put(out, "PO-");
        put_number(out, u64::from(10_000 + number));
    }
    out.push(b'\t');
    if order
        .business
        .is_some_and(|business| business.special_price)
    {
        put(out, "Business Price");
    }
}

/// Appends text as it stands.
pub(super) fn put(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(text.as_bytes());
}

/// The seller's own number where the order came from his own shop, else the order id once more.
fn put_merchant_order_id(out: &mut Vec<u8>, plan: &Plan, order: &Order) {
    if order.market.is_multi_channel() {
        put(out, "WEB");
        put_seven(out, order.index);
    } else {
        put_order_id(out, plan, order);
    }
}

/// From currency to ship-promotion-discount.
fn put_amounts(out: &mut Vec<u8>, market: &Market, line: &Line<'_>) {
    if market.is_multi_channel() {
        put(out, "\t\t\t\t\t\t\t\t");
        return;
    }
    put(out, market.currency);
    out.push(b'\t');
    put_amount(out, line.amount);
    let rest = [
        line.tax,
        line.shipping,
        line.shipping_tax,
        line.gift_wrap,
        line.gift_wrap_tax,
        line.discount,
        line.shipping_discount,
    ];
    for amount in rest {
        out.push(b'\t');
        put_optional_amount(out, amount);
    }
}

fn order_status(stage: Stage, fulfillment: Fulfillment) -> &'static str {
    match (stage, fulfillment) {
        (Stage::Pending, _) => "Pending",
        (Stage::Waiting, Fulfillment::Amazon) => "Shipping",
        (Stage::Waiting, Fulfillment::Merchant) => "Unshipped",
        (Stage::Shipped, _) => "Shipped",
        (Stage::Cancelled, _) => "Cancelled",
    }
}

fn item_status(stage: Stage, is_dropped: bool) -> &'static str {
    match stage {
        Stage::Pending | Stage::Waiting => "Unshipped",
        Stage::Shipped if is_dropped => "Cancelled",
        Stage::Shipped => "Shipped",
        Stage::Cancelled => "Cancelled",
    }
}

fn fulfillment_channel(fulfillment: Fulfillment) -> &'static str {
    match fulfillment {
        Fulfillment::Amazon => "Amazon",
        Fulfillment::Merchant => "Merchant",
    }
}
