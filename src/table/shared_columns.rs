//! Columns that several tables have, each with what it means. A column of one table stands in that table.

use super::ColumnKind::{Count, Date, Moment, Money, Share, Text};
use super::{Column, column};

pub(crate) const AOV: Column = column(
    "aov",
    "Average order",
    Money,
    "Average order value: sales divided by the number of orders that have a priced, not cancelled line.",
);
pub(crate) const ASP: Column = column(
    "asp",
    "Average price",
    Money,
    "Average selling price: sales divided by the number of units that have a price.",
);
pub(crate) const BUCKET: Column = column(
    "bucket",
    "Bucket",
    Text,
    "How urgent the order is, by local dates: hold, past_cancel_by, overdue_8_plus to overdue_1, overdue_today, due_today, due_tomorrow, later, no_promise.",
);
pub(crate) const CANCELLED_ORDERS: Column = column(
    "cancelled_orders",
    "Cancelled orders",
    Count,
    "Orders whose status is cancelled: orders placed less orders.",
);
pub(crate) const COMPARES: Column = column(
    "compares",
    "Compares",
    Text,
    "What is compared: the last complete week or month; in bridge also all of the files.",
);
pub(crate) const CURRENCY: Column = column(
    "currency",
    "Currency",
    Text,
    "The currency of all money in the row; empty where no price was stated. Currencies are never added.",
);
pub(crate) const DAYS: Column = column(
    "days",
    "Days",
    Count,
    "How many days the stretch has; of a comparison, days of the side now: those asked for that the files cover.",
);
pub(crate) const DIRECTION: Column = column(
    "direction",
    "Direction",
    Text,
    "Whether it went up or down.",
);
pub(crate) const DISCOUNTS: Column = column(
    "discounts",
    "Discounts",
    Money,
    "Item and shipping promotion discounts of live lines, without sign.",
);
pub(crate) const FILE: Column = column(
    "file",
    "File",
    Text,
    "The file's name, with the folder it was found in.",
);
pub(crate) const FIRST_DAY: Column =
    column("first_day", "First day", Date, "First day of the period.");
pub(crate) const FULFILLMENT: Column = column(
    "fulfillment",
    "Fulfillment",
    Text,
    "fba (Amazon ships) or merchant (the seller ships), from the fulfillment column alone.",
);
pub(crate) const GIFT_WRAP: Column = column(
    "gift_wrap",
    "Gift wrap",
    Money,
    "Sum of gift-wrap-price of live lines.",
);
pub(crate) const KIND: Column = column(
    "kind",
    "Kind",
    Text,
    "What the file is; of an anomaly, what stands out: day, channel, sku or promotions.",
);
pub(crate) const LAST_DAY: Column = column("last_day", "Last day", Date, "Last day of the period.");
pub(crate) const LATE: Column = column(
    "late",
    "Late",
    Count,
    "Orders that are proven not to have been confirmed by their promise.",
);
pub(crate) const LATE_RATE_HIGH: Column = column(
    "late_rate_high",
    "Late rate, at most",
    Share,
    "Orders that are not proven in time divided by all orders of the window; empty if none was due yet.",
);
pub(crate) const LATE_RATE_LOW: Column = column(
    "late_rate_low",
    "Late rate, at least",
    Share,
    "Orders that are proven late divided by all orders of the window; empty if none was due yet.",
);
pub(crate) const LINE: Column = column(
    "line",
    "Line",
    Count,
    "The number of the line in the file; the first is 1.",
);
pub(crate) const LINES: Column =
    column("lines", "Lines", Count, "Lines of the report, any status.");
pub(crate) const MARK: Column = column(
    "mark",
    "Mark",
    Text,
    "new: nothing in the period before, or on the side compared with; gone: nothing in this one.",
);
pub(crate) const NAME: Column = column(
    "name",
    "Name",
    Text,
    "Which fulfillment, sales channel or SKU; all channels, where all moved together.",
);
pub(crate) const NOT_DUE: Column = column(
    "not_due",
    "Of these not due yet",
    Count,
    "Orders whose promise is still to come.",
);
pub(crate) const NOTE: Column = column(
    "note",
    "Note",
    Text,
    "What is missing or estimated; of a stretch of days, what shows it: the files on both sides of the gap, or until when the file of the day goes.",
);
pub(crate) const OLDEST_PROMISE: Column = column(
    "oldest_promise",
    "Oldest promise",
    Moment,
    "The earliest promise among these orders, in its own local time.",
);
pub(crate) const ON_TIME: Column = column(
    "on_time",
    "On time",
    Count,
    "Orders that were seen shipped by their promise.",
);
pub(crate) const ORDER_ID: Column = column("order_id", "Order", Text, "Amazon's order id.");
pub(crate) const ORDER_ITEM_ID: Column = column(
    "order_item_id",
    "Order item",
    Text,
    "Amazon's number of the order's item.",
);
pub(crate) const ORDERS: Column = column(
    "orders",
    "Orders",
    Count,
    "Orders whose status is not cancelled, each counted once. Of a SKU: orders with a live line of it.",
);
pub(crate) const ORDERS_CHANGE: Column = column(
    "orders_change",
    "Change",
    Share,
    "Change of orders from the period before, or from the side compared with, as a part of them.",
);
pub(crate) const ORDERS_PLACED: Column = column(
    "orders_placed",
    "Orders placed",
    Count,
    "Orders of any status, each counted once.",
);
pub(crate) const PERIOD: Column = column(
    "period",
    "Period",
    Text,
    "The day, week or month of purchase, where the marketplace is.",
);
pub(crate) const PRODUCT_NAME: Column = column(
    "product_name",
    "Product",
    Text,
    "The name of the product, of the newest line of the SKU.",
);
pub(crate) const PROMISE_LOCAL: Column = column(
    "promise_local",
    "Ship by",
    Moment,
    "The end of the local day by which the order must ship.",
);
pub(crate) const RETURN_REASON: Column = column(
    "return_reason",
    "Reason",
    Text,
    "Why it came back, as Amazon wrote it.",
);
pub(crate) const RETURN_STATUS: Column = column(
    "return_status",
    "Status",
    Text,
    "Where the return stands, as Amazon wrote it.",
);
pub(crate) const SALES: Column = column(
    "sales",
    "Sales",
    Money,
    "Sum of item-price of live lines. It is the total of the line; without tax and shipping, discounts not taken off.",
);
pub(crate) const SALES_BEFORE: Column = column(
    "sales_before",
    "Sales before",
    Money,
    "Sales in the period before.",
);
pub(crate) const SALES_CHANGE: Column = column(
    "sales_change",
    "Change",
    Share,
    "Change of sales from the period before, or from the side compared with, as a part of them.",
);
pub(crate) const SALES_CHANNEL: Column = column(
    "sales_channel",
    "Sales channel",
    Text,
    "The marketplace as Amazon wrote it. Non-Amazon is multi-channel: Amazon only ships it.",
);
pub(crate) const SALES_DIFFERENCE: Column = column(
    "sales_difference",
    "Difference",
    Money,
    "Sales less those of the period before, or of the side compared with.",
);
pub(crate) const SHARE_OF_ORDERS: Column = column(
    "share_of_orders",
    "Share of orders",
    Share,
    "The part of the orders placed of the same fulfillment.",
);
pub(crate) const SHARE_OF_SALES: Column = column(
    "share_of_sales",
    "Share of sales",
    Share,
    "The part of all sales in the currency.",
);
pub(crate) const SHARE_OF_UNITS: Column = column(
    "share_of_units",
    "Share of units",
    Share,
    "The part of all units of the table.",
);
pub(crate) const SHIP_CITY: Column = column("ship_city", "City", Text, "Where it goes.");
pub(crate) const SHIP_COUNTRY: Column = column(
    "ship_country",
    "Country",
    Text,
    "Where it goes, as a country code.",
);
pub(crate) const SHIP_SERVICE_LEVEL: Column = column(
    "ship_service_level",
    "Service level",
    Text,
    "The speed of shipping that the buyer was promised.",
);
pub(crate) const SHIP_STATE: Column = column(
    "ship_state",
    "State",
    Text,
    "Where it goes, as the buyer wrote it.",
);
pub(crate) const SHIPPING: Column = column(
    "shipping",
    "Shipping",
    Money,
    "Sum of shipping-price of live lines.",
);
pub(crate) const SKU: Column = column(
    "sku",
    "SKU",
    Text,
    "The seller's own number of the product.",
);
pub(crate) const TAX: Column = column(
    "tax",
    "Tax",
    Money,
    "Item, shipping and gift-wrap tax of live lines.",
);
pub(crate) const UNITS: Column = column(
    "units",
    "Units",
    Count,
    "Pieces of live lines; a line is live if neither its order nor its item is cancelled.",
);
pub(crate) const UNITS_BEFORE: Column = column(
    "units_before",
    "Units before",
    Count,
    "Units in the period before.",
);
pub(crate) const UNITS_CHANGE: Column = column(
    "units_change",
    "Change",
    Share,
    "Change of units from the period before, or from the side compared with, as a part of them.",
);
pub(crate) const UNITS_TO_SHIP: Column = column(
    "units_to_ship",
    "Units to ship",
    Count,
    "Pieces that are still to ship.",
);
pub(crate) const UNKNOWN: Column = column(
    "unknown",
    "Unknown",
    Count,
    "Orders of which the files prove neither; those not due yet are among them.",
);
pub(crate) const UNPRICED_UNITS: Column = column(
    "unpriced_units",
    "Units without a price",
    Count,
    "Units of live lines without a price (pending, multi-channel, replacement): unknown, not zero.",
);
pub(crate) const WINDOW_DAYS: Column = column(
    "window_days",
    "Days",
    Count,
    "How many days the window has, the day of the report included.",
);
