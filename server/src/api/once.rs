//! What changes something happens once: the `Idempotency-Key` and the answers that are kept for it.

use std::sync::Arc;

use axum::{
    body::{Body, to_bytes},
    extract::{FromRequestParts, Request},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use kernel::{Id, Issue};
use platform::once::{self, Claim, KeptAnswer, Reply};
use platform::{Ctx, Error};

use crate::{
    App,
    http::{Fault, Visit},
};

/// The `Idempotency-Key` of a call that changes something: 8 to 128 visible ASCII characters, the same again for a retry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey(pub String);

impl IdempotencyKey {
    fn of(headers: &HeaderMap) -> Result<Self, Issue> {
        let key = headers.get("idempotency-key").and_then(|value| value.to_str().ok()).unwrap_or_default();
        if (8..=128).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Ok(Self(key.to_owned()));
        }
        let message = "请在请求头 Idempotency-Key 中给出 8 至 128 个可见字符，重试时保持不变";
        let english = "Send a header Idempotency-Key of 8 to 128 visible characters, the same again for a retry";
        Err(Issue::error("E-API01", message, english).field("Idempotency-Key"))
    }
}

impl FromRequestParts<App> for IdempotencyKey {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Fault> {
        Ok(Self::of(&parts.headers)?)
    }
}

/// Runs a call of which the content has at most `limit` bytes, unless its key says that it ran already.
pub(crate) async fn run(limit: usize, request: Request, next: Next) -> Response {
    let Some(visit) = request.extensions().get::<Arc<Visit>>().cloned() else {
        return Fault::from(Error::internal("a call outside of the visit")).into_response();
    };
    attempt(&visit.ctx, limit, request, next).await.unwrap_or_else(IntoResponse::into_response)
}

async fn attempt(ctx: &Ctx, limit: usize, request: Request, next: Next) -> Result<Response, Fault> {
    let key = IdempotencyKey::of(request.headers())?;
    let (parts, body) = request.into_parts();
    let content = to_bytes(body, limit).await.map_err(|_| Fault::TooLarge)?;
    match once::claim(ctx, &key.0, &fingerprint(&parts, &content)).await? {
        Claim::Run(id) => Ok(settle(ctx, id, next.run(Request::from_parts(parts, Body::from(content))).await).await),
        Claim::Done(reply) => Ok(again(reply)),
        Claim::Running => Err(Error::Stale(running()).into()),
        Claim::Other => Err(other().into()),
    }
}

/// What two calls have in common that are the same call.
fn fingerprint(parts: &Parts, content: &[u8]) -> Vec<u8> {
    let seen = parts.headers.get(header::IF_MATCH).map(HeaderValue::as_bytes).unwrap_or_default();
    [parts.method.as_str().as_bytes(), parts.uri.to_string().as_bytes(), seen, content].join(&b'\n')
}

fn running() -> Issue {
    Issue::error("E-API04", "相同的请求正在处理，请稍后重试", "The same call is running; try again in a moment").field("Idempotency-Key")
}

fn other() -> Issue {
    let english = "This Idempotency-Key was used for another call; take a new one";
    Issue::error("E-API03", "此 Idempotency-Key 已用于另一请求，请换用新值", english).field("Idempotency-Key")
}

/// Keeps the answer of a call that changed something; the key of any other is free again.
async fn settle(ctx: &Ctx, id: Id<KeptAnswer>, response: Response) -> Response {
    if !response.status().is_success() {
        if let Err(error) = once::release(ctx, id).await {
            tracing::warn!(%error, "the key of a refused call was not let go");
        }
        return response;
    }
    let (parts, body) = response.into_parts();
    let content = match to_bytes(body, usize::MAX).await {
        Ok(content) => content,
        Err(broken) => return Fault::from(Error::internal(broken)).into_response(),
    };
    let text = |name: HeaderName| parts.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let reply = Reply {
        status: parts.status.as_u16(),
        kind: text(header::CONTENT_TYPE).unwrap_or_default(),
        tag: text(header::ETAG),
        content: content.to_vec(),
    };
    // The change is made: an answer that could not be kept is told all the same.
    if let Err(error) = once::keep(ctx, id, &reply).await {
        tracing::warn!(%error, "an answer was not kept");
    }
    Response::from_parts(parts, Body::from(content))
}

fn again(reply: Reply) -> Response {
    let mut response = Response::new(Body::from(reply.content));
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::OK);
    let headers = response.headers_mut();
    headers.insert(HeaderName::from_static("idempotency-replayed"), HeaderValue::from_static("true"));
    for (name, value) in [(header::CONTENT_TYPE, Some(reply.kind)), (header::ETAG, reply.tag)] {
        headers.extend(value.and_then(|value| HeaderValue::from_str(&value).ok()).map(|value| (name, value)));
    }
    response
}
