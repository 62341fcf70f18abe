//! Days, moments, the zones they are in, and ranges of them.

pub mod calendar;
pub mod clock;
pub mod day;
pub mod moment;
pub mod range;
pub mod zone;
