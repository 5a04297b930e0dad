//! The door of a route.

use std::sync::Arc;

use axum::{
    extract::Request,
    http::Method,
    middleware::Next,
    response::{IntoResponse, Response},
};
use kernel::Issue;
use platform::{Actor, Error};

use super::{Access, Fault, Visit, forms};

/// Lets the request pass if its actor may enter.
pub(super) async fn enter(access: Access, request: Request, next: Next) -> Response {
    let allowed = match request.extensions().get::<Arc<Visit>>() {
        Some(visit) => may_enter(access, visit),
        None => Err(Error::internal("a route outside of the visit")),
    };
    match allowed {
        Ok(()) => next.run(request).await,
        // The session ended while the form was filled in: what was typed must not be lost.
        Err(Error::SignIn) if request.method() == Method::POST => {
            Fault::SignInFirst { values: forms::typed(request).await }.into_response()
        }
        Err(error) => Fault::from(error).into_response(),
    }
}

fn may_enter(access: Access, visit: &Visit) -> Result<(), Error> {
    match (access, visit.ctx.actor()) {
        (Access::Anyone, _) => Ok(()),
        (_, Actor::Anonymous) => Err(Error::SignIn),
        (Access::SignedIn, _) => Ok(()),
        (Access::Citizen, actor) if actor.citizen().is_some() => Ok(()),
        (Access::Citizen, _) => Err(Error::Denied(Issue::error(
            "E-P805",
            "这是个人办事页面，请用个人账号登录",
            "This page is for citizens. Sign in with a personal account",
        ))),
        (Access::Staff([]), Actor::Staff(_) | Actor::Program(_)) => Ok(()),
        (Access::Staff([]), _) => Err(Error::Denied(Issue::error("E-P805", "此页面仅供工作人员使用", "This page is for staff"))),
        (Access::Staff(roles), _) => visit.ctx.require_role(roles),
    }
}
