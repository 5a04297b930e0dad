//! What other bodies hold about a person: deaths, parents, court papers, other marriages, divorces under way.
//!
//! A service asks the port [`PersonFacts`] and gets an [`Answer`] for each kind of fact. "Not answered" is never "none": a base
//! that is not connected says so, and the rules treat it as something still to be looked into.
//!
//! [`LocalFacts`] is the adapter over our own tables, fed by staff ([`record`]) and imports; [`set_source`] says for which
//! kinds of fact the tables are complete enough to answer "none".

mod local;
mod record;
mod source;
mod store;

use std::future::Future;
use std::pin::Pin;

use kernel::Day;
use platform::{Ctx, Result};
use serde::{Deserialize, Serialize};
use ::store::keys::{Keys, Purpose};

pub(crate) use local::Detail;
pub use local::{LocalFacts, children_of};
pub use record::{Entry, FactId, NewFact, facts_of, record, withdraw};
pub use source::{SourceState, set_source, sources};

/// The keyed hash of a document number, under which facts are kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NumberHash(pub Vec<u8>);

impl NumberHash {
    /// The hash of a citizen number in its 18-digit form; the same as `crate::number_hash` gives.
    pub fn of(keys: &Keys, number: &str) -> Self {
        Self(keys.hash(Purpose::PersonNumber, number))
    }
}

/// What a base says to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer<T> {
    /// There is something.
    Yes(T),
    /// The base was asked, and has nothing.
    None,
    /// The base could not be asked, or does not know; never to be read as "none".
    NotAnswered,
    /// An original paper was shown at a counter.
    OnPaper(T),
}

impl<T> Answer<T> {
    /// What was found, in a base or on paper.
    pub fn found(&self) -> Option<&T> {
        match self {
            Self::Yes(found) | Self::OnPaper(found) => Some(found),
            Self::None | Self::NotAnswered => None,
        }
    }

    /// Whether nobody answered.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::NotAnswered)
    }
}

/// Kinds of fact, each answered on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// 死亡登记.
    Death,
    /// 父母子女.
    Parent,
    /// 法院离婚文书.
    CourtPaper,
    /// 其他登记机关的婚姻登记.
    Marriage,
    /// 办理中的离婚登记.
    DivorceCase,
}

impl FactKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Death, Self::Parent, Self::CourtPaper, Self::Marriage, Self::DivorceCase];

    /// The code under which the kind is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Death => "death",
            Self::Parent => "parent",
            Self::CourtPaper => "court_paper",
            Self::Marriage => "marriage",
            Self::DivorceCase => "divorce_case",
        }
    }

    /// The kind stored under `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The name in both languages.
    pub fn name(self) -> kernel::Text {
        match self {
            Self::Death => kernel::Text::new("死亡登记", "Registers of deaths"),
            Self::Parent => kernel::Text::new("父母子女关系", "Parents and children"),
            Self::CourtPaper => kernel::Text::new("法院离婚文书", "Court papers on divorce"),
            Self::Marriage => kernel::Text::new("其他机关的婚姻登记", "Marriages registered elsewhere"),
            Self::DivorceCase => kernel::Text::new("办理中的离婚登记", "Divorces under way"),
        }
    }
}

/// A recorded death.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Death {
    /// The day of death (not of the cremation).
    pub on: Day,
    /// Who said so.
    pub source: String,
}

/// A parent or grandparent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ancestor {
    /// Who.
    pub person: NumberHash,
    /// 1 parent, 2 grandparent.
    pub degree: u8,
}

/// A court's paper on the end of a marriage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourtPaper {
    /// Number of the document; may be empty where the base has none.
    pub doc_no: String,
    /// The day from which it has effect.
    pub effective_on: Day,
    /// The court.
    pub source: String,
}

/// A marriage in another register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherMarriage {
    /// Number of the certificate.
    pub cert_no: String,
    /// The spouse, where the register names him by number.
    pub spouse: Option<NumberHash>,
    /// The day from which it exists.
    pub started_on: Day,
    /// The day on which it ended, if it did.
    pub ended_on: Option<Day>,
    /// Who said so.
    pub source: String,
}

/// A divorce that is under way somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DivorceCase {
    /// The day on which it was accepted.
    pub accepted_on: Day,
    /// Where.
    pub source: String,
}

/// All answers about one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Whether he is recorded dead.
    pub death: Answer<Death>,
    /// Parents and grandparents.
    pub ancestors: Answer<Vec<Ancestor>>,
    /// Court papers on the end of a marriage.
    pub court_papers: Answer<Vec<CourtPaper>>,
    /// Marriages in other registers, ended ones too.
    pub marriages: Answer<Vec<OtherMarriage>>,
    /// A divorce under way.
    pub divorce: Answer<DivorceCase>,
}

impl Facts {
    /// What is known when nobody could be asked.
    pub fn unanswered() -> Self {
        Self {
            death: Answer::NotAnswered,
            ancestors: Answer::NotAnswered,
            court_papers: Answer::NotAnswered,
            marriages: Answer::NotAnswered,
            divorce: Answer::NotAnswered,
        }
    }
}

/// A question under way.
pub type Asking<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// The port to what other bodies hold about persons.
pub trait PersonFacts: Send + Sync {
    /// Everything about the holder of a document number. A base that fails answers [`Answer::NotAnswered`], not an error.
    fn about<'a>(&'a self, ctx: &'a Ctx, person: &'a NumberHash) -> Asking<'a, Facts>;
}
