//! Registration of organisations: what a scanned certificate says, announcements, one's own organisations and their rights, the desk's
//! register, segments of codes.

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use organization_pages::registration::naming::{self as naming_pages, Similar};
use organization_pages::registration::{announced, codes, desk as desk_pages, mine, scanned};
use organizations::certificate::{self, Scanned};
use organizations::desk::{self, Filter};
use organizations::naming::{self, Checked};
use organizations::rights::{self, Input, RightId};
use organizations::segments::{self, SegmentId};
use organizations::{OrganizationId, Status, announcements};
use platform::{Ctx, Error, OrgId, Result, Role};
use search_index::Request;
use serde::Deserialize;
use ui::{Values, url};

use super::items::all_regions;
use super::{Access, Answer, FormData, Page, Routes, search};
use crate::App;

const KEEPERS: Access = Access::Staff(&[Role::SystemAdmin]);
const DESK: Access = Access::Staff(desk::READERS);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/so/v/{uscc}", Access::Anyone, scan)
        .get("/organizations/announcements", Access::Anyone, announced_list)
        .get("/organizations/name-check", Access::Anyone, ask_name)
        .post("/organizations/name-check", Access::Anyone, check_name)
        .get("/me/organizations", Access::Citizen, own)
        .get("/me/organizations/{uscc}/rights", Access::Citizen, show_rights)
        .post("/me/organizations/{uscc}/rights", Access::Citizen, give)
        .get("/me/organizations/{uscc}/rights/{right}/revoke", Access::Citizen, ask_revoke)
        .post("/me/organizations/{uscc}/rights/{right}/revoke", Access::Citizen, revoke)
        .get("/desk/organizations", DESK, list)
        .get("/desk/organizations/{id}", DESK, show)
        .get("/admin/code-segments", KEEPERS, stock)
        .post("/admin/code-segments", KEEPERS, receive)
        .upload("/admin/code-segments/table", KEEPERS, receive_table)
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

/// Names like one, shown at most.
const SIMILAR: usize = 10;

/// Organisations of the division with names like the one that was checked, found as the search finds them.
pub(crate) async fn similar(ctx: &Ctx, app: &App, checked: &Checked) -> Result<Vec<Similar>> {
    let region = search::codes(&checked.path);
    let asked = Request { kind: Some(search_index::Kind::Organization), below: region.clone(), home: region.clone(), region, limit: SIMILAR, ..Request::new(checked.words()) };
    let found = app.search.answer(ctx, asked, None).await?;
    Ok(found.answer.hits.into_iter().map(|hit| Similar { name: hit.entry.title, code: hit.entry.code }).collect())
}

async fn name_page(page: &Page, outcome: Option<naming_pages::Outcome>, values: Values) -> Result<String> {
    let regions = all_regions(page.ctx()).await?;
    Ok(naming_pages::page(page.shell(), &regions, outcome, values))
}

async fn ask_name(page: Page) -> Answer {
    page.html(name_page(&page, None, Values::new()).await?)
}

async fn check_name(page: Page, form: FormData) -> Answer {
    let [kind, region, name] = ["kind", "region", "name"].map(|key| form.get(key).to_owned());
    match naming::check(page.ctx(), &naming::Input { kind, region, name }).await {
        Ok(checked) => {
            let similar = similar(page.ctx(), page.app(), &checked).await?;
            let outcome = naming_pages::Outcome { checked, similar, at: page.ctx().now() };
            page.html(name_page(&page, Some(outcome), form.values().clone()).await?)
        }
        Err(error) => {
            let html = name_page(&page, None, form.values().clone().with_issues(error.issues().to_vec())).await?;
            page.again(error, form.values(), |_| html)
        }
    }
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
    page.html(codes::page(page.shell(), overview, None, Values::new()))
}

async fn receive(page: Page, form: FormData) -> Answer {
    let authority = authority(&page)?;
    match segments::receive(page.ctx(), authority, form.get("first"), form.get("last"), form.get("source")).await {
        Ok(_) => page.go_with(url::code_segments(), "saved"),
        Err(error) => {
            let overview = segments::stock(page.ctx(), authority).await?;
            page.again(error, form.values(), |values| codes::page(page.shell(), overview, None, values))
        }
    }
}

async fn receive_table(page: Page, form: FormData) -> Answer {
    let authority = authority(&page)?;
    let bytes = form.file("table").map(|file| file.bytes.to_vec()).unwrap_or_default();
    let outcome = segments::receive_table(page.ctx(), authority, bytes).await;
    let overview = segments::stock(page.ctx(), authority).await?;
    match outcome {
        Ok(received) => page.html(codes::page(page.shell(), overview, Some(received), Values::new())),
        Err(error) => page.again(error, form.values(), |values| codes::page(page.shell(), overview, None, values)),
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
