use kernel::Instant;
use serde::{Deserialize, Serialize};

use super::Row;
use crate::{Error, Job};

/// A statement that one person signs before the registrar (`marriage-statement.typ`, 申请结婚登记声明书).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Title of the form.
    pub title: String,
    /// Case or form number, empty when not yet given.
    pub number: String,
    /// The person who states: name, sex, nationality, birth, ethnicity, occupation, education, number, residence, status.
    pub own: Vec<Row>,
    /// The other party, same elements.
    pub other: Vec<Row>,
    /// The text that is declared, a paragraph each, in the official version.
    pub paragraphs: Vec<String>,
    /// Version of that text.
    pub text_version: String,
    /// Office before which it is signed.
    pub office: String,
}

impl Statement {
    /// Ready for the press.
    pub fn job(&self, at: Instant) -> Result<Job, Error> {
        Job::new("marriage-statement", &self.title, at, self)
    }
}
