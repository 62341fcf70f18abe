//! The columns of a converted line, each with its type and with what null says.

use std::sync::Arc;

use parquet::basic::{LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::schema::types::{Type, TypePtr};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// UTF-8.
    Text,
    /// A whole number.
    Count,
    /// A whole number that may be large.
    Number,
    /// An exact decimal of four places, kept in ten-thousandths.
    Money,
    /// A calendar day, kept in days since 1970-01-01.
    Day,
    /// A moment in UTC, kept in seconds since 1970-01-01T00:00:00Z.
    Moment,
    /// Yes or no, kept as one or zero.
    Flag,
}

impl Content {
    /// The type as databases name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Count => "int32",
            Self::Number => "int64",
            Self::Money => "decimal(18,4)",
            Self::Day => "date",
            Self::Moment => "timestamp (UTC)",
            Self::Flag => "boolean",
        }
    }

    fn physical(self) -> Physical {
        match self {
            Self::Text => Physical::BYTE_ARRAY,
            Self::Count | Self::Day => Physical::INT32,
            Self::Number | Self::Money | Self::Moment => Physical::INT64,
            Self::Flag => Physical::BOOLEAN,
        }
    }

    fn logical(self) -> Option<LogicalType> {
        match self {
            Self::Text => Some(LogicalType::String),
            Self::Money => Some(LogicalType::decimal(4, 18)),
            Self::Day => Some(LogicalType::Date),
            Self::Moment => Some(LogicalType::timestamp(true, TimeUnit::MICROS)),
            Self::Count | Self::Number | Self::Flag => None,
        }
    }
}

/// A column of a converted line.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub content: Content,
    /// What it says.
    pub means: &'static str,
    /// What null says; empty where a cell is never null.
    pub null: &'static str,
}

impl Column {
    /// Whether a cell is never null.
    pub fn required(&self) -> bool {
        self.null.is_empty()
    }
}

pub(super) const fn column(
    name: &'static str,
    content: Content,
    means: &'static str,
    null: &'static str,
) -> Column {
    Column {
        name,
        content,
        means,
        null,
    }
}

const LACKS: &str = "the report does not say";
const BACKLOG: &str = "an unshipped line";
const ORDERS: &str = "an all-orders line";

/// The columns that `convert` writes, in the order of the file.
pub const COLUMNS: &[Column] = LAKE_COLUMNS.split_at(LAKE_COLUMNS.len() - LAKE_ONLY).0;

/// So many of the columns of a lake are in a lake only.
const LAKE_ONLY: usize = 6;

const NO_ORDER: &str = "an unshipped line, or the report does not say";

/// The columns of the lines in a lake: those of `convert`, and what a merge and the tables need beside them.
pub const LAKE_COLUMNS: &[Column] = &[
    column("kind", Content::Text, "`all-orders` or `unshipped`", ""),
    column(
        "file",
        Content::Text,
        "the input the line was read from",
        "",
    ),
    column("line", Content::Number, "its line number there", ""),
    column("order_id", Content::Text, "Amazon's order number", ""),
    column(
        "order_item_id",
        Content::Text,
        "Amazon's number of the item in the order",
        "an all-orders line, or empty",
    ),
    column(
        "purchase_date",
        Content::Moment,
        "when it was bought",
        "the report gave only a day: `purchase_day`",
    ),
    column(
        "purchase_day",
        Content::Day,
        "the local day of it where the marketplace is",
        "",
    ),
    column(
        "last_updated_date",
        Content::Moment,
        "when Amazon last changed the order",
        "an unshipped line, empty, or only a day: `last_updated_day`",
    ),
    column(
        "last_updated_day",
        Content::Day,
        "the day, where the report gave no time with it",
        "there is a time, or no date at all",
    ),
    column("order_status", Content::Text, "as Amazon wrote it", BACKLOG),
    column(
        "status_group",
        Content::Text,
        "the group of the status, as in the table `status`",
        BACKLOG,
    ),
    column(
        "item_status",
        Content::Text,
        "as Amazon wrote it",
        "an unshipped line, or empty",
    ),
    column(
        "live",
        Content::Flag,
        "neither the order nor the item is cancelled",
        BACKLOG,
    ),
    column(
        "fulfillment",
        Content::Text,
        "`fba`, `merchant` or `unknown`; a backlog is the merchant's",
        "",
    ),
    column("sales_channel", Content::Text, "as Amazon wrote it", LACKS),
    column("sku", Content::Text, "the seller's own number", ""),
    column(
        "asin",
        Content::Text,
        "Amazon's number of the product",
        LACKS,
    ),
    column("product_name", Content::Text, "as Amazon wrote it", LACKS),
    column("quantity", Content::Count, "units of the line", BACKLOG),
    column(
        "currency",
        Content::Text,
        "three letters; part of every sum of money",
        "an unshipped line, or no amount but zero",
    ),
    column(
        "item_price",
        Content::Money,
        "`item-price`: the total of the line, not of a unit",
        "an unshipped line, or not priced yet: unknown, not zero",
    ),
    column(
        "tax",
        Content::Money,
        "item, shipping and gift-wrap tax together",
        BACKLOG,
    ),
    column("shipping", Content::Money, "`shipping-price`", BACKLOG),
    column("gift_wrap", Content::Money, "`gift-wrap-price`", BACKLOG),
    column(
        "discounts",
        Content::Money,
        "item and shipping discounts together, without their signs",
        BACKLOG,
    ),
    column(
        "ship_city",
        Content::Text,
        "where the parcel goes",
        "an all-orders line, or empty",
    ),
    column("ship_state", Content::Text, "as the buyer wrote it", LACKS),
    column("ship_country", Content::Text, "two letters", LACKS),
    column(
        "ship_service_level",
        Content::Text,
        "as Amazon wrote it",
        LACKS,
    ),
    column("is_business", Content::Flag, "a business bought it", LACKS),
    column(
        "is_replacement",
        Content::Flag,
        "sent in place of an earlier order",
        LACKS,
    ),
    column("is_prime", Content::Flag, "a Prime order", LACKS),
    column(
        "promotion_ids",
        Content::Text,
        "a list with commas",
        "no promotion, or the report does not say",
    ),
    column(
        "payments_date",
        Content::Moment,
        "when it was paid",
        "an all-orders line, empty, or only a day: `payments_day`",
    ),
    column(
        "payments_day",
        Content::Day,
        "the day, where the report gave no time with it",
        "there is a time, or no date at all",
    ),
    column(
        "reporting_date",
        Content::Moment,
        "the moment of the backlog",
        "an all-orders line, empty, or only a day: `reporting_day`",
    ),
    column(
        "reporting_day",
        Content::Day,
        "the day, where the report gave no time with it",
        "there is a time, or no date at all",
    ),
    column(
        "promise_date",
        Content::Moment,
        "the end of the local day by which to ship",
        "an all-orders line, no promise, or only a day: `promise_day`",
    ),
    column(
        "promise_day",
        Content::Day,
        "that local day",
        "an all-orders line, or no promise",
    ),
    column(
        "days_past_promise",
        Content::Count,
        "by Amazon's own count, positive is late",
        "an all-orders line, or not readable",
    ),
    column(
        "quantity_to_ship",
        Content::Count,
        "units that are still to ship",
        ORDERS,
    ),
    column(
        "buyer_requested_cancellation",
        Content::Flag,
        "the buyer asked to cancel",
        ORDERS,
    ),
    column(
        "verge_of_cancellation",
        Content::Flag,
        "Amazon is about to cancel",
        "an all-orders line, or the report does not say",
    ),
    column("account", Content::Text, "the account it belongs to", ""),
    column(
        "purchase_hour",
        Content::Count,
        "the hour of purchase on a clock of the marketplace, 0 to 23",
        "the report gave only a day",
    ),
    column(
        "zone",
        Content::Text,
        "the time zone of its days, by its IANA name",
        "",
    ),
    column(
        "place_country",
        Content::Text,
        "`ship_country` as the table `places` shows it",
        NO_ORDER,
    ),
    column(
        "place_state",
        Content::Text,
        "`ship_state` as the table `places` shows it",
        NO_ORDER,
    ),
    column(
        "promotion_families",
        Content::Text,
        "what its promotion ids begin with, each once, with commas",
        "no promotion, or the report does not say",
    ),
];

/// Where a column is.
///
/// # Panics
/// There is no such column: a mistake that a constant made of it does not compile with.
pub const fn place(name: &str) -> usize {
    let mut at = 0;
    while at < LAKE_COLUMNS.len() {
        if same(LAKE_COLUMNS[at].name.as_bytes(), name.as_bytes()) {
            return at;
        }
        at += 1;
    }
    panic!("no such column");
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while a.len() == b.len() && at < a.len() && a[at] == b[at] {
        at += 1;
    }
    a.len() == b.len() && at == a.len()
}

/// The columns of a kind of Parquet file, and how such a file is known.
#[derive(Debug)]
pub struct Schema {
    /// The name of a row group in Parquet.
    pub name: &'static str,
    /// The columns, in the order of the file.
    pub columns: &'static [Column],
    /// The name of the version in the metadata.
    pub key: &'static str,
    /// The version. A file of any other one is refused.
    pub version: &'static str,
    /// Whether it holds lines of reports, which can be read again as a report.
    pub lines: bool,
}

/// What `convert` writes.
pub const LINES: Schema = Schema {
    name: "lines",
    columns: COLUMNS,
    key: super::KEY_VERSION,
    version: super::VERSION,
    lines: true,
};

/// The schema as Parquet has it.
pub(super) fn parquet(schema: &Schema) -> parquet::errors::Result<TypePtr> {
    let fields = schema.columns.iter().map(|column| {
        let repetition = if column.required() {
            Repetition::REQUIRED
        } else {
            Repetition::OPTIONAL
        };
        let mut field = Type::primitive_type_builder(column.name, column.content.physical())
            .with_repetition(repetition)
            .with_logical_type(column.content.logical());
        if column.content == Content::Money {
            field = field.with_precision(18).with_scale(4);
        }
        field.build().map(Arc::new)
    });
    let fields = fields.collect::<parquet::errors::Result<_>>()?;
    let schema = Type::group_type_builder(schema.name).with_fields(fields);
    schema.build().map(Arc::new)
}
