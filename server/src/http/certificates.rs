//! One's own certificates.

use axum::{
    extract::Path,
    http::{HeaderName, HeaderValue, header},
    response::IntoResponse,
};
use licences::model::EntryId;
use licences::ops::{Copying, Download, Lifetime, Part};
use platform::Error;
use site::pages::certificate;
use ui::{Values, url};

use super::{Access, Answer, FormData, Page, Routes};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/me/certificates", Access::Citizen, mine)
        .get("/me/certificates/consent", Access::Citizen, ask_consent)
        .post("/me/certificates/consent", Access::Citizen, consent)
        .get("/me/certificates/{id}/file", Access::Citizen, file)
        .get("/me/certificates/{id}/signature", Access::Citizen, signature)
        .get("/me/certificates/{id}/copy", Access::Citizen, ask_copy)
        .post("/me/certificates/{id}/copy", Access::Citizen, copy)
}

async fn mine(page: Page) -> Answer {
    let level = page.ctx().actor().citizen().map_or(0, |citizen| citizen.level);
    let all = licences::ops::mine(page.ctx()).await?;
    page.html(certificate::mine(page.shell(), all, level))
}

async fn ask_consent(page: Page) -> Answer {
    let all = licences::ops::mine(page.ctx()).await?;
    page.html(certificate::consent(page.shell(), &all, Values::new()))
}

/// The code is shown in the answer itself: it must not stand in an address, and a reload asks before it makes another one.
async fn consent(page: Page, form: FormData) -> Answer {
    match licences::ops::give_consent(page.ctx(), form.get("type_code")).await {
        Ok(given) => page.html(certificate::consent_code(page.shell(), given)),
        Err(error) => {
            let all = licences::ops::mine(page.ctx()).await?;
            page.again(error, form.values(), |values| certificate::consent(page.shell(), &all, values))
        }
    }
}

async fn file(page: Page, Path(id): Path<EntryId>) -> Answer {
    send(licences::ops::download(page.ctx(), id, Part::File).await?)
}

async fn signature(page: Page, Path(id): Path<EntryId>) -> Answer {
    send(licences::ops::download(page.ctx(), id, Part::Signature).await?)
}

async fn ask_copy(page: Page, Path(id): Path<EntryId>) -> Answer {
    page.html(certificate::copy(page.shell(), id, Values::new()))
}

async fn copy(page: Page, Path(id): Path<EntryId>, form: FormData) -> Answer {
    let days = form.get("days");
    let wanted = Copying {
        used_by: form.get("used_by").to_owned(),
        purpose: form.get("purpose").to_owned(),
        lifetime: Lifetime::ALL.into_iter().find(|lifetime| lifetime.days().to_string() == days).unwrap_or(Lifetime::Week),
    };
    match licences::ops::copy(page.ctx(), &page.app().press, id, &wanted).await {
        Ok(file) => send(file),
        Err(error) => page.again(error, form.values(), |values| certificate::copy(page.shell(), id, values)),
    }
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
