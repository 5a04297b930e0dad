//! One's own notices, of citizens and staff, and what a citizen wants to be told by which way.

use axum::extract::{Path, Query};
use kernel::Lang;
use notices::ops::{self, Preferences, Search, TopicChoice};
use notices::{NoticeId, Topic};
use serde::Deserialize;
use site::pages::notices as pages;
use ui::{Who, url};

use super::{Access, Answer, FormData, Page, Routes, settings};

const STAFF: Access = Access::Staff(&[]);

/// The pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/notices", Access::Citizen, list)
        .post("/notices/read", Access::Citizen, read_all)
        .get("/notices/{id}", Access::Citizen, show)
        .post("/notices/{id}/read", Access::Citizen, read)
        .get("/desk/notices", STAFF, list)
        .post("/desk/notices/read", STAFF, read_all)
        .get("/desk/notices/{id}", STAFF, show)
        .post("/desk/notices/{id}/read", STAFF, read)
        .get("/me/notices/preferences", Access::Citizen, show_preferences)
        .post("/me/notices/preferences", Access::Citizen, save_preferences)
}

/// What the address asks for. What makes no sense asks for nothing.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    topic: String,
    unread: String,
    before: String,
}

async fn list(page: Page, Query(asked): Query<Asked>) -> Answer {
    let search = Search { topic: Topic::from_code(&asked.topic), unread: asked.unread == "yes", before: asked.before.parse().ok() };
    let found = ops::list(page.ctx(), search).await?;
    page.html(pages::list(page.shell(), search, found))
}

async fn show(page: Page, Path(id): Path<NoticeId>) -> Answer {
    let opened = ops::open(page.ctx(), id).await?;
    page.html(pages::show(page.shell(), opened))
}

async fn read(page: Page, Path(id): Path<NoticeId>, _form: FormData) -> Answer {
    ops::mark_read(page.ctx(), id).await?;
    page.go_with(home(&page), "notice-read")
}

async fn read_all(page: Page, _form: FormData) -> Answer {
    ops::mark_all_read(page.ctx()).await?;
    page.go_with(home(&page), "notices-read")
}

fn home(page: &Page) -> String {
    if matches!(page.shell().who, Who::Staff { .. }) { url::desk_notices() } else { url::notices() }
}

async fn show_preferences(page: Page) -> Answer {
    let preferences = ops::preferences(page.ctx()).await?;
    let lang = identity::ops::own_contacts(page.ctx()).await?.lang;
    page.html(pages::preferences(page.shell(), pages::preference_values(&preferences, lang)))
}

async fn save_preferences(page: Page, form: FormData) -> Answer {
    let wants = |topic: Topic, channel: &str| form.values().has(topic.code(), channel);
    let open = Topic::of_citizens().filter(|topic| !topic.facts().required);
    let topics = open.map(|topic| TopicChoice { topic, sms: wants(topic, "sms"), mail: wants(topic, "mail") }).collect();
    let preferences = Preferences { topics, quiet: form.values().has("quiet", "yes") };
    if let Err(error) = ops::choose(page.ctx(), preferences).await {
        return page.again(error, form.values(), |values| pages::preferences(page.shell(), values));
    }
    let lang: Lang = form.get("lang").parse().unwrap_or(page.lang());
    identity::ops::choose_view(page.ctx(), identity::ops::ViewChoice { lang: Some(lang), ..Default::default() }).await?;
    let mut response = page.go_with(url::notice_preferences(), "saved")?;
    settings::apply(&page, page.ctx(), &mut response).await?;
    Ok(response)
}
