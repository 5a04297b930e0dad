//! The error object.

use kernel::Issue;
use serde::Serialize;
use utoipa::ToSchema;

/// The error object.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorBody {
    /// What is wrong, in the order of the fields.
    #[schema(value_type = Vec<IssueBody>)]
    pub errors: Vec<Issue>,
    /// Names the request: give it when asking for help.
    pub request_id: String,
    /// With 412: what it is now, as the read call tells it. The header `ETag` names its version.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub current: Option<serde_json::Value>,
}

impl ErrorBody {
    pub(crate) fn new(errors: Vec<Issue>, request_id: &str) -> Self {
        Self { errors, request_id: request_id.to_owned(), current: None }
    }
}

/// One finding of one rule, as it is written in JSON.
#[derive(ToSchema)]
#[schema(as = Issue)]
#[expect(dead_code, reason = "describes kernel::Issue, which knows nothing of OpenAPI")]
pub(crate) struct IssueBody {
    /// The code of the message.
    code: String,
    /// The message in Chinese.
    message_zh: String,
    /// The message in English.
    message_en: String,
    /// The field that it concerns.
    field: Option<String>,
    /// The rules behind it.
    rule_id: Vec<String>,
    /// The figures in the message.
    params: std::collections::BTreeMap<String, String>,
    /// `ERROR` or `WARN`.
    severity: String,
    /// Law and article.
    legal_basis: Option<String>,
}
