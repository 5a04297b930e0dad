//! One's own matters: the list, one of them, and what its applicant may do about it.

use axum::extract::{Path, Query};
use casework::matters::matter;
use casework::ops::{self, Act, Attach};
use casework::{Answers, CaseId, MaterialId, Owner};
use kernel::Instant;
use platform::Result;
use site::pages::matters::apply::SEEN;
use site::pages::matters::apply_papers::{KEY, field};
use site::pages::matters::case::{self as pages, Shown};
use site::pages::matters::{case_mend::VERB, form, mine};
use ui::{Values, url};

use super::{Asked, at_paper, regions};
use crate::http::{Access, Answer, FormData, Page, Routes};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/me/matters", Access::Citizen, list)
        .get("/me/matters/{id}", Access::Citizen, show)
        .upload("/me/matters/{id}/papers", Access::Citizen, send_paper)
        .get("/me/matters/{id}/papers/{paper}", Access::Citizen, paper)
        .post("/me/matters/{id}/act", Access::Citizen, act)
        .get("/me/matters/{id}/withdraw", Access::Citizen, ask_withdraw)
        .post("/me/matters/{id}/withdraw", Access::Citizen, withdraw)
}

async fn list(page: Page, Query(asked): Asked) -> Answer {
    let ctx = page.ctx();
    let at = asked.get("at").and_then(|micros| micros.parse().ok()).map(Instant::from_micros);
    let before = asked.get("before").and_then(|id| id.parse().ok());
    let drafts = if before.is_none() { ops::drafts(ctx).await? } else { Vec::new() };
    let named = drafts.into_iter().filter_map(|draft| matter(ctx, &draft.case_type).ok().map(|matter| (draft, matter.case_type.name.clone())));
    page.html(mine::list(page.shell(), named.collect(), ops::mine(ctx, at.zip(before)).await?))
}

async fn shown(page: &Page, id: CaseId) -> Result<Shown> {
    let ctx = page.ctx();
    let view = ops::my_case(ctx, id).await?;
    let case_type = matter(ctx, &view.head.case_type)?.case_type.clone();
    let regions = regions(ctx, &case_type).await?;
    let query_code = ops::query_code(ctx, id).await?;
    Ok(Shown { documents: casework::papers::of_case(ctx, id).await?, view, case_type, regions, query_code })
}

async fn show(page: Page, Path(id): Path<CaseId>) -> Answer {
    page.html(pages::show(page.shell(), shown(&page, id).await?, Values::new()))
}

async fn send_paper(page: Page, Path(id): Path<CaseId>, sent: FormData) -> Answer {
    let key = sent.get(KEY);
    let (file_name, bytes) = sent.file(&field(key)).map(|file| (file.name.clone(), file.bytes.to_vec())).unwrap_or_default();
    match ops::attach(page.ctx(), Attach { to: Owner::Case(id), key: key.to_owned(), file_name, bytes }).await {
        Ok(_) => page.go_with(url::my_matter(id), "paper-taken"),
        Err(error) => {
            let shown = shown(&page, id).await?;
            page.again(at_paper(error, key), sent.values(), |values| pages::show(page.shell(), shown, values))
        }
    }
}

async fn paper(page: Page, Path((id, paper)): Path<(CaseId, MaterialId)>) -> Answer {
    super::file(ops::content(page.ctx(), Owner::Case(id), paper).await?)
}

/// The answers as mended, if the form had any to mend.
fn mended(shown: &Shown, sent: &FormData) -> Option<Answers> {
    let asked = casework::form::asked(&shown.case_type, &shown.view.answers);
    let fields: Vec<_> = asked.into_iter().flat_map(|(_, fields)| fields).collect();
    let any = fields.iter().any(|field| sent.values().pairs().any(|(name, _)| name == field.key));
    any.then(|| form::merged(&shown.case_type, &fields, &shown.view.answers, sent.values(), &[]))
}

async fn act(page: Page, Path(id): Path<CaseId>, sent: FormData) -> Answer {
    let shown = shown(&page, id).await?;
    let seen = sent.get(SEEN).parse().unwrap_or_default();
    let act = Act { answers: mended(&shown, &sent), ..Act::new(sent.get(VERB), seen) };
    match ops::act(page.ctx(), id, act).await {
        Ok(_) => page.go_with(url::my_matter(id), "case-supplied"),
        Err(error) => page.again(error, sent.values(), |values| pages::show(page.shell(), shown, values)),
    }
}

async fn ask_withdraw(page: Page, Path(id): Path<CaseId>) -> Answer {
    let shown = shown(&page, id).await?;
    if !shown.may_withdraw() {
        return page.go(url::my_matter(id));
    }
    page.html(pages::withdraw(page.shell(), &shown.view, Values::new()))
}

async fn withdraw(page: Page, Path(id): Path<CaseId>, sent: FormData) -> Answer {
    let act = Act { reason: kernel::text::lines(sent.values().raw("reason")), ..Act::new("withdraw", sent.get(SEEN).parse().unwrap_or_default()) };
    match ops::act(page.ctx(), id, act).await {
        Ok(_) => page.go_with(url::my_matter(id), "case-withdrawn"),
        Err(error) => {
            let view = ops::my_case(page.ctx(), id).await?;
            page.again(error, sent.values(), |values| pages::withdraw(page.shell(), &view, values))
        }
    }
}

