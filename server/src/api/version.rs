//! Versions of what is changed: `ETag` with what is read, `If-Match` with what changes it.

use axum::{
    Json,
    extract::FromRequestParts,
    http::{header, request::Parts},
    response::{IntoResponse, Response},
};
use kernel::Issue;
use platform::{Error, Result};
use serde::Serialize;
use utoipa::IntoParams;

use crate::{App, http::Fault};

/// The version that the caller saw: the `ETag` of the read call, as `If-Match`. A tag that is none of ours is of no version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoParams)]
#[into_params(parameter_in = Header, names("If-Match"))]
pub struct IfMatch(
    /// `ETag` of what was read.
    #[param(value_type = String, pattern = "^\"[0-9]{1,18}\"$", example = "\"3\"")]
    pub i64,
);

impl FromRequestParts<App> for IfMatch {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Fault> {
        let typed = parts.headers.get(header::IF_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default().trim();
        if typed.is_empty() || typed == "*" {
            let message = "请在请求头 If-Match 中给出所见版本的 ETag";
            let english = "Send a header If-Match with the ETag of what you saw";
            return Err(Issue::error("E-API05", message, english).field("If-Match").into());
        }
        Ok(Self(typed.trim_start_matches("W/").trim_matches('"').parse().unwrap_or(-1)))
    }
}

/// Something with its version, as answers carry it.
#[derive(Clone, Debug)]
pub struct Versioned<T> {
    /// The version, told as `ETag`.
    pub version: i64,
    /// What it says.
    pub body: T,
}

/// What handlers of things with versions return.
pub type ApiVersioned<T> = Result<Versioned<T>, Fault>;

impl<T: Serialize> IntoResponse for Versioned<T> {
    fn into_response(self) -> Response {
        ([(header::ETAG, tag(self.version))], Json(self.body)).into_response()
    }
}

fn tag(version: i64) -> String {
    format!("\"{version}\"")
}

/// Why an act on version `seen` failed: with the newer state, where somebody else was first, whatever the act itself stumbled over.
pub async fn told<T: Serialize>(error: Error, seen: i64, now: impl Future<Output = Result<Versioned<T>>>) -> Fault {
    if !matches!(error, Error::Stale(_) | Error::Refused(_)) {
        return error.into();
    }
    match (Error::stale(), now.await) {
        (Error::Stale(issue), Ok(newer)) if newer.version != seen => match serde_json::to_value(&newer.body) {
            Ok(current) => Fault::Changed { issue: issue.field("If-Match"), current, tag: tag(newer.version) },
            Err(broken) => Error::internal(broken).into(),
        },
        _ => error.into(),
    }
}
