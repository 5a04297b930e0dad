//! Ratings for citizens: by token, one's own, and what is published.

use axum::extract::{Path, Query};
use interaction::ratings::{self, Given};
use platform::Error;
use serde::Deserialize;
use site::pages::ratings as pages;
use ui::{Values, url};

use super::{Access, Answer, FormData, Page, Routes};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/rate/{token}", Access::Anyone, show)
        .post("/rate/{token}", Access::Anyone, rate)
        .post("/rate/{token}/change", Access::Anyone, change)
        .get("/me/ratings", Access::Citizen, mine)
        .get("/ratings", Access::Anyone, published)
}

fn given(form: &FormData) -> Given {
    Given {
        level: form.get("level").to_owned(),
        tags: form.values().all("tags").to_vec(),
        words: form.values().raw("words").to_owned(),
        anonymous: form.values().has("anonymous", "yes"),
        channel: String::new(),
    }
}

async fn show(page: Page, Path(token): Path<String>) -> Answer {
    let told = ratings::told(page.ctx(), &token).await?;
    page.html(pages::rate(page.shell(), &token, told, Values::new()))
}

async fn rate(page: Page, Path(token): Path<String>, form: FormData) -> Answer {
    let done = ratings::rate(page.ctx(), &token, &given(&form)).await.map(drop);
    after(&page, &token, &form, done).await
}

async fn change(page: Page, Path(token): Path<String>, form: FormData) -> Answer {
    let done = ratings::change(page.ctx(), &token, &given(&form)).await.map(drop);
    after(&page, &token, &form, done).await
}

async fn after(page: &Page, token: &str, form: &FormData, done: Result<(), Error>) -> Answer {
    match done {
        Ok(()) => page.go_with(url::rate(token), "rated"),
        Err(error) => {
            let told = ratings::told(page.ctx(), token).await?;
            page.again(error, form.values(), |values| pages::rate(page.shell(), token, told, values))
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    before: String,
    month: String,
    office: String,
    after: String,
}

async fn mine(page: Page, Query(asked): Query<Asked>) -> Answer {
    let (matters, next) = ratings::mine(page.ctx(), asked.before.parse().ok()).await?;
    page.html(pages::mine(page.shell(), matters, next))
}

async fn published(page: Page, Query(asked): Query<Asked>) -> Answer {
    let data = ratings::published(page.ctx(), &asked.month, &asked.office, &asked.after).await?;
    page.html(pages::published(page.shell(), data))
}
