//! Lines of the reports beside the orders and the backlog. Each is one type: it borrows its texts when it is read, as all lines do,
//! and has their ids when it is stored.

use crate::field::{Amount, Currency, Day, Moment, OrderId};

/// A line of one of them, as it is read.
#[derive(Debug, Clone, Copy)]
pub enum SupplementaryLine<'a> {
    /// Of an orders report.
    Purchased(PurchasedLine<&'a [u8], UnstoredPurchase<'a>>),
    /// Of an orders report: one more promotion on an item that a line of its own tells of.
    Promotion(PromotionLine<&'a [u8]>),
    /// Of an FBA fulfilled shipments report.
    FbaShipment(FbaShipmentLine<&'a [u8], UnstoredShipment<'a>>),
    /// Of a merchant returns report.
    MerchantReturn(MerchantReturnLine<&'a [u8], UnstoredReturn>),
    /// Of an FBA returns report.
    FbaReturn(FbaReturnLine<&'a [u8]>),
    /// Of a pending-orders report.
    Pending(PendingLine),
    /// Of a ship-confirmation file or a tracking list.
    Confirmed(ConfirmedLine<&'a [u8]>),
    /// Of an account-health report.
    Metric(MetricLine<&'a str>),
}

/// Declares types of lines: the columns that are texts, then those that are values.
macro_rules! line_types {
    ($(
        $(#[$doc:meta])*
        $name:ident {
            texts { $($(#[$text_doc:meta])* $text:ident,)* }
            values { $($(#[$value_doc:meta])* $value:ident: $type:ty,)* }
        }
    )*) => {$(
        $(#[$doc])*
        ///
        /// `T` is a text: bytes when it is read, an id when it is stored.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name<T, X = ()> {
            $($(#[$value_doc])* pub $value: $type,)*
            $($(#[$text_doc])* pub $text: T,)*
            /// What only the read line has because it is not stored, or what the state adds to the stored one.
            pub extra: X,
        }

        impl<T, X> $name<T, X> {
            /// The same line with other texts.
            pub fn map_text<U>(self, mut map: impl FnMut(T) -> U) -> $name<U, X> {
                $name {
                    $($value: self.$value,)*
                    $($text: map(self.$text),)*
                    extra: self.extra,
                }
            }

            /// The same line with something else beside its columns.
            pub fn with<Y>(self, extra: Y) -> $name<T, Y> {
                $name {
                    $($value: self.$value,)*
                    $($text: self.$text,)*
                    extra,
                }
            }
        }
    )*};
}

line_types! {
    /// An item of an order that the seller ships, as it left Pending.
    PurchasedLine {
        texts {
            /// `order-item-id`.
            order_item_id,
            /// `sku`.
            sku,
            /// `ship-service-level`.
            ship_service_level,
            /// `sales-channel`; empty where the layout has none.
            sales_channel,
        }
        values {
            /// `order-id`.
            order_id: OrderId,
            /// `purchase-date`.
            purchase_date: Moment,
            /// `latest-ship-date`, by which to ship; `None` where the account's columns lack it.
            latest_ship_date: Option<Moment>,
            /// `quantity-purchased`, in units.
            quantity: u32,
            /// `currency`; `None` where the report has no amounts.
            currency: Option<Currency>,
            /// `item-price`, the total of the line. `None` is unknown, not zero.
            line_amount: Option<Amount>,
            /// Item, shipping and gift-wrap tax.
            tax: Amount,
            /// `shipping-price`.
            shipping: Amount,
            /// `gift-wrap-price`.
            gift_wrap: Amount,
            /// Item and ship promotion discounts without their signs. Those of further promotion lines are added once it is known
            /// which lines count.
            discounts: Amount,
        }
    }

    /// A promotion on an item, in a line that says nothing else.
    PromotionLine {
        texts {
            /// `order-item-id`.
            order_item_id,
        }
        values {
            /// `order-id`.
            order_id: OrderId,
            /// Item and ship promotion discounts without their signs.
            discounts: Amount,
        }
    }

    /// Units of an item that Amazon shipped.
    FbaShipmentLine {
        texts {
            /// `shipment-id`.
            shipment_id,
            /// `shipment-item-id`: no other line has it.
            shipment_item_id,
            /// `carrier`.
            carrier,
            /// `sales-channel`.
            sales_channel,
        }
        values {
            /// `amazon-order-id`.
            order_id: OrderId,
            /// `quantity-shipped`, in units.
            quantity: u32,
        }
    }

    /// An item that a buyer asks to return to the seller.
    MerchantReturnLine {
        texts {
            /// `Amazon RMA ID`.
            rma_id,
            /// `Return request status`, as Amazon wrote it.
            status,
            /// `Merchant SKU`.
            sku,
            /// `Item Name`.
            product_name,
            /// `Return Reason`.
            reason,
            /// `Resolution`.
            resolution,
        }
        values {
            /// `Order ID`.
            order_id: OrderId,
            /// `A-to-Z Claim`; `None` where the report does not say.
            a_to_z_claim: Option<bool>,
            /// `In policy`; `None` where the report does not say.
            in_policy: Option<bool>,
            /// `Return quantity`, in units.
            quantity: u32,
            /// `Currency code`.
            currency: Option<Currency>,
            /// `Order Amount`; `None` is unknown.
            order_amount: Option<Amount>,
            /// `Refunded Amount`; `None` is unknown.
            refunded_amount: Option<Amount>,
        }
    }

    /// Units that came back to Amazon. Two lines can be the same and both true, if they have no license plate.
    FbaReturnLine {
        texts {
            /// `sku`.
            sku,
            /// `detailed-disposition`.
            disposition,
            /// `reason`.
            reason,
            /// `status`.
            status,
            /// `license-plate-number`, one for each unit; empty in old layouts.
            license_plate,
        }
        values {
            /// `order-id`.
            order_id: OrderId,
            /// `return-date`.
            return_date: Moment,
            /// `quantity`, in units.
            quantity: u32,
        }
    }

    /// What a seller told Amazon, or is about to: these units left with this parcel.
    ConfirmedLine {
        texts {
            /// `order-item-id`; empty means all items of the order.
            order_item_id,
            /// `carrier-code`.
            carrier_code,
            /// `carrier-name`.
            carrier_name,
            /// `tracking-number`.
            tracking_number,
            /// `ship-method`.
            ship_method,
        }
        values {
            /// `order-id`.
            order_id: OrderId,
            /// `quantity`, in units; `None` means all that is open.
            quantity: Option<u32>,
            /// `ship-date`, as typed by the seller; `None` where nothing was typed.
            ship_date: Option<Moment>,
            /// It stands in a tracking list: Amazon was not told yet.
            unsubmitted: bool,
        }
    }

    /// A metric of an account, as Amazon itself computed it.
    MetricLine {
        texts {
            /// Which one, by our name for it.
            metric,
            /// Amazon's id of the marketplace.
            marketplace,
            /// Amazon's word for it, as `GOOD` or `AT_RISK`.
            status,
        }
        values {
            /// The rate in millionths; `None` where the report gives none.
            rate: Option<i64>,
            /// The target in millionths, and whether the rate is to be below it.
            target: Option<(i64, bool)>,
            /// The days that it is of.
            days: Option<(Day, Day)>,
        }
    }
}

/// An item of an order whose payment Amazon has yet to verify.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PendingLine {
    /// `order-id`.
    pub order_id: OrderId,
    /// `purchase-date`.
    pub purchase_date: Moment,
}

/// Columns of an orders report that are read and not stored.
#[derive(Debug, Clone, Copy)]
pub struct UnstoredPurchase<'a> {
    /// `payments-date`.
    pub payments_date: Option<Moment>,
    /// `reporting-date`: when the order left Pending.
    pub reporting_date: Option<Moment>,
    /// `ship-country`.
    pub ship_country: &'a [u8],
}

/// Columns of an FBA fulfilled shipments report that are read and not stored.
#[derive(Debug, Clone, Copy)]
pub struct UnstoredShipment<'a> {
    /// `sku`.
    pub sku: &'a [u8],
    /// `purchase-date`.
    pub purchase_date: Moment,
    /// `payments-date`.
    pub payments_date: Option<Moment>,
    /// `reporting-date`.
    pub reporting_date: Option<Moment>,
    /// `shipment-date`.
    pub shipment_date: Moment,
    /// `estimated-arrival-date`; an estimate, not a delivery.
    pub estimated_arrival_date: Option<Moment>,
}

/// Columns of a merchant returns report that are read and stored as days only.
#[derive(Debug, Clone, Copy)]
pub struct UnstoredReturn {
    /// `Return request date`, a bare day.
    pub request_date: Moment,
    /// `Order date`, a bare day; `None` is unknown.
    pub order_date: Option<Moment>,
}
