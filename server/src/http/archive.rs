//! Archives: what is due, packages, and their verification.

use std::collections::BTreeMap;

use axum::{
    extract::{Path, Query},
    http::{HeaderName, HeaderValue, header},
    response::IntoResponse,
};
use casework::{CaseId, archive};
use kernel::{Instant, Issue};
use platform::{Error, Role};
use site::pages::archive as pages;
use ui::{Values, url};

use super::{Access, Answer, FormData, Page, Routes};

const ARCHIVIST: Access = Access::Staff(&[Role::Archivist]);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/archive", ARCHIVIST, due)
        .get("/archive/packages", ARCHIVIST, packages)
        .get("/archive/check", ARCHIVIST, ask_check)
        .upload("/archive/check", ARCHIVIST, check)
        .get("/archive/{id}", ARCHIVIST, package)
        .post("/archive/{id}/start", ARCHIVIST, start)
        .post("/archive/{id}/verify", ARCHIVIST, verify)
        .get("/archive/{id}/package.tar", ARCHIVIST, download)
}

async fn due(page: Page, Query(query): Query<BTreeMap<String, String>>) -> Answer {
    let after = query.get("after").map_or("", String::as_str);
    page.html(pages::due(page.shell(), archive::due(page.ctx(), after).await?))
}

async fn packages(page: Page, Query(query): Query<BTreeMap<String, String>>) -> Answer {
    let before = query.get("before").and_then(|at| at.parse().ok()).map(Instant::from_micros);
    page.html(pages::packages(page.shell(), archive::packages(page.ctx(), before).await?))
}

async fn package(page: Page, Path(id): Path<CaseId>) -> Answer {
    page.html(pages::package(page.shell(), archive::package(page.ctx(), id).await?, Values::new()))
}

async fn start(page: Page, Path(id): Path<CaseId>, _form: FormData) -> Answer {
    archive::start(page.ctx(), id).await?;
    page.go_with(url::archive(), "archive-started")
}

async fn verify(page: Page, Path(id): Path<CaseId>, form: FormData) -> Answer {
    match archive::verify(page.ctx(), id).await {
        Ok(()) => page.go_with(url::archive_case(id), "archive-whole"),
        Err(error) => {
            let shown = archive::package(page.ctx(), id).await?;
            page.again(error, form.values(), |values| pages::package(page.shell(), shown, values))
        }
    }
}

async fn download(page: Page, Path(id): Path<CaseId>) -> Answer {
    let (name, content) = archive::download(page.ctx(), id).await?;
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")).map_err(Error::internal)?;
    let headers: [(HeaderName, HeaderValue); 2] =
        [(header::CONTENT_TYPE, HeaderValue::from_static("application/x-tar")), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, content).into_response())
}

async fn ask_check(page: Page) -> Answer {
    page.html(pages::check(page.shell(), false, Values::new()))
}

async fn check(page: Page, form: FormData) -> Answer {
    let outcome = match form.file("package") {
        Some(file) => archive::verify_file(page.ctx(), &file.bytes),
        None => Err(Issue::error("E-FILE01", "请选择文件", "Choose a file").field("package").into()),
    };
    match outcome {
        Ok(()) => page.html(pages::check(page.shell(), true, Values::new())),
        Err(error) => page.again(error, form.values(), |values| pages::check(page.shell(), false, values)),
    }
}
