//! What stands against an applicant who broke a pledge.

use kernel::{Day, Id, Instant};

use crate::CaseId;

/// Id of a credit record.
pub type CreditId = Id<Credit>;

/// A credit record (失信记录): while it stands, the applicant cannot use 告知承诺.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credit {
    /// Id.
    pub id: CreditId,
    /// The case in which the pledge was broken.
    pub case: CaseId,
    /// Its number.
    pub case_no: String,
    /// The applicant.
    pub applicant: String,
    /// What was found.
    pub reason: String,
    /// First day.
    pub from: Day,
    /// Last day; none while it has no end.
    pub until: Option<Day>,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Instant>,
    /// Why.
    pub withdrawn_reason: String,
}
