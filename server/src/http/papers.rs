//! Numbered documents: one's own, one in words, its file, its services, and the check by its symbol.

use std::collections::BTreeMap;

use axum::{
    extract::{Path, Query},
    http::{HeaderName, HeaderValue, header},
    response::IntoResponse,
};
use casework::papers::{self, Checked, PaperId, Part, Served, ServiceId, SignQuery, Way};
use platform::{Ctx, Error, OrgId, Role};
use site::pages::{papers as pages, papers_signs};
use ui::{Values, url};

use super::{Access, Answer, FormData, Page, Routes};

/// Who serves documents.
const SERVE: Access = Access::Staff(&[Role::Clerk, Role::Registrar, Role::Approver]);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/me/papers", Access::Citizen, mine)
        .get("/papers/{id}", Access::SignedIn, show)
        .get("/papers/{id}/file", Access::SignedIn, file)
        .get("/papers/{id}/signature", Access::SignedIn, signature)
        .post("/papers/{id}/serve", SERVE, serve)
        .post("/papers/{id}/send", SERVE, send)
        .post("/papers/{id}/arrived", SERVE, arrived)
        .post("/papers/{id}/void", Access::Staff(&[Role::Approver, Role::Supervisor]), void)
        .get("/d/{token}", Access::Anyone, scanned)
        .get("/admin/signs", Access::Staff(&[Role::SystemAdmin]), signs)
        .post("/admin/signs", Access::Staff(&[Role::SystemAdmin]), set_sign)
}

async fn mine(page: Page, Query(query): Query<BTreeMap<String, String>>) -> Answer {
    let before = query.get("before").and_then(|id| id.parse().ok());
    page.html(pages::mine(page.shell(), papers::mine(page.ctx(), before).await?))
}

async fn show(page: Page, Path(id): Path<PaperId>) -> Answer {
    page.html(pages::show(page.shell(), papers::show(page.ctx(), id).await?, Values::new()))
}

async fn file(page: Page, Path(id): Path<PaperId>) -> Answer {
    sent(papers::download(page.ctx(), id, Part::File).await?)
}

async fn signature(page: Page, Path(id): Path<PaperId>) -> Answer {
    sent(papers::download(page.ctx(), id, Part::Signature).await?)
}

/// A document as a file to keep.
pub(super) fn sent(file: papers::Download) -> Answer {
    let disposition = HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{}", url::segment(&file.name))).map_err(Error::internal)?;
    let headers: [(HeaderName, HeaderValue); 2] =
        [(header::CONTENT_TYPE, HeaderValue::from_static(file.media_type.name())), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, file.content).into_response())
}

/// The page again with what was typed, or the next one.
async fn ended(page: &Page, id: PaperId, form: &FormData, outcome: platform::Result<&'static str>) -> Answer {
    match outcome {
        Ok(flash) => page.go_with(url::paper(id), flash),
        Err(error @ Error::Refused(_)) => {
            let shown = papers::show(page.ctx(), id).await?;
            page.again(error, form.values(), |values| pages::show(page.shell(), shown, values))
        }
        Err(error) => Err(error.into()),
    }
}

fn receiver(form: &FormData) -> Served {
    Served { receiver: form.get("receiver").to_owned(), relation: form.get("relation").to_owned(), receiver_id: form.get("receiver_id").to_owned() }
}

async fn serve(page: Page, Path(id): Path<PaperId>, form: FormData) -> Answer {
    let way = form.get("way").parse().ok().and_then(Way::from_code).unwrap_or(Way::Counter);
    let outcome = papers::serve(page.ctx(), id, way, &receiver(&form)).await.map(|()| "paper-served");
    ended(&page, id, &form, outcome).await
}

async fn send(page: Page, Path(id): Path<PaperId>, form: FormData) -> Answer {
    let outcome = papers::send(page.ctx(), id, form.get("tracking_no")).await.map(|_| "paper-sent");
    ended(&page, id, &form, outcome).await
}

async fn arrived(page: Page, Path(id): Path<PaperId>, form: FormData) -> Answer {
    let service: ServiceId = form.get("service").parse().map_err(|_| Error::NotFound)?;
    let outcome = if form.get("outcome") == "returned" {
        papers::arrived(page.ctx(), service, None).await.map(|()| "paper-returned")
    } else {
        papers::arrived(page.ctx(), service, Some(&receiver(&form))).await.map(|()| "paper-served")
    };
    ended(&page, id, &form, outcome).await
}

async fn void(page: Page, Path(id): Path<PaperId>, form: FormData) -> Answer {
    let outcome = papers::void(page.ctx(), id, form.get("reason")).await.map(|()| "paper-voided");
    ended(&page, id, &form, outcome).await
}

async fn scanned(page: Page, Path(token): Path<String>) -> Answer {
    page.html(pages::checked(page.shell(), checked(page.ctx(), &token).await?))
}

/// What a stranger is told of the document with this token, whichever service keeps it.
pub(crate) async fn checked(ctx: &Ctx, token: &str) -> platform::Result<Option<Checked>> {
    match papers::check(ctx, token).await? {
        Some(found) => Ok(Some(found)),
        None => organizations::supervision::check_paper(ctx, token).await,
    }
}

async fn signs_page(page: &Page, asked: &BTreeMap<String, String>, org: Option<OrgId>, values: Values) -> platform::Result<String> {
    let get = |name: &str| asked.get(name).cloned().unwrap_or_default();
    let section = get("section");
    let fixed = match section.as_str() {
        "fixed" => Some(true),
        "made" => Some(false),
        _ => None,
    };
    let query = SignQuery { words: get("q"), fixed, after: get("after").parse().ok() };
    let found = papers::signs(page.ctx(), &query).await?;
    let editing = match org {
        Some(org) => Some(papers::sign_of(page.ctx(), org).await?),
        None => None,
    };
    Ok(papers_signs::page(page.shell(), papers_signs::Shown { words: query.words, section }, found, editing, values))
}

async fn signs(page: Page, Query(asked): Query<BTreeMap<String, String>>) -> Answer {
    let org = asked.get("org").and_then(|org| org.parse().ok());
    page.html(signs_page(&page, &asked, org, Values::new()).await?)
}

async fn set_sign(page: Page, form: FormData) -> Answer {
    let org = form.get("org").parse().map_err(|_| Error::NotFound)?;
    match papers::set_sign(page.ctx(), org, form.get("sign")).await {
        Ok(()) => page.go_with(url::admin_signs(), "saved"),
        Err(error @ Error::Refused(_)) => {
            let shown = signs_page(&page, &BTreeMap::new(), Some(org), form.values().clone().with_issues(error.issues().to_vec())).await?;
            page.again(error, form.values(), |_| shown)
        }
        Err(error) => Err(error.into()),
    }
}
