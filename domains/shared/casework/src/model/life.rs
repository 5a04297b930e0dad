//! A life-cycle as a table: states, and the moves between them.

use catalog::model::Limit;
use kernel::Text;
use platform::Role;
use serde::{Deserialize, Serialize};

use crate::{Phase, papers};

/// States and moves. The first state is the one in which a case begins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LifeCycle {
    /// Steps that may be left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub optional: Vec<Optional>,
    /// The states.
    pub states: Vec<State>,
    /// What leads from one to another, or is done in one.
    pub moves: Vec<Move>,
}

/// A state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// As stored.
    pub code: String,
    /// As shown.
    pub name: Text,
    /// The phase of the common life-cycle.
    pub phase: Phase,
    /// How long a case may stay in it; counted from the day on which it came there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<StepLimit>,
}

/// A time limit with the paper that sets it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepLimit {
    /// How long.
    pub limit: Limit,
    /// Law and article, or the bureau's own rule.
    pub source: String,
}

/// A move: what somebody does in some states, and where it leads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// As stored in the log.
    pub verb: String,
    /// As shown on the button and in the log.
    pub name: Text,
    /// The states in which it may be done.
    pub from: Vec<String>,
    /// Where it leads; absent if the case stays where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Other states to which it may lead, as the service's own rule decides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub or: Vec<String>,
    /// Who may do it.
    pub by: Vec<By>,
    /// What has to be given.
    #[serde(default)]
    pub needs: Vec<Need>,
    /// What it does to the case beside the state.
    #[serde(default)]
    pub effects: Vec<Effect>,
    /// The document that it leaves behind (P2-2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<papers::Kind>,
    /// Whether it cannot be undone and is asked for twice.
    #[serde(default)]
    pub confirm: bool,
    /// The optional step that it belongs to: left out, the move goes with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
}

/// A step that a declaration may leave out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Optional {
    /// Its key.
    pub step: String,
    /// The states that go with it.
    pub states: Vec<String>,
    /// Where moves lead that led into one of them.
    pub then: String,
}

/// Who may do a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The applicant, or an agent with a letter.
    Applicant,
    /// A member of staff with this role.
    Role(Role),
    /// Time, when this limit has run out.
    Time(Timer),
    /// The program, as a consequence of something else.
    System,
}

/// The limits that make a move by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timer {
    /// The one-time notice of what is missing (P2-1).
    Notice,
    /// The limit of the present state.
    Step,
    /// Papers that were promised (P2-6).
    Paper,
}

/// What has to be given with a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// Why.
    Reason,
    /// What was found.
    Opinion,
    /// What the applicant may do about it.
    Remedies,
    /// What is missing or defective, item by item.
    Corrections,
    /// All required papers, or a promise for those that may come later.
    Materials,
    /// Kind, legal basis and estimated days of a special procedure.
    Special,
    /// The members of staff who inspected on the spot, two at least.
    Inspectors,
    /// Name of the body that is responsible.
    RightBody,
    /// Who receives the result, in what way.
    Receiver,
    /// The member of staff who is to go on with it.
    Holder,
}

/// What a move does beside changing the state. Clocks and the rules of separation hang on these, not on verbs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// The papers are in: the clock of the one-time notice starts, unless it runs already.
    Receives,
    /// The applicant is told what is missing before acceptance: the notice clock has done its duty.
    Tells,
    /// The papers are with the applicant again: the notice clock starts anew when they come back.
    SendsBack,
    /// The limits of the item start.
    Accepts,
    /// The same as of the day of receipt, because nobody told in time.
    AcceptsSilently,
    /// Whoever does it examines the case from now on.
    Takes,
    /// The clock stands still.
    Suspends,
    /// The clock goes on.
    Resumes,
    /// The limit becomes longer, once.
    Extends,
    /// The reviewer agrees.
    Reviews,
    /// The decision is in favour.
    Grants,
    /// The decision is against.
    Refuses,
    /// The case changes hands.
    Hands,
    /// The matter is at an end; the archive term runs.
    Finishes,
}

/// How a case was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 准予.
    Granted,
    /// 不予.
    Refused,
}

impl Outcome {
    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Refused => "refused",
        }
    }

    /// The outcome stored under `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Granted, Self::Refused].into_iter().find(|outcome| outcome.code() == code)
    }
}
