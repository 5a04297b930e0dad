//! From a session cookie or a bearer token to who acts.

use axum::http::{HeaderMap, Method, header};
use platform::{Actor, Ctx, Result};
use ui::Who;

use super::cookies;

/// Who acts, and how the frame of the page names them.
pub(crate) struct Signed {
    pub(crate) actor: Actor,
    pub(crate) who: Who,
}

impl Signed {
    /// A visitor who is not signed in.
    pub(crate) fn nobody() -> Self {
        Self { actor: Actor::Anonymous, who: Who::Nobody }
    }
}

/// The bearer token of a request.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// Who acts. `ctx` is the request with nobody acting. Under `/api`, cookies serve for reading only: what changes something
/// there needs a bearer token, so that no other site can use a person's cookies for it.
pub(crate) async fn identify(ctx: &Ctx, api: bool, method: &Method, headers: &HeaderMap) -> Result<Signed> {
    let _ = (ctx, bearer(headers));
    let cookies_serve = !api || matches!(*method, Method::GET | Method::HEAD);
    if cookies_serve && cookies::get(headers, cookies::SESSION).is_some() {
        return Ok(Signed::nobody());
    }
    Ok(Signed::nobody())
}
