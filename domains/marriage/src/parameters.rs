//! Numbers and texts that a law or a province sets: read from `data/marriage`, each with its source, never written in code.

use std::sync::LazyLock;

use kernel::Day;
use kernel::age::LeapPolicy;
use serde::Deserialize;

use crate::store::booklets::BookletKind;

/// One number with the place it comes from.
#[derive(Debug, Clone, Deserialize)]
pub struct Param<T> {
    /// The number.
    pub value: T,
    /// What it counts.
    pub unit: String,
    /// Law, standard or province's choice.
    pub source: String,
    /// Article, where there is one.
    pub article: String,
}

impl<T> Param<T> {
    /// Source and article as one text for the `legal_basis` of an issue.
    pub fn law(&self) -> String {
        format!("{}{}", self.source, self.article)
    }
}

/// Ages (R-MR-02).
#[derive(Debug, Clone, Deserialize)]
pub struct Ages {
    /// Full years of the man.
    pub man: Param<u16>,
    /// Full years of the woman.
    pub woman: Param<u16>,
    /// Anniversary of 29 February in a common year: 28 February or 1 March (C-13).
    pub leap_policy: Param<LeapPolicy>,
}

/// Presence of both (R-MR-03).
#[derive(Debug, Clone, Deserialize)]
pub struct Presence {
    /// Minutes between the two identity checks at most.
    pub minutes_between: Param<i64>,
}

/// Network check (R-MR-18).
#[derive(Debug, Clone, Deserialize)]
pub struct NetworkCheck {
    /// Minutes for which a check holds.
    pub valid_minutes: Param<i64>,
    /// Seconds until another instance counts as not answering.
    pub partner_seconds: Param<u64>,
    /// Questions of one other instance that are answered in a minute.
    pub partner_a_minute: Param<i64>,
}

/// Face comparison (A.2).
#[derive(Debug, Clone, Deserialize)]
pub struct Face {
    /// Score from which a comparison by machine suffices.
    pub threshold: Param<u8>,
}

/// Joint photo (R-MR-16).
#[derive(Debug, Clone, Deserialize)]
pub struct PhotoRules {
    /// Pixels at least.
    pub min_width: Param<u32>,
    /// Pixels at least.
    pub min_height: Param<u32>,
    /// Pixels at least of a photo of one person.
    pub single_min_width: Param<u32>,
    /// Pixels at least of a photo of one person.
    pub single_min_height: Param<u32>,
    /// Days since it was taken at most; asked of the registrar.
    pub max_age_days: Param<u32>,
}

/// Registrars (R-MR-19).
#[derive(Debug, Clone, Deserialize)]
pub struct RegistrarRules {
    /// Years for which an examination holds.
    pub exam_years: Param<i32>,
}

/// Certificate numbers and blank booklets (R-MR-32 … 34).
#[derive(Debug, Clone, Deserialize)]
pub struct CertificateRules {
    /// First serial of a year.
    pub first_serial: Param<i64>,
    /// Last serial of a year.
    pub last_serial: Param<i64>,
    /// Millimetres to the right when printing into a booklet.
    pub offset_x_mm: Param<f64>,
    /// Millimetres down when printing into a booklet.
    pub offset_y_mm: Param<f64>,
    /// Booklets left at an office from which the desk warns.
    pub low_stock: Param<i64>,
}

/// Re-issue (A.1).
#[derive(Debug, Clone, Deserialize)]
pub struct ReissueRules {
    /// Working days in which an archive answers.
    pub archive_days: Param<u32>,
}

/// All parameters of marriage registration.
#[derive(Debug, Clone, Deserialize)]
pub struct Parameters {
    /// Ages.
    pub age: Ages,
    /// Presence.
    pub presence: Presence,
    /// Network check.
    pub network_check: NetworkCheck,
    /// Face comparison.
    pub face: Face,
    /// Photo.
    pub photo: PhotoRules,
    /// Registrars.
    pub registrar: RegistrarRules,
    /// Numbers and booklets.
    pub certificate: CertificateRules,
    /// Re-issue.
    pub reissue: ReissueRules,
}

/// A version of the declaration that each party signs.
#[derive(Debug, Clone, Deserialize)]
pub struct Statement {
    /// Its name, stored with the case.
    pub version: String,
    /// First day on which it is signed.
    pub in_force_from: Day,
    /// Where the text comes from.
    pub source: String,
    /// Title.
    pub title_zh: String,
    /// Title in English.
    pub title_en: String,
    /// The clauses that the party declares.
    pub clauses_zh: Vec<String>,
    /// The same in English, for reading only.
    pub clauses_en: Vec<String>,
}

/// One question of the interview.
#[derive(Debug, Clone, Deserialize)]
pub struct Question {
    /// Key, stored with the answer.
    pub id: String,
    /// The question.
    pub zh: String,
    /// The question in English.
    pub en: String,
}

/// A version of the interview.
#[derive(Debug, Clone, Deserialize)]
pub struct Questions {
    /// Its name, stored with the answers.
    pub version: String,
    /// The questions, each put to both.
    pub questions: Vec<Question>,
}

static PARAMETERS: LazyLock<Parameters> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../data/marriage/parameters.json")).expect("checked by a test"));
static STATEMENTS: LazyLock<Vec<Statement>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../data/marriage/statements.json")).expect("checked by a test"));
static REISSUE_STATEMENTS: LazyLock<[Statement; 2]> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../data/marriage/reissue-statement.json")).expect("checked by a test"));
static QUESTIONS: LazyLock<Questions> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../data/marriage/interview.json")).expect("checked by a test"));

/// The parameters in force.
pub fn parameters() -> &'static Parameters {
    &PARAMETERS
}

/// The declaration that is signed on `day`; none before the first came into force.
pub fn statement_on(day: Day) -> Option<&'static Statement> {
    STATEMENTS.iter().filter(|statement| statement.in_force_from <= day).max_by_key(|statement| statement.in_force_from)
}

/// The declaration of that version.
pub fn statement(version: &str) -> Option<&'static Statement> {
    STATEMENTS.iter().find(|statement| statement.version == version)
}

/// The statement that an applicant for a re-issue signs: for a marriage's or for a divorce's certificate.
pub fn reissue_statement(kind: BookletKind) -> &'static Statement {
    &REISSUE_STATEMENTS[usize::from(kind == BookletKind::Divorce)]
}

/// The questions of the interview.
pub fn questions() -> &'static Questions {
    &QUESTIONS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parameter_is_there_with_its_source() {
        let p = parameters();
        assert_eq!((p.age.man.value, p.age.woman.value), (22, 20));
        assert!(p.age.man.law().contains("民法典"));
        assert!(!questions().questions.is_empty());
        for (kind, word) in [(BookletKind::Marriage, "结婚证"), (BookletKind::Divorce, "离婚证")] {
            assert!(reissue_statement(kind).clauses_zh.iter().any(|clause| clause.contains(word)), "{kind:?}");
        }
    }

    #[test]
    fn a_statement_is_signed_in_the_version_of_the_day() {
        assert_eq!(statement_on(Day::ymd(2026, 5, 20)).map(|s| s.version.as_str()), Some("2025-05-10"));
        assert!(statement_on(Day::ymd(2025, 5, 9)).is_none());
    }
}
