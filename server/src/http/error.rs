//! What can go wrong, as a page for a person or as the error object for a program. The only place where errors become HTTP.

use std::sync::Arc;

use axum::{
    Json,
    body::to_bytes,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use kernel::Issue;
use platform::Error;
use site::pages::errors::{Trouble, page};
use ui::{Values, url};

use super::Visit;
use crate::api::ErrorBody;

/// What every handler of pages returns.
pub type Answer = Result<Response, Fault>;

/// Why a request did not get what it asked for.
#[derive(Debug)]
pub enum Fault {
    /// An operation said no, or failed.
    Failed(Error),
    /// There is no such record, and what that means is told.
    Absent(Issue),
    /// The form's token is missing or of another page; what was typed is shown again.
    StaleForm {
        /// What was typed.
        values: Values,
        /// Files have to be chosen again.
        lost_files: bool,
    },
    /// The session ended while a form was filled in; what was typed waits in the page until the person has signed in.
    SignInFirst {
        /// What was typed.
        values: Values,
    },
    /// A change that does not come from our own pages.
    Foreign,
    /// More was sent than is taken.
    TooLarge,
    /// What was sent cannot be read.
    Unreadable,
    /// The address is known, but not for this method.
    WrongMethod,
    /// A program changes what somebody else changed since it looked.
    Changed {
        /// That it was changed.
        issue: Issue,
        /// What it is now.
        current: serde_json::Value,
        /// The `ETag` of what it is now.
        tag: String,
    },
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<Issue> for Fault {
    fn from(issue: Issue) -> Self {
        Self::Failed(issue.into())
    }
}

/// Carries the fault from the handler to the visit, which knows language and frame.
#[derive(Clone)]
struct Carried(Arc<Fault>);

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Carried(Arc::new(self)));
        response
    }
}

impl Fault {
    fn status(&self) -> StatusCode {
        match self {
            Self::Failed(error) => match error {
                Error::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
                Error::Denied(_) => StatusCode::FORBIDDEN,
                Error::SignIn => StatusCode::UNAUTHORIZED,
                Error::NotFound => StatusCode::NOT_FOUND,
                Error::Stale(_) => StatusCode::CONFLICT,
                Error::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
                Error::Store(_) | Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
            },
            Self::Absent(_) => StatusCode::NOT_FOUND,
            Self::StaleForm { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::SignInFirst { .. } => StatusCode::UNAUTHORIZED,
            Self::Foreign => StatusCode::FORBIDDEN,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::Changed { .. } => StatusCode::PRECONDITION_FAILED,
        }
    }

    fn trouble(&self, request_id: &str) -> Trouble {
        match self {
            Self::Failed(error) => match error {
                Error::Refused(refusal) => Trouble::Refused(refusal.0.clone()),
                Error::Denied(issue) => Trouble::Denied(issue.clone()),
                Error::SignIn => Trouble::SignIn,
                Error::NotFound => Trouble::NotFound,
                Error::Stale(issue) => Trouble::Stale(issue.clone()),
                Error::TooMany { wait_secs, issue } => Trouble::TooMany { wait_secs: *wait_secs, issue: issue.clone() },
                Error::Store(_) | Error::Internal(_) => Trouble::Broken { request_id: request_id.to_owned() },
            },
            Self::StaleForm { values, lost_files } => Trouble::StaleForm { values: values.clone(), lost_files: *lost_files },
            Self::SignInFirst { values } => Trouble::SignInFirst { values: values.clone() },
            Self::Foreign => Trouble::Foreign,
            Self::TooLarge => Trouble::TooLarge,
            Self::Unreadable => Trouble::Unreadable,
            Self::WrongMethod | Self::Absent(_) => Trouble::NotFound,
            Self::Changed { issue, .. } => Trouble::Stale(issue.clone()),
        }
    }

    /// For programs: the issues of the error object.
    fn issues(&self) -> Vec<Issue> {
        match self {
            Self::Failed(error) if !error.issues().is_empty() => error.issues().to_vec(),
            Self::Changed { issue, .. } | Self::Absent(issue) => vec![issue.clone()],
            _ => vec![plain_issue(self.status(), None)],
        }
    }

    /// For programs: what is there now instead of what the program saw.
    fn current(&self) -> Option<serde_json::Value> {
        match self {
            Self::Changed { current, .. } => Some(current.clone()),
            _ => None,
        }
    }

    /// Writes the second message, the one for the log, once.
    fn log(&self, visit: &Visit) {
        if let Self::Failed(error @ (Error::Store(_) | Error::Internal(_))) = self {
            tracing::error!(request.id = visit.ctx.request_id(), path = visit.shell.path, %error, "a request failed");
        }
    }
}

/// There is no such address.
pub(super) async fn missing() -> Fault {
    Fault::Failed(Error::NotFound)
}

/// There is such an address, but not for this method.
pub(super) async fn wrong_method() -> Fault {
    Fault::WrongMethod
}

/// Turns a fault, or an error that axum itself answered, into a page or the error object.
pub(super) async fn finish(visit: &Visit, response: Response) -> Response {
    let status = response.status();
    if let Some(Carried(fault)) = response.extensions().get::<Carried>().cloned() {
        fault.log(visit);
        let mut answer = if visit.api { for_program(status, ErrorBody { current: fault.current(), ..ErrorBody::new(fault.issues(), visit.ctx.request_id()) }) } else { for_person(visit, status, &fault) };
        match &*fault {
            Fault::Failed(Error::TooMany { wait_secs, .. }) => {
                answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*wait_secs));
            }
            Fault::Changed { tag, .. } => answer.headers_mut().extend(HeaderValue::from_str(tag).ok().map(|tag| (header::ETAG, tag))),
            _ => {}
        }
        keep(&response, &mut answer);
        return answer;
    }
    // Rejections of axum's own extractors are plain text.
    let is_plain = response.headers().get(header::CONTENT_TYPE).is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if !(status.is_client_error() || status.is_server_error()) || !is_plain {
        return response;
    }
    let (parts, body) = response.into_parts();
    let mut answer = if visit.api {
        let text = to_bytes(body, 4096).await.ok().and_then(|bytes| String::from_utf8(bytes.to_vec()).ok());
        for_program(status, ErrorBody::new(vec![plain_issue(status, text.filter(|text| !text.is_empty()))], visit.ctx.request_id()))
    } else {
        match status {
            StatusCode::PAYLOAD_TOO_LARGE => for_person(visit, status, &Fault::TooLarge),
            // An id in the address that is none.
            _ if status.is_client_error() => for_person(visit, StatusCode::NOT_FOUND, &Fault::Failed(Error::NotFound)),
            _ => for_person(visit, status, &Fault::Failed(Error::internal("answered by the framework"))),
        }
    };
    keep(&Response::from_parts(parts, axum::body::Body::empty()), &mut answer);
    answer
}

/// Headers of the first answer that the second must repeat.
fn keep(from: &Response, to: &mut Response) {
    for name in [header::ALLOW, header::SET_COOKIE] {
        for value in from.headers().get_all(&name) {
            to.headers_mut().append(&name, value.clone());
        }
    }
}

fn for_person(visit: &Visit, status: StatusCode, fault: &Fault) -> Response {
    if let (Fault::Failed(Error::SignIn), true) = (fault, status == StatusCode::UNAUTHORIZED) {
        let to = url::sign_in_for(&visit.shell.path);
        return (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response();
    }
    let trouble = fault.trouble(visit.ctx.request_id());
    (status, Html(page(&visit.shell, trouble))).into_response()
}

fn for_program(status: StatusCode, body: ErrorBody) -> Response {
    let mut response = (status, Json(body)).into_response();
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

/// An issue for what HTTP itself says; `detail` is the framework's own text, for whoever writes the program.
fn plain_issue(status: StatusCode, detail: Option<String>) -> Issue {
    let (zh, en) = match status {
        StatusCode::UNAUTHORIZED => ("请提供有效的访问令牌", "Send a valid bearer token"),
        StatusCode::FORBIDDEN => ("无权执行此操作", "You may not do this"),
        StatusCode::NOT_FOUND => ("没有这条记录，或您无权查看", "There is no such record, or not for you"),
        StatusCode::METHOD_NOT_ALLOWED => ("此地址不支持该方法", "This address does not take that method"),
        StatusCode::PAYLOAD_TOO_LARGE => ("发送的内容过大", "Too much was sent"),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ("内容类型应为 application/json", "The content type must be application/json"),
        _ if status.is_client_error() => ("请求的内容无法读取", "The request cannot be read"),
        _ => ("服务暂时无法完成请求，请稍后重试", "The service could not do this now; try again later"),
    };
    let issue = Issue::error(format!("E-HTTP{}", status.as_u16()), zh, en);
    match detail {
        Some(detail) => issue.param("detail", detail),
        None => issue,
    }
}
