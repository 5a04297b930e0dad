//! What is known in a proceeding of each kind, and what comes of it.

use std::collections::BTreeMap;

use kernel::{Day, Fen, Id, Instant, RegionCode, Text};
use platform::StaffId;
use serde::{Deserialize, Serialize};

pub use super::codes::{AnnualResult, Disposition, FactKind, IllegalKind, Kind, Level, List, PenaltyKind, State};
use crate::OrganizationId;

/// Marker of a proceeding.
#[derive(Debug)]
pub struct ProceedingMark;
/// Id of a proceeding.
pub type ProceedingId = Id<ProceedingMark>;
/// Marker of something that stands about an organisation.
#[derive(Debug)]
pub struct FactMark;
/// Id of something that stands about an organisation.
pub type FactId = Id<FactMark>;

/// The public words of a fact.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detail {
    /// Number of the decision or certificate; empty where there is none.
    #[serde(default)]
    pub number: String,
    /// What happened, or what was found.
    #[serde(default)]
    pub facts: String,
    /// Law and article.
    #[serde(default)]
    pub basis: String,
    /// The year of a report.
    #[serde(default)]
    pub year: Option<i64>,
    /// A fine with what was confiscated.
    #[serde(default)]
    pub amount: Option<Fen>,
    /// Why it ended.
    #[serde(default)]
    pub ended: String,
    /// It should never have stood: annulled or corrected, and no longer read by the public.
    #[serde(default)]
    pub void: bool,
}

/// Something that stands, or stood, about an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// Id.
    pub id: FactId,
    /// Whom it is about.
    pub organization: OrganizationId,
    /// The proceeding that it came of.
    pub proceeding: ProceedingId,
    /// What it is.
    pub kind: FactKind,
    /// Which list, which result, which level; kinds of a penalty, separated by spaces.
    pub code: String,
    /// From when it holds.
    pub effective_on: Day,
    /// Until when at most.
    pub until_on: Option<Day>,
    /// When it was entered.
    pub recorded_at: Instant,
    /// Since when the public reads it.
    pub published_at: Option<Instant>,
    /// From when it no longer holds.
    pub ended_on: Option<Day>,
    /// When that was entered.
    pub ended_at: Option<Instant>,
    /// Its public words.
    pub detail: Detail,
}

impl Fact {
    /// What it says in a few words.
    pub fn name(&self) -> Text {
        match self.kind {
            FactKind::List => List::from_code(&self.code).map(List::name),
            FactKind::Penalty => {
                let names: Vec<Text> = self.code.split(' ').filter_map(PenaltyKind::from_code).map(PenaltyKind::name).collect();
                let joined = |part: fn(&Text) -> &str, comma: &str| names.iter().map(part).collect::<Vec<_>>().join(comma);
                Some(Text::new(joined(|name| &name.zh, "、"), joined(|name| &name.en, ", ")))
            }
            FactKind::Annual => AnnualResult::from_code(&self.code).map(AnnualResult::name),
            FactKind::Level => Level::from_code(&self.code).map(Level::name),
            FactKind::Fundraising => Some(FactKind::Fundraising.name()),
        }
        .unwrap_or_else(|| Text::same(self.code.clone()))
    }

    /// Whether it holds on a day: entered and not ended, and not run out.
    pub fn holds_on(&self, day: Day) -> bool {
        self.effective_on <= day && self.until_on.is_none_or(|until| day <= until) && self.ended_on.is_none_or(|ended| day < ended)
    }
}

/// One investigator or inspector.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Officer {
    /// Id.
    pub id: StaffId,
    /// Name.
    pub name: String,
}

/// What is known in a listing (D-R18, D-R19).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Listing {
    /// Code of the list.
    pub list: Option<List>,
    /// Code of the reason.
    pub reason: String,
    /// What happened, as the public will read it.
    pub facts: String,
    /// When it arose.
    pub arose_on: Option<Day>,
    /// When the organisation was notified.
    pub noticed_on: Option<Day>,
    /// Until when it may answer.
    pub statement_until: Option<Day>,
    /// What it answered.
    pub statement: String,
    /// Number of the decision.
    pub number: String,
    /// Number of the decision before that, on the other list.
    pub earlier: String,
    /// From when the entry counts; a new breach starts it anew.
    pub since: Option<Day>,
    /// The entry.
    pub entry: Option<FactId>,
    /// What the organisation objects.
    pub objection: String,
    /// When it was verified that it is put right.
    pub rectified_on: Option<Day>,
    /// How it was put right, or why it is removed.
    pub outcome: String,
}

/// What is known in a penalty case (D-R21, D-R22).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Penalty {
    /// What is said to have happened.
    pub clue: String,
    /// Two or more.
    pub officers: Vec<Officer>,
    /// 立案
    pub filed_on: Option<Day>,
    /// The case is decided by this day.
    pub decide_by: Option<Day>,
    /// What was found, as the public will read it.
    pub facts: String,
    /// The evidence.
    pub evidence: String,
    /// Law and article.
    pub basis: String,
    /// Kinds.
    pub kinds: Vec<PenaltyKind>,
    /// 违法经营额
    pub turnover: Option<Fen>,
    /// 违法所得
    pub gain: Option<Fen>,
    /// The fine.
    pub fine: Fen,
    /// First day on which activities are stopped.
    pub stop_from: Option<Day>,
    /// Last day.
    pub stop_to: Option<Day>,
    /// 告知
    pub informed_on: Option<Day>,
    /// Until when a hearing may be asked for.
    pub hearing_until: Option<Day>,
    /// The day of the hearing.
    pub hearing_on: Option<Day>,
    /// What the organisation said, or the record of the hearing.
    pub statement: String,
    /// Number of the decision.
    pub number: String,
    /// 决定
    pub decided_on: Option<Day>,
    /// 送达
    pub served_on: Option<Day>,
    /// The fine is paid by this day.
    pub pay_by: Option<Day>,
    /// Paid so far.
    pub paid: Fen,
    /// Published on.
    pub published_on: Option<Day>,
    /// What stands of it.
    pub fact: Option<FactId>,
    /// Why it was dropped or annulled.
    pub outcome: String,
}

/// An annual report (D-R17).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Annual {
    /// What was filed: name of the field and what was given.
    pub form: BTreeMap<String, String>,
    /// When it was filed first.
    pub filed_on: Option<Day>,
    /// After the last day.
    pub late: bool,
    /// What the supervising unit or the authority says.
    pub opinion: String,
    /// The conclusion.
    pub result: Option<AnnualResult>,
    /// What stands of it.
    pub fact: Option<FactId>,
}

/// An evaluation (D-R23).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Evaluation {
    /// When it was applied for.
    pub applied_on: Option<Day>,
    /// Points out of 1,000.
    pub score: Option<i64>,
    /// The level.
    pub level: Option<Level>,
    /// Number of the certificate.
    pub number: String,
    /// From when the level holds.
    pub valid_from: Option<Day>,
    /// Until when at most.
    pub valid_until: Option<Day>,
    /// What stands of it.
    pub fact: Option<FactId>,
    /// Reasons: of the raters, of a refusal, of a request for review.
    pub opinion: String,
}

/// A qualification for public fundraising (D-R25).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Fundraising {
    /// What was applied with: name of the field and what was given.
    pub form: BTreeMap<String, String>,
    /// When.
    pub applied_on: Option<Day>,
    /// Number of the certificate.
    pub number: String,
    /// Since when.
    pub granted_on: Option<Day>,
    /// What stands of it.
    pub fact: Option<FactId>,
    /// Reasons of a refusal or of its end.
    pub opinion: String,
}

/// An illegal organisation (D-R24).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Illegal {
    /// Its name.
    pub name: String,
    /// What makes it illegal.
    pub kind: Option<IllegalKind>,
    /// What is said, for the desk.
    pub clue: String,
    /// What is done about it.
    pub disposition: Option<Disposition>,
    /// When that was decided.
    pub decided_on: Option<Day>,
    /// The public words.
    pub facts: String,
    /// Why it was dropped or withdrawn.
    pub outcome: String,
}

/// An inspection.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Inspection {
    /// Why it is inspected: the plan's name, the draw, the number of the complaint.
    pub source: String,
    /// Two or more.
    pub officers: Vec<Officer>,
    /// When it was done.
    pub done_on: Option<Day>,
    /// What was found.
    pub found: String,
    /// What is to be put right.
    pub order: String,
    /// Until when.
    pub rectify_by: Option<Day>,
    /// How it ended.
    pub outcome: String,
}

/// What is known in a proceeding.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "proceeding", rename_all = "snake_case")]
pub enum Content {
    /// See [`Listing`].
    Listing(Listing),
    /// See [`Penalty`].
    Penalty(Penalty),
    /// See [`Annual`].
    Annual(Annual),
    /// See [`Evaluation`].
    Evaluation(Evaluation),
    /// See [`Fundraising`].
    Fundraising(Fundraising),
    /// See [`Illegal`].
    Illegal(Illegal),
    /// See [`Inspection`].
    Inspection(Inspection),
}

impl Content {
    /// An empty one.
    pub(crate) fn of(kind: Kind) -> Self {
        match kind {
            Kind::Listing => Self::Listing(Listing::default()),
            Kind::Penalty => Self::Penalty(Penalty::default()),
            Kind::Annual => Self::Annual(Annual::default()),
            Kind::Evaluation => Self::Evaluation(Evaluation::default()),
            Kind::Fundraising => Self::Fundraising(Fundraising::default()),
            Kind::Illegal => Self::Illegal(Illegal::default()),
            Kind::Inspection => Self::Inspection(Inspection::default()),
        }
    }

    /// The number of the decision; empty before it, and where none is numbered.
    pub(crate) fn number(&self) -> &str {
        match self {
            Self::Listing(content) => &content.number,
            Self::Penalty(content) => &content.number,
            Self::Evaluation(content) => &content.number,
            Self::Fundraising(content) => &content.number,
            Self::Annual(_) | Self::Illegal(_) | Self::Inspection(_) => "",
        }
    }

    /// Until when what was certified counts at most.
    pub(crate) fn valid_until(&self) -> Option<Day> {
        match self {
            Self::Evaluation(content) => content.valid_until,
            _ => None,
        }
    }

    /// Writes the number of the decision where it belongs.
    pub(crate) fn set_number(&mut self, number: &str) {
        match self {
            Self::Listing(content) => number.clone_into(&mut content.number),
            Self::Penalty(content) => number.clone_into(&mut content.number),
            Self::Evaluation(content) => number.clone_into(&mut content.number),
            Self::Fundraising(content) => number.clone_into(&mut content.number),
            Self::Annual(_) | Self::Illegal(_) | Self::Inspection(_) => {}
        }
    }
}

/// What lists show of a proceeding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Id.
    pub id: ProceedingId,
    /// What it is.
    pub kind: Kind,
    /// Whom it is about.
    pub subject: String,
    /// Where.
    pub region: RegionCode,
    /// The year of a report.
    pub year: Option<i64>,
    /// Where it stands.
    pub state: State,
    /// By when somebody has to act.
    pub due: Option<Day>,
    /// When it was opened.
    pub opened_at: Instant,
}
