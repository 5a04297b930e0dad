//! What each kind of document must contain (OVP Appendix 3). Frozen in its row when it is issued.

use std::sync::LazyLock;

use kernel::{Day, Fen, Instant, Issue, Text};
use serde::{Deserialize, Serialize};

use super::Kind;
use crate::papers::issues;

/// A paper that was taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// Its name.
    pub name: String,
    /// Originals.
    pub originals: u32,
    /// Copies, scans included.
    pub copies: u32,
}

/// A paper that is missing or defective.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Defect {
    /// Which paper.
    pub paper: String,
    /// What is wrong with it.
    pub wrong: String,
    /// How to correct it.
    pub mend: String,
}

/// One line of the list of an archived case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Name of the file in the package.
    pub file: String,
    /// What it is.
    pub title: String,
    /// Its size.
    pub bytes: u64,
    /// Its digest, hexadecimal.
    pub sm3: String,
}

/// A document's content by its kind. The head (authority, addressee, item, case number) is the same for all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Content {
    /// 收件凭证.
    Receipt {
        /// What was handed in.
        papers: Vec<Taken>,
        /// Who took it in; the program when submitted online.
        clerk: String,
        /// When.
        at: Instant,
        /// Opens the case's progress together with its number.
        query_code: Option<String>,
    },
    /// 受理通知书.
    Acceptance {
        /// From which day it counts as accepted.
        accepted_on: Day,
        /// The last day for the decision; none where the item is done on the spot.
        due_on: Option<Day>,
        /// What it costs.
        fee: Fen,
        /// Whom to ask.
        contact: String,
        /// Whom to complain to.
        supervision_phone: String,
    },
    /// 不予受理通知书.
    Rejection {
        /// Why.
        reason: String,
        /// The authority that is competent, if another is.
        right_authority: Option<String>,
    },
    /// 补正告知书.
    Correction {
        /// Everything that is missing or defective: it is told once.
        defects: Vec<Defect>,
        /// The last day for handing it in.
        until: Day,
    },
    /// 延期通知书.
    Extension {
        /// Why.
        reason: String,
        /// The new last day.
        due_on: Day,
        /// Who approved it.
        approver: String,
    },
    /// 特别程序告知书.
    Special {
        /// Which procedure.
        procedure: Text,
        /// The article that provides for it.
        basis: String,
        /// Days it is expected to take.
        estimated_days: u32,
        /// The day from which the clock stands still.
        stops_on: Day,
    },
    /// 准予决定书.
    Grant {
        /// What was found.
        facts: String,
        /// The articles that it rests on.
        basis: Vec<String>,
        /// What is decided.
        decision: String,
    },
    /// 不予决定书.
    Refusal {
        /// What was found.
        facts: String,
        /// The articles that it rests on.
        basis: Vec<String>,
        /// Why it is refused.
        reason: String,
    },
    /// 撤回确认.
    Withdrawal {
        /// When the applicant withdrew, or is deemed to have.
        on: Day,
        /// Why it counts as withdrawn, where nobody said so; empty otherwise.
        deemed: String,
    },
    /// 终止通知书.
    Termination {
        /// Why the procedure ends.
        reason: String,
    },
    /// 送达回证.
    Service {
        /// Title of the document that was served.
        title: String,
        /// Its number.
        number: String,
        /// Who received it.
        receiver: String,
        /// How he stands to the addressee.
        relation: String,
        /// His number, masked.
        receiver_id: String,
        /// When.
        at: Instant,
        /// In which way.
        way: Text,
        /// Number under which the post carried it; empty otherwise.
        tracking_no: String,
    },
    /// 归档目录.
    Index {
        /// The files of the package.
        entries: Vec<Entry>,
        /// When the case was finished.
        finished_on: Day,
    },
}

/// What can be done against a decision, and where it is written.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Remedy {
    zh: String,
    en: String,
    law: String,
}

impl Remedy {
    /// In words, with the article.
    pub fn words(&self) -> Text {
        Text::new(format!("{}（{}）", self.zh, self.law), format!("{} ({})", self.en, self.law))
    }
}

/// The remedies that every refusal tells of.
pub fn remedies() -> &'static [Remedy] {
    #[derive(Deserialize)]
    struct File {
        remedy: Vec<Remedy>,
    }
    static REMEDIES: LazyLock<Vec<Remedy>> =
        LazyLock::new(|| toml::from_str::<File>(include_str!("../../data/remedies.toml")).expect("the carried file is well formed").remedy);
    &REMEDIES
}

impl Content {
    /// The kind of document.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Receipt { .. } => Kind::Receipt,
            Self::Acceptance { .. } => Kind::Acceptance,
            Self::Rejection { .. } => Kind::Rejection,
            Self::Correction { .. } => Kind::Correction,
            Self::Extension { .. } => Kind::Extension,
            Self::Special { .. } => Kind::Special,
            Self::Grant { .. } => Kind::Grant,
            Self::Refusal { .. } => Kind::Refusal,
            Self::Withdrawal { .. } => Kind::Withdrawal,
            Self::Termination { .. } => Kind::Termination,
            Self::Service { .. } => Kind::Service,
            Self::Index { .. } => Kind::Index,
        }
    }

    /// Refuses a document that lacks what the law wants in it.
    ///
    /// # Errors
    /// E-P205 for a refusal without reason; E-P203 for anything else that is missing.
    pub fn check(&self) -> Result<(), Issue> {
        let blank = |text: &str| text.trim().is_empty();
        match self {
            Self::Refusal { reason, .. } | Self::Rejection { reason, .. } if blank(reason) => Err(issues::no_reason()),
            Self::Correction { defects, .. } if defects.is_empty() || defects.iter().any(|d| blank(&d.paper) || blank(&d.wrong) || blank(&d.mend)) => {
                Err(issues::incomplete(Kind::Correction, "defects"))
            }
            Self::Extension { reason, approver, .. } if blank(reason) || blank(approver) => Err(issues::incomplete(Kind::Extension, "reason")),
            Self::Special { basis, .. } if blank(basis) => Err(issues::incomplete(Kind::Special, "basis")),
            Self::Grant { decision, .. } if blank(decision) => Err(issues::incomplete(Kind::Grant, "decision")),
            Self::Termination { reason } if blank(reason) => Err(issues::incomplete(Kind::Termination, "reason")),
            Self::Service { receiver, .. } if blank(receiver) => Err(issues::incomplete(Kind::Service, "receiver")),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p2_4_a_refusal_needs_a_reason_and_always_tells_the_remedies() {
        let empty = Content::Refusal { facts: "经查".into(), basis: vec![], reason: "  ".into() };
        assert_eq!(empty.check().expect_err("no reason").code, "E-P205");
        assert_eq!(Content::Rejection { reason: String::new(), right_authority: None }.check().expect_err("no reason").code, "E-P205");
        let laws: Vec<_> = remedies().iter().map(|remedy| remedy.law.as_str()).collect();
        assert_eq!(laws, ["行政复议法第二十条", "行政诉讼法第四十六条"]);
    }

    #[test]
    fn p2_1_a_correction_names_every_paper_with_what_is_wrong_and_how_to_mend_it() {
        let until = Day::ymd(2026, 7, 20);
        assert!(Content::Correction { defects: vec![], until }.check().is_err());
        let defect = |mend: &str| Defect { paper: "户口簿".into(), wrong: "缺第二页".into(), mend: mend.into() };
        assert!(Content::Correction { defects: vec![defect("")], until }.check().is_err());
        assert!(Content::Correction { defects: vec![defect("补交第二页")], until }.check().is_ok());
    }
}
