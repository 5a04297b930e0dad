//! Cards and what is said about them.

use kernel::{Day, Id, Instant, RegionCode};
use platform::{OrgId, StaffId};

use super::{Colour, Rule};
use crate::CaseId;

/// Id of a card.
pub type CardId = Id<Card>;

/// A card about to be issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCard {
    /// The rule that was broken.
    pub rule: Rule,
    /// How grave it is.
    pub colour: Colour,
    /// What makes it one: two cards of a rule and colour with the same cause are one.
    pub cause: String,
    /// The case, where it is about one.
    pub case: Option<CaseId>,
    /// Number of the case or matter, as people know it.
    pub subject: String,
    /// Where.
    pub region: RegionCode,
    /// 责任部门.
    pub org: OrgId,
    /// Basic code of the item; empty for matters without one.
    pub item_code: String,
    /// Who held the matter.
    pub clerk: Option<StaffId>,
    /// The day on which it became due.
    pub effective_on: Day,
    /// The end that was missed, if it is about one.
    pub due: Option<Day>,
    /// Working days over it.
    pub over: i64,
    /// What happened, without personal data.
    pub words: String,
}

/// A card as it was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Its id.
    pub id: CardId,
    /// 监察编号.
    pub number: String,
    /// What it says.
    pub content: NewCard,
    /// When it was issued.
    pub issued_at: Instant,
    /// Last day for the answer.
    pub answer_due: Day,
    /// How it stands.
    pub standing: Standing,
}

/// How a card stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Waits for an answer.
    Open,
    /// The time for the answer is over.
    AnswerLate,
    /// Answered.
    Answered,
    /// Cancelled; it is kept with the reason.
    Cancelled,
}

impl Standing {
    /// From what was said about the card.
    pub fn of(answered: bool, cancelled: bool, answer_due: Day, today: Day) -> Self {
        match (cancelled, answered) {
            (true, _) => Self::Cancelled,
            (false, true) => Self::Answered,
            (false, false) if today > answer_due => Self::AnswerLate,
            (false, false) => Self::Open,
        }
    }

    /// In words.
    pub fn name(self) -> kernel::Text {
        match self {
            Self::Open => kernel::Text::new("待答复", "To be answered"),
            Self::AnswerLate => kernel::Text::new("答复超期", "Answer overdue"),
            Self::Answered => kernel::Text::new("已答复", "Answered"),
            Self::Cancelled => kernel::Text::new("已撤销", "Cancelled"),
        }
    }
}

/// What was said about a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Answer or cancellation.
    pub kind: NoteKind,
    /// The words.
    pub text: String,
    /// Who.
    pub author_name: String,
    /// When.
    pub at: Instant,
}

/// Answer or cancellation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteKind {
    /// 答复.
    Answer,
    /// 撤销.
    Cancel,
}

impl NoteKind {
    /// As stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Cancel => "cancel",
        }
    }
}
