//! The switches in the header: language and size of type. They set a cookie and come back.

use axum::http::header;
use kernel::Lang;
use ui::{ViewMode, url};

use super::{
    Access, Answer, FormData, Page, Routes,
    cookies::{self, Life, YEAR},
    security,
};

pub(super) fn routes() -> Routes {
    Routes::new().post("/settings/language", Access::Anyone, language).post("/settings/view", Access::Anyone, view)
}

async fn language(page: Page, form: FormData) -> Answer {
    let lang: Lang = form.get("lang").parse().unwrap_or_default();
    remember(&page, &form, cookies::LANGUAGE, lang.code(), "language")
}

async fn view(page: Page, form: FormData) -> Answer {
    let mode = ViewMode::from_code(form.get("mode"));
    let flash = match mode {
        ViewMode::Normal => "normal",
        ViewMode::Large => "large",
    };
    remember(&page, &form, cookies::VIEW, mode.code(), flash)
}

fn remember(page: &Page, form: &FormData, cookie: &str, value: &str, flash: &'static str) -> Answer {
    let mut response = page.go_with(url::local(form.get("back")), flash)?;
    let set = cookies::set(cookie, value, Life::Seconds(YEAR), security::is_https(page.app()));
    response.headers_mut().append(header::SET_COOKIE, set);
    Ok(response)
}
