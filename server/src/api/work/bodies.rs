//! What is told of cases and taken for their moves.

use std::collections::HashMap;

use casework::ops::{Act, CaseView, DeskLine, DeskPage, Receiver};
use casework::{Absence, AbsenceId, CaseId, CorrectionItem, Fault, MaterialId, Special};
use catalog::model::Delivery;
use kernel::{Day, Instant, Issue};
use platform::StaffId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A case in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CaseLine {
    /// Its id.
    #[schema(value_type = String)]
    id: CaseId,
    /// Its number.
    case_no: String,
    /// The matter.
    item: String,
    /// The applicant, masked.
    applicant: String,
    /// The state, in Chinese.
    state: String,
    /// Code of its phase.
    phase: &'static str,
    /// Nearest last day of what runs.
    #[schema(value_type = Option<String>)]
    due: Option<Day>,
    /// Working days left until then; negative when over.
    left: Option<i64>,
    /// `green`, `yellow` or `late`.
    light: &'static str,
    /// Name of who holds it; empty for nobody.
    holder: String,
}

impl From<DeskLine> for CaseLine {
    fn from(line: DeskLine) -> Self {
        Self {
            id: line.id,
            case_no: line.case_no,
            item: line.item.zh.into_owned(),
            applicant: line.applicant,
            state: line.state.zh.into_owned(),
            phase: line.phase.code(),
            due: line.due,
            left: line.left,
            light: line.light.code(),
            holder: line.holder,
        }
    }
}

/// A page of cases.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CasePage {
    /// The cases.
    cases: Vec<CaseLine>,
    /// How many there are in all; `1,000+` beyond a thousand.
    count: String,
    /// To be sent as `after` for the next page.
    next: Option<String>,
}

impl From<DeskPage> for CasePage {
    fn from(page: DeskPage) -> Self {
        Self {
            count: page.count.text(),
            next: page.next.map(|(rank, id)| format!("{rank}~{id}")),
            cases: page.lines.into_iter().map(CaseLine::from).collect(),
        }
    }
}

/// A case.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DeskCase {
    /// Its id.
    #[schema(value_type = String)]
    id: CaseId,
    /// Its number.
    case_no: String,
    /// The matter.
    item: String,
    /// The applicant; masked for callers who only read.
    applicant: String,
    /// Code of the state.
    state: String,
    /// Code of its phase.
    phase: &'static str,
    /// Last day of the promise.
    #[schema(value_type = Option<String>)]
    due: Option<Day>,
    /// The running periods in words.
    periods: Vec<PeriodBody>,
    /// The answers, by the keys of their fields.
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    answers: casework::Answers,
    /// Its papers.
    materials: Vec<PaperBody>,
    /// The joint case that it is a part of.
    #[schema(value_type = Option<String>)]
    parent: Option<CaseId>,
    /// Its parts, if it is a joint case.
    parts: Vec<PartBody>,
    /// What the caller may do now.
    moves: Vec<MoveBody>,
    /// What was done, the oldest first.
    log: Vec<LogBody>,
}

/// A running period.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PeriodBody {
    /// Its name.
    name: String,
    /// How it is counted, in words.
    words: String,
}

/// A paper.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PaperBody {
    /// Its id.
    #[schema(value_type = String)]
    id: MaterialId,
    /// Key of the material in the item.
    key: String,
    /// `offered`, `received`, `defective`, `promised` or `replaced`.
    state: &'static str,
    /// What is wrong with it; may be empty.
    note: String,
}

/// A part of a joint case.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PartBody {
    /// Its id.
    #[schema(value_type = String)]
    id: CaseId,
    /// Its number.
    case_no: String,
    /// The matter.
    item_zh: String,
    /// The same in English.
    item_en: String,
    /// Code of its phase.
    phase: &'static str,
    /// Last day of its promise.
    #[schema(value_type = Option<String>)]
    due: Option<Day>,
}

/// A move.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MoveBody {
    /// To be named in the address.
    verb: String,
    /// Its name.
    name: String,
    /// Why the caller may not, although his role may.
    barred: Option<String>,
}

/// A line of the log.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LogBody {
    /// Number of the event.
    seq: i64,
    /// What was done.
    name: String,
    /// Who did it; empty for the applicant and for jobs.
    actor: String,
    /// When.
    #[schema(value_type = String)]
    at: Instant,
    /// Why.
    reason: String,
}

impl From<CaseView> for DeskCase {
    fn from(view: CaseView) -> Self {
        let periods = view.ends.explain().into_iter().map(|(name, words)| PeriodBody { name: name.zh.into_owned(), words: words.zh.into_owned() }).collect();
        let part = |part: casework::ops::Part| PartBody {
            id: part.id,
            case_no: part.case_no,
            item_zh: part.item.zh.into_owned(),
            item_en: part.item.en.into_owned(),
            phase: part.phase.code(),
            due: part.due,
        };
        let paper = |paper: casework::Material| PaperBody { id: paper.id, key: paper.key, state: paper.state.code(), note: paper.note };
        Self {
            id: view.head.id,
            case_no: view.head.case_no,
            item: view.item.zh.into_owned(),
            applicant: view.head.applicant.name,
            state: view.state.code,
            phase: view.phase.code(),
            due: if view.children.is_empty() { view.ends.promise.as_ref().map(|end| end.day()) } else { view.head.promise_due },
            parent: view.head.parent,
            parts: view.children.into_iter().map(part).collect(),
            periods,
            answers: view.answers,
            materials: view.materials.into_iter().map(paper).collect(),
            moves: view
                .actions
                .into_iter()
                .map(|action| MoveBody { verb: action.mv.verb, name: action.mv.name.zh.into_owned(), barred: action.barred.map(|issue| issue.code.into_owned()) })
                .collect(),
            log: view
                .log
                .into_iter()
                .map(|line| LogBody { seq: line.seq, name: line.name.zh.into_owned(), actor: line.actor, at: line.at, reason: line.reason })
                .collect(),
        }
    }
}

/// What is given for a move; what it does not need is left out.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ActBody {
    /// Why.
    reason: String,
    /// What was found.
    opinion: String,
    /// What the applicant may do about it.
    remedies: String,
    /// The body that is responsible instead.
    right_body: String,
    /// What has to be mended.
    corrections: Vec<MendBody>,
    /// Digit of a special procedure, 1 to 9.
    #[schema(maximum = 9)]
    special: Option<u8>,
    /// Its legal basis.
    basis: String,
    /// The days that it is expected to take.
    estimated_days: u32,
    /// Ids of those who inspected on the spot.
    #[schema(value_type = Vec<String>)]
    inspectors: Vec<StaffId>,
    /// Id of who goes on with it.
    #[schema(value_type = Option<String>)]
    holder: Option<StaffId>,
    /// Who received the result.
    receiver: Option<ReceiverBody>,
    /// Papers that are to follow.
    promises: Vec<PromiseBody>,
}

/// One thing to be mended.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MendBody {
    /// Key of the material or field; `other` for anything else.
    key: String,
    /// Whether it is missing; otherwise it is not in order.
    missing: bool,
    /// What is wrong.
    wrong: String,
    /// How to mend it.
    mend: String,
}

/// Who received a result.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReceiverBody {
    /// Name.
    name: String,
    /// How he is related to the applicant; empty for himself.
    #[serde(default)]
    relation: String,
    /// Way of delivery: 1 counter, 2 post, 3 electronic, 4 at home, 5 public notice.
    way: String,
}

/// A paper that is to follow.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PromiseBody {
    /// Key of the material.
    key: String,
    /// Last day.
    #[schema(value_type = String)]
    due: Day,
}

impl ActBody {
    /// The move with its verb.
    pub(super) fn act(self, verb: String, seen: i64) -> Result<Act, Issue> {
        let receiver = match self.receiver {
            Some(one) => {
                let way = Delivery::from_code(&one.way).ok_or_else(|| casework::issues::needed("receiver.way", "送达方式", "the way of delivery"))?;
                Some(Receiver { name: one.name, relation: one.relation, way })
            }
            None => None,
        };
        let mend = |item: MendBody| CorrectionItem {
            key: item.key,
            fault: if item.missing { Fault::Missing } else { Fault::Defective },
            wrong: item.wrong,
            mend: item.mend,
            supplied_at: None,
        };
        Ok(Act {
            seen,
            verb,
            reason: self.reason,
            opinion: self.opinion,
            remedies: self.remedies,
            right_body: self.right_body,
            corrections: self.corrections.into_iter().map(mend).collect(),
            special: self.special.map(|kind| (Special { kind, estimated_days: self.estimated_days }, self.basis)),
            inspectors: self.inspectors,
            holder: self.holder,
            receiver,
            promises: self.promises.into_iter().map(|promise| (promise.key, promise.due)).collect(),
            answers: None,
            query_code: None,
        })
    }
}

/// An absence.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AbsenceBody {
    /// Its id.
    #[schema(value_type = String)]
    id: AbsenceId,
    /// Name of who is away.
    staff: String,
    /// Name of who stands in.
    delegate: String,
    /// First day.
    #[schema(value_type = String)]
    from: Day,
    /// Last day.
    #[schema(value_type = String)]
    until: Day,
    /// Why.
    reason: String,
}

impl AbsenceBody {
    /// An absence with the names of both.
    pub(super) fn new(absence: Absence, names: &HashMap<StaffId, String>) -> Self {
        let name = |id: StaffId| names.get(&id).cloned().unwrap_or_default();
        Self { id: absence.id, staff: name(absence.staff), delegate: name(absence.delegate), from: absence.from, until: absence.until, reason: absence.reason }
    }
}
