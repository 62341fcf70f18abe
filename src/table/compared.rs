//! The two sides of a comparison, by their days.

use serde::{Serialize, Serializer};

use crate::field::{Day, Range};

/// The days that a side of a comparison is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SideDays {
    /// What it was called: a range, or a path.
    pub name: String,
    /// The first day that counts: what was asked for, as far as the files go.
    #[serde(serialize_with = "shown")]
    pub first_day: Day,
    /// The last one.
    #[serde(serialize_with = "shown")]
    pub last_day: Day,
    /// How many days that is, less those that lack.
    pub days: i64,
    /// Whether the files do not cover all days that were asked for.
    pub partial: bool,
}

impl std::fmt::Display for SideDays {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let range = Range {
            first: self.first_day,
            last: self.last_day,
        };
        let days = range.to_string();
        if self.name != days {
            write!(f, "{}: ", self.name)?;
        }
        let plural = if self.days == 1 { "" } else { "s" };
        write!(f, "{days}, {} day{plural}", self.days)?;
        if self.partial {
            write!(f, ", partial")?;
        }
        Ok(())
    }
}

/// Both sides of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// What is compared with.
    pub then: SideDays,
    /// What is compared.
    pub now: SideDays,
}

impl Compared {
    /// Whether the sides have all their days, and as many: if not, sums tell less than sales per day.
    pub fn even(&self) -> bool {
        let partial = self.then.partial || self.now.partial;
        self.then.days == self.now.days && !partial
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the shape that serde wants"
)]
fn shown<S: Serializer>(day: &Day, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(day)
}
