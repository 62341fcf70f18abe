//! The part of a report that a table stands in, and the reports that fill it.

/// The part of a report that a table stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What was ordered, where and when.
    Demand,
    /// Which products, and what came back.
    Products,
    /// What must ship, and how it went.
    Shipping,
    /// What was read, and whether it can be trusted.
    Data,
}

impl Part {
    /// All parts, in the order of a report.
    pub const ALL: [Self; 4] = [Self::Demand, Self::Products, Self::Shipping, Self::Data];

    /// The name that a reader sees.
    pub fn name(self) -> &'static str {
        match self {
            Self::Demand => "Demand",
            Self::Products => "Products",
            Self::Shipping => "Shipping",
            Self::Data => "Data",
        }
    }

    /// The name in links.
    pub fn anchor(self) -> &'static str {
        match self {
            Self::Demand => "demand",
            Self::Products => "products",
            Self::Shipping => "shipping",
            Self::Data => "data",
        }
    }
}

/// The kinds of report whose lines are all orders of a time.
pub(crate) const ALL_ORDERS: &[&str] = &["all-orders", "all-orders-xml", "amazon-sale-report"];
