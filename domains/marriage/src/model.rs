//! The nouns of marriage registration: the two persons as their documents showed them, the photo, the interview, the register.

use kernel::{Day, Id, Instant, Text};
pub use kernel::id_number::Sex;
use platform::StaffId;
use serde::{Deserialize, Serialize};

use crate::parties::{Paper, PartyKind};

/// Marker of an entry in the register of marriages.
#[derive(Debug)]
pub struct Marriage;
/// Id of an entry in the register of marriages.
pub type MarriageId = Id<Marriage>;
/// Marker of one printed or printable certificate.
#[derive(Debug)]
pub struct Certificate;
/// Id of one printed or printable certificate.
pub type CertificateId = Id<Certificate>;

/// Which of the two: A stands in the man's place of every form, B in the woman's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
pub enum Side {
    /// 男方.
    A,
    /// 女方.
    B,
}

impl Side {
    /// Both, in the order of the forms.
    pub const BOTH: [Self; 2] = [Self::A, Self::B];

    /// The code under which the side is stored, and its place in field names.
    pub fn code(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
        }
    }

    /// The side stored under `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::BOTH.into_iter().find(|side| side.code() == code)
    }

    /// The partner.
    pub fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }

    /// The prefix of this party's fields in issues and forms.
    pub fn field(self, name: &str) -> String {
        match self {
            Self::A => format!("a_{name}"),
            Self::B => format!("b_{name}"),
        }
    }

    /// 男方 or 女方.
    pub fn name(self) -> Text {
        match self {
            Self::A => Text::new("男方", "the man"),
            Self::B => Text::new("女方", "the woman"),
        }
    }
}

/// Marital status before the registration (GB/T 2261.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub enum Marital {
    /// 10 未婚.
    Never,
    /// 20 已婚: of who divorces.
    Married,
    /// 30 丧偶.
    Widowed,
    /// 40 离婚.
    Divorced,
}

impl Marital {
    /// Every status in which somebody may marry, in the order of the standard.
    pub const ALL: [Self; 3] = [Self::Never, Self::Widowed, Self::Divorced];

    /// The code of GB/T 2261.2.
    pub fn code(self) -> &'static str {
        match self {
            Self::Never => "10",
            Self::Married => "20",
            Self::Widowed => "30",
            Self::Divorced => "40",
        }
    }

    /// The status with this code, of those in which somebody may marry.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// The name in both languages.
    pub fn name(self) -> Text {
        match self {
            Self::Never => Text::new("未婚", "never married"),
            Self::Married => Text::new("已婚", "married"),
            Self::Widowed => Text::new("丧偶", "widowed"),
            Self::Divorced => Text::new("离婚", "divorced"),
        }
    }
}

/// How an earlier marriage ended (前次婚姻终结依据, A.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub enum PriorBasis {
    /// 1 离婚证.
    DivorceCertificate,
    /// 2 判决书.
    Judgment,
    /// 3 调解书.
    Mediation,
    /// 4 配偶死亡.
    SpouseDeath,
}

impl PriorBasis {
    /// Every basis, in the order of the codes.
    pub const ALL: [Self; 4] = [Self::DivorceCertificate, Self::Judgment, Self::Mediation, Self::SpouseDeath];

    /// The code of A.2.
    pub fn code(self) -> &'static str {
        match self {
            Self::DivorceCertificate => "1",
            Self::Judgment => "2",
            Self::Mediation => "3",
            Self::SpouseDeath => "4",
        }
    }

    /// The basis with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.code() == code)
    }

    /// The name in both languages.
    pub fn name(self) -> Text {
        match self {
            Self::DivorceCertificate => Text::new("离婚证", "divorce certificate"),
            Self::Judgment => Text::new("离婚判决书", "divorce judgment"),
            Self::Mediation => Text::new("离婚调解书", "court mediation paper"),
            Self::SpouseDeath => Text::new("配偶死亡证明", "proof of the spouse's death"),
        }
    }
}

/// The paper that shows how an earlier marriage ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriorEnd {
    /// Which kind of paper.
    pub basis: PriorBasis,
    /// Its number; empty where it was not shown.
    pub doc_no: String,
    /// The day from which it has effect.
    pub effective_on: Option<Day>,
}

/// Until when a document is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ValidTo {
    /// 长期.
    LongTerm,
    /// Up to and including this day.
    Until(Day),
}

/// A person as his document showed him on the day. Never overwritten by later changes of the person (R-MR-46).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Name as on the document.
    pub name: String,
    /// Chinese name of somebody whose document has none; may be empty.
    #[serde(default)]
    pub name_zh: String,
    /// Sex as on the document.
    pub sex: Sex,
    /// Date of birth as on the document.
    pub birth: Day,
    /// GB/T 3304, where known.
    pub ethnicity: Option<String>,
    /// GB/T 2659.
    pub nationality: String,
    /// Mainland resident, soldier, from Hong Kong, from abroad.
    pub kind: PartyKind,
    /// GA/T 517, for instance 111.
    pub id_type: String,
    /// The document's number, normalised.
    pub id_no: String,
    /// End of the document's validity.
    pub id_valid_to: ValidTo,
    /// Six digits of the registered residence; for figures only, never a condition.
    pub hukou_region: Option<String>,
    /// Marital status before.
    pub marital: Marital,
    /// How the last marriage ended, where there was one.
    pub prior: Option<PriorEnd>,
    /// What else a party of this kind brings (R-MR-14, 15).
    #[serde(default)]
    pub papers: Vec<Paper>,
    /// Telephone number.
    pub phone: String,
}

/// How the data of a person came in (R-MR-20).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// Read from the chip of the document.
    Chip,
    /// Typed by one member of staff, not yet confirmed by another.
    Typed {
        /// Who typed.
        by: StaffId,
    },
    /// Typed by one and compared with the original by another.
    Confirmed {
        /// Who typed.
        by: StaffId,
        /// Who compared.
        with: StaffId,
    },
}

/// The live identity check of a person at the counter (R-MR-03).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identified {
    /// When.
    pub at: Instant,
    /// The registrar who stands for it.
    pub by: StaffId,
    /// The score of a face comparison, 0–100; none where the registrar compared by eye.
    pub face_score: Option<u8>,
}

/// The joint photo (R-MR-16).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// Key of the file.
    pub file: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// The registrar found: both on it, recent, bareheaded.
    pub confirmed: bool,
}

/// The interview (询问笔录): answers by question and party, and what the registrar noticed (R-MR-12).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interview {
    /// Version of the questions.
    pub version: String,
    /// Question, party and whether the answer was yes.
    pub answers: Vec<(String, Side, bool)>,
    /// What the registrar noticed.
    pub suspicion: Suspicion,
    /// The registrar's own words; may be empty.
    pub note: String,
}

/// Unusual circumstances (异常情形标志, Z.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub enum Suspicion {
    /// 0 none.
    None,
    /// 1 疑似胁迫.
    Coercion,
    /// 2 疑似拐卖.
    Trafficking,
    /// 3 疑似家暴.
    Violence,
}

impl Suspicion {
    /// Every mark, in the order of the codes.
    pub const ALL: [Self; 4] = [Self::None, Self::Coercion, Self::Trafficking, Self::Violence];

    /// The code of Z.1.
    pub fn code(self) -> &'static str {
        match self {
            Self::None => "0",
            Self::Coercion => "1",
            Self::Trafficking => "2",
            Self::Violence => "3",
        }
    }

    /// The mark with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.code() == code)
    }

    /// The name in both languages.
    pub fn name(self) -> Text {
        match self {
            Self::None => Text::new("无异常", "nothing unusual"),
            Self::Coercion => Text::new("疑似胁迫", "coercion suspected"),
            Self::Trafficking => Text::new("疑似拐卖", "trafficking suspected"),
            Self::Violence => Text::new("疑似家暴", "violence suspected"),
        }
    }
}

/// The kind of a registration (登记种类, Z.1), counted from what both were before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// 1 初婚.
    First,
    /// 2 一方再婚.
    OneAgain,
    /// 3 双方再婚.
    BothAgain,
    /// 4 复婚: the two were married to each other before.
    SameCouple,
}

impl Kind {
    /// The kind for two persons, `together_before` if an ended marriage between them is known.
    pub fn of(a: Marital, b: Marital, together_before: bool) -> Self {
        match (a, b) {
            (Marital::Never, Marital::Never) => Self::First,
            (Marital::Never, _) | (_, Marital::Never) => Self::OneAgain,
            _ if together_before => Self::SameCouple,
            _ => Self::BothAgain,
        }
    }

    /// The code of Z.1.
    pub fn code(self) -> &'static str {
        match self {
            Self::First => "1",
            Self::OneAgain => "2",
            Self::BothAgain => "3",
            Self::SameCouple => "4",
        }
    }

    /// The name in both languages for a stored code.
    pub fn name_of(code: &str) -> Text {
        match code {
            "1" => Text::new("初婚", "first marriage of both"),
            "2" => Text::new("一方再婚", "one party again"),
            "3" => Text::new("双方再婚", "both parties again"),
            _ => Text::new("复婚", "the same couple again"),
        }
    }
}

/// Why a marriage ended, or never was (终止原因, Z.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EndKind {
    /// 1 登记离婚.
    Divorce,
    /// 2 判决离婚.
    Judgment,
    /// 3 调解离婚.
    Mediation,
    /// 4 死亡.
    Death,
    /// 5 撤销登记, by the registering authority.
    Revoked,
    /// 6 法院撤销.
    CourtRevoked,
    /// 7 确认无效, by a court.
    Invalid,
}

impl EndKind {
    /// Every kind, in the order of the codes.
    pub const ALL: [Self; 7] =
        [Self::Divorce, Self::Judgment, Self::Mediation, Self::Death, Self::Revoked, Self::CourtRevoked, Self::Invalid];

    /// The code of Z.1.
    pub fn code(self) -> &'static str {
        match self {
            Self::Divorce => "1",
            Self::Judgment => "2",
            Self::Mediation => "3",
            Self::Death => "4",
            Self::Revoked => "5",
            Self::CourtRevoked => "6",
            Self::Invalid => "7",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether there was no marriage from the beginning; else there was one until the day of the end.
    pub fn voids(self) -> bool {
        matches!(self, Self::Revoked | Self::CourtRevoked | Self::Invalid)
    }

    /// The name in both languages.
    pub fn name(self) -> Text {
        match self {
            Self::Divorce => Text::new("登记离婚", "divorce by registration"),
            Self::Judgment => Text::new("法院判决离婚", "divorce by judgment"),
            Self::Mediation => Text::new("法院调解离婚", "divorce by court mediation"),
            Self::Death => Text::new("一方死亡", "death of a spouse"),
            Self::Revoked => Text::new("撤销登记", "registration revoked"),
            Self::CourtRevoked => Text::new("法院撤销婚姻", "annulled by a court"),
            Self::Invalid => Text::new("法院确认婚姻无效", "declared void by a court"),
        }
    }
}

/// What a network check came to (核对结果, Z.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CheckResult {
    /// 0 无冲突.
    Clear,
    /// 1 冲突.
    Conflict,
    /// 2 网络异常: some base did not answer, which is not the same as "none".
    NoAnswer,
    /// 3 待核: something has to be looked into.
    ToVerify,
}

impl CheckResult {
    /// Every result, in the order of the codes.
    pub const ALL: [Self; 4] = [Self::Clear, Self::Conflict, Self::NoAnswer, Self::ToVerify];

    /// The code of Z.1.
    pub fn code(self) -> &'static str {
        match self {
            Self::Clear => "0",
            Self::Conflict => "1",
            Self::NoAnswer => "2",
            Self::ToVerify => "3",
        }
    }

    /// The result with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|result| result.code() == code)
    }

    /// The name in both languages.
    pub fn name(self) -> Text {
        match self {
            Self::Clear => Text::new("无冲突", "no conflict"),
            Self::Conflict => Text::new("有冲突", "conflict"),
            Self::NoAnswer => Text::new("有数据源未答复", "a source did not answer"),
            Self::ToVerify => Text::new("待核实", "to be verified"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_is_counted_from_both() {
        use Marital::{Divorced, Never, Widowed};
        assert_eq!(Kind::of(Never, Never, false), Kind::First);
        assert_eq!(Kind::of(Never, Divorced, false), Kind::OneAgain);
        assert_eq!(Kind::of(Widowed, Divorced, false), Kind::BothAgain);
        assert_eq!(Kind::of(Divorced, Divorced, true), Kind::SameCouple);
    }
}
