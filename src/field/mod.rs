//! The values of cells: one file for each kind of value.
//!
//! A parser here takes the bytes of one cell, blanks already trimmed, and gives the value or a [`RejectReason`] that
//! names what the cell is not. None of them allocates, and none turns an empty cell into a number.

pub mod calendar;
pub mod clock;
pub mod currency;
pub mod day;
pub mod filter;
pub mod form;
pub mod fulfillment;
pub mod label;
mod label_pairs;
pub mod moment;
pub mod money;
pub mod order_id;
pub mod promotion;
pub mod quantity;
pub mod range;
pub mod rate;
pub mod region;
pub mod reject_reason;
pub mod status;
pub mod zone;

pub use calendar::Calendar;
pub use clock::Clock;
pub use currency::Currency;
pub use day::{Day, Week, WeekStart};
pub use filter::{Filter, Selection};
pub use form::{DateForm, NumberForm};
pub use fulfillment::Fulfillment;
pub use label::{LabelId, Labels};
pub use label_pairs::LabelPairs;
pub use moment::Moment;
pub use money::{Amount, Money};
pub use order_id::{OrderId, OrderIds};
pub use range::Range;
pub use rate::Rates;
pub use reject_reason::RejectReason;
pub use status::StatusGroup;
pub use zone::{LocalDays, Zones};

/// The cell without the blanks around it: tab, space, CR, no-break space of no encoding in particular.
pub fn trim(cell: &[u8]) -> &[u8] {
    cell.trim_ascii()
}

/// Reads two ASCII digits, `None` if either is not one.
fn two_digits(bytes: &[u8]) -> Option<u32> {
    match bytes {
        [a @ b'0'..=b'9', b @ b'0'..=b'9'] => Some(u32::from(a - b'0') * 10 + u32::from(b - b'0')),
        _ => None,
    }
}
