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
const AT_ONCE: usize = 12;
/// Most bytes of such a request: a name, two numbers and a token.
const BODY_LIMIT: usize = 16 * 1024;

/// The lane; clones share it.
#[derive(Clone)]
pub(super) struct Lane(Arc<Semaphore>);

impl Lane {
    /// An empty lane.
    pub(super) fn new() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

/// Waits for its turn, then runs. The body is read before, so that nobody holds the lane by sending slowly.
pub(super) async fn pass(State(lane): State<Lane>, request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_LIMIT).await else { return StatusCode::PAYLOAD_TOO_LARGE.into_response() };
    let _permit = lane.0.acquire().await.expect("nobody closes the lane");
    next.run(Request::from_parts(head, Body::from(body))).await
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use axum::{Router, middleware, routing::post};
    use tower::ServiceExt as _;

    use super::*;

    #[tokio::test]
    async fn a_few_run_at_a_time_and_everybody_is_answered() {
        let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let handler = {
            let most = most.clone();
            move || async move {
                most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                tokio::task::yield_now().await;
                running.fetch_sub(1, Ordering::SeqCst);
                "done"
            }
        };
        let router = Router::new().route("/", post(handler)).layer(middleware::from_fn_with_state(Lane::new(), pass));
        let ask = |body: String| router.clone().oneshot(Request::post("/").body(Body::from(body)).expect("a request"));
        let asked: Vec<_> = (0..AT_ONCE * 5).map(|n| tokio::spawn(ask(n.to_string()))).collect();
        for answer in asked {
            assert_eq!(answer.await.expect("no panic").expect("an answer").status(), StatusCode::OK);
        }
        assert_eq!(most.load(Ordering::SeqCst), AT_ONCE);
        let much = ask("x".repeat(BODY_LIMIT + 1)).await.expect("an answer");
        assert_eq!(much.status(), StatusCode::PAYLOAD_TOO_LARGE);
    }
}
