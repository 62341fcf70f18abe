//! What columns mean whose names begin with o to z.

/// By name, in the order of the alphabet.
pub(super) const O_TO_Z: &[(&str, &str)] = &[
    (
        "of",
        "All live lines of the week, of which those with a discount are measured.",
    ),
    (
        "oldest_promise",
        "The earliest promise among these orders, in its own local time.",
    ),
    ("oldest_purchase", "When the oldest of them was bought."),
    ("on_time", "Orders that were seen shipped by their promise."),
    ("open", "Whether the newest unshipped file lists the order."),
    (
        "open_overdue",
        "Late orders that the newest unshipped file still lists.",
    ),
    (
        "order_amount",
        "The amount of the order, as the returns report gives it.",
    ),
    ("order_id", "Amazon's order id."),
    ("order_item_id", "Amazon's number of the order's item."),
    (
        "orders",
        "Orders whose status is not cancelled, each counted once. Of a SKU: orders with a live line of it.",
    ),
    ("orders_before", "Orders in the period before."),
    (
        "orders_change",
        "Change of orders from the period before, or from the side compared with, as a part of them.",
    ),
    (
        "orders_of_other",
        "Orders with a live line of the other SKU.",
    ),
    ("orders_of_sku", "Orders with a live line of the SKU."),
    ("orders_placed", "Orders of any status, each counted once."),
    ("orders_then", "Orders of the side compared with."),
    ("orders_together", "Orders to the same name and address."),
    (
        "other_product_name",
        "The name of the other SKU, of its newest line.",
    ),
    ("other_sku", "The other SKU of a pair."),
    (
        "p10",
        "The least amount that 10 % of the orders do not exceed.",
    ),
    (
        "p25",
        "The least amount that 25 % of the orders do not exceed.",
    ),
    (
        "p50",
        "The median: the least amount that half of the orders do not exceed.",
    ),
    (
        "p75",
        "The least amount that 75 % of the orders do not exceed.",
    ),
    (
        "p90",
        "The least amount that 90 % of the orders do not exceed.",
    ),
    (
        "p99",
        "The least amount that 99 % of the orders do not exceed.",
    ),
    (
        "parcel",
        "The number of the parcel: orders with the same one can go together.",
    ),
    (
        "partial",
        "Whether the files do not cover all days of the period, at its ends or between them. Partial periods are in no comparison.",
    ),
    (
        "partial_sides",
        "The sides of whose days the files do not cover all: then, now, then and now; empty if they cover all.",
    ),
    (
        "period",
        "The day, week or month of purchase, where the marketplace is.",
    ),
    ("phone", "The buyer's phone number."),
    (
        "priced_units",
        "Units with a price that the median is taken over.",
    ),
    (
        "problems",
        "What is wrong with the line, in words for programs; empty if nothing is.",
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
        "promotion",
        "What promotion ids begin with, up to the first number or code; any discount stands for all lines with one.",
    ),
    (
        "proof",
        "What the files prove of the order: late, on_time, not_due or unknown.",
    ),
    ("purchase_day", "The local day of purchase."),
    ("quantity", "Units of all lines, cancelled ones too."),
    (
        "quantity_to_ship",
        "Units that are still to ship, less those that a ship-confirmation file tells of.",
    ),
    ("rank", "Its place, the greatest difference first."),
    (
        "rate_if_today_slips",
        "The rate today, at most, if every order that is due today is late.",
    ),
    (
        "rating",
        "Amazon's own word for the metric, as GOOD, BAD or AT_RISK.",
    ),
    ("reason", "Why the line could not be read."),
    ("recipient_name", "Whom it goes to."),
    (
        "refunded",
        "What was refunded, as the returns report gives it.",
    ),
    (
        "rejected",
        "Lines of the file that could not be read; they are in no number.",
    ),
    (
        "repeated",
        "Lines of a file that is the same as another; counted there.",
    ),
    ("requested_on", "The day of the return request."),
    ("resolution", "How the return ends, as Amazon wrote it."),
    (
        "return_high",
        "The most that the return rate can be by chance: the high end of its Wilson interval.",
    ),
    (
        "return_low",
        "The least that the return rate can be by chance: the low end of its Wilson interval for four standard deviations.",
    ),
    (
        "return_rate",
        "Returned units by units, of orders that the all-orders files hold.",
    ),
    ("return_reason", "Why it came back, as Amazon wrote it."),
    (
        "return_stands_out",
        "Whether the low end is above the usual return rate, with at least 5 returned units of at least 30, and at least 30 units of others.",
    ),
    (
        "return_status",
        "Where the return stands, as Amazon wrote it.",
    ),
    (
        "return_usual",
        "The return rate of all the others together.",
    ),
    (
        "returned_elsewhere",
        "Returned units whose order no all-orders file holds; in no rate.",
    ),
    (
        "returned_units",
        "Units that came back or were asked to be returned, of orders that the all-orders files hold; empty where no return is of an order in the files.",
    ),
    ("rma_id", "Amazon's number of the return."),
    (
        "role",
        "What the file was taken for: orders, current, other_account, history, added, repeated or ignored.",
    ),
    (
        "sales",
        "Sum of item-price of live lines. It is the total of the line; without tax and shipping, discounts not taken off.",
    ),
    ("sales_before", "Sales in the period before."),
    (
        "sales_change",
        "Change of sales from the period before, or from the side compared with, as a part of them.",
    ),
    (
        "sales_channel",
        "The marketplace as Amazon wrote it. Non-Amazon is multi-channel: Amazon only ships it.",
    ),
    ("sales_channels", "The sales channels that the file names."),
    (
        "sales_converted",
        "Sales by the rates of --fx FILE, day by day; empty where a day that sold has no rate. Only there with --fx, and only beside sales.",
    ),
    (
        "sales_difference",
        "Sales less those of the period before, or of the side compared with.",
    ),
    ("sales_per_day", "Sales by days of the side."),
    (
        "sales_per_day_change",
        "Change of what sold a day, from the side compared with, as a part of it.",
    ),
    (
        "sales_per_day_then",
        "Sales by days of the side compared with.",
    ),
    ("sales_then", "Sales of the side compared with."),
    (
        "sales_vs_last_year",
        "Change of sales against the same week (52 weeks earlier) or month of last year.",
    ),
    (
        "sales_vs_mean_4",
        "Change of sales against the mean of the four periods before.",
    ),
    (
        "sales_vs_mean_8",
        "Change of sales against the mean of the eight periods before.",
    ),
    (
        "score",
        "How far measured is from expected, in hundredths of the way to low or high.",
    ),
    (
        "share_of_lines",
        "The part of the live lines in the currency.",
    ),
    (
        "share_of_orders",
        "The part of the orders placed of the same fulfillment.",
    ),
    ("share_of_sales", "The part of all sales in the currency."),
    (
        "share_of_top_1",
        "The part of sales that the best-selling 1 % of SKUs make.",
    ),
    (
        "share_of_top_10",
        "The part of sales that the best-selling 10 % of SKUs make.",
    ),
    (
        "share_of_top_20",
        "The part of sales that the best-selling 20 % of SKUs make.",
    ),
    (
        "share_of_top_sku",
        "The part of sales that the best-selling SKU makes.",
    ),
    ("share_of_units", "The part of all units of the table."),
    (
        "share_with",
        "The part of the SKU's orders that hold the other one too.",
    ),
    ("ship_address_1", "Where it goes, first line."),
    ("ship_address_2", "Where it goes, second line."),
    ("ship_address_3", "Where it goes, third line."),
    ("ship_city", "Where it goes."),
    ("ship_country", "Where it goes, as a country code."),
    ("ship_date", "The day of shipment that the seller gave."),
    (
        "ship_method",
        "The service of the carrier, as the seller wrote it.",
    ),
    ("ship_postal_code", "Where it goes, the postal code."),
    (
        "ship_service_level",
        "The speed of shipping that the buyer was promised.",
    ),
    ("ship_state", "Where it goes, as the buyer wrote it."),
    ("shipments", "Shipments, each counted once."),
    (
        "shipped_by",
        "The earliest moment at which the order was certainly confirmed: the stamp at which an all-orders report shows it shipped, or the upload of its ship-confirmation file.",
    ),
    ("shipping", "Sum of shipping-price of live lines."),
    ("size", "How many; the greatest stands for all above it."),
    ("sku", "The seller's own number of the product."),
    (
        "skus_for_80",
        "How many SKUs, best first, make 80 % of sales.",
    ),
    ("skus_sold", "SKUs with sales."),
    (
        "split_orders",
        "Orders that went in more than one shipment.",
    ),
    ("status", "The order status as Amazon wrote it."),
    (
        "status_group",
        "Amazon's statuses in groups: pending, unshipped, partially_shipped, shipped, delivered, returned, failed, cancelled, on_hold, unknown.",
    ),
    (
        "step",
        "our_sales, then what is added or taken away on the way to Business Reports, then business_reports: the sum.",
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
    ("tracking_number", "The carrier's number of the parcel."),
    (
        "under_target_on",
        "The day on which enough late orders have left the window for the floor to be under 4 %, if as many orders come in as leave; empty if it is.",
    ),
    (
        "units",
        "Pieces of live lines; a line is live if neither its order nor its item is cancelled.",
    ),
    ("units_before", "Units in the period before."),
    (
        "units_change",
        "Change of units from the period before, or from the side compared with, as a part of them.",
    ),
    (
        "units_confirmed",
        "Units that the line says were shipped; empty means all that were open.",
    ),
    ("units_then", "Units of the side compared with."),
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
        "unshipped_until",
        "The last moment at which the order was certainly not confirmed: that of the newest unshipped file that lists it, or the start of the day that its ship-confirmation file gives.",
    ),
    (
        "usual_orders",
        "What the same weekdays hold: the median of the eight weeks before and after; empty if fewer than four are known.",
    ),
    ("value", "The service level, SKU or day."),
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
    ("weeks", "How many weeks it stands out for."),
    (
        "window_days",
        "How many days the window has, the day of the report included.",
    ),
];
