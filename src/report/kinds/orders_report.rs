//! The orders report: what the seller ships himself, by the day on which it left Pending (docs/formats.md, Other
//! reports).
//!
//! `latest-ship-date` is the ship-by date, where the account's columns have it. A discounted item can be followed by lines
//! that repeat its ids and tell one more promotion each. Buyers' columns are not in the list, so they are never looked at.

use crate::line::SupplementaryLine;
use crate::line::supplementary::{PromotionLine, PurchasedLine, UnstoredPurchase};
use crate::report::columns::{Column, optional, required};
use crate::report::reading::{AtFault, Reader};

/// The columns that are read, found by name in any layout.
pub const COLUMNS: &[Column] = &[
    required("order-id"),
    required("order-item-id"),
    required("purchase-date"),
    required("payments-date"),
    required("sku"),
    required("quantity-purchased"),
    optional("reporting-date"),
    optional("latest-ship-date"),
    optional("currency"),
    optional("item-price"),
    optional("item-tax"),
    optional("shipping-price"),
    optional("shipping-tax"),
    optional("gift-wrap-price"),
    optional("gift-wrap-tax"),
    optional("item-promotion-discount"),
    optional("ship-promotion-discount"),
    optional("ship-service-level"),
    optional("sales-channel"),
    optional("ship-country"),
    optional("product-name"),
];

/// Columns that only another report has.
pub const NOT: &[&str] = &[
    "quantity-to-ship",
    "days-past-promise",
    "promise-date",
    "payment-type",
    "shipment-item-id",
    "order-status",
];

const ORDER_ID: usize = 0;
const ORDER_ITEM_ID: usize = 1;
const PURCHASE_DATE: usize = 2;
const PAYMENTS_DATE: usize = 3;
const SKU: usize = 4;
const QUANTITY: usize = 5;
const REPORTING_DATE: usize = 6;
const LATEST_SHIP_DATE: usize = 7;
const CURRENCY: usize = 8;
const ITEM_PRICE: usize = 9;
const ITEM_TAX: usize = 10;
const SHIPPING_PRICE: usize = 11;
const SHIPPING_TAX: usize = 12;
const GIFT_WRAP_PRICE: usize = 13;
const GIFT_WRAP_TAX: usize = 14;
const ITEM_DISCOUNT: usize = 15;
const SHIP_DISCOUNT: usize = 16;
const SHIP_SERVICE_LEVEL: usize = 17;
const SALES_CHANNEL: usize = 18;
const SHIP_COUNTRY: usize = 19;
const PRODUCT_NAME: usize = 20;

/// Reads one line.
///
/// # Errors
/// The first cell that does not hold what its column promises.
pub fn parse<'a>(line: &mut Reader<'_, 'a>) -> Result<SupplementaryLine<'a>, AtFault> {
    let order_id = line.order(ORDER_ID)?;
    let order_item_id = line.item(ORDER_ITEM_ID)?;
    line.name(PRODUCT_NAME)?;
    let discounts = line.sum_of_sizes(&[ITEM_DISCOUNT, SHIP_DISCOUNT])?;
    let says_nothing_else = [PURCHASE_DATE, SKU, QUANTITY, ITEM_PRICE]
        .iter()
        .all(|column| line.is_blank(*column));
    if says_nothing_else && !order_item_id.is_empty() {
        return Ok(SupplementaryLine::Promotion(PromotionLine {
            order_id,
            order_item_id,
            discounts,
            extra: (),
        }));
    }
    Ok(SupplementaryLine::Purchased(PurchasedLine {
        order_id,
        order_item_id,
        purchase_date: line.moment(PURCHASE_DATE)?,
        extra: UnstoredPurchase {
            payments_date: line.any_moment(PAYMENTS_DATE)?,
            reporting_date: line.any_moment(REPORTING_DATE)?,
            ship_country: line.text(SHIP_COUNTRY),
        },
        latest_ship_date: line.any_moment(LATEST_SHIP_DATE)?,
        sku: line.sku(SKU)?,
        quantity: line.quantity(QUANTITY)?,
        currency: line.currency(CURRENCY)?,
        line_amount: line.amount(ITEM_PRICE)?,
        tax: line.sum(&[ITEM_TAX, SHIPPING_TAX, GIFT_WRAP_TAX])?,
        shipping: line.sum(&[SHIPPING_PRICE])?,
        gift_wrap: line.sum(&[GIFT_WRAP_PRICE])?,
        discounts,
        ship_service_level: line.text(SHIP_SERVICE_LEVEL),
        sales_channel: line.text(SALES_CHANNEL),
    }))
}
