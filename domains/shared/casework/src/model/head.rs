//! The whole head of a case.

use kernel::{Channel, Day, Instant, RegionCode};
use platform::{AccountId, OrgId, PersonId, StaffId};

use super::{Applicant, LetterId, Outcome};
use crate::{CaseId, Phase};

/// The head of a case with all that lists, clocks and search keep of it.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseHead {
    /// The case.
    pub id: CaseId,
    /// The number that people use.
    pub case_no: String,
    /// Key of the declaration.
    pub case_type: String,
    /// The service that owns it.
    pub service: String,
    /// Basic code of the item.
    pub item_code: String,
    /// 实施编码.
    pub impl_code: String,
    /// The published version under which it runs.
    pub item_version: Option<catalog::ItemVersionId>,
    /// Region of the body that answers for it.
    pub region: RegionCode,
    /// That body.
    pub org: OrgId,
    /// How it came in.
    pub channel: Channel,
    /// Whether it is handled by 告知承诺.
    pub pledge: bool,
    /// For whom.
    pub applicant: Applicant,
    /// The account that submitted it.
    pub account: Option<AccountId>,
    /// State code.
    pub state: String,
    /// Its phase.
    pub phase: Phase,
    /// Number of the last event: what a page has seen.
    pub version: i64,
    /// When it was opened.
    pub opened_at: Instant,
    /// When it was accepted.
    pub accepted_at: Option<Instant>,
    /// When it was decided.
    pub decided_at: Option<Instant>,
    /// When it came to its end.
    pub closed_at: Option<Instant>,
    /// Accepted because nobody told in time.
    pub auto_accepted: bool,
    /// Who accepted.
    pub acceptor: Option<StaffId>,
    /// Who examines or examined.
    pub examiner: Option<StaffId>,
    /// Who reviewed.
    pub reviewer: Option<StaffId>,
    /// Who decided.
    pub decider: Option<StaffId>,
    /// Who holds it.
    pub holder: Option<StaffId>,
    /// Last day of the promise.
    pub promise_due: Option<Day>,
    /// Last day of the law.
    pub legal_due: Option<Day>,
    /// Last day of the one-time notice.
    pub notice_due: Option<Day>,
    /// Last day of the present step.
    pub step_due: Option<Day>,
    /// Last day for promised papers.
    pub paper_due: Option<Day>,
    /// An end may still move.
    pub provisional: bool,
    /// How often the limit was extended.
    pub extended: i64,
    /// Day on which the clock stopped.
    pub suspended_since: Option<Day>,
    /// Day of the one-time notice.
    pub corrected_on: Option<Day>,
    /// The joint case that it is a part of.
    pub parent: Option<CaseId>,
    /// How it was decided.
    pub outcome: Option<Outcome>,
    /// Where the papers were taken in, if elsewhere.
    pub intake: Option<(RegionCode, OrgId)>,
}

impl CaseHead {
    /// The letter under which an agent acts.
    pub fn letter(&self) -> Option<(PersonId, LetterId)> {
        self.applicant.agent
    }
}
