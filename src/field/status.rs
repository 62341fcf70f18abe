//! Order statuses and the groups that tables show them in (docs/metrics.md, Status groups).

/// Where an order stands, as a group of Amazon's status texts. Sorted as its names are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(
    missing_docs,
    reason = "each name is Amazon's own word; GROUPS lists the texts"
)]
pub enum StatusGroup {
    Cancelled,
    Delivered,
    Failed,
    OnHold,
    PartiallyShipped,
    Pending,
    Returned,
    Shipped,
    Unknown,
    Unshipped,
}

/// Amazon's texts, each with its group. A text that is not here is [`StatusGroup::Unknown`]: counted, listed, kept.
const GROUPS: [(&str, StatusGroup); 23] = [
    ("Shipped", StatusGroup::Shipped),
    ("Pending", StatusGroup::Pending),
    ("Cancelled", StatusGroup::Cancelled),
    ("Unshipped", StatusGroup::Unshipped),
    ("Shipping", StatusGroup::Unshipped),
    ("Shipped - Delivered to Buyer", StatusGroup::Delivered),
    ("Shipped - Picked Up", StatusGroup::Shipped),
    ("Shipped - Out for Delivery", StatusGroup::Shipped),
    ("Shipped - Returned to Seller", StatusGroup::Returned),
    ("Shipped - Returning to Seller", StatusGroup::Returned),
    ("Shipped - Rejected by Buyer", StatusGroup::Returned),
    ("Shipped - Undeliverable", StatusGroup::Failed),
    ("Shipped - Lost in Transit", StatusGroup::Failed),
    ("Shipped - Damaged", StatusGroup::Failed),
    ("Canceled", StatusGroup::Cancelled),
    ("Complete", StatusGroup::Shipped),
    ("PartiallyShipped", StatusGroup::PartiallyShipped),
    ("InvoiceUnconfirmed", StatusGroup::Unshipped),
    ("Pending - Waiting for Pick Up", StatusGroup::Unshipped),
    ("Pending - Label Cancelled", StatusGroup::Unshipped),
    ("PendingAvailability", StatusGroup::Pending),
    ("Planning", StatusGroup::Pending),
    ("Unfulfillable", StatusGroup::OnHold),
];

impl StatusGroup {
    /// All of them, in the order of their names.
    pub const ALL: [Self; 10] = [
        Self::Cancelled,
        Self::Delivered,
        Self::Failed,
        Self::OnHold,
        Self::PartiallyShipped,
        Self::Pending,
        Self::Returned,
        Self::Shipped,
        Self::Unknown,
        Self::Unshipped,
    ];

    /// The group of a status text, any case.
    ///
    /// ```
    /// use ordersift::field::StatusGroup;
    /// assert_eq!(StatusGroup::read(b"canceled"), StatusGroup::Cancelled);
    /// assert_eq!(StatusGroup::read(b"Shipped - Held"), StatusGroup::Unknown);
    /// ```
    pub fn read(cell: &[u8]) -> Self {
        let found = GROUPS
            .iter()
            .find(|(text, _)| cell.eq_ignore_ascii_case(text.as_bytes()));
        found.map_or(Self::Unknown, |&(_, group)| group)
    }

    /// The word in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
            Self::OnHold => "on_hold",
            Self::PartiallyShipped => "partially_shipped",
            Self::Pending => "pending",
            Self::Returned => "returned",
            Self::Shipped => "shipped",
            Self::Unknown => "unknown",
            Self::Unshipped => "unshipped",
        }
    }
}

/// Whether a status text, of an order or of an item, says cancelled: one `l` or two, any case.
pub fn is_cancelled(cell: &[u8]) -> bool {
    cell.eq_ignore_ascii_case(b"Cancelled") || cell.eq_ignore_ascii_case(b"Canceled")
}
