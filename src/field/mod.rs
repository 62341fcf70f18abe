//! The values of cells: one file for each kind of value. Days and moments have a folder, `time`.
//!
//! A parser here takes the bytes of one cell, blanks already trimmed, and gives the value or a [`RejectReason`] that
//! names what the cell is not. None of them allocates, and none turns an empty cell into a number.

pub mod currency;
pub mod filter;
pub mod form;
pub mod fulfillment;
pub mod label;
mod label_pairs;
pub mod money;
pub mod order_id;
pub mod promotion;
pub mod quantity;
pub mod rate;
pub(crate) mod recent_pairs;
pub mod region;
pub mod reject_reason;
pub mod status;
mod time;

pub use currency::Currency;
pub use filter::{Filter, Selection};
pub use form::{DateForm, NumberForm};
pub use fulfillment::Fulfillment;
pub use label::{LabelId, Labels};
pub use label_pairs::LabelPairs;
pub use money::{Amount, Money};
pub use order_id::{OrderId, OrderIds};
pub use rate::Rates;
pub(crate) use recent_pairs::RecentPairs;
pub use reject_reason::RejectReason;
pub use status::StatusGroup;
pub use time::calendar::Calendar;
pub use time::clock::Clock;
pub use time::day::{Day, Week, WeekStart};
pub use time::moment::Moment;
pub use time::range::Range;
pub use time::zone::{LocalDays, Zones};
pub use time::{calendar, clock, day, moment, range, zone};

/// Reads two ASCII digits, `None` if either is not one.
fn two_digits(bytes: &[u8]) -> Option<u32> {
    match bytes {
        [a @ b'0'..=b'9', b @ b'0'..=b'9'] => Some(u32::from(a - b'0') * 10 + u32::from(b - b'0')),
        _ => None,
    }
}
