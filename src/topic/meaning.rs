//! The meaning of a column by its name, and the source of its rule. docs/metrics.md lists them by table.

use crate::table::CONVERTED;
use crate::table::Column;
use crate::topic::{ADDRESSES, COMPARISON, TABLES};

/// What a column of any table means; `None` for a name that no table has. A name that several tables have means the same in all of
/// them but where a table says otherwise in its own list.
///
/// ```
/// use ordersift::topic::meaning;
/// assert!(meaning("unpriced_units").unwrap().starts_with("Units of live lines without a price"));
/// assert_eq!(meaning("profit"), None);
/// ```
pub fn meaning(column: &str) -> Option<&'static str> {
    columns()
        .find(|known| known.name == column)
        .map(|column| column.meaning)
}

/// The columns of all tables.
fn columns() -> impl Iterator<Item = &'static Column> {
    let specs = TABLES.iter().chain([&ADDRESSES, &COMPARISON]);
    specs.flat_map(|spec| spec.columns).chain(&CONVERTED)
}

/// Where the rule behind a column is from: Amazon, or ours where Amazon publishes none.
pub fn source(column: &str) -> &'static str {
    match column {
        "cancel_by" | "near_auto_cancel" => {
            "Amazon: cancelled automatically seven business days after the ship-by date (Seller Central help 200197960, \
             Seller Central forums 694871); five calendar days in Saudi Arabia and the Emirates"
        }
        "late_rate_low" | "late_rate_high" | "late_rate_high_today" | "late" | "target" => {
            "Amazon: orders confirmed after the expected ship date by all seller-fulfilled orders, 10 and 30 days, under 4 % \
             (Seller Central help 200285190); floor and ceiling are ours, since no report holds the moment of confirmation"
        }
        "answer_by" | "appeal_by" | "claim" | "claim_answer_by" => {
            "Amazon: an answer within 24 hours is recommended (Seller Central help 69126); A-to-z claims within 48 hours, appeals \
             within 30 days (help G1781, G202041210)"
        }
        "age" => {
            "Amazon: orders are pending for some 30 minutes and at most 21 days (Seller Central help G40571); 24 hours is ours"
        }
        "step" => {
            "Amazon: Business Reports take into account cancelled orders, and all orders whatever their settlement (Seller Central help \
             200989470); sales are item price times units ordered, without gift wrap and shipping (help 202122100); a day of theirs \
             is from 00:00:00 to 23:59:59 Pacific time (Amazon's glossary of Business Reports, as docs.openbridge.com 6574649 copies \
             it); of replacements and multi-channel orders Amazon publishes no rule: leaving them out is ours"
        }
        "cancellation_low" | "cancellation_high" | "return_low" | "return_high" => {
            "E. B. Wilson's score interval (Journal of the American Statistical Association 22, 1927); four standard deviations are ours"
        }
        "sales" | "amount" | "tax" | "shipping" | "gift_wrap" | "discounts" => {
            "Amazon's columns of the all-orders report; which lines count is ours"
        }
        "asin"
        | "currency"
        | "fulfillment"
        | "order_id"
        | "order_item_id"
        | "product_name"
        | "quantity_to_ship"
        | "sales_channel"
        | "ship_city"
        | "ship_country"
        | "ship_service_level"
        | "ship_state"
        | "sku"
        | "status"
        | "is_business"
        | "is_prime"
        | "amazon_near_auto_cancel"
        | "recipient_name"
        | "ship_address_1"
        | "ship_address_2"
        | "ship_address_3"
        | "ship_postal_code"
        | "phone"
        | "carrier"
        | "carrier_code"
        | "disposition"
        | "in_policy"
        | "order_amount"
        | "rating"
        | "refunded"
        | "resolution"
        | "return_reason"
        | "return_status"
        | "rma_id"
        | "ship_date"
        | "ship_method"
        | "tracking_number" => "Amazon's column, as it is",
        _ => "ours: Amazon publishes no rule",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_means_something_in_sentences() {
        for column in columns() {
            assert!(column.meaning.ends_with('.'), "{}", column.name);
            assert!(column.meaning.len() > 10, "{}", column.name);
        }
    }
}
