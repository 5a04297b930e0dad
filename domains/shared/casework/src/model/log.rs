//! The log of a case: events that are folded to its state.

use kernel::{Day, Instant, Period};
use platform::{OrgId, StaffId};
use serde::{Deserialize, Serialize};

/// The event of every life-cycle that is no move of its table: the case goes to another body and stays in its state.
pub const TRANSFER: &str = "transfer";

/// One event, as the log keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// 1 is the opening.
    pub seq: i64,
    /// The move.
    pub verb: String,
    /// The state before; empty at the opening.
    pub from: String,
    /// The state after.
    pub to: String,
    /// When.
    pub at: Instant,
    /// The member of staff who acted, if one did.
    pub staff: Option<StaffId>,
    /// What it changed beyond the state.
    pub detail: Detail,
}

/// What an event changed beyond the state; no personal data.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Detail {
    /// The day on which the papers arrived, from which the notice clock is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received_on: Option<Day>,
    /// The limits that start with the acceptance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limits: Option<Limits>,
    /// How much longer the limit becomes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension: Option<Period>,
    /// The special procedure that begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub special: Option<Special>,
    /// Who is to go on with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<StaffId>,
    /// The body to which it goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org: Option<OrgId>,
    /// Last day for papers that were promised; from the applicant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paper_due: Option<Day>,
    /// All promised papers are in.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub papers_complete: bool,
    /// For whom the actor stood in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stood_in_for: Option<StaffId>,
}

/// The limits of an item as they were when the case was accepted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Limits {
    /// The day that is not counted.
    pub from: Day,
    /// 承诺办结时限; absent if the matter is done on the spot.
    pub promise: Option<Period>,
    /// 法定办结时限; absent if the matter is done on the spot.
    pub legal: Option<Period>,
}

/// A special procedure: time that does not count, told in advance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Special {
    /// Digit of the list: 1 extension of examination, 2 hearing, 3 test, 4 appraisal, 5 experts, 6 inspection on the spot, 7 publication,
    /// 8 consultation, 9 other.
    pub kind: u8,
    /// What the applicant was told it would take, in days.
    pub estimated_days: u32,
}

impl Special {
    /// The name of the procedure in both languages.
    pub fn name(&self) -> kernel::Text {
        let (zh, en) = match self.kind {
            1 => ("延长审批", "Longer examination"),
            2 => ("听证", "Hearing"),
            3 => ("检验检测", "Test"),
            4 => ("鉴定", "Appraisal"),
            5 => ("专家评审", "Review by experts"),
            6 => ("现场核查", "Inspection on the spot"),
            7 => ("公示", "Publication"),
            8 => ("征求意见", "Consultation"),
            _ => ("其他", "Other"),
        };
        kernel::Text::new(zh, en)
    }
}
