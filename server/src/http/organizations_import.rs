//! Imports of registers: a table is sent, mapped, tried, loaded.

use std::io::Cursor;

use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::IntoResponse;
use organization_pages::import as pages;
use organizations::import::{self, IMPORTS, ImportId, Sent};
use platform::Error;
use serde::Deserialize;
use ui::{Values, url};

use super::{Access, Answer, FormData, Page, Routes};

const IMPORTS_ONLY: Access = Access::Staff(&IMPORTS);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/admin/organizations/imports", IMPORTS_ONLY, list)
        .upload("/admin/organizations/imports", IMPORTS_ONLY, send)
        .get("/admin/organizations/imports/{id}", IMPORTS_ONLY, show)
        .post("/admin/organizations/imports/{id}/map", IMPORTS_ONLY, map)
        .get("/admin/organizations/imports/{id}/load", IMPORTS_ONLY, ask)
        .post("/admin/organizations/imports/{id}/load", IMPORTS_ONLY, load)
        .get("/admin/organizations/imports/{id}/rejected.csv", IMPORTS_ONLY, rejected)
}

/// Where a page of a list begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    before: String,
    after: String,
}

async fn list_page(page: &Page, before: Option<ImportId>, values: Values) -> Result<String, Error> {
    let (lines, more) = import::imports(page.ctx(), before).await?;
    Ok(pages::list(page.shell(), lines, more, values))
}

async fn list(page: Page, Query(asked): Query<Asked>) -> Answer {
    page.html(list_page(&page, asked.before.parse().ok(), Values::new()).await?)
}

async fn send(page: Page, form: FormData) -> Answer {
    let ctx = page.ctx();
    let (file_name, bytes) = form.file("table").map(|file| (file.name.clone(), file.bytes.to_vec())).unwrap_or_default();
    let sent = Sent { file_name, authority: import::own_body(ctx)?, source: Cursor::new(bytes) };
    match import::send(ctx, sent).await {
        Ok(id) => page.go(url::import(id)),
        Err(error) => {
            let shown = list_page(&page, None, form.values().clone().with_issues(error.issues().to_vec())).await?;
            page.again(error, form.values(), |_| shown)
        }
    }
}

async fn one(page: &Page, id: ImportId, after: i64, values: Values) -> Result<String, Error> {
    let seen = import::import(page.ctx(), id).await?;
    let rejects = import::rejects(page.ctx(), id, after).await?;
    Ok(pages::page(page.shell(), seen, rejects, values))
}

async fn show(page: Page, Path(id): Path<ImportId>, Query(asked): Query<Asked>) -> Answer {
    page.html(one(&page, id, asked.after.parse().unwrap_or_default(), Values::new()).await?)
}

async fn map(page: Page, Path(id): Path<ImportId>, form: FormData) -> Answer {
    let columns = import::import(page.ctx(), id).await?.columns.len();
    let chosen: Vec<String> = (0..columns).map(|place| form.get(&format!("column_{place}")).to_owned()).collect();
    match import::map(page.ctx(), id, &chosen).await {
        Ok(()) => page.go(url::import(id)),
        Err(error) => {
            let shown = one(&page, id, 0, form.values().clone().with_issues(error.issues().to_vec())).await?;
            page.again(error, form.values(), |_| shown)
        }
    }
}

async fn ask(page: Page, Path(id): Path<ImportId>) -> Answer {
    page.html(pages::ask(page.shell(), import::import(page.ctx(), id).await?))
}

async fn load(page: Page, Path(id): Path<ImportId>, _: FormData) -> Answer {
    import::load(page.ctx(), id).await?;
    page.go(url::import(id))
}

async fn rejected(page: Page, Path(id): Path<ImportId>) -> Answer {
    let bytes = import::rejected_csv(page.ctx(), id, page.lang()).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"rejected.csv\""),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    Ok((headers, bytes).into_response())
}
