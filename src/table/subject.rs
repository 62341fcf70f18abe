//! How far the files go that tell of a matter. What became of it after their newest moment is in none of them, however new the
//! files of other kinds are.

use crate::field::Moment;
use crate::line::FileId;
use crate::overlap::Role;

use super::document::Reach;
use super::{Facts, InputFacts};

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
    const ALL: [Self; 4] = [Self::Orders, Self::Backlog, Self::Pending, Self::Returns];

    /// What its files are called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Orders => "all-orders",
            Self::Backlog => "unshipped",
            Self::Pending => "pending",
            Self::Returns => "merchant-returns",
        }
    }

    fn is_of(self, input: &InputFacts) -> bool {
        match self {
            Self::Orders => input.role == Role::Orders,
            Self::Backlog => matches!(input.role, Role::Current | Role::OtherAccount),
            Self::Pending | Self::Returns => {
                input.role == Role::Added && input.kind.starts_with(self.name())
            }
        }
    }
}

impl Facts<'_> {
    /// The newest moments of the files of a subject.
    fn newest(&self, subject: Subject) -> impl Iterator<Item = Moment> {
        let of_subject = (0..).map(FileId).zip(self.inputs);
        let of_subject = of_subject.filter(move |(_, input)| subject.is_of(input));
        of_subject.filter_map(|(file, _)| {
            let source = self.counted.sources.get(&file)?;
            let stamps = source.newest_moment.max(source.newest_update);
            stamps.max(source.last_purchase)
        })
    }

    /// The moment at which a subject is judged: that of the run, or the newest one in its own files, if that is earlier.
    pub(super) fn known_until(&self, subject: Subject) -> Option<Moment> {
        let newest = self.newest(subject).max();
        self.as_of
            .map(|as_of| newest.map_or(as_of, |newest| newest.min(as_of)))
    }

    /// How far the files of each subject go.
    pub fn reaches(&self) -> Vec<Reach> {
        let reach = |subject: Subject| {
            let newest = self.newest(subject).max()?;
            Some(Reach {
                subject,
                files: self.newest(subject).count(),
                newest: newest.to_string(),
            })
        };
        Subject::ALL.into_iter().filter_map(reach).collect()
    }
}
