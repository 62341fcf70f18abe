//! Fulfillment of a line, by Amazon or by the merchant, read from the cell `fulfillment-channel`.

/// The fulfillment of a line, from its own column alone. Sorted as its names are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fulfillment {
    /// Fulfilled by Amazon: `Amazon`, `AFN`.
    Amazon,
    /// Fulfilled by the seller: `Merchant`, `Seller`, `MFN`.
    Merchant,
    /// The column says something else, or nothing.
    Unknown,
}

impl Fulfillment {
    /// All of them, in the order of their names.
    pub const ALL: [Self; 3] = [Self::Amazon, Self::Merchant, Self::Unknown];

    /// Reads the cell, in any case and with blanks around it. Every other text is [`Fulfillment::Unknown`], never an error.
    #[inline]
    pub fn read(cell: &[u8]) -> Self {
        match cell {
            b"Amazon" => Self::Amazon,
            b"Merchant" => Self::Merchant,
            _ => Self::of_any_case(cell.trim_ascii()),
        }
    }

    fn of_any_case(cell: &[u8]) -> Self {
        let is = |names: &[&str]| {
            names
                .iter()
                .any(|name| cell.eq_ignore_ascii_case(name.as_bytes()))
        };
        if is(&["amazon", "afn"]) {
            Self::Amazon
        } else if is(&["merchant", "seller", "mfn"]) {
            Self::Merchant
        } else {
            Self::Unknown
        }
    }

    /// The word in the tables (docs/metrics.md, Words).
    pub fn name(self) -> &'static str {
        match self {
            Self::Amazon => "fba",
            Self::Merchant => "merchant",
            Self::Unknown => "unknown",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_names_in_any_case_and_never_guesses() {
        assert_eq!(Fulfillment::read(b"AMAZON"), Fulfillment::Amazon);
        assert_eq!(Fulfillment::read(b"mfn"), Fulfillment::Merchant);
        assert_eq!(Fulfillment::read(b"Ama zon"), Fulfillment::Unknown);
        assert_eq!(Fulfillment::read(b""), Fulfillment::Unknown);
        assert!(Fulfillment::ALL.is_sorted_by_key(|who| who.name()));
    }
}
