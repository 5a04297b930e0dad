//! One's own certificates.

use axum::{
    extract::Path,
    http::{HeaderName, HeaderValue, header},
    response::IntoResponse,
};
use licences::model::EntryId;
use licences::ops::{Download, Part};
use platform::Error;
use site::pages::certificate;
use ui::url;

use super::{Access, Answer, Page, Routes};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/me/certificates", Access::Citizen, mine)
        .get("/me/certificates/{id}/file", Access::Citizen, file)
        .get("/me/certificates/{id}/signature", Access::Citizen, signature)
}

async fn mine(page: Page) -> Answer {
    let level = page.ctx().actor().citizen().map_or(0, |citizen| citizen.level);
    let all = licences::ops::mine(page.ctx()).await?;
    page.html(certificate::mine(page.shell(), all, level))
}

async fn file(page: Page, Path(id): Path<EntryId>) -> Answer {
    send(licences::ops::download(page.ctx(), id, Part::File).await?)
}

async fn signature(page: Page, Path(id): Path<EntryId>) -> Answer {
    send(licences::ops::download(page.ctx(), id, Part::Signature).await?)
}

fn send(file: Download) -> Answer {
    let disposition = format!("attachment; filename*=UTF-8''{}", url::segment(&file.name));
    let disposition = HeaderValue::from_str(&disposition).map_err(Error::internal)?;
    let headers: [(HeaderName, HeaderValue); 2] = [
        (header::CONTENT_TYPE, HeaderValue::from_static(file.media_type.name())),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, file.content).into_response())
}
