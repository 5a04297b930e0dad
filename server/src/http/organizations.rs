//! Registration of organisations: what a scanned certificate says, announcements, one's own organisations and their rights, the desk's
//! register, segments of codes.

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use organization_pages::registration::{announced, codes, desk as desk_pages, mine, scanned};
use organizations::certificate::{self, Scanned};
use organizations::desk::{self, Filter};
use organizations::rights::{self, Input, RightId};
use organizations::segments::{self, SegmentId};
use organizations::{OrganizationId, Status, announcements};
use platform::{Error, OrgId, Result, Role};
use serde::Deserialize;
use ui::{Values, url};

use super::{Access, Answer, FormData, Page, Routes};

const KEEPERS: Access = Access::Staff(&[Role::SystemAdmin]);
const DESK: Access = Access::Staff(desk::READERS);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/so/v/{uscc}", Access::Anyone, scan)
        .get("/organizations/announcements", Access::Anyone, announced_list)
        .get("/me/organizations", Access::Citizen, own)
        .get("/me/organizations/{uscc}/rights", Access::Citizen, show_rights)
        .post("/me/organizations/{uscc}/rights", Access::Citizen, give)
        .get("/me/organizations/{uscc}/rights/{right}/revoke", Access::Citizen, ask_revoke)
        .post("/me/organizations/{uscc}/rights/{right}/revoke", Access::Citizen, revoke)
        .get("/desk/organizations", DESK, list)
        .get("/desk/organizations/{id}", DESK, show)
        .get("/admin/code-segments", KEEPERS, stock)
        .post("/admin/code-segments", KEEPERS, receive)
        .get("/admin/code-segments/spoil", KEEPERS, ask_spoil)
        .post("/admin/code-segments/spoil", KEEPERS, spoil)
        .get("/admin/code-segments/{id}", KEEPERS, gone)
}

/// The address in the QR symbol of a certificate.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Symbol {
    c: String,
    v: String,
    t: String,
    s: String,
}

async fn scan(page: Page, Path(uscc): Path<String>, Query(symbol): Query<Symbol>) -> Answer {
    let read = Scanned { no: symbol.c, version: symbol.v, day: symbol.t, signature: symbol.s };
    let verdict = certificate::check(page.ctx(), &uscc, &read).await?;
    let status = if verdict.entry.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    Ok((status, Html(scanned::page(page.shell(), verdict, page.ctx().now()))).into_response())
}

/// Where a page of a list begins, and what is looked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    before: String,
    after: String,
    text: String,
    status: String,
}

async fn announced_list(page: Page, Query(asked): Query<Asked>) -> Answer {
    let (found, next) = announcements::newest(page.ctx(), asked.before.parse().ok()).await?;
    page.html(announced::page(page.shell(), found, next))
}

async fn own(page: Page) -> Answer {
    let found = rights::mine(page.ctx()).await?;
    page.html(mine::list(page.shell(), found))
}

async fn show_rights(page: Page, Path(uscc): Path<String>) -> Answer {
    let (entry, given) = rights::given(page.ctx(), &uscc).await?;
    page.html(mine::rights(page.shell(), entry, given, Values::new()))
}

async fn give(page: Page, Path(uscc): Path<String>, form: FormData) -> Answer {
    let [name, number, item, from, to] = ["name", "number", "item", "from", "to"].map(|key| form.get(key).to_owned());
    match rights::give(page.ctx(), &uscc, &Input { name, number, item, from, to }).await {
        Ok(_) => page.go_with(url::organization_rights(&uscc), "saved"),
        Err(error) => {
            let (entry, given) = rights::given(page.ctx(), &uscc).await?;
            page.again(error, form.values(), |values| mine::rights(page.shell(), entry, given, values))
        }
    }
}

async fn ask_revoke(page: Page, Path((uscc, right)): Path<(String, RightId)>) -> Answer {
    let (entry, given) = rights::given(page.ctx(), &uscc).await?;
    let right = given.iter().find(|given| given.id == right && given.revoked_at.is_none()).ok_or(Error::NotFound)?;
    page.html(mine::revoke(page.shell(), &entry, right))
}

async fn revoke(page: Page, Path((uscc, right)): Path<(String, RightId)>, _form: FormData) -> Answer {
    rights::revoke(page.ctx(), &uscc, right).await?;
    page.go_with(url::organization_rights(&uscc), "done")
}

async fn list(page: Page, Query(asked): Query<Asked>) -> Answer {
    let filter = Filter { text: asked.text.clone(), status: Status::from_code(&asked.status), before: asked.before.parse().ok() };
    let (found, next) = desk::list(page.ctx(), &filter).await?;
    let values = Values::new().with("text", &asked.text).with("status", &asked.status);
    page.html(desk_pages::list(page.shell(), found, next, values))
}

async fn show(page: Page, Path(id): Path<OrganizationId>) -> Answer {
    let (entry, private) = desk::view(page.ctx(), id).await?;
    page.html(desk_pages::view(page.shell(), entry, private))
}

/// The authority whose segments the administrator keeps: his own.
fn authority(page: &Page) -> Result<OrgId> {
    page.ctx().actor().staff().map(|staff| staff.org).ok_or(Error::SignIn)
}

async fn stock(page: Page) -> Answer {
    let overview = segments::stock(page.ctx(), authority(&page)?).await?;
    page.html(codes::page(page.shell(), overview, Values::new()))
}

async fn receive(page: Page, form: FormData) -> Answer {
    let authority = authority(&page)?;
    match segments::receive(page.ctx(), authority, form.get("first"), form.get("last"), form.get("source")).await {
        Ok(_) => page.go_with(url::code_segments(), "saved"),
        Err(error) => {
            let overview = segments::stock(page.ctx(), authority).await?;
            page.again(error, form.values(), |values| codes::page(page.shell(), overview, values))
        }
    }
}

async fn gone(page: Page, Path(id): Path<SegmentId>, Query(asked): Query<Asked>) -> Answer {
    let (found, next) = segments::gone(page.ctx(), authority(&page)?, id, &asked.after).await?;
    page.html(codes::gone(page.shell(), id, found, next))
}

async fn ask_spoil(page: Page) -> Answer {
    page.html(codes::spoil(page.shell(), Values::new(), false))
}

async fn spoil(page: Page, form: FormData) -> Answer {
    if form.get("confirmed") != "yes" {
        return page.html(codes::spoil(page.shell(), form.values().clone(), true));
    }
    match segments::spoil(page.ctx(), authority(&page)?, form.get("subject"), form.get("reason")).await {
        Ok(()) => page.go_with(url::code_segments(), "done"),
        Err(error) => page.again(error, form.values(), |values| codes::spoil(page.shell(), values, false)),
    }
}
