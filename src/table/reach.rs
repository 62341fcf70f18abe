//! The reach of a subject's files in time.

/// What files tell of, where that may have changed since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// What was ordered.
    Orders,
    /// What is to ship.
    Backlog,
    /// Orders whose payment is yet to be verified.
    Pending,
    /// What buyers ask to return to the seller.
    Returns,
}

impl Subject {
    pub(crate) const ALL: [Self; 4] = [Self::Orders, Self::Backlog, Self::Pending, Self::Returns];

    /// What its files are called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Orders => "all-orders",
            Self::Backlog => "unshipped",
            Self::Pending => "pending",
            Self::Returns => "merchant-returns",
        }
    }
}

/// How far the files of a kind go: what became of their orders since is in none of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// What the files tell of.
    pub subject: Subject,
    /// How many they are.
    pub files: usize,
    /// The newest moment in them, RFC 3339, or a day where the report gives no time.
    pub newest: String,
}
