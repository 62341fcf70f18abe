//! What columns mean whose names begin with a to n.

/// By name, in the order of the alphabet.
pub(super) const A_TO_N: &[(&str, &str)] = &[
    (
        "abc",
        "A while the SKUs before it make up less than 80 % of the currency's sales, B less than 95 %, C the rest, U without sales.",
    ),
    (
        "age",
        "How long the order has been pending at the newest moment in the files that tell of it: fresh, held, payment_trouble or beyond_maximum; empty where it is not known or does not matter.",
    ),
    (
        "amount",
        "Sum of item-price of all lines, cancelled ones too.",
    ),
    (
        "answer_by",
        "The day by which to answer a return request: the day after it, since Amazon recommends 24 hours and the report gives no time; empty if nobody waits for an answer.",
    ),
    ("answer_overdue", "Whether that day is over."),
    (
        "aov",
        "Average order value: sales by orders that hold a live line with a price.",
    ),
    ("aov_then", "Average order value of the side compared with."),
    (
        "appeal_by",
        "The day by which to appeal against a granted A-to-z claim: 30 calendar days after the grant that --claims gives.",
    ),
    (
        "arriving",
        "Shipments whose estimated arrival is on the day of the report or later.",
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
        "asp_then",
        "Average selling price of the side compared with.",
    ),
    (
        "basis",
        "How sure the metric is: exact (Amazon's own), bounded by the files, or not_computable.",
    ),
    (
        "bucket",
        "How urgent the order is, by local dates: hold, past_cancel_by, overdue_8_plus to overdue_1, overdue_today, due_today, due_tomorrow, later, no_promise.",
    ),
    (
        "by",
        "What the row is of: fulfillment, sales_channel or sku.",
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
        "cancellation_high",
        "The most that the rate can be by chance: the high end of its Wilson interval.",
    ),
    (
        "cancellation_low",
        "The least that the rate can be by chance: the low end of its Wilson interval for four standard deviations.",
    ),
    ("cancellation_rate", "Cancelled lines by all lines."),
    (
        "cancellation_stands_out",
        "Whether the low end is above the usual rate, with at least 5 cancelled lines of at least 30, and at least 30 lines of others.",
    ),
    ("cancellation_usual", "The rate of all the others together."),
    ("cancelled_lines", "Lines whose order or item is cancelled."),
    (
        "cancelled_orders",
        "Orders whose status is cancelled: orders placed less orders.",
    ),
    (
        "cancelled_share",
        "The part of orders placed that were cancelled, of any currency: cancelled orders seldom state one.",
    ),
    (
        "cancelled_share_points",
        "The part of orders that were cancelled less that of the side compared with: 0.01 is a percentage point.",
    ),
    (
        "cancelled_share_then",
        "The part of orders placed that were cancelled, of the side compared with.",
    ),
    ("carrier", "Who carries the shipment, as Amazon wrote it."),
    ("carrier_code", "Amazon's code of the carrier."),
    ("carrier_name", "The carrier as the seller wrote it."),
    ("check", "What was looked for."),
    (
        "claim",
        "Whether the buyer made an A-to-z claim: answer Amazon within 48 hours, appeal within 30 calendar days of a grant.",
    ),
    (
        "claim_answer_by",
        "The day by which to answer Amazon about an A-to-z claim: 48 hours after the day that --claims gives.",
    ),
    ("code", "The reason in one word, the same in every version."),
    (
        "column",
        "The column of the report that could not be read; empty if it is the line as a whole.",
    ),
    (
        "compares",
        "What is compared: the last complete week or month; in bridge also all of the files.",
    ),
    ("compression", "What the file was wrapped in."),
    ("contents", "What goes into the parcel: units and SKUs."),
    (
        "converted_currency",
        "The currency that sales_converted is in: that of the rates of --fx FILE.",
    ),
    ("count", "How often it was found."),
    (
        "counted_by",
        "What the size of an order counts: units, lines or skus, of its live lines.",
    ),
    (
        "coverage",
        "The part that the orders with a known promise are of all merchant orders, of the days of the window that all-orders files cover; empty if they cover none.",
    ),
    (
        "currency",
        "The currency of all money in the row; empty where no price was stated. Currencies are never added.",
    ),
    (
        "customer",
        "Who buys: business or consumer, by is-business-order; unknown where the layout does not say.",
    ),
    (
        "days",
        "How many days the stretch has; of a comparison, days of the side now: those asked for that the files cover.",
    ),
    (
        "days_in_transit",
        "Median days from shipment to the arrival that Amazon estimates.",
    ),
    (
        "days_overdue",
        "The local day of the report less that of the promise; negative while there is time.",
    ),
    (
        "days_then",
        "Days of the side compared with: those asked for that the files cover.",
    ),
    (
        "days_to_return",
        "Median days from purchase to return, over the returned units of which both are known.",
    ),
    ("days_to_ship", "Median days from purchase to shipment."),
    (
        "depth",
        "Discounts by the line amounts of the lines that they were taken off.",
    ),
    (
        "dimension",
        "What the orders are grouped by: ship_service_level, sku or ship_by_day.",
    ),
    ("direction", "Whether it went up or down."),
    (
        "discounted_lines",
        "Live lines with a discount on the item or its shipping.",
    ),
    (
        "discounts",
        "Item and shipping promotion discounts of live lines, without sign.",
    ),
    ("disposition", "In what state Amazon found the unit."),
    (
        "due_today",
        "Orders whose promise is today and that may still be open.",
    ),
    (
        "encoding",
        "How the text of the file is encoded, and what shows it.",
    ),
    (
        "estimated_sales",
        "Units without a price times the median unit price: an estimate, in no sales.",
    ),
    (
        "example_place",
        "File and line of the first case, or the first order or day.",
    ),
    (
        "expected",
        "What the history predicts: the median of its weeks, as far as the rest of the week or all SKUs say.",
    ),
    ("file", "The file's name, with the folder it was found in."),
    (
        "files",
        "How many all-orders files hold the days, from their first purchase to their last.",
    ),
    ("first_day", "First day of the period."),
    (
        "first_purchase",
        "Earliest purchase-date of the file's lines.",
    ),
    (
        "found",
        "What the files hold of the days: covered (one file), overlap (several), part (not over in their files), quiet (no orders), missing (in no file).",
    ),
    (
        "fulfillment",
        "Who ships: fba (Amazon) or merchant, from the fulfillment column alone.",
    ),
    ("gift_wrap", "Sum of gift-wrap-price of live lines."),
    (
        "headroom",
        "The most further late orders with which the rate today, at most, stays under the target; empty if no order was due yet. A negative number says how many late orders exceed the target.",
    ),
    (
        "high",
        "The most that it can be, as far as it is decided today; of an anomaly, the most that would be usual.",
    ),
    (
        "history",
        "How many weeks of history the expectation is from.",
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
        "in_policy",
        "Whether the return is within Amazon's return policy.",
    ),
    (
        "is_business",
        "Whether a business buyer (Amazon Business) ordered it.",
    ),
    ("is_prime", "Whether it is a Prime order."),
    ("kept", "Lines of the file that are in the numbers."),
    (
        "kind",
        "What the file is; of an anomaly, what stands out: day, channel, sku or promotions.",
    ),
    (
        "known",
        "Whether the files tell all of it; false where something is missing or estimated.",
    ),
    ("last_day", "Last day of the period."),
    ("last_purchase", "Latest purchase-date of the file's lines."),
    (
        "lasts",
        "Whether it goes on in the last week that can be judged.",
    ),
    (
        "late",
        "Orders that are proven not to have been confirmed by their promise.",
    ),
    (
        "late_rate_high",
        "Orders that are not proven in time divided by all orders of the window; empty if none was due yet.",
    ),
    (
        "late_rate_high_today",
        "The same without orders that are not due yet: the most that the rate can be today.",
    ),
    (
        "late_rate_low",
        "Orders that are proven late divided by all orders of the window; empty if none was due yet.",
    ),
    ("least", "The least amount."),
    (
        "level",
        "What the row is about: all (Amazon demand), converted (the same in one currency), fulfillment, channel or sku.",
    ),
    (
        "lift",
        "Orders of both SKUs by those that chance would give: 100 % is chance, more is together more often.",
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
        "low",
        "The least that it can be; of an anomaly, the least that would be usual.",
    ),
    (
        "mark",
        "new: nothing in the period before, or on the side compared with; gone: nothing in this one.",
    ),
    ("marketplace", "Amazon's id of the marketplace."),
    (
        "measured",
        "What there was, in the first week where it lasts: orders placed, of promotions the discounted lines.",
    ),
    (
        "median_unit_price",
        "The median price of a unit of the SKU in this channel and currency: item-price by quantity, over units that have one.",
    ),
    ("metric", "Amazon's metric."),
    ("most", "The greatest amount."),
    (
        "name",
        "Which fulfillment, sales channel or SKU; all channels, where all moved together.",
    ),
    (
        "narrowed_by",
        "The file that would bring floor and ceiling nearer to each other.",
    ),
    (
        "newest_update",
        "Latest last-updated-date of the file's lines.",
    ),
    ("not_due", "Orders whose promise is still to come."),
    (
        "note",
        "What is missing or estimated; of a stretch of days, what shows it: the files on both sides of the gap, or until when the file of the day goes.",
    ),
];
