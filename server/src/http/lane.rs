//! The lane of released days: on the day when everybody comes, fifty thousand ask about one release while a clerk has a queue in front of
//! her. Requests about releases run a few at a time and wait in the order in which they came; everything else goes past them.
//!
//! A request is received when the lane lets it in: what it does, and the place that a join gets, carry that moment. First in is first out,
//! so the order is that of arrival.

use std::sync::Arc;

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use tokio::sync::Semaphore;

/// Requests about releases that run at the same time: enough to keep the writer's group commits full, and so few that a page of the desk
/// finds a free core and a free connection.
pub const AT_ONCE: usize = 12;
/// Most bytes of such a request: a name, two numbers and a token.
pub const BODY_LIMIT: usize = 16 * 1024;

/// The lane; clones share it.
#[derive(Clone)]
pub struct Lane(Arc<Semaphore>);

impl Default for Lane {
    /// An empty lane.
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

/// Waits for its turn, then runs. The body is read before, so that nobody holds the lane by sending slowly.
pub async fn pass(State(lane): State<Lane>, request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_LIMIT).await else { return StatusCode::PAYLOAD_TOO_LARGE.into_response() };
    let _permit = lane.0.acquire().await.expect("nobody closes the lane");
    next.run(Request::from_parts(head, Body::from(body))).await
}
