//! What a re-issue is about, where it stands, and the one table that says who may do what.

use std::sync::LazyLock;

use booking::OfficeId;
use casework::life::Who;
use casework::{Head, LifeCycle};
use kernel::{Day, RegionCode, Text};
use platform::{Error, PersonId, Result, Role, Scope};
use serde::{Deserialize, Serialize};

use super::ITEM;
use crate::divorce::model::DivorceId;
use crate::model::{MarriageId, Side};
use crate::store::booklets::BookletKind;
use crate::store::register::{Content, Printed};

/// Why somebody wants another certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// 遗失.
    Lost,
    /// 损毁.
    Damaged,
    /// 证件有误.
    Wrong,
}

impl Cause {
    /// Every cause, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Lost, Self::Damaged, Self::Wrong];

    /// The code under which it is sent.
    pub fn code(self) -> &'static str {
        match self {
            Self::Lost => "lost",
            Self::Damaged => "damaged",
            Self::Wrong => "wrong",
        }
    }

    /// The cause with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.code() == code)
    }

    /// The name in both languages.
    pub fn name(self) -> Text {
        match self {
            Self::Lost => Text::new("遗失", "lost"),
            Self::Damaged => Text::new("损毁", "damaged"),
            Self::Wrong => Text::new("证件内容有误", "the certificate is wrong"),
        }
    }
}

/// Who came, and why. Sealed as one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Name of the party as it is today.
    pub name: String,
    /// His number.
    pub id_no: String,
    /// Telephone.
    pub phone: String,
    /// Why.
    pub cause: Cause,
    /// When and where it was registered, as told; for the archive.
    pub told: String,
    /// Name of the agent and of the notary's authority; empty where the party came himself.
    pub agent: String,
}

/// Where a re-issue stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StateKind {
    /// 10 已申请.
    Applied,
    /// 20 查档中.
    ArchiveAsked,
    /// 30 已查到档案.
    FileFound,
    /// 40 已补发.
    Issued,
    /// 50 不予补发.
    Refused,
    /// 60 放弃.
    Aborted,
}

declared_states!(StateKind, life);

impl StateKind {
    /// Every state.
    pub const ALL: [Self; 6] = [Self::Applied, Self::ArchiveAsked, Self::FileFound, Self::Issued, Self::Refused, Self::Aborted];

    /// The code as stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Applied => "10",
            Self::ArchiveAsked => "20",
            Self::FileFound => "30",
            Self::Issued => "40",
            Self::Refused => "50",
            Self::Aborted => "60",
        }
    }
}

/// What may be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// The file was found.
    Found,
    /// The archive is asked.
    AskArchive,
    /// 补发.
    Issue,
    /// 不予补发.
    Refuse,
    /// 放弃.
    Abort,
}

impl Action {
    /// Every action, in the order of the table.
    pub const ALL: [Self; 5] = [Self::Found, Self::AskArchive, Self::Issue, Self::Refuse, Self::Abort];

    /// The verb under which the log keeps it.
    pub fn verb(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::AskArchive => "ask_archive",
            Self::Issue => "issue",
            Self::Refuse => "refuse",
            Self::Abort => "abort",
        }
    }

    /// The name in both languages for a stored verb.
    pub fn name_of(verb: &str) -> Text {
        life().moves.iter().find(|mv| mv.verb == verb).map_or_else(|| Text::new("申请", "applied"), |mv| mv.name.clone())
    }
}

/// How the engine knows re-issues: states and moves, as data.
pub fn matter() -> &'static casework::CaseType {
    static MATTER: LazyLock<casework::CaseType> = LazyLock::new(|| {
        toml::from_str(include_str!("../../../../data/marriage/reissue.toml")).expect("a test reads the file that is carried")
    });
    &MATTER
}

pub(super) fn life() -> &'static LifeCycle {
    static LIFE: LazyLock<LifeCycle> = LazyLock::new(|| matter().life_cycle());
    &LIFE
}

/// What these roles may do in a state, in the order of the table. Buttons and operations both ask it.
pub fn actions(state: StateKind, roles: &[Role]) -> Vec<Action> {
    let moves = life().actions_for(state.code(), Who::Staff(roles));
    Action::ALL.into_iter().filter(|action| moves.iter().any(|mv| mv.verb == action.verb())).collect()
}

/// The registration whose certificate is issued again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileId {
    /// Of a marriage.
    Marriage(MarriageId),
    /// Of a divorce.
    Divorce(DivorceId),
}

/// That registration, opened.
#[derive(Debug, Clone)]
pub struct File {
    /// Number of the registration.
    pub cert_no: String,
    /// Its day.
    pub registered_on: Day,
    /// Both persons, the man first.
    pub persons: [PersonId; 2],
    /// What it says.
    pub content: Content,
    /// The certificates that are current.
    pub certificates: Vec<Printed>,
}

/// A case of re-issue, opened.
#[derive(Debug, Clone)]
pub struct Reissue {
    /// The head that all services share.
    pub head: Head,
    /// The office.
    pub office: OfficeId,
    /// Where it stands.
    pub state: StateKind,
    /// Who came, and why.
    pub request: Request,
    /// Which certificate is asked for.
    pub kind: BookletKind,
    /// The file that was found, and the applicant's place in it.
    pub file: Option<(FileId, Side)>,
    /// The day on which the archive was asked, and the last day of its answer.
    pub asked: Option<(Day, Day)>,
    /// Number and day of what was issued.
    pub issued: Option<(String, Day)>,
}

impl Reissue {
    /// The region of the office.
    pub fn region(&self) -> Result<RegionCode> {
        RegionCode::parse(&self.head.region).map_err(Error::internal)
    }

    /// Where a right to this case has to reach.
    pub fn scope(&self) -> Result<Scope> {
        Ok(Scope::region(self.region()?).org(self.head.org).item(ITEM))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_and_actions_are_those_of_the_table() {
        assert_eq!(matter().validate(), []);
        assert_eq!(life().states.iter().map(|state| state.code.as_str()).collect::<Vec<_>>(), StateKind::ALL.map(StateKind::code));
        assert_eq!(life().moves.iter().map(|mv| mv.verb.as_str()).collect::<Vec<_>>(), Action::ALL.map(Action::verb));
    }
}
