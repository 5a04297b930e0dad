//! The rules R-MR-… as pure functions: a [`Dossier`] in, [`Finding`]s out. Nothing here reads a database or a clock.
//!
//! A finding says what was found and, where the rule is not kept, carries the issue. Pages show findings; operations refuse on the
//! issues of the rules that bind at their [`Stage`].

mod abroad;
pub mod certificate;
mod dossier;
mod persons;
mod procedure;
pub(crate) mod relations;

use kernel::{Issue, Refusal, Text};
use serde::{Deserialize, Serialize};

pub use abroad::Competence;
pub use dossier::{Dossier, Entered, Known, NetworkCheck, OfficeDay, OwnMarriage, Party, RegistrarView};
pub use persons::{earliest, issues_of_entry};
pub(crate) use procedure::qualified;
pub use procedure::{exam_holds_until, photo_fault, single_photo_fault};

use crate::model::CheckResult;

/// When a rule has to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// 受理.
    Accept,
    /// 审查.
    Examine,
    /// 登记.
    Register,
}

/// How a rule stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Kept.
    Pass,
    /// Not kept.
    Fail,
    /// To be looked into.
    Warn,
    /// Something has still to be done or entered.
    Open,
    /// A base did not answer; never "none".
    NotAnswered,
}

/// What one rule found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Id of the rule.
    pub rule: String,
    /// What the rule looks at.
    pub title: Text,
    /// How it stands.
    pub outcome: Outcome,
    /// What was found.
    pub found: Text,
    /// What it means for the case, where it is not kept.
    pub issue: Option<Issue>,
    /// Another instance said so in the networked check.
    #[serde(default)]
    pub elsewhere: bool,
}

impl Finding {
    pub(crate) fn new(rule: &str, title: Text, outcome: Outcome, found: Text, issue: Option<Issue>) -> Self {
        Self { rule: rule.to_owned(), title, outcome, found, issue, elsewhere: false }
    }
}

/// Rules that need not be kept before the stage named; every other binds from acceptance on.
fn binds_from(rule: &str) -> Stage {
    match rule {
        "R-MR-12" | "R-MR-18" => Stage::Examine,
        "R-MR-16" => Stage::Register,
        _ => Stage::Accept,
    }
}

/// Order in which issues are told: that of the desk's page.
const FIELDS: [&str; 33] = [
    "office",
    "registrar",
    "a_kind",
    "a_name",
    "a_sex",
    "a_birth",
    "a_id_type",
    "a_id_no",
    "a_id_valid_to",
    "a_marital",
    "a_prior_doc_no",
    "a_phone",
    "a_confirmed",
    "a_identified",
    "b_kind",
    "b_name",
    "b_sex",
    "b_birth",
    "b_id_type",
    "b_id_no",
    "b_id_valid_to",
    "b_marital",
    "b_prior_doc_no",
    "b_phone",
    "b_confirmed",
    "b_identified",
    "a_declared",
    "a_statement",
    "b_declared",
    "b_statement",
    "network_check",
    "interview",
    "photo",
];

/// Runs every rule that speaks about a case before it is registered.
pub fn evaluate(dossier: &Dossier) -> Vec<Finding> {
    let mut findings = procedure::before(dossier);
    findings.push(abroad::competent(dossier));
    findings.extend(persons::all(dossier));
    findings.extend(dossier.parties().flat_map(|party| abroad::papers(dossier, party)));
    findings.extend(relations::all(dossier));
    findings.extend(dossier.elsewhere.iter().cloned());
    findings.extend(procedure::after(dossier));
    findings
}

/// The rules that every case at a counter keeps, whatever it registers: office, registrar, both present, documents, nobody recorded dead.
pub(crate) fn common(dossier: &Dossier) -> Vec<Finding> {
    const OF_ALL: [&str; 8] = ["R-MR-01", "R-MR-03", "R-MR-04", "R-MR-08", "R-MR-13", "R-MR-19", "R-MR-20", "R-MR-47"];
    evaluate(dossier).into_iter().filter(|finding| OF_ALL.contains(&finding.rule.as_str())).collect()
}

/// The errors that stand in the way of a stage, in field order (C-17).
pub fn blocking(findings: &[Finding], stage: Stage) -> Vec<Issue> {
    let issues = findings
        .iter()
        .filter(|finding| binds_from(&finding.rule) <= stage)
        .filter_map(|finding| finding.issue.clone())
        .filter(Issue::is_error)
        .collect();
    Refusal(issues).in_field_order(&FIELDS).0
}

/// What the facts of others come to (核对结果): a conflict outweighs a base that did not answer, which outweighs a doubt.
pub fn check_result(findings: &[Finding]) -> CheckResult {
    const OF_OTHERS: [&str; 6] = ["R-MR-05", "R-MR-07", "R-MR-08", "R-MR-09", "R-MR-10", "R-MR-11"];
    let any = |outcome: Outcome| findings.iter().any(|f| OF_OTHERS.contains(&f.rule.as_str()) && f.outcome == outcome);
    if any(Outcome::Fail) {
        CheckResult::Conflict
    } else if any(Outcome::NotAnswered) || any(Outcome::Open) {
        CheckResult::NoAnswer
    } else if any(Outcome::Warn) {
        CheckResult::ToVerify
    } else {
        CheckResult::Clear
    }
}

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
