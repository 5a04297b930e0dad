use kernel::Instant;
use serde::{Deserialize, Serialize};

use crate::{Error, Job};

/// A notice that an application is not granted (`refusal.typ`, 不予登记告知书).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Title of the notice.
    pub title: String,
    /// Number of the notice or case.
    pub number: String,
    /// The persons addressed.
    pub to: Vec<String>,
    /// What they applied for and when, one sentence.
    pub opening: String,
    /// Why it is not granted.
    pub reasons: Vec<Reason>,
    /// What the persons can do now, a paragraph each: come again, other office, review, court.
    pub remedies: Vec<String>,
    /// The authority.
    pub office: String,
    /// Day of the notice, in words.
    pub date: String,
}

/// One reason of a refusal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// What was found.
    pub text: String,
    /// The article that makes it a reason.
    pub law: String,
}

impl Refusal {
    /// Ready for the press.
    pub fn job(&self, at: Instant) -> Result<Job, Error> {
        Job::new("refusal", &self.title, at, self)
    }
}
