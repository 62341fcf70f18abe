//! The kinds of report, in the order in which a header is compared with them.

pub mod all_orders;
pub mod confirmation;
pub mod fba_returns;
pub mod fba_shipments;
pub mod health;
pub mod merchant_returns;
pub mod orders_report;
pub mod pending;
pub mod unshipped;

use crate::field::DateForm;

use super::columns::Column;
use super::reading::SideParse;

/// The kinds of report that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Every order item, of any status.
    AllOrders,
    /// The seller's backlog.
    Unshipped,
    /// What the seller ships himself, as it left Pending.
    OrdersReport,
    /// What Amazon shipped.
    FbaShipments,
    /// What buyers ask to return to the seller.
    MerchantReturns,
    /// What came back to Amazon.
    FbaReturns,
    /// Orders whose payment is yet to be verified.
    Pending,
    /// What the seller told Amazon of parcels that left.
    Confirmation,
    /// Amazon's own metrics of the account.
    Health,
}

/// One set of column names that a kind goes by.
#[derive(Debug)]
pub struct KindSpec {
    /// The kind.
    pub kind: Kind,
    /// What it is called in messages and in `sources`.
    pub name: &'static str,
    /// Where a seller finds it.
    pub origin: &'static str,
    /// The columns that are read.
    pub columns: &'static [Column],
    /// Columns that a file of this kind does not have.
    pub not: &'static [&'static str],
    /// How its dates are written.
    pub dates: DateForm,
    /// Whether empty cells at the end of a line may be left out.
    pub padded: bool,
    /// Reads a line, of all kinds but the two that every run is about.
    pub side: Option<SideParse>,
}

/// What most kinds have in common.
const PLAIN: KindSpec = KindSpec {
    kind: Kind::AllOrders,
    name: "",
    origin: "",
    columns: &[],
    not: &[],
    dates: DateForm::Iso,
    padded: false,
    side: None,
};

/// All that are tables. A new kind is a file in this folder and an entry here.
pub const KINDS: &[KindSpec] = &[
    KindSpec {
        kind: Kind::AllOrders,
        name: "all-orders",
        origin: "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL, \u{2026}_BY_LAST_UPDATE_GENERAL, archived orders, Seller Central: Reports, Fulfillment, All Orders",
        columns: all_orders::COLUMNS,
        ..PLAIN
    },
    KindSpec {
        kind: Kind::Unshipped,
        name: "unshipped",
        origin: "GET_FLAT_FILE_ACTIONABLE_ORDER_DATA_SHIPPING, Seller Central: Orders, Order Reports, Unshipped",
        columns: unshipped::COLUMNS,
        ..PLAIN
    },
    KindSpec {
        kind: Kind::AllOrders,
        name: "amazon-sale-report",
        origin: "the public data set \"Amazon Sale Report.csv\"",
        columns: all_orders::SALE_REPORT_COLUMNS,
        dates: DateForm::Short,
        ..PLAIN
    },
    KindSpec {
        kind: Kind::FbaShipments,
        name: "fba-shipments",
        origin: "GET_AMAZON_FULFILLED_SHIPMENTS_DATA_GENERAL, Seller Central: Reports, Fulfillment",
        columns: fba_shipments::COLUMNS,
        side: Some(fba_shipments::parse),
        ..PLAIN
    },
    KindSpec {
        kind: Kind::MerchantReturns,
        name: "merchant-returns",
        origin: "GET_FLAT_FILE_RETURNS_DATA_BY_RETURN_DATE, Seller Central: Orders, Manage Returns, Return Reports",
        columns: merchant_returns::COLUMNS,
        dates: DateForm::Named,
        padded: true,
        side: Some(merchant_returns::parse),
        ..PLAIN
    },
    KindSpec {
        kind: Kind::FbaReturns,
        name: "fba-returns",
        origin: "GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA, Seller Central: Reports, Fulfillment",
        columns: fba_returns::COLUMNS,
        side: Some(fba_returns::parse),
        ..PLAIN
    },
    KindSpec {
        kind: Kind::Pending,
        name: "pending",
        origin: "GET_FLAT_FILE_PENDING_ORDERS_DATA, in Japan",
        columns: pending::COLUMNS,
        not: pending::NOT,
        side: Some(pending::parse),
        ..PLAIN
    },
    KindSpec {
        kind: Kind::OrdersReport,
        name: "orders-report",
        origin: "GET_FLAT_FILE_ORDER_REPORT_DATA_SHIPPING, \u{2026}_INVOICING, \u{2026}_TAX, Seller Central: Orders, Order Reports, New",
        columns: orders_report::COLUMNS,
        not: orders_report::NOT,
        side: Some(orders_report::parse),
        ..PLAIN
    },
    KindSpec {
        kind: Kind::Confirmation,
        name: "ship-confirmation",
        origin: "Flat.File.ShippingConfirm, POST_FLAT_FILE_FULFILLMENT_DATA: what `worklist --confirm-file` and `confirm` write",
        columns: confirmation::COLUMNS,
        not: confirmation::NOT,
        side: Some(confirmation::parse),
        ..PLAIN
    },
];

/// A list of parcels, as a carrier's program writes it: only `confirm --tracking` asks for one.
pub const TRACKING: KindSpec = KindSpec {
    kind: Kind::Confirmation,
    name: "tracking-list",
    origin: "a carrier's program, or a hand: for `confirm --tracking`",
    columns: confirmation::TRACKING_COLUMNS,
    not: confirmation::NOT,
    side: Some(confirmation::parse_tracking),
    ..PLAIN
};

/// The backlog with addresses: only where a shipper asks for them.
pub const ADDRESSED: KindSpec = KindSpec {
    kind: Kind::Unshipped,
    name: "unshipped",
    origin: "",
    columns: unshipped::ADDRESSED_COLUMNS,
    ..PLAIN
};

/// All that are no tables; their columns are what their elements are called in the table of the same.
pub const UNTABLED: &[KindSpec] = &[
    KindSpec {
        kind: Kind::AllOrders,
        name: "all-orders-xml",
        origin: "GET_XML_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL, \u{2026}_BY_LAST_UPDATE_GENERAL",
        columns: all_orders::COLUMNS,
        ..PLAIN
    },
    KindSpec {
        kind: Kind::MerchantReturns,
        name: "merchant-returns-xml",
        origin: "GET_XML_RETURNS_DATA_BY_RETURN_DATE",
        columns: merchant_returns::COLUMNS,
        dates: DateForm::Named,
        side: Some(merchant_returns::parse),
        ..PLAIN
    },
    KindSpec {
        kind: Kind::Health,
        name: "account-health",
        origin: "GET_V2_SELLER_PERFORMANCE_REPORT",
        columns: health::COLUMNS,
        ..PLAIN
    },
];
