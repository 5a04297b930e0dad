//! The public check of a certificate.

use axum::extract::Path;
use licences::ops::Elements;
use site::pages::check;
use ui::Values;

use super::{Access, Answer, FormData, Page, Routes};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/check", Access::Anyone, form)
        .post("/check", Access::Anyone, ask)
        .get("/c/{token}", Access::Anyone, scanned)
}

async fn form(page: Page) -> Answer {
    page.html(check::form(page.shell(), Values::new()))
}

/// A POST, so that no personal number stands in an address.
async fn ask(page: Page, form: FormData) -> Answer {
    let elements = Elements {
        number: form.get("number").to_owned(),
        holder_no: form.get("holder_no").to_owned(),
        issued_on: form.get("issued_on").to_owned(),
    };
    match page.app().checks.by_elements(page.ctx(), &elements).await {
        Ok(answered) => page.html(check::answer(page.shell(), answered, &elements.number)),
        Err(error) => page.again(error, form.values(), |values| check::form(page.shell(), values)),
    }
}

async fn scanned(page: Page, Path(token): Path<String>) -> Answer {
    let answered = page.app().checks.by_token(page.ctx(), &token).await?;
    page.html(check::answer(page.shell(), answered, ""))
}
