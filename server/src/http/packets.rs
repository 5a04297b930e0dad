//! Packets between the place that took a case in and the body that answers.

use axum::extract::{Path, Query};
use casework::cross::{self, Method, PacketId, Section, Sheet};
use casework::CaseId;
use kernel::{Id, Instant};
use platform::{Error, Role};
use serde::Deserialize;
use site::pages::packets as pages;
use site::pages::work::cross as block;
use ui::{Values, url};

use super::{Access, Answer, FormData, Page, Routes};

const READ: Access = Access::Staff(&[Role::Clerk, Role::Precheck, Role::Head, Role::Supervisor]);
const ACT: Access = Access::Staff(&[Role::Clerk, Role::Precheck, Role::Examiner]);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/desk/packets", READ, list)
        .post("/desk/packets/{id}/send", ACT, send)
        .post("/desk/packets/{id}/sign", ACT, sign)
        .get("/desk/packets/cases/{id}", READ, show)
        .post("/desk/packets/cases/{id}/identify", ACT, identify)
        .post("/desk/packets/cases/{id}/again", ACT, again)
        .post("/desk/packets/cases/{id}/recheck", ACT, recheck)
}

/// Which packets.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    section: String,
    after: String,
}

/// Where the page before ended, as in addresses.
pub(crate) fn after<K>(text: &str) -> Option<(Instant, Id<K>)> {
    let (made, id) = text.split_once('~')?;
    Some((Instant::from_micros(made.parse().ok()?), id.parse().ok()?))
}

async fn list(page: Page, Query(asked): Query<Asked>) -> Answer {
    let section = Section::from_code(&asked.section).unwrap_or_default();
    let found = cross::packets(page.ctx(), section, after(&asked.after)).await?;
    page.html(pages::list(page.shell(), section, found, Values::new()))
}

async fn case_page(page: &Page, case: CaseId, values: Values) -> Result<String, Error> {
    let ctx = page.ctx();
    let view = cross::of_case(ctx, case).await?.ok_or(Error::NotFound)?;
    let head = casework::head(ctx.db(), case).await?;
    Ok(block::page(page.shell(), ctx.now(), case, head.case_no, view, values))
}

async fn show(page: Page, Path(id): Path<CaseId>) -> Answer {
    page.html(case_page(&page, id, Values::new()).await?)
}

/// The case again with what is wrong, or with a word on what was done.
async fn ended(page: &Page, case: CaseId, sent: &FormData, outcome: platform::Result<&'static str>) -> Answer {
    match outcome {
        Ok(flash) => page.go_with(url::cross_case(case), flash),
        Err(error @ Error::Refused(_)) => {
            let html = case_page(page, case, sent.values().clone().with_issues(error.issues().to_vec())).await?;
            page.again(error, sent.values(), |_| html)
        }
        Err(error) => page.again(error, sent.values(), |_| String::new()),
    }
}

async fn send(page: Page, Path(id): Path<PacketId>, sent: FormData) -> Answer {
    let case = cross::case_of(page.ctx(), id).await?;
    let outcome = cross::send(page.ctx(), id, sent.get("express_no")).await.map(|()| "packet-sent");
    ended(&page, case, &sent, outcome).await
}

async fn sign(page: Page, Path(id): Path<PacketId>, sent: FormData) -> Answer {
    let case = cross::case_of(page.ctx(), id).await?;
    let outcome = cross::sign(page.ctx(), id).await.map(|()| "packet-signed");
    ended(&page, case, &sent, outcome).await
}

async fn identify(page: Page, Path(id): Path<CaseId>, sent: FormData) -> Answer {
    let method = Method::from_code(sent.get("method")).unwrap_or(Method::Card);
    let outcome = cross::identify(page.ctx(), id, method).await.map(|()| "identity-noted");
    ended(&page, id, &sent, outcome).await
}

async fn again(page: Page, Path(id): Path<CaseId>, sent: FormData) -> Answer {
    let sheet = Sheet::from_code(sent.get("kind")).unwrap_or(Sheet::Scan);
    let outcome = cross::again(page.ctx(), id, sheet).await.map(|_| "packet-made");
    ended(&page, id, &sent, outcome).await
}

async fn recheck(page: Page, Path(id): Path<CaseId>, sent: FormData) -> Answer {
    let outcome = cross::recheck(page.ctx(), id, sent.get("reason")).await.map(|()| "identity-noted");
    ended(&page, id, &sent, outcome).await
}
