//! What every column means, in a sentence (METRICS 3 to 6). A column without an entry does not go into a table.

/// What a column of any table means; `None` for a name that no table has.
///
/// ```
/// use ordersift::table::meaning;
/// assert!(meaning("unpriced_units").unwrap().starts_with("Units of live lines without a price"));
/// assert_eq!(meaning("profit"), None);
/// ```
pub fn meaning(column: &str) -> Option<&'static str> {
    MEANINGS
        .iter()
        .find(|(name, _)| *name == column)
        .map(|(_, meaning)| *meaning)
}

/// Where the rule behind a column is from: Amazon, or ours where Amazon publishes none.
pub fn source(column: &str) -> &'static str {
    match column {
        "cancel_by" | "verge" => {
            "Amazon: cancelled automatically seven business days after the ship-by date (Seller Central help 200197960, \
             Seller Central forums 694871); five calendar days in Saudi Arabia and the Emirates"
        }
        "late_rate_low" | "late_rate_high" | "late_rate_high_today" | "late" | "target" => {
            "Amazon: orders confirmed after the expected ship date by all seller-fulfilled orders, 10 and 30 days, under 4 % \
             (Seller Central help 200285190); floor and ceiling are ours, since no report holds the moment of confirmation"
        }
        "sales" | "amount" | "tax" | "shipping" | "gift_wrap" | "discounts" => {
            "Amazon's columns of the all-orders report; which lines count is ours"
        }
        "asin" | "currency" | "fulfillment" | "order_id" | "order_item_id" | "product_name"
        | "quantity_to_ship" | "sales_channel" | "ship_city" | "ship_country"
        | "ship_service_level" | "ship_state" | "sku" | "status" | "is_business" | "is_prime"
        | "verge_amazon" => "Amazon's column, as it is",
        _ => "ours: Amazon publishes no rule",
    }
}

/// By name, in the order of the alphabet.
const MEANINGS: &[(&str, &str)] = &[
    (
        "abc",
        "A while the SKUs before it make up less than 80 % of the currency's sales, B less than 95 %, C the rest, U without sales.",
    ),
    (
        "amount",
        "Sum of item-price of all lines, cancelled ones too.",
    ),
    (
        "aov",
        "Average order value: sales by orders that hold a live line with a price.",
    ),
    (
        "asin",
        "Amazon's product number, of the newest line of the SKU.",
    ),
    (
        "asp",
        "Average selling price: sales by units that have a price.",
    ),
    (
        "basis",
        "Whether the files bound the metric, or cannot tell.",
    ),
    (
        "bucket",
        "How urgent the order is, by local dates: hold, past_cancel_by, overdue_8_plus to overdue_1, overdue_today, due_today, due_tomorrow, later, no_promise.",
    ),
    (
        "byte",
        "How many bytes of the file's text, unpacked, stand before the line.",
    ),
    (
        "cancel_by",
        "The local day on which Amazon cancels: the promise's day plus 7 business days (5 calendar days in Saudi Arabia and the Emirates).",
    ),
    (
        "cancelled_orders",
        "Orders whose status is cancelled: orders placed less orders.",
    ),
    ("check", "What was looked for."),
    ("code", "The reason in one word, the same in every version."),
    (
        "column",
        "The column of the report that could not be read; empty if it is the line as a whole.",
    ),
    ("compression", "What the file was wrapped in."),
    ("count", "How often it was found."),
    (
        "coverage",
        "The part that the orders with a known promise are of all merchant orders of the window; empty without an all-orders report.",
    ),
    (
        "currency",
        "The currency of all money in the row; empty where no price was stated. Currencies are never added.",
    ),
    (
        "days_overdue",
        "The local day of the report less that of the promise; negative while there is time.",
    ),
    (
        "discounts",
        "Item and shipping promotion discounts of live lines, without sign.",
    ),
    ("due_today", "Open orders whose promise is today."),
    (
        "encoding",
        "How the text of the file is encoded, and what shows it.",
    ),
    (
        "example_place",
        "File and line of the first case, or the first order or day.",
    ),
    ("file", "The file's name, with the folder it was found in."),
    ("first_day", "First day of the period."),
    (
        "first_purchase",
        "Earliest purchase-date of the file's lines.",
    ),
    (
        "fulfillment",
        "Who ships: fba (Amazon) or merchant, from the fulfillment column alone.",
    ),
    ("gift_wrap", "Sum of gift-wrap-price of live lines."),
    (
        "headroom",
        "The most further late orders with which the rate today, at most, stays under the target; below zero, so many too many.",
    ),
    (
        "high",
        "The most that it can be, as far as it is decided today.",
    ),
    (
        "hold",
        "Why the order should wait: the buyer asked to cancel.",
    ),
    (
        "hour",
        "The hour of purchase on a clock of the marketplace, 0 to 23; empty if the report gives no time.",
    ),
    (
        "improved_by",
        "The file that would tell more, or where the metric stands.",
    ),
    (
        "is_business",
        "Whether a business buyer (Amazon Business) ordered it.",
    ),
    ("is_prime", "Whether it is a Prime order."),
    ("kept", "Lines of the file that are in the numbers."),
    ("kind", "What the file is."),
    ("last_day", "Last day of the period."),
    ("last_purchase", "Latest purchase-date of the file's lines."),
    (
        "late",
        "Orders that are proven not to have been confirmed by their promise.",
    ),
    (
        "late_rate_high",
        "Orders that are not proven in time by all orders of the window.",
    ),
    (
        "late_rate_high_today",
        "The same without orders that are not due yet: the most that the rate can be today.",
    ),
    (
        "late_rate_low",
        "Orders that are proven late by all orders of the window.",
    ),
    (
        "line",
        "The number of the line in the file; the first is 1.",
    ),
    ("lines", "Lines of the report, any status."),
    (
        "lines_read",
        "Lines of data in the file: kept + superseded + repeated + rejected.",
    ),
    (
        "listed_until",
        "The moment of the newest unshipped file that lists the order; it was not confirmed before.",
    ),
    ("low", "The least that it can be."),
    ("metric", "Amazon's metric."),
    (
        "narrowed_by",
        "The file that would bring floor and ceiling nearer to each other.",
    ),
    (
        "newest_update",
        "Latest last-updated-date of the file's lines.",
    ),
    ("not_due", "Open orders whose promise is still to come."),
    (
        "oldest_promise",
        "The earliest promise among these orders, in its own local time.",
    ),
    ("on_time", "Orders that were seen shipped by their promise."),
    ("open", "Whether the newest unshipped file lists the order."),
    (
        "open_overdue",
        "Late orders that the newest unshipped file still lists.",
    ),
    ("order_id", "Amazon's order id."),
    ("order_item_id", "Amazon's number of the order's item."),
    (
        "orders",
        "Orders whose status is not cancelled, each counted once. Of a SKU: orders with a live line of it.",
    ),
    ("orders_placed", "Orders of any status, each counted once."),
    (
        "partial",
        "Whether the files do not cover all days of the period. Partial periods are in no comparison.",
    ),
    (
        "period",
        "The day, week or month of purchase, where the marketplace is.",
    ),
    (
        "product_name",
        "The name of the product, of the newest line of the SKU.",
    ),
    (
        "promise_local",
        "The end of the local day by which the order must ship.",
    ),
    (
        "proof",
        "What the files prove of the order: late, on_time, not_due or unknown.",
    ),
    ("purchase_day", "The local day of purchase."),
    ("quantity", "Units of all lines, cancelled ones too."),
    ("quantity_to_ship", "Units that are still to ship."),
    (
        "rate_if_today_slips",
        "The rate today, at most, if every order that is due today is late.",
    ),
    ("reason", "Why the line could not be read."),
    (
        "rejected",
        "Lines of the file that could not be read; they are in no number.",
    ),
    (
        "repeated",
        "Lines of a file that is the same as another; counted there.",
    ),
    (
        "role",
        "What the file was taken for: orders, current, other_account, history, repeated or ignored.",
    ),
    (
        "sales",
        "Sum of item-price of live lines. It is the total of the line; without tax and shipping, discounts not taken off.",
    ),
    (
        "sales_channel",
        "The marketplace as Amazon wrote it. Non-Amazon is multi-channel: Amazon only ships it.",
    ),
    ("sales_channels", "The sales channels that the file names."),
    (
        "share_of_orders",
        "The part of the orders placed of the same fulfillment.",
    ),
    ("share_of_sales", "The part of all sales in the currency."),
    ("share_of_units", "The part of all units of the table."),
    ("ship_city", "Where it goes."),
    ("ship_country", "Where it goes, as a country code."),
    (
        "ship_service_level",
        "The speed of shipping that the buyer was promised.",
    ),
    ("ship_state", "Where it goes, as the buyer wrote it."),
    (
        "shipped_by",
        "The earliest last-updated-date at which an all-orders report shows the order shipped; it was confirmed by then.",
    ),
    ("shipping", "Sum of shipping-price of live lines."),
    ("sku", "The seller's own number of the product."),
    ("status", "The order status as Amazon wrote it."),
    (
        "status_group",
        "Amazon's statuses in groups: pending, unshipped, partially_shipped, shipped, delivered, returned, failed, cancelled, on_hold, unknown.",
    ),
    (
        "superseded",
        "Lines of orders, or of backlogs, that a newer file replaces.",
    ),
    ("target", "What Amazon asks for."),
    ("tax", "Item, shipping and gift-wrap tax of live lines."),
    (
        "text",
        "What was found there, at most 40 characters, never of a buyer's field.",
    ),
    (
        "under_target_on",
        "The day on which enough late orders have left the window for the floor to be under 4 %, if as many orders come in as leave; empty if it is.",
    ),
    (
        "units",
        "Pieces of live lines; a line is live if neither its order nor its item is cancelled.",
    ),
    ("units_to_ship", "Pieces that are still to ship."),
    (
        "unknown",
        "Orders of which the files prove neither; those not due yet are among them.",
    ),
    (
        "unpriced_units",
        "Units of live lines without a price (pending, multi-channel, replacement): unknown, not zero.",
    ),
    (
        "verge",
        "Whether it is the last business day before Amazon cancels, or later.",
    ),
    (
        "verge_amazon",
        "Amazon's own verge-of-cancellation; empty if the report does not say.",
    ),
    (
        "weekday",
        "The weekday of purchase where the marketplace is.",
    ),
    (
        "window_days",
        "How many days the window has, the day of the report included.",
    ),
];

#[cfg(test)]
mod tests {
    use super::super::TABLES;
    use super::*;

    #[test]
    fn every_column_has_a_meaning_and_no_meaning_is_left_over() {
        let mut used: Vec<&str> = TABLES
            .iter()
            .flat_map(|spec| spec.columns)
            .map(|column| column.name)
            .collect();
        used.sort_unstable();
        used.dedup();
        let known: Vec<&str> = MEANINGS.iter().map(|(name, _)| *name).collect();
        assert_eq!(known, used);
        assert!(MEANINGS.iter().all(|(_, meaning)| meaning.ends_with('.')));
    }
}
