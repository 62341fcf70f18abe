//! The newest moment of each subject's files. What happened later is in none of them, however new the files of other subjects are.

use crate::field::Moment;
use crate::line::FileId;
use crate::ownership::Role;

use crate::table::{Reach, Subject};
use crate::topic::context::{InputFile, ReportContext};

impl ReportContext<'_> {
    /// The newest moments of the files of a subject.
    fn newest(&self, subject: Subject) -> impl Iterator<Item = Moment> {
        let of_subject = (0..).map(FileId).zip(self.inputs);
        let of_subject = of_subject.filter(move |(_, input)| is_of(subject, input));
        of_subject.filter_map(|(file, _)| {
            let source = self.state.data_quality.sources.get(&file)?;
            let stamps = source.newest_moment.max(source.newest_update);
            stamps.max(source.last_purchase)
        })
    }

    /// The moment at which a subject is judged: that of the run, or the newest one in its own files, if that is earlier.
    pub(crate) fn known_until(&self, subject: Subject) -> Option<Moment> {
        let newest = self.newest(subject).max();
        self.time
            .as_of
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

/// Whether an input is one of a subject's files.
fn is_of(subject: Subject, input: &InputFile) -> bool {
    match subject {
        Subject::Orders => input.role == Role::Orders,
        Subject::Backlog => matches!(input.role, Role::Current | Role::OtherAccount),
        Subject::Pending | Subject::Returns => {
            input.role == Role::Added && input.kind.starts_with(subject.name())
        }
    }
}
