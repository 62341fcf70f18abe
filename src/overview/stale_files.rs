//! Files that are older than the report: what happened since is in none of them.

use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;

use crate::table::{Document, Subject};

/// The files of a subject, which end at least a day before the moment of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaleFiles {
    /// What they tell of.
    pub subject: Subject,
    /// How many they are.
    pub files: usize,
    /// The local day on which they end.
    pub newest: NaiveDate,
    /// The local day of the report.
    pub today: NaiveDate,
}

impl StaleFiles {
    /// All of a document.
    pub(super) fn all(document: &Document) -> Vec<Self> {
        let subjects = Subject::ALL.into_iter();
        subjects
            .filter_map(|subject| Self::of(document, subject))
            .collect()
    }

    /// The files of a subject; `None` if they are not older than the report, or there are none.
    pub fn of(document: &Document, subject: Subject) -> Option<Self> {
        let reaches = &document.reaches;
        let reach = reaches.iter().find(|reach| reach.subject == subject)?;
        let as_of = DateTime::parse_from_rfc3339(document.as_of.as_ref()?).ok()?;
        let today = today(document)?;
        let (newest, is_day) = match DateTime::parse_from_rfc3339(&reach.newest) {
            Ok(newest) if (as_of - newest).num_days() < 1 => return None,
            Ok(newest) => {
                let zone = document.as_of_zone.parse::<Tz>().ok()?;
                (newest.with_timezone(&zone).date_naive(), false)
            }
            // A bare day lasts until its end.
            Err(_) => (reach.newest.parse().ok()?, true),
        };
        let files = Self {
            subject,
            files: reach.files,
            newest,
            today,
        };
        (files.days() > i64::from(is_day)).then_some(files)
    }

    /// How many days they are older than the report.
    pub fn days(&self) -> i64 {
        (self.today - self.newest).num_days()
    }
}

/// The local day of the moment that lateness is judged at; `None` if no file proves one.
pub(super) fn today(document: &Document) -> Option<NaiveDate> {
    let zone = document.as_of_zone.parse::<Tz>().ok()?;
    let as_of = DateTime::parse_from_rfc3339(document.as_of.as_ref()?).ok()?;
    Some(as_of.with_timezone(&zone).date_naive())
}
