//! What belongs to a case: papers, opinions, suspensions, corrections, letters of authority.

use kernel::{Day, Id, Instant, Text};
use platform::ports::FileId;
use platform::{PersonId, StaffId};
use serde::{Deserialize, Serialize};

/// Id of a paper.
pub type MaterialId = Id<Material>;
/// Id of a suspension.
pub type SuspensionId = Id<Suspension>;
/// Id of a list of corrections.
pub type CorrectionId = Id<StoredCorrection>;
/// Id of a letter of authority.
pub type LetterId = Id<Letter>;
/// Id of an absence.
pub type AbsenceId = Id<Absence>;

/// A paper of a case or draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Material {
    /// Id.
    pub id: MaterialId,
    /// Key of the material in the item version.
    pub key: String,
    /// Where it stands.
    pub state: MaterialState,
    /// How it came.
    pub source: MaterialSource,
    /// Its content, unless it was only seen on paper or promised.
    pub file: Option<FileId>,
    /// What the sender called it.
    pub file_name: String,
    /// Size in bytes.
    pub bytes: i64,
    /// SM3 over its content.
    pub sm3: Option<String>,
    /// Originals taken in at the counter.
    pub originals: i64,
    /// Copies taken in at the counter.
    pub copies: i64,
    /// Last day for a paper that was promised.
    pub promise_due: Option<Day>,
    /// When it came.
    pub received_at: Instant,
    /// What is wrong with it; may be empty.
    pub note: String,
}

/// Where a paper stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MaterialState {
    /// Handed in.
    Offered,
    /// Looked at and in order.
    Received,
    /// Looked at and not in order.
    Defective,
    /// 容缺: to follow by a day.
    Promised,
    /// A later one took its place.
    Replaced,
}

/// How a paper came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MaterialSource {
    /// Sent by the applicant.
    Upload,
    /// From an earlier matter of the same applicant.
    Held,
    /// From another body.
    Shared,
    /// Handed in at the counter.
    Counter,
}

/// What a member of staff found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// The event of the log that it belongs to.
    pub seq: i64,
    /// The move.
    pub verb: String,
    /// The words.
    pub opinion: String,
    /// What the applicant may do about it; empty unless the decision is against him.
    pub remedies: String,
    /// Who inspected on the spot.
    pub inspectors: Vec<StaffId>,
    /// Who wrote it.
    pub author_name: String,
    /// When.
    pub at: Instant,
}

/// Time that does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspension {
    /// Id.
    pub id: SuspensionId,
    /// Digit of the list of special procedures.
    pub kind: String,
    /// Legal basis or reason.
    pub basis: String,
    /// What the applicant was told, in days.
    pub estimated_days: i64,
    /// The day on which the clock stopped.
    pub from: Day,
    /// The day on which it went on.
    pub until: Option<Day>,
    /// What came of it.
    pub outcome: String,
}

/// Before or after receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CorrectionKind {
    /// 退回修改: the precheck sent it back.
    Precheck,
    /// 补正告知: the one-time notice.
    Notice,
}

impl CorrectionKind {
    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Precheck => "precheck",
            Self::Notice => "notice",
        }
    }
}

/// One thing to be mended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionItem {
    /// Key of the material or field; free words have `other`.
    pub key: String,
    /// Whether it is missing or defective.
    pub fault: Fault,
    /// What is wrong.
    pub wrong: String,
    /// How to mend it.
    pub mend: String,
    /// When it was supplied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplied_at: Option<Instant>,
}

/// What is wrong with a paper or answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// It is not there.
    Missing,
    /// It is there and not as it has to be.
    Defective,
}

/// A list that the applicant was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCorrection {
    /// Id.
    pub id: CorrectionId,
    /// Precheck or notice.
    pub kind: CorrectionKind,
    /// The day on which he was told.
    pub told_on: Day,
    /// Last day to answer.
    pub due: Day,
    /// What has to be mended.
    pub items: Vec<CorrectionItem>,
    /// When all of it was supplied, or given up.
    pub closed_at: Option<Instant>,
}

/// A letter of authority.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// Id.
    pub id: LetterId,
    /// Name of the principal.
    pub principal_name: String,
    /// Number of his document, or credit code.
    pub principal_number: String,
    /// The principal, where he is a person known here.
    pub principal_person: Option<PersonId>,
    /// Person or organisation.
    pub principal_kind: super::ApplicantKind,
    /// Who acts.
    pub agent: PersonId,
    /// Basic codes of the items in which he may act; empty means all.
    pub items: Vec<String>,
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
    /// Whether it was revoked.
    pub revoked: bool,
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Letter").field("id", &self.id).field("until", &self.until).finish_non_exhaustive()
    }
}

/// 告知承诺 as it was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pledge {
    /// What was shown and signed.
    pub text: Text,
    /// When.
    pub signed_at: Instant,
    /// Last day of the check afterwards.
    pub check_due: Day,
    /// Whether what was pledged is true; absent until it was checked.
    pub kept: Option<bool>,
}

/// An absence with delegation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    /// Id.
    pub id: AbsenceId,
    /// Who is away.
    pub staff: StaffId,
    /// Who stands in.
    pub delegate: StaffId,
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
    /// Why.
    pub reason: String,
}

impl MaterialState {
    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Offered => "offered",
            Self::Received => "received",
            Self::Defective => "defective",
            Self::Promised => "promised",
            Self::Replaced => "replaced",
        }
    }

    /// The state stored under `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Offered, Self::Received, Self::Defective, Self::Promised, Self::Replaced].into_iter().find(|state| state.code() == code)
    }

    /// The name in both languages.
    pub fn name(self) -> Text {
        match self {
            Self::Offered => Text::new("已提交", "Handed in"),
            Self::Received => Text::new("已核对", "Checked"),
            Self::Defective => Text::new("不符合要求", "Not in order"),
            Self::Promised => Text::new("容缺后补", "To follow"),
            Self::Replaced => Text::new("已替换", "Replaced"),
        }
    }
}

impl MaterialSource {
    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Upload => "upload",
            Self::Held => "held",
            Self::Shared => "shared",
            Self::Counter => "counter",
        }
    }

    /// The source stored under `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Upload, Self::Held, Self::Shared, Self::Counter].into_iter().find(|source| source.code() == code)
    }
}


impl Letter {
    /// Whether it lets the agent act in an item on a day.
    pub fn covers(&self, item_code: &str, day: Day) -> bool {
        !self.revoked && self.from <= day && day <= self.until && (self.items.is_empty() || self.items.iter().any(|item| item == item_code))
    }
}
