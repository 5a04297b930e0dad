//! What a service declares of one of its matters: a table of data, checked at start by [`CaseType::validate`](crate::CaseType::validate).

use std::collections::BTreeMap;

use catalog::model::Limit;
use kernel::Text;
use serde::{Deserialize, Serialize};

use super::{LifeCycle, StepLimit};

/// Answers by the key of their field, as text in the one form that each kind of field has (days ISO, money in fen, choices by code).
pub type Answers = BTreeMap<String, String>;

/// One kind of matter. Everything is data; what data cannot say is in [`Hooks`](crate::Hooks).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseType {
    /// Key of the procedure; items of the catalogue name it as their service (`marriage.registration`).
    pub key: String,
    /// The service that owns it (`marriage`).
    pub service: String,
    /// Basic code of the item.
    pub item_code: String,
    /// The name, for lists that do not load the item.
    pub name: Text,
    /// Version of the form; raised when a field changes its meaning. Stored answers keep the version under which they were given.
    pub schema: i64,
    /// 情形: questions whose answers choose fields and materials.
    #[serde(default)]
    pub questions: Vec<Question>,
    /// The form, a page a section.
    #[serde(default)]
    pub sections: Vec<Section>,
    /// Which of the item's materials are asked for when; a material without a rule is always asked for.
    #[serde(default)]
    pub materials: Vec<MaterialRule>,
    /// 法定时限 of some situations, where the law sets another one than for the item as a whole; the first that holds counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<LegalLimit>,
    /// States and moves.
    pub life: Life,
    /// Whether a second open case of the same applicant is refused (P2-11).
    pub duplicates: Duplicates,
    /// 告知承诺: what is pledged, where the item allows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pledge: Option<PledgeText>,
    /// 并联审批: the matters that are handled together under this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joint: Option<Joint>,
    /// How long after the end a case is archived at the latest (P2-12).
    pub archive: StepLimit,
}

/// How long the law leaves for a decision in one situation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalLimit {
    /// All have to hold.
    pub when: Vec<When>,
    /// How long.
    pub limit: Limit,
    /// Law and article.
    pub source: String,
}

/// The states of a matter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Life {
    /// The common life-cycle, with optional steps left out.
    Standard {
        /// Keys of the steps that this matter does not have.
        #[serde(default)]
        without: Vec<String>,
    },
    /// States and moves of its own.
    Own(LifeCycle),
}

/// Whether one applicant may have several open cases of a matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duplicates {
    /// `E-P209`.
    Forbidden,
    /// As many as there are things to ask for.
    Allowed,
}

/// A question that decides what else is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Key, under which the answer is kept among the answers of the form.
    pub key: String,
    /// The question.
    pub text: Text,
    /// What may be answered, two at least.
    pub choices: Vec<Choice>,
}

/// One answer of several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// As stored.
    pub code: String,
    /// As shown.
    pub name: Text,
}

/// A condition: the answer to a question, or to a field of the kinds choice and yes-no, is one of these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// Key of the question or field.
    pub answer: String,
    /// Codes of which one has to be the answer.
    pub is: Vec<String>,
}

/// A page of the form: one group of questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Key, for addresses.
    pub key: String,
    /// Heading.
    pub title: Text,
    /// What to know before filling it in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Text>,
    /// All have to hold for the section to be asked.
    #[serde(default)]
    pub when: Vec<When>,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// A field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Key of the answer.
    pub key: String,
    /// Label.
    pub label: Text,
    /// What is asked for.
    pub kind: FieldKind,
    /// Whether it has to be answered.
    #[serde(default)]
    pub required: bool,
    /// What to write, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Text>,
    /// All have to hold for the field to be asked.
    #[serde(default)]
    pub when: Vec<When>,
    /// Where the answer is known from: shown with its source, to be confirmed and not typed again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefill: Option<Prefill>,
}

/// What a field takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// A line of text.
    Text {
        /// Most characters.
        max: usize,
    },
    /// Several lines.
    LongText {
        /// Most characters.
        max: usize,
    },
    /// A whole number.
    Number {
        /// Smallest.
        min: i64,
        /// Largest.
        max: i64,
    },
    /// A date.
    Date,
    /// One of several.
    Choice {
        /// The answers.
        choices: Vec<Choice>,
    },
    /// 是, 否: stored as `yes` or `no`.
    YesNo,
    /// A person's full name.
    Name,
    /// 居民身份证号码.
    IdNumber,
    /// 统一社会信用代码.
    Uscc,
    /// A region of this instance, as its code.
    Region,
    /// An amount, typed in yuan and stored in fen.
    Money {
        /// Largest, in fen.
        max: i64,
    },
    /// A mobile number.
    Phone,
    /// A mail address.
    Email,
    /// The place in the form at which a material is uploaded; has no answer of its own.
    Upload {
        /// Key of the item's material.
        material: String,
    },
}

/// Where an answer is known from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prefill {
    /// The applicant's name.
    ApplicantName,
    /// The number of his document, or credit code.
    ApplicantNumber,
    /// His mobile number.
    Phone,
    /// His mail address.
    Email,
    /// What he has told in an earlier matter under this key, the same in all services.
    Held(String),
    /// What the register of the service says, by the key of the field.
    Register,
}

/// An answer or paper that is here already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Held {
    /// What it is about.
    pub key: String,
    /// The answer; empty for papers.
    pub value: String,
    /// Where it is from, for the person: 「个人账号」, 「办件 9901022026…」.
    pub source: Text,
    /// Since when it is known.
    pub on: kernel::Day,
}

/// When a material of the item is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaterialRule {
    /// Key of the material in the item.
    pub key: String,
    /// All have to hold.
    #[serde(default)]
    pub when: Vec<When>,
}

/// What an applicant pledges instead of proving it first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PledgeText {
    /// Shown whole and signed.
    pub text: Text,
    /// When it is checked afterwards at the latest.
    pub check: StepLimit,
}

/// Matters that are handled together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Joint {
    /// Keys of the case types of the parts.
    pub parts: Vec<String>,
    /// The longest that all of it may take.
    pub limit: StepLimit,
}
