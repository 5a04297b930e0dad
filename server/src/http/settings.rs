//! The switches of the frame: language, size of type, contrast. They set a cookie, are kept with the account of whoever is signed in
//! (P11-2), and come back.

use axum::{
    http::{HeaderValue, header},
    response::Response,
};
use identity::ops::{ViewChoice, choose_view, view_choice};
use kernel::Lang;
use platform::Ctx;
use ui::{Contrast, ViewMode, url};

use super::{
    Access, Answer, FormData, Page, Routes,
    cookies::{self, Life, YEAR},
    security,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .post("/settings/language", Access::Anyone, language)
        .post("/settings/view", Access::Anyone, view)
        .post("/settings/contrast", Access::Anyone, contrast)
}

async fn language(page: Page, form: FormData) -> Answer {
    let lang: Lang = form.get("lang").parse().unwrap_or_default();
    choose_view(page.ctx(), ViewChoice { lang: Some(lang), ..ViewChoice::default() }).await?;
    remember(&page, &form, cookies::LANGUAGE, lang.code(), "language")
}

async fn view(page: Page, form: FormData) -> Answer {
    let mode = ViewMode::from_code(form.get("mode")).code();
    choose_view(page.ctx(), ViewChoice { mode: Some(mode.to_owned()), ..ViewChoice::default() }).await?;
    remember(&page, &form, cookies::VIEW, mode, mode)
}

async fn contrast(page: Page, form: FormData) -> Answer {
    let contrast = Contrast::from_code(form.get("contrast")).code();
    choose_view(page.ctx(), ViewChoice { contrast: Some(contrast.to_owned()), ..ViewChoice::default() }).await?;
    remember(&page, &form, cookies::CONTRAST, contrast, contrast)
}

fn remember(page: &Page, form: &FormData, cookie: &str, value: &str, flash: &'static str) -> Answer {
    let mut response = page.go_with(url::local(form.get("back")), flash)?;
    response.headers_mut().append(header::SET_COOKIE, cookie_of(page, cookie, value));
    Ok(response)
}

fn cookie_of(page: &Page, cookie: &str, value: &str) -> HeaderValue {
    cookies::set(cookie, value, Life::Seconds(YEAR), security::is_https(page.app()))
}

/// After sign-in the device shows the pages as the person chose to see them on whatever device.
pub(super) async fn apply(page: &Page, signed_in: &Ctx, response: &mut Response) -> platform::Result<()> {
    let chosen = view_choice(signed_in).await?;
    let kept = [
        (cookies::LANGUAGE, chosen.lang.map(Lang::code)),
        (cookies::VIEW, chosen.mode.as_deref().map(|mode| ViewMode::from_code(mode).code())),
        (cookies::CONTRAST, chosen.contrast.as_deref().map(|contrast| Contrast::from_code(contrast).code())),
    ];
    for (cookie, value) in kept {
        if let Some(value) = value {
            response.headers_mut().append(header::SET_COOKIE, cookie_of(page, cookie, value));
        }
    }
    Ok(())
}
