//! Electronic licences for administrators and archivists: reports, mandates, older licences.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use identity::tokens;
use licences::ops::{self, NewMandate};
use licences::stock::{self, BatchId, ROLES, Review, Stage, Submit};
use platform::{Error, Role};
use site::pages::{licence_stock, licences_admin};
use ui::{Values, url};

use super::{Access, Answer, FormData, Page, Routes};

const EITHER: Access = Access::Staff(&[Role::SystemAdmin, Role::SecurityAdmin]);
const SECURITY: Access = Access::Staff(&[Role::SecurityAdmin]);
const ARCHIVIST: Access = Access::Staff(&ROLES);

/// The pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/admin/licences", EITHER, overview)
        .post("/admin/licences/mandates", SECURITY, give)
        .post("/admin/licences/mandates/end", SECURITY, end)
        .get("/desk/licence-stock", ARCHIVIST, batches)
        .upload("/desk/licence-stock", ARCHIVIST, enter)
        .get("/desk/licence-stock/{id}", ARCHIVIST, batch)
        .post("/desk/licence-stock/{id}/review", ARCHIVIST, review)
}

async fn overview_page(page: &Page, values: Values) -> Result<String, Error> {
    let ctx = page.ctx();
    let may = |role: Role| ctx.require_role(&[role]).is_ok();
    let reports = if may(Role::SystemAdmin) { Some(ops::reports(ctx).await?) } else { None };
    let mandates = if may(Role::SecurityAdmin) {
        let programs = tokens::list(ctx).await?.into_iter().filter(|token| token.revoked_at.is_none() && token.until > ctx.now());
        Some(licences_admin::Mandates { given: ops::mandates(ctx).await?, programs: programs.collect(), types: ops::types(ctx).await? })
    } else {
        None
    };
    Ok(licences_admin::overview(page.shell(), reports, mandates, values))
}

async fn overview(page: Page) -> Answer {
    page.html(overview_page(&page, Values::new()).await?)
}

async fn give(page: Page, form: FormData) -> Answer {
    let chosen = tokens::list(page.ctx()).await?.into_iter().find(|token| token.id.to_string() == form.get("token"));
    let given = match chosen {
        Some(token) => {
            let new = NewMandate { token: token.id, program: token.name, type_code: form.get("type_code").into(), law: form.get("law").into() };
            ops::give_mandate(page.ctx(), &new).await.map(drop)
        }
        None => Err(kernel::Issue::error("E-P508", "请选择系统", "Choose a program").field("token").into()),
    };
    match given {
        Ok(()) => page.go_with(url::admin_licences(), "mandate-given"),
        Err(error) => {
            let shown = overview_page(&page, form.values().clone().with_issues(error.issues().to_vec())).await?;
            page.again(error, form.values(), |_| shown)
        }
    }
}

async fn end(page: Page, form: FormData) -> Answer {
    ops::end_mandate(page.ctx(), form.get("id").parse().map_err(|_| Error::NotFound)?).await?;
    page.go_with(url::admin_licences(), "mandate-ended")
}

async fn batches(page: Page) -> Answer {
    page.html(licence_stock::list(page.shell(), stock::batches(page.ctx()).await?, Values::new()))
}

async fn enter(page: Page, form: FormData) -> Answer {
    let table = form.file("table").map(|file| file.bytes.to_vec()).unwrap_or_default();
    let submitted = Submit { name: form.get("name").to_owned(), origin: form.get("origin").to_owned(), table };
    match stock::submit(page.ctx(), &submitted).await {
        Ok(id) => page.go_with(url::licence_batch(id), "stock-entered"),
        Err(error) => {
            let all = stock::batches(page.ctx()).await?;
            page.again(error, form.values(), |values| licence_stock::list(page.shell(), all, values))
        }
    }
}

async fn batch_page(page: &Page, id: BatchId, after: i64, values: Values) -> Result<String, Error> {
    let batch = stock::batch(page.ctx(), id).await?;
    let sample = if batch.own { Vec::new() } else { stock::sample(page.ctx(), id).await? };
    let refused = stock::refused_lines(page.ctx(), id, after).await?;
    Ok(licence_stock::batch(page.shell(), batch, sample, refused, values))
}

async fn batch(page: Page, Path(id): Path<BatchId>, Query(query): Query<BTreeMap<String, String>>) -> Answer {
    let after = query.get("after").and_then(|after| after.parse().ok()).unwrap_or(0);
    page.html(batch_page(&page, id, after, Values::new()).await?)
}

async fn review(page: Page, Path(id): Path<BatchId>, form: FormData) -> Answer {
    // What is no number is out of range.
    let number = |field: &str| kernel::text::code(form.get(field)).parse().unwrap_or(-1);
    match stock::review(page.ctx(), id, Review { compared: number("compared"), wrong: number("wrong") }).await {
        Ok(Stage::Refused) => page.go_with(url::licence_batch(id), "stock-refused"),
        Ok(_) => page.go_with(url::licence_batch(id), "stock-loading"),
        Err(error) => {
            let shown = batch_page(&page, id, 0, form.values().clone().with_issues(error.issues().to_vec())).await?;
            page.again(error, form.values(), |_| shown)
        }
    }
}
