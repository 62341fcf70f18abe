//! The all-orders report: layout A6, one line for every item of every order.

use super::catalog::Fulfillment;
use super::cells::Cells;
use super::line::Line;
use super::order::{Order, Stage};
use super::plan::Plan;
use super::rng::{Subject, key, scramble};

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
pub(super) fn put_line(out: &mut Vec<u8>, plan: &Plan, order: &Order<'_>, line: &Line<'_>) {
    let market = order.market;
    let (stage, updated) = order.lifecycle.at(plan.snapshot, order.purchased);
    let is_dropped = stage == Stage::Shipped && order.dropped_line == Some(line.number);
    let is_cancelled = stage == Stage::Cancelled || is_dropped;
    let is_empty = is_cancelled && !order.lifecycle.keeps_price;
    let hides_price = is_empty || stage == Stage::Pending && order.hides_price;
    let mut cells = Cells::new(out);
    put_order_id(&mut cells, plan, order);
    if market.is_multi_channel() {
        // The seller's own number.
        cells.text("WEB").add_seven(order.index);
    } else {
        put_order_id(&mut cells, plan, order);
    }
    cells.moment(order.purchased).moment(updated);
    cells.text(order_status(stage, order.fulfillment));
    put_item_id(&mut cells, plan.seed, order.index, line.number);
    cells.text(match order.fulfillment {
        Fulfillment::Amazon => "Amazon",
        Fulfillment::Merchant => "Merchant",
    });
    // order-channel stays empty.
    cells
        .text(market.sales_channel)
        .empty(1)
        .text(order.service_level);
    cells
        .text(&line.article.name)
        .bytes(&line.article.sku)
        .bytes(&line.article.asin);
    cells.text(match stage {
        Stage::Pending | Stage::Waiting => "Unshipped",
        Stage::Shipped if !is_dropped => "Shipped",
        Stage::Shipped | Stage::Cancelled => "Cancelled",
    });
    cells.number(if is_empty { 0 } else { line.quantity });
    if hides_price || market.is_multi_channel() {
        cells.empty(9);
    } else {
        cells.text(market.currency).amount(Some(line.amount));
        for amount in [
            line.tax,
            line.shipping,
            line.shipping_tax,
            line.gift_wrap,
            line.gift_wrap_tax,
            line.discount,
            line.shipping_discount,
        ] {
            cells.amount(amount);
        }
    }
    cells.address(&order.address);
    // cpf, which is for Brazil, stays empty.
    cells
        .text(if is_empty { "" } else { line.promotions })
        .empty(1);
    put_business(&mut cells, order);
    cells.flag(order.signature);
}

/// The order id: three digits that tell the marketplace, twice seven that no other order has.
pub(super) fn put_order_id(cells: &mut Cells<'_>, plan: &Plan, order: &Order<'_>) {
    let (left, right) = scramble(key(plan.seed, Subject::OrderId), order.index);
    let prefixes = &order.market.prefixes;
    cells.text(prefixes[order.buyer as usize % prefixes.len()]);
    cells.add(b"-").add_seven(left).add(b"-").add_seven(right);
}

/// The order item id, fifteen digits; equal lines of an order share one.
pub(super) fn put_item_id(cells: &mut Cells<'_>, seed: u64, order: u64, line: u32) {
    let (left, right) = scramble(key(seed, Subject::ItemId), order * 4 + u64::from(line));
    cells.text("1").add_seven(left).add_seven(right);
}

/// is-business-order, purchase-order-number and price-designation.
pub(super) fn put_business(cells: &mut Cells<'_>, order: &Order<'_>) {
    cells.flag(order.business.is_some());
    match order.business.and_then(|business| business.purchase_order) {
        Some(number) => cells.text("PO-").add_number(u64::from(10_000 + number)),
        None => cells.empty(1),
    };
    let is_special = order
        .business
        .is_some_and(|business| business.special_price);
    cells.text(if is_special { "Business Price" } else { "" });
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
