//! What a rule says when it refuses or warns: the error object of C-17.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Lang, Text};

/// Whether an issue stops the act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Severity {
    /// The act is refused.
    Error,
    /// The act goes on; a person should look.
    Warn,
}

/// One finding of one rule, complete in both languages (C-17).
///
/// ```
/// use kernel::Issue;
/// let issue = Issue::error("C-E03", "出生日期与身份证号码不一致", "birth date disagrees with the ID number")
///     .field("birth")
///     .rule("C-03");
/// assert!(issue.is_error());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Wire", from = "Wire")]
pub struct Issue {
    /// The code that a program or a clerk looks up, such as `C-E01`.
    pub code: Cow<'static, str>,
    /// The sentence for the person, with all figures filled in.
    pub message: Text,
    /// The form or JSON field that it concerns.
    pub field: Option<String>,
    /// The rules that found it.
    pub rule_id: Vec<Cow<'static, str>>,
    /// The figures in the sentence, for programs.
    pub params: BTreeMap<String, String>,
    /// Refusal or warning.
    pub severity: Severity,
    /// Law and article, shown on demand.
    pub legal_basis: Option<Cow<'static, str>>,
}

impl Issue {
    /// A refusal.
    pub fn error(
        code: impl Into<Cow<'static, str>>,
        zh: impl Into<Cow<'static, str>>,
        en: impl Into<Cow<'static, str>>,
    ) -> Issue {
        Issue {
            code: code.into(),
            message: Text::new(zh, en),
            field: None,
            rule_id: Vec::new(),
            params: BTreeMap::new(),
            severity: Severity::Error,
            legal_basis: None,
        }
    }

    /// A warning: the act goes on.
    pub fn warn(
        code: impl Into<Cow<'static, str>>,
        zh: impl Into<Cow<'static, str>>,
        en: impl Into<Cow<'static, str>>,
    ) -> Issue {
        Issue { severity: Severity::Warn, ..Issue::error(code, zh, en) }
    }

    /// Names the field that it concerns.
    pub fn field(mut self, name: impl Into<String>) -> Issue {
        self.field = Some(name.into());
        self
    }

    /// Adds the rule that found it.
    pub fn rule(mut self, id: impl Into<Cow<'static, str>>) -> Issue {
        self.rule_id.push(id.into());
        self
    }

    /// Repeats a figure of the sentence for programs.
    pub fn param(mut self, name: impl Into<String>, value: impl ToString) -> Issue {
        self.params.insert(name.into(), value.to_string());
        self
    }

    /// Names law and article.
    pub fn law(mut self, basis: impl Into<Cow<'static, str>>) -> Issue {
        self.legal_basis = Some(basis.into());
        self
    }

    /// Whether it refuses the act.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The sentence in this language.
    pub fn text(&self, lang: Lang) -> &str {
        self.message.get(lang)
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message.en)
    }
}

impl std::error::Error for Issue {}

/// The form of an issue on the wire.
#[derive(Serialize, Deserialize)]
struct Wire {
    code: Cow<'static, str>,
    message_zh: Cow<'static, str>,
    message_en: Cow<'static, str>,
    field: Option<String>,
    #[serde(default)]
    rule_id: Vec<Cow<'static, str>>,
    #[serde(default)]
    params: BTreeMap<String, String>,
    severity: Severity,
    legal_basis: Option<Cow<'static, str>>,
}

impl From<Issue> for Wire {
    fn from(issue: Issue) -> Wire {
        Wire {
            code: issue.code,
            message_zh: issue.message.zh,
            message_en: issue.message.en,
            field: issue.field,
            rule_id: issue.rule_id,
            params: issue.params,
            severity: issue.severity,
            legal_basis: issue.legal_basis,
        }
    }
}

impl From<Wire> for Issue {
    fn from(wire: Wire) -> Issue {
        Issue {
            code: wire.code,
            message: Text { zh: wire.message_zh, en: wire.message_en },
            field: wire.field,
            rule_id: wire.rule_id,
            params: wire.params,
            severity: wire.severity,
            legal_basis: wire.legal_basis,
        }
    }
}

/// Why an act is refused: at least one error, warnings beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal(pub Vec<Issue>);

impl Refusal {
    /// Whether one of the issues has this code.
    pub fn has(&self, code: &str) -> bool {
        self.0.iter().any(|issue| issue.code == code)
    }

    /// Sorts by the order in which the form shows its fields; what concerns no field or an unknown one comes last
    /// (C-17).
    pub fn in_field_order(mut self, fields: &[&str]) -> Refusal {
        self.0.sort_by_key(|issue| {
            let name = issue.field.as_deref();
            fields.iter().position(|field| Some(*field) == name).unwrap_or(fields.len())
        });
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, issue) in self.0.iter().enumerate() {
            let comma = if place == 0 { "" } else { "; " };
            write!(f, "{comma}{issue}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}

impl From<Issue> for Refusal {
    fn from(issue: Issue) -> Refusal {
        Refusal(vec![issue])
    }
}

/// Collects the issues of several fields, so that they are told together.
///
/// ```
/// use kernel::{Issue, Issues};
/// let mut issues = Issues::default();
/// let year: Option<i64> = issues.keep("twelve".parse().map_err(|_| Issue::error("X-1", "请填写数字", "Enter a number")));
/// assert!(year.is_none());
/// assert!(issues.finish().is_err());
/// ```
#[derive(Debug, Default)]
pub struct Issues(Vec<Issue>);

impl Issues {
    /// Adds one issue.
    pub fn add(&mut self, issue: Issue) {
        self.0.push(issue);
    }

    /// Adds an issue unless the condition holds.
    pub fn ensure(&mut self, condition: bool, issue: impl FnOnce() -> Issue) {
        if !condition {
            self.0.push(issue());
        }
    }

    /// Keeps the value of a success and the issues of a refusal.
    pub fn keep<T>(&mut self, result: Result<T, impl Into<Refusal>>) -> Option<T> {
        result.map_err(|refused| self.0.extend(refused.into().0)).ok()
    }

    /// The same, naming the field that the issues concern.
    pub fn keep_at<T>(&mut self, field: &str, result: Result<T, impl Into<Refusal>>) -> Option<T> {
        let named = |refused: Refusal| Refusal(refused.0.into_iter().map(|issue| issue.field(field)).collect());
        self.keep(result.map_err(|refused| named(refused.into())))
    }

    /// Whether an error is among them.
    pub fn any_error(&self) -> bool {
        self.0.iter().any(Issue::is_error)
    }

    /// The warnings, if there was no error.
    pub fn finish(self) -> Result<Vec<Issue>, Refusal> {
        if self.any_error() { Err(Refusal(self.0)) } else { Ok(self.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Issue {
        Issue::error("C-E01", "身份证号码校验位不正确", "ID number checksum is wrong")
            .field("id_no")
            .rule("C-01")
            .param("length", 18)
            .law("GB 11643-1999")
    }

    #[test]
    fn c_17_the_error_object_has_the_agreed_fields() {
        let json = serde_json::to_value(sample()).expect("plain values");
        let expected = serde_json::json!({
            "code": "C-E01", "message_zh": "身份证号码校验位不正确", "message_en": "ID number checksum is wrong",
            "field": "id_no", "rule_id": ["C-01"], "params": {"length": "18"}, "severity": "ERROR",
            "legal_basis": "GB 11643-1999"
        });
        assert_eq!(json, expected);
        assert_eq!(serde_json::from_value::<Issue>(json).expect("what we wrote"), sample());
    }

    #[test]
    fn c_17_several_errors_come_together_in_field_order() {
        let mut issues = Issues::default();
        issues.add(Issue::error("B", "乙", "b").field("phone"));
        issues.add(Issue::error("Z", "未", "z"));
        issues.add(Issue::warn("A", "甲", "a").field("name"));
        let refusal = issues.finish().expect_err("has errors").in_field_order(&["name", "phone"]);
        let codes: Vec<_> = refusal.0.iter().map(|issue| issue.code.as_ref()).collect();
        assert_eq!(codes, ["A", "B", "Z"]);
    }

    #[test]
    fn c_17_warnings_alone_do_not_refuse() {
        let mut issues = Issues::default();
        issues.add(Issue::warn("C-W05", "请核对原件", "check the original"));
        assert_eq!(issues.finish().expect("no error").len(), 1);
    }
}
