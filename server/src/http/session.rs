//! From a session cookie or a bearer token to who acts.

use axum::http::{HeaderMap, Method, header};
use identity::{session, tokens};
use kernel::Instant;
use platform::{Actor, Ctx, Error, Result, Role, regions};
use ui::Who;

use super::cookies;

/// Roles that work at the counter.
pub(crate) const DESK: [Role; 4] = [Role::Clerk, Role::Registrar, Role::Reviewer, Role::Approver];
/// Roles that do something in a case of some service, or look after those who do.
pub(crate) const CASES: [Role; 14] = [
    Role::Precheck,
    Role::Clerk,
    Role::Registrar,
    Role::Examiner,
    Role::Inspector,
    Role::Reviewer,
    Role::Approver,
    Role::Maker,
    Role::Sealer,
    Role::Deliverer,
    Role::Archivist,
    Role::Head,
    Role::Supervisor,
    Role::Leader,
];
/// Roles that follow up ratings and answer questions and complaints.
const CARE: [Role; 5] = [Role::RatingHandler, Role::Dispatcher, Role::ComplaintHandler, Role::Head, Role::Supervisor];
/// Roles that look at supervision's wall.
const OVERSIGHT: [Role; 2] = [Role::Supervisor, Role::Head];
/// Roles that have pages of administration.
const ADMIN: [Role; 7] =
    [Role::SystemAdmin, Role::SecurityAdmin, Role::AuditAdmin, Role::ItemEditor, Role::ItemReviewer, Role::ItemPublisher, Role::Archivist];

/// Who acts, and how the frame of the page names them.
pub(crate) struct Signed {
    pub(crate) actor: Actor,
    pub(crate) who: Who,
    /// When the session ends unless it is used again.
    pub(crate) until: Option<Instant>,
    /// Nothing may be done before the password is changed.
    pub(crate) must_change: bool,
}

impl Signed {
    fn program(actor: Actor) -> Self {
        Self { actor, who: Who::Nobody, until: None, must_change: false }
    }

    pub(crate) fn nobody() -> Self {
        Self::program(Actor::Anonymous)
    }
}

/// The bearer token of a request.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// Who acts. `ctx` is the request with nobody acting. Under `/api`, cookies serve for reading only: what changes something
/// there needs a bearer token, so that no other site can use a person's cookies for it. A token that is worth nothing is an error,
/// never a visitor.
pub(crate) async fn identify(ctx: &Ctx, api: bool, method: &Method, headers: &HeaderMap) -> Result<Signed> {
    if let Some(token) = bearer(headers).filter(|_| api) {
        let actor = tokens::find(ctx, token).await?.ok_or(Error::SignIn)?;
        return Ok(Signed::program(actor));
    }
    let cookies_serve = !api || matches!(*method, Method::GET | Method::HEAD);
    let Some(token) = cookies::get(headers, cookies::SESSION).filter(|token| cookies_serve && !token.is_empty()) else {
        return Ok(Signed::nobody());
    };
    match session::find(ctx, token).await? {
        Some(found) => {
            let who = who(ctx, &found.actor, found.name).await?;
            Ok(Signed { actor: found.actor, who, until: Some(found.until), must_change: found.must_change })
        }
        None => Ok(Signed::nobody()),
    }
}

async fn who(ctx: &Ctx, actor: &Actor, name: String) -> Result<Who> {
    let Actor::Staff(staff) = actor else { return Ok(Who::Citizen { name }) };
    let office = regions::organisation(ctx.db(), staff.org).await?.map(|org| org.name.get(ctx.lang()).to_owned()).unwrap_or_default();
    let holds = |roles: &[Role]| staff.grants.iter().any(|grant| roles.contains(&grant.role));
    Ok(Who::Staff {
        name,
        office,
        desk: holds(&DESK),
        cases: holds(&CASES),
        care: holds(&CARE),
        figures: holds(statistics::READERS),
        oversight: holds(&OVERSIGHT),
        admin: holds(&ADMIN),
    })
}
